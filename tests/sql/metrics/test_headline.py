"""The headline measures, on a few logs and crimes with hand-computed verdicts."""

from tests.sql.metrics.verdicts import placed, teams, verdicts
from tests.sql.world import Row, facts

LOG: Row = {
    "reported_at": "2018-05-01 10:00",
    "opening_code": "criminal_damage",
    "team_id": "T1",
    "attending_team_id": "T2",
}
CRIME: Row = {"reported_at": "2018-05-01 10:00", "offence_class": "58C", "team_id": "T3"}


def test_logs_are_recorded_explained_or_unexplained() -> None:
    con = facts(
        incident=[
            dict(LOG, incident_id="in_time", crime_ref="prompt"),
            dict(LOG, incident_id="late"),
            dict(LOG, incident_id="time_unknown"),
            dict(LOG, incident_id="cancelled_since"),
            dict(LOG, incident_id="merged"),
            dict(LOG, incident_id="reasoned", no_crime_reason="victim_untraced"),
            dict(LOG, incident_id="weak_reason", no_crime_reason="not_a_crime"),
            dict(LOG, incident_id="bare", closed_at="2018-05-01 11:00"),
            dict(LOG, incident_id="just_due", reported_at="2019-12-29 23:59"),
            # not counted
            dict(LOG, incident_id="limit_at_the_cut", reported_at="2019-12-30 00:00"),
            dict(LOG, incident_id="welfare", opening_code="concern_for_safety"),
            dict(LOG, incident_id="passed_on", transferred_to="BTP", transferred_ref="B1"),
            dict(LOG, incident_id="twin", duplicate_of="bare"),
            dict(LOG, incident_id="orphan", duplicate_of="nowhere"),
            dict(LOG, incident_id="follow_up", reported_at="2018-06-01 10:00", crime_ref="prompt"),
            dict(LOG, incident_id="rape_report", opening_code="rape", crime_ref="n100"),
        ],
        crime=[
            dict(CRIME, crime_ref="prompt", recorded_at="2018-05-01 10:30"),
            dict(CRIME, crime_ref="slow", incident_id="late", recorded_at="2018-05-04 10:00"),
            dict(CRIME, crime_ref="undated", incident_id="time_unknown"),
            dict(
                CRIME,
                crime_ref="gone",
                incident_id="cancelled_since",
                recorded_at="2018-05-01 11:00",
                cancelled_at="2018-05-03 10:00",
                cancellation_code="C2",
            ),
            dict(
                CRIME,
                crime_ref="part",
                incident_id="merged",
                recorded_at="2018-05-01 11:00",
                cancelled_at="2018-05-03 10:00",
                cancellation_code="C3",
                surviving_crime_ref="prompt",
            ),
            {"crime_ref": "n100", "recorded_at": "2018-05-01 11:00", "offence_class": "N100/01"},
        ],
    )
    recorded = {"in_time", "late", "time_unknown", "cancelled_since", "merged"}
    explained, unexplained = {"reasoned"}, {"weak_reason", "bare", "just_due"}
    due = recorded | explained | unexplained
    assert verdicts(con, "logs_recorded") == {log: log in recorded for log in due}
    assert verdicts(con, "logs_explained") == {log: log in explained for log in due}
    assert verdicts(con, "logs_unexplained") == {log: log in unexplained for log in due}
    assert set(teams(con, "logs_recorded").values()) == {"T1"}


def test_crimes_in_time() -> None:
    con = facts(
        incident=[
            dict(LOG, incident_id="log", reported_at="2018-05-01 10:00"),
            dict(LOG, incident_id="earlier_call", reported_at="2018-05-01 09:00", duplicate_of="called_twice"),
            dict(LOG, incident_id="called_twice"),
            dict(LOG, incident_id="later_log", reported_at="2018-06-01 10:00", crime_ref="before_its_log"),
        ],
        crime=[
            dict(CRIME, crime_ref="at_the_limit", recorded_at="2018-05-02 10:00"),
            dict(CRIME, crime_ref="past_the_limit", recorded_at="2018-05-02 10:00:01"),
            {
                "crime_ref": "by_its_log",
                "incident_id": "log",
                "recorded_at": "2018-05-02 10:00",
                "offence_class": "58C",
            },
            dict(CRIME, crime_ref="by_the_first_call", incident_id="called_twice", recorded_at="2018-05-02 09:30"),
            dict(
                CRIME,
                crime_ref="told_before",
                incident_id="log",
                reported_at="2018-04-30 22:00",
                recorded_at="2018-05-01 22:01",
            ),
            dict(
                CRIME,
                crime_ref="cancelled",
                recorded_at="2018-05-01 11:00",
                cancellation_code="C4",
                cancelled_at="2018-05-02 11:00",
            ),
            dict(
                CRIME,
                crime_ref="part_of_none_known",
                recorded_at="2018-05-01 11:00",
                cancellation_code="C3",
                surviving_crime_ref="nowhere",
            ),
            # a limit of 72 hours until the first local day of April 2015, which began at 23:00 UTC
            dict(CRIME, crime_ref="old_rule", reported_at="2015-03-31 22:59", recorded_at="2015-04-03 22:59"),
            dict(CRIME, crime_ref="new_rule", reported_at="2015-03-31 23:00", recorded_at="2015-04-03 22:59"),
            # not counted
            dict(CRIME, crime_ref="no_time"),
            {"crime_ref": "no_receipt", "recorded_at": "2018-05-02 10:00", "offence_class": "58C"},
            dict(CRIME, crime_ref="before_receipt", recorded_at="2018-05-01 09:59"),
            {"crime_ref": "before_its_log", "recorded_at": "2018-05-02 10:00", "offence_class": "58C"},
            dict(
                CRIME,
                crime_ref="part",
                recorded_at="2018-05-01 11:00",
                cancellation_code="C3",
                cancelled_at="2018-06-01 10:00",
                surviving_crime_ref="cancelled",
            ),
            dict(CRIME, crime_ref="n100", recorded_at="2018-05-01 11:00", offence_class="N100/01"),
            dict(
                CRIME,
                crime_ref="was_n100",
                recorded_at="2018-05-01 11:00",
                offence_class="19C",
                first_offence_class="N100/01",
            ),
        ],
    )
    assert verdicts(con, "crimes_in_time") == {
        "at_the_limit": True,
        "past_the_limit": False,
        "by_its_log": True,
        "by_the_first_call": False,
        "told_before": False,
        "cancelled": True,
        "part_of_none_known": True,
        "old_rule": True,
        "new_rule": False,
    }
    assert str(placed(con, "crimes_in_time")["by_the_first_call"]) == "2018-05-01 09:00:00"
    assert set(teams(con, "crimes_in_time").values()) == {"T3", None}


def test_crimes_at_the_first_opportunity() -> None:
    con = facts(
        incident=[
            dict(LOG, incident_id="closed", closed_at="2018-05-01 12:00", reopened_count=0),
            dict(LOG, incident_id="closed_again", first_closed_at="2018-05-01 12:00", closed_at="2018-05-01 20:00"),
            dict(LOG, incident_id="open"),
            dict(LOG, incident_id="closed_late", closed_at="2018-05-05 12:00"),
            dict(LOG, incident_id="closed_before_report", closed_at="2018-05-01 09:00"),
        ],
        crime=[
            dict(CRIME, crime_ref="at_closure", incident_id="closed", recorded_at="2018-05-01 12:00"),
            dict(CRIME, crime_ref="after_closure", incident_id="closed", recorded_at="2018-05-01 12:01"),
            dict(CRIME, crime_ref="on_second_thoughts", incident_id="closed_again", recorded_at="2018-05-01 15:00"),
            dict(CRIME, crime_ref="open_in_time", incident_id="open", recorded_at="2018-05-02 10:00"),
            dict(CRIME, crime_ref="open_late", incident_id="open", recorded_at="2018-05-02 10:01"),
            dict(CRIME, crime_ref="before_a_late_closure", incident_id="closed_late", recorded_at="2018-05-04 10:00"),
            # not counted
            dict(CRIME, crime_ref="dirty_closure", incident_id="closed_before_report", recorded_at="2018-05-01 11:00"),
            dict(CRIME, crime_ref="no_log", recorded_at="2018-05-01 11:00"),
            dict(CRIME, crime_ref="no_time", incident_id="closed"),
            dict(CRIME, crime_ref="n100", incident_id="closed", recorded_at="2018-05-01 11:00", offence_class="N100"),
        ],
    )
    assert verdicts(con, "crimes_first_opportunity") == {
        "at_closure": True,
        "after_closure": False,
        "on_second_thoughts": False,
        "open_in_time": True,
        "open_late": False,
        "before_a_late_closure": False,
    }


def test_late_crimes_with_an_approved_reason() -> None:
    late: Row = dict(CRIME, recorded_at="2018-05-02 10:01", late_reason="medical")
    con = facts(
        crime=[
            dict(late, crime_ref="by_decision_maker", late_approved_by_role="decision_maker"),
            dict(late, crime_ref="by_registrar", late_approved_by_role="registrar"),
            dict(late, crime_ref="by_supervisor", late_approved_by_role="supervisor"),
            dict(late, crime_ref="by_investigator", late_approved_by_role="investigator"),
            dict(late, crime_ref="by_nobody"),
            dict(late, crime_ref="no_reason", late_reason=None, late_approved_by_role="registrar"),
            # not counted
            dict(late, crime_ref="in_time", recorded_at="2018-05-02 10:00", late_approved_by_role="registrar"),
            dict(late, crime_ref="no_time", recorded_at=None, late_approved_by_role="registrar"),
        ],
    )
    assert verdicts(con, "late_approved") == {
        "by_decision_maker": True,
        "by_registrar": True,
        "by_supervisor": False,
        "by_investigator": False,
        "by_nobody": False,
        "no_reason": False,
    }


def test_victims_told() -> None:
    closed: Row = dict(LOG, closed_at="2018-05-01 12:00")
    con = facts(
        incident=[
            dict(closed, incident_id="told", no_crime_reason="contrary_evidence", victim_told_at="2018-05-01 13:00"),
            dict(closed, incident_id="not_told", no_crime_reason="contrary_evidence"),
            dict(closed, incident_id="untraced", no_crime_reason="victim_untraced"),
            dict(closed, incident_id="unexplained_told", victim_told_at="2018-05-01 11:00"),
            # not counted
            dict(LOG, incident_id="open", victim_told_at="2018-05-01 13:00"),
            dict(LOG, incident_id="open_again", first_closed_at="2018-05-01 12:00", reopened_count=1),
            dict(closed, incident_id="recorded", crime_ref="c", victim_told_at="2018-05-01 13:00"),
            dict(closed, incident_id="pending", reported_at="2019-12-30 12:00", closed_at="2019-12-30 13:00"),
            dict(closed, incident_id="welfare", opening_code="concern_for_safety", victim_told_at="2018-05-01 13:00"),
        ],
        crime=[dict(CRIME, crime_ref="c", recorded_at="2018-05-01 11:00")],
    )
    assert verdicts(con, "victims_told") == {
        "told": True,
        "not_told": False,
        "untraced": False,
        "unexplained_told": True,
    }

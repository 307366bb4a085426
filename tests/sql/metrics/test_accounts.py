"""First accounts, focus groups and opening codes (R2a, R3b, R3c), with hand-computed verdicts."""

from tests.sql.metrics.verdicts import teams, verdicts
from tests.sql.world import Row, facts

LOG: Row = {
    "reported_at": "2018-05-01 10:00",
    "opening_code": "harassment",
    "arrived_at": "2018-05-01 11:00",
    "team_id": "T1",
    "attending_team_id": "T2",
}
CRIME: Row = {"reported_at": "2018-05-01 10:00", "recorded_at": "2018-05-01 12:00", "offence_class": "8L"}


def test_opened_as_a_crime_and_recorded_after_attendance() -> None:
    con = facts(
        incident=[
            dict(LOG, incident_id="recorded", crime_ref="c"),
            dict(LOG, incident_id="explained", closing_code="concern_for_safety", no_crime_reason="contrary_evidence"),
            dict(LOG, incident_id="unexplained", closing_code="asb_personal"),
            # not counted
            dict(LOG, incident_id="not_attended", arrived_at=None, crime_ref="c"),
            dict(LOG, incident_id="closed_as_crime", opening_code="asb_personal", closing_code="harassment"),
            dict(LOG, incident_id="no_opening_code", opening_code=None, closing_code="harassment"),
            dict(LOG, incident_id="unknown_code", opening_code="XX", closing_code="harassment"),
            dict(LOG, incident_id="twin", duplicate_of="unexplained"),
            dict(LOG, incident_id="pending", reported_at="2019-12-30 12:00", arrived_at="2019-12-30 13:00"),
        ],
        crime=[dict(CRIME, crime_ref="c")],
    )
    assert verdicts(con, "opened_recorded_after_deployment") == {
        "recorded": True,
        "explained": False,
        "unexplained": False,
    }
    assert set(teams(con, "opened_recorded_after_deployment").values()) == {"T2"}


def test_focus_groups_recorded() -> None:
    con = facts(
        incident=[
            dict(LOG, incident_id="harassment", crime_ref="c"),
            dict(LOG, incident_id="stalking", opening_code="asb_personal", closing_code="stalking_controlling"),
            dict(LOG, incident_id="messages", opening_code="asb_personal", qualifiers="malicious_communications"),
            dict(LOG, incident_id="disorder", opening_code="public_order", crime_ref="other_class"),
            # not counted
            dict(LOG, incident_id="graver", qualifiers="rape", crime_ref="c"),
            dict(LOG, incident_id="damage", opening_code="criminal_damage", crime_ref="c"),
            dict(LOG, incident_id="unseen", opening_code="asb_personal", crime_ref="c"),
            dict(LOG, incident_id="pending", reported_at="2019-12-30 12:00"),
        ],
        crime=[dict(CRIME, crime_ref="c"), dict(CRIME, crime_ref="other_class", offence_class="58C")],
    )
    assert verdicts(con, "focus_recorded") == {
        "harassment": True,
        "stalking": False,
        "messages": False,
        "disorder": True,
    }


def test_recorded_logs_that_were_opened_as_a_crime() -> None:
    con = facts(
        incident=[
            dict(LOG, incident_id="opened_as_crime", crime_ref="c"),
            dict(
                LOG,
                incident_id="closed_as_crime",
                opening_code="asb_personal",
                closing_code="harassment",
                crime_ref="c",
            ),
            dict(LOG, incident_id="never_coded_as_crime", opening_code="concern_for_safety", crime_ref="c"),
            dict(LOG, incident_id="time_unknown", opening_code="concern_for_safety", crime_ref="undated"),
            # not counted
            dict(LOG, incident_id="no_crime"),
            dict(LOG, incident_id="no_opening_code", opening_code=None, crime_ref="c"),
            dict(LOG, incident_id="follow_up", reported_at="2018-06-01 10:00", opening_code="message", crime_ref="c"),
            dict(LOG, incident_id="old_crime", reported_at="2018-06-01 10:00", crime_ref="c"),
            dict(LOG, incident_id="rape_report", opening_code="concern_for_safety", crime_ref="n100"),
        ],
        crime=[
            dict(CRIME, crime_ref="c"),
            dict(CRIME, crime_ref="undated", recorded_at=None),
            dict(CRIME, crime_ref="n100", offence_class="N100/01"),
        ],
    )
    assert verdicts(con, "opened_as_crime") == {
        "opened_as_crime": True,
        "closed_as_crime": False,
        "never_coded_as_crime": False,
        "time_unknown": False,
    }

"""Appointments (R1c), with hand-computed verdicts. The data cut is the end of 30 December 2019, UTC."""

from tests.sql.metrics.verdicts import measures, placed, teams, verdicts
from tests.sql.world import Row, facts

LOG: Row = {"reported_at": "2018-05-01 10:00", "opening_code": "criminal_damage", "team_id": "T1"}
ENTRY: Row = {
    "incident_id": "log",
    "booked_at": "2018-05-01 11:00",
    "starts_at": "2018-05-02 09:00",
    "team_id": "T2",
}


def test_appointments_kept_and_failed_by_the_police() -> None:
    con = facts(
        incident=[dict(LOG, incident_id="log")],
        appointment=[
            dict(ENTRY, appointment_id="kept", status="kept"),
            dict(ENTRY, appointment_id="missed_by_police", status="missed", cancelled_by="police"),
            dict(ENTRY, appointment_id="cancelled_by_police", status="cancelled", cancelled_by="police"),
            dict(ENTRY, appointment_id="cancelled_by_victim", status="cancelled", cancelled_by="victim"),
            dict(ENTRY, appointment_id="cancelled_by_someone", status="cancelled"),
            dict(ENTRY, appointment_id="nothing_written", status="booked"),
            dict(ENTRY, appointment_id="no_status", status=None),
            dict(ENTRY, appointment_id="no_log", incident_id=None, status="kept"),
            dict(ENTRY, appointment_id="no_start", starts_at=None, status="kept"),
            # kept after all, though once cancelled
            dict(ENTRY, appointment_id="kept_after_all", status="kept", cancelled_by="police"),
            # not counted
            dict(ENTRY, appointment_id="to_come", starts_at="2020-01-02 09:00", status="booked"),
            dict(
                ENTRY,
                appointment_id="called_off_ahead",
                starts_at="2020-01-02 09:00",
                status="cancelled",
                cancelled_by="police",
            ),
            dict(ENTRY, appointment_id="no_times", booked_at=None, starts_at=None, status="kept"),
            dict(ENTRY, appointment_id="no_start_to_come", starts_at=None, status="booked"),
        ],
    )
    kept = {"kept", "no_log", "no_start", "kept_after_all"}
    failed = {"missed_by_police", "cancelled_by_police"}
    due = kept | failed | {"cancelled_by_victim", "cancelled_by_someone", "nothing_written", "no_status"}
    assert verdicts(con, "appointments_kept") == {entry: entry in kept for entry in due}
    assert verdicts(con, "appointments_failed_by_police") == {entry: entry in failed for entry in due}
    assert str(placed(con, "appointments_kept")["kept"]) == "2018-05-02 09:00:00"
    assert str(placed(con, "appointments_kept")["no_start"]) == "2018-05-01 11:00:00"
    assert set(teams(con, "appointments_kept").values()) == {"T2"}


def test_appointments_within_the_target_wait() -> None:
    """The target is 48 hours."""
    con = facts(
        incident=[dict(LOG, incident_id="log")],
        appointment=[
            dict(ENTRY, appointment_id="at_the_target", starts_at="2018-05-03 11:00", status="kept"),
            dict(ENTRY, appointment_id="a_minute_over", starts_at="2018-05-03 11:01", status="kept"),
            dict(ENTRY, appointment_id="missed", status="missed"),
            dict(
                ENTRY,
                appointment_id="to_come",
                booked_at="2019-12-30 10:00",
                starts_at="2020-01-02 10:00",
                status="booked",
            ),
            # not counted
            dict(ENTRY, appointment_id="before_booking", starts_at="2018-05-01 10:59", status="kept"),
            dict(ENTRY, appointment_id="no_booking", booked_at=None, status="kept"),
            dict(ENTRY, appointment_id="no_start", starts_at=None, status="kept"),
        ],
    )
    assert verdicts(con, "appointments_in_wait") == {
        "at_the_target": True,
        "a_minute_over": False,
        "missed": True,
        "to_come": False,
    }
    assert measures(con, "appointments_in_wait") == {
        "at_the_target": 48.0,
        "a_minute_over": 48 + 1 / 60,
        "missed": 22.0,
        "to_come": 72.0,
    }


def test_appointments_booked_again() -> None:
    """a -> b -> c -> d, which is to come; e -> f; g and h turn in a circle; i replaces an entry not delivered."""
    con = facts(
        appointment=[
            dict(ENTRY, appointment_id="once", status="kept"),
            dict(ENTRY, appointment_id="a", status="cancelled"),
            dict(ENTRY, appointment_id="b", status="cancelled", replaces="a"),
            dict(ENTRY, appointment_id="c", status="cancelled", replaces="b"),
            dict(ENTRY, appointment_id="d", status="booked", replaces="c", starts_at="2020-01-02 09:00"),
            dict(ENTRY, appointment_id="e", status="cancelled"),
            dict(ENTRY, appointment_id="f", status="kept", replaces="e"),
            dict(ENTRY, appointment_id="g", status="cancelled", replaces="h"),
            dict(ENTRY, appointment_id="h", status="cancelled", replaces="g"),
            dict(ENTRY, appointment_id="i", status="kept", replaces="nowhere"),
        ],
    )
    assert verdicts(con, "appointments_rebooked") == {"once": False, "f": True, "i": True}
    assert measures(con, "appointments_rebooked") == {"once": 1.0, "f": 2.0, "i": 2.0}


def test_domestic_abuse_or_vulnerable_callers_in_the_diary() -> None:
    con = facts(
        incident=[
            dict(LOG, incident_id="domestic", is_domestic_abuse=True),
            dict(LOG, incident_id="vulnerable", is_domestic_abuse=False, is_vulnerable=True),
            dict(LOG, incident_id="neither", is_domestic_abuse=False, is_vulnerable=False),
            dict(LOG, incident_id="not_said"),
        ],
        appointment=[
            dict(ENTRY, appointment_id="a", incident_id="domestic", status="kept"),
            dict(ENTRY, appointment_id="b", incident_id="vulnerable", status="booked", starts_at="2020-01-02 09:00"),
            dict(ENTRY, appointment_id="c", incident_id="neither", status="kept", booked_at=None),
            dict(ENTRY, appointment_id="d", incident_id="not_said", status="cancelled"),
            # not counted
            dict(ENTRY, appointment_id="again", incident_id="domestic", replaces="a", status="kept"),
            dict(ENTRY, appointment_id="no_log", incident_id=None, status="kept"),
            dict(ENTRY, appointment_id="log_not_delivered", incident_id="nowhere", status="kept"),
        ],
    )
    assert verdicts(con, "diary_vulnerable") == {"a": True, "b": True, "c": False, "d": False}
    assert set(teams(con, "diary_vulnerable").values()) == {"T1"}
    assert str(placed(con, "diary_vulnerable")["c"]) == "2018-05-01 10:00:00"


def test_crimes_in_time_although_an_appointment_was_booked() -> None:
    crime: Row = {"reported_at": "2018-05-01 10:00", "offence_class": "58C", "team_id": "T3"}
    con = facts(
        incident=[
            dict(LOG, incident_id="log"),
            dict(LOG, incident_id="no_diary"),
            dict(LOG, incident_id="diary_of_a_later_log", reported_at="2018-05-09 10:00", crime_ref="elsewhere"),
        ],
        crime=[
            dict(crime, crime_ref="at_the_limit", incident_id="log", recorded_at="2018-05-02 10:00"),
            dict(crime, crime_ref="late", incident_id="log", recorded_at="2018-05-02 10:01"),
            # not counted
            dict(crime, crime_ref="elsewhere", incident_id="no_diary", recorded_at="2018-05-02 09:00"),
            dict(crime, crime_ref="no_time", incident_id="log"),
            dict(crime, crime_ref="no_log", recorded_at="2018-05-02 09:00"),
            dict(crime, crime_ref="n100", incident_id="log", recorded_at="2018-05-02 09:00", offence_class="N100"),
        ],
        appointment=[
            dict(ENTRY, appointment_id="a", status="cancelled"),
            dict(ENTRY, appointment_id="b", status="kept", replaces="a"),
            dict(ENTRY, appointment_id="c", status="kept", incident_id="diary_of_a_later_log"),
            dict(ENTRY, appointment_id="d", status="kept", incident_id=None),
        ],
    )
    assert verdicts(con, "diary_crime_in_time") == {"at_the_limit": True, "late": False}


def test_closed_without_a_crime_after_an_unkept_appointment() -> None:
    closed: Row = dict(LOG, closed_at="2018-05-05 12:00")
    logs: list[Row] = [
        dict(closed, incident_id="unexplained"),
        dict(closed, incident_id="explained", no_crime_reason="victim_untraced"),
        dict(closed, incident_id="recorded", crime_ref="c"),
        dict(LOG, incident_id="open"),
        # not counted
        dict(closed, incident_id="kept_in_the_end"),
        dict(closed, incident_id="nothing_written"),
        dict(closed, incident_id="no_diary"),
        dict(closed, incident_id="welfare", opening_code="concern_for_safety"),
        dict(closed, incident_id="pending", reported_at="2019-12-30 12:00"),
    ]
    unkept = ("unexplained", "explained", "recorded", "open", "kept_in_the_end", "welfare", "pending")
    con = facts(
        incident=logs,
        crime=[{"crime_ref": "c", "recorded_at": "2018-05-01 12:00", "offence_class": "58C"}],
        appointment=[
            *(dict(ENTRY, appointment_id=f"missed/{log}", incident_id=log, status="missed") for log in unkept),
            dict(ENTRY, appointment_id="again", incident_id="unexplained", status="cancelled"),
            dict(ENTRY, appointment_id="kept", incident_id="kept_in_the_end", status="kept"),
            dict(ENTRY, appointment_id="booked", incident_id="nothing_written", status="booked"),
            dict(ENTRY, appointment_id="no_log", incident_id=None, status="missed"),
        ],
    )
    assert verdicts(con, "closed_after_unkept") == {
        "unexplained": True,
        "explained": True,
        "recorded": False,
        "open": False,
    }

"""Diary entries, by hand: whether their time is over, what became of them, their wait, their chain."""

from typing import Any

import duckdb

from tests.sql.world import Row, column, facts

LOG: Row = {"incident_id": "log", "reported_at": "2018-05-01 10:00", "opening_code": "shoplifting"}


def entries(con: duckdb.DuckDBPyConnection, name: str) -> dict[str, Any]:
    return column(con, "fact_appointment", "appointment_id", name)


def entry(name: str, **cells: Any) -> Row:
    return {"appointment_id": name, "incident_id": "log", **cells}


def test_an_entry_is_due_once_its_time_is_over() -> None:
    con = facts(
        appointment=[
            entry("over", ends_at="2018-05-01 10:00:00", status="kept"),
            entry("not_over", ends_at="2018-05-01 10:00:01", starts_at="2018-05-01 09:00", status="booked"),
            entry("cancelled_ahead", ends_at="2018-05-02 10:00", status="cancelled"),
            entry("begun", starts_at="2018-05-01 10:00", status="booked"),
            entry("to_begin", starts_at="2018-05-01 10:01", status="booked"),
            entry("no_time_kept", status="kept"),
            entry("no_time_booked", status="booked"),
            entry("nothing"),
        ],
        data_cut="2018-05-01 10:00",
    )
    due = {name for name, is_due in entries(con, "is_due").items() if is_due}
    assert due == {"over", "begun", "no_time_kept"}
    assert None not in entries(con, "is_due").values()


def test_what_became_of_an_entry() -> None:
    con = facts(
        appointment=[
            entry("kept", status="kept"),
            entry("missed_by_police", status="missed", cancelled_by="police"),
            entry("cancelled_by_police", status="cancelled", cancelled_by="police"),
            entry("missed_by_victim", status="missed", cancelled_by="victim"),
            entry("missed_by_nobody_known", status="missed"),
            entry("kept_after_all", status="kept", cancelled_by="police"),
            entry("nothing"),
        ]
    )
    assert [name for name, is_kept in entries(con, "is_kept").items() if is_kept] == ["kept", "kept_after_all"]
    failed = {name for name, is_failure in entries(con, "is_police_failure").items() if is_failure}
    assert failed == {"missed_by_police", "cancelled_by_police"}


def test_the_wait_runs_from_booking_to_start() -> None:
    con = facts(
        appointment=[
            entry("a_day", booked_at="2018-05-01 10:00", starts_at="2018-05-02 10:00"),
            entry("half_a_minute", booked_at="2018-05-01 10:00:00", starts_at="2018-05-01 10:00:30"),
            entry("at_once", booked_at="2018-05-01 10:00", starts_at="2018-05-01 10:00"),
            entry("booked_after_start", booked_at="2018-05-01 10:00", starts_at="2018-05-01 09:00"),
            entry("no_start", booked_at="2018-05-01 10:00"),
            entry("no_booking", starts_at="2018-05-01 10:00"),
        ]
    )
    assert entries(con, "wait_minutes") == {
        "a_day": 1440,
        "half_a_minute": 0.5,
        "at_once": 0,
        "booked_after_start": None,
        "no_start": None,
        "no_booking": None,
    }


def test_the_wait_is_held_against_the_target_of_the_day_of_booking() -> None:
    target = {"target_id": "appointment_wait", "grade_code": "appointment", "unit": "days"}
    con = facts(
        appointment=[
            entry("before", booked_at="2018-06-30 22:59"),
            entry("since", booked_at="2018-06-30 23:00"),  # midnight in summer time
            entry("no_booking"),
        ],
        targets=[{**target, "value": 3, "valid_to": "2018-07-01"}, {**target, "value": 2, "valid_from": "2018-07-01"}],
    )
    assert entries(con, "wait_target_minutes") == {"before": 4320, "since": 2880, "no_booking": None}


def test_chains_of_bookings() -> None:
    con = facts(
        appointment=[
            entry("1"),
            entry("2", replaces="1"),
            entry("3", replaces="2"),
            entry("3_too", replaces="2"),
            entry("of_missing", replaces="nowhere"),
            entry("of_of_missing", replaces="of_missing"),
            entry("circle_a", replaces="circle_b"),
            entry("circle_b", replaces="circle_a"),
            entry("into_circle", replaces="circle_b"),
            entry("itself", replaces="itself"),
        ]
    )
    assert entries(con, "(chain_root_id, chain_length, is_replaced)") == {
        "1": ("1", 1, True),
        "2": ("1", 2, True),
        "3": ("1", 3, False),
        "3_too": ("1", 3, False),
        "of_missing": ("nowhere", 2, True),  # the entry it replaces was made, delivered or not
        "of_of_missing": ("nowhere", 3, False),
        "circle_a": ("circle_a", 2, True),
        "circle_b": ("circle_a", 2, True),
        "into_circle": ("circle_a", 3, False),
        "itself": ("itself", 1, False),
    }


def test_an_entry_knows_its_log_and_does_without_one() -> None:
    log = {**LOG, "district": "D", "team_id": "T", "channel": "101", "initial_grade": "standard", "is_vulnerable": True}
    con = facts(
        incident=[log],
        appointment=[
            entry("of_log", team_id="diary"),
            {"appointment_id": "none"},
            entry("lost", incident_id="nowhere"),
        ],
    )
    names = "(district, team_id, taking_team_id, offence_group, is_vulnerable, channel, grade, recording_state)"
    assert entries(con, names) == {
        "of_log": ("D", "diary", "T", "Theft offences", True, "101", "standard", "unexplained"),
        "none": (None,) * 8,
        "lost": (None,) * 8,
    }

"""Closures of logs and the supervisor's check that belongs to each, by hand."""

from datetime import datetime

from tests.sql.world import Row, facts

LOG: Row = {"reported_at": "2018-05-01 10:00", "opening_code": "violence_without_injury", "closed_by": "K"}
AGAIN = {"first_closed_at": "2018-05-01 12:00", "closed_at": "2018-05-03 12:00", "reopened_count": 1}
CHECK = {"closure_checked_by": "S", "closure_check_result": "agreed"}


def may(day: int, hour: int = 12) -> datetime:
    return datetime(2018, 5, day, hour)


def test_a_log_closed_again_has_two_closures() -> None:
    con = facts(
        incident=[
            {**LOG, "incident_id": "never"},
            {**LOG, "incident_id": "once", "first_closed_at": "2018-05-01 12:00", "closed_at": "2018-05-01 12:00"},
            {**LOG, "incident_id": "once_first_column", "first_closed_at": "2018-05-01 12:00"},
            {**LOG, "incident_id": "once_last_column", "closed_at": "2018-05-01 12:00"},
            {**LOG, "incident_id": "again", **AGAIN},
            {**LOG, "incident_id": "open_again", "first_closed_at": "2018-05-01 12:00", "reopened_count": 1},
            {**LOG, "incident_id": "first_unknown", "closed_at": "2018-05-03 12:00", "reopened_count": 2},
            {
                **LOG, "incident_id": "dirty", "first_closed_at": "2018-05-03 12:00",
                "closed_at": "2018-05-01 12:00", "reopened_count": 1,
            },
        ]
    )  # fmt: skip
    found = con.execute("select closure_id, closed_at, closed_by from fact_closure").fetchall()
    assert {closure: rest for closure, *rest in found} == {
        "once/first": [may(1), "K"],
        "once_first_column/first": [may(1), "K"],
        "once_last_column/first": [may(1), "K"],
        "again/first": [may(1), None],  # the log names whoever closed it last
        "again/latest": [may(3), "K"],
        "open_again/first": [may(1), None],
        "first_unknown/latest": [may(3), "K"],
        "dirty/first": [may(3), None],
    }
    assert len(found) == 8


def test_a_check_belongs_to_the_last_closure_made_before_it() -> None:
    once = {**LOG, **CHECK, "first_closed_at": "2018-05-01 12:00"}
    again = {**LOG, **CHECK, **AGAIN}
    con = facts(
        incident=[
            {**once, "incident_id": "before", "closure_checked_at": "2018-05-01 11:59"},
            {**once, "incident_id": "at", "closure_checked_at": "2018-05-01 12:00"},
            {**once, "incident_id": "after", "closure_checked_at": "2018-05-09 12:00"},
            {**once, "incident_id": "unchecked"},
            {**again, "incident_id": "before_both", "closure_checked_at": "2018-05-01 11:59"},
            {**again, "incident_id": "between", "closure_checked_at": "2018-05-03 11:59"},
            {**again, "incident_id": "at_latest", "closure_checked_at": "2018-05-03 12:00"},
            {**again, "incident_id": "again_unchecked"},
            {**once, "incident_id": "open_again", "reopened_count": 1, "closure_checked_at": "2018-05-05 12:00"},
        ]
    )
    found = con.execute(
        "select closure_id, is_checked, checked_at, checked_by, check_result from fact_closure"
    ).fetchall()
    assert len(found) == 13
    for _, is_checked, *check in found:
        assert all(value is not None for value in check) if is_checked else check == [None, None, None]
    assert {closure for closure, is_checked, *_ in found if is_checked} == {
        "at/first",
        "after/first",
        "between/first",
        "at_latest/latest",
        "open_again/first",
    }


def test_a_closure_knows_its_log() -> None:
    con = facts(
        incident=[
            {
                **LOG, **AGAIN, "incident_id": "i", "district": "D", "team_id": "T", "handler_id": "H",
                "channel": "999", "initial_grade": "priority", "final_grade": "standard", "is_domestic_abuse": True,
            }
        ],
        crime=[{"crime_ref": "c", "incident_id": "i", "recorded_at": "2018-05-01 11:00"}],
    )  # fmt: skip
    found = con.execute(
        "select distinct incident_id, reported_at, district, team_id, handler_id, offence_group, is_domestic_abuse, "
        "channel, grade, is_in_scope, recording_state, is_recorded, reopened_count, latest_closure_at, "
        "first_recorded_at, last_recorded_at from fact_closure"
    ).fetchall()
    assert found == [
        (
            "i", may(1, 10), "D", "T", "H", "Violence against the person", True, "999", "priority", True,
            "recorded_in_time", True, 1, may(3), may(1, 11), may(1, 11),
        )
    ]  # fmt: skip

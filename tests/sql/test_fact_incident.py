"""What the rules and the grading make of each log, by hand: duplicates, crimes, response."""

from datetime import datetime
from typing import Any

import duckdb

from tests.sql.world import Row, column, facts

LOG: Row = {"reported_at": "2018-05-01 10:00", "opening_code": "violence_without_injury"}


def logs(con: duckdb.DuckDBPyConnection, name: str) -> dict[str, Any]:
    return column(con, "fact_incident", "incident_id", name)


def duplicate(name: str, of: str, **more: Any) -> Row:
    return {**LOG, "incident_id": name, "duplicate_of": of, **more}


def test_duplicates_lead_to_the_root_of_their_chain() -> None:
    con = facts(
        incident=[
            {**LOG, "incident_id": "root"},
            duplicate("a", "root"),
            duplicate("b", "a"),
            duplicate("c", "b"),
            duplicate("itself", "itself"),
            duplicate("circle_a", "circle_b"),
            duplicate("circle_b", "circle_c"),
            duplicate("circle_c", "circle_a"),
            duplicate("into_circle", "circle_a"),
            duplicate("missing", "nowhere"),
            duplicate("to_missing", "missing"),
        ]
    )
    resolved = {"a": "root", "b": "root", "c": "root"}
    assert {log: root for log, root in logs(con, "root_incident_id").items() if root} == resolved
    states = logs(con, "recording_state")
    assert {log for log, state in states.items() if state == "duplicate"} == set(resolved)
    assert {log for log, state in states.items() if state == "duplicate_unresolved"} == set(states) - {
        "root",
        *resolved,
    }


def test_links_of_duplicates_count_for_the_root_and_its_clock_is_the_familys() -> None:
    con = facts(
        incident=[
            {**LOG, "incident_id": "root", "reported_at": "2018-05-01 10:00"},
            duplicate("earlier", "root", reported_at="2018-05-01 09:00", crime_ref="1"),
            duplicate("later", "earlier", reported_at="2018-05-01 11:00", crime_ref="2"),
        ],
        crime=[{"crime_ref": "1", "recorded_at": "2018-05-02 09:30"}, {"crime_ref": "2"}],
    )
    assert logs(con, "crime_count") == {"root": 2, "earlier": 0, "later": 0}
    assert logs(con, "received_at")["root"] == datetime(2018, 5, 1, 9)
    assert logs(con, "limit_at")["root"] == datetime(2018, 5, 2, 9)
    assert logs(con, "recording_state") == {"root": "recorded_late", "earlier": "duplicate", "later": "duplicate"}


def test_a_crime_recorded_between_a_duplicate_and_its_root_is_this_reports() -> None:
    con = facts(
        incident=[
            {**LOG, "incident_id": "root", "reported_at": "2018-05-01 10:00"},
            duplicate("earlier", "root", reported_at="2018-05-01 08:00"),
        ],
        crime=[{"crime_ref": "c", "incident_id": "root", "recorded_at": "2018-05-01 09:00"}],
    )
    assert logs(con, "recording_state")["root"] == "recorded_in_time"


def test_a_root_out_of_scope_inherits_the_crime_that_its_duplicates_indicate() -> None:
    welfare = {"opening_code": "concern_for_safety"}
    con = facts(
        incident=[
            {**LOG, "incident_id": "root", **welfare},
            duplicate("robbery", "root", opening_code="robbery"),
            duplicate("theft", "robbery", opening_code="shoplifting"),
            {**LOG, "incident_id": "crime_root", "opening_code": "shoplifting"},
            duplicate("graver", "crime_root", opening_code="robbery"),
            {**LOG, "incident_id": "quiet_root", **welfare},
            duplicate("quiet", "quiet_root", **welfare),
        ]
    )
    in_scope = {log for log, is_in_scope in logs(con, "is_in_scope").items() if is_in_scope}
    assert in_scope == {"root", "robbery", "theft", "crime_root", "graver"}
    # a root's own codes come first
    assert logs(con, "indicated_category")["root"] == "robbery"
    assert logs(con, "indicated_category")["crime_root"] == "shoplifting"
    assert logs(con, "recording_state") == {
        "root": "unexplained",
        "robbery": "duplicate",
        "theft": "duplicate",
        "crime_root": "unexplained",
        "graver": "duplicate",
        "quiet_root": "out_of_scope",
        "quiet": "out_of_scope",
    }


def test_unresolved_duplicates_keep_their_own_crimes() -> None:
    con = facts(
        incident=[duplicate("a", "b"), duplicate("b", "a")],
        crime=[{"crime_ref": "c", "incident_id": "a", "recorded_at": "2018-05-01 11:00"}],
    )
    assert logs(con, "crime_count") == {"a": 1, "b": 0}


def test_first_and_last_record_leave_follow_up_out_and_in() -> None:
    con = facts(
        incident=[{**LOG, "incident_id": "log"}, {**LOG, "incident_id": "follow_up", "reported_at": "2018-07-01"}],
        crime=[
            {"crime_ref": "old", "incident_id": "log", "recorded_at": "2018-04-01 10:00"},
            {"crime_ref": "first", "incident_id": "log", "recorded_at": "2018-05-01 11:00"},
            {"crime_ref": "n100", "incident_id": "log", "recorded_at": "2018-05-09 11:00", "offence_class": "N100"},
            {"crime_ref": "before", "incident_id": "follow_up", "recorded_at": "2018-06-01 11:00"},
        ],
    )
    found = logs(con, "(crime_count, n100_count, own_crime_count, is_all_recorded_before)")
    assert found == {"log": (2, 1, 1, False), "follow_up": (1, 0, 0, True)}
    assert logs(con, "first_recorded_at") == {"log": datetime(2018, 5, 1, 11), "follow_up": None}
    assert logs(con, "last_recorded_at") == {"log": datetime(2018, 5, 9, 11), "follow_up": datetime(2018, 6, 1, 11)}


def test_response_is_judged_on_the_highest_grade_from_receipt() -> None:
    emergency = {**LOG, "initial_grade": "emergency", "final_grade": "emergency"}
    con = facts(
        incident=[
            {**emergency, "incident_id": "at_the_target", "arrived_at": "2018-05-01 10:15:00"},
            {**emergency, "incident_id": "a_second_more", "arrived_at": "2018-05-01 10:15:01"},
            {**emergency, "incident_id": "downgraded", "final_grade": "standard", "arrived_at": "2018-05-01 10:30"},
            {**emergency, "incident_id": "upgraded", "initial_grade": "standard", "arrived_at": "2018-05-01 10:30"},
            {**emergency, "incident_id": "nobody_came"},
            {**emergency, "incident_id": "before_the_report", "arrived_at": "2018-05-01 09:59"},
            # not judged
            {**emergency, "incident_id": "resolved", "final_grade": "no_deployment"},
            {**emergency, "incident_id": "twin", "duplicate_of": "nobody_came", "arrived_at": "2018-05-01 10:01"},
            {**emergency, "incident_id": "not_yet", "reported_at": "2019-12-30 23:50"},
            {**LOG, "incident_id": "no_grade", "arrived_at": "2018-05-01 10:01"},
            {**LOG, "incident_id": "no_target", "initial_grade": "appointment", "arrived_at": "2018-05-01 10:01"},
        ],
        data_cut="2019-12-31 00:05",
    )
    judged = con.execute(
        "select incident_id, is_response_in_target, response_minutes from fact_incident where is_response_due"
    )
    assert {log: rest for log, *rest in judged.fetchall()} == {
        "at_the_target": [True, 15.0],
        "a_second_more": [False, 901 / 60],
        "downgraded": [False, 30.0],
        "upgraded": [False, 30.0],
        "nobody_came": [False, None],
        "before_the_report": [False, None],
    }


def test_resolved_without_deployment_only_where_nobody_was_sent() -> None:
    resolved = {**LOG, "initial_grade": "priority", "final_grade": "no_deployment"}
    con = facts(
        incident=[
            {**resolved, "incident_id": "nobody_sent"},
            {**resolved, "incident_id": "sent", "dispatched_at": "2018-05-01 11:00"},
            {**resolved, "incident_id": "came", "arrived_at": "2018-05-01 11:30"},
            {**resolved, "incident_id": "first_resolved", "initial_grade": "no_deployment", "final_grade": "priority"},
        ]
    )
    assert logs(con, "is_resolved_without_deployment") == {
        "nobody_sent": True,
        "sent": False,
        "came": False,
        "first_resolved": False,
    }
    assert logs(con, "is_response_due") == {
        "nobody_sent": False,
        "sent": True,
        "came": True,
        "first_resolved": True,
    }


def test_nobody_came_is_judged_once_the_target_has_passed() -> None:
    log = {**LOG, "incident_id": "i", "initial_grade": "priority"}

    def is_due(data_cut: str) -> bool:
        return logs(facts([log], data_cut=data_cut), "is_response_due")["i"]

    assert not is_due("2018-05-01 11:00:00")
    assert is_due("2018-05-01 11:00:01")


def test_the_day_of_a_report_is_the_forces_own() -> None:
    log = {**LOG, "incident_id": "i", "reported_at": "2018-05-01 23:30"}
    assert str(logs(facts([log]), "reported_date")["i"]) == "2018-05-02"
    assert str(logs(facts([log], time_zone="America/Chicago"), "reported_date")["i"]) == "2018-05-01"


def test_a_log_has_an_appointment_of_its_own() -> None:
    con = facts(
        incident=[{**LOG, "incident_id": "with"}, {**LOG, "incident_id": "without"}],
        appointment=[
            {"appointment_id": "1", "incident_id": "with"},
            {"appointment_id": "2", "incident_id": "with"},
            {"appointment_id": "3"},
        ],
    )
    assert logs(con, "has_appointment") == {"with": True, "without": False}

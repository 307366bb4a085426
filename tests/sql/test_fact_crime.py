"""What the rules make of each crime, by hand: its clock, its limit, its links, its class."""

from datetime import datetime
from typing import Any

import duckdb

from tests.sql.world import Row, column, facts

LOG: Row = {"reported_at": "2018-05-01 10:00", "opening_code": "violence_without_injury"}


def crimes(con: duckdb.DuckDBPyConnection, name: str) -> dict[str, Any]:
    return column(con, "fact_crime", "crime_ref", name)


def may(day: int, hour: int = 10, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2018, 5, day, hour, minute, second)


def test_the_clock_starts_at_the_earliest_receipt_among_the_crime_its_logs_and_their_duplicates() -> None:
    con = facts(
        incident=[
            {**LOG, "incident_id": "log"},
            {**LOG, "incident_id": "second_log", "reported_at": "2018-05-01 08:00"},
            {**LOG, "incident_id": "root", "reported_at": "2018-05-05 10:00"},
            {**LOG, "incident_id": "twin", "reported_at": "2018-05-05 09:00", "duplicate_of": "root"},
            {**LOG, "incident_id": "twin_of_twin", "reported_at": "2018-05-05 08:00", "duplicate_of": "twin"},
        ],
        crime=[
            {"crime_ref": "own", "reported_at": "2018-05-01 07:00", "incident_id": "log"},
            {"crime_ref": "log", "reported_at": "2018-05-01 11:00", "incident_id": "log"},
            {"crime_ref": "log_alone", "incident_id": "log"},
            {"crime_ref": "duplicate", "reported_at": "2018-05-05 11:00", "incident_id": "root"},
            {"crime_ref": "linked_to_twin", "incident_id": "twin"},
            {"crime_ref": "no_log", "reported_at": "2018-05-01 11:00"},
            {"crime_ref": "unknown_log", "incident_id": "nowhere"},
        ],
    )
    assert crimes(con, "received_at") == {
        "own": may(1, 7),
        "log": may(1),
        "log_alone": may(1),
        "duplicate": may(5, 8),
        "linked_to_twin": may(5, 8),
        "no_log": may(1, 11),
        "unknown_log": None,
    }
    assert crimes(con, "has_log") == {
        "own": True,
        "log": True,
        "log_alone": True,
        "duplicate": True,
        "linked_to_twin": True,
        "no_log": False,
        "unknown_log": False,
    }
    assert crimes(con, "first_incident_id")["linked_to_twin"] == "root"


def test_one_prompt_crime_does_not_hide_two_late_ones() -> None:
    con = facts(
        incident=[{**LOG, "incident_id": "log"}],
        crime=[
            {"crime_ref": "prompt", "incident_id": "log", "recorded_at": "2018-05-02 10:00:00"},
            {"crime_ref": "late", "incident_id": "log", "recorded_at": "2018-05-02 10:00:01"},
            {"crime_ref": "later", "incident_id": "log", "recorded_at": "2018-05-09 10:00"},
            {"crime_ref": "no_time", "incident_id": "log"},
        ],
    )
    assert crimes(con, "is_recorded_in_time") == {"prompt": True, "late": False, "later": False, "no_time": None}
    assert crimes(con, "is_time_judged") == {"prompt": True, "late": True, "later": True, "no_time": False}
    assert set(crimes(con, "limit_at").values()) == {may(2)}


def test_what_has_no_judged_time() -> None:
    con = facts(
        crime=[
            {"crime_ref": "before_receipt", "reported_at": "2018-05-01 10:00", "recorded_at": "2018-05-01 09:59"},
            {"crime_ref": "no_receipt", "recorded_at": "2018-05-01 09:59"},
            {"crime_ref": "n100", "reported_at": "2018-05-01", "recorded_at": "2018-05-01", "offence_class": "N100"},
            {"crime_ref": "at_once", "reported_at": "2018-05-01", "recorded_at": "2018-05-01"},
        ]
    )
    assert [crime for crime, is_judged in crimes(con, "is_time_judged").items() if is_judged] == ["at_once"]


def test_a_link_counts_whichever_side_names_the_other_and_counts_once() -> None:
    con = facts(
        incident=[
            {**LOG, "incident_id": "named_by_log", "crime_ref": "1"},
            {**LOG, "incident_id": "named_by_crime"},
            {**LOG, "incident_id": "named_by_both", "crime_ref": "3"},
            {**LOG, "incident_id": "names_nobody", "crime_ref": "mistyped"},
            {**LOG, "incident_id": "twin", "duplicate_of": "named_by_both", "crime_ref": "3"},
        ],
        crime=[
            {"crime_ref": "1"},
            {"crime_ref": "2", "incident_id": "named_by_crime"},
            {"crime_ref": "3", "incident_id": "named_by_both"},
            {"crime_ref": "4", "incident_id": "mistyped"},
        ],
    )
    links = con.execute("select incident_id, crime_ref from incident_crime order by crime_ref").fetchall()
    assert links == [("named_by_log", "1"), ("named_by_crime", "2"), ("named_by_both", "3")]
    assert column(con, "fact_incident", "incident_id", "crime_count") == {
        "named_by_log": 1,
        "named_by_crime": 1,
        "named_by_both": 1,
        "names_nobody": 0,
        "twin": 0,
    }


def test_a_crime_of_two_logs_stands_against_both_and_is_the_first_ones() -> None:
    con = facts(
        incident=[
            {**LOG, "incident_id": "later", "reported_at": "2018-05-01 12:00", "channel": "online", "crime_ref": "c"},
            {
                **LOG, "incident_id": "first", "channel": "999", "initial_grade": "standard",
                "final_grade": "emergency", "team_id": "T1", "attending_team_id": "T2", "district": "D1",
            },
            {**LOG, "incident_id": "same_moment", "channel": "101", "crime_ref": "c"},
        ],
        crime=[{"crime_ref": "c", "incident_id": "first", "recorded_at": "2018-05-02 11:00"}],
    )  # fmt: skip
    found = con.execute(
        "select first_incident_id, channel, grade, taking_team_id, attending_team_id, district, is_recorded_in_time "
        "from fact_crime"
    ).fetchall()
    assert found == [("first", "999", "emergency", "T1", "T2", "D1", False)]
    states = column(con, "fact_incident", "incident_id", "recording_state")
    assert states == dict.fromkeys(("later", "first", "same_moment"), "recorded_late")


def test_the_crimes_own_district_comes_first() -> None:
    con = facts(
        incident=[{**LOG, "incident_id": "log", "district": "of the log"}],
        crime=[
            {"crime_ref": "own", "incident_id": "log", "district": "of the crime"},
            {"crime_ref": "none", "incident_id": "log"},
        ],
    )
    assert crimes(con, "district") == {"own": "of the crime", "none": "of the log"}


def part_of(survivor: str | None) -> Row:
    return {"cancellation_code": "C3", "cancelled_at": "2018-06-01 10:00", "surviving_crime_ref": survivor}


def test_a_crime_cancelled_as_c3_leads_to_the_one_that_stands_at_the_end_of_its_chain() -> None:
    con = facts(
        crime=[
            {"crime_ref": "a", **part_of("b")},
            {"crime_ref": "b", **part_of("stands")},
            {"crime_ref": "stands"},
            {"crime_ref": "itself", **part_of("itself")},
            {"crime_ref": "circle_a", **part_of("circle_b")},
            {"crime_ref": "circle_b", **part_of("circle_a")},
            {"crime_ref": "into_circle", **part_of("circle_a")},
            {"crime_ref": "missing", **part_of("nowhere")},
            {"crime_ref": "to_missing", **part_of("missing")},
            {"crime_ref": "no_survivor", **part_of(None)},
            {"crime_ref": "to_no_survivor", **part_of("no_survivor")},
            {"crime_ref": "of_cancelled", **part_of("in_error")},
            {"crime_ref": "in_error", "cancellation_code": "C4", "cancelled_at": "2018-06-01"},
            {"crime_ref": "code_without_time", "cancellation_code": "C3", "surviving_crime_ref": "stands"},
            {"crime_ref": "other_code", **part_of("a"), "cancellation_code": "C1"},
        ]
    )
    standing = {crime: stands for crime, stands in crimes(con, "standing_crime_ref").items() if stands}
    assert standing == {"a": "stands", "b": "stands", "of_cancelled": "in_error"}


def test_the_log_of_a_crime_cancelled_as_c3_follows_the_survivor_and_keeps_its_own() -> None:
    con = facts(
        incident=[
            {**LOG, "incident_id": "log", "reported_at": "2018-05-01 09:00"},
            {**LOG, "incident_id": "log_of_survivor", "channel": "999"},
        ],
        crime=[
            {"crime_ref": "part", "incident_id": "log", "recorded_at": "2018-05-01 12:00", **part_of("stands")},
            {"crime_ref": "stands", "incident_id": "log_of_survivor", "recorded_at": "2018-05-02 09:30"},
        ],
    )
    # the report of either log came at 09:00: the crime that stands was recorded half an hour late
    assert crimes(con, "received_at") == {"part": may(1, 9), "stands": may(1, 9)}
    assert crimes(con, "is_recorded_in_time") == {"part": True, "stands": False}
    assert crimes(con, "has_log") == {"part": True, "stands": True}
    assert column(con, "fact_incident", "incident_id", "(recording_state, crime_count)") == {
        "log": ("recorded_late", 1),
        "log_of_survivor": ("recorded_late", 1),
    }


def test_the_first_opportunity_is_the_earlier_of_first_closure_and_limit() -> None:
    con = facts(
        incident=[
            {**LOG, "incident_id": "closed_early", "first_closed_at": "2018-05-01 12:00"},
            {**LOG, "incident_id": "closed_after_limit", "first_closed_at": "2018-05-03 12:00"},
            {**LOG, "incident_id": "never_closed"},
            {
                **LOG, "incident_id": "reopened", "first_closed_at": "2018-05-01 12:00", "reopened_count": 1,
                "closed_at": "2018-05-01 20:00",
            },
        ],
        crime=[
            {"crime_ref": "at_closure", "incident_id": "closed_early", "recorded_at": "2018-05-01 12:00"},
            {"crime_ref": "after_closure", "incident_id": "closed_early", "recorded_at": "2018-05-01 12:01"},
            {"crime_ref": "at_limit", "incident_id": "closed_after_limit", "recorded_at": "2018-05-02 10:00"},
            {"crime_ref": "after_limit", "incident_id": "closed_after_limit", "recorded_at": "2018-05-02 10:01"},
            {"crime_ref": "open_at_limit", "incident_id": "never_closed", "recorded_at": "2018-05-02 10:00"},
            {"crime_ref": "open_after_limit", "incident_id": "never_closed", "recorded_at": "2018-05-02 10:01"},
            {"crime_ref": "between_closures", "incident_id": "reopened", "recorded_at": "2018-05-01 19:00"},
            {"crime_ref": "no_time", "incident_id": "closed_early"},
            {"crime_ref": "no_log", "reported_at": "2018-05-01 10:00", "recorded_at": "2018-05-02 10:00"},
        ],
    )  # fmt: skip
    assert crimes(con, "is_first_opportunity") == {
        "at_closure": True,
        "after_closure": False,
        "at_limit": True,
        "after_limit": False,
        "open_at_limit": True,
        "open_after_limit": False,
        "between_closures": False,
        "no_time": None,
        "no_log": True,
    }


def test_the_class_follows_from_the_code_where_no_class_is_given() -> None:
    con = facts(
        crime=[
            {"crime_ref": "code", "offence_code": "008/06"},
            {"crime_ref": "class", "offence_class": "19C", "offence_code": "008/06"},
            {"crime_ref": "unknown", "offence_class": "ZZ", "offence_code": "999/99"},
            {"crime_ref": "neither"},
        ]
    )
    assert crimes(con, "(offence_class, offence_group, is_rape)") == {
        "code": ("8N", "Violence against the person", False),
        "class": ("19C", "Sexual offences", True),
        "unknown": ("ZZ", None, False),
        "neither": (None, None, False),
    }


def test_n100_and_what_was_lessened() -> None:
    classes = {
        # now, first: is_n100, is_first_n100, is_lesser
        ("N100/01", None): (True, True, None),
        ("N100", "19C"): (True, False, True),
        ("N100/02", "N100/01"): (True, True, False),
        ("19C", "N100/01"): (False, True, False),
        ("20A", "N100/01"): (False, True, False),
        ("20A", "19C"): (False, False, True),
        ("19D", "19C"): (False, False, False),
        ("105A", "8N"): (False, False, True),
        ("8N", "105A"): (False, False, False),
        ("8N", "8N"): (False, False, False),
        ("8N", None): (False, False, None),
        ("ZZ", "8N"): (False, False, None),
    }
    con = facts(
        crime=[
            {"crime_ref": str(n), "offence_class": now, "first_offence_class": first}
            for n, (now, first) in enumerate(classes)
        ]
    )
    found = crimes(con, "(is_n100, is_first_n100, is_lesser)")
    assert {pair: found[str(n)] for n, pair in enumerate(classes)} == classes

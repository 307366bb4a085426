"""The meaning of codes, what is in force on a day, and that a snapshot says what its columns mean."""

from dataclasses import replace
from datetime import date
from typing import Any

import duckdb
import pytest

from pipelines.build import SQL
from pipelines.extracts import EXTRACTS, Column, Extract
from tests.sql.world import Row, column, facts


def numbered(logs: list[Row]) -> list[Row]:
    """Logs of one moment, numbered from 0."""
    return [{"incident_id": str(n), "reported_at": "2018-05-01 09:00", **log} for n, log in enumerate(logs)]


def test_every_column_of_the_snapshot_says_what_it_means() -> None:
    con = facts(estimates=True, described=True, incident=[{"incident_id": "i", "reported_at": "2018-05-01 10:00"}])
    silent = con.execute(
        "select table_name || '.' || column_name from duckdb_columns() "
        "where schema_name = 'main' and not internal and database_name = current_database() and comment is null"
    ).fetchall()
    assert silent == []


def test_a_column_means_in_its_table_what_its_own_file_says() -> None:
    con = facts(estimates=True, described=True)
    rows = con.execute("select table_name, column_name, comment from duckdb_columns() where schema_name = 'main'")
    meaning = {(table, name): text for table, name, text in rows.fetchall()}
    assert meaning["fact_incident", "grade"] == "highest grade the log held"
    assert meaning["fact_crime", "grade"] == "highest grade the first report held"
    assert meaning["fact_incident", "first_closure_at"] == "when the log was first closed"
    assert meaning["snapshot_info", "run"] == "the run that built the snapshot"
    assert meaning["metric", "needs"] == "columns and targets it needs"
    assert meaning["fact_crime", "recorded_at"] == meaning["crime", "recorded_at"] == "When the crime was recorded."


def test_what_the_build_looked_up_along_the_way_stays_out_of_the_snapshot() -> None:
    con = facts()
    kept = con.execute(
        "select name from (select table_name as name, temporary from duckdb_tables() union all "
        "select view_name, temporary from duckdb_views()) where name like 'core%' and not temporary"
    ).fetchall()
    assert kept == []


CODES_HELD: list[tuple[Row, str | None]] = [
    ({"opening_code": "concern_for_safety"}, None),
    ({"opening_code": "shoplifting"}, "shoplifting"),
    ({"opening_code": "shoplifting", "closing_code": "asb_nuisance"}, "shoplifting"),
    ({"opening_code": "asb_nuisance", "closing_code": "shoplifting"}, "shoplifting"),
    ({"opening_code": "shoplifting", "closing_code": "robbery"}, "robbery"),
    ({"opening_code": "alarm", "qualifiers": "domestic_incident; burglary_dwelling ;hoax"}, "burglary_dwelling"),
    ({"opening_code": "alarm", "qualifiers": "shoplifting;rape;robbery"}, "rape"),
    ({"opening_code": "homicide", "qualifiers": "rape"}, "homicide"),
    ({"opening_code": "no_such_code", "closing_code": "nor_this", "qualifiers": ";;"}, None),
    ({}, None),
]


def test_the_gravest_crime_among_all_codes_ever_held_decides() -> None:
    con = facts(incident=numbered([codes for codes, _ in CODES_HELD]))
    found = column(con, "fact_incident", "incident_id", "(is_in_scope, indicated_category)")
    assert found == {str(n): (crime is not None, crime) for n, (_, crime) in enumerate(CODES_HELD)}


def test_the_group_and_the_focus_group_are_those_of_the_gravest_crime() -> None:
    log = {"reported_at": "2018-05-01 10:00"}
    con = facts(
        incident=[
            {**log, "incident_id": "both", "opening_code": "harassment", "closing_code": "violence_with_injury"},
            {**log, "incident_id": "focus", "opening_code": "harassment", "closing_code": "shoplifting"},
            {**log, "incident_id": "no_group", "opening_code": "crime_promised"},
        ]
    )
    assert con.execute("select incident_id, offence_group, focus_group from fact_incident order by 1").fetchall() == [
        ("both", "Violence against the person", None),
        ("focus", "Violence against the person", "harassment"),
        ("no_group", None, None),
    ]


GRADES_HELD = [
    # initial, final, highest, is_downgraded, is_upgraded
    ("standard", "emergency", "emergency", False, True),
    ("emergency", "standard", "emergency", True, False),
    ("priority", "priority", "priority", False, False),
    ("priority", None, "priority", None, None),
    (None, "priority", "priority", None, None),
    ("priority", "no_such_grade", "priority", None, None),
    ("no_such_grade", "priority", "priority", None, None),
    ("no_such_grade", "nor_this", "no_such_grade", None, None),
    (None, "nor_this", "nor_this", None, None),
    (None, None, None, None, None),
]


def test_the_highest_grade_a_log_held() -> None:
    con = facts(incident=numbered([{"initial_grade": held[0], "final_grade": held[1]} for held in GRADES_HELD]))
    found = con.execute(
        "select initial_grade, final_grade, grade, is_downgraded, is_upgraded from fact_incident order by incident_id"
    ).fetchall()
    assert found == GRADES_HELD


CLOSURES: list[tuple[dict[str, int], int | None, int | None]] = [
    # days of the closures given, first closure, latest closure
    ({}, None, None),
    ({"first_closed_at": 1}, 1, 1),
    ({"closed_at": 2}, 2, 2),
    ({"first_closed_at": 1, "closed_at": 2, "reopened_count": 1}, 1, 2),
    ({"first_closed_at": 1, "closed_at": 1, "reopened_count": 0}, 1, 1),
    ({"first_closed_at": 1, "reopened_count": 1}, 1, None),  # re-opened, and open at the cut
    ({"closed_at": 2, "reopened_count": 1}, None, 2),  # when it was first closed is not known
]


def test_first_and_latest_closure() -> None:
    given = [
        {name: f"2018-05-0{value} 10:00" if name.endswith("_at") else value for name, value in closed.items()}
        for closed, _, _ in CLOSURES
    ]
    con = facts(incident=numbered(given))
    found = column(con, "fact_incident", "incident_id", "(day(first_closure_at), day(latest_closure_at))")
    assert found == {str(number): (first, latest) for number, (_, first, latest) in enumerate(CLOSURES)}


def test_targets_hold_from_their_first_local_day_up_to_but_without_their_last() -> None:
    target = {"target_id": "response", "grade_code": "emergency"}
    log = {"initial_grade": "emergency"}
    con = facts(
        incident=[
            {**log, "incident_id": "june", "reported_at": "2018-06-30 22:59"},
            {**log, "incident_id": "july", "reported_at": "2018-06-30 23:00"},  # midnight in summer time
            {**log, "incident_id": "no_target", "reported_at": "2018-07-02 10:00", "initial_grade": "appointment"},
        ],
        targets=[
            {**target, "value": 15, "unit": "minutes", "valid_to": "2018-07-01"},
            {**target, "value": 0.5, "unit": "hours", "valid_from": "2018-07-01"},
        ],
    )
    found = column(con, "fact_incident", "incident_id", "response_target_minutes")
    assert found == {"june": 15, "july": 30, "no_target": None}


def test_a_rule_on_anything_else_does_not_touch_the_limit() -> None:
    con = facts(incident=[{"incident_id": "i", "reported_at": "2018-05-01 10:00"}])
    con.execute("insert into ref_recording_rule by name select 'transfer_limit' as rule_id, 10 as limit_minutes")
    con.execute("insert into ref_recording_rule by name select 'recording_limit' as rule_id, 2880 as limit_minutes")
    assert con.execute("select * from core_limit").fetchall() == [(date(2018, 5, 1), 1440)]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ({}, None),
        ({"2018-05-01": 5, "2018-06-01": 5}, "2018-06-01"),
        ({"2018-05-01": 5, "2018-06-01": 5, "2081-06-01": 1}, "2018-06-01"),
        ({"1018-05-01": 1, "2018-06-01": 5}, "2018-06-01"),
        ({"1900-01-01": 3, "2018-05-01": 5, "2018-12-01": 2, "9999-12-31": 6}, "2018-12-01"),
        ({"2017-01-01": 5, "2018-01-02": 1}, "2018-01-02"),  # 366 days without a row: one stretch
        ({"2017-01-01": 5, "2018-01-03": 1}, "2017-01-01"),
        ({"2015-01-01": 1, "2018-01-03": 1}, "2018-01-03"),
    ],
)
def test_the_data_cut_is_not_moved_by_a_mistyped_year(days: dict[str, int], expected: str | None) -> None:
    con = duckdb.connect()
    con.execute((SQL / "core/data_cut.sql").read_text("utf-8"))
    con.execute("create table given (moment timestamp)")
    for day, count in days.items():
        con.execute("insert into given select $day::timestamp from range($count)", {"day": day, "count": count})
    con.execute("insert into given values (null)")
    found = con.execute("select cast(data_cut as date)::varchar from data_cut_of('given')").fetchone()
    assert (found[0] if found else None) == expected


@pytest.mark.parametrize("extract", [extract for extract in EXTRACTS if extract.has_fact], ids=lambda e: e.name)
def test_a_column_added_to_a_declaration_reaches_the_fact_by_itself(
    extract: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rule 3 of the house: a column is declared in one file, and no SQL names it to let it through."""
    added = replace(extract, columns=(*extract.columns, Column("is_added", "flag", "Whether it was added.")))
    extracts = tuple(added if each.name == extract.name else each for each in EXTRACTS)
    monkeypatch.setattr("pipelines.build.EXTRACTS", extracts)
    monkeypatch.setattr("tests.sql.world.EXTRACTS", extracts)
    moment = {"reported_at": "2018-05-01 10:00"} if "reported_at" in extract.schema else {}
    rows: dict[str, Any] = {extract.name: [{extract.key[0]: "1", "is_added": True, **moment}]}
    con = facts(estimates=True, described=True, **rows)
    assert con.execute(f"select is_added from fact_{extract.name}").fetchall() == [(True,)]
    comment = con.execute(
        "select comment from duckdb_columns() where table_name = $table and column_name = 'is_added'",
        {"table": f"fact_{extract.name}"},
    ).fetchall()
    assert comment == [("Whether it was added.",)]

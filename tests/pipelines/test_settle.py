"""Which staged rows are loaded: rejected, superseded, and every row in one place."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations import Rule
from pipelines import settle
from pipelines.base_rules import base_rules
from pipelines.build import SQL
from pipelines.extracts import APPOINTMENT, CRIME, EXTRACTS, INCIDENT, TEAM

Row = dict[str, Any]
REJECTING = [rule for extract in EXTRACTS for rule in base_rules(extract) if rule.severity == "reject"]


def stage(folder: Path, **rows: Iterable[Row]) -> duckdb.DuckDBPyConnection:
    """A stage with the rows given, numbered in their order unless they say otherwise, and a connection to it."""
    for extract in EXTRACTS:
        schema = {**extract.schema, "_file": pl.String, "_row": pl.Int64, "_line": pl.Int64}
        numbered = [{"_row": n, "_file": "a.csv", **row} for n, row in enumerate(rows.get(extract.name, ()))]
        pl.DataFrame(numbered, schema=schema).write_parquet(folder / f"{extract.name}.parquet")
    con = duckdb.connect()
    for statement in settle.staged_views(folder, {extract.name for extract in EXTRACTS if not rows.get(extract.name)}):
        con.execute(statement)
    return con


def settled(con: duckdb.DuckDBPyConnection, folder: Path, rules: list[Rule]) -> set[str]:
    reduced = settle.set_aside(con, rules, folder)
    for statement in settle.loaded_views(folder, reduced):
        con.execute(statement)
    return reduced


def entry(name: str | None, status: str | None = None, **more: Any) -> Row:
    return {"appointment_id": name, "status": status, **more}


def test_a_later_row_supersedes_an_earlier_one_across_files(tmp_path: Path) -> None:
    con = stage(
        tmp_path,
        appointment=[
            entry("1", "booked", _file="monday.csv"),
            entry("2", "booked", _file="monday.csv"),
            entry("1", "missed", _file="tuesday.csv"),
            entry("1", "kept", _file="tuesday.csv"),
        ],
    )
    settled(con, tmp_path, REJECTING)
    assert con.execute("select appointment_id, status, _file from loaded.appointment order by 1").fetchall() == [
        ("1", "kept", "tuesday.csv"),
        ("2", "booked", "monday.csv"),
    ]
    assert con.execute("select extract, _row, rule_id from aside order by _row").fetchall() == [
        ("appointment", 0, None),
        ("appointment", 2, None),
    ]


def test_a_rejected_row_supersedes_nothing(tmp_path: Path) -> None:
    con = stage(tmp_path, appointment=[entry("1", "kept"), entry("1", "no_such_status")])
    settled(con, tmp_path, REJECTING)
    assert con.execute("select status from loaded.appointment").fetchall() == [("kept",)]
    assert con.execute("select _row, rule_id, reason is not null from aside").fetchall() == [
        (1, "appointment_status_not_allowed", True)
    ]


def test_a_row_that_breaks_several_rules_is_set_aside_once_under_the_first(tmp_path: Path) -> None:
    con = stage(tmp_path, appointment=[entry(None, "no_such_status", cancelled_by="nobody")])
    settled(con, tmp_path, REJECTING)
    assert con.execute("select rule_id from aside").fetchall() == [("appointment_appointment_id_missing",)]


def test_a_rule_that_names_a_row_twice_sets_it_aside_once(tmp_path: Path) -> None:
    twice = "select unnest([_row, _row]) as _row, 'again' as detail from appointment where status = 'missed'"
    con = stage(tmp_path, appointment=[entry("1", "missed"), entry("2", "kept")])
    settled(con, tmp_path, [Rule("twice", "appointment", "reject", "it is named twice", twice)])
    assert con.execute("select _row from aside").fetchall() == [(0,)]


def test_a_rule_that_sets_aside_no_row_is_refused_by_name(tmp_path: Path) -> None:
    whole = "select null::bigint as _row, 'all of it' as detail"
    con = stage(tmp_path, appointment=[entry("1")])
    with pytest.raises(ValueError, match="whole_extract"):
        settle.set_aside(con, [Rule("whole_extract", "appointment", "reject", "it is odd", whole)], tmp_path)


def test_the_same_number_in_another_extract_is_another_row(tmp_path: Path) -> None:
    con = stage(tmp_path, appointment=[entry("1", "no_such_status")], team=[{"team_id": "T", "name": "Team"}])
    assert settled(con, tmp_path, REJECTING) == {"appointment"}
    assert con.execute("select team_id from loaded.team").fetchall() == [("T",)]


def test_a_second_process_sees_the_same_rows(tmp_path: Path) -> None:
    folder = tmp_path / "it's a folder"
    folder.mkdir()
    reduced = settled(stage(folder, appointment=[entry("1", "booked"), entry("1", "kept")]), folder, REJECTING)
    other = duckdb.connect()
    for statement in (*settle.staged_views(folder, {"crime"}), *settle.loaded_views(folder, reduced)):
        other.execute(statement)
    assert other.execute("select count(*) from staged.appointment").fetchone() == (2,)
    assert other.execute("select status from loaded.appointment").fetchall() == [("kept",)]


rows = st.lists(
    st.builds(
        entry,
        st.sampled_from(["1", "2", "3", None]),
        st.sampled_from(["booked", "kept", "wrong", None]),
        _file=st.sampled_from(["a.csv", "b.csv"]),
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(rows, st.integers(0, 1000))
def test_every_row_is_loaded_superseded_or_rejected_whatever_order_they_lie_in(delivered: list[Row], seed: int) -> None:
    numbered = [{**row, "_row": 7 * n} for n, row in enumerate(delivered)]
    sound = [row for row in numbered if row["appointment_id"] and row["status"] != "wrong"]
    latest = {row["appointment_id"]: row["_row"] for row in sound}
    with TemporaryDirectory() as name:
        folder = Path(name)
        con = stage(folder, appointment=Random(seed).sample(numbered, len(numbered)))
        settled(con, folder, [rule for rule in REJECTING if rule.extract == "appointment"])
        loaded = con.execute("select _row from loaded.appointment").fetchall()
        aside = con.execute("select _row, rule_id is null from aside").fetchall()
    assert sorted(row for (row,) in loaded) == sorted(latest.values())
    superseded = [row for row, is_superseded in aside if is_superseded]
    rejected = [row for row, is_superseded in aside if not is_superseded]
    assert sorted(superseded) == [row["_row"] for row in sound if row["_row"] not in latest.values()]
    assert sorted(rejected) == [row["_row"] for row in numbered if row not in sound]
    assert len(numbered) == len(loaded) + len(superseded) + len(rejected)


def test_the_data_cut_is_read_off_the_first_column_that_is_delivered(tmp_path: Path) -> None:
    may, june = datetime(2018, 5, 1, 10), datetime(2018, 6, 1, 10)
    con = stage(
        tmp_path,
        incident=[{"incident_id": "1", "reported_at": may}, {"incident_id": "2", "reported_at": june}],
        crime=[{"crime_ref": "1", "reported_at": may, "occurred_at": june}],
    )
    con.execute((SQL / "core/data_cut.sql").read_text("utf-8"))
    cuts = [settle.data_cut(con, extract) for extract in (INCIDENT, CRIME, APPOINTMENT, TEAM)]
    assert cuts == [june, may, None, None]


def test_the_context_of_a_run_is_one_row() -> None:
    con = duckdb.connect()
    context = settle.RunContext(datetime(2018, 5, 1, 10, 0, 0, 250), False, {"incident": 5, "crime": None})
    con.execute(settle.context_table(context))
    found = con.execute("select * from run_context").fetchall()
    assert found == [(datetime(2018, 5, 1, 10, 0, 0, 250), False, 5, None)]

"""A small force for the SQL tests: a few rows in, the facts and metrics of a snapshot out."""

import atexit
import shutil
import tempfile
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

import duckdb

from pipelines import build, reference
from pipelines.extracts import EXTRACTS
from pipelines.extracts.declare import Extract

DUCKDB_TYPES = {
    "text": "varchar",
    "code": "varchar",
    "staff": "varchar",
    "moment": "timestamp",
    "day": "date",
    "flag": "boolean",
    "count": "integer",
}

Row = dict[str, Any]


def world(
    incident: list[Row] | None = None,
    crime: list[Row] | None = None,
    appointment: list[Row] | None = None,
    team: list[Row] | None = None,
    *,
    data_cut: str = "2019-12-31",
    time_zone: str = "Europe/London",
    targets: list[Row] | None = None,
    references: dict[str, list[Row]] | None = None,
    metrics: bool = True,
    macros: bool = False,
    estimates: bool = False,
    described: bool = False,
    **others: list[Row],
) -> duckdb.DuckDBPyConnection:
    """A database with the facts, the dictionary, the metrics and their totals of the rows given.

    Rows name only the columns that matter; the others are null. Moments are UTC text such as `2018-05-01 10:00`.
    `targets` stand in place of the reference table's, and `references` in that of any other, by its name; `others` are
    rows of further extracts, such as audit_log. The tables of estimates are made on demand, and so is what a snapshot
    says of its columns (`described`). A metric's own SELECT needs the facts alone, made in half the time.
    """
    con = duckdb.connect(config={"threads": 1})  # a second one has nothing to do, and costs more than it gives
    con.execute(f"attach '{_base(EXTRACTS)}' as base (read_only)")
    con.execute("copy from database base to memory")
    con.execute("detach base")
    for name, replacing in {**(references or {}), **({} if targets is None else {"ref_target": targets})}.items():
        con.execute(f"delete from {name}")
        _insert(con, name, replacing)
    given = {"incident": incident, "crime": crime, "appointment": appointment, "team": team, **others}
    if unknown := set(given) - {extract.name for extract in EXTRACTS}:
        raise TypeError(f"no such extract: {unknown}")
    for name, rows in given.items():
        places = [{"_file": "fixture", "_row": number, "_line": number + 2} for number in range(len(rows or []))]
        _insert(con, f"staged.{name}", [{**row, **place} for row, place in zip(rows or [], places, strict=True)])
    con.execute(
        "insert into snapshot_info by name select $cut::timestamp as data_cut, $zone as time_zone, 'fixture' as run",
        {"cut": data_cut, "zone": time_zone},
    )
    build.define_clock(con, time_zone, datetime.fromisoformat(data_cut))
    build.build_facts(con)
    if metrics or macros or estimates:
        build.define_macros(con)
    if estimates:
        build.build_estimates(con)
    if described:
        build.describe(con)
    if metrics:
        build.build_dictionary(con)
        build.build_metrics(con)
    return con


facts = partial(world, metrics=False)
"""The facts of a world alone."""

with_estimates = partial(world, metrics=False, estimates=True)
"""The facts of a world, and the tables of estimates."""


@cache
def _base(extracts: tuple[Extract, ...]) -> Path:
    """A database with the reference tables, no rows of the extracts and the empty tables of a snapshot: a third of a
    world's work, done once."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    path = folder / "base.duckdb"
    with duckdb.connect(str(path)) as con:
        for statement in reference.statements():
            con.execute(statement)
        build.create_tables(con)
        con.execute("create schema staged")
        con.execute("create schema loaded")
        for extract in extracts:
            columns = ", ".join(f"{column.name} {DUCKDB_TYPES[column.kind]}" for column in extract.columns)
            con.execute(f"create table staged.{extract.name} ({columns}, _file varchar, _row bigint, _line bigint)")
            con.execute(f"create view loaded.{extract.name} as select * from staged.{extract.name}")
    return path


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: list[Row]) -> None:
    """Insert rows that name some of the table's columns, a list of texts a column: a statement a row takes seconds."""
    names = {name: None for row in rows for name in row}
    if names:
        lists = {name: [None if row.get(name) is None else str(row[name]) for row in rows] for name in names}
        columns = ", ".join(f"unnest(${name}::varchar[]) as {name}" for name in names)
        con.execute(f"insert into {table} by name select {columns}", lists)


def column(con: duckdb.DuckDBPyConnection, fact: str, key: str, name: str) -> dict[str, Any]:
    """One column of a fact, by the record's key."""
    return dict(con.execute(f"select {key}, {name} from {fact}").fetchall())

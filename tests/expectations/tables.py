"""Tiny extracts for the rules to judge: a few rows by hand, every other column null."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import duckdb

from expectations import Rule
from pipelines.extracts import EXTRACTS
from pipelines.extracts.declare import Kind

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]

TYPES: dict[Kind, str] = {
    "text": "varchar",
    "staff": "varchar",
    "code": "varchar",
    "moment": "timestamp",
    "day": "date",
    "flag": "boolean",
    "count": "integer",
}

REFERENCES = {
    "ref_incident_category": ("category_code", ("robbery", "harassment", "hoax")),
    "ref_grade": ("grade_code", ("emergency", "standard")),
    "ref_no_crime_reason": ("reason_code", ("victim_untraced",)),
    "ref_offence_class": ("offence_class", ("8N", "N100", "28E", "28I")),
    "ref_offence_code": ("offence_code", ("008/06",)),
    "ref_failure_reason": ("reason_code", ("coercive_control",)),
    "ref_training_module": ("module", ("first_account",)),
}

IN_FORCE = {"valid_from": {"28E": "2017-04-01", "28I": "2023-04-01"}, "valid_to": {"28E": "2023-04-01"}}

CUT = "2020-01-01 00:00"


@dataclass(frozen=True)
class Case:
    """Rows of a rule's extract that break it and rows that do not, with the rows it needs beside them.

    Rows are numbered from 1, the bad ones first, unless they say their own `_row`.
    """

    bad: Sequence[Row]
    good: Sequence[Row]
    beside: Tables = field(default_factory=dict)

    def tables(self, extract: str) -> dict[str, list[Row]]:
        """Every row of the case, by extract; the case is about `extract`."""
        return {extract: numbered([*self.bad, *self.good])} | {
            name: numbered(rows) for name, rows in self.beside.items()
        }

    @property
    def expected(self) -> set[int]:
        """The `_row`s that the rule must select."""
        return {row["_row"] for row in numbered(self.bad)}


def numbered(rows: Sequence[Row]) -> list[Row]:
    """The rows with `_row` from 1 on, where they do not say their own."""
    return [{"_row": number, **row} for number, row in enumerate(rows, start=1)]


def set_up(tables: Tables, is_full: bool = True, **previous: int) -> list[str]:
    """Statements that make the schemas `staged` and `loaded`, both with these rows, the references and run_context."""
    statements = ["create schema staged", "create schema loaded"]
    for extract in EXTRACTS:
        columns = ", ".join(f"{column.name} {TYPES[column.kind]}" for column in extract.columns)
        statements.append(f"create table staged.{extract.name} ({columns}, _row bigint)")
        statements.append(f"create view loaded.{extract.name} as select * from staged.{extract.name}")
        if tables.get(extract.name):
            rows = " union all by name ".join(
                "select " + ", ".join(f"{_literal(value)} as {name}" for name, value in row.items())
                for row in tables[extract.name]
            )
            statements.append(f"insert into staged.{extract.name} by name {rows}")
    for name, (column, codes) in REFERENCES.items():
        statements.append(f"create table {name} as select unnest({list(codes)!r}) as {column}")
    for column, dates in IN_FORCE.items():
        statements.append(f"alter table ref_offence_class add column {column} date")
        statements += [
            f"update ref_offence_class set {column} = date '{day}' where offence_class = '{code}'"
            for code, day in dates.items()
        ]
    counts = ", ".join(
        f"cast({_literal(previous.get(extract.name))} as bigint) as previous_{extract.name}" for extract in EXTRACTS
    )
    statements.append(
        f"create table run_context as select timestamp '{CUT}' as data_cut, {is_full} as is_full, {counts}"
    )
    return statements


def bad_rows(statements: Sequence[str], *rules: Rule) -> dict[str, list[tuple[int | None, str]]]:
    """What the rules' own SELECTs yield after these statements: `_row` and `detail` of each bad row, by rule id."""
    found = {}
    with _emptied_after() as connection:
        for statement in statements:
            connection.execute(statement)
        for rule in rules:
            connection.execute(f"set search_path = '{'staged' if rule.severity == 'reject' else 'loaded'},main'")
            found[rule.rule_id] = connection.execute(f"select _row, detail from ({rule.bad_rows})").fetchall()
    return found


@contextmanager
def _emptied_after() -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty database. What is made in it is taken back, as to make another takes longer than what it is for."""
    connection = _database()
    connection.execute("begin")
    try:
        yield connection
    finally:
        connection.execute("rollback")
        connection.execute("reset search_path")


@cache
def _database() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def _literal(value: Any) -> str:
    if value is None:
        return "null"
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value)

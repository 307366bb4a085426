"""A database with the macros of the audit's estimates and nothing else, and samples made by hand."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import duckdb

import sql

FOLDER = sql.FOLDER

Mark = tuple[float, float]
Strata = Mapping[str, tuple[int, Sequence[Mark]]]


def trends_database(changed: tuple[str, str, str] | None = None) -> duckdb.DuckDBPyConnection:
    """The macros as they stand; `changed` is a macro's file and a text in it to be put in another's place."""
    con = duckdb.connect()
    con.execute("create macro local_date(moment) as cast(moment as date)")
    for name in sql.ESTIMATE_MACROS:
        text = (FOLDER / f"{name}.sql").read_text("utf-8")
        if changed and name == f"trends/{changed[0]}":
            assert text.count(changed[1]) == 1, f"{name} has {changed[1]!r} {text.count(changed[1])} times"
            text = text.replace(changed[1], changed[2])
        con.execute(text)
    return con


def insert(con: duckdb.DuckDBPyConnection, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    """Make the table afresh: `columns` with their types, and the rows."""
    con.execute(f"create or replace temp table {table} ({columns})")
    for row in rows:
        con.execute(f"insert into {table} values ({', '.join('?' * len(row))})", list(row))


def sample(con: duckdb.DuckDBPyConnection, strata: Strata, kind: str = "integer") -> None:
    """Make the tables `logs` and `strata` of sample s: stratum -> its N, and (required, recorded) of every log."""
    insert(
        con,
        "logs",
        f"sample_id varchar, stratum varchar, incident_id varchar, required {kind}, recorded {kind}",
        (
            ("s", name, f"{name}{number}", required, recorded)
            for name, (_, marks) in strata.items()
            for number, (required, recorded) in enumerate(marks)
        ),
    )
    insert(
        con,
        "strata",
        "sample_id varchar, stratum varchar, population integer, sampled integer, may_hide boolean",
        (("s", name, size, len(marks), name.startswith("hidden")) for name, (size, marks) in strata.items()),
    )


def rows(con: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    """What a query yields, a dict a row."""
    return sql.rows(con, query)


def estimate(con: duckdb.DuckDBPyConnection, least_required: int = 0, *, any_ratio: bool = False) -> dict[str, Any]:
    """The estimate of the one sample in `logs` and `strata`."""
    options = f"least_required := {least_required}, any_ratio := {any_ratio}"
    (row,) = rows(con, f"from ratio_estimate('logs', 'strata', {options})")
    return row

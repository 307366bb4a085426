"""Decides which staged rows are loaded: `reject` rules set rows aside, a later row supersedes an earlier one.

    staged.<extract>   every row that could be read as its types
    loaded.<extract>   what is left: what the facts are made of

Both are views over the stage's Parquet files, so that a second process can be given the same two schemas. What holds no
rows is an empty table, and what lost none a plain view: hundreds of short queries read them, and planning is most of
what those take.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from expectations import Rule
from pipelines.extracts import EXTRACTS, Extract
from pipelines.reference import quoted


@dataclass(frozen=True)
class RunContext:
    """What the rules may know of the run beside its rows. Previous counts are those of the last published run of the
    same source; None where there was none. `data_cut` is naive UTC."""

    data_cut: datetime
    is_full: bool
    previous: dict[str, int | None]


def staged_views(folder: Path, empty: Collection[str]) -> list[str]:
    """Statements that make the schema `staged`; `empty` are the extracts that hold no rows."""
    statements = ["create schema staged"]
    for extract in EXTRACTS:
        kind = "table" if extract.name in empty else "view"
        path = quoted(folder / f"{extract.name}.parquet")
        statements.append(f"create {kind} staged.{extract.name} as select * from read_parquet({path})")
    return statements


def loaded_views(folder: Path, reduced: Collection[str]) -> list[str]:
    """Statements that make the schema `loaded`: the staged rows, without those in the stage's set_aside.parquet where
    the extract is among the `reduced`, which have some there."""
    statements = ["create schema loaded"]
    for extract in EXTRACTS:
        view = f"create view loaded.{extract.name} as select * from staged.{extract.name}"
        if extract.name in reduced:
            aside = f"read_parquet({quoted(folder / 'set_aside.parquet')})"
            view += f" where _row not in (select _row from {aside} where extract = '{extract.name}')"
        statements.append(view)
    return statements


def context_table(context: RunContext) -> str:
    """The statement that makes `run_context`, the one row that rules may read."""
    counts = ", ".join(
        f"cast({'null' if count is None else count} as bigint) as previous_{name}"
        for name, count in context.previous.items()
    )
    return (
        f"create table run_context as select timestamp '{context.data_cut}' as data_cut, "
        f"{str(context.is_full).lower()} as is_full, {counts}"
    )


def data_cut(con: duckdb.DuckDBPyConnection, extract: Extract) -> datetime | None:
    """Latest moment of the extract's own clock (naive UTC); None where it has none, or no row that carries one."""
    for column in extract.cut_columns:
        found = con.execute(
            f"with moments as (select {column} as moment from staged.{extract.name}) "
            "select * from data_cut_of('moments')"
        ).fetchone()
        if found and found[0]:
            return found[0]
    return None


def set_aside(con: duckdb.DuckDBPyConnection, rules: list[Rule], folder: Path) -> set[str]:
    """Write set_aside.parquet: extract, _row, rule_id (null where the row is superseded), reason. Returns the names of
    the extracts that lost rows to it.

    A rejected row supersedes nothing; of the rows left, the latest of a key is loaded. Raises ValueError where a rule
    finds the extract bad as a whole: there is no row to set aside, and it should stop the run instead.
    """
    con.execute("create temp table aside (extract varchar, _row bigint, rule_id varchar, reason varchar)")
    con.execute("set search_path = 'staged,main'")
    for rule in rules:
        con.execute(
            f"insert into aside select distinct $extract, bad._row, $rule_id, $reason from ({rule.bad_rows}) as bad "
            "where bad._row is null "
            "or bad._row not in (select aside._row from aside where aside.extract = $extract)",
            {"extract": rule.extract, "rule_id": rule.rule_id, "reason": rule.reason},
        )
    con.execute("reset search_path")
    if rowless := con.execute("select rule_id from aside where _row is null").fetchone():
        raise ValueError(f"expectation {rowless[0]} is of severity reject and names no row: give it severity stop")
    for extract in EXTRACTS:
        keys = ", ".join(extract.key)
        con.execute(
            f"""
            insert into aside
            with kept as (
                select {keys}, _row from staged.{extract.name}
                where _row not in (select aside._row from aside where aside.extract = '{extract.name}')
            ),
            repeated as (select {keys}, max(_row) as latest_row from kept group by {keys} having count(*) > 1)
            select '{extract.name}', kept._row, null, 'superseded by a later row with the same key'
            from kept inner join repeated using ({keys})
            where kept._row < repeated.latest_row
            """
        )
    con.execute(f"copy aside to {quoted(folder / 'set_aside.parquet')} (format parquet)")
    return {name for (name,) in con.execute("select distinct extract from aside").fetchall()}

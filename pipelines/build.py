"""Builds the facts, metrics and totals of a snapshot from the rows that are loaded. The SQL lies in `sql/`; this only
says in which order it runs and writes the meaning of every column beside it."""

import json
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import cache

import duckdb

import sql
from expectations.predicates import quoted
from pipelines.extracts import EXTRACTS, Extract
from pipelines.insert import insert
from pipelines.local_clock import local_date_macro
from pipelines.method_file import read_method
from pipelines.metric_file import MetricFile, MetricFileError, column_meanings, read_metrics

SQL = sql.FOLDER

# In this order. What stands in `core` lasts for the length of the build; what stands in `facts` stays.
STEPS = (
    "core/core_incident",
    "core/core_log",
    "core/core_crime",
    "core/core_limit",
    "core/core_target",
    "facts/duplicate_root",
    "facts/duplicated_log",
    "facts/surviving_crime",
    "core/core_report",
    "facts/incident_crime",
    "facts/fact_crime",
    "facts/fact_incident",
    "facts/fact_appointment",
    "facts/fact_closure",
    "facts/fact_record_check",
    "core/core_drawn_crime",
    "core/core_audit_match",
    "core/core_audit_verdict",
    "facts/fact_audit_log",
    "facts/fact_audit_crime",
    "facts/fact_training",
)
# In this order, from the facts and what is left of `core`.
ESTIMATES = (
    "trends/audit_sample",
    "trends/audit_stratum_result",
    "trends/audit_hidden",
    "trends/audit_agreement",
    "trends/audit_estimate",
    "trends/audit_comparison",
    "trends/audit_extrapolation",
    "trends/audit_check",
    "trends/audit_failure",
)
# core_log is read a dozen times, and core_limit, what is drawn and what is marked more than once; a fact of closures
# would repeat half of fact_incident.
KINDS = {
    "core": "temp view",
    "core/core_log": "temp table",
    "core/core_limit": "temp table",
    "core/core_drawn_crime": "temp table",
    "core/core_audit_match": "temp table",
    "core/core_audit_verdict": "temp table",
    "facts": "table",
    "facts/fact_closure": "view",
}
# What readers call on: they stay in the snapshot.
MACROS = (
    "trends/placed",
    "trends/cells",
    "trends/totals",
    "trends/funnel",
    "trends/completeness",
    "trends/standing",
    *sql.PROCESS_MACROS,
    *sql.ESTIMATE_MACROS,
    *sql.DRAW_MACROS,
)


def define_clock(con: duckdb.DuckDBPyConnection, time_zone: str, data_cut: datetime) -> None:
    """Define `local_date`, quick for the years of the data up to the cut, ten of them at most."""
    first = data_cut - timedelta(days=366)
    for extract, column in (("incident", "reported_at"), ("crime", "reported_at")):
        found = con.execute(f"select min({column}) from staged.{extract}").fetchone()
        if found and found[0]:
            first = min(first, found[0])
    first = max(first, data_cut - timedelta(days=10 * 366))
    con.execute(local_date_macro(time_zone, first, data_cut + timedelta(days=62)))


def define_macros(con: duckdb.DuckDBPyConnection) -> None:
    """Define what metrics and estimates are made with (process control, funnel, young months, intervals), and write in
    the table `method` what macros and estimates compute. All stays in the snapshot, for readers to call through the
    door. Needs the facts."""
    for macro in MACROS:
        con.execute((SQL / f"{macro}.sql").read_text("utf-8"))
    insert(con, "method", _methods())


def build_facts(con: duckdb.DuckDBPyConnection) -> None:
    """Make the fact tables from the `loaded` schema."""
    for step in STEPS:
        folder, name = step.split("/")
        con.execute(f"create {KINDS.get(step, KINDS[folder])} {name} as {(SQL / f'{step}.sql').read_text('utf-8')}")
    for extract in EXTRACTS:
        columns = ", ".join(extract.schema)
        if extract.has_fact:
            con.execute(f"create view {extract.name} as select {columns} from fact_{extract.name}")
        else:
            con.execute(f"create table {extract.name} as select {columns} from loaded.{extract.name}")


def build_estimates(con: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of what audits found and what is estimated from it; empty where the source has no audit. Needs
    the facts and the macros."""
    for step in ESTIMATES:
        con.execute(f"create table {step.removeprefix('trends/')} as {(SQL / f'{step}.sql').read_text('utf-8')}")


def describe(con: duckdb.DuckDBPyConnection) -> None:
    """Write beside every column of facts, extracts and estimates what it means. Needs them all."""
    from_core: dict[str, str] = {}
    for step in (*STEPS, *ESTIMATES):
        found = column_meanings((SQL / f"{step}.sql").read_text("utf-8"))
        folder, name = step.split("/")
        if folder == "core":
            from_core |= found
        else:
            _comment(con, name, (from_core if folder == "facts" else {}) | found | _declared(name))
    for extract in EXTRACTS:
        _comment(con, extract.name, {column.name: column.meaning for column in extract.columns})


def create_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Make the snapshot's own tables, empty, with a comment on every column; the reference tables get theirs too."""
    text = (SQL / "core/snapshot_tables.sql").read_text("utf-8")
    con.execute(text)
    for name, columns in re.findall(r"^create table (\w+) \(\n(.+?)^\);", text, flags=re.MULTILINE | re.DOTALL):
        _comment(con, name, dict(re.findall(r"^ +(\w+) .+? -- (.+)$", columns, flags=re.MULTILINE)))
    con.execute("; ".join(["begin", (SQL / "core/reference_comments.sql").read_text("utf-8"), "commit"]))


def build_dictionary(con: duckdb.DuckDBPyConnection) -> None:
    """Fill `data_dictionary` from the declarations and from what the loaded rows hold."""
    described: list[tuple[object, ...]] = []
    for extract in EXTRACTS:
        names = ", ".join(f"count({column.name})" for column in extract.columns)
        counts = con.execute(f"select {names} from loaded.{extract.name}").fetchone()
        assert counts is not None
        described += [
            (extract.name, column.name, position, column.kind, column.meaning, column.is_required,
             list(column.allowed), counts[position] > 0, counts[position])
            for position, column in enumerate(extract.columns)
        ]  # fmt: skip
    insert(con, "data_dictionary", described)


def build_metrics(con: duckdb.DuckDBPyConnection) -> None:
    """Write the tables `metric`, `metric_cell` and `metric_total`. A metric whose columns the source lacks has none.

    Needs the facts, `data_dictionary` and `ref_target` in the database.
    """
    filled = _filled(con)
    described, available = [], []
    for position, metric in enumerate(read_metrics(SQL / "metrics")):
        missing = [need for need in metric.needs if not any(one in filled for one in need.split(" or "))]
        described.append(_metric_row(metric, missing, position))
        if not missing:
            available.append(metric)
    with ThreadPoolExecutor(2) as pool:  # half of the time of so short a query goes into planning it, by a single core
        list(pool.map(lambda some: _fill_cells(con, some), (available[::2], available[1::2])))
    insert(con, "metric", described)
    con.execute("insert into metric_total by name select * from totals('metric_cell') order by metric_id")


def _fill_cells(con: duckdb.DuckDBPyConnection, metrics: Sequence[MetricFile]) -> None:
    """Write the cells of the metrics in one transaction, as every commit waits for the disk."""
    with con.cursor() as own:
        own.execute("begin")
        for metric in metrics:
            query = (
                f"insert into metric_cell by name with metric_rows as ({metric.sql}\n) "
                "select $metric_id as metric_id, * from cells('metric_rows')"
            )
            try:
                own.execute(query, {"metric_id": metric.metric_id})
            except (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException) as error:
                raise MetricFileError(f"{metric.metric_id}.sql: its SELECT does not run: {error}") from error
        own.execute("commit")


def drop_build_views(con: duckdb.DuckDBPyConnection) -> None:
    """Drop what reads the stage's files, so that the snapshot stands alone; what stands in `core` was never kept."""
    con.execute("drop schema loaded cascade")
    con.execute("drop schema staged cascade")


@cache
def _methods() -> list[tuple[object, ...]]:
    """The rows of `method`, in the order of its columns."""
    read = [read_method(SQL / f"{name}.sql") for name in (*MACROS, *ESTIMATES)]
    return [(row["name"], position, row["what"], row["row_meaning"], row["text"]) for position, row in enumerate(read)]


def _filled(con: duckdb.DuckDBPyConnection) -> set[str]:
    """What a metric may need: the columns that hold a value, and the targets that are set, as `target.<target_id>`."""
    rows = con.execute(
        "select extract || '.' || column_name from data_dictionary where is_delivered "
        "union all select distinct 'target.' || target_id from ref_target"
    ).fetchall()
    return {name for (name,) in rows}


def _metric_row(metric: MetricFile, missing: list[str], position: int) -> tuple[object, ...]:
    """The metric's row, in the order of the table's columns."""
    return (
        metric.metric_id,
        metric.title,
        metric.question,
        metric.record,
        metric.row_meaning,
        metric.met,
        metric.better,
        metric.serves,
        metric.kind,
        metric.target,
        metric.measure,
        metric.also_by,
        metric.judges,
        metric.maturity_days,
        metric.caveats,
        metric.source,
        list(metric.needs),
        missing,
        not missing,
        position,
        metric.sql,
        json.dumps(metric.columns),
    )


def _declared(table: str) -> dict[str, str]:
    """Meanings of the extract's own columns within a fact table."""
    by_name: dict[str, Extract] = {extract.name: extract for extract in EXTRACTS}
    extract = by_name.get(table.removeprefix("fact_"))
    return {column.name: column.meaning for column in extract.columns} if extract else {}


def _comment(con: duckdb.DuckDBPyConnection, relation: str, meanings: dict[str, str]) -> None:
    """Write beside each column of the relation what it means, in one transaction, as each costs one else."""
    columns = [column for column, *_ in con.execute(f"select * from {relation} limit 0").description or ()]
    comments = [
        f"comment on column {relation}.{column} is {quoted(meanings[column])}"
        for column in columns
        if column in meanings
    ]
    con.execute("; ".join(["begin", *comments, "commit"]))

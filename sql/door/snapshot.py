"""A published snapshot, opened to be read: what it says of itself, its metrics and its tables."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from sql.door.errors import NoSnapshot, OtherLayout, UnknownKey, UnknownMetric
from sql.door.filters import DIMENSIONS, Where, as_condition, limited, several, unknown
from sql.door.macros import PROCESS_MACROS, charting

# Kinds of metric that come of an audit: yes/no checks, whose rate has an interval, and counts, whose rate takes the
# audit's estimate over strata.
AUDITED, AUDITED_COUNTS = "audited", "audited counts"
STOCK = "training"
# What a metric may serve, in the order to list: the headline, the cancelling of crimes, recommendations.
SERVES = ("headline", "cancellation", "R1a", "R1b", "R1c", "R2a", "R2b", "R3a", "R3b", "R3c", "R3d")

LAYOUT = 4  # of `sql/core/snapshot_tables.sql`; both go up by one where an older snapshot can no longer be read


_ANOTHER = "make an earlier run current with `cdi restore RUN`, or run `cdi refresh FOLDER`"


@dataclass(frozen=True)
class Snapshot:
    """One published snapshot, opened to be read. `info` is the row of snapshot_info."""

    name: str
    path: Path
    con: duckdb.DuckDBPyConnection = field(repr=False)
    info: dict[str, Any]

    @cached_property
    def metrics(self) -> "dict[str, Metric]":
        """Every metric by its id, in order, those that are not available included."""
        found = rows(self.con.cursor(), "select * from metric order by position")
        return {row["metric_id"]: Metric(**row) for row in found}

    @cached_property
    def span(self) -> tuple[date | None, date]:
        """The local days of the first report and of the data cut; the first is None where nothing is dated."""
        query = (
            "select coalesce((select min(reported_date) from fact_incident), "
            "(select min(local_date(received_at)) from fact_crime)) as first_day, "
            "local_date(data_cut) as last_day from snapshot_info"
        )
        found = rows(self.con.cursor(), query)[0]
        return found["first_day"], found["last_day"]

    @cached_property
    def charting(self) -> duckdb.DuckDBPyConnection:
        """The database that control charts are drawn in, with the macros as the snapshot tells of them in `method`."""
        names = [name.removeprefix("trends/") for name in PROCESS_MACROS]
        query = "select text from method where name in (select unnest($names)) order by position"
        return charting(row["text"] for row in rows(self.con.cursor(), query, {"names": names}))

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection of its own for one thread."""
        return self.con.cursor()

    def close(self) -> None:
        """Let go of the file."""
        self.con.close()


@dataclass(frozen=True)
class Metric:
    """A metric as its file declares it; `missing` names the columns the source lacks. See the table `metric`."""

    metric_id: str
    title: str
    question: str
    record: str
    row_meaning: str
    met: str
    better: str
    serves: str
    kind: str
    target: float | None
    measure: str | None
    also_by: str | None
    judges: str
    maturity_days: int
    caveats: str
    source: str
    needs: list[str]
    missing: list[str]
    is_available: bool
    position: int
    sql: str
    columns: str

    @property
    def served(self) -> list[str]:
        """What it serves, one by one: "headline, R3b" as ["headline", "R3b"]."""
        return [part.strip() for part in self.serves.split(",")]

    @property
    def is_audited(self) -> bool:
        """Whether it is estimated from what auditors read, and not counted in the extracts."""
        return self.kind in (AUDITED, AUDITED_COUNTS)

    @property
    def is_stock(self) -> bool:
        """Whether its records are what there is at the data cut, so that it has no months but the last."""
        return self.kind == STOCK

    def has_rate(self, keys: Iterable[str]) -> bool:
        """Whether met / of is said as a rate, by or where these keys: not where an audit read too few logs for it, as
        of a single team, or logs of unlike strata."""
        return not self.is_audited or (self.kind == AUDITED and "team_id" not in keys)


def current_name(home: Path) -> str | None:
    """Name of the snapshot that is current, such as snap_r0001.duckdb; None before the first refresh."""
    try:
        return (home / "CURRENT").read_text("utf-8").strip() or None
    except FileNotFoundError:
        return None


def open_snapshot(home: Path, name: str | None = None, *, of_any_layout: bool = False) -> Snapshot:
    """The named snapshot, else the current one, read-only. NoSnapshot where none can be read; OtherLayout where another
    version of this software built it, unless only its `info` is asked for (`of_any_layout`)."""
    name = name or current_name(home)
    if name is None:
        raise NoSnapshot(f"nothing is published in {home}: run `cdi demo`, or `cdi refresh FOLDER`, first")
    path = home / "snapshots" / name
    if not path.exists():
        raise NoSnapshot(f"{home} has no snapshot {name}: {_ANOTHER}")
    try:
        own = {"memory_limit": "800MB", "enable_external_access": "false"}
        con = duckdb.connect(str(path), read_only=True, config={**own})
        info = rows(con, "select * from snapshot_info")[0]
    except duckdb.Error as error:
        raise NoSnapshot(f"{path} cannot be read ({str(error).splitlines()[0]}): {_ANOTHER}") from error
    if info.get("layout") != LAYOUT and not of_any_layout:
        con.close()
        raise OtherLayout(
            f"{name} was built by another version of this software, whose snapshots have other tables: "
            "run `cdi refresh FOLDER` (or `cdi demo`) again with this one"
        )
    return Snapshot(name=name, path=path, con=con, info=info)


def rows(con: duckdb.DuckDBPyConnection, query: str, values: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """What a query yields, a dict a row."""
    result = con.execute(query, dict(values or {}))
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def table(
    snapshot: Snapshot, name: str, where: Where | None = None, *, order: str = "", limit: int | None = None
) -> list[dict[str, Any]]:
    """The rows of a table of the snapshot, such as extract_delivery or fact_crime, whose columns hold the values given
    (one, or any of a list); ordered by `order`, a column with or without ` desc`. For lists of a page's length."""
    if not (columns := meanings(snapshot, name)):
        raise UnknownKey(f"there is no table {name!r} in {snapshot.name}")
    for column in (*(where or {}), *([order.removesuffix(" desc")] if order else [])):
        if column not in columns:
            raise UnknownKey(unknown(column, list(columns), f"column {column!r} in {name}"))
    condition, values = as_condition({key: several(value) for key, value in (where or {}).items()})
    query = f"select * from {name} where {condition} {'order by ' + order if order else ''} {limited(limit)}"
    return rows(snapshot.cursor(), query, values)


def metrics(snapshot: Snapshot) -> list[Metric]:
    """Every metric of the snapshot, those that are not available included."""
    return list(snapshot.metrics.values())


def metric(snapshot: Snapshot, metric_id: str) -> Metric:
    """The metric of that id; UnknownMetric, with the nearest ids, where there is none."""
    if metric_id not in snapshot.metrics:
        near = difflib.get_close_matches(metric_id, snapshot.metrics, n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else "`cdi metrics` lists them"
        raise UnknownMetric(f"there is no metric {metric_id!r}: {hint}")
    return snapshot.metrics[metric_id]


def values_of(snapshot: Snapshot, dimension: str) -> list[str]:
    """The values a dimension takes in any metric of the snapshot, in order."""
    if dimension not in DIMENSIONS:
        raise UnknownKey(unknown(dimension, DIMENSIONS))
    query = "select distinct value from metric_total where dimension = $name and grain = 'all' order by value"
    return [row["value"] for row in rows(snapshot.cursor(), query, {"name": dimension}) if row["value"] is not None]


def months(snapshot: Snapshot) -> list[str]:
    """The months, such as 2018-05, in which any metric counts a record, in order."""
    query = "select distinct period from metric_total where grain = 'month' and period is not null order by period"
    return [f"{row['period']:%Y-%m}" for row in rows(snapshot.cursor(), query)]


def meanings(snapshot: Snapshot, name: str) -> dict[str, str]:
    """What each column of a table of the snapshot means, in the table's order; empty text where it does not say."""
    found = rows(
        snapshot.cursor(),
        "select column_name, coalesce(comment, '') as meaning from duckdb_columns() "
        "where schema_name = 'main' and table_name = $name order by column_index",
        {"name": name},
    )
    return {row["column_name"]: row["meaning"] for row in found}

"""What a metric says of each record of a world."""

from datetime import datetime
from typing import Any

import duckdb

from pipelines.build import SQL
from pipelines.metric_file import read_metric


def verdicts(con: duckdb.DuckDBPyConnection, metric_id: str) -> dict[str, bool]:
    """Record ids with `is_met`, of every record the metric counts."""
    return column(con, metric_id, "is_met")


def placed(con: duckdb.DuckDBPyConnection, metric_id: str) -> dict[str, datetime]:
    """Record ids with the moment they are placed at."""
    return column(con, metric_id, "placed_at")


def teams(con: duckdb.DuckDBPyConnection, metric_id: str) -> dict[str, str | None]:
    """Record ids with the team the metric judges."""
    return column(con, metric_id, "team_id")


def measures(con: duckdb.DuckDBPyConnection, metric_id: str) -> dict[str, float | None]:
    """Record ids with the metric's measure."""
    return column(con, metric_id, "measure")


def column(con: duckdb.DuckDBPyConnection, metric_id: str, name: str) -> dict[str, Any]:
    """One column of the metric's own SELECT, by record id; fails where a record is counted twice."""
    metric = read_metric(SQL / "metrics" / f"{metric_id}.sql")
    rows = con.execute(f"select record_id, {name} from ({metric.sql})").fetchall()
    found = dict(rows)
    assert len(found) == len(rows), f"{metric_id} counts a record twice"
    return found

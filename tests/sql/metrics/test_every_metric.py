"""What holds for every metric, on several hundred rows with every case."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import duckdb
import pytest

import sql
from pipelines.build import SQL
from pipelines.metric_file import OUTPUT, MetricFile, read_metrics
from tests.sql.metrics.busy_world import busy_world
from tests.sql.world import world

METRICS = {metric.metric_id: metric for metric in read_metrics(SQL / "metrics")}
TYPES = ("VARCHAR", "TIMESTAMP", "VARCHAR", "VARCHAR", "VARCHAR", "BOOLEAN", "VARCHAR", "VARCHAR", "BOOLEAN")

each_metric = pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)


@pytest.fixture(scope="module")
def busy() -> Iterator[duckdb.DuckDBPyConnection]:
    con = busy_world(seed=20180807)
    yield con
    con.close()


@each_metric
def test_the_header_says_what_to_bear_in_mind_and_where_it_is_from(metric: MetricFile) -> None:
    assert metric.caveats
    assert metric.source


@each_metric
def test_the_columns_are_those_of_every_metric_and_say_what_they_mean(
    busy: duckdb.DuckDBPyConnection, metric: MetricFile
) -> None:
    found = [(row[0], row[1]) for row in busy.execute(f"describe {metric.sql}").fetchall()]
    expected = list(zip(OUTPUT, TYPES, strict=True)) + ([("measure", "DOUBLE")] if metric.measure else [])
    if metric.also_by:
        expected.insert(-1, (metric.also_by, "VARCHAR"))
    assert found == expected
    assert list(metric.columns) == [name for name, _ in expected]


@each_metric
def test_a_record_is_counted_once_placed_and_judged(busy: duckdb.DuckDBPyConnection, metric: MetricFile) -> None:
    fact, key = f"fact_{metric.record}", sql.RECORD_KEYS[metric.record]
    row = busy.execute(
        f"select count(*), count(distinct record_id), count(placed_at), count(is_met), "
        f"count(*) filter (record_id in (select {key} from {fact})) from ({metric.sql})"
    ).fetchone()
    assert row is not None
    assert row[0] > 0, "the rows of this test hold no case of the metric"
    assert set(row) == {row[0]}


@each_metric
def test_the_rows_of_this_test_hold_records_that_meet_it_and_records_that_do_not(
    busy: duckdb.DuckDBPyConnection, metric: MetricFile
) -> None:
    found = busy.execute(f"select distinct is_met from ({metric.sql})").fetchall()
    assert {value for (value,) in found} == {True, False}


@each_metric
def test_stored_totals_equal_the_records_counted(busy: duckdb.DuckDBPyConnection, metric: MetricFile) -> None:
    snapshot = sql.Snapshot(name="fixture", path=Path("fixture"), con=busy, info={})
    for grain, dimension in product(("all", *sql.GRAINS), ("force", *sql.DIMENSIONS)):
        by = [key for key in (grain, dimension) if key in sql.KEYS]
        counted = sql.figures(snapshot, metric.metric_id, by, stored=False)
        stored = busy.execute(
            'select period, value, met, counted as "of" from metric_total '
            "where metric_id = $metric_id and grain = $grain and dimension = $dimension",
            {"metric_id": metric.metric_id, "grain": grain, "dimension": dimension},
        ).fetchall()
        assert sorted(stored, key=str) == sorted((_as_stored(row, grain, dimension) for row in counted), key=str), by
        if not metric.measure:
            assert sql.figures(snapshot, metric.metric_id, by) == counted, by


def _as_stored(row: dict[str, Any], grain: str, dimension: str) -> tuple[date | None, str | None, int, int]:
    """A figure of the door as the stored totals hold it."""
    period = date.fromisoformat(f"{row[grain]}-01"[:10]) if grain in sql.GRAINS else None
    value = row.get(dimension)
    return period, str(value).lower() if isinstance(value, bool) else value, row["met"], row["of"]


def test_a_source_without_recording_times_appointments_and_checks_has_what_it_has() -> None:
    """The columns are those of an American dispatch log and the crime reports beside it."""
    con = world(
        incident=[
            {
                "incident_id": "A1", "reported_at": "2018-05-01 10:00", "opening_code": "harassment",
                "closing_code": "harassment", "initial_grade": "priority", "final_grade": "standard",
                "dispatched_at": "2018-05-01 10:05", "arrived_at": "2018-05-01 10:20", "closed_at": "2018-05-01 11:00",
                "district": "1", "team_id": "101",
            }
        ],
        crime=[{"crime_ref": "A1", "incident_id": "A1", "occurred_at": "2018-05-01 09:00", "offence_class": "8L"}],
    )  # fmt: skip
    rows = con.execute("select metric_id, missing from metric").fetchall()
    assert {metric_id for metric_id, missing in rows if not missing} == {
        "focus_recorded",
        "grade_unchanged",
        "logs_recorded",
        "opened_as_crime",
        "opened_recorded_after_deployment",
        "response_in_target",
    }
    missing = dict(rows)
    assert missing["crimes_in_time"] == ["crime.recorded_at"]
    assert missing["logs_unexplained"] == ["incident.no_crime_reason"]
    assert missing["downgrades_with_reason"] == ["incident.regrade_reason"]
    assert missing["closures_supervised"] == ["incident.closure_checked_at"]
    assert missing["appointments_kept"] == ["appointment.status", "appointment.starts_at"]
    assert missing["checks_within_capacity"][0] == "target.closure_checks_per_day"

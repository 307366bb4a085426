"""A published home, opened twice: the snapshot as SQL made it, and the same recomputed from its stage."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

import sql
from tests.oracle.availability import missing
from tests.oracle.facts import facts
from tests.oracle.metrics import DEFINITIONS, OUTPUT
from tests.oracle.reference import Reference, read_reference
from tests.oracle.stage import Stage, read_stage
from tests.oracle.totals import Totals, totals

SHOWN = 3  # differing rows that a failure shows


@dataclass(frozen=True)
class World:
    """`metrics` are those that the snapshot says are available."""

    snapshot: sql.Snapshot
    folder: Path
    stage: Stage
    reference: Reference
    facts: dict[str, pl.DataFrame]
    metrics: list[sql.Metric]

    def missing(self, metric: sql.Metric) -> list[str]:
        """What the source lacks of the metric's needs, recomputed."""
        return missing(metric.needs, self.stage, self.reference)

    def rows(self, metric_id: str) -> pl.DataFrame:
        """Rows of the metric, recomputed."""
        return DEFINITIONS[metric_id].rows(self.facts)

    def rows_of_sql(self, metric: sql.Metric) -> pl.DataFrame:
        """Rows that the metric's SELECT yields."""
        found = self.snapshot.cursor().sql(metric.sql).pl()
        own = pl.lit(None, pl.String) if metric.also_by is None else pl.col(metric.also_by)
        found = found.with_columns(also_by=own)
        if "measure" not in found.columns:
            found = found.with_columns(measure=pl.lit(None, pl.Float64))
        return found.select(OUTPUT)

    def totals(self, metric_id: str) -> Totals:
        """Figures of the metric, recomputed."""
        return totals(self.rows(metric_id), self.reference.time_zone)

    def totals_of_sql(self, metric_id: str) -> Totals:
        """Figures of the metric as the snapshot stores them."""
        query = "select grain, period, dimension, value, met, counted from metric_total where metric_id = $id"
        found = self.snapshot.cursor().execute(query, {"id": metric_id}).fetchall()
        return {
            (grain, period, dimension, value): (met, counted) for grain, period, dimension, value, met, counted in found
        }


def open_world(home: Path, profile: Path) -> World:
    """The current snapshot of a home folder that was filled with that profile file. Close its snapshot in the end."""
    snapshot = sql.open_snapshot(home)
    folder = home / "stage" / snapshot.info["run"]
    stage = read_stage(folder, snapshot.info["data_cut"])
    reference = read_reference(profile)
    available = [metric for metric in sql.metrics(snapshot) if metric.is_available]
    return World(snapshot, folder, stage, reference, facts(stage, reference), available)


def difference(of_sql: set[tuple], recomputed: set[tuple]) -> str:
    """What differs, in short; empty where nothing does."""
    sides = (("SQL alone", of_sql - recomputed), ("recomputed alone", recomputed - of_sql))
    return "\n".join(
        f"{len(rows)} {side}: " + "; ".join(sorted(map(str, rows))[:SHOWN]) for side, rows in sides if rows
    )


def differing_measures(of_sql: pl.DataFrame, recomputed: pl.DataFrame) -> list[tuple]:
    """Records whose measures differ by more than rounding, with the two."""
    measure, other = pl.col("measure"), pl.col("measure_right")
    both = of_sql.select("record_id", "measure").join(recomputed.select("record_id", "measure"), on="record_id")
    is_off = (measure.is_null() != other.is_null()) | ((measure - other).abs() > 1e-6)
    return both.filter(is_off).head(SHOWN).rows()

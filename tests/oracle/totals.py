"""Figures of a metric by period and by single dimension, from its rows."""

import polars as pl

from tests.oracle.clock import local_month, local_week
from tests.oracle.metrics.definition import DIMENSIONS

Totals = dict[tuple, tuple[int, int]]


def totals(rows: pl.DataFrame, time_zone: str) -> Totals:
    """(grain, period, dimension, value) -> (met, counted), for the force and each value of each dimension.

    Over all time, by local month and by local week. A record that lacks a dimension counts under the value None.
    """
    placed = rows.with_columns(
        month=local_month("placed_at", time_zone),
        week=local_week("placed_at", time_zone),
        force=pl.lit(None, pl.String),
    )
    found: Totals = {}
    for grain, period in (("all", pl.lit(None, pl.Date)), ("month", pl.col("month")), ("week", pl.col("week"))):
        for dimension in ("force", *DIMENSIONS):
            cells = placed.group_by(period.alias("period"), pl.col(dimension).cast(pl.String).alias("value")).agg(
                pl.col("is_met").sum(), pl.len()
            )
            for starts, value, met, counted in cells.iter_rows():
                found[grain, starts, dimension, value] = (met, counted)
    return found

"""The dirty tail: moments out of order or absurd, values left out, rows delivered twice. What a log was reported and
its keys are never touched, nor does anything lie beyond the data cut: a strict reader refuses no row."""

import numpy as np
import polars as pl

from pipelines.sample.arrays import happens, stream

REPEATED = 0.0005
"""Share of rows that stand twice: first as they were some time before, then as they are."""


def dirty_moments(seed: int, incident: pl.DataFrame, cut: pl.Expr) -> pl.DataFrame:
    """Incident logs with a few moments wrong: arrival before dispatch (0.6%), arrival a year late or early (0.05%),
    closed before reported (0.08%), last closed before first closed (0.05%)."""
    rng = stream(seed, "dirt")
    count = incident.height
    chance = {
        "swapped": 0.006,
        "year_late": 0.0003,
        "year_early": 0.0002,
        "closed_early": 0.0008,
        "closed_back": 0.0005,
    }
    hits = {name: pl.Series(name, happens(rng, share, count)) for name, share in chance.items()}
    marked = incident.with_columns(hits.values())
    arrived, dispatched, first, closed = (
        pl.col(name) for name in ("arrived_at", "dispatched_at", "first_closed_at", "closed_at")
    )
    late = arrived + pl.duration(days=365)
    return marked.with_columns(
        arrived_at=pl.when(pl.col("swapped") & dispatched.is_not_null())
        .then(pl.when(arrived.is_not_null()).then(dispatched - pl.duration(minutes=7)))
        .when(pl.col("year_late") & (late < cut))
        .then(late)
        .when("year_early")
        .then(arrived - pl.duration(days=365))
        .otherwise(arrived),
        first_closed_at=pl.when(pl.col("closed_early") & first.is_not_null())
        .then(pl.col("reported_at") - pl.duration(hours=1))
        .otherwise(first),
        closed_at=pl.when(pl.col("closed_early") & first.is_not_null() & (closed == first))
        .then(pl.col("reported_at") - pl.duration(hours=1))
        .when("closed_back")
        .then(first - pl.duration(hours=9))
        .otherwise(closed),
    ).drop(chance.keys())


def leave_out(seed: int, frame: pl.DataFrame, shares: dict[str, float]) -> pl.DataFrame:
    """The frame with a small share of the named columns left empty."""
    rng = stream(seed, "gaps")
    empty = {name: pl.Series(happens(rng, share, frame.height)) for name, share in shares.items()}
    return frame.with_columns(pl.when(~empty[name]).then(pl.col(name)).alias(name) for name in shares)


def repeat_rows(seed: int, frame: pl.DataFrame, unknown_then: tuple[str, ...]) -> pl.DataFrame:
    """The frame with a few rows twice: the earlier one without the columns that were not known then."""
    rng = stream(seed, f"repeats/{frame.columns[0]}")
    again = np.flatnonzero(happens(rng, REPEATED, frame.height))
    place = np.sort(np.concatenate([np.arange(frame.height), again]), kind="stable")
    stale = pl.Series(np.append(np.diff(place) == 0, False)) if len(place) else pl.Series([], dtype=pl.Boolean)
    doubled = frame[pl.Series(place)]
    return doubled.with_columns(pl.when(~stale).then(pl.col(name)).alias(name) for name in unknown_then)

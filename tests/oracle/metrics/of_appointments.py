"""Metrics that count diary entries."""

import polars as pl

from tests.oracle.metrics.definition import Definition

status = pl.col("status")
is_counted = pl.col("has_come") & pl.col("placed_at").is_not_null()
is_unkept = status.is_in(["cancelled", "missed"])


def _entry(
    counted: pl.Expr,
    met: pl.Expr,
    placed_at: str = "placed_at",
    team_id: str = "team_id",
    measure: pl.Expr | None = None,
) -> Definition:
    return Definition("appointment", "appointment_id", counted, met, placed_at, team_id, measure)


OF_APPOINTMENTS = {
    "appointments_kept": _entry(is_counted, status == "kept"),
    "appointments_failed_by_police": _entry(is_counted, is_unkept & (pl.col("cancelled_by") == "police")),
    "appointments_rebooked": _entry(
        is_counted & pl.col("is_last"), pl.col("chain_length") > 1, measure=pl.col("chain_length")
    ),
    "appointments_in_wait": _entry(
        pl.col("wait_hours").is_not_null() & pl.col("wait_target_minutes").is_not_null(),
        pl.col("wait_hours") * 60 <= pl.col("wait_target_minutes"),
        "booked_at",
        measure=pl.col("wait_hours"),
    ),
    "diary_vulnerable": _entry(
        pl.col("has_log") & pl.col("replaces").is_null(),
        pl.col("is_domestic_abuse").fill_null(False) | pl.col("is_vulnerable").fill_null(False),
        "made_at",
        "taking_team_id",
    ),
}

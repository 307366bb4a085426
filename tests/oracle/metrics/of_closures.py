"""Metrics that count closures of incident logs."""

import polars as pl

from tests.oracle.closures import ERRORS
from tests.oracle.incidents import NO_CRIME
from tests.oracle.metrics.definition import Definition

COVERED = ("agreed", *ERRORS)
is_in_scope = pl.col("crime_rank").is_not_null()
is_checked, is_last = pl.col("is_checked"), pl.col("is_last")
result, checked_at = pl.col("closure_check_result"), pl.col("closure_checked_at")
was_recorded = (pl.col("last_recorded_at") > checked_at).fill_null(False)
was_closed_again = (pl.col("last_closure_at") > checked_at) & ~is_last


def _closure(
    counted: pl.Expr, met: pl.Expr, placed_at: str = "closure_checked_at", measure: pl.Expr | None = None
) -> Definition:
    return Definition("closure", "closure_id", counted, met, placed_at, "team_id", measure)


OF_CLOSURES = {
    "closures_supervised": _closure(is_in_scope & is_last, is_checked, "closed_at"),
    "closures_unchecked": _closure(
        is_last & pl.col("state").is_in([*NO_CRIME, "pending"]), ~is_checked, "closed_at", pl.col("days_waiting")
    ),
    "closures_checked_recording": _closure(is_in_scope & is_checked, result.is_in(COVERED)),
    "checks_changed_decision": _closure(is_checked & result.is_in(COVERED), result == "changed"),
    "checks_within_capacity": _closure(
        is_checked & pl.col("closure_checked_by").is_not_null() & pl.col("day_target").is_not_null(),
        pl.col("checks_that_day") <= pl.col("day_target"),
        measure=pl.col("checks_that_day"),
    ),
    "checks_by_trained": _closure(
        is_checked & pl.col("closure_checked_by").is_not_null(), pl.col("is_checker_trained")
    ),
    "errors_corrected": _closure(is_checked & (result == "returned"), was_recorded | was_closed_again),
    "repeat_errors": _closure(
        is_checked & result.is_in(ERRORS) & pl.col("handler_id").is_not_null(), pl.col("is_repeat_error")
    ),
}

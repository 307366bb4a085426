"""Metrics that count what audits found, of logs drawn at random within the inspection scope unless said."""

import polars as pl

from tests.oracle.metrics.definition import Definition

is_inspected = ~pl.col("may_hide")
is_recorded = pl.col("is_recorded")
is_random = ~pl.col("is_targeted")
is_placed = pl.col("reported_at").is_not_null()


def _log(verdict: str, team_id: str = "team_id") -> Definition:
    counted = is_inspected & is_placed & pl.col(verdict).is_not_null()
    return Definition("audit_log", "audit_log_id", counted, pl.col(verdict), "reported_at", team_id)


def _crime(counted: pl.Expr, met: pl.Expr, also_by: str | None = None) -> Definition:
    counted = counted & is_placed
    return Definition("audit_crime", "audit_crime_id", counted, met, "reported_at", "team_id", also_by=also_by)


def _check(kind: str, also_by: str | None = None) -> Definition:
    counted = (
        (pl.col("kind") == kind) & is_random & pl.col("is_correct").is_not_null() & pl.col("decided_at").is_not_null()
    )
    met = pl.col("is_correct")
    return Definition("record_check", "record_check_id", counted, met, "decided_at", "team_id", also_by=also_by)


OF_AUDITS = {
    "grade_correct": _log("grade_correct"),
    "summary_accurate": _log("summary_accurate"),
    "passed_to_officers": _log("passed_to_officers"),
    "account_full": _log("account_full"),
    "crime_made_clear": _log("crime_made_clear"),
    "first_account_taken": _log("first_account_taken"),
    "victim_believed": _log("believed_after_deployment", "attending_team_id"),
    "no_crime_reason_valid": _log("no_crime_reason_valid"),
    "classification_correct": _crime(
        is_inspected & is_recorded & pl.col("class_correct").is_not_null(), pl.col("class_correct")
    ),
    "audited_in_time": _crime(
        is_inspected & is_recorded & pl.col("recorded_within_24h").is_not_null(), pl.col("recorded_within_24h")
    ),
    "domestic_abuse_safeguarded": _crime(
        is_inspected & pl.col("is_domestic_abuse") & ~is_recorded & pl.col("safeguarded").is_not_null(),
        pl.col("safeguarded"),
    ),
    "failures_put_right": _crime(~is_recorded, pl.col("remedied_at").is_not_null()),
    "focus_audited": _crime(
        is_inspected & is_recorded.is_not_null() & pl.col("focus_group").is_not_null(), is_recorded, "focus_group"
    ),
    "cancellations_correct": _check("cancellation", "cancellation_code"),
    "reclassifications_correct": _check("reclassification"),
    "n100_correct": _check("n100"),
}

"""Metrics that count incident logs."""

import polars as pl

from tests.oracle.incidents import NO_CRIME
from tests.oracle.metrics.definition import Definition

is_due, is_recorded, state = pl.col("is_due"), pl.col("is_recorded"), pl.col("state")
is_own_call = ~pl.col("is_duplicate")
is_graded = is_own_call & pl.col("initial_grade").is_not_null() & pl.col("final_grade").is_not_null()
is_compared = is_own_call & pl.col("initial_rank").is_not_null() & pl.col("final_rank").is_not_null()
is_downgraded = pl.col("final_rank") > pl.col("initial_rank")
is_closed = pl.col("last_closure_at").is_not_null()


def _log(
    counted: pl.Expr,
    met: pl.Expr,
    team_id: str = "team_id",
    measure: pl.Expr | None = None,
    also_by: str | None = None,
) -> Definition:
    return Definition("incident", "incident_id", counted, met, "reported_at", team_id, measure, also_by)


OF_INCIDENTS = {
    "logs_recorded": _log(is_due, is_recorded),
    "logs_explained": _log(is_due, state == "explained"),
    "logs_unexplained": _log(is_due, state == "unexplained"),
    "recording_by_training": _log(is_due & pl.col("team_training").is_not_null(), is_recorded, also_by="team_training"),
    "focus_recorded": _log(is_due & pl.col("focus_group").is_not_null(), is_recorded),
    "victims_told": _log(state.is_in(NO_CRIME) & is_closed, pl.col("victim_told_at").is_not_null()),
    "opened_as_crime": _log(
        pl.col("is_opening_known") & (is_recorded | ((state == "linked_only") & pl.col("has_crime"))),
        pl.col("is_opened_as_crime"),
    ),
    "opened_recorded_after_deployment": _log(
        is_due & pl.col("is_opened_as_crime") & pl.col("arrived_at").is_not_null(), is_recorded, "attending_team_id"
    ),
    "closed_after_unkept": _log(is_due & pl.col("is_unkept"), is_closed & ~is_recorded),
    "thrive_recorded": _log(is_own_call, pl.col("thrive_recorded")),
    "grade_unchanged": _log(is_graded, pl.col("initial_grade") == pl.col("final_grade")),
    "downgrades_with_reason": _log(is_own_call & is_downgraded, pl.col("regrade_reason").is_not_null()),
    "vulnerable_downgraded": _log(is_compared & pl.col("is_vulnerable"), is_downgraded),
    "response_in_target": _log(
        is_own_call & pl.col("is_response_due"),
        pl.col("is_response_met"),
        "attending_team_id",
        pl.col("response_minutes"),
    ),
}

"""Metrics that count staff and the training that their roles need."""

import polars as pl

from tests.oracle.metrics.definition import Definition


def _held(ref: str) -> Definition:
    needed, current = pl.col("serves") == ref, pl.col("is_current")
    return Definition("training", "training_id", needed, current, "placed_at", "team_id", also_by="module")


OF_TRAINING = {
    "trained_first_account": _held("R3a"),
    "trained_focus_offences": _held("R3b"),
    "trained_full_account": _held("R3c"),
    "trained_passing_on": _held("R3d"),
}

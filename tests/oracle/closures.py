"""Closures of logs, each with the supervisor's check that followed it."""

from datetime import datetime, timedelta

import polars as pl

from tests.oracle.clock import in_force, local_day
from tests.oracle.reference import Reference

ERRORS = ("returned", "changed")
LOOKED_BACK = timedelta(days=90)


def closures(incidents: pl.DataFrame, reference: Reference, data_cut: datetime) -> pl.DataFrame:
    """A row a closure: the log's first, and its last where it was closed again.

    closure_id, the log's columns, closed_at, is_last, is_checked, days_waiting, checks_that_day, day_target,
    is_repeat_error. A check belongs to the last closure made before it; a latest closure dated before the first is no
    second one.
    """
    is_again = pl.col("first_closure_at").is_null() | (pl.col("last_closure_at") > pl.col("first_closure_at"))
    first = incidents.filter(pl.col("first_closure_at").is_not_null()).with_columns(
        closure_id=pl.col("incident_id") + "/first",
        closed_at="first_closure_at",
        is_last=(pl.col("last_closure_at") <= pl.col("first_closure_at")).fill_null(False),
    )
    again = incidents.filter(pl.col("last_closure_at").is_not_null() & is_again).with_columns(
        closure_id=pl.col("incident_id") + "/latest", closed_at="last_closure_at", is_last=pl.lit(True)
    )
    made = pl.concat([first, again]).with_columns(is_before=pl.col("closed_at") <= pl.col("closure_checked_at"))
    last_before = pl.col("closed_at").filter(pl.col("is_before")).max().over("incident_id")
    made = made.with_columns(is_checked=(pl.col("is_before") & (pl.col("closed_at") == last_before)).fill_null(False))
    waiting = pl.max_horizontal(pl.lit(data_cut) - pl.col("closed_at"), timedelta(0)).dt.total_microseconds() / 86400e6
    made = made.with_columns(days_waiting=pl.when(~pl.col("is_checked")).then(waiting))
    return _repeated(_capacity(made, reference))


def _capacity(made: pl.DataFrame, reference: Reference) -> pl.DataFrame:
    """How many checks the supervisor made on the local day of the check, and how many the target allows."""
    targets = reference.target.filter(pl.col("target_id") == "closure_checks_per_day")
    made = made.with_columns(check_day=local_day("closure_checked_at", reference.time_zone))
    counted = (
        made.filter("is_checked")
        .group_by("closure_checked_by", "check_day")
        .agg(checks_that_day=pl.len().cast(pl.Int64))
    )
    return made.join(counted, on=["closure_checked_by", "check_day"], how="left").with_columns(
        day_target=pl.col("check_day").map_elements(lambda day: in_force(targets, day), return_dtype=pl.Float64)
    )


def _repeated(made: pl.DataFrame) -> pl.DataFrame:
    """Whether an error was found in another log of the same handler in the 90 days before this one was."""
    is_error = pl.col("is_checked") & pl.col("closure_check_result").is_in(ERRORS)
    errors: dict[str, list[tuple[datetime, str]]] = {}
    for row in made.filter(is_error & pl.col("handler_id").is_not_null()).iter_rows(named=True):
        errors.setdefault(row["handler_id"], []).append((row["closure_checked_at"], row["incident_id"]))

    def is_repeat(row: dict) -> bool:
        found = row["closure_checked_at"]
        return any(
            other != row["incident_id"] and found - LOOKED_BACK <= earlier < found
            for earlier, other in errors.get(row["handler_id"], [])
        )

    repeats = pl.struct("handler_id", "incident_id", "closure_checked_at").map_elements(
        lambda row: is_repeat(row) if row["closure_checked_at"] else False, return_dtype=pl.Boolean
    )
    return made.with_columns(is_repeat_error=repeats)

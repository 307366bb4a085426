"""Who needs which training, who holds it, and which teams came to be trained."""

from datetime import datetime

import polars as pl

from tests.oracle.clock import local_day
from tests.oracle.reference import Reference
from tests.oracle.stage import Stage


def trainings(stage: Stage, reference: Reference) -> pl.DataFrame:
    """A row a member of staff in post at the data cut and a module that the role needs: training_id, serves,
    completed_at, is_current, placed_at, district of the team; the dimensions that training has not are empty."""
    staff = stage.rows["staff"].with_columns(placed_at=pl.lit(stage.data_cut))
    today = local_day("placed_at", reference.time_zone)
    in_post = (pl.col("started_on") <= today).fill_null(True) & (pl.col("left_on") >= today).fill_null(True)
    modules = reference.training_module.select("module", "serves", needed_by=pl.col("roles").str.split(";"))
    needed = staff.filter(in_post).join(modules, how="cross")
    needed = needed.filter(
        pl.col("needed_by").is_null() | pl.col("needed_by").list.contains(pl.col("role")).fill_null(False)
    )
    districts = stage.rows["team"].select("team_id", "district")
    held = (pl.col("completed_at") <= stage.data_cut) & (pl.col("expires_at") > stage.data_cut).fill_null(True)
    return (
        needed.join(stage.rows["training"], on=["staff_id", "module"], how="left")
        .join(districts, on="team_id", how="left")
        .with_columns(
            training_id=pl.concat_str("staff_id", "module", separator=" "),
            is_current=held.fill_null(False),
            offence_group=pl.lit(None, pl.String),
            is_domestic_abuse=pl.lit(None, pl.Boolean),
            channel=pl.lit(None, pl.String),
            grade=pl.lit(None, pl.String),
        )
    )


def with_team_training(incidents: pl.DataFrame, training: pl.DataFrame, data_cut: datetime) -> pl.DataFrame:
    """The logs with `team_training`: trained or untrained, before or after; empty where the team needs no training for
    R3. A team is trained from the first moment at which half of what it needs had been completed."""
    needed = training.filter(pl.col("serves").str.starts_with("R3"))
    trained: dict[str, datetime | None] = {}
    for (team_id,), rows in needed.filter(pl.col("team_id").is_not_null()).group_by("team_id"):
        done = [moment for moment in rows["completed_at"] if moment is not None and moment <= data_cut]
        halves = [moment for moment in done if 2 * sum(other <= moment for other in done) >= len(rows)]
        trained[str(team_id)] = min(halves, default=None)
    first = min((moment for moment in trained.values() if moment), default=None)

    def state(row: dict) -> str | None:
        if row["team_id"] not in trained:
            return None
        begins = trained[row["team_id"]] or first
        came = "trained" if trained[row["team_id"]] else "untrained"
        return f"{came}_{'after' if begins and row['reported_at'] >= begins else 'before'}"

    found = pl.struct("team_id", "reported_at").map_elements(state, return_dtype=pl.String)
    return incidents.with_columns(team_training=found)


def with_checker_s_training(closures: pl.DataFrame, stage: Stage, reference: Reference) -> pl.DataFrame:
    """The closures with `is_checker_trained`: whether who checked it held a module for R1a at the check."""
    modules = reference.training_module.filter(pl.col("serves") == "R1a")["module"].to_list()
    courses: dict[str, list[tuple[datetime, datetime | None]]] = {}
    for row in stage.rows["training"].iter_rows(named=True):
        if row["module"] in modules and row["completed_at"]:
            courses.setdefault(row["staff_id"], []).append((row["completed_at"], row["expires_at"]))

    def held(row: dict) -> bool:
        at = row["closure_checked_at"]
        of_checker = courses.get(row["closure_checked_by"], [])
        return at is not None and any(done <= at and (ends is None or ends > at) for done, ends in of_checker)

    found = pl.struct("closure_checked_by", "closure_checked_at").map_elements(held, return_dtype=pl.Boolean)
    return closures.with_columns(is_checker_trained=found)

"""Diary entries with the log they were made for, and the chain of re-bookings each stands in."""

from datetime import datetime

import polars as pl

from tests.oracle.clock import in_force, local_day
from tests.oracle.reference import Reference

OF_LOG = ("district", "offence_group", "is_domestic_abuse", "is_vulnerable", "channel", "grade")


def appointments(
    appointment: pl.DataFrame, incidents: pl.DataFrame, reference: Reference, data_cut: datetime
) -> pl.DataFrame:
    """The appointment's rows with:

    the log's district, offence_group, flags, channel, grade and taking_team_id; has_log, placed_at, made_at, has_come
    (its time, by the data cut; without one, once something became of it), wait_hours and wait_target_minutes, is_last
    of its chain and chain_length up to it.
    """
    logs = incidents.select("incident_id", *OF_LOG, "reported_at", has_log=pl.lit(True), taking_team_id="team_id")
    targets = reference.target.filter(pl.col("target_id") == "appointment_wait")
    day = local_day("booked_at", reference.time_zone)
    wait = (pl.col("starts_at") - pl.col("booked_at")).dt.total_microseconds() / 3600e6
    replaced = appointment.filter(pl.col("replaces") != pl.col("appointment_id"))["replaces"].implode()
    is_over = (pl.col("status") != "booked").fill_null(False)
    lengths = _chain_lengths(appointment)
    return appointment.join(logs, on="incident_id", how="left").with_columns(
        has_log=pl.col("has_log").fill_null(False),
        has_come=(pl.coalesce("ends_at", "starts_at") <= data_cut).fill_null(is_over),
        placed_at=pl.coalesce("starts_at", "booked_at"),
        made_at=pl.coalesce("booked_at", "reported_at"),
        wait_hours=pl.when(pl.col("starts_at") >= pl.col("booked_at")).then(wait),
        wait_target_minutes=day.map_elements(lambda on: in_force(targets, on), return_dtype=pl.Float64),
        is_last=~pl.col("appointment_id").is_in(replaced),
        chain_length=pl.col("appointment_id").replace_strict(lengths, return_dtype=pl.Int64),
    )


def _chain_lengths(appointment: pl.DataFrame) -> dict[str, int]:
    """How many entries the chain of each entry holds up to it; one that was not delivered counts too."""
    before = dict(appointment.select("appointment_id", "replaces").iter_rows())
    lengths = {}
    for entry in before:
        seen, at = set(), entry
        while at is not None and at not in seen:
            seen.add(at)
            at = before.get(at)
        lengths[entry] = len(seen)
    return lengths

"""What the rules make of each log: its recording state, and whether officers came in time."""

from datetime import datetime

import polars as pl

from tests.oracle.clock import in_force, local_day
from tests.oracle.reference import Reference

RECORDED = ("recorded_in_time", "recorded_late", "recorded_time_unknown")
NO_CRIME = ("explained", "unexplained")


def incidents(
    reports: pl.DataFrame,
    crimes: pl.DataFrame,
    links: pl.DataFrame,
    appointment: pl.DataFrame,
    reference: Reference,
    data_cut: datetime,
) -> pl.DataFrame:
    """The reports with:

    state, is_due (counted in the screening rate), is_recorded, has_crime (one not recorded before the report),
    last_recorded_at, has_diary, is_unkept, response_minutes, is_response_due, is_response_met.
    """
    logs = reports.join(_outcomes(reports, crimes, links), on="incident_id", how="left")
    logs = logs.with_columns(
        state=_state(reference, data_cut), has_crime=(pl.col("crimes_of_report") > 0).fill_null(False)
    )
    logs = logs.with_columns(
        is_recorded=pl.col("state").is_in(RECORDED), is_due=pl.col("state").is_in([*RECORDED, *NO_CRIME])
    )
    return _responded(logs.join(_diaries(appointment), on="incident_id", how="left"), reference, data_cut)


def _outcomes(reports: pl.DataFrame, crimes: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """What the records that stand against a report say of it.

    One cancelled as part of another (C3) leaves the word to that one; an N100 is a reported incident and no crime.
    """
    standing = crimes.filter(~pl.col("is_part_of_another"))
    linked = links.join(standing.select("crime_ref", "recorded_at", "is_in_time", "family"), on="crime_ref").join(
        reports.select(report_id="incident_id", received="received_at"), on="report_id"
    )
    is_n100 = (pl.col("family") == "n100").fill_null(False)
    is_before = (pl.col("recorded_at") < pl.col("received")).fill_null(False)
    first = pl.col("recorded_at").filter(~is_n100 & ~is_before).min()
    is_timed = ~is_n100 & ~is_before & pl.col("recorded_at").is_not_null()
    return (
        linked.group_by("report_id")
        .agg(
            n100s=is_n100.sum(),
            crimes_of_report=(~is_n100 & ~is_before).sum(),
            is_follow_up=is_before.all(),
            is_first_in_time=pl.col("is_in_time").filter(is_timed & (pl.col("recorded_at") == first)).all(),
            is_timed=is_timed.any(),
            last_recorded_at=pl.col("recorded_at").max(),
        )
        .rename({"report_id": "incident_id"})
    )


def _state(reference: Reference, data_cut: datetime) -> pl.Expr:
    """The recording state: the first that applies.

    The first crime of a report is judged by its own clock; of several recorded at one moment, all must be in time.
    """
    has_crime = pl.col("crimes_of_report") > 0
    is_elsewhere = pl.col("transferred_to").is_not_null() & pl.col("transferred_ref").is_not_null()
    states = [
        (pl.col("crime_rank").is_null() & pl.col("is_follow_up").is_not_null(), "linked_only"),
        (pl.col("crime_rank").is_null(), "out_of_scope"),
        (is_elsewhere, "not_ours"),
        (pl.col("is_resolved"), "duplicate"),
        (pl.col("is_duplicate"), "duplicate_unresolved"),
        (pl.col("is_follow_up"), "existing_crime"),
        (has_crime & ~pl.col("is_timed"), "recorded_time_unknown"),
        (has_crime & pl.col("is_first_in_time"), "recorded_in_time"),
        (has_crime, "recorded_late"),
        (pl.col("n100s") > 0, "reported_incident"),
        (pl.col("no_crime_reason").is_in(sorted(reference.accepted_reasons)).fill_null(False), "explained"),
        (pl.col("limit_at") >= data_cut, "pending"),
    ]
    return pl.coalesce(*(pl.when(holds).then(pl.lit(name)) for holds, name in states), pl.lit("unexplained"))


def _diaries(appointment: pl.DataFrame) -> pl.DataFrame:
    """Logs with a diary entry; `is_unkept` where one was cancelled or missed and none kept."""
    status = pl.col("status")
    return (
        appointment.filter(pl.col("incident_id").is_not_null())
        .group_by("incident_id")
        .agg(
            has_diary=pl.lit(True),
            is_unkept=status.is_in(["cancelled", "missed"]).any() & ~(status == "kept").any(),
        )
    )


def _responded(logs: pl.DataFrame, reference: Reference, data_cut: datetime) -> pl.DataFrame:
    """Response is judged on the highest grade held, from receipt; no arrival is not met."""
    targets = reference.target.filter(pl.col("target_id") == "response")
    day = local_day("reported_at", reference.time_zone)
    target = pl.struct("grade", day=day).map_elements(
        lambda row: in_force(targets, row["day"], row["grade"]) if row["grade"] else None, return_dtype=pl.Float64
    )
    minutes = (pl.col("arrived_at") - pl.col("reported_at")).dt.total_microseconds() / 60e6
    logs = logs.with_columns(
        target_minutes=target, response_minutes=pl.when(pl.col("arrived_at") >= pl.col("reported_at")).then(minutes)
    )
    deadline = pl.col("reported_at") + pl.duration(microseconds=pl.col("target_minutes") * 60e6)
    is_undeployed = ~pl.col("needs_attendance") & pl.col("dispatched_at").is_null() & pl.col("arrived_at").is_null()
    return logs.with_columns(
        is_response_due=pl.col("target_minutes").is_not_null()
        & ~is_undeployed
        & (pl.col("response_minutes").is_not_null() | (deadline < data_cut)),
        is_response_met=(pl.col("response_minutes") <= pl.col("target_minutes")).fill_null(False),
    )

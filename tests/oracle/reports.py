"""Logs as reports: a log with the logs closed as its duplicates, and what can be said of it without its crimes."""

from datetime import datetime, timedelta

import polars as pl

from tests.oracle.chains import duplicate_roots
from tests.oracle.clock import in_force, local_day
from tests.oracle.reference import Reference
from tests.oracle.scope import indicated, indicates_crime, own_crime_rank


def reports(incident: pl.DataFrame, reference: Reference) -> pl.DataFrame:
    """The incident's rows with:

    report_id (the log, or the root it is a duplicate of), is_duplicate, is_resolved, received_at (earliest receipt
    among the log and its duplicates), limit_at, crime_rank and its offence_group and focus_group (null: out of scope),
    is_opening_known, is_opened_as_crime, grade and the ranks of the grades, first_closure_at, last_closure_at.
    """
    roots = duplicate_roots(incident)
    logs = incident.join(own_crime_rank(incident, reference), on="incident_id", how="left").with_columns(
        root_id=pl.col("incident_id").replace_strict(roots, default=None, return_dtype=pl.String),
        is_duplicate=pl.col("duplicate_of").is_not_null(),
    )
    logs = logs.with_columns(
        report_id=pl.coalesce("root_id", "incident_id"), is_resolved=pl.col("root_id").is_not_null()
    )
    duplicates = (
        logs.filter("is_resolved")
        .group_by("report_id")
        .agg(their_receipt=pl.col("reported_at").min(), their_rank=pl.col("own_rank").min())
        .rename({"report_id": "incident_id"})
    )
    logs = logs.join(duplicates, on="incident_id", how="left").with_columns(
        received_at=pl.min_horizontal("reported_at", "their_receipt"),
        crime_rank=pl.coalesce("own_rank", "their_rank"),
        is_opened_as_crime=indicates_crime("opening_code", reference),
        is_opening_known=pl.col("opening_code").is_in(reference.category["category_code"].to_list()).fill_null(False),
    )
    logs = logs.join(indicated(reference), on="crime_rank", how="left")
    return _closed(_graded(_limited(logs, reference), reference))


def limit_after(received_at: str, reference: Reference) -> pl.Expr:
    """Latest moment of recording that the rule in force on the local day of receipt allows."""

    def limit(row: dict) -> datetime | None:
        minutes = in_force(reference.recording_limit, row["day"])
        return None if minutes is None else row["moment"] + timedelta(minutes=minutes)

    day = local_day(received_at, reference.time_zone)
    return pl.struct(moment=received_at, day=day).map_elements(limit, return_dtype=pl.Datetime("us"))


def _limited(logs: pl.DataFrame, reference: Reference) -> pl.DataFrame:
    return logs.with_columns(limit_at=limit_after("received_at", reference))


def _graded(logs: pl.DataFrame, reference: Reference) -> pl.DataFrame:
    """Ranks of the first and the last grade (1 is the most urgent) and the higher of the two grades.

    A grade that the list does not hold gives way to one that it holds.
    """
    for which in ("initial", "final"):
        grades = reference.grade.rename(
            {"grade_code": f"{which}_grade", "rank": f"{which}_rank", "needs_attendance": f"{which}_needs_attendance"}
        )
        logs = logs.join(grades, on=f"{which}_grade", how="left")
    is_initial = (pl.col("initial_rank") <= pl.col("final_rank")).fill_null(False)
    return logs.with_columns(
        grade=pl.when(is_initial)
        .then("initial_grade")
        .when(pl.col("final_rank").is_not_null())
        .then("final_grade")
        .otherwise(pl.coalesce("initial_grade", "final_grade")),
        needs_attendance=pl.coalesce("final_needs_attendance", "initial_needs_attendance").fill_null(True),
    )


def _closed(logs: pl.DataFrame) -> pl.DataFrame:
    """When the log was first closed and when it was last closed.

    A log never re-opened has one closure, whichever column holds it; one re-opened may be open still.
    """
    is_reopened = (pl.col("reopened_count") > 0).fill_null(False)
    first, last = pl.col("first_closed_at"), pl.col("closed_at")
    return logs.with_columns(
        first_closure_at=pl.when(is_reopened).then(first).otherwise(pl.coalesce(first, last)),
        last_closure_at=pl.when(is_reopened).then(last).otherwise(pl.coalesce(last, first)),
    )

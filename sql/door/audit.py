"""What is asked of a snapshot for an audit: the frame to draw from, what a draw should hold, and what a worksheet does.

What audits found stands in the tables `audit_*`, which `table` gives.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sql.door.snapshot import Snapshot, rows


def audit_frame(snapshot: Snapshot, first_day: date, last_day: date) -> list[dict[str, Any]]:
    """The logs reported on these local days that an audit may draw from, each with its stratum: see the macro."""
    query = "select * from audit_frame($first_day::date, $last_day::date)"
    return rows(snapshot.cursor(), query, {"first_day": first_day, "last_day": last_day})


def audit_plan(snapshot: Snapshot, first_day: date, last_day: date, half_width: float) -> list[dict[str, Any]]:
    """How many logs of each stratum give a 95% interval of that half-width (a share such as 0.02), by allocation: see
    the macro."""
    query = (
        "with prior as (from audit_prior($first_day::date, $last_day::date)) "
        "select * from audit_plan('prior', $half_width::double) order by allocation desc, may_hide, stratum"
    )
    return rows(snapshot.cursor(), query, {"first_day": first_day, "last_day": last_day, "half_width": half_width})


def audit_steps(
    snapshot: Snapshot, first_day: date, last_day: date, half_width: float, step: int
) -> list[dict[str, Any]]:
    """What each further `step` logs would buy, by allocation: see the macro."""
    query = (
        "with prior as (from audit_prior($first_day::date, $last_day::date)) "
        "select * from audit_steps('prior', $half_width::double, step := $step::integer) "
        "order by allocation desc, logs"
    )
    values = {"first_day": first_day, "last_day": last_day, "half_width": half_width, "step": step}
    return rows(snapshot.cursor(), query, values)


def audit_worksheet(snapshot: Snapshot, incident_ids: Sequence[str]) -> list[dict[str, Any]]:
    """What auditors are shown of these logs: see the macro."""
    query = "select * from audit_worksheet($incident_ids)"
    return rows(snapshot.cursor(), query, {"incident_ids": list(incident_ids)})


def audit_choices(snapshot: Snapshot, first_day: date, last_day: date) -> list[dict[str, Any]]:
    """What auditors of these days may choose from, classes and reasons: see the macro."""
    query = "select * from audit_choices($first_day::date, $last_day::date)"
    return rows(snapshot.cursor(), query, {"first_day": first_day, "last_day": last_day})

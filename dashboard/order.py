"""The order measures are listed in: by what they serve, then those that lead, then as in the snapshot."""

from collections.abc import Iterable

import sql

LEADING = (
    "logs_recorded",
    "logs_unexplained",
    "crimes_in_time",
    "crimes_first_opportunity",
    "late_approved",
    "logs_explained",
    "victims_told",
    "cancellations_right_authority",
    "cancellations_victim_informed",
    "rape_recorded_as_rape",
    "closures_supervised",
    "closures_checked_recording",
    "closures_unchecked",
    "response_in_target",
    "thrive_recorded",
    "vulnerable_downgraded",
    "appointments_kept",
    "appointments_in_wait",
    "appointments_failed_by_police",
    "diary_vulnerable",
)


def ordered(metrics: Iterable[sql.Metric]) -> list[sql.Metric]:
    """The metrics in the order to list them."""
    return sorted(metrics, key=lambda metric: (_served(metric), _place(LEADING, metric.metric_id), metric.position))


def _served(metric: sql.Metric) -> int:
    return min(_place(sql.SERVES, served) for served in metric.served)


def _place(order: tuple[str, ...], name: str) -> int:
    return order.index(name) if name in order else len(order)

"""Teams side by side, and young months beside old ones: the funnel, and how complete each month is."""

from datetime import timedelta
from typing import Any

from sql.door.errors import NotAvailable, UnknownKey
from sql.door.filters import Where, as_condition, checked
from sql.door.snapshot import Snapshot, metric, rows, table


def funnel(snapshot: Snapshot, metric_id: str, where: Where | None = None) -> list[dict[str, Any]]:
    """The teams that the metric judges, each with its rate, the rate expected of its mix and the limits round it, over
    the settled months: the columns of the macro funnel. Audited rates are samples and have none. Raises as `figures`
    does."""
    asked = metric(snapshot, metric_id)
    if not asked.is_available:
        raise NotAvailable(metric_id, asked.missing)
    if asked.is_audited:
        raise UnknownKey(f"{metric_id} is estimated from a sample, which is too small to compare teams by")
    condition, values = as_condition(checked((), where or {}))
    query = (
        f"with metric_rows as ({asked.sql}\n), chosen as (select * from placed('metric_rows') where {condition} "
        "and last_day(month) + $maturity_days::integer <= $last_day::date) from funnel('chosen')"
    )
    return rows(
        snapshot.cursor(),
        query,
        {**values, "maturity_days": asked.maturity_days, "last_day": snapshot.span[1]},
    )


def completeness(snapshot: Snapshot, where: Where | None = None) -> list[dict[str, Any]]:
    """How complete each month of in-scope logs is, and the share of them that will have been recorded within 90 days:
    the columns of the macro completeness. `where` as for `figures`; NotAvailable where crimes have no times."""
    condition, values = as_condition(checked((), where or {}))
    missing = metric(snapshot, "logs_recorded").missing
    timed = table(snapshot, "data_dictionary", {"extract": "crime", "column_name": "recorded_at", "is_delivered": True})
    if missing or not timed:
        raise NotAvailable("completeness", [*missing, *([] if timed else ["crime.recorded_at"])])
    query = (
        "with logs as (select *, reported_at as placed_at, is_recorded as is_met from fact_incident), "
        f"chosen as (select * from placed('logs') where {condition}), days as (from recorded_delays('chosen')) "
        "from completeness('days', $last_day::date)"
    )
    last_whole_day = snapshot.span[1] - timedelta(days=1)
    return rows(snapshot.cursor(), query, {**values, "last_day": last_whole_day})

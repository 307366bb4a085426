"""The figures of a metric: from the totals that the snapshot holds where they can answer, else counted anew."""

from collections.abc import Mapping, Sequence
from typing import Any

from sql.door.errors import NotAvailable
from sql.door.filters import DIMENSIONS, FILTERS, GRAINS, PERIOD_KEYS, Where, as_condition, checked
from sql.door.snapshot import AUDITED, Metric, Snapshot, metric, rows


def figures(
    snapshot: Snapshot,
    metric_id: str,
    by: Sequence[str] = (),
    where: Where | None = None,
    *,
    stored: bool = True,
    median: bool = True,
    exact: bool = False,
    whole: bool = False,
) -> list[dict[str, Any]]:
    """The metric's figures: a row for each combination of the `by` keys, with `met`, `of` and `rate` (met / of, None
    where nothing is counted), and `median` where the metric has a measure. Audited yes/no checks have the ends of
    their 95% interval too, `lower` and `upper`: Wilson's, or with `exact` Clopper and Pearson's. What an audit says of
    single teams, or counts in clusters, is `met` and `of` alone.

    by: month, week, a dimension, or the metric's own `also_by`. where: values, or lists of values, for the same keys;
    `from` and `to` are months, both included. Totals stored in the snapshot answer where they can (`stored=False`
    counts the records instead); they hold no medians, and `median=False` does without. `whole` has the same query give
    the figure over all the combinations too: every row then says by `is_whole` whether it is that one. Raises
    UnknownMetric, UnknownKey, NotAvailable.
    """
    asked = metric(snapshot, metric_id)
    where = checked(by, where or {}, also_by=asked.also_by)
    if not asked.is_available:
        raise NotAvailable(metric_id, asked.missing)
    median = median and asked.measure is not None
    found = _stored(metric_id, by, where, whole) if stored and not median else None
    query, values = found or _counted(asked, by, where, median, whole)
    if asked.kind == AUDITED:
        interval = f'{"exact_interval" if exact else "wilson"}(met, "of")'
        ends = ", ".join(f"struct_extract({interval}, '{end}') as {end}" for end in ("lower", "upper"))
        query = f"select *, {ends} from ({query})"
    found = rows(snapshot.cursor(), f"{query} {'order by ' + ', '.join(by) if by else ''}", values)
    return [_finished(row, by, has_rate=asked.has_rate((*by, *where))) for row in found]


def states(snapshot: Snapshot, where: Where | None = None) -> dict[str, int]:
    """How many incident logs are in each recording state; `where` as for `figures`, by local month of the report."""
    condition, values = as_condition(checked((), where or {}))
    query = (
        "with logs as (select *, reported_at as placed_at, is_recorded as is_met from fact_incident) "
        "select recording_state, count(*) as logs from placed('logs') "
        f"where {condition} group by all order by logs desc, recording_state"
    )
    return {row["recording_state"]: row["logs"] for row in rows(snapshot.cursor(), query, values)}


def _counted(
    asked: Metric, by: Sequence[str], where: Mapping[str, list[Any]], median: bool, whole: bool
) -> tuple[str, dict[str, Any]]:
    """The query that counts the records themselves, with its values."""
    condition, values = as_condition(where)
    listed, grouped = _grouping(by, by, whole)
    query = (
        f"with metric_rows as ({asked.sql}\n) select {listed}"
        f'count(*) filter (is_met) as met, count(*) as "of"{", median(measure) as median" if median else ""} '
        f"from placed('metric_rows') where {condition} {grouped}"
    )
    return query, values


def _stored(
    metric_id: str, by: Sequence[str], where: Mapping[str, list[Any]], whole: bool
) -> tuple[str, dict[str, Any]] | None:
    """The query of the stored totals, with its values; None where those do not hold the combination asked for."""
    if not {*by, *where} <= {*FILTERS}:
        return None
    grains = [key for key in by if key in GRAINS]
    used = {key for key in (*by, *where) if key in DIMENSIONS}
    period_keys = set(where) & {*PERIOD_KEYS, *GRAINS}
    if len(grains) > 1 or len(used) > 1 or len(set(by)) < len(by):
        return None
    grain = grains[0] if grains else ("month" if period_keys else "all")
    if ("week" in period_keys and grain != "week") or (period_keys - {"week"} and grain != "month"):
        return None
    dimension = next(iter(used), "force")
    typed = {key: [str(v).lower() if isinstance(v, bool) else v for v in several] for key, several in where.items()}
    condition, values = as_condition(typed, {dimension: "value", grain: "period"})
    names = {grain: "period", dimension: "value"}
    selected = [f"{'cast(value as boolean)' if key == 'is_domestic_abuse' else names[key]} as {key}" for key in by]
    listed, grouped = _grouping(by, selected, whole)
    query = (
        f"select {listed}"
        'coalesce(cast(sum(met) as bigint), 0) as met, coalesce(cast(sum(counted) as bigint), 0) as "of" '
        f"from metric_total where metric_id = $metric_id and grain = $grain and dimension = $dimension and {condition} "
        f"{grouped}"
    )
    return query, {**values, "metric_id": metric_id, "grain": grain, "dimension": dimension}


def _grouping(by: Sequence[str], selected: Sequence[str], whole: bool) -> tuple[str, str]:
    """What a query selects of the keys, each as `selected` has it, and its grouping by them: with `whole` by none of
    them too."""
    listed = "".join(f"{column}, " for column in selected)
    if not whole:
        return listed, "group by all" if by else ""
    keys = ", ".join(by)
    return f"{listed}grouping({keys}) > 0 as is_whole, ", f"group by grouping sets (({keys}), ())"


def _finished(row: dict[str, Any], by: Sequence[str], *, has_rate: bool) -> dict[str, Any]:
    """The row as it is given out: periods as text, and the rate, with its interval behind it where there is one."""
    for key in by:
        if key == "month" and row[key] is not None:
            row[key] = row[key].strftime("%Y-%m")
        elif key == "week" and row[key] is not None:
            row[key] = row[key].isoformat()
    ends = {end: row.pop(end) for end in ("lower", "upper") if end in row}
    row["rate"] = row["met"] / row["of"] if row["of"] and has_rate else None
    return row | (ends if has_rate else dict.fromkeys(ends))

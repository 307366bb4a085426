"""The figures of a metric: from the totals or the cells that the snapshot holds where they can answer, else counted
anew."""

from collections.abc import Mapping, Sequence
from typing import Any

from sql.door.errors import NotAvailable
from sql.door.filters import DIMENSIONS, FILTERS, Where, as_condition, checked
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
    `from` and `to` are months, both included. The snapshot's totals answer where they can, else its cells, which know
    every combination of keys but those with the grade; neither holds medians, and `median=False` does without.
    `stored=False` counts the records instead. `whole` has the same query give the figure over all the combinations too:
    every row then says by `is_whole` whether it is that one. Raises UnknownMetric, UnknownKey, NotAvailable.
    """
    asked = metric(snapshot, metric_id)
    where = checked(by, where or {}, also_by=asked.also_by)
    if not asked.is_available:
        raise NotAvailable(metric_id, asked.missing)
    median = median and asked.measure is not None
    found = _stored([metric_id], by, where, whole) if stored and not median else None
    query, values = found or _counted(asked, by, where, median, whole)
    if asked.kind == AUDITED:
        query = _with_interval(query, "exact_interval" if exact else "wilson")
    found = rows(snapshot.cursor(), f"{query} {'order by ' + ', '.join(by) if by else ''}", values)
    return [_finished(row, by, has_rate=asked.has_rate((*by, *where))) for row in found]


def series(
    snapshot: Snapshot, metric_ids: Sequence[str], grain: str, where: Where | None = None
) -> dict[str, list[dict[str, Any]]]:
    """The figures of several metrics by period and over all periods, by the metric's id: of each what `figures` gives
    by the grain with `whole` and without medians. What is stored answers for all of them in one query. Raises as
    `figures` does."""
    asked = [metric(snapshot, metric_id) for metric_id in metric_ids]
    for one in asked:
        if not one.is_available:
            raise NotAvailable(one.metric_id, one.missing)
    return _stored_series(snapshot, asked, grain, where or {}) or {
        metric_id: figures(snapshot, metric_id, (grain,), where, median=False, whole=True) for metric_id in metric_ids
    }


def states(snapshot: Snapshot, where: Where | None = None) -> dict[str, int]:
    """How many incident logs are in each recording state; `where` as for `figures`, by local month of the report."""
    condition, values = as_condition(checked((), where or {}))
    query = (
        "with logs as (select *, reported_at as placed_at, is_recorded as is_met from fact_incident) "
        "select recording_state, count(*) as logs from placed('logs') "
        f"where {condition} group by all order by logs desc, recording_state"
    )
    return {row["recording_state"]: row["logs"] for row in rows(snapshot.cursor(), query, values)}


def _stored_series(
    snapshot: Snapshot, asked: Sequence[Metric], grain: str, where: Where
) -> dict[str, list[dict[str, Any]]]:
    """What one query over what is stored gives of each metric; nothing where that cannot answer."""
    if set(where) - set(FILTERS):
        return {}
    typed = checked((grain,), where)
    by_id = {one.metric_id: one for one in asked}
    if not (answer := _stored(list(by_id), (grain,), typed, True, of_each=True)):
        return {}
    query, values = answer
    if any(one.kind == AUDITED for one in asked):
        query = _with_interval(query, "wilson")
    counted = rows(snapshot.cursor(), f"{query} order by {grain}", values)
    without = by_id.keys() - {row["metric_id"] for row in counted}
    nothing = {grain: None, "is_whole": True, "met": 0, "of": 0, "lower": None, "upper": None}
    found: dict[str, list[dict[str, Any]]] = {metric_id: [] for metric_id in by_id}
    for row in [*counted, *({"metric_id": metric_id, **nothing} for metric_id in without)]:
        one = by_id[row.pop("metric_id")]
        if one.kind != AUDITED:
            row = {key: value for key, value in row.items() if key not in ("lower", "upper")}
        found[one.metric_id].append(_finished(row, (grain,), has_rate=one.has_rate((grain, *typed))))
    return found


def _with_interval(query: str, interval: str) -> str:
    """The query with the ends of the named interval of met out of `of`."""
    ends = ", ".join(f"struct_extract(interval_of, '{end}') as {end}" for end in ("lower", "upper"))
    return (
        f'select * exclude (interval_of), {ends} from (select *, {interval}(met, "of") as interval_of from ({query}))'
    )


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
    metric_ids: Sequence[str], by: Sequence[str], where: Mapping[str, list[Any]], whole: bool, *, of_each: bool = False
) -> tuple[str, dict[str, Any]] | None:
    """The query of the stored totals, else of the stored cells, with its values; None where neither holds what is asked
    for. With `of_each` the metrics are told apart by metric_id."""
    if not {*by, *where} <= {*FILTERS} or len(set(by)) < len(by):
        return None
    if total := _total(by, where):
        grain, dimension = total
        source, bound = (
            "metric_total where grain = $grain and dimension = $dimension",
            {"grain": grain, "dimension": dimension},
        )
        names = {grain: "period", dimension: "value"}
        where = {key: [str(v).lower() if isinstance(v, bool) else v for v in several] for key, several in where.items()}
        selected = [f"{'cast(value as boolean)' if key == 'is_domestic_abuse' else names[key]} as {key}" for key in by]
    elif "grade" not in {*by, *where}:
        source, bound, names, selected = "metric_cell where not is_of_grade", {}, {}, by
    else:
        return None
    condition, values = as_condition(where, names)
    listed, grouped = _grouping(by, selected, whole, ("metric_id",) if of_each else ())
    query = (
        f"select {listed}"
        'coalesce(cast(sum(met) as bigint), 0) as met, coalesce(cast(sum(counted) as bigint), 0) as "of" '
        f"from {source} and metric_id in (select unnest($metric_ids)) and {condition} {grouped}"
    )
    return query, {**values, **bound, "metric_ids": list(metric_ids)}


def _total(by: Sequence[str], where: Mapping[str, list[Any]]) -> tuple[str, str] | None:
    """The grain and the dimension of the totals that answer; None where the keys are of more than one of either."""
    grains = {"week" if key == "week" else "month" for key in (*by, *where) if key not in DIMENSIONS}
    used = {key for key in (*by, *where) if key in DIMENSIONS}
    if len(grains) > 1 or len(used) > 1:
        return None
    return next(iter(grains), "all"), next(iter(used), "force")


def _grouping(by: Sequence[str], selected: Sequence[str], whole: bool, apart: Sequence[str] = ()) -> tuple[str, str]:
    """What a query selects of the keys, each as `selected` has it, and its grouping by them: with `whole` by none of
    them too, and always by those of `apart`."""
    listed = "".join(f"{column}, " for column in (*apart, *selected))
    if not whole:
        return listed, "group by all" if listed else ""
    keys, alone = ", ".join(by), ", ".join(apart)
    return (
        f"{listed}grouping({keys}) > 0 as is_whole, ",
        f"group by grouping sets (({', '.join((*apart, *by))}), ({alone}))",
    )


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

"""Process control of a metric, or of any series: control charts and lists of signals."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import duckdb

from sql.door import figures, macros
from sql.door.errors import UnknownKey
from sql.door.filters import GRAINS, Where, period_days, typed
from sql.door.rebases import holds, rebases
from sql.door.snapshot import Metric, Snapshot, metric, rows

PROFILES = ("nhsr_0_2_2", "mdc_2023")
CHARTS = {"p_prime": "laney_limits('series')", "xmr": "xmr_limits('series', $profile)"}


@dataclass(frozen=True)
class ProcessChart:
    """A metric's control chart. `points` are its settled periods as the macro spc_signals gives them; `apart` are the
    others, with the `state` that keeps them out of means, limits and rules (see the macro settled; `counts` where the
    metric has no rate, see Metric.has_rate). `rebases` are those declared for it, as `rebases` gives them. `whole` is
    the figure over all its periods, as `figures` gives it; the chart of a slice has none. `intervals` are the ends of
    the 95% intervals of an audited metric's periods, by the period as `figures` writes it."""

    metric_id: str
    grain: str
    profile: str
    chart: str
    points: list[dict[str, Any]]
    apart: list[dict[str, Any]]
    rebases: list[dict[str, Any]]
    whole: dict[str, Any] = field(default_factory=dict)
    intervals: dict[str, tuple[float | None, float | None]] = field(default_factory=dict)


@dataclass(frozen=True)
class Signals:
    """Slices whose last settled period gives a signal: that point of each. `expected` is how many of the slices
    `examined` would give one by chance; `too_short` slices had too few periods."""

    examined: int
    too_short: int
    expected: float
    points: list[dict[str, Any]]


@dataclass(frozen=True)
class _Series:
    """A metric's figures by period, and the filters they are under; `whole` as for a ProcessChart."""

    metric: Metric
    where: Where
    counts: list[dict[str, Any]]
    whole: dict[str, Any] = field(default_factory=dict)


def process_chart(
    snapshot: Snapshot,
    metric_id: str,
    grain: str = "month",
    where: Where | None = None,
    profile: str = PROFILES[0],
    *,
    chart: str = "p_prime",
) -> ProcessChart:
    """The metric's control chart by month or week: a Laney p' chart of the rate, or an XmR chart of it. A new mean and
    new limits begin where an analyst has declared it (see `rebases`). Raises as `figures` does."""
    return process_charts(snapshot, (metric_id,), grain, where, profile, chart=chart)[metric_id]


def process_charts(
    snapshot: Snapshot,
    metric_ids: Sequence[str],
    grain: str = "month",
    where: Where | None = None,
    profile: str = PROFILES[0],
    *,
    chart: str = "p_prime",
    median: bool = False,
) -> dict[str, ProcessChart]:
    """The control charts of several metrics, asked at once, by the metric's id; with `median` their `whole` has it."""
    _check(grain, profile, chart)
    asked = [metric(snapshot, metric_id) for metric_id in metric_ids]
    with ThreadPoolExecutor(1) as pool:
        medians = {
            # of the whole alone, beside the rest: that of every month would take several times as long
            one.metric_id: pool.submit(figures.figures, snapshot, one.metric_id, (), where)
            for one in asked
            if median and one.measure
        }
        found = figures.series(snapshot, metric_ids, grain, where)
        series = [_series(one, where or {}, found[one.metric_id]) for one in asked]
        charts = dict(zip(metric_ids, _charts(snapshot, series, grain, profile, chart), strict=True))
        for metric_id, future in medians.items():
            charts[metric_id].whole["median"] = future.result()[0]["median"]
    return charts


def signals(
    snapshot: Snapshot,
    metric_id: str,
    by: str,
    grain: str = "month",
    where: Where | None = None,
    profile: str = PROFILES[0],
    *,
    chart: str = "p_prime",
) -> Signals:
    """The slices of the metric by a dimension whose control chart ends in a signal, out of how many examined, and how
    many such signals slices that do not change would give (simulated, see ref_spc_false_signal). Slices with fewer
    than 13 settled periods are not examined. Raises as `figures` does."""
    _check(grain, profile, chart)
    asked, where = metric(snapshot, metric_id), where or {}
    counts = sorted(
        figures.figures(snapshot, metric_id, (by, grain), where, median=False),
        key=lambda row: (row[by] is None, str(row[by])),
    )
    slices = [
        (value, _Series(asked, {**where, by: value}, list(found)))
        for value, found in groupby(counts, key=lambda row: row[by])
    ]
    charts = _charts(snapshot, [series for _, series in slices], grain, profile, chart)
    last = [{by: value, **found.points[-1]} for (value, _), found in zip(slices, charts, strict=True) if found.points]
    examined = [point for point in last if not point["is_trial"]]
    return Signals(
        len(examined),
        len(slices) - len(examined),
        _expected(snapshot, profile, chart, [point["phase_points"] for point in examined]),
        [point for point in examined if point["signal"] is not None],
    )


def process_control() -> duckdb.DuckDBPyConnection:
    """The database that charts are drawn in, without a snapshot."""
    return macros.charting((macros.FOLDER / f"{name}.sql").read_text("utf-8") for name in macros.PROCESS_MACROS)


def process_points(
    con: duckdb.DuckDBPyConnection,
    series: Sequence[Mapping[str, Any]],
    profile: str,
    chart: str,
    better: str = "neither",
    target: float | None = None,
) -> list[dict[str, Any]]:
    """The points of a control chart of any series: dicts in order, each with value, is_rebased and, both None but for
    p_prime, numerator and denominator."""
    _check(GRAINS[0], profile, chart)
    columns = {"value": "double", "numerator": "double", "denominator": "double", "is_rebased": "boolean"}
    listed = ", ".join(f"unnest(${name}::{kind}[]) as {name}" for name, kind in columns.items())
    query = (
        f"with series as (select 0 as slice, unnest(range(len($value))) as period_start, {listed}, $better as better, "
        f"$target::double as target), {_signals(chart)} from signals order by position"
    )
    values = {name: [row[name] for row in series] for name in columns}
    return rows(con, query, {**values, "profile": profile, "better": better, "target": target})


def _series(asked: Metric, where: Where, found: list[dict[str, Any]]) -> _Series:
    """The metric's figures by period apart from the one over all of them."""
    of_whole = next(row for row in found if row["is_whole"])
    return _Series(asked, where, [row for row in found if not row["is_whole"]], of_whole)


def _charts(snapshot: Snapshot, series: Sequence[_Series], grain: str, profile: str, chart: str) -> list[ProcessChart]:
    """The chart of each series, all from one query."""
    counted = [(place, row) for place, one in enumerate(series) for row in one.counts if row[grain] is not None]
    known = rebases(snapshot)
    declared = [
        [one for one in known if one["metric_id"] == own.metric.metric_id and holds(one, grain, own.where)]
        for own in series
    ]
    first_day, last_day = snapshot.span
    from_day, to_day = period_days(series[0].where) if series else (None, None)
    values = {
        "maturity_days": [one.metric.maturity_days for one in series],
        "better": [one.metric.better for one in series],
        "target": [None if one.metric.target is None else one.metric.target / 100 for one in series],
        "rebased_on": [[one["starts_on"] for one in own if not one["problem"]] for own in declared],
        "slice": [place for place, _ in counted],
        "period_start": [typed(grain, row[grain]) for _, row in counted],
        "numerator": [row["met"] for _, row in counted],
        "denominator": [row["of"] for _, row in counted],
        "grain": grain,
        "profile": profile,
        "first_day": first_day,
        "last_day": last_day,
        "from_day": from_day,
        "to_day": to_day,
    }
    query = (
        "with metrics as (select unnest(range(len($better))) as slice, unnest($maturity_days::integer[]) as "
        "maturity_days, unnest($better::varchar[]) as better, unnest($target::double[]) as target, "
        "unnest($rebased_on::date[][]) as rebased_on), "
        "counts as (select unnest($slice::bigint[]) as slice, unnest($period_start::date[]) as period_start, "
        "unnest($numerator::bigint[]) as numerator, unnest($denominator::bigint[]) as denominator), "
        "periods as (from settled('metrics', 'counts', $grain, $first_day::date, $last_day::date, $from_day::date, "
        f"$to_day::date)), series as (from rebased('periods')), {_signals(chart)} "
        "select *, 'settled' as state from signals union all by name select * exclude (better, target, rebased_on) "
        "from periods where state <> 'settled' order by slice, period_start"
    )
    by_slice: dict[int, list[dict[str, Any]]] = {place: [] for place in range(len(series))}
    for row in rows(snapshot.charting.cursor(), query, values):
        own = series[row["slice"]]
        has_rate = own.metric.has_rate(own.where)
        by_slice[row["slice"]].append(row if has_rate else {**row, "value": None, "state": "counts"})
    return [
        ProcessChart(
            metric_id=own.metric.metric_id,
            grain=grain,
            profile=profile,
            chart=chart,
            points=[row for row in found if row["state"] == "settled"],
            apart=[row for row in found if row["state"] != "settled"],
            rebases=held,
            whole=own.whole,
            intervals={row[grain]: (row["lower"], row["upper"]) for row in own.counts if "lower" in row},
        )
        for own, found, held in zip(series, by_slice.values(), declared, strict=True)
    ]


def _signals(chart: str) -> str:
    """The CTEs limits and signals over a CTE series."""
    return f"limits as (from {CHARTS[chart]}), signals as (from spc_signals('limits', $profile))"


def _check(grain: str, profile: str, chart: str) -> None:
    """UnknownKey where the grain, the profile or the chart is none."""
    if grain not in GRAINS:
        raise UnknownKey(f"no chart by {grain!r}, whose periods overlap or are none: give {' or '.join(GRAINS)}")
    for word, valid in ((profile, PROFILES), (chart, CHARTS)):
        if word not in valid:
            raise UnknownKey(f"there is no process control by {word!r}: give {' or '.join(valid)}")


def _expected(snapshot: Snapshot, profile: str, chart: str, lengths: list[int]) -> float:
    """How many charts of those lengths would end in a signal although nothing changed."""
    query = (
        "with charts as (select unnest(range(len($lengths))) as chart_number, unnest($lengths::bigint[]) as points), "
        "chances as (select arg_min(value, abs(n - points)) as chance from charts cross join ref_spc_false_signal "
        "where profile = $profile and chart = $chart group by chart_number) "
        "select coalesce(sum(chance order by chance), 0.0) as expected from chances"
    )
    return rows(snapshot.cursor(), query, {"lengths": lengths, "profile": profile, "chart": chart})[0]["expected"]

"""Process control of a metric, or of any series: control charts and lists of signals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from sql.door import macros
from sql.door.errors import UnknownKey
from sql.door.figures import figures
from sql.door.filters import GRAINS, Where, typed
from sql.door.snapshot import Snapshot, metric, rows

PROFILES = ("nhsr_0_2_2", "mdc_2023")
CHARTS = {"xmr": "xmr_limits('series', $profile)", "p_prime": "laney_limits('series')"}


@dataclass(frozen=True)
class ProcessChart:
    """A metric's control chart. `points` are its settled periods as the macro spc_signals gives them; `apart` are the
    others, with the `state` that keeps them out of means, limits and rules (see the macro settled)."""

    profile: str
    chart: str
    rebased: dict[str, str]
    points: list[dict[str, Any]]
    apart: list[dict[str, Any]]


@dataclass(frozen=True)
class Signals:
    """Slices whose last settled period gives a signal: that point of each. `expected` is how many of the slices
    `examined` would give one by chance; `too_short` slices had too few periods."""

    examined: int
    too_short: int
    expected: float
    points: list[dict[str, Any]]


def process_chart(
    snapshot: Snapshot,
    metric_id: str,
    grain: str = "month",
    where: Where | None = None,
    profile: str = PROFILES[0],
    *,
    chart: str = "p_prime",
    rebased: Mapping[str, str] | None = None,
) -> ProcessChart:
    """The metric's control chart by month or week: a Laney p' chart of the rate, or an XmR chart of it.

    rebased: periods (2018-05, or a Monday) from which an analyst starts anew -> the reason. Raises as `figures` does.
    """
    if grain not in GRAINS:
        raise UnknownKey(f"no chart by {grain!r}, whose periods overlap or are none: give {' or '.join(GRAINS)}")
    asked, rebased = metric(snapshot, metric_id), dict(rebased or {})
    counts = [row for row in figures(snapshot, metric_id, (grain,), where, median=False) if row[grain] is not None]
    first_day, last_day = snapshot.span
    starts = [typed(grain, period) for period in rebased]
    values = {
        "period_at": [typed(grain, row[grain]) for row in counts],
        "numerator": [row["met"] for row in counts],
        "denominator": [row["of"] for row in counts],
        "starts": starts,
        "profile": profile,
        "better": asked.better,
        "target": None if asked.target is None else asked.target / 100,
        "grain": grain,
        "maturity": asked.maturity_days,
        "first_day": first_day,
        "last_day": last_day,
    }
    query = (
        "with counts as (select unnest($period_at::date[]) as period_at, unnest($numerator::bigint[]) as numerator, "
        "unnest($denominator::bigint[]) as denominator), "
        "periods as (from settled('counts', $grain, $maturity, $first_day::date, $last_day::date)), "
        "series as (select *, list_contains($starts::date[], period_at) as is_rebased from periods "
        f"where state = 'settled'), {_signals(profile, chart)} "
        "select *, 'settled' as state from signals union all by name from periods where state <> 'settled' "
        "order by period_at"
    )
    found = rows(snapshot.cursor(), query, values)
    points = [row for row in found if row["state"] == "settled"]
    if set(starts) - {row["period_at"] for row in points} or not all(map(str.strip, rebased.values())):
        raise UnknownKey(f"a rebase needs a settled {grain} of the chart, and a reason: {rebased}")
    return ProcessChart(profile, chart, rebased, points, [row for row in found if row["state"] != "settled"])


def signals(
    snapshot: Snapshot, metric_id: str, by: str, grain: str = "month", where: Where | None = None, **options: Any
) -> Signals:
    """The slices of the metric by a dimension whose control chart ends in a signal, out of how many examined, and how
    many such signals slices that do not change would give (simulated, see ref_spc_false_signal). Slices with fewer
    than 13 settled periods are not examined. options: profile and chart of `process_chart`."""
    slices = [row[by] for row in figures(snapshot, metric_id, (by,), where, median=False)]
    expected, found, examined = 0.0, [], 0
    query = (
        "select value from ref_spc_false_signal where profile = $profile and chart = $chart "
        "order by abs(n - $n), n limit 1"
    )
    for value in slices:
        chart = process_chart(snapshot, metric_id, grain, {**(where or {}), by: value}, **options)
        if not chart.points or chart.points[-1]["is_trial"]:
            continue
        examined += 1
        length = {"profile": chart.profile, "chart": chart.chart, "n": len(chart.points)}
        expected += rows(snapshot.cursor(), query, length)[0]["value"]
        if chart.points[-1]["signal"] is not None:
            found.append({by: value, **chart.points[-1]})
    return Signals(examined, len(slices) - examined, expected, found)


def process_control() -> duckdb.DuckDBPyConnection:
    """A database in memory, without a snapshot, that knows the macros `process_points` calls."""
    con = duckdb.connect()
    for name in macros.PROCESS_MACROS:
        con.execute((macros.FOLDER / f"{name}.sql").read_text("utf-8"))
    return con


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
    columns = {"value": "double", "numerator": "double", "denominator": "double", "is_rebased": "boolean"}
    listed = ", ".join(f"unnest(${name}::{kind}[]) as {name}" for name, kind in columns.items())
    query = (
        f"with series as (select unnest(range(len($value))) as period_at, {listed}), {_signals(profile, chart)} "
        "from signals order by position"
    )
    values = {name: [row[name] for row in series] for name in columns}
    return rows(con, query, {**values, "profile": profile, "better": better, "target": target})


def _signals(profile: str, chart: str) -> str:
    """The CTEs limits and signals over a CTE series; UnknownKey where profile or chart is none."""
    for word, valid in ((profile, PROFILES), (chart, CHARTS)):
        if word not in valid:
            raise UnknownKey(f"there is no process control by {word!r}: give {' or '.join(valid)}")
    return (
        f"limits as (from {CHARTS[chart]}), signals as (from spc_signals('limits', $profile, $better, $target::double))"
    )

"""What process control says of a chart, in words: variation, assurance, signals, means, rebases, and by which rules."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import sql
from dashboard import words
from dashboard.views.periods import SETTLED, Period

CHARTS = {"p_prime": "p′ chart (Laney)", "xmr": "XmR chart"}
SIGNALS = {
    "outside": "beyond a limit",
    "trend": "six steps one way",
    "two_of_three": "two of three near a limit",
    "shift": "seven on one side of the mean",
}
VARIATIONS = {
    "improvement": "Improvement",
    "concern": "Concern",
    "neither": "A change",
    "common_cause": "Chance variation",
}
ASSURANCES = {
    "pass": "Target met reliably",
    "fail": "Target out of reach",
    "hit_or_miss": "Target met by chance",
}
LEAST = 13


def last(chart: sql.ProcessChart) -> dict[str, Any] | None:
    """The last settled point, which the chart's variation and assurance are those of; None where it is no more than a
    trial."""
    point = chart.points[-1] if chart.points else None
    return None if point is None or point["is_trial"] else point


def variation(chart: sql.ProcessChart) -> str:
    """What the last settled period says of change: Improvement (seven on one side of the mean)."""
    point = last(chart)
    if point is None:
        return ""
    return VARIATIONS[point["variation"]] + (f" ({SIGNALS[point['signal']]})" if point["signal"] else "")


def too_few(chart: sql.ProcessChart) -> str:
    """What is said where there are too few settled periods for limits; empty where there are enough."""
    if last(chart) is not None:
        return ""
    number = sum(point["phase"] == chart.points[-1]["phase"] for point in chart.points) if chart.points else 0
    since = " since the new start" if chart.points and chart.points[-1]["phase"] else ""
    return (
        f"{number} settled {chart.grain}{'' if number == 1 else 's'}{since}: under {LEAST}, so neither limits nor "
        "icons are shown."
    )


def signals(series: Sequence[Period]) -> str:
    """The periods that signal, those of one kind in a row together: shift March 2018 to September 2018 (concern)."""
    settled = [period for period in series if period.state == SETTLED]
    runs = [list(run) for _, run in groupby(settled, key=lambda period: (period.signal, period.variation))]
    return "; ".join(
        f"{words.plain(str(run[0].signal))} {words.period(run[0].key, run[-1].key, run[0].grain)} "
        f"({words.plain(str(run[0].variation))})"
        for run in runs
        if run[0].signal
    )


def means(chart: sql.ProcessChart) -> str:
    """The mean, of each phase where there are several."""
    starts = [points[0] for _, (*points,) in groupby(chart.points, key=lambda point: point["phase"])]
    said = [
        words.percent(point["mean"]) + (f" from {period(chart.grain, point)}" if len(starts) > 1 else "")
        for point in starts
    ]
    return f"Mean {words.listed(said)}" if said else ""


def judged_by(chart: sql.ProcessChart) -> str:
    """What stands under a chart: its mean, whether there are limits, and the chart and profile they are by."""
    parts = [means(chart), too_few(chart).rstrip("."), f"{CHARTS[chart.chart]}, profile {chart.profile}"]
    return ". ".join(part for part in parts if part) + "."


def alternative(chart: sql.ProcessChart, series: Sequence[Period], target: float | None) -> str:
    """The judgement for those who cannot see the chart."""
    point = last(chart)
    if point is None:
        return f"{means(chart) or 'No settled period'}. {too_few(chart)}".strip()
    found = signals(series)
    between = limits(point["lower_limit"], point["upper_limit"])
    said = [
        f"{means(chart)}; limits at the last settled {chart.grain} {between}",
        f"Variation: {variation(chart)}",
        f"Signals: {found}" if found else "No signals",
    ]
    if point["assurance"]:
        said.append(f"{ASSURANCES[point['assurance']]}: {target:g}%")
    return ". ".join(said) + "."


def limits(lower: float | None, upper: float | None) -> str:
    """Two limits as a range; empty where there are none."""
    return "" if lower is None or upper is None else f"{words.percent(lower)} to {words.percent(upper)}"


def rebases(chart: sql.ProcessChart) -> list[str]:
    """A line for each rebase declared for the chart: that it holds and why, or what is wrong with it."""
    return [_rebase(chart, row) for row in chart.rebases]


def _rebase(chart: sql.ProcessChart, row: dict[str, Any]) -> str:
    if row["problem"]:
        return f"A new start declared for {row['period'] or 'no period'} is not applied: {row['problem']}."
    name = period(chart.grain, {"period_start": row["starts_on"]})
    by = f", declared by the {row['declared_by_role']}" if row["declared_by_role"] else ""
    on = f" on {words.day(row['declared_date'])}" if row["declared_date"] else ""
    is_drawn = any(point["phase"] and point["period_start"] >= row["starts_on"] for point in chart.points)
    effect = "" if is_drawn else " It parts no settled periods of this chart"
    return f"New start from {name}: {row['reason']}{by}{on}.{effect}{'.' if effect else ''}"


def period(grain: str, point: dict[str, Any]) -> str:
    """What the period of a point is called."""
    key = point["period_start"].isoformat()
    return words.grain_value(grain, key[:7] if grain == "month" else key)

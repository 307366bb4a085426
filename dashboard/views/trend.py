"""A metric's control chart: what is drawn, what it says in words, and which period the reader chose."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby, pairwise
from textwrap import shorten
from typing import Any

import streamlit as st

import sql
from dashboard import words
from dashboard.palette import Palette, palette
from dashboard.views import charts, icons, process_words
from dashboard.views.periods import INCOMPLETE, SETTLED, Period

NORMAL, SMALL = 250, 150
CROWDED = 60
KEY = (
    "Marks on the lines: ● settled, ○ may still move, ◇ incomplete; of settled ones that signal a change, "
    "★ improvement, ■ concern, ▲ neither better nor worse. The thin line is the mean, the dashed ones the limits of "
    "chance variation. A click on a mark shows its records."
)
SHAPES = {"improvement": "star", "concern": "square", "neither": "triangle-up"}


def show(
    title: str,
    chart: sql.ProcessChart,
    series: Sequence[Period],
    key: str,
    target: float | None = None,
    height: int = NORMAL,
) -> dict[str, str] | None:
    """Draw the chart, of which `series` are the periods; return the period the reader clicked, such as
    {"month": "2018-05"}."""
    chosen = charts.draw(
        figure(chart, series, palette(st.context.theme.type), target, height),
        key,
        alt=f"{alternative(title, series)} {process_words.alternative(chart, series, target)}",
    )
    known = {period.key: period for period in series}
    period = known.get(str(chosen["x"])[: 7 if chart.grain == "month" else 10]) if chosen else None
    return {chart.grain: period.key} if period else None


def alternative(title: str, series: Sequence[Period]) -> str:
    """The figures in words: first, last, highest and lowest period."""
    known = [period for period in series if period.rate is not None]
    if not known:
        return f"{title}: nothing is counted under these filters."
    highest = max(known, key=lambda period: period.rate or 0)
    lowest = min(known, key=lambda period: period.rate or 0)
    grain = known[0].grain
    return (
        f"{title}, by {grain}, {len(series)} {grain}s. First {_said(known[0])}; last {_said(known[-1])}; "
        f"highest {_said(highest)}; lowest {_said(lowest)}."
    )


def figure(
    chart: sql.ProcessChart,
    series: Sequence[Period],
    colours: Palette,
    target: float | None = None,
    height: int = NORMAL,
) -> charts.Figure:
    """The chart. The rates come first; then, phase by phase, the mean and the limits as steps, for they follow the
    denominators."""
    layout = charts.layout(colours, height)
    starts = [period.starts_on for period in series]
    layout["xaxis"] |= charts.time_axis(starts, chart.grain, 12 if height == NORMAL else 5)
    layout["yaxis"] |= {"tickformat": charts.PERCENT, "range": _range(series, target), "nticks": 5}
    shapes, notes = charts.level(target / 100, f"target {target:g}%", colours) if target else ([], [])
    if height == NORMAL:
        for starts_on, reason in _starts(chart):
            shape, note = charts.mark(starts_on.isoformat(), shorten(reason, 40, placeholder="…"), colours)
            shapes, notes = [*shapes, shape], [*notes, note]
    layout["shapes"], layout["annotations"] = shapes, notes
    return {"data": [_rates(series, colours, height), *_steps(series, colours)], "layout": layout}


def _rates(series: Sequence[Period], colours: Palette, height: int) -> dict[str, Any]:
    plain, flagged = (7, 10) if height == NORMAL and len(series) <= CROWDED else (5, 8)
    shades = [icons.colour(period.variation if period.signal else None, colours) for period in series]
    return {
        "type": "scatter",
        "x": [period.starts_on.isoformat() for period in series],
        "y": [period.rate for period in series],
        "mode": "lines+markers",
        "cliponaxis": False,
        "line": {"color": colours.figure, "width": 2},
        "marker": {
            "color": [
                shade if period.state == SETTLED else colours.background
                for shade, period in zip(shades, series, strict=True)
            ],
            "line": {"color": shades, "width": 2},
            "size": [flagged if period.signal else plain for period in series],
            "opacity": 1,
            "symbol": [_shape(period) for period in series],
        },
        "selected": {"marker": {"color": colours.chosen, "size": 14}},
        "unselected": {"marker": {"opacity": 1}},
        "text": [_hover(period) for period in series],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _steps(series: Sequence[Period], colours: Palette) -> list[dict[str, Any]]:
    """Mean, lower and upper limit as lines in steps, which break between phases and say nothing to the pointer."""
    settled = [period for period in series if period.state == SETTLED]
    phases = [list(phase) for _, phase in groupby(settled, key=lambda period: period.phase)]
    x = [at for phase in phases for at in (*(period.starts_on.isoformat() for period in phase), None)]
    lines = {
        "mean": [value for phase in phases for value in (*(period.mean for period in phase), None)],
        "lower": [value for phase in phases for value in (*(period.lower for period in phase), None)],
        "upper": [value for phase in phases for value in (*(period.upper for period in phase), None)],
    }
    return [
        {
            "type": "scatter",
            "x": x,
            "y": values,
            "mode": "lines",
            "line": {
                "color": colours.limit,
                "width": 1 if name == "mean" else 1.5,
                "dash": "solid" if name == "mean" else "dash",
                "shape": "hvh",
            },
            "hoverinfo": "skip",
        }
        for name, values in lines.items()
        if any(value is not None for value in values)
    ]


def _range(series: Sequence[Period], target: float | None) -> list[float]:
    """From the lowest to the highest of what is drawn, with room, and never outside 0 and 100%."""
    drawn = [value for period in series for value in (period.rate, period.lower, period.upper) if value is not None]
    drawn += [target / 100] if target else []
    low, high = (min(drawn), max(drawn)) if drawn else (0.0, 1.0)
    margin = max((high - low) * 0.15, 0.02)
    return [max(0.0, low - margin), min(1.0, high + margin)]


def _starts(chart: sql.ProcessChart) -> list[tuple[date, str]]:
    """The first day of each new phase, with the reasons of the rebases that opened it."""
    declared = [row for row in chart.rebases if not row["problem"]]
    return [
        (
            point["period_start"],
            "; ".join(
                row["reason"] for row in declared if before["period_start"] < row["starts_on"] <= point["period_start"]
            ),
        )
        for before, point in pairwise(chart.points)
        if before["phase"] != point["phase"]
    ]


def _shape(period: Period) -> str:
    if period.state == INCOMPLETE:
        return "diamond"
    return SHAPES[period.variation or ""] if period.signal else "circle"


def _hover(period: Period) -> str:
    said = [f"{period.name}: {words.percent(period.rate)}", words.of(period.met, period.of), period.remark]
    if period.signal:
        said.append(f"{process_words.SIGNALS[period.signal]}: {words.plain(str(period.variation))}")
    return "<br>".join(part for part in said if part)


def _said(period: Period) -> str:
    return f"{period.name} {words.percent(period.rate)} ({words.of(period.met, period.of)})"

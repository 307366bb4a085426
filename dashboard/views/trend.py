"""A metric month by month: the chart, what it says in words, and which point the reader chose."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import streamlit as st

from dashboard import words
from dashboard.palette import Palette, palette
from dashboard.views import charts

NORMAL, SMALL = 230, 150
KEY = (
    "Marks on the lines: ● a settled month, ○ a month that may still move, ◇ an incomplete month. A click on a mark "
    "shows its records."
)
SETTLED, MOVING, INCOMPLETE = "settled", "moving", "incomplete"


@dataclass(frozen=True)
class Month:
    """One month of a metric. `state` says whether its figure can still move, or lacks days."""

    key: str
    met: int
    of: int
    rate: float | None
    state: str

    @property
    def remark(self) -> str:
        """What to bear in mind of the month, for the table and the hover."""
        return {MOVING: "may still move", INCOMPLETE: "incomplete month"}.get(self.state, "")


def months(rows: list[dict[str, Any]], span: tuple[date | None, date], maturity_days: int) -> list[Month]:
    """The rows of `figures(by=("month",))`, gaps filled, each with its state at the data cut (last day of the span)."""
    found = {row["month"]: row for row in rows if row["month"]}
    if not found:
        return []
    keys, key = [], min(found)
    while key <= max(found):
        keys.append(key)
        key = _next(key)
    empty = {"met": 0, "of": 0, "rate": None}
    return [
        Month(key, row["met"], row["of"], row["rate"], state(key, span, maturity_days))
        for key, row in ((key, found.get(key, empty)) for key in keys)
    ]


def state(key: str, span: tuple[date | None, date], maturity_days: int) -> str:
    """Whether the month is settled, may still move, or is not whole."""
    first, cut = span
    begins = date.fromisoformat(f"{key}-01")
    ends = date.fromisoformat(f"{_next(key)}-01") - timedelta(days=1)
    if (first is not None and begins < first) or cut < ends:
        return INCOMPLETE
    return MOVING if ends + timedelta(days=maturity_days) > cut else SETTLED


def alternative(title: str, series: list[Month]) -> str:
    """The chart in words: first, last, highest and lowest month."""
    known = [month for month in series if month.rate is not None]
    if not known:
        return f"{title}, by month: nothing is counted under these filters."
    highest = max(known, key=lambda month: month.rate or 0)
    lowest = min(known, key=lambda month: month.rate or 0)
    return (
        f"{title}, by month, {len(series)} months. First {_said(known[0])}; last {_said(known[-1])}; "
        f"highest {_said(highest)}; lowest {_said(lowest)}."
    )


def figure(series: list[Month], colours: Palette, target: float | None = None, height: int = NORMAL) -> charts.Figure:
    """The chart. Settled months are full circles, months that may still move hollow ones, incomplete ones diamonds."""
    rates = [month.rate for month in series]
    known = [rate for rate in rates if rate is not None] + ([target / 100] if target else [])
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    margin = max((high - low) * 0.2, 0.05)
    layout = charts.layout(colours, height)
    layout["xaxis"] |= {
        "type": "date",
        "tickformat": "%b\n%Y",
        "nticks": 12 if height == NORMAL else 5,
        "range": charts.around(series[0].key, series[-1].key) if series else None,
    }
    layout["yaxis"] |= {"tickformat": ".0%", "range": [max(0.0, low - margin), min(1.0, high + margin)], "nticks": 5}
    if target:
        layout["shapes"], layout["annotations"] = charts.level(target / 100, f"target {target:g}%", colours)
    line = {
        "type": "scatter",
        "x": [f"{month.key}-01" for month in series],
        "y": rates,
        "mode": "lines+markers",
        "cliponaxis": False,
        "line": {"color": colours.figure, "width": 2},
        "marker": {
            "color": [colours.figure if month.state == SETTLED else colours.background for month in series],
            "line": {"color": colours.figure, "width": 2},
            "size": 8,
            "symbol": ["diamond" if month.state == INCOMPLETE else "circle" for month in series],
        },
        "selected": {"marker": {"color": colours.chosen, "size": 14}},
        "unselected": {"marker": {"opacity": 1}},
        "text": [f"{words.of(month.met, month.of)}<br>{month.remark}" for month in series],
        "hovertemplate": "%{x|%B %Y}: %{y:.1%}<br>%{text}<extra></extra>",
    }
    return {"data": [line], "layout": layout}


def show(title: str, series: list[Month], key: str, target: float | None = None, height: int = NORMAL) -> str | None:
    """Draw the chart; return the month the reader clicked, such as 2018-05."""
    event = st.plotly_chart(
        figure(series, palette(st.context.theme.type), target, height),
        key=key,
        on_select="rerun",
        selection_mode="points",
        config=charts.CONFIG,
        alt=alternative(title, series),
    )
    chosen = charts.chosen(event)
    return str(chosen["x"])[:7] if chosen else None


def _said(month: Month) -> str:
    return f"{words.month(month.key)} {words.percent(month.rate)} ({words.of(month.met, month.of)})"


def _next(key: str) -> str:
    year, number = int(key[:4]), int(key[5:])
    return f"{year + number // 12}-{number % 12 + 1:02}"

"""What all charts have in common: no button that leaves this machine, quiet axes, one click to choose a point."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache
from html import escape
from typing import Any, Literal

import streamlit as st
from plotly.basedatatypes import BaseFigure
from plotly.graph_objects import Figure as PlotlyFigure

from dashboard.palette import Palette

# A figure as Plotly takes it: plain data and layout.
Figure = dict[str, Any]

# Ticks in whole percents where they are, with a decimal where they are closer together.
PERCENT = ".1~%"
MONTH = 31  # days
CONFIG = {"displaylogo": False, "displayModeBar": False, "scrollZoom": False, "doubleClick": False}


class _AsItIs(BaseFigure):
    """A figure whose properties Plotly neither checks nor copies, which takes nearly as long as all else of a page. The
    tests check them."""

    def __init__(self, figure: Figure) -> None:
        self._figure = figure

    def to_dict(self) -> Figure:
        """All that Streamlit asks of a figure."""
        return self._figure


@cache
def _template() -> dict[str, Any]:
    """What Streamlit gives figures of its theme, as it would give it to this one."""
    return PlotlyFigure().to_dict()["layout"]["template"]


def layout(colours: Palette, height: int) -> dict[str, Any]:
    """The layout a chart begins with; height in pixels."""
    return {
        "height": height,
        "margin": {"l": 8, "r": 16, "t": 8, "b": 8},
        "showlegend": False,
        "dragmode": False,
        "clickmode": "event+select",
        "font": {"color": colours.text},
        "hoverlabel": {"bgcolor": colours.background, "font": {"color": colours.text}},
        "xaxis": {"fixedrange": True, "showgrid": False, "tickfont": {"color": colours.text}},
        "yaxis": {"fixedrange": True, "gridcolor": colours.grid, "tickfont": {"color": colours.text}},
    }


def time_axis(starts: Sequence[date], grain: str, most: int) -> dict[str, Any]:
    """An axis of the months or weeks that start on those days, in order, with about `most` ticks at the most.

    Where few are drawn the ticks are those months or weeks themselves: left to itself, Plotly sets ticks within them
    and says the same month several times.
    """
    axis: dict[str, Any] = {"type": "date", "range": around(starts)}
    if len(starts) * (7 if grain == "week" else MONTH) > most * MONTH:
        return axis | {"tickformat": "%b\n%Y", "nticks": most}
    ticks = starts[:: max(1, -(-len(starts) // most))]
    said = [f"{day:%b}" if grain == "month" else f"{day.day} {day:%b}" for day in ticks]
    years = [f"<br>{day.year}" if before is None or before.year != day.year else ""
             for before, day in zip([None, *ticks], ticks, strict=False)]  # fmt: skip
    return axis | {
        "tickvals": [day.isoformat() for day in ticks],
        "ticktext": [text + year for text, year in zip(said, years, strict=True)],
    }


def around(starts: Sequence[date]) -> list[str] | None:
    """The range of a time axis with room for the markers, but none for the tick of a month before or after."""
    if not starts:
        return None
    first, last = starts[0], starts[-1]
    room = min(max(timedelta(days=8), (last - first) / 40), timedelta(days=MONTH - 4))
    return [(first - room).isoformat(), (last + room).isoformat()]


def draw(
    figure: Figure, key: str, alt: str, on_select: Callable[[], None] | Literal["rerun"] = "rerun"
) -> dict[str, Any] | None:
    """Draw the chart, described in words for those who cannot see it; return the point that the reader clicked, if any.
    `on_select` is called before the page runs again."""
    drawn = _AsItIs(figure | {"layout": {"template": _template(), **figure["layout"]}})
    event: Any = st.plotly_chart(drawn, key=key, on_select=on_select, selection_mode="points", config=CONFIG, alt=alt)
    points = event["selection"]["points"]
    return points[0] if points else None


def level(value: float, name: str, colours: Palette) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """A dashed level line with its name: the layout's shapes and annotations."""
    across = {"xref": "x domain", "yref": "y"}
    line = {**across, "type": "line", "x0": 0, "x1": 1, "y0": value, "y1": value}
    return (
        [{**line, "line": {"color": colours.target, "dash": "dash", "width": 2}}],
        [{**across, "x": 1, "y": value, "text": name, "showarrow": False, "xanchor": "right", "yanchor": "bottom",
          "font": {"color": colours.target}}],
    )  # fmt: skip


def mark(at: str, name: str, colours: Palette) -> tuple[dict[str, Any], dict[str, Any]]:
    """A dotted upright line at a moment with its name, which comes from the data: the layout's shape and annotation."""
    down = {"xref": "x", "yref": "y domain"}
    line = {**down, "type": "line", "x0": at, "x1": at, "y0": 0, "y1": 1}
    return (
        {**line, "line": {"color": colours.text, "dash": "dot", "width": 1}},
        {**down, "x": at, "y": 1, "text": escape(name), "showarrow": False, "xanchor": "left", "yanchor": "top",
         "font": {"color": colours.text}},
    )  # fmt: skip

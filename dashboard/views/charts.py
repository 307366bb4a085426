"""What all charts have in common: no button that leaves this machine, quiet axes, one click to choose a point."""

from datetime import date, timedelta
from typing import Any

from dashboard.palette import Palette

CONFIG = {"displaylogo": False, "displayModeBar": False, "scrollZoom": False, "doubleClick": False}


def layout(colours: Palette, height: int) -> dict[str, Any]:
    """The layout a chart begins with; height in pixels."""
    return {
        "height": height,
        "margin": {"l": 8, "r": 16, "t": 8, "b": 8},
        "showlegend": False,
        "dragmode": False,
        "clickmode": "event+select",
        "font": {"color": colours.text},
        "xaxis": {"fixedrange": True, "showgrid": False, "tickfont": {"color": colours.text}},
        "yaxis": {"fixedrange": True, "gridcolor": colours.grid, "tickfont": {"color": colours.text}},
    }


def around(first: str, last: str) -> list[str]:
    """The range of a time axis from one month to another, such as 2018-05, with room for the markers."""
    begins, ends = date.fromisoformat(f"{first}-01"), date.fromisoformat(f"{last}-01")
    room = max(timedelta(days=8), (ends - begins) / 40)
    return [(begins - room).isoformat(), (ends + room).isoformat()]


def chosen(event: Any) -> dict[str, Any] | None:
    """The point that the reader clicked, if any."""
    points = event["selection"]["points"]
    return points[0] if points else None

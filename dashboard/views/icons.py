"""Icons of process control, drawn here: what kind of variation a chart shows, and whether a target can be relied on.

Each is a round badge with a shape of its own and words beside it, so that neither colour nor shape is needed alone.
"""

from html import escape
from urllib.parse import quote

import sql
from dashboard.palette import Palette
from dashboard.views import process_words

# Paths in a square of 24; the same shapes mark the points of the charts.
STAR = "M12 3.6l2.5 5.3 5.8.7-4.3 4 1.1 5.7L12 16.5l-5.1 2.8L8 13.6l-4.3-4 5.8-.7z"
SQUARE = "M6.5 6.5h11v11h-11z"
TRIANGLE = "M12 5.5l6.5 11.5h-13z"
WAVE = "M4.5 14l3-4 3 4 3-4 3 4 3-4"
TICK = "M6 12.5l4 4 8-9"
CROSS = "M7 7l10 10M17 7l-10 10"
DASHES = "M4.5 12h4m2.5 0h4m2.5 0h2M9 7l6 10"
VARIATIONS = {"improvement": STAR, "concern": SQUARE, "neither": TRIANGLE, "common_cause": WAVE}
ASSURANCES = {"pass": TICK, "fail": CROSS, "hit_or_miss": DASHES}
LINES = {WAVE, TICK, CROSS, DASHES}


def html(chart: sql.ProcessChart, colours: Palette) -> str:
    """The chart's icons with their words; empty where there are too few settled periods."""
    point = process_words.last(chart)
    if point is None:
        return ""
    badges = [
        _badge(VARIATIONS[point["variation"]], colour(point["variation"], colours), process_words.variation(chart))
    ]
    if point["assurance"]:
        shade = {"pass": colours.improvement, "fail": colours.concern}.get(point["assurance"], colours.limit)
        badges.append(_badge(ASSURANCES[point["assurance"]], shade, process_words.ASSURANCES[point["assurance"]]))
    return f'<div style="display:flex;flex-wrap:wrap;gap:4px 16px;color:{colours.text}">{"".join(badges)}</div>'


def colour(variation: str | None, colours: Palette) -> str:
    """The colour of a kind of variation; that of the line where a point gives no signal."""
    return {
        "improvement": colours.improvement,
        "concern": colours.concern,
        "neither": colours.neither,
        "common_cause": colours.limit,
    }.get(variation or "", colours.figure)


def _badge(path: str, shade: str, said: str) -> str:
    drawn = f'fill="none" stroke="{shade}" stroke-width="2"' if path in LINES else f'fill="{shade}"'
    picture = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="26" height="26" viewBox="0 0 24 24">'
        f'<circle cx="12" cy="12" r="11" fill="none" stroke="{shade}" stroke-width="1.6"/>'
        f'<path d="{path}" {drawn}/></svg>'
    )
    return (
        '<span style="display:inline-flex;align-items:center;gap:6px">'
        f'<img alt="" width="26" height="26" src="data:image/svg+xml,{quote(picture)}">'
        f"<span>{escape(said)}</span></span>"
    )

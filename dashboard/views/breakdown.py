"""A metric by district, team or another dimension: in alphabetical order, for a list of bests and worsts would mislead
where the groups differ in size."""

from dataclasses import dataclass
from html import escape
from typing import Any

import streamlit as st

import sql
from dashboard import words
from dashboard.access import View
from dashboard.palette import Palette, palette
from dashboard.views import charts, record_list, table_twin

ROW_HEIGHT, MARGIN = 27, 50
DRAWN = 40
MOST_TICKS = 6
WITHOUT, WITH_INTERVAL = 1.3, 2.2  # how far the axis goes on past the longest bar, for what is written behind it
NOT_STATED = "not stated"


@dataclass(frozen=True)
class Group:
    """One value of the dimension with its figure. `value` is None for records that do not state it."""

    value: Any
    label: str
    met: int
    of: int
    rate: float | None
    lower: float | None = None
    upper: float | None = None


def groups(rows: list[dict[str, Any]], dimension: str, names: dict[str, str]) -> list[Group]:
    """The rows of `figures(by=(dimension,))` by name, in the order of `names` for grades, else alphabetical."""
    found = []
    for row in rows:
        value = row[dimension]
        key = str(value).lower() if isinstance(value, bool) else value
        label = NOT_STATED if value is None else names.get(key, words.plain(str(key)))
        ends = row.get("lower"), row.get("upper")
        found.append(Group(value, label, row["met"], row["of"], row["rate"], *ends))
    order = {label: place for place, label in enumerate(names.values())} if dimension == "grade" else {}
    return sorted(found, key=lambda group: (group.value is None, order.get(group.label, 0), group.label.casefold()))


def show(view: View, metric: sql.Metric, dimension: str, key: str) -> None:
    """The chart, its table, and the records of the group the reader clicks."""
    name = words.dimension(dimension)
    found = groups(view.figures(metric.metric_id, (dimension,)), dimension, view.names(dimension))
    if not found:
        st.caption("Nothing is counted under these filters.")
        return
    if not any(group.value is not None for group in found):
        st.caption(f"This measure does not tell records apart by {name.lower()}.")
        return
    if all(group.rate is None for group in found):
        st.caption(f"By {name.lower()} an audit gives counts alone.")
        table_twin.of_groups(view, metric, dimension, found)
        return
    drawn = sorted(found, key=lambda group: -group.of)[:DRAWN]
    drawn = [group for group in found if group in drawn]
    title = f"{metric.title} by {name.lower()}"
    point = charts.draw(figure(drawn, palette(st.context.theme.type)), f"breakdown_{key}", alternative(title, drawn))
    if len(drawn) < len(found):
        st.caption(f"The {DRAWN} with the most records are drawn; the table has all {len(found)}.")
    with st.expander(f"Table by {name.lower()}"):
        table_twin.of_groups(view, metric, dimension, found)
    chosen = None if point is None else next((group for group in drawn if escape(group.label) == point["y"]), None)
    if chosen:
        record_list.beneath(view, metric, {dimension: chosen.value})


def figure(found: list[Group], colours: Palette) -> charts.Figure:
    """Horizontal bars from nothing to the highest rate, each with its figure written beside it."""
    rates = [group.rate or 0 for group in found]
    layout = charts.layout(colours, ROW_HEIGHT * len(found) + MARGIN)
    highest = max([*rates, 0.01])
    room = WITH_INTERVAL if any(group.lower is not None for group in found) else WITHOUT
    layout["xaxis"] |= {"tickformat": ".0%", "range": [0, highest * room], "tickvals": ticks(highest)}
    layout["yaxis"] |= {"autorange": "reversed", "type": "category", "ticklabelstandoff": 6, "showgrid": False}
    bars = {
        "type": "bar",
        "x": rates,
        "y": [escape(group.label) for group in found],  # for Plotly would make a link of one in a name
        "orientation": "h",
        "text": [_said(group) for group in found],
        "textposition": "outside",
        "textfont": {"color": colours.text},
        "cliponaxis": False,
        "marker": {"color": colours.figure},
        "selected": {"marker": {"color": colours.chosen}, "textfont": {"color": colours.text}},
        "unselected": {"marker": {"opacity": 1}, "textfont": {"color": colours.text}},
        "hovertemplate": "%{y}: %{text}<extra></extra>",
    }
    return {"data": [bars], "layout": layout}


def ticks(highest: float) -> list[float]:
    """Round rates from nothing to the highest, and never past 100%."""
    step = next(
        step for step in (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2) if highest / step <= MOST_TICKS or step == 0.2
    )
    return [step * number for number in range(MOST_TICKS + 1) if step * number <= min(1.0, highest + step)]


def alternative(title: str, found: list[Group]) -> str:
    """The chart in words: how many groups, the highest and the lowest."""
    known = [group for group in found if group.rate is not None]
    if not known:
        return f"{title}: nothing is counted under these filters."
    highest = max(known, key=lambda group: group.rate or 0)
    lowest = min(known, key=lambda group: group.rate or 0)
    return (
        f"{title}, {len(found)} groups in alphabetical order. First {known[0].label} {_said(known[0])}; last "
        f"{known[-1].label} {_said(known[-1])}; highest {highest.label} {_said(highest)}; lowest {lowest.label} "
        f"{_said(lowest)}."
    )


def _said(group: Group) -> str:
    return words.rate_in_full(vars(group))

"""How complete each month is: what is recorded so far, and where it will stand 90 days after the last report."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

import sql
from dashboard import words
from dashboard.access import View
from dashboard.palette import Palette, palette
from dashboard.views import charts, not_available, process_words, table_twin

TITLE = "Recent months are young"
HEIGHT = 300
FEWEST_TRIED = 3
WORDS = (
    "Crimes are still recorded weeks after a month has ended, so a recent month looks worse than it will. ● months "
    "whose 90 days are over; ○ what is recorded so far of months that are not; the bars say where those will stand, "
    "with 95% confidence."
)


def show(view: View) -> None:
    """The chart, the sentence for each young month, and the table."""
    try:
        months = view.completeness()
    except sql.NotAvailable as missing:
        not_available.say(TITLE, "How complete each month is, and where it will stand.", missing.missing)
        return
    if not months:
        st.info("Nothing is counted under these filters.")
        return
    st.caption(WORDS)
    charts.draw(figure(months, palette(st.context.theme.type)), "young_months", alternative(months))
    for month in reversed([month for month in months if not month["is_settled"]]):
        st.markdown(sentence(month))
    with st.expander("Table of months"):
        table_twin.show(table(months))


def figure(months: Sequence[dict[str, Any]], colours: Palette) -> charts.Figure:
    """The share recorded so far, hollow where it is not final; and for young months the final one with its interval."""
    layout = charts.layout(colours, HEIGHT)
    so_far = [month["recorded"] / month["logs"] for month in months]
    young = [month for month in months if not month["is_settled"]]
    drawn = so_far + [month[end] for month in young for end in ("lower", "upper")]
    layout["xaxis"] |= charts.time_axis([month["month"] for month in months], "month", 12)
    layout["yaxis"] |= {"tickformat": charts.PERCENT, "range": [max(0, min(drawn) - 0.02), min(1, max(drawn) + 0.02)]}
    recorded = {
        "type": "scatter",
        "x": [month["month"].isoformat() for month in months],
        "y": so_far,
        "mode": "lines+markers",
        "cliponaxis": False,
        "line": {"color": colours.figure, "width": 2},
        "marker": {
            "color": [colours.figure if month["is_settled"] else colours.background for month in months],
            "line": {"color": colours.figure, "width": 2},
            "size": 8,
            "opacity": 1,
        },
        "hovertext": [_hover(month) for month in months],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    final = [month["final_rate"] for month in young]
    forecast = {
        "type": "scatter",
        "x": [month["month"].isoformat() for month in young],
        "y": final,
        "mode": "markers",
        "cliponaxis": False,
        "marker": {"symbol": "line-ew-open", "size": 14, "color": colours.target, "line": {"width": 3}},
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [month["upper"] - month["final_rate"] for month in young],
            "arrayminus": [month["final_rate"] - month["lower"] for month in young],
            "color": colours.target,
            "thickness": 2,
            "width": 6,
        },
        "hoverinfo": "skip",
    }
    return {"data": [recorded, forecast], "layout": layout}


def sentence(month: dict[str, Any]) -> str:
    """What can be said of a month that is not settled."""
    name, so_far = words.month(f"{month['month']:%Y-%m}"), words.of(month["recorded"], month["logs"])
    between = process_words.limits(month["lower"], month["upper"])
    if month["tested_months"] < FEWEST_TRIED:
        return (
            f"**{name}:** {so_far} recorded so far. Too few earlier months are settled to say how sure a forecast "
            f"would be; it will stand somewhere from {between}."
        )
    share = words.percent(month["complete"])
    complete = "nearly all" if share == "100.0%" else f"about {share}"
    return (
        f"**{name}:** {so_far} recorded so far, {complete} of those that will be. It "
        f"will stand at about {words.percent(month['final_rate'])}, between {between.replace(' to ', ' and ')}."
    )


def alternative(months: Sequence[dict[str, Any]]) -> str:
    """The chart in words."""
    young = [month for month in months if not month["is_settled"]]
    said = " ".join(sentence(month).replace("**", "") for month in young)
    return (
        f"Share of reports that indicate a crime recorded within 90 days, by month, {len(months)} months, of which "
        f"{len(young)} are not settled. {said}".strip()
    )


def table(months: Sequence[dict[str, Any]]) -> dict[str, list[Any]]:
    """The table beside the chart."""
    return {
        "Month": [words.month(f"{month['month']:%Y-%m}") for month in months],
        "Logs": [words.count(month["logs"]) for month in months],
        "Recorded so far": [words.count(month["recorded"]) for month in months],
        "Complete": [words.percent(month["complete"]) for month in months],
        "Will stand at": [words.percent(month["final_rate"]) for month in months],
        "95% interval": ["" if month["is_settled"] else process_words.limits(month["lower"], month["upper"])
                         for month in months],
        "Remark": ["settled" if month["is_settled"] else "young" for month in months],
    }  # fmt: skip


def _hover(month: dict[str, Any]) -> str:
    name, so_far = words.month(f"{month['month']:%Y-%m}"), words.of(month["recorded"], month["logs"])
    return f"{name}: {so_far}<br>{'settled' if month['is_settled'] else 'young: ' + sentence(month).replace('**', '')}"

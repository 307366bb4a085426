"""The records behind a figure: shown beneath it, and linked to the page of records."""

from typing import Any

import streamlit as st

import sql
from dashboard import words
from dashboard.access import View

SHOWN = 20


def beneath(view: View, metric: sql.Metric, point: dict[str, str]) -> None:
    """The records of one point of a chart, those that fail first, with a link that can be sent."""
    where = {**view.filters.where(), **point}
    figure = view.figures(metric.metric_id, where=where)[0]
    named = words.listed([name_of(view, key, value) for key, value in point.items()])
    st.markdown(f"**{named}: {words.rate_in_full(figure)}.**")
    link(view, metric, point, f"Open the records of {named}")
    rows = sql.records(view.snapshot, metric.metric_id, where, failing=True, limit=SHOWN)
    failing = figure["of"] - figure["met"]
    st.caption(
        f"{words.records(metric.record, failing)} did not meet it; the latest {len(rows)} are listed."
        if failing
        else "Every record met it."
    )


def link(view: View, metric: sql.Metric, point: dict[str, str], label: str) -> None:
    """A link to the page of records, with the metric, the point and the filters in its address."""
    names = {key: view.names(key) for key in ("district", "team_id", "offence_group", "channel")}
    address: dict[str, Any] = {**view.filters.address(names), "metric": metric.metric_id}
    if point:
        address["at"] = [f"{key}:{value}" for key, value in point.items()]
    st.page_link("pages/records.py", label=label, query_params=address)


def name_of(view: View, key: str, value: str) -> str:
    """What to call one value of a key on screen."""
    if key == "month":
        return words.month(value)
    return view.names(key).get(value, value)

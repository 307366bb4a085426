"""A headline measure on a small card: its figure, the year before, and its trend."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

import sql
from dashboard import words
from dashboard.access import View
from dashboard.palette import palette
from dashboard.views import (
    abreast,
    icons,
    not_available,
    periods,
    process_words,
    record_list,
    table_twin,
    trend,
    windows,
)


def grid(view: View, charts: Mapping[str, sql.ProcessChart], metrics: Sequence[sql.Metric], key: str) -> None:
    """The cards, three abreast where there is room: those the source can give first. `charts` has theirs by the
    metric's id."""
    with abreast.cards(key):
        for metric in sorted(metrics, key=lambda metric: not metric.is_available):
            if metric.is_available:
                _card(view, metric, charts[metric.metric_id])
            else:
                not_available.show(metric)


@st.fragment
def _card(view: View, metric: sql.Metric, chart: sql.ProcessChart) -> None:
    series = periods.of(chart)
    now, before = windows.latest(series)
    with st.container(border=True, height="stretch"):
        st.subheader(metric.title)
        figure = _audited(view, metric, now) if now and metric.is_audited else None
        rate = figure["rate"] if figure else now and now.rate
        st.metric(metric.title, words.percent(rate), label_visibility="collapsed")
        st.markdown(f"**{words.of(now.met, now.of)}**, {windows.named(now)}" if now else "Nothing counted.")
        if figure:
            st.caption(f"Found by audit, of what was drawn: {words.rate_in_full(figure)}.")
        elif now and before and before.rate is not None:
            st.caption(f"{windows.change(now, before)} on the year before: {windows.said(before)}")
        else:
            st.caption("No year before to compare with.")
        if not series:
            return
        if drawn := icons.html(chart, palette(st.context.theme.type)):
            st.html(drawn)
        else:
            st.caption(process_words.too_few(chart))
        period = trend.show(metric.title, chart, series, f"card_{metric.metric_id}", metric.target, height=trend.SMALL)
        with st.expander("Table"):
            table_twin.of_periods(view, metric, series, chart.intervals)
        if period:
            record_list.link(view, metric, period, f"Open the records of {record_list.named(view, period)}")
        elif now:
            record_list.link(view, metric, now.point, "Open the records")


def _audited(view: View, metric: sql.Metric, now: windows.Window) -> dict[str, Any]:
    """The figure of an audited metric in those months, with its interval."""
    return view.figures(metric.metric_id, where={**view.filters.where(), **now.point})[0]

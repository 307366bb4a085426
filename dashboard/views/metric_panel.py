"""One metric on a page: its figure with numerator, denominator and period, its trend, its table and its records."""

import streamlit as st

import sql
from dashboard import words
from dashboard.access import View
from dashboard.views import not_available, record_list, table_twin, trend


def show(view: View, metric_id: str) -> None:
    """The panel of the metric, or, where the source lacks a column, what it needs."""
    metric = view.metrics[metric_id]
    if not metric.is_available:
        not_available.show(metric)
        return
    series = trend.months(view.figures(metric_id, ("month",)), view.span, metric.maturity_days)
    with st.container(border=True):
        st.subheader(metric.title)
        st.caption(metric.question)
        left, right = st.columns([1, 3])
        with left:
            _figure(view, metric, series)
        with right:
            if series:
                month = trend.show(metric.title, series, f"trend_{metric_id}", metric.target)
                with st.expander("Table"):
                    table_twin.of_months(series, f"table_{metric_id}")
            else:
                month = None
                st.info("Nothing is counted under these filters.")
        if month:
            record_list.beneath(view, metric, {"month": month})


def _figure(view: View, metric: sql.Metric, series: list[trend.Month]) -> None:
    """The figure of the whole period; its numerator and denominator; what to bear in mind."""
    met, counted = sum(month.met for month in series), sum(month.of for month in series)
    st.metric(metric.title, words.percent(met / counted if counted else None), label_visibility="collapsed")
    st.markdown(f"**{words.of(met, counted)}**")
    if series:
        st.caption(words.period(series[0].key, series[-1].key))
    st.caption(" ".join([words.BETTER[metric.better], _kind(metric)]))
    with st.popover("What is counted"):
        st.markdown(f"Each row is {metric.row_meaning}.\n\nIt counts as met when {metric.met}.")
        if metric.caveats:
            st.markdown(metric.caveats)
        st.caption(f"Source: {metric.source}" if metric.source else "")
    record_list.link(view, metric, {}, "See the records")


def _kind(metric: sql.Metric) -> str:
    return "A screening measure, not an audited rate." if metric.kind == "screening" else ""

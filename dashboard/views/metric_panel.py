"""One metric on a page: its figure with numerator, denominator and period, its trend, its table and its records."""

import streamlit as st

import sql
from dashboard import words
from dashboard.access import View
from dashboard.views import breakdown, not_available, record_list, table_twin, trend


@st.fragment
def show(view: View, metric_id: str, by: str | None = None) -> None:
    """The panel of the metric, broken down by a dimension if one is given; or, where the source lacks a column, what
    it needs. A click within runs this panel again and nothing else."""
    metric = view.metrics[metric_id]
    if not metric.is_available:
        not_available.show(metric)
        return
    series = trend.months(view.figures(metric_id, ("month",)), view.span, metric.maturity_days)
    with st.container(border=True):
        st.subheader(metric.title)
        st.caption(metric.question)
        if not series:
            st.info("Nothing is counted under these filters.")
            return
        left, right = st.columns([1, 3])
        with left:
            _figure(view, metric, series)
        with right:
            month = trend.show(metric.title, series, f"trend_{metric_id}", metric.target)
            with st.expander("Table"):
                table_twin.of_months(view, metric, series)
            if by:
                breakdown.show(view, metric, by, metric_id)
        if month:
            record_list.beneath(view, metric, {"month": month})


def _figure(view: View, metric: sql.Metric, series: list[trend.Month]) -> None:
    """The figure of the whole period; its numerator and denominator; what to bear in mind."""
    met, counted = sum(month.met for month in series), sum(month.of for month in series)
    st.metric(metric.title, words.percent(met / counted if counted else None), label_visibility="collapsed")
    st.markdown(f"**{words.of(met, counted)}**")
    if metric.measure:
        median = view.figures(metric.metric_id, median=True)[0]["median"]
        if median is not None:
            st.markdown(f"Median {median:,.1f} {metric.measure}")
    remarks = [words.period(series[0].key, series[-1].key) + ".", words.BETTER[metric.better]]
    if metric.kind == "screening":
        remarks.append("A screening measure, not an audited rate.")
    st.caption(" ".join(remarks))
    with st.popover("What is counted"):
        st.markdown(f"**One row** is {metric.row_meaning}.\n\n**It is met** when {metric.met}.")
        if metric.caveats:
            st.markdown(f"**Bear in mind.** {metric.caveats}")
        st.caption(f"Source: {metric.source}")
    record_list.link(view, metric, {}, "Open the records")

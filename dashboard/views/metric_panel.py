"""One metric on a page: its figure with numerator, denominator and period, its trend, its table and its records."""

import streamlit as st

import sql
from dashboard import words
from dashboard.access import View
from dashboard.palette import palette
from dashboard.views import (
    abreast,
    breakdown,
    icons,
    not_available,
    periods,
    process_words,
    record_list,
    table_twin,
    trend,
)

REMARKS = {
    "screening": "A screening measure, not an audited rate.",
    "association": "An association: it does not show that the training made the difference.",
    sql.STOCK: "As it stands at the data cut.",
    sql.AUDITED: "Found by audit, of what was drawn at random.",
    sql.AUDITED_COUNTS: "Found by audit; counts alone, as a rate takes the audit's estimate.",
}


@st.fragment
def show(view: View, metric: sql.Metric, chart: sql.ProcessChart | None, by: str | None = None) -> None:
    """The panel of the metric with its control chart, broken down by a dimension if one is given; or, where there is no
    chart as the source lacks a column, what it needs. A click within runs this panel again and nothing else."""
    if chart is None:
        not_available.show(metric)
        return
    series = periods.of(chart)
    with st.container(border=True):
        st.subheader(metric.title)
        st.caption(metric.question)
        if not series:
            st.info("Nothing is counted under these filters.")
            return
        left, right = abreast.beside(metric.metric_id)
        with left:
            _figure(view, metric, chart, series)
        with right:
            period = None
            if not metric.is_stock and any(period.rate is not None for period in series):
                period = trend.show(metric.title, chart, series, f"trend_{metric.metric_id}", metric.target)
                said = process_words.judged_by(chart), *map(words.escaped, process_words.rebases(chart))
                st.caption(" ".join(said))
            with st.expander("Table"):
                table_twin.of_periods(view, metric, series, chart.intervals)
            if metric.also_by and len(view.figures(metric.metric_id, (metric.also_by,))) > 1:
                breakdown.show(view, metric, metric.also_by, f"{metric.metric_id}_own")
            if by:
                breakdown.show(view, metric, by, metric.metric_id)
        if period:
            record_list.beneath(view, metric, period)


def _figure(view: View, metric: sql.Metric, chart: sql.ProcessChart, series: list[periods.Period]) -> None:
    """The figure of the whole period; its numerator and denominator; its icons; what to bear in mind."""
    figure = chart.whole
    st.metric(metric.title, words.percent(figure["rate"]), label_visibility="collapsed")
    st.markdown(f"**{words.of(figure['met'], figure['of'])}**")
    if figure.get("lower") is not None:
        st.markdown(f"95% interval {words.interval(figure['lower'], figure['upper'])}")
    if drawn := icons.html(chart, palette(st.context.theme.type)):
        st.html(drawn)
    if figure.get("median") is not None:
        st.markdown(f"Median {figure['median']:,.1f} {metric.measure}")
    remarks = [
        words.sentence_case(words.period(series[0].key, series[-1].key, chart.grain)) + ".",
        words.BETTER[metric.better],
    ]
    if metric.kind in REMARKS:
        remarks.append(REMARKS[metric.kind])
    st.caption(" ".join(remarks))
    with st.popover("What is counted"):
        st.markdown(f"**One row** is {metric.row_meaning}.\n\n**It is met** when {metric.met}.")
        if metric.caveats:
            st.markdown(f"**Bear in mind.** {metric.caveats}")
        st.caption(f"Source: {metric.source}")
    record_list.link(view, metric, {}, "Open the records")

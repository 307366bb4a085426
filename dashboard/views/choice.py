"""A choice of one metric, kept in the address by the metric's id."""

import streamlit as st

import sql
from dashboard.access import View


def metric(parameter: str, view: View, *, with_audited: bool = True) -> sql.Metric:
    """Let the reader choose one of the metrics the source can give, without those of an audit where they have no place;
    the first where the address names none of them."""
    by_id = {
        metric.metric_id: metric
        for metric in view.metrics.values()
        if metric.is_available and (with_audited or not metric.is_audited)
    }
    if not by_id:
        st.info("None of the measures is available for this source; the page Definitions says what each needs.")
        st.stop()
    asked = st.query_params.get(parameter)
    if asked not in by_id:
        asked = next(iter(by_id))
    key = f"choose_{parameter}"
    st.session_state[key] = asked

    def remember() -> None:
        st.query_params[parameter] = st.session_state[key]

    st.selectbox(
        "Measure",
        list(by_id),
        format_func=lambda metric_id: by_id[metric_id].title,
        key=key,
        on_change=remember,
    )
    return by_id[asked]

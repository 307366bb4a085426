"""What stands in place of a metric that the source cannot give."""

import streamlit as st

import sql
from dashboard import words


def show(metric: sql.Metric) -> None:
    """Name the metric, its question and the columns it needs; never a figure."""
    with st.container(border=True):
        st.subheader(metric.title)
        st.markdown(f"**{words.sentence_case(words.missing(f'`{column}`' for column in metric.missing))}**")
        st.caption(f"{metric.question} The source does not hold what the answer needs.")

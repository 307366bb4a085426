"""What stands in place of a metric or a list that the source cannot give."""

from collections.abc import Sequence

import streamlit as st

import sql
from dashboard import words


def show(metric: sql.Metric) -> None:
    """Name the metric, its question and the columns it needs; never a figure."""
    say(metric.title, metric.question, metric.missing)


def say(title: str, text: str, missing: Sequence[str]) -> None:
    """Name what would stand here and the columns it needs."""
    with st.container(border=True):
        st.subheader(title)
        st.markdown(f"**{words.sentence_case(words.missing(f'`{column}`' for column in missing))}**")
        st.caption(text)

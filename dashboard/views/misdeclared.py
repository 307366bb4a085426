"""Rebases that were declared and name no measure there is: they stand on no chart, so they are said apart."""

import streamlit as st

from dashboard import words
from dashboard.access import View


def show(view: View) -> None:
    """Say each of them, where there are any."""
    lost = [row for row in view.opened.rebases if row["metric_id"] not in view.metrics]
    for row in lost:
        period, problem = words.escaped(row["period"] or "no period"), words.escaped(row["problem"])
        st.warning(f"A new start of a chart is declared from {period} and is not applied: {problem}.")

"""The table that stands beside every chart, with the same figures."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from dashboard import words
from dashboard.views.trend import Month


def of_months(series: Sequence[Month], key: str) -> None:
    """The months of a trend as a table."""
    show(
        {
            "Month": [words.month(month.key) for month in series],
            "Met": [month.met for month in series],
            "Of": [month.of for month in series],
            "Rate": [words.percent(month.rate) for month in series],
            "Remark": [month.remark for month in series],
        },
        key,
    )


def of_groups(name: str, labels: Sequence[str], rows: Sequence[dict[str, Any]], key: str) -> None:
    """The groups of a breakdown as a table."""
    show(
        {
            name: list(labels),
            "Met": [row["met"] for row in rows],
            "Of": [row["of"] for row in rows],
            "Rate": [words.percent(row["rate"]) for row in rows],
        },
        key,
    )


def show(columns: dict[str, list[Any]], key: str) -> None:
    """A table of named columns of one length."""
    st.dataframe(pa.table(columns), hide_index=True, key=key)

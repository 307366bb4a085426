"""The table that stands beside every chart, with the same figures."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import streamlit as st

from dashboard import words

if TYPE_CHECKING:
    from dashboard.views.breakdown import Group
    from dashboard.views.trend import Month


def of_months(series: Sequence["Month"]) -> None:
    """The months of a trend as a table."""
    show(
        {
            "Month": [words.month(month.key) for month in series],
            "Met": [words.count(month.met) for month in series],
            "Of": [words.count(month.of) for month in series],
            "Rate": [words.percent(month.rate) for month in series],
            "Remark": [month.remark for month in series],
        },
    )


def of_groups(name: str, found: Sequence["Group"]) -> None:
    """The groups of a breakdown as a table."""
    show(
        {
            name: [group.label for group in found],
            "Met": [words.count(group.met) for group in found],
            "Of": [words.count(group.of) for group in found],
            "Rate": [words.percent(group.rate) for group in found],
        },
    )


def show(columns: dict[str, list[Any]]) -> None:
    """A table of named columns of one length: plain, so that a screen reader reads it cell by cell."""
    st.table(pa.table(columns), hide_index=True)

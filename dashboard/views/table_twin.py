"""The table that stands beside every chart, with the same figures; its first column opens the records by keyboard."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import streamlit as st

import sql
from dashboard import words
from dashboard.access import View
from dashboard.views import record_list

if TYPE_CHECKING:
    from dashboard.views.breakdown import Group
    from dashboard.views.trend import Month


def of_months(view: View, metric: sql.Metric, series: Sequence["Month"]) -> None:
    """The months of a trend as a table."""
    link = record_list.hyperlinks(view, metric)
    show({
        "Month": [link({"month": month.key}, words.month(month.key)) for month in series],
        **_figures(series),
        "Remark": [month.remark for month in series],
    })  # fmt: skip


def of_groups(view: View, metric: sql.Metric, dimension: str, found: Sequence["Group"]) -> None:
    """The groups of a breakdown as a table."""
    link = record_list.hyperlinks(view, metric)
    names = [link({dimension: group.value}, group.label) for group in found]
    show({words.DIMENSION_NAMES[dimension]: names, **_figures(found)})


def show(columns: dict[str, list[Any]]) -> None:
    """A table of named columns of one length: plain, so that a screen reader reads it cell by cell."""
    st.table(pa.table(columns), hide_index=True)


def _figures(rows: Sequence["Month"] | Sequence["Group"]) -> dict[str, list[str]]:
    return {
        "Met": [words.count(row.met) for row in rows],
        "Of": [words.count(row.of) for row in rows],
        "Rate": [words.percent(row.rate) for row in rows],
    }

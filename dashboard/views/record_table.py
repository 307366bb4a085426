"""A list of records as a table whose headings say what each column means."""

import json
from typing import Any

import pyarrow as pa
import streamlit as st

import sql
from dashboard import words
from dashboard.access import View
from dashboard.views.listing import MOMENT_FORMAT

FIRST = ("record_id", "is_met", "placed_at", "measure")
HEADINGS = {
    "is_met": "Met",
    "placed_at": "When",
    "measure": "Measure",
    "team_id": "Team",
    "is_domestic_abuse": "Domestic abuse",
}


def show(view: View, metric: sql.Metric, rows: pa.Table, key: str, **options: Any) -> Any:
    """The rows of `sql.records_table` as a table; columns without any value are left out. `options` go to the table."""
    meanings = {**view.meanings(f"fact_{metric.record}"), **meanings_of(metric)}
    shown = named(rows, view.names("team_id"))
    return st.dataframe(
        shown,
        hide_index=True,
        key=key,
        placeholder="",
        column_config={
            column.name: config(column, heading(metric, column.name), meanings.get(column.name))
            for column in shown.schema
        },
        **options,
    )


def named(rows: pa.Table, teams: dict[str, str]) -> pa.Table:
    """The columns that hold a value, in the order to read them, with the teams' names for their numbers and words for
    flags and codes."""
    shown = rows.select([name for name in ordered(rows.column_names) if rows.column(name).null_count < len(rows)])
    return pa.table({name: said(name, shown.column(name), teams) for name in shown.column_names})


def said(name: str, column: pa.ChunkedArray, teams: dict[str, str]) -> Any:
    """A column as readers read it; moments and whole numbers, which Streamlit formats, as they are."""
    if not (pa.types.is_string(column.type) or pa.types.is_boolean(column.type) or pa.types.is_floating(column.type)):
        return column
    is_team = name.endswith("team_id")
    encoded = column.combine_chunks().dictionary_encode()
    known = [
        teams.get(value, value) if is_team else words.cell(name, value) for value in encoded.dictionary.to_pylist()
    ]
    return pa.array(known).take(encoded.indices)


def ordered(names: list[str]) -> list[str]:
    """Key, verdict and time first, then the order of the fact."""
    return [*(name for name in FIRST if name in names), *(name for name in names if name not in FIRST)]


def heading(metric: sql.Metric, name: str) -> str:
    """The heading of a column."""
    if name == "record_id":
        return words.sentence_case(words.RECORD_NAMES[metric.record][0])
    return HEADINGS.get(name) or words.sentence_case(words.plain(name))


def config(column: pa.Field, label: str, meaning: str | None) -> Any:
    """How Streamlit is to show a column: its heading, its meaning as help, moments to the minute, numbers with
    separators."""
    if pa.types.is_timestamp(column.type):
        return st.column_config.DatetimeColumn(label, help=meaning or None, format=MOMENT_FORMAT)
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        return st.column_config.NumberColumn(label, help=meaning or None, format="localized")
    return st.column_config.Column(label, help=meaning or None)


def meanings_of(metric: sql.Metric) -> dict[str, str]:
    """What the columns of a metric's own SELECT mean, as its file says."""
    meanings = json.loads(metric.columns or "{}")
    return {name: words.sentence_case(meaning) for name, meaning in meanings.items()} | {
        "is_met": f"Met when {metric.met}.",
        "measure": words.sentence_case(metric.measure or ""),
    }

"""Tables of the snapshot's own account: rows as they are, under headings people can read."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pyarrow as pa
import streamlit as st

from dashboard import words

MOMENT_FORMAT = "D MMM YYYY, HH:mm"
# As many rows stand on the page in full; a longer table scrolls.
IN_FULL = 15
# Rows so high, in pixels, hold four lines; Streamlit wraps the texts of rows of 65 and more.
FOUR_LINES = 84
WRAPPED = 300


Rows = list[dict[str, Any]]


def show(
    rows: Rows, headings: Mapping[str, str], key: str, time_zone: str, empty: str, wrapped: str | None = None
) -> None:
    """A table of the named columns; `empty` is said where there are no rows. Moments are shown in the force's time. The
    texts of the column `wrapped` stand in several lines."""
    if rows:
        drawn = _drawn(rows, headings, key, time_zone)
        if wrapped:
            drawn["column_config"][headings[wrapped]] = st.column_config.TextColumn(width=WRAPPED)
            drawn["row_height"] = FOUR_LINES
        st.dataframe(**drawn)
    else:
        st.info(empty)


def choose(rows: Rows, headings: Mapping[str, str], key: str, time_zone: str, empty: str) -> dict[str, Any] | None:
    """The same table, of which the reader may choose a row; the row chosen."""
    if not rows:
        st.info(empty)
        return None
    event: Any = st.dataframe(**_drawn(rows, headings, key, time_zone), on_select="rerun", selection_mode="single-row")
    chosen = event["selection"]["rows"]
    return rows[chosen[0]] if chosen and chosen[0] < len(rows) else None


def _drawn(rows: Rows, headings: Mapping[str, str], key: str, time_zone: str) -> dict[str, Any]:
    table = pa.table({heading: [cell(row[name], time_zone) for row in rows] for name, heading in headings.items()})
    return {
        "data": table,
        "hide_index": True,
        "key": key,
        "placeholder": "",
        "height": "content" if len(rows) <= IN_FULL else "auto",
        "column_config": {column.name: config(column) for column in table.schema},
    }


def config(column: pa.Field) -> Any:
    """How Streamlit is to show a column: whole numbers with separators, others with one decimal, moments to the
    minute."""
    if pa.types.is_timestamp(column.type):
        return st.column_config.DatetimeColumn(format=MOMENT_FORMAT)
    if pa.types.is_floating(column.type):
        return st.column_config.NumberColumn(format="%.1f")
    if pa.types.is_integer(column.type):
        return st.column_config.NumberColumn(format="localized")
    return st.column_config.Column()


def cell(value: Any, time_zone: str) -> Any:
    """A value as a cell: moments in the force's time, lists as text."""
    if isinstance(value, datetime):
        return words.local_moment(value, time_zone)
    return ", ".join(map(str, value)) if isinstance(value, list) else value

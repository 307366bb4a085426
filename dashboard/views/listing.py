"""Tables of the snapshot's own account: rows as they are, under headings people can read."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pyarrow as pa
import streamlit as st

from dashboard import words


def show(rows: list[dict[str, Any]], headings: Mapping[str, str], key: str, time_zone: str, empty: str) -> None:
    """A table of the named columns; `empty` is said where there are no rows. Moments are shown in the force's time."""
    if not rows:
        st.info(empty)
        return
    columns = {heading: [cell(row[name], time_zone) for row in rows] for name, heading in headings.items()}
    st.dataframe(pa.table(columns), hide_index=True, key=key)


def cell(value: Any, time_zone: str) -> Any:
    """A value as a cell: moments in the force's time, lists as text."""
    if isinstance(value, datetime):
        return words.local_moment(value, time_zone)
    return ", ".join(map(str, value)) if isinstance(value, list) else value

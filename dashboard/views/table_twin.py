"""The table that stands beside every chart, with the same figures; its first column opens the records by keyboard."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import streamlit as st

import sql
from dashboard import words
from dashboard.access import View
from dashboard.views import process_words, record_list

if TYPE_CHECKING:
    from dashboard.views.breakdown import Group
    from dashboard.views.periods import Period

Intervals = Mapping[str, tuple[float | None, float | None]]


def of_periods(view: View, metric: sql.Metric, series: Sequence["Period"], intervals: Intervals) -> None:
    """The periods of a control chart as a table, with what process control says of each, and the intervals of those of
    an audited metric."""
    link = record_list.hyperlinks(view, metric)
    show({
        words.sentence_case(series[0].grain): [link({period.grain: period.key}, period.name) for period in series],
        **_figures(series),
        **_intervals(series, intervals),
        "Mean": ["" if period.mean is None else words.percent(period.mean) for period in series],
        "Limits": [process_words.limits(period.lower, period.upper) for period in series],
        "Signal": [
            f"{process_words.SIGNALS[period.signal]}: {words.plain(str(period.variation))}" if period.signal else ""
            for period in series
        ],
        "Remark": [period.remark for period in series],
    })  # fmt: skip


def _intervals(series: Sequence["Period"], intervals: Intervals) -> dict[str, list[str]]:
    """The intervals as a column; none where there are none."""
    if not intervals:
        return {}
    return {"95% interval": [words.interval(*intervals.get(period.key, (None, None))) for period in series]}


def of_groups(view: View, metric: sql.Metric, dimension: str, found: Sequence["Group"]) -> None:
    """The groups of a breakdown as a table."""
    link = record_list.hyperlinks(view, metric)
    names = [link({dimension: group.value}, group.label) for group in found]
    columns = {words.dimension(dimension): names, **_figures(found)}
    if any(group.lower is not None for group in found):
        columns["95% interval"] = [words.interval(group.lower, group.upper) for group in found]
    show(columns)


def show(columns: dict[str, list[Any]]) -> None:
    """A table of named columns of one length: plain, so that a screen reader reads it cell by cell."""
    st.table(pa.table(columns), hide_index=True)


def _figures(rows: Sequence["Period"] | Sequence["Group"]) -> dict[str, list[str]]:
    return {
        "Met": [words.count(row.met) for row in rows],
        "Of": [words.count(row.of) for row in rows],
        "Rate": [words.percent(row.rate) for row in rows],
    }

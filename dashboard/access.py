"""The pages' way to the data: the current snapshot, and figures kept for as long as their snapshot is."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st

import sql
from dashboard.navigation import navigation
from dashboard.order import ordered
from dashboard.views.filters import Filters
from dashboard.words import plain

OPEN_SNAPSHOTS = 3
FRESHNESS_SECONDS = 20
VIEW = "view"

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class View:
    """What one run of a page sees: one snapshot from first to last, and the reader's filters."""

    home: str
    name: str
    filters: Filters

    @property
    def snapshot(self) -> sql.Snapshot:
        """The snapshot, open."""
        return _opened(self.home, self.name)

    @property
    def info(self) -> dict[str, Any]:
        """The row of snapshot_info."""
        return self.snapshot.info

    @property
    def time_zone(self) -> str:
        """The force's time zone."""
        return self.info["time_zone"] or "UTC"

    @property
    def metrics(self) -> dict[str, sql.Metric]:
        """Every metric by its id, in the order to list them."""
        return _metrics(self.home, self.name)

    @property
    def span(self) -> tuple[date | None, date]:
        """The local days of the first report and of the data cut."""
        return _span(self.home, self.name)

    def figures(self, metric_id: str, by: tuple[str, ...] = (), where: sql.Where | None = None) -> Rows:
        """Figures of a metric, under the reader's filters unless `where` gives others. Raises as `sql.figures` does."""
        asked = self.filters.where() if where is None else where
        return _figures(self.home, self.name, metric_id, by, frozen(asked))

    def names(self, dimension: str) -> dict[str, str]:
        """What to call each value of a dimension on screen."""
        return names(self.home, self.name, dimension)

    def table(self, name: str) -> Rows:
        """A whole small table of the snapshot."""
        return _table(self.home, self.name, name)

    def meanings(self, name: str) -> dict[str, str]:
        """What each column of a table means."""
        return _meanings(self.home, self.name, name)


def home() -> Path:
    """The home folder the dashboard reads: CDI_HOME, else ./data."""
    return Path(os.environ.get("CDI_HOME") or "data")


def frozen(where: sql.Where) -> tuple[tuple[str, Any], ...]:
    """Filters as a key of the cache."""
    return tuple(sorted((key, tuple(value) if isinstance(value, list) else value) for key, value in where.items()))


def snapshot(folder: Path, name: str) -> sql.Snapshot:
    """The named snapshot of the home folder, open; NoSnapshot where the pointer names one that is gone."""
    return _opened(str(folder), name)


@st.cache_resource(max_entries=OPEN_SNAPSHOTS, on_release=sql.Snapshot.close, show_spinner=False)
def _opened(home: str, name: str) -> sql.Snapshot:
    return sql.open_snapshot(Path(home), name)


@st.cache_resource(max_entries=OPEN_SNAPSHOTS, show_spinner=False)
def _metrics(home: str, name: str) -> dict[str, sql.Metric]:
    return {metric.metric_id: metric for metric in ordered(sql.metrics(_opened(home, name)))}


@st.cache_resource(max_entries=OPEN_SNAPSHOTS, show_spinner=False)
def _span(home: str, name: str) -> tuple[date | None, date]:
    return sql.span(_opened(home, name))


@st.cache_resource(max_entries=OPEN_SNAPSHOTS, show_spinner=False)
def months(home: str, name: str) -> list[str]:
    """The months the snapshot has figures for, such as 2018-05, in order."""
    return sql.months(_opened(home, name))


@st.cache_resource(max_entries=OPEN_SNAPSHOTS * len(sql.DIMENSIONS), show_spinner=False)
def names(home: str, name: str, dimension: str) -> dict[str, str]:
    """What to call each value of a dimension on screen, in the order of the values."""
    opened = _opened(home, name)
    values = sql.values_of(opened, dimension)
    if dimension == "team_id":
        known = {row["team_id"]: row["name"] for row in sql.table(opened, "team")}
        repeated = {label for label in known.values() if list(known.values()).count(label) > 1}
        return {
            value: f"{known[value]} ({value})" if known.get(value) in repeated else known.get(value) or value
            for value in values
        }
    if dimension == "grade":
        known = {row["grade_code"]: row["name"] for row in sql.table(opened, "ref_grade")}
        return {value: known.get(value) or plain(value) for value in values}
    if dimension == "is_domestic_abuse":
        return {"true": "Flagged", "false": "Not flagged"}
    return {value: plain(value) if dimension == "channel" else value for value in values}


@st.cache_data(max_entries=5000, show_spinner=False)
def _figures(home: str, name: str, metric_id: str, by: tuple[str, ...], where: tuple[tuple[str, Any], ...]) -> Rows:
    return sql.figures(_opened(home, name), metric_id, by, dict(where))


@st.cache_data(max_entries=200, show_spinner=False)
def _table(home: str, name: str, table: str) -> Rows:
    return sql.table(_opened(home, name), table)


@st.cache_data(max_entries=200, show_spinner=False)
def _meanings(home: str, name: str, table: str) -> dict[str, str]:
    return sql.meanings(_opened(home, name), table)


@contextmanager
def seen(view: View) -> Iterator[None]:
    """Let the page that runs within see this view."""
    st.session_state[VIEW] = view
    try:
        yield
    finally:
        del st.session_state[VIEW]


def view() -> View:
    """What this run of the page sees.

    A server just started takes a folder named `pages` for Streamlit's older kind of app and runs the page without
    `app.py`, until `st.navigation` is called: so a link to a page, opened first of all, calls it here and begins again.
    """
    if VIEW not in st.session_state:
        navigation()
        st.rerun()
    return st.session_state[VIEW]

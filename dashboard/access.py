"""The pages' way to the data: the current snapshot, and its figures kept for as long as it is."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

import streamlit as st

import sql
from dashboard import words
from dashboard.navigation import navigation
from dashboard.order import ordered
from dashboard.views.filters import SEVERAL, Filters
from dashboard.views.judging import JUDGED, Judged

OPEN_SNAPSHOTS = 3
KEPT_FIGURES = 5000
KEPT_CHARTS = 300
VIEW = "view"

Rows = list[dict[str, Any]]


class Opened:
    """An open snapshot, with what has been asked of it so far. All of it is shared between readers: to be read only.

    Nothing closes it: it goes with the last reader who still sees it, so that none is ever left with a closed file.
    """

    def __init__(self, home: Path, name: str) -> None:
        self.snapshot = sql.open_snapshot(home, name)
        self.figures = lru_cache(KEPT_FIGURES)(partial(_figures, self.snapshot))
        self.funnel = lru_cache(KEPT_CHARTS)(partial(_funnel, self.snapshot))
        self.completeness = lru_cache(KEPT_CHARTS)(partial(_completeness, self.snapshot))
        self.signals = lru_cache(KEPT_CHARTS)(partial(_signals, self.snapshot))
        self.charts = lru_cache(KEPT_CHARTS)(partial(_charts, self.snapshot))
        self.table = lru_cache(100)(partial(sql.table, self.snapshot))
        self.meanings = lru_cache(100)(partial(sql.meanings, self.snapshot))
        self.names = lru_cache(100)(partial(_names, self.snapshot))
        self.evidence = lru_cache(100)(partial(sql.evidence, self.snapshot))

    @cached_property
    def metrics(self) -> dict[str, sql.Metric]:
        """Every metric by its id, in the order to list them."""
        return {metric.metric_id: metric for metric in ordered(sql.metrics(self.snapshot))}

    @cached_property
    def rebases(self) -> Rows:
        """The rebases that analysts have declared."""
        return sql.rebases(self.snapshot)

    @cached_property
    def months(self) -> list[str]:
        """The months the snapshot has figures for, such as 2018-05, in order."""
        return sql.months(self.snapshot)


@dataclass(frozen=True)
class View:
    """What one run of a page sees: one snapshot from first to last, and the reader's filters."""

    opened: Opened
    filters: Filters

    @property
    def snapshot(self) -> sql.Snapshot:
        """The snapshot, open."""
        return self.opened.snapshot

    @property
    def info(self) -> dict[str, Any]:
        """The row of snapshot_info."""
        return self.opened.snapshot.info

    @property
    def time_zone(self) -> str:
        """The force's time zone."""
        return self.info["time_zone"] or "UTC"

    @property
    def metrics(self) -> dict[str, sql.Metric]:
        """Every metric by its id, in the order to list them."""
        return self.opened.metrics

    def figures(self, metric_id: str, by: tuple[str, ...] = (), where: sql.Where | None = None) -> Rows:
        """Figures of a metric, under the reader's filters unless `where` gives others. Raises as `sql.figures` does."""
        return self.opened.figures(metric_id, by, _frozen(self.filters.where() if where is None else where))

    def charts(
        self, metrics: Iterable[sql.Metric], judged: Judged = JUDGED, *, median: bool = False
    ) -> dict[str, sql.ProcessChart]:
        """The control charts of those of the metrics that are available, under the reader's filters, by metric id."""
        ids = tuple(metric.metric_id for metric in metrics if metric.is_available)
        return self.opened.charts(ids, judged, _frozen(self.filters.where()), median)

    def signals(self, metric_id: str, by: str, judged: Judged) -> sql.Signals:
        """The slices by a dimension whose control chart ends in a signal, under the reader's filters."""
        return self.opened.signals(metric_id, by, judged, _frozen(self.filters.where()))

    def funnel(self, metric_id: str) -> Rows:
        """The teams of a metric fairly compared, under the reader's filters. Raises as `sql.funnel` does."""
        return self.opened.funnel(metric_id, _frozen(self.filters.where()))

    def completeness(self) -> Rows:
        """How complete each month is, under the reader's filters. Raises as `sql.completeness` does."""
        return self.opened.completeness(_frozen(self.filters.where()))

    def names(self, dimension: str) -> dict[str, str]:
        """What to call each value of a dimension on screen, in the order of the values."""
        return self.opened.names(dimension)

    def table(self, name: str) -> Rows:
        """A whole small table of the snapshot."""
        return self.opened.table(name)

    def evidence(self, ref: str) -> sql.Evidence:
        """The evidence on a recommendation, of the whole force."""
        return self.opened.evidence(ref)

    def meanings(self, name: str) -> dict[str, str]:
        """What each column of a table means."""
        return self.opened.meanings(name)

    @cached_property
    def address(self) -> dict[str, Any]:
        """The filters as they stand in the address."""
        return self.filters.address({dimension: self.names(dimension) for dimension in SEVERAL.values()})


def home() -> Path:
    """The home folder the dashboard reads: CDI_HOME, else ./data."""
    return Path(os.environ.get("CDI_HOME") or "data")


@st.cache_resource(max_entries=OPEN_SNAPSHOTS, show_spinner=False)
def opened(home: Path, name: str) -> Opened:
    """The named snapshot of the home folder; NoSnapshot where the pointer names one that is gone."""
    return Opened(home, name)


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


def _figures(snapshot: sql.Snapshot, metric_id: str, by: tuple[str, ...], where: tuple[tuple[str, Any], ...]) -> Rows:
    return sql.figures(snapshot, metric_id, by, dict(where), median=False)


def _funnel(snapshot: sql.Snapshot, metric_id: str, where: tuple[tuple[str, Any], ...]) -> Rows:
    return sql.funnel(snapshot, metric_id, dict(where))


def _completeness(snapshot: sql.Snapshot, where: tuple[tuple[str, Any], ...]) -> Rows:
    return sql.completeness(snapshot, dict(where))


def _signals(
    snapshot: sql.Snapshot, metric_id: str, by: str, judged: Judged, where: tuple[tuple[str, Any], ...]
) -> sql.Signals:
    return sql.signals(snapshot, metric_id, by, judged.grain, dict(where), judged.profile, chart=judged.chart)


def _charts(
    snapshot: sql.Snapshot,
    metric_ids: tuple[str, ...],
    judged: Judged,
    where: tuple[tuple[str, Any], ...],
    median: bool,
) -> dict[str, sql.ProcessChart]:
    asked, grain, profile = dict(where), judged.grain, judged.profile
    return sql.process_charts(snapshot, metric_ids, grain, asked, profile, chart=judged.chart, median=median)


def _frozen(where: sql.Where) -> tuple[tuple[str, Any], ...]:
    """Filters as a key of what has been asked."""
    return tuple((key, tuple(value) if isinstance(value, list) else value) for key, value in where.items())


def _names(snapshot: sql.Snapshot, dimension: str) -> dict[str, str]:
    if dimension not in sql.DIMENSIONS:  # a metric's own key, whose values are words
        return {}
    values = sql.values_of(snapshot, dimension)
    if dimension == "team_id":
        known = {row["team_id"]: row["name"] for row in sql.table(snapshot, "team")}
        repeated = {label for label in known.values() if list(known.values()).count(label) > 1}
        return {
            value: f"{known[value]} ({value})" if known.get(value) in repeated else known.get(value) or value
            for value in values
        }
    if dimension == "grade":
        known = {row["grade_code"]: row["name"] for row in sql.table(snapshot, "ref_grade", order="rank")}
        by_rank = [*(grade for grade in known if grade in values), *(value for value in values if value not in known)]
        return {value: known.get(value) or words.plain(value) for value in by_rank}
    if dimension == "is_domestic_abuse":
        return {"true": "Flagged", "false": "Not flagged"}
    return {value: words.plain(value) if dimension == "channel" else value for value in values}

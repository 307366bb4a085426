"""The parts of a page: sets of metrics chosen by what they serve, so that a new metric takes its place by itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

import sql
from dashboard import words
from dashboard.access import View
from dashboard.views import judging, metric_panel, misdeclared, trend


@dataclass(frozen=True)
class Section:
    """Some metrics of a page. `serves` and `records` say which; `more` draws what stands after their panels."""

    title: str
    words: str
    serves: tuple[str, ...] = ()
    records: tuple[str, ...] = tuple(sql.RECORD_KEYS)
    more: Callable[[View], None] | None = None

    def metrics(self, view: View) -> list[sql.Metric]:
        """The section's metrics, those the source lacks last."""
        found = [
            metric
            for metric in view.metrics.values()
            if metric.record in self.records and set(metric.served) & set(self.serves)
        ]
        return sorted(found, key=lambda metric: not metric.is_available)


def show(view: View, sections: Sequence[Section]) -> None:
    """The section the reader chose (one at a time, where there are several), its panels, broken down as she chose."""
    names = {words.DIMENSION_NAMES[dimension]: dimension for dimension in sql.DIMENSIONS}
    by_title = {section.title: section for section in sections}
    chosen = sections[0]
    if len(sections) > 1:
        title = st.segmented_control(
            "Part of this page",
            list(by_title),
            default=sections[0].title,
            required=True,
            key="part",
            bind="query-params",
        )
        chosen = by_title[title or sections[0].title]
    st.header(chosen.title)
    st.markdown(chosen.words)
    metrics = chosen.metrics(view)
    by, judged = None, judging.JUDGED
    if any(metric.is_available for metric in metrics):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            by = st.segmented_control("Break down by", list(names), key="by", bind="query-params")
            judged = judging.choose()
        st.caption(trend.KEY)
        misdeclared.show(view)
    charts = view.charts(metrics, judged, median=True)
    for metric in metrics:
        metric_panel.show(view, metric, charts.get(metric.metric_id), names.get(by or ""))
    if chosen.more:
        chosen.more(view)

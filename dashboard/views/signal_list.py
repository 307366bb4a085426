"""Slices whose control chart ends in a signal, with how many were looked at and how many chance alone would show."""

from typing import Any

import streamlit as st

import sql
from dashboard import words
from dashboard.access import View
from dashboard.views import breakdown, process_words, record_list, table_twin
from dashboard.views.judging import Judged


def show(view: View, metric: sql.Metric, dimension: str, judged: Judged) -> None:
    """The list of one dimension."""
    found = view.signals(metric.metric_id, dimension, judged)
    name = words.DIMENSION_NAMES[dimension]
    st.subheader(f"By {name.lower()}")
    st.markdown(counted(found, judged.grain))
    if not found.points:
        return
    link = record_list.hyperlinks(view, metric)
    labels = [label(view, dimension, point[dimension]) for point in found.points]
    table_twin.show({
        name: [
            link({dimension: point[dimension]}, text) for text, point in zip(labels, found.points, strict=True)
        ],
        f"Last settled {judged.grain}": [process_words.period(judged.grain, point) for point in found.points],
        "Met": [words.count(point["numerator"]) for point in found.points],
        "Of": [words.count(point["denominator"]) for point in found.points],
        "Rate": [words.percent(point["value"]) for point in found.points],
        "Mean": [words.percent(point["mean"]) for point in found.points],
        "Limits": [process_words.limits(point["lower_limit"], point["upper_limit"]) for point in found.points],
        "Signal": [process_words.SIGNALS[point["signal"]] for point in found.points],
        "Variation": [process_words.VARIATIONS[point["variation"]] for point in found.points],
    })  # fmt: skip


def counted(found: sql.Signals, grain: str) -> str:
    """How many slices were examined, signal, were too short, and how many would signal though nothing changed."""
    said = (
        f"**{len(found.points)} of {found.examined} examined** end in a signal; if nothing had changed, chance alone "
        f"would show about {found.expected:.{1 if found.expected >= 1 else 2}f}."
    )
    if not found.examined:
        said = "None could be examined."
    if found.too_short:
        said += f" {found.too_short} more had fewer than {process_words.LEAST} settled {grain}s: too short to judge."
    return said


def label(view: View, dimension: str, value: Any) -> str:
    """What a slice is called on screen."""
    key = str(value).lower() if isinstance(value, bool) else value
    return breakdown.NOT_STATED if value is None else view.names(dimension).get(key, str(key))

"""The records behind a figure: shown beneath it, and linked to the page of records."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode

import streamlit as st

import sql
from dashboard import words
from dashboard.access import View
from dashboard.views import record_table

SHOWN = 20
NONE = "(none)"


def beneath(view: View, metric: sql.Metric, point: dict[str, Any]) -> None:
    """The records of one point of a chart, those that call for a look first, with a link that can be sent."""
    where = narrowed(view, point)
    figure = view.figures(metric.metric_id, where=where)[0]
    name = named(view, point)
    st.markdown(f"**{words.escaped(words.sentence_case(name))}: {words.rate_in_full(figure)}**")
    link(view, metric, point, f"Open the records of {name}")
    look = to_look_at(metric)
    rows = sql.records_table(view.snapshot, metric.metric_id, {**where, "is_met": look}, limit=SHOWN)
    number = figure["met"] if look else figure["of"] - figure["met"]
    verdict = "met it" if look else "did not meet it"
    if len(rows):
        st.caption(f"{words.records(metric.record, number)} {verdict}; the latest {len(rows)}:")
        record_table.show(view, metric, rows, f"beneath_{metric.metric_id}")
    else:
        st.caption(f"None {verdict}.")


def to_look_at(metric: sql.Metric) -> bool:
    """Which records call for a look: those that met it where lower is better, else those that did not."""
    return metric.better == "lower"


def link(view: View, metric: sql.Metric, point: dict[str, Any], label: str) -> None:
    """A link to the page of records, with the metric, the point and the filters in its address."""
    label = f":primary[{words.escaped(label)} →]"
    st.page_link("pages/records.py", label=label, query_params=address(view, metric, point))


def hyperlinks(view: View, metric: sql.Metric) -> Callable[[dict[str, Any], str], str]:
    """A function of a point and a label that gives the same link in Markdown, for a table; it opens in a new tab."""
    start = f"records?{urlencode(address(view, metric, {}), doseq=True)}"

    def link(point: dict[str, Any], label: str) -> str:
        at = "".join(f"&at={quote(f'{key}:{_written(value)}', safe='')}" for key, value in point.items())
        return f"[{words.escaped(label)}]({start}{at})"

    return link


def address(view: View, metric: sql.Metric, point: dict[str, Any]) -> dict[str, Any]:
    """The query of the address that shows a point's records under the reader's filters."""
    query: dict[str, Any] = {**view.address, "metric": metric.metric_id}
    if point:
        query["at"] = [f"{key}:{_written(value)}" for key, value in point.items()]
    return query


def points(written: list[str], also_by: str | None = None) -> dict[str, Any]:
    """The points that an address names, such as `month:2018-05`, as filters; what is not one is left out. A key named
    several times means any of its values: a list. `also_by` is the metric's own key, where it has one."""
    found: dict[str, list[Any]] = {}
    for text in written:
        key, _, value = text.partition(":")
        if is_point(text, also_by):
            read = None if value == NONE else value == "true" if key == "is_domestic_abuse" else value
            found[key] = [*found.get(key, []), read]
    return {key: _either(key, values) for key, values in found.items()}


def is_point(text: str, also_by: str | None = None) -> bool:
    """Whether a text of an address, such as `month:2018-05`, names a point."""
    key, sign, value = text.partition(":")
    return bool(sign) and (key == also_by or _is_sound(key, value))


def narrowed(view: View, point: dict[str, Any]) -> dict[str, Any]:
    """The reader's filters and a point, both of which must hold; an empty list where no value is of both."""
    where = view.filters.where()
    return {**where, **{key: _both(key, where[key], value) if key in where else value for key, value in point.items()}}


def named(view: View, point: dict[str, Any]) -> str:
    """What to call a point on screen: May 2018, Response Redcar."""
    return ", ".join(
        " or ".join(_name(view, key, one) for one in (value if isinstance(value, list) else [value]))
        for key, value in point.items()
    )


def _either(key: str, values: list[Any]) -> Any:
    """Several values of one key, any of which may hold: the wider of two periods, else all the values."""
    if key in sql.PERIOD_KEYS:
        return min(values) if key == "from" else max(values)
    several = list(dict.fromkeys(values))
    return several if len(several) > 1 else several[0]


def _both(key: str, one: Any, other: Any) -> Any:
    """What holds of two conditions on one key: the narrower of two periods, else the values of both."""
    if key in sql.PERIOD_KEYS:
        return max(one, other) if key == "from" else min(one, other)
    first, second = (value if isinstance(value, list) else [value] for value in (one, other))
    return [value for value in first if value in second]


def _name(view: View, key: str, value: Any) -> str:
    if key in sql.GRAINS:
        return words.grain_value(key, value)
    if key in sql.PERIOD_KEYS:
        return f"{key} {words.month(value)}"
    if value is None:
        return f"{words.dimension(key)} not stated"
    written = _written(value)
    return view.names(key).get(written, written if key in sql.DIMENSIONS else words.plain(written))


def _written(value: Any) -> str:
    return NONE if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _is_sound(key: str, value: str) -> bool:
    if key in (*sql.GRAINS, *sql.PERIOD_KEYS):
        return words.is_period("week" if key == "week" else "month", value)
    return key in sql.DIMENSIONS and (key != "is_domestic_abuse" or value in ("true", "false", NONE))

"""Definitions: every measure and every column, as the software itself declares them."""

import json

import streamlit as st

import sql
from dashboard import words
from dashboard.access import view
from dashboard.views import listing

COLUMNS = {
    "extract": "Extract", "column_name": "Column", "kind": "Kind", "meaning": "Meaning", "required": "Required",
    "allowed": "Values allowed", "filled": "Rows with a value",
}  # fmt: skip


def matches(text: str, parts: list[str]) -> bool:
    """Whether all the words looked for stand in the text."""
    return all(part in text.casefold() for part in parts)


def define(metric: sql.Metric) -> None:
    """A metric's whole definition."""
    st.markdown(f"**{metric.question}**")
    if not metric.is_available:
        st.warning(words.sentence_case(words.missing(metric.missing)))
    lines = {
        "One row is": metric.row_meaning,
        "It is met when": metric.met,
        "Better": words.BETTER[metric.better],
        "Serves": metric.serves,
        "Kind": metric.kind,
        "Target": "" if metric.target is None else f"{metric.target:g}%",
        "Measure": metric.measure or "",
        "Told apart by": words.plain(metric.also_by or ""),
        "Needs": ", ".join(f"`{need}`" for need in metric.needs),
        "Settles after": f"{metric.maturity_days} days",
        "Bear in mind": metric.caveats,
        "Source": metric.source,
    }
    st.markdown("\n".join(f"- **{name}:** {text}" for name, text in lines.items() if text))
    st.markdown(f"`cdi explain {metric.metric_id}` gives the same in a terminal.")
    with st.popover("SQL and columns"):
        st.code(metric.sql, language="sql")
        for name, meaning in json.loads(metric.columns or "{}").items():
            st.markdown(f"- `{name}`: {meaning}")


seen = view()
st.title("Definitions")
asked = st.text_input("Search", key="q", bind="query-params", placeholder="a word, such as appointment or C3")
parts = (asked or "").casefold().split()

st.header("Measures")
found = [
    metric
    for metric in seen.metrics.values()
    if matches(
        " ".join((metric.metric_id, metric.title, metric.question, metric.met, metric.caveats, metric.serves)), parts
    )
]
st.caption(f"{len(found)} of {len(seen.metrics)} measures.")
for metric in found:
    with st.expander(f"{metric.title} · {metric.serves}{'' if metric.is_available else ' · not available'}"):
        define(metric)

st.header("Columns of the extracts")
columns = [
    {**row, "required": "required" if row["is_required"] else ""}
    for row in seen.table("data_dictionary")
    if matches(f"{row['extract']} {row['column_name']} {row['meaning']}", parts)
]
listing.show(columns, COLUMNS, "dictionary", seen.time_zone, "No column matches.")

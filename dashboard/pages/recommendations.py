"""Recommendations, for chief officers: what the inspection asked for, and what the data says of each."""

import streamlit as st

from dashboard import words
from dashboard.access import view
from dashboard.views import periods, record_list, sections, table_twin, windows

seen = view()
st.title("Recommendations")
st.markdown(
    "What the inspection of Cleveland Police asked for in August 2018, and the measures that bear on it. A measure "
    "opens its records. It shows whether things move; whether a recommendation is met is for the force and the "
    "inspectorate to judge."
)

charts = seen.charts(seen.metrics.values())
for asked in seen.table("ref_recommendation"):
    st.header(f"{asked['ref']} · {asked['theme']}")
    st.markdown(asked["ask"])
    st.caption(f"Asked for by {words.day(asked['due_date'])}. Source: {asked['source']}.")
    metrics = sections.Section(asked["ref"], "", serves=(asked["ref"],)).metrics(seen)
    if not metrics:
        st.info("No measure from the extracts bears on this: it takes an audit of the logs, or the training records.")
        continue
    lines: dict[str, list[str]] = {
        "Measure": [], "Latest whole months, at most twelve": [], "A year earlier": [], "Change": [], "Better": [],
    }  # fmt: skip
    for metric in metrics:
        chart = charts.get(metric.metric_id)
        now, before = windows.latest(periods.of(chart)) if chart else (None, None)
        lines["Measure"].append(record_list.hyperlinks(seen, metric)(now.point, metric.title) if now else metric.title)
        lines["Latest whole months, at most twelve"].append(
            windows.said(now) if metric.is_available else words.missing(metric.missing)
        )
        lines["A year earlier"].append(windows.said(before))
        lines["Change"].append(windows.change(now, before))
        lines["Better"].append(metric.better)
    table_twin.show(lines)

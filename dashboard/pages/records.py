"""Records: the list behind any figure, and any one record in full."""

import pyarrow as pa
import pyarrow.csv
import streamlit as st

import sql
from dashboard import words
from dashboard.access import view
from dashboard.views import choice, record, record_list, record_table

SHOWN = 500
SHOWING = {"All": None, "Met": True, "Not met": False}

seen = view()
st.title("Records")

left, right = st.columns([2, 1], vertical_alignment="bottom")
with left:
    metric = choice.metric("metric", seen)
with right:
    showing = st.segmented_control("Show", list(SHOWING), default="All", required=True, key="show", bind="query-params")
st.caption(metric.question)

written = st.query_params.get_all("at")
lost = [f"at={text}" for text in written if not record_list.is_point(text, metric.also_by)]
asked = st.query_params.get("metric", metric.metric_id)
if asked not in seen.metrics:
    lost.insert(0, f"metric={asked}")
elif asked != metric.metric_id:
    st.warning(f"{seen.metrics[asked].title}: {words.missing(seen.metrics[asked].missing)}.")
if lost:
    st.warning(words.left_out(lost))

point = record_list.points(written, metric.also_by)
where = record_list.narrowed(seen, point)
if point:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"Narrowed to **{words.escaped(record_list.named(seen, point))}**.")
        st.button("Show all", on_click=st.query_params.__delitem__, args=("at",))

figure = seen.figures(metric.metric_id, where=where)[0]
if figure["of"]:
    st.markdown(f"**{words.rate_in_full(figure)}** met it: {metric.met}.")

met = SHOWING[showing or "All"]
if met is not None:
    where["is_met"] = met
rows = sql.records_table(seen.snapshot, metric.metric_id, where, limit=SHOWN)
number = figure["of"] if met is None else figure["met"] if met else figure["of"] - figure["met"]


def in_full() -> bytes:
    """Every record of the list as CSV."""
    sink = pa.BufferOutputStream()
    pyarrow.csv.write_csv(sql.records_table(seen.snapshot, metric.metric_id, where), sink)
    return sink.getvalue().to_pybytes()


chosen = None
if len(rows):
    listed = f"the latest {SHOWN} are listed; " if number > len(rows) else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            f"{words.records(metric.record, number)}; {listed}times are the force's own. Choose a row to open a record."
        )
        st.download_button(
            f"Download all {number:,} (CSV)",
            in_full,
            file_name=f"{metric.metric_id}.csv",
            mime="text/csv",
            on_click="ignore",
        )
    event = record_table.show(seen, metric, rows, "records", on_select="rerun", selection_mode="single-row")
    if event["selection"]["rows"]:
        chosen = rows.column("record_id")[event["selection"]["rows"][0]].as_py()
elif point and not figure["of"]:
    st.info("No record meets both the filters at the left and what this list is narrowed to.")
else:
    st.info("No record lies under these filters.")

st.header("One record")
typed = st.text_input("Number of a log, crime, appointment or closure").strip()
if chosen is not None:
    st.query_params["record"] = f"{metric.record}:{chosen}"
elif typed:
    st.query_params["record"] = f"{record.find(seen, typed) or ''}:{typed}"
kind, _, record_id = st.query_params.get("record", "").partition(":")
if kind in sql.RECORD_KEYS:
    record.show(seen, kind, record_id)
elif record_id:
    st.info(f"No record has the number {words.escaped(record_id)}.")

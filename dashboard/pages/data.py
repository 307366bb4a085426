"""Data, for engineers: how fresh each extract is, what was read, what was set aside and which expectations failed."""

import json

import streamlit as st

from dashboard import words
from dashboard.access import view
from dashboard.views import listing

ROWS = {
    "extract": "Extract", "delivered": "Delivered", "data_cut": "Data up to", "read": "Rows read",
    "loaded": "Loaded", "superseded": "Superseded", "rejected": "Rejected",
}  # fmt: skip
FILES = {
    "extract": "Extract", "file": "File", "bytes": "Bytes", "read": "Rows read", "loaded": "Loaded",
    "superseded": "Superseded", "rejected": "Rejected", "sha256": "SHA-256",
}  # fmt: skip
NOTES = {"extract": "Extract", "note": "Noticed"}
CHECKS = {
    "verdict": "Verdict", "severity": "Severity", "extract": "Extract", "rule_id": "Expectation",
    "bad_rows": "Bad rows", "evaluated": "Rows asked", "reason": "Why it matters",
}  # fmt: skip
FAILURES = {"record_id": "Record", "file": "File", "line": "Line", "detail": "Values"}
REJECTS = {"extract": "Extract", "file": "File", "line": "Line", "reason": "Reason", "original": "Original text"}
RUNS = {
    "run": "Run", "started_at": "Started", "outcome": "Outcome", "seconds": "Seconds", "message": "Message",
}  # fmt: skip

seen = view()
zone = seen.time_zone
st.title("Data")

st.header("Extracts")
st.caption("For every extract, rows read = loaded + superseded + rejected. Times are the force's own.")
extracts = [
    {**row, "delivered": "yes" if row["is_delivered"] else "not delivered"} for row in seen.table("extract_delivery")
]
listing.show(extracts, ROWS, "extracts", zone, "The snapshot does not say what was delivered.")
with st.expander("Files"):
    listing.show(seen.table("file_delivery"), FILES, "files", zone, "No file was delivered.")
with st.expander("Noticed in reading"):
    listing.show(seen.table("delivery_note"), NOTES, "notes", zone, "Nothing out of the ordinary was noticed.")

st.header("Expectations")
checks = sorted(
    ({**row, "verdict": "met" if row["is_met"] else "✕ not met"} for row in seen.table("check_result")),
    key=lambda row: (row["is_met"], row["extract"], row["rule_id"]),
)
failed = [row for row in checks if not row["is_met"]]
st.caption(
    f"{len(failed)} of {len(checks)} expectations are not met. *stop*: nothing is published; *reject*: the rows are "
    "set aside; *warn*: published, and shown here."
)
listing.show(checks, CHECKS, "checks", zone, "No expectation was evaluated.")
if failed:
    chosen = st.selectbox(
        "Rows that break",
        [row["rule_id"] for row in failed],
        key="rule",
        bind="query-params",
        format_func=words.plain,
    )
    st.caption(next(row["reason"] for row in failed if row["rule_id"] == chosen))
    failures = [row for row in seen.table("check_failure") if row["rule_id"] == chosen]
    listing.show(failures, FAILURES, "failures", zone, "The rows are not kept for this expectation.")

st.header("Rejected rows")
listing.show(seen.table("reject"), REJECTS, "rejects", zone, "No row was rejected.")

st.header("Runs")
versions = json.loads(seen.info["built_with"] or "{}")
st.markdown("As the ledger stood when this snapshot was built; `cdi status` shows the latest.")
st.caption(
    f"Read with the profile {seen.info['profile']}. "
    + (f"Built with {', '.join(f'{name} {version}' for name, version in versions.items())}." if versions else "")
)
listing.show(seen.table("run_history"), RUNS, "runs", zone, "No run is recorded.")

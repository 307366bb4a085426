"""Data, for engineers: how fresh each extract is, what was read, what was set aside and which expectations failed."""

import json
from collections.abc import Container
from typing import Any

import streamlit as st

from dashboard import words
from dashboard.access import view
from dashboard.views import listing

COUNTS = {"read": "Rows read", "loaded": "Loaded", "superseded": "Superseded", "rejected": "Rejected"}
ROWS = {"extract": "Extract", "delivered": "Delivered", "data_cut": "Data up to", **COUNTS}
FILES = {"extract": "Extract", "file": "File", "bytes": "Bytes", **COUNTS, "sha256": "SHA-256"}
NOTES = {"extract": "Extract", "note": "Noticed"}
MET, NOT_MET, NOT_DELIVERED = "met", "✕ not met", "not delivered"
VERDICTS = (NOT_MET, MET, NOT_DELIVERED)  # in the order to read them
CHECKS = {
    "verdict": "Verdict", "severity": "Severity", "extract": "Extract", "rule_id": "Expectation",
    "bad_rows": "Bad rows", "evaluated": "Rows asked", "reason": "Why it matters",
}  # fmt: skip
FAILURES = {"record_id": "Record", "file": "File", "line": "Line", "detail": "Values"}
REJECTS = {"extract": "Extract", "file": "File", "line": "Line", "reason": "Reason", "original": "Original text"}
RUNS = {
    "run": "Run", "started_at": "Started", "outcome": "Outcome", "seconds": "Seconds", "message": "Message",
}  # fmt: skip


def delivery(row: dict[str, Any]) -> dict[str, Any]:
    """What became of an extract's rows; of one that was not delivered no count, for 0 would be one."""
    if row["is_delivered"]:
        return {**row, "delivered": "yes"}
    return {**row, "delivered": NOT_DELIVERED, **dict.fromkeys(COUNTS)}


def verdict(row: dict[str, Any], delivered: Container[str]) -> dict[str, Any]:
    """What came of an expectation; nothing did where its extract was not delivered."""
    if row["is_met"] and row["extract"] not in delivered:
        return {**row, "verdict": NOT_DELIVERED, "bad_rows": None, "evaluated": None}
    return {**row, "verdict": MET if row["is_met"] else NOT_MET}


seen = view()
zone = seen.time_zone
st.title("Data")

st.header("Extracts")
st.caption("For every extract, rows read = loaded + superseded + rejected. Times are the force's own.")
extracts = seen.table("extract_delivery")
listing.show(
    [delivery(row) for row in extracts], ROWS, "extracts", zone, "The snapshot does not say what was delivered."
)
with st.expander("Files"):
    listing.show(seen.table("file_delivery"), FILES, "files", zone, "No file was delivered.")
with st.expander("Noticed in reading"):
    listing.show(seen.table("delivery_note"), NOTES, "notes", zone, "Nothing out of the ordinary was noticed.")

st.header("Expectations")
delivered = {row["extract"] for row in extracts if row["is_delivered"]}
checks = sorted(
    (verdict(row, delivered) for row in seen.table("check_result")),
    key=lambda row: (VERDICTS.index(row["verdict"]), row["extract"], row["rule_id"]),
)
failed = [row for row in checks if row["verdict"] == NOT_MET]
asked = [row for row in checks if row["verdict"] != NOT_DELIVERED]
left = len(checks) - len(asked)
unasked = f" Not asked, as the extract was not delivered: {left}." if left else ""
st.caption(
    f"{len(failed)} of {len(asked)} expectations are not met.{unasked} *stop*: nothing is published; *reject*: the "
    "rows are set aside; *warn*: published, and shown here."
)
listing.show(checks, CHECKS, "checks", zone, "No expectation was evaluated.", wrapped="reason")
if failed:
    chosen = st.selectbox(
        "Rows that break",
        [row["rule_id"] for row in failed],
        key="rule",
        bind="query-params",
        format_func=words.plain,
    )
    st.caption(words.escaped(next(row["reason"] for row in failed if row["rule_id"] == chosen)))
    failures = [row for row in seen.table("check_failure") if row["rule_id"] == chosen]
    listing.show(failures, FAILURES, "failures", zone, "The rows are not kept for this expectation.")

st.header("Rejected rows")
listing.show(seen.table("reject"), REJECTS, "rejects", zone, "No row was rejected.")

st.header("Runs")
versions = json.loads(seen.info["built_with"] or "{}")
st.markdown("As the ledger stood when this snapshot was built; `cdi status` shows the latest.")
st.caption(
    f"Read with the profile {words.escaped(seen.info['profile'])}. "
    + (f"Built with {', '.join(f'{name} {version}' for name, version in versions.items())}." if versions else "")
)
listing.show(seen.table("run_history"), RUNS, "runs", zone, "No run is recorded.")

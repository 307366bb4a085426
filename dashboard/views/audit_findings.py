"""What auditors found in the logs they read: why crimes were missed, yes/no measures, and the records themselves."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

import sql
from dashboard import words
from dashboard.access import View
from dashboard.views import audit_tables, listing, record, record_list, table_twin
from dashboard.views.audited import AuditPeriod

SHOWN = 200
CRIME = {
    "audit_crime_id": "Audited crime", "incident_id": "Incident log", "required_class": "Should be recorded as",
    "is_recorded": "Recorded", "match": "Matched by", "matched_crime_ref": "Crime record",
    "failure_reason": "Reason", "remedied_at": "Put right", "stratum": "Stratum",
}  # fmt: skip
LOG = {
    "audit_log_id": "Audited log", "incident_id": "Incident log", "stratum": "Stratum", "is_marked": "Marked",
    "required": "Should be recorded", "recorded": "Recorded", "surplus": "Surplus", "reported_at": "Reported",
    "district": "District",
}  # fmt: skip
LISTS: dict[str, tuple[str, dict[str, Any], dict[str, str]]] = {
    "Crimes not recorded": ("audit_crime", {"is_recorded": False}, CRIME),
    "All crimes that should be": ("audit_crime", {}, CRIME),
    "Logs drawn": ("audit_log", {}, LOG),
}


def reasons(view: View, period: AuditPeriod) -> None:
    """Why crimes were missed, counted, and how many were put right since."""
    rows = [row for row in view.table("audit_failure") if row["period_id"] == period.period_id]
    st.subheader("Why crimes were missed")
    if not rows:
        st.info("No crime of this period was found missing.")
        return
    st.caption("As the auditors gave it, in the order of how often. A count of failures, and no rate.")
    names = {row["reason_code"]: row["name"] for row in view.table("ref_failure_reason")}
    table_twin.show(
        {
            "Reason": [
                words.escaped(names.get(row["failure_reason"]) or row["failure_reason"] or "not given") for row in rows
            ],
            "In the inspection scope": [words.count(row["in_scope"]) for row in rows],
            "In other logs": [words.count(row["hidden"]) for row in rows],
            "Put right since": [words.of(row["put_right"], row["in_scope"] + row["hidden"]) for row in rows],
        }
    )


def measures(view: View, period: AuditPeriod) -> None:
    """The measures that come of an audit, over the period, each with a link to its records."""
    found = [metric for metric in view.metrics.values() if metric.is_audited]
    if not found:
        return
    point = {"from": f"{period.headline['period_from']:%Y-%m}", "to": f"{period.headline['period_to']:%Y-%m}"}
    st.subheader("Measures of the logs and crimes read")
    st.caption(
        "Yes/no verdicts of the auditors with Wilson's 95% interval, under the filters at the left. Each log counts "
        "once: strata are not weighted. What auditors count in clusters has no rate here."
    )
    rows = [_measured(view, metric, point) for metric in found]
    table_twin.show({name: [row[name] for row in rows] for name in rows[0]})


def _measured(view: View, metric: sql.Metric, point: dict[str, Any]) -> dict[str, str]:
    row: dict[str, Any] = {}
    if metric.is_available:
        row = view.figures(metric.metric_id, where={**view.filters.where(), **point})[0]
    return {
        "Measure": record_list.hyperlinks(view, metric)(point, metric.title) if row else metric.title,
        "Serves": metric.serves,
        "Met": words.of(row["met"], row["of"]) if row else words.missing(metric.missing),
        "Rate": words.percent(row.get("rate")),
        "95% interval": words.interval(row.get("lower"), row.get("upper")),
    }


def records(view: View, period: AuditPeriod) -> None:
    """The crimes and logs behind the estimates of the period."""
    st.subheader("The records behind it")
    chosen = st.segmented_control("List", list(LISTS), default=next(iter(LISTS)), required=True, key="list")
    kind, where, headings = LISTS[chosen or next(iter(LISTS))]
    samples = [row["sample_id"] for row in audit_tables.samples_of(view, period)]
    rows = sql.table(view.snapshot, f"fact_{kind}", {**where, "sample_id": samples}, order="reported_at desc",
                     limit=SHOWN + 1)  # fmt: skip
    more = f" The latest {SHOWN} are listed; there are more." if len(rows) > SHOWN else ""
    st.caption(
        f"Of {words.escaped(period.name)}. Choose a row for a link to its record, and from there to its log and "
        f"crime.{more}"
    )
    row = listing.choose(_said(rows[:SHOWN]), headings, f"audit_{kind}", view.time_zone, "No record is on this list.")
    if row:
        record.link(kind, row[sql.RECORD_KEYS[kind]])


def _said(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {name: words.cell(name, value) for name, value in row.items()}
        | {"stratum": audit_tables.stratum(row["stratum"])}
        for row in rows
    ]

"""One record: all its columns with what they mean, and the records it is linked to."""

from typing import Any

import streamlit as st

import sql
from dashboard import words
from dashboard.access import View
from dashboard.views import table_twin
from dashboard.views.record_table import ordered

# Where the records linked to one are found: table, its column that names this record, and the key of what is found.
LINKS = {
    "incident": (
        ("crime", "incident_crime", "incident_id", "crime_ref"),
        ("appointment", "fact_appointment", "incident_id", "appointment_id"),
        ("closure", "fact_closure", "incident_id", "closure_id"),
        ("incident", "fact_incident", "duplicate_of", "incident_id"),
        ("audit_log", "fact_audit_log", "incident_id", "audit_log_id"),
        ("audit_crime", "fact_audit_crime", "incident_id", "audit_crime_id"),
    ),
    "crime": (
        ("incident", "incident_crime", "crime_ref", "incident_id"),
        ("audit_crime", "fact_audit_crime", "matched_crime_ref", "audit_crime_id"),
        ("record_check", "fact_record_check", "crime_ref", "record_check_id"),
    ),
    "appointment": (("incident", "fact_appointment", "appointment_id", "incident_id"),),
    "closure": (("incident", "fact_closure", "closure_id", "incident_id"),),
    "audit_log": (("incident", "fact_audit_log", "audit_log_id", "incident_id"),),
    "audit_crime": (
        ("incident", "fact_audit_crime", "audit_crime_id", "incident_id"),
        ("crime", "fact_audit_crime", "audit_crime_id", "matched_crime_ref"),
    ),
    "record_check": (("crime", "fact_record_check", "record_check_id", "crime_ref"),),
    "training": (),
}
LINKED = 50


def find(view: View, record_id: str) -> str | None:
    """Which kind of record has this number: incident, crime, appointment, closure, ..."""
    return next((kind for kind in sql.RECORD_KEYS if fetch(view, kind, record_id)), None)


def fetch(view: View, kind: str, record_id: str) -> dict[str, Any] | None:
    """One whole row of the fact of that kind; None where there is none."""
    found = sql.table(view.snapshot, f"fact_{kind}", {sql.RECORD_KEYS[kind]: record_id}, limit=1)
    return found[0] if found else None


def show(view: View, kind: str, record_id: str) -> None:
    """The record's columns, those the source delivered and those the rules made, and links to what it is linked to."""
    row = fetch(view, kind, record_id)
    one = words.RECORD_NAMES[kind][0]
    if row is None:
        st.info(f"There is no {one} {words.escaped(record_id)} in this snapshot.")
        return
    st.subheader(f"{words.sentence_case(one)} {words.escaped(record_id)}")
    _links(view, kind, record_id)
    meanings = view.meanings(f"fact_{kind}")
    names = [name for name in ordered(list(row)) if row[name] is not None]
    table_twin.show(
        {
            "Column": [words.sentence_case(words.plain(name)) for name in names],
            "Value": [words.escaped(words.said(name, row[name], view.time_zone)) for name in names],
            "Meaning": [words.sentence_case(meanings.get(name, "")) for name in names],
        }
    )
    empty = [words.plain(name) for name in row if row[name] is None]
    if empty:
        st.caption(f"Without a value: {', '.join(empty)}.")


def _links(view: View, kind: str, record_id: str) -> None:
    with st.container(horizontal=True):
        for other, table, column, key in LINKS[kind]:
            for row in sql.table(view.snapshot, table, {column: record_id}, order=key, limit=LINKED):
                if row[key] is not None:
                    link(other, row[key])


def link(kind: str, record_id: str) -> None:
    """A link to one record."""
    st.page_link(
        "pages/records.py",
        label=f":primary[{words.sentence_case(words.RECORD_NAMES[kind][0])} {words.escaped(record_id)} →]",
        query_params={"record": f"{kind}:{record_id}"},
    )

"""What became of every incident log under the recording rules: those in the measure and those counted apart."""

from collections.abc import Sequence

import streamlit as st

import sql
from dashboard import words
from dashboard.access import View
from dashboard.views import not_available, table_twin

# State, what it means, and whether it counts in the screening measure.
STATES = {
    "recorded_in_time": ("A crime was recorded within the limit", "yes, met"),
    "recorded_late": ("A crime was recorded after the limit", "yes, met"),
    "recorded_time_unknown": ("A crime was recorded; the source does not say when", "yes, met"),
    "explained": ("No crime; an accepted reason is given, not verified by an audit", "yes, not met"),
    "unexplained": ("No crime, no accepted reason, and the limit has passed", "yes, not met"),
    "pending": ("No crime yet, and the limit has not passed", "no"),
    "reported_incident": ("A rape recorded as a reported incident (N100)", "no, has measures of its own"),
    "existing_crime": ("Every linked crime was recorded before this report: follow-up", "no, counted apart"),
    "duplicate": ("The same event as another log, which carries the outcome", "no"),
    "duplicate_unresolved": ("A duplicate whose first log is not found", "no, see the worklist"),
    "not_ours": ("Another force or body has it, with its reference", "no, counted apart"),
    "linked_only": ("No code indicates a crime, but a crime is linked", "no, counted apart"),
    "out_of_scope": ("No code indicates a notifiable crime", "no"),
}
NEEDS = ("incident.incident_id", "crime.crime_ref")


def show(view: View) -> None:
    """The states with their numbers, under the reader's filters; none where the source delivers no logs or no
    crimes."""
    if missing := lacking(view, NEEDS):
        not_available.say("What became of every log", "The recording state of each incident log.", missing)
        return
    found = sql.states(view.snapshot, view.filters.where())
    st.subheader("What became of every log")
    st.caption(
        f"{words.count(sum(found.values()))} incident logs under these filters, each in the first state that applies. "
        "Recorded and explained are never added together."
    )
    table_twin.show(
        {
            "State": [STATES[state][0] for state in STATES],
            "Logs": [words.count(found.get(state, 0)) for state in STATES],
            "In the screening measure": [STATES[state][1] for state in STATES],
        }
    )


def lacking(view: View, needs: Sequence[str]) -> list[str]:
    """Those of the columns, such as crime.crime_ref, that the source does not deliver."""
    delivered = {
        f"{row['extract']}.{row['column_name']}" for row in view.table("data_dictionary") if row["is_delivered"]
    }
    return [need for need in needs if need not in delivered]

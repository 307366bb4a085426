"""Worklists: records that someone should look at now, most pressing first."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import streamlit as st

import sql
from dashboard import words
from dashboard.access import View
from dashboard.views import listing, not_available, record, states

SHOWN = 200


@dataclass(frozen=True)
class Worklist:
    """The rows of a fact whose columns hold `where`, in the order of a moment; `span` heads the time to or since it."""

    title: str
    words: str
    fact: str
    where: dict[str, Any]
    moment: str
    span: str
    needs: tuple[str, ...]
    columns: dict[str, str] = field(default_factory=dict)


LOG = {
    "incident_id": "Incident log", "reported_at": "Reported", "opening_name": "Opened as", "closing_name": "Closed as",
    "district": "District", "team": "Team",
}  # fmt: skip
WORKLISTS = (
    Worklist(
        "Pending logs, by hours left",
        "Logs whose codes indicate a crime, without one yet, and still within the time the rules allow.",
        "fact_incident", {"recording_state": "pending"}, "limit_at", "Time left",
        ("incident.incident_id", "crime.crime_ref"), LOG,
    ),
    Worklist(
        "Logs with neither crime nor accepted reason, oldest first",
        "Candidates for review: a reader of the log decides whether a crime should have been recorded.",
        "fact_incident", {"recording_state": "unexplained"}, "limit_at", "Past the limit by",
        ("crime.crime_ref", "incident.no_crime_reason"), LOG,
    ),
    Worklist(
        "Duplicates whose first log is not found",
        "Logs closed as a duplicate of a log that was not delivered, or of each other in a circle.",
        "fact_incident", {"recording_state": "duplicate_unresolved"}, "reported_at", "Age", ("incident.duplicate_of",),
        {**LOG, "duplicate_of": "Duplicate of"},
    ),
    Worklist(
        "Crimes without an incident log",
        "Recorded crimes that no log names and that name no log that was delivered: a reference may be mistyped.",
        "fact_crime", {"has_log": False}, "received_at", "Age", ("incident.incident_id", "crime.crime_ref"),
        {"crime_ref": "Crime", "recorded_at": "Recorded", "offence_name": "Offence", "incident_id": "Log it names",
         "district": "District", "team": "Team"},
    ),
)  # fmt: skip


def show(view: View) -> None:
    """Every worklist under the reader's filters, except the period: what is open is open, whenever it was reported."""
    where = {key: value for key, value in view.filters.where().items() if key not in sql.PERIOD_KEYS}
    st.caption(
        "As of the data cut, under the filters at the left except the period. Choose a row for a link to its record."
    )
    for place, worklist in enumerate(WORKLISTS):
        if missing := states.lacking(view, worklist.needs):
            not_available.say(worklist.title, worklist.words, missing)
        else:
            _list(view, worklist, where, f"worklist_{place}")


def _list(view: View, worklist: Worklist, where: sql.Where, key: str) -> None:
    rows = sql.table(view.snapshot, worklist.fact, {**worklist.where, **where}, order=worklist.moment, limit=SHOWN + 1)
    st.subheader(worklist.title)
    more = f" The first {SHOWN} are listed; there are more." if len(rows) > SHOWN else ""
    st.caption(f"{worklist.words}{more}")
    teams = view.names("team_id")
    shown = [
        {
            **row,
            "team": teams.get(row["team_id"], row["team_id"]),
            "span": span(row[worklist.moment], view.info["data_cut"]),
        }
        for row in rows[:SHOWN]
    ]
    chosen = listing.choose(
        shown, {"span": worklist.span, **worklist.columns}, key, view.time_zone, "Nothing is on this list."
    )
    if chosen:
        kind = worklist.fact.removeprefix("fact_")
        record.link(kind, chosen[sql.RECORD_KEYS[kind]])


def span(moment: datetime | None, data_cut: datetime) -> str:
    """The time between a moment and the data cut, as people say it."""
    return "not known" if moment is None else words.hours(abs((moment - data_cut).total_seconds()) / 60)

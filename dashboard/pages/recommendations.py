"""Recommendations, for chief officers: what the inspection asked for, what was delivered, and where its measures
stand."""

from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

import sql
from dashboard import words
from dashboard.access import View, view
from dashboard.views import process_words, record_list, table_twin
from dashboard.views.filters import Filters

HOW_TO_RECORD = (
    "A status is *awaiting review* until an owner records another. To record one, put `recommendation_progress.csv` "
    "with the columns `ref`, `part`, `owner_role`, `evidence_reference`, `delivered_date`, `status`, `status_date` and "
    "`note` in the folder `reference` of the delivery, or of the home folder, and refresh."
)


def show(seen: View, ref: str) -> None:
    """One recommendation: what was asked, what was delivered, its measures, and the file of its evidence."""
    found = seen.evidence(ref)
    asked = found.recommendation
    with st.container(border=True):
        st.header(words.escaped(f"{ref} · {asked['theme']}"))
        st.markdown(words.escaped(asked["ask"]))
        st.markdown(f"Due by **{words.day(asked['due_date'])}** · status: **{words.escaped(found.status)}**")
        delivered(found.progress)
        measures(seen, found.standings)
        st.download_button(
            f"Evidence on {ref} (XLSX)",
            partial(sql.evidence_file, seen.snapshot, ref),
            file_name=f"evidence_{ref}_{seen.info['run']}.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            on_click="ignore",
            key=f"evidence_{ref}",
        )


def delivered(progress: list[dict[str, Any]]) -> None:
    """Whether the review or training was delivered, and who answers for it."""
    if not progress:
        st.markdown("Nothing is recorded of a review or training delivered.")
        return
    table_twin.show(
        {
            "What": [words.sentence_case(words.escaped(row["part"] or "")) for row in progress],
            "Delivered": [words.day(row["delivered_date"]) if row["delivered_date"] else "not yet" for row in progress],
            "Evidence": [words.escaped(row["evidence_reference"] or "–") for row in progress],
            "Owner's role": [words.escaped(row["owner_role"] or "–") for row in progress],
            "Status": [status(row) for row in progress],
            "Note": [words.escaped(row["note"] or "") for row in progress],
        }
    )


def status(row: dict[str, Any]) -> str:
    """A part's status, and since when."""
    since = f", {words.day(row['status_date'])}" if row["status_date"] else ""
    return words.escaped(f"{row['status'] or 'awaiting review'}{since}")


def measures(seen: View, standings: list[sql.Standing]) -> None:
    """Where each measure stood at the inspection, at the due date and now."""
    if not standings:
        st.info("No measure bears on this.")
        return
    table_twin.show(
        {
            "Measure": [named(seen, standing) for standing in standings],
            **{
                words.sentence_case(moment): [figure(standing, moment) for standing in standings]
                for moment in sql.MOMENTS
            },
            "Variation": [
                (standing.chart and process_words.variation(standing.chart)) or "–" for standing in standings
            ],
            "Assurance": [process_words.ASSURANCES.get(standing.assurance or "", "–") for standing in standings],
            "Better": [standing.metric.better for standing in standings],
        }
    )


def named(seen: View, standing: sql.Standing) -> str:
    """The measure's title, which opens the records of now."""
    now = standing.moments.get(sql.MOMENTS[-1])
    title = words.escaped(standing.metric.title)
    if now is None:
        return title
    link = record_list.hyperlinks(seen, standing.metric)
    return link({"from": now["from"], "to": now["to"]}, standing.metric.title)


def figure(standing: sql.Standing, moment: str) -> str:
    """A figure with its numbers, its interval where it has one, and its months; or why there is none."""
    row = standing.moments.get(moment)
    if row is None:
        return words.escaped(standing.why_none)
    return f"{words.rate_in_full(row)}; {months(row['from'], row['to'])}"


def months(first: str, last: str) -> str:
    """Two months in few words: May to October 2017."""
    year = words.month(last).split()[1]
    return words.period(first, last).replace(f" {year} to", " to")


page = replace(view(), filters=Filters())
st.title("Recommendations")
st.markdown(
    "What the inspection asked for in August 2018, what the force delivered, and the measures that bear on it. They "
    "show whether things move; whether a recommendation is met is for the force and the inspectorate to judge."
)
st.caption(
    "Figures are of the whole force, whatever the filters at the left: of the months that the inspection audited, and "
    "of as many settled months up to the due date and up to now. Variation and assurance are of each measure's control "
    "chart by month, and an audited measure has none. Training is as it stands at the data cut. A measure "
    "opens its records of now."
)
st.caption(HOW_TO_RECORD)
for row in page.table("ref_recommendation"):
    show(page, row["ref"])

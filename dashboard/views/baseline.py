"""The inspection's audited rates, on a card of their own: never on a line with screening measures."""

from typing import Any

import streamlit as st

from dashboard import words
from dashboard.access import View

MEASURES = {"all": "all reported crime, fraud excluded", "violence": "violent crime"}


def show(view: View) -> None:
    """The latest audited rates of the force with their intervals, and that there is no audited figure since."""
    rows = latest_own(view.table("ref_inspection_baseline"))
    if not rows:
        return
    force, published = rows[0]["force"], rows[0]["published"]
    with st.container(border=True):
        st.header("What the inspection found")
        if not is_of_this_source(view.info, force):
            st.info(
                f"These figures are of {force} and not of {view.info['source_name']}, whose data is shown here: "
                "nothing on this page can be compared with them."
            )
        for column, row in zip(st.columns(len(rows)), rows, strict=True):
            with column:
                st.metric(
                    words.sentence_case(MEASURES.get(str(row["measure"]), str(row["measure"]))), f"{row['rate_pct']:g}%"
                )
                st.markdown(f"± {row['half_width_points']:g} percentage points, 95% confidence")
                st.caption(
                    f"{row['note']}. Crimes recorded of those that should have been, in an audit of logs from "
                    f"{words.day(row['period_from'])} to {words.day(row['period_to'])}."
                )
        st.markdown(
            f"**No audited figure yet** since {words.day(published)}. The screening measures of this page answer "
            "another question and must not be read as the inspection's rate."
        )
        st.caption(f"Judged {rows[0]['judgement']}. Source: {rows[0]['source']}, published {words.day(published)}.")


def latest_own(baselines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The latest of the force's own baselines that give an interval and dates, all crime first."""
    own = [row for row in baselines if row["is_own_force"] and row["has_interval"] and row["published"]]
    newest = max((row["published"] for row in own), default=None)
    return sorted((row for row in own if row["published"] == newest), key=lambda row: row["measure"] != "all")


def is_of_this_source(info: dict[str, Any], force: str) -> bool:
    """Whether the data shown is of the force inspected, or made up in its likeness."""
    return bool(info["is_synthetic"]) or force.lower() in str(info["source_name"]).lower()

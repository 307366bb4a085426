"""The inspection's audited rates, and the force's own audit, on a card of their own: never with screening measures."""

from typing import Any

import streamlit as st

from dashboard import words
from dashboard.access import View
from dashboard.views.audited import AuditPeriod, crimes, is_of_this_source, leading, periods, sentence, signed

MEASURES = {"all": "all reported crime, fraud excluded", "violence": "violent crime"}


def show(view: View) -> None:
    """The latest published rates of the force with their intervals, and what an audit has found since, if any has."""
    rows = latest_own(view.table("ref_inspection_baseline"))
    if not rows:
        return
    force, published = rows[0]["force"], rows[0]["published"]
    period = leading(periods(view))
    with st.container(border=True):
        st.header("What the inspection found")
        if not is_of_this_source(view.info, force):
            st.info(
                f"These figures are of {words.escaped(force)} and not of {words.escaped(view.info['source_name'])}, "
                "whose data is shown here: "
                "nothing on this page can be compared with them."
            )
        for column, row in zip(st.columns(len(rows)), rows, strict=True):
            with column:
                _published(row)
                if period and is_of_this_source(view.info, force):
                    _audited(period, row["measure"])
        if period is None:
            st.markdown(
                f"**No audited figure yet** since {words.day(published)}. The screening measures of this page answer "
                "another question and must not be read as the inspection's rate."
            )
        judged, source = (words.escaped(rows[0][name] or "–") for name in ("judgement", "source"))
        st.caption(f"Judged {judged}. Source: {source}, published {words.day(published)}.")
        if period:
            st.page_link("pages/audit.py", label=":primary[Open the audit →]")


def latest_own(baselines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The latest of the force's own baselines that give an interval and dates, all crime first."""
    own = [row for row in baselines if row["is_own_force"] and row["has_interval"] and row["published"]]
    newest = max((row["published"] for row in own), default=None)
    return sorted((row for row in own if row["published"] == newest), key=lambda row: row["measure"] != "all")


def _published(row: dict[str, Any]) -> None:
    st.metric(words.sentence_case(MEASURES.get(str(row["measure"]), str(row["measure"]))), f"{row['rate_pct']:g}%")
    st.markdown(f"± {row['half_width_points']:g} percentage points, 95% confidence")
    st.caption(
        f"{words.escaped(row['note'] or '–')}. Crimes recorded of those that should have been, in an audit of logs "
        f"from {words.day(row['period_from'])} to {words.day(row['period_to'])}."
    )


def _audited(period: AuditPeriod, measure: str) -> None:
    estimate = period.estimate(measure)
    if estimate is None or estimate["ratio"] is None:
        st.markdown(sentence(period, measure))
        return
    st.metric(f"Audited: {words.escaped(period.name)}", words.percent(estimate["ratio"]))
    st.markdown(f"{words.interval(estimate['lower'], estimate['upper'])}, 95% interval")
    compared = period.against(measure)
    if compared:
        st.markdown(f"**{words.sentence_case(compared['statement'])}.**")
    st.caption(f"{crimes(estimate)}; {signed(estimate['status'])}.")

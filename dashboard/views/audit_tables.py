"""What an audit says beside its headline: parts of crime, strata, hidden crime, crimes a year, checks, agreement."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from dashboard import words
from dashboard.access import View
from dashboard.views import table_twin
from dashboard.views.audited import ROLLING_YEAR, AuditPeriod, reason

Row = dict[str, Any]

KINDS = {
    "cancellation": "Cancellations",
    "reclassification": "Reclassifications",
    "n100": "Reported incidents of rape (N100)",
}


def samples_of(view: View, period: AuditPeriod) -> list[Row]:
    """The samples that make up the period."""
    head = period.headline
    return [
        row
        for row in view.table("audit_sample")
        if (
            head["period_from"] <= row["period_from"] and row["period_to"] <= head["period_to"]
            if period.kind == ROLLING_YEAR
            else row["sample_id"] == period.period_id
        )
    ]


def parts(period: AuditPeriod) -> None:
    """The estimates of parts of crime in the inspection scope."""
    rows = [row for row in period.estimates if row["scope"] == "inspection"]
    st.subheader("By the auditor's class and verdict")
    st.caption(
        "Over every log of the sample; of fewer than 20 crimes only how many of how many. Parts overlap: domestic "
        "abuse is often violence, too. The interval shown is the default, logit, unless its kind says otherwise; the "
        "plain one, rate ± t × standard error, stands beside it. Method says why."
    )
    table_twin.show(
        {
            "Part": [words.sentence_case(words.part_of_crime(row["domain"])) for row in _in_order(rows)],
            **_estimates(_in_order(rows)),
        }
    )


def whole_frame(view: View, period: AuditPeriod) -> None:
    """The second estimate, over the logs that may hide crime too; and how much was found hidden in each stratum."""
    st.subheader("Crime in other logs")
    st.caption(
        "Logs whose codes indicate no crime may still hold one. They are outside the inspection's scope and are never "
        "compared with it."
    )
    whole = period.estimate("all", "whole_frame")
    if whole and whole["ratio"] is not None:
        st.markdown(
            f"Over all logs that hold or may hide crime, we record **{words.percent(whole['ratio'])}** of crime "
            f"({words.interval(whole['lower'], whole['upper'])}; {words.of(whole['recorded'], whole['required'])} in "
            "the sample)."
        )
    elif whole:
        st.markdown(f"**No rate over the whole frame:** {reason(whole) or 'nothing was drawn'}.")
    names = {row["sample_id"] for row in samples_of(view, period)}
    hidden = [row for row in view.table("audit_hidden") if row["sample_id"] in names]
    if hidden:
        table_twin.show(
            {
                "Sample": [words.escaped(row["sample_id"]) for row in hidden],
                "Stratum": [words.escaped(stratum(row["stratum"])) for row in hidden],
                "Logs in it": [words.count(row["population"]) for row in hidden],
                "Held a crime": [words.of(row["held"], row["sampled"]) for row in hidden],
                "At most (exact, 95%)": [words.percent(row["held_upper"]) for row in hidden],
            }
        )


def strata(view: View, period: AuditPeriod) -> None:
    """What each stratum of each sample gave, with bounds where no failure was found."""
    names = {row["sample_id"] for row in samples_of(view, period)}
    rows = [row for row in view.table("audit_stratum_result") if row["sample_id"] in names and not row["may_hide"]]
    st.subheader("Strata of the inspection scope")
    st.caption("Where no failure was found, that is no certainty: the rate is then at least the bound given, at 95%.")
    table_twin.show(
        {
            "Sample": [words.escaped(row["sample_id"]) for row in rows],
            "Stratum": [words.escaped(stratum(row["stratum"])) for row in rows],
            "Logs read": [words.of(row["sampled"], row["population"]) for row in rows],
            "Held a crime": [words.count(row["held"]) for row in rows],
            "Crimes recorded": [words.of(row["recorded"], row["required"]) for row in rows],
            "Bound": [_bound(row) for row in rows],
        }
    )
    if merged := period.headline["merged"]:
        merged = words.escaped(words.in_plain(merged))
        st.caption(f"Merged with a quarter beside it, as one log shows no spread: {merged}.")


def crimes_a_year(view: View, period: AuditPeriod) -> None:
    """Crimes a year not recorded, and recorded because accuracy improved: extrapolations, and called so."""
    rows = [row for row in view.table("audit_extrapolation") if row["period_id"] == period.period_id]
    st.subheader("In crimes a year")
    if not rows:
        st.info("There is no crime of twelve months to extrapolate to.")
        return
    st.caption(
        "Extrapolations: they take the audited rate to hold of all crime recorded in the twelve months to the end of "
        "the audited period, fraud apart. Their ends come from the rate's own interval. Crimes recorded without a log "
        "are not covered by an audit of logs."
    )
    rows = _in_order(rows, "measure")
    if all(row["estimate"] is None for row in rows):
        st.info(words.sentence_case(f"{reason(rows[0])}."))
        return
    table_twin.show(
        {
            "Crime": [words.sentence_case(words.part_of_crime(row["measure"])) for row in rows],
            "Extrapolation": [words.sentence_case(row["kind"]) for row in rows],
            "Crimes a year": [
                reason(row) or "–" if row["estimate"] is None else words.count(round(row["estimate"])) for row in rows
            ],
            "95% interval": [
                "–"
                if row["lower"] is None
                else f"{words.count(round(row['lower']))} to {words.count(round(row['upper']))}"
                for row in rows
            ],
            "Recorded in the year": [words.count(row["crimes"]) for row in rows],
            "Not covered: no log": [
                f"{words.percent(row['share_without_log'])} ({words.count(row['without_log'])})" for row in rows
            ],
        }
    )


def checks(view: View) -> None:
    """Yes/no checks of records drawn at random; those that were picked stand apart, without an interval."""
    rows = [row for row in view.table("audit_check") if row["sample_id"] is None]
    rows.sort(key=lambda row: (row["kind"], row["cancellation_code"] or ""))
    st.subheader("Cancellations, reclassifications and N100 records")
    if not rows:
        st.info("No check of a cancelled crime, a reclassification or an N100 record was delivered.")
        return
    random, picked = ([row for row in rows if row["is_targeted"] == flag] for flag in (False, True))
    if random:
        st.caption("Correct, of the records drawn at random and checked.")
        table_twin.show(
            {
                **_checked(random),
                "Rate": [words.percent(row["rate"]) for row in random],
                "95% interval (Wilson)": [words.interval(row["lower"], row["upper"]) for row in random],
                "Exact": [words.interval(row["exact_lower"], row["exact_upper"]) for row in random],
            }
        )
    if picked:
        st.caption("Picked by a supervisor: these speak of what was picked and of nothing else, so there is no rate.")
        table_twin.show(_checked(picked))


def agreement(view: View, period: AuditPeriod) -> None:
    """How far two auditors agree on the same logs."""
    names = {row["sample_id"] for row in samples_of(view, period)}
    rows = [row for row in view.table("audit_agreement") if row["sample_id"] in names]
    st.subheader("Agreement between auditors")
    if not rows:
        st.info("No log of this period was marked by two auditors.")
        return
    st.caption(
        "Of logs marked by two: on how many both say the same of whether every crime was recorded. Kappa is the "
        "agreement beyond chance: 0 is no more than chance, 1 is complete."
    )
    table_twin.show(
        {
            "Sample": [words.escaped(row["sample_id"]) for row in rows],
            "Agreed": [words.of(row["agreed"], row["logs"]) for row in rows],
            "Share": [words.percent(row["raw_agreement"]) for row in rows],
            "95% interval": [words.interval(row["raw_lower"], row["raw_upper"]) for row in rows],
            "Kappa": ["–" if row["kappa"] is None else words.signed(f"{row['kappa']:.2f}") for row in rows],
        }
    )


def samples(view: View) -> None:
    """Every sample: what was drawn, what is marked, who has signed."""
    rows = sorted(view.table("audit_sample"), key=lambda row: row["period_from"], reverse=True)
    st.subheader("Samples")
    table_twin.show(
        {
            "Sample": [words.escaped(row["sample_id"]) for row in rows],
            "Reports of": [f"{words.day(row['period_from'])} to {words.day(row['period_to'])}" for row in rows],
            "Drawn": [words.of(row["sampled"], row["population"]) for row in rows],
            "Marked": [words.of(row["marked"], row["sampled"]) for row in rows],
            "From data up to": [words.moment(row["cut_at"], view.time_zone) for row in rows],
            "Signed": [
                f"{words.day(row['signed_date'])}, {words.escaped(words.plain(row['signed_role']))}"
                if row["is_signed"]
                else "provisional"
                for row in rows
            ],
        }
    )


def stratum(name: str) -> str:
    """What to call a stratum on screen."""
    return words.sentence_case(words.plain(name).replace("hidden ", "may hide crime: "))


def _estimates(rows: Sequence[Row]) -> dict[str, list[str]]:
    return {
        "Crimes recorded": [words.of(row["recorded"], row["required"]) for row in rows],
        "Rate": [words.percent(row["ratio"]) for row in rows],
        "95% interval": [words.interval(row["lower"], row["upper"]) for row in rows],
        "Kind": [row["default_interval"] or "" for row in rows],
        "Plain interval": [words.interval(row["plain_lower"], row["plain_upper"]) for row in rows],
        "Remark": [reason(row) for row in rows],
    }


def _checked(rows: Sequence[Row]) -> dict[str, list[str]]:
    return {
        "Kind": [KINDS.get(row["kind"], words.escaped(words.plain(row["kind"]))) for row in rows],
        "Code": [words.escaped(row["cancellation_code"] or "all") for row in rows],
        "Correct": [words.of(row["correct"], row["checked"]) for row in rows],
    }


def _bound(row: Row) -> str:
    if row["at_least"] is not None:
        return f"at least {words.percent(row['at_least'])}"
    return "–" if row["at_most"] is None else f"at most {words.percent(row['at_most'])}"


def _in_order(rows: Sequence[Row], name: str = "domain") -> list[Row]:
    """All crime first, then its parts in the order of the screen, then the others by name."""
    order = ["all", "violence", "sexual", "other", "domestic_abuse"]
    return sorted(rows, key=lambda row: (order.index(row[name]) if row[name] in order else len(order), row[name]))

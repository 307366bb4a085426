"""How the reader wants the charts judged: by month or week, by which chart and by which profile of rules."""

from dataclasses import dataclass

import streamlit as st

import sql

GRAINS = {"Month": "month", "Week": "week"}
CHARTS = {"p′": "p_prime", "XmR": "xmr"}
PROFILES = {
    "nhsr_0_2_2": "as the package NHSRplotthedots 0.2.2: XmR limits leave out, once, the moving ranges that are 3.267 "
    "times their mean or more",
    "mdc_2023": "as Making Data Count 2023: every moving range counts",
}


@dataclass(frozen=True)
class Judged:
    """The choice, as the door takes it."""

    grain: str = "month"
    chart: str = "p_prime"
    profile: str = sql.PROFILES[0]


JUDGED = Judged()


def choose() -> Judged:
    """Let the analyst choose; what is chosen stands in the address."""
    with st.popover("Process control"):
        grain = _one("Period", "grain", list(GRAINS), "A week runs from Monday. Rates of weeks with few records swing.")
        chart = _one(
            "Chart",
            "chart",
            list(CHARTS),
            "p′ (Laney): the limits widen where few records are counted. XmR: the limits come from the rates alone.",
        )
        profile = _one("Rules", "rules", list(PROFILES), "How limits are reached and two of three points counted.")
        st.caption(" ".join(f"**{name}**: {meaning}." for name, meaning in PROFILES.items()))
    return Judged(GRAINS[grain], CHARTS[chart], profile)


def _one(label: str, key: str, options: list[str], meaning: str) -> str:
    chosen = st.segmented_control(
        label, options, default=options[0], required=True, key=key, bind="query-params", help=meaning
    )
    return chosen or options[0]

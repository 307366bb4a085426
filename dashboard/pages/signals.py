"""Signals: for one measure, which districts, teams and offence groups show a change that chance does not explain."""

import streamlit as st

from dashboard.access import view
from dashboard.views import choice, judging, misdeclared, signal_list

DIMENSIONS = ("district", "team_id", "offence_group")

seen = view()
st.title("Signals")
st.markdown(
    "Each slice has a control chart of its own; here stand those whose last settled month or week gives a signal. "
    "The more slices are examined, the more signals chance alone gives: how many is said with each list."
)
with st.container(horizontal=True, vertical_alignment="bottom"):
    metric = choice.metric("measure", seen, with_audited=False)
    judged = judging.choose()
misdeclared.show(seen)
st.header(metric.title)
st.caption(f"{metric.question} By {judged.grain}, profile {judged.profile}; settled after {metric.maturity_days} days.")
for dimension in DIMENSIONS:
    signal_list.show(seen, metric, dimension, judged)

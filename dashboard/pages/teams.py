"""Teams: one measure, team by team, in alphabetical order."""

import streamlit as st

from dashboard import words
from dashboard.access import view
from dashboard.views import breakdown, choice, record_list

JUDGED = {
    "taking": "the team that took the report",
    "attending": "the team that attended",
    "closing": "the team that took the report, as the extract does not say which team closed it",
    "recording": "the team that recorded the crime",
    "own": "the team that the member of staff belongs to",
}

seen = view()
st.title("Teams")
st.markdown(
    "Teams stand in alphabetical order: this is no league table. A small team's rate swings by chance, so read each "
    "rate with its numbers. A bar opens its records."
)
metric = choice.metric("measure", seen)
st.caption(metric.question)
with st.container(border=True):
    st.header(f"{metric.title}, by team")
    whole = seen.figures(metric.metric_id)[0]
    st.markdown(f"**{words.rate_in_full(whole)}** for all teams under these filters. {words.BETTER[metric.better]}")
    st.caption(f"A team here is {JUDGED[metric.judges]}.")
    breakdown.show(seen, metric, "team_id", "teams")
    record_list.link(seen, metric, {}, "Open the records of all teams")

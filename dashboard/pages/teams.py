"""Teams: one measure, team by team, in alphabetical order."""

import streamlit as st

from dashboard import words
from dashboard.access import view
from dashboard.views import breakdown, choice, funnel, record_list

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
    "This is no league table: teams stand in alphabetical order, and most of what sets them apart is chance and the "
    "mix of their work. What an audit says of single teams is not shown: it reads too few logs of each."
)
metric = choice.metric("measure", seen, with_audited=False)
st.caption(metric.question)
with st.container(border=True):
    st.header(f"{metric.title}: teams fairly compared")
    st.caption(f"A team here is {JUDGED[metric.judges]}. Months that may still move are left out.")
    funnel.show(seen, metric)
with st.container(border=True):
    st.header(f"{metric.title}, by team")
    whole = seen.figures(metric.metric_id)[0]
    if whole["of"]:
        st.markdown(f"**{words.rate_in_full(whole)}** for all teams under these filters. {words.BETTER[metric.better]}")
        st.caption("Every month under these filters, and each team's own mix of work. A bar opens its records.")
        breakdown.show(seen, metric, "team_id", "teams")
        record_list.link(seen, metric, {}, "Open the records of all teams")
    else:
        st.info("Nothing is counted under these filters.")

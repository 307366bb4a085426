"""Grading (R1b): are incidents given the right urgency, and is it met?"""

import streamlit as st

from dashboard.access import view
from dashboard.views import sections
from dashboard.views.sections import Section

st.title("Grading")
sections.show(
    view(),
    (
        Section(
            "Grading and response",
            "The inspection asked for a review of how incidents are graded (R1b). Whether a grade was right, only an "
            "audit can say; these measures show how grades move and whether officers arrive within the target.",
            serves=("R1b",),
        ),
    ),
)

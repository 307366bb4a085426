"""Supervision (R1a): is the closing of incident logs supervised, with knowledge and with time for it?"""

import streamlit as st

from dashboard.access import view
from dashboard.views import sections
from dashboard.views.sections import Section

st.title("Supervision")
sections.show(
    view(),
    (
        Section(
            "Supervision of closures",
            "The inspection asked for a review of how the closing of incident logs is supervised (R1a): is each "
            "closure checked against the recording rules, does the check change anything, and is there time for it?",
            serves=("R1a",),
        ),
    ),
)

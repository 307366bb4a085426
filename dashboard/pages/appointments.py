"""Appointments (R1c): are diary appointments kept, soon enough, and for whom?"""

import streamlit as st

from dashboard.access import view
from dashboard.views import sections
from dashboard.views.sections import Section

st.title("Appointments")
sections.show(
    view(),
    (
        Section(
            "Appointments",
            "The inspection asked for a review of how appointments are arranged and managed (R1c). A diary suits where "
            "nothing is lost by waiting: not domestic abuse, and not a caller who is vulnerable.",
            serves=("R1c",),
        ),
    ),
)

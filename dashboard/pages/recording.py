"""Recording: do reports of crime become crime records, in time, and do they stay what they are?"""

import streamlit as st

from dashboard.access import view
from dashboard.views import sections, states, worklist, young_months
from dashboard.views.sections import Section

st.title("Recording")
sections.show(
    view(),
    (
        Section(
            "From report to record",
            "Do reports whose codes indicate a crime lead to a recorded crime? These are screening measures: they find "
            "logs to review.",
            serves=("headline",),
            records=("incident",),
            more=states.show,
        ),
        Section(
            "In time",
            "The rules allow 24 hours from the first report. Time is judged for each crime.",
            serves=("headline",),
            records=("crime", "appointment", "closure"),
        ),
        Section(
            "Young months",
            "How much of each month is in, and where the months that are not yet settled will stand.",
            more=young_months.show,
        ),
        Section(
            "Found by audit",
            "What auditors say of logs drawn at random: so many of so many, with a 95% interval. How much of all "
            "crime is recorded takes the audit's estimate over strata.",
            serves=("headline",),
            records=("audit_log", "audit_crime"),
        ),
        Section(
            "Cancellation and rape",
            "Are crimes cancelled and reclassified by the right authority, and are reports of rape recorded as rape?",
            serves=("cancellation",),
        ),
        Section(
            "First accounts and focus groups",
            "What the logs can say of first accounts (R2), and of the offences that training is to make staff "
            "recognise (R3): an audit says more.",
            serves=("R2a", "R2b", "R3a", "R3b", "R3c", "R3d"),
        ),
        Section("Worklists", "Records that someone should look at now.", more=worklist.show),
    ),
)

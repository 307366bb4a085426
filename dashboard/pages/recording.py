"""recording"""

import streamlit as st

from dashboard.access import view
from dashboard.views import metric_panel

st.title("Recording")
for metric_id in view().metrics:
    metric_panel.show(view(), metric_id)

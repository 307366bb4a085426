"""Overview, for chief officers: one sentence, the headline measures, and what the inspection found."""

import streamlit as st

from dashboard import words
from dashboard.access import view
from dashboard.views import baseline, card, headline, not_available, periods, trend, windows

seen = view()
st.title("Overview")

main = seen.metrics.get("logs_recorded")
cards = [metric for metric in seen.metrics.values() if "headline" in words.serves(metric.serves)]
if main is not None and main.is_available:
    series = periods.of(seen.charts(cards)[main.metric_id])
    with st.container(border=True):
        st.header(headline.sentence(*windows.latest(series)), anchor=False)
        st.caption(headline.SCREENING)
elif main is not None:
    not_available.show(main)

st.header("Headline measures")
st.caption(
    "Each figure is of the latest whole months, at most twelve, under the filters at the left; the line goes as far "
    f"back as the filters let it. {trend.KEY}"
)
card.grid(seen, cards)
baseline.show(seen)

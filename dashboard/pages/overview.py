"""Overview, for chief officers: what an audit says, what screening says, the headline measures, the inspection."""

import streamlit as st

from dashboard.access import view
from dashboard.views import audited, baseline, card, headline, not_available, periods, trend, windows

seen = view()
st.title("Overview")

audit = audited.leading(audited.periods(seen))
if audit:
    with st.container(border=True):
        st.caption("Are we getting better, beyond doubt?")
        st.header(headline.answer(audit), anchor=False)
        st.caption(audited.numbers(audit))
        if seen.filters.where():
            st.caption(audited.WHOLE_FORCE)

main = seen.metrics.get("logs_recorded")
cards = [metric for metric in seen.metrics.values() if "headline" in metric.served]
charts = seen.charts(cards)
if main is not None and main.is_available:
    series = periods.of(charts[main.metric_id])
    with st.container(border=True):
        heading = st.subheader if audit else st.header
        heading(headline.sentence(*windows.latest(series)), anchor=False)
        st.caption(headline.SCREENING)
elif main is not None:
    not_available.show(main)

st.header("Headline measures")
st.caption(
    "Each figure is of the latest whole months, at most twelve, under the filters at the left; the line goes as far "
    f"back as the filters let it. {trend.KEY}"
)
card.grid(seen, charts, [metric for metric in cards if metric.kind != "audited"], "screening")
if marked := [metric for metric in cards if metric.kind == "audited"]:
    st.header("Found by audit")
    st.caption("Counted from what auditors marked, and not to be read beside the screening measures above.")
    card.grid(seen, charts, marked, "audited")
baseline.show(seen)

"""Audit, for chief officers and analysts: the share of crime that is recorded, as auditors found it."""

import streamlit as st

from dashboard import words
from dashboard.access import View, view
from dashboard.views import audit_findings, audit_tables, baseline, estimate_chart
from dashboard.views.audited import (
    WHOLE_FORCE,
    AuditPeriod,
    crimes,
    leading,
    numbers,
    periods,
    sentence,
    why_no_year,
)

OVER_TIME, OF_CRIME, FOUND, SAMPLES = "Over time", "Parts of crime", "What auditors found", "Samples and records"


def without_audit(seen: View) -> None:
    """What to run to have an audit, and what the inspection found."""
    st.info("**No audited figure yet.** The recording rate takes auditors who read logs drawn at random.")
    st.markdown("How many logs it takes for an interval of the width you want, and of which quarter:")
    st.code("uv run cdi audit plan", language="shell")
    st.markdown("Draw them, and give the auditors the worksheet:")
    st.code("uv run cdi audit draw --period QUARTER --seed 1", language="shell")
    st.markdown("Take in the worksheet that they have marked; this page then shows the estimate, provisional at first:")
    st.code("uv run cdi audit return FILE", language="shell")
    st.markdown("Once the registrar stands by it:")
    st.code('uv run cdi audit sign QUARTER --role "Force Crime Registrar"', language="shell")
    baseline.show(seen)


def choose(found: list[AuditPeriod]) -> AuditPeriod:
    """The period the reader chose, or clicked in a chart; the leading one at first."""
    by_id = {period.period_id: period for period in found}
    led = leading(found) or found[0]
    chosen = st.selectbox(
        "Period",
        list(by_id),
        index=list(by_id).index(led.period_id),
        format_func=lambda period_id: words.sentence_case(by_id[period_id].name),
        key="period",
        bind="query-params",
    )
    return by_id.get(chosen, led)


def headline(period: AuditPeriod) -> None:
    """The sentence of the page, of all crime and of violence, with its numbers."""
    with st.container(border=True):
        st.header(sentence(period), anchor=False)
        st.caption(numbers(period))
        if violence := period.estimate("violence"):
            st.markdown(f"**Violence.** {sentence(period, 'violence')}")
            st.caption(crimes(violence))


def over_time(seen: View, found: list[AuditPeriod]) -> None:
    """Every estimate against the inspection: all crime, then violence."""
    if why := why_no_year(seen):
        st.info(f"There is no rate of the latest rolling year: {why}.")
    st.caption(f"{estimate_chart.KEY} Hollow marks are provisional. A click on a mark chooses its period.")
    for measure, title in (("all", "All reported crime"), ("violence", "Violent crime")):
        st.subheader(title)
        key = f"estimates_{measure}"
        estimate_chart.show(found, measure, key, lambda key=key: clicked(key))


def clicked(key: str) -> None:
    """Let the period be the one of the mark clicked."""
    points = st.session_state[key]["selection"]["points"]
    if points:
        st.session_state["period"] = points[0]["customdata"]


def main(seen: View) -> None:
    """The page, once there is an audit."""
    found = periods(seen)
    if not found:
        without_audit(seen)
        return
    if seen.filters.where():
        st.caption(WHOLE_FORCE)
    period = choose(found)
    headline(period)
    part = st.segmented_control(
        "Part of this page",
        [OVER_TIME, OF_CRIME, FOUND, SAMPLES],
        default=OVER_TIME,
        required=True,
        key="part",
        bind="query-params",
    )
    st.header(part or OVER_TIME)
    if part == OF_CRIME:
        audit_tables.parts(period)
        audit_tables.strata(seen, period)
        audit_tables.whole_frame(seen, period)
    elif part == FOUND:
        audit_findings.reasons(seen, period)
        audit_findings.measures(seen, period)
        audit_tables.checks(seen)
        audit_tables.agreement(seen, period)
    elif part == SAMPLES:
        audit_tables.samples(seen)
        audit_findings.records(seen, period)
    else:
        over_time(seen, found)
        audit_tables.crimes_a_year(seen, period)


page = view()
st.title("Audit")
main(page)

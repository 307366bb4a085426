"""The sentences of the Overview, made from figures: what an audit found, and apart from it what screening finds."""

from dashboard import words
from dashboard.views import windows
from dashboard.views.audited import AuditPeriod
from dashboard.views.audited import sentence as audited_sentence
from dashboard.views.windows import Window

SCREENING = (
    "This is a screening measure, taken from the force's own records: it shows where to look. It is not the recording "
    "rate, which only an audit of the logs can give."
)


ANSWERS = {
    "higher than": "Yes",
    "lower than": "No, we have become worse",
    "not distinguishable from": "Not beyond doubt",
}


def answer(period: AuditPeriod) -> str:
    """Whether the force is better than when it was inspected, beyond doubt, with the audited rate."""
    compared = period.against("all")
    begun = ANSWERS.get(compared["verdict"]) if compared else None
    said = audited_sentence(period)
    return f"{begun}. {said}" if begun else said


def sentence(now: Window | None, before: Window | None) -> str:
    """What became of the reports that indicate a crime, in the latest whole months and a year earlier."""
    if now is None or now.rate is None:
        return "No whole month of reports that indicate a crime lies under these filters."
    text = (
        f"Of {words.count(now.of)} reports that indicate a crime, {words.percent(now.rate)} ({words.count(now.met)}) "
        f"led to a recorded crime in {windows.named(now)}"
    )
    if before is not None and before.rate is not None:
        text += f"; a year earlier {words.percent(before.rate)} ({words.of(before.met, before.of)})"
    return f"{text}."

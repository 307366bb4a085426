"""The one sentence of the Overview, made from figures."""

from dashboard import words
from dashboard.views.windows import MONTHS, Window

SCREENING = (
    "This is a screening measure, taken from the force's own records: it shows where to look. It is not the recording "
    "rate, which only an audit of the logs can give."
)


def sentence(now: Window | None, before: Window | None, whole_months: int) -> str:
    """What became of the reports that indicate a crime, in the latest whole months and a year earlier."""
    if now is None or now.rate is None:
        return "No whole month of reports that indicate a crime lies under these filters."
    length = f"the {_number(whole_months)} months to" if whole_months > 1 else "the one whole month,"
    text = (
        f"Of {words.count(now.of)} reports that indicate a crime, {words.percent(now.rate)} ({words.count(now.met)}) "
        f"led to a recorded crime in {length} {words.month(now.last)}"
    )
    if before is not None and before.rate is not None:
        text += f"; a year earlier {words.percent(before.rate)} ({words.of(before.met, before.of)})"
    return f"{text}."


def _number(number: int) -> str:
    return "twelve" if number == MONTHS else str(number)

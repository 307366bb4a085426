"""The one sentence of the Overview, made from figures."""

from dashboard import words
from dashboard.views import windows
from dashboard.views.windows import Window

SCREENING = (
    "This is a screening measure, taken from the force's own records: it shows where to look. It is not the recording "
    "rate, which only an audit of the logs can give."
)


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

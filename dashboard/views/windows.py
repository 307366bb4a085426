"""The last twelve whole months and the twelve before them: what the Overview compares."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import words
from dashboard.views.periods import INCOMPLETE, Period

MONTHS = 12


@dataclass(frozen=True)
class Window:
    """Some months of a metric in a row, added up."""

    first: str
    last: str
    months: int
    met: int
    of: int

    @property
    def point(self) -> dict[str, str]:
        """The months as filters of the door."""
        return {"from": self.first, "to": self.last}

    @property
    def rate(self) -> float | None:
        """Met of counted, None where nothing is counted."""
        return self.met / self.of if self.of else None


def latest(series: Sequence[Period]) -> tuple[Window | None, Window | None]:
    """The latest whole months, at most twelve, and the twelve before them where all of those are whole."""
    whole = [month for month in series if month.state != INCOMPLETE]
    now, before = whole[-MONTHS:], whole[-2 * MONTHS : -MONTHS]
    return _added(now), _added(before) if len(before) == MONTHS else None


def named(window: Window) -> str:
    """The months as people say them: the twelve months to October 2019."""
    if window.months == 1:
        return f"the one month of {words.month(window.last)}"
    return f"the {words.number(window.months)} months to {words.month(window.last)}"


def _added(months: Sequence[Period]) -> Window | None:
    if not months:
        return None
    return Window(
        first=months[0].key,
        last=months[-1].key,
        months=len(months),
        met=sum(month.met for month in months),
        of=sum(month.of for month in months),
    )


def said(window: Window | None) -> str:
    """A window's figure with its numbers: 80.3% (58,672 of 73,068)."""
    return "–" if window is None else words.rate_in_full({"rate": window.rate, "met": window.met, "of": window.of})


def change(now: Window | None, before: Window | None) -> str:
    """The difference in points: +5.1 points."""
    if now is None or before is None or now.rate is None or before.rate is None:
        return "–"
    return words.points(now.rate - before.rate)

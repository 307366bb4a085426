"""The last twelve whole months and the twelve before them: what the Overview compares."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.views.trend import INCOMPLETE, Month

MONTHS = 12


@dataclass(frozen=True)
class Window:
    """Some months of a metric in a row, added up."""

    first: str
    last: str
    met: int
    of: int

    @property
    def rate(self) -> float | None:
        """Met of counted, None where nothing is counted."""
        return self.met / self.of if self.of else None


def latest(series: Sequence[Month], months: int = MONTHS) -> tuple[Window | None, Window | None]:
    """The latest whole months, at most twelve, and the twelve before them where all of those are whole."""
    whole = [month for month in series if month.state != INCOMPLETE]
    now, before = whole[-months:], whole[-2 * months : -months]
    return _added(now), _added(before) if len(before) == months else None


def _added(months: Sequence[Month]) -> Window | None:
    if not months:
        return None
    return Window(months[0].key, months[-1].key, sum(month.met for month in months), sum(month.of for month in months))

"""The period that a draw is of: a quarter (`2019-Q2`), a month (`2019-04`), or days (`2019-04-01..2019-06-30`)."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

MATURE_AFTER = 90  # days from a report until what is recorded of it counts as final
_QUARTER = re.compile(r"(\d{4})-Q([1-4])", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_DAYS = re.compile(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)")


class PeriodError(ValueError):
    """What was given is no period, or none that can be drawn from. The message says why."""


@dataclass(frozen=True)
class Period:
    """Local days, the first and the last included, and a name that serves as a file name."""

    name: str
    first: date
    last: date

    @property
    def quarter(self) -> date:
        """The first day of the quarter it begins in."""
        return date(self.first.year, 3 * ((self.first.month - 1) // 3) + 1, 1)

    @property
    def matures_on(self) -> date:
        """The first day at whose start every log of the period is old enough to be audited."""
        return self.last + timedelta(days=MATURE_AFTER + 1)


def read_period(text: str) -> Period:
    """The period that a text names. PeriodError where it names none."""
    try:
        if found := _QUARTER.fullmatch(text):
            year, first_month = int(found[1]), 3 * int(found[2]) - 2
            return Period(text.upper(), date(year, first_month, 1), _month_end(year, first_month + 2))
        if found := _MONTH.fullmatch(text):
            year, month = int(found[1]), int(found[2])
            return Period(text, date(year, month, 1), _month_end(year, month))
        if found := _DAYS.fullmatch(text):
            first, last = date.fromisoformat(found[1]), date.fromisoformat(found[2])
            if first > last:
                raise PeriodError(f"{text}: the last day is before the first")
            return Period(f"{first}_{last}", first, last)
    except PeriodError:
        raise
    except ValueError:
        pass
    raise PeriodError(f"{text} is no period: give a quarter (2019-Q2), a month (2019-04) or 2019-04-01..2019-06-30")


def latest_quarter(last_day: date) -> Period:
    """The latest quarter that can be drawn from where the data reaches `last_day`."""
    ripe = last_day - timedelta(days=MATURE_AFTER)
    first = date(ripe.year, 3 * ((ripe.month - 1) // 3) + 1, 1)
    before = first - timedelta(days=1)
    return read_period(f"{before.year:04}-Q{(before.month + 2) // 3}")


def require_covered(period: Period, first_day: date | None, last_day: date) -> None:
    """PeriodError unless the data, from its first day to its last, covers the period whole."""
    if first_day is None or period.first < first_day or period.last > last_day:
        raise PeriodError(
            f"{period.name} is from {period.first} to {period.last}, and the data from {first_day or 'no day'} to "
            f"{last_day}: give a period that the data covers whole"
        )


def require_mature(period: Period, last_day: date) -> None:
    """PeriodError unless every log of the period is old enough where the data reaches `last_day`."""
    if last_day < period.matures_on:
        raise PeriodError(
            f"{period.name} is too young: what is recorded of a log is final after {MATURE_AFTER} days, so it can be "
            f"drawn from once the data reaches {period.matures_on}, and it reaches {last_day}"
        )


def _month_end(year: int, month: int) -> date:
    return (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)

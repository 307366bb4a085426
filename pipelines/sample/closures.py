"""When logs are closed and re-opened, and which closures a supervisor checks. Shares are invented (practice)."""

from dataclasses import dataclass

import numpy as np

from pipelines.sample.arrays import Flags, Floats, Ints, happens, lognormal, pick, stream
from pipelines.sample.calendar import CUT, DAY, HOUR, moment, progress
from pipelines.sample.callers import Callers
from pipelines.sample.incidents import OTHER, Logs
from pipelines.sample.teams import skill, supervisor

AGREED, CHANGED, RETURNED, NOT_COVERED = range(4)
RESULTS = ("agreed", "changed", "returned", "not_covered")


@dataclass(frozen=True)
class Closing:
    """One element a log; moments NaN where it had not happened by the data cut."""

    first_closed: Floats
    closed: Floats
    reopened: Ints


@dataclass(frozen=True)
class Checks:
    """One element a log; positions -1 and moments NaN where the closure was not checked."""

    checked: Floats
    checked_by: Ints
    result: Ints


def draw_closing(seed: int, logs: Logs, arrived: Floats, attended: Floats) -> Closing:
    """Closures of every log, after attendance where there was any."""
    rng = stream(seed, "closures")
    count = len(logs)
    seen = np.fmin(arrived, attended)
    work = np.where(np.isnan(seen), lognormal(rng, 80.0, 1.4, count), lognormal(rng, 105.0, 1.1, count))
    work = np.where(logs.is_duplicate, lognormal(rng, 20.0, 1.2, count), work)
    first = np.where(np.isnan(seen), logs.reported, seen) + np.floor(60.0 * work.clip(1.0, 60.0 * 24 * 60))
    again = happens(rng, np.where(logs.family == OTHER, 0.045, 0.085), count)
    gap = np.floor(lognormal(rng, 30 * HOUR, 1.5, count).clip(600.0, 300 * DAY))
    # A log re-opened shortly before the data cut may stand open again.
    was_reopened = again & (first + 0.5 * gap < CUT)
    reopened = np.where(was_reopened, 1 + pick(rng, (0.86, 0.11, 0.03), count), 0)
    closed = np.where(was_reopened, first + gap, first)
    return Closing(
        first_closed=np.where(first < CUT, first, np.nan),
        closed=np.where(closed < CUT, closed, np.nan),
        reopened=np.where(first < CUT, reopened, 0),
    )


def draw_checks(
    seed: int, logs: Logs, callers: Callers, closing: Closing, recorded: Floats, is_missed: Flags
) -> Checks:
    """Supervisors' checks of the first closure; `recorded` is when the log's first crime was, NaN where none was.

    They are few until the review of November 2018 and cover crime recording better after it.
    """
    rng = stream(seed, "checks")
    count = len(logs)
    review = progress(closing.first_closed, moment(2018, 10), moment(2019, 4))
    in_scope = logs.family != OTHER
    share = np.where(in_scope, 0.18 + 0.54 * review, 0.06 + 0.07 * review)
    share = share + 0.05 * skill(callers.team, logs.reported) * in_scope
    delay = np.floor(lognormal(rng, HOUR * (9.0 - 5.0 * review), 1.1, count))
    checked = closing.first_closed + delay
    after = recorded > closing.first_closed
    found = after & happens(rng, 0.35, count)
    checked = np.where(found, np.minimum(checked, recorded - 60.0).clip(min=closing.first_closed + 1.0), checked)
    is_checked = happens(rng, share, count) & (checked < CUT) & ~(logs.is_duplicate & happens(rng, 0.7, count))
    covered = ~happens(rng, 0.5 - 0.38 * review, count)
    returned = happens(rng, np.where(found, 0.3, np.where(is_missed, 0.12, 0.03)), count)
    unchanged = np.where(found, CHANGED, np.where(covered, AGREED, NOT_COVERED))
    result = np.where(returned & (found | covered), RETURNED, unchanged)
    return Checks(
        checked=np.where(is_checked, checked, np.nan),
        checked_by=np.where(is_checked, supervisor(rng, callers.team), -1),
        result=np.where(is_checked, result, -1),
    )


def put_right(seed: int, closing: Closing, checks: Checks) -> Closing:
    """Closures after the checks: most logs that a check returned are re-opened and closed again, more so later on."""
    rng = stream(seed, "put right")
    count = len(closing.closed)
    taken_up = 0.5 + 0.35 * progress(checks.checked, moment(2018, 12), moment(2019, 7))
    again = (checks.result == RETURNED) & happens(rng, np.nan_to_num(taken_up), count)
    closed = np.fmax(closing.closed, checks.checked) + np.floor(lognormal(rng, 14 * HOUR, 1.2, count))
    return Closing(
        first_closed=closing.first_closed,
        closed=np.where(again, np.where(closed < CUT, closed, np.nan), closing.closed),
        reopened=closing.reopened + again,
    )

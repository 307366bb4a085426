"""How each log is graded and answered.

Attendance is heavy-tailed: within 15 minutes for 80.3% of emergencies, within the hour for 54.1% of Priority
(inspection 2023-25), with means of the order of 12 min, 3 h 19 min and 17 h 30 min (Cleveland, FOI 679-24). The rest
is invented.
"""

from dataclasses import dataclass

import numpy as np

from pipelines.sample.arrays import Flags, Floats, Ints, happens, pick, pick_by_row, stream
from pipelines.sample.calendar import CUT, moment, progress
from pipelines.sample.callers import Callers
from pipelines.sample.catalogue import named_profile
from pipelines.sample.incidents import Logs
from pipelines.sample.teams import skill

GRADES = ("emergency", "priority", "standard", "appointment", "no_deployment")
EMERGENCY, PRIORITY, STANDARD, APPOINTMENT, NO_DEPLOYMENT = range(5)

GRADE_SHARES = {
    "urgent": (0.45, 0.38, 0.1, 0.01, 0.06),
    "violent": (0.2, 0.42, 0.2, 0.06, 0.12),
    "serious": (0.15, 0.5, 0.25, 0.08, 0.02),
    "standard": (0.05, 0.3, 0.38, 0.1, 0.17),
    "diary": (0.03, 0.16, 0.3, 0.31, 0.2),
    "phone": (0.01, 0.1, 0.24, 0.16, 0.49),
}

MEDIAN_MINUTES = np.array([5.5, 50.6, 394.0, 0.0, 300.0])
SIGMA = np.array([1.2, 1.65, 1.4, 0.0, 1.2])
"""Lognormal attendance by grade, fitted to the figures in the module's docstring."""

NOT_ATTENDED = np.array([0.02, 0.06, 0.2, 1.0, 0.95])
"""Share resolved without an officer, by grade; appointments are attended by the diary."""

REGRADE_REASONS = ("new_information", "supervisor_review", "caller_request", "resources", "thrive_reassessed")


@dataclass(frozen=True)
class Response:
    """One element a log; moments NaN where there was none."""

    initial_grade: Ints
    final_grade: Ints
    thrive: Flags
    regrade_reason: Ints
    dispatched: Floats
    arrived: Floats


def draw_grades(rng: np.random.Generator, logs: Logs, callers: Callers) -> Ints:
    """Grade given first. Domestic abuse and vulnerable callers are put in the diary less often after the inspection."""
    by_profile = named_profile("grading", tuple(GRADE_SHARES))
    grade = pick_by_row(rng, np.array(list(GRADE_SHARES.values())), by_profile[logs.category])
    careful = 0.35 + 0.5 * progress(logs.reported, moment(2018, 10), moment(2019, 5))
    at_risk = (callers.is_abuse | callers.is_vulnerable) & (grade >= APPOINTMENT)
    raised = at_risk & happens(rng, careful, len(logs))
    return np.where(raised, np.where(happens(rng, 0.6, len(logs)), PRIORITY, STANDARD), grade)


def regrade(rng: np.random.Generator, first: Ints, at: Floats) -> Ints:
    """Grade held last: a few logs are moved one grade down, fewer one grade up."""
    down = 0.075 - 0.02 * progress(at, moment(2018, 9), moment(2019, 3))
    step = np.where(happens(rng, down, len(at)), 1, np.where(happens(rng, 0.035, len(at)), -1, 0))
    return (first + step).clip(EMERGENCY, NO_DEPLOYMENT)


def draw_response(seed: int, logs: Logs, callers: Callers) -> Response:
    """Grading and attendance of every log; the diary's attendance is added later."""
    rng = stream(seed, "response")
    count, at = len(logs), logs.reported
    initial = draw_grades(rng, logs, callers)
    final = regrade(rng, initial, at)
    told_why = happens(rng, 0.55 + 0.28 * progress(at, moment(2018, 9), moment(2019, 2)), count)
    reason = np.where((initial != final) & told_why, pick(rng, (5, 2, 2, 3, 2), count), -1)
    thrive = 0.44 + 0.4 * progress(at, moment(2018, 8, 20), moment(2018, 12)) + 0.06 * skill(callers.team, at)
    thrive = thrive - 0.12 * (final == NO_DEPLOYMENT)

    load = 1.0 + 0.12 * progress(at, moment(2018, 1), moment(2019, 10))
    minutes = MEDIAN_MINUTES[final] * load * np.exp(SIGMA[final] * rng.standard_normal(count))
    wait = np.floor(60.0 * minutes.clip(1.0, 60.0 * 24 * 40))
    attended = ~happens(rng, NOT_ATTENDED[final], count) & ~logs.is_duplicate
    arrived = np.where(attended, at + wait, np.nan)
    dispatched = np.where(attended, at + np.floor(wait * rng.beta(2.2, 2.0, count)), np.nan)
    arrived[happens(rng, 0.015, count)] = np.nan  # arrival never pressed
    dispatched[happens(rng, 0.01, count)] = np.nan
    arrived[arrived >= CUT] = np.nan
    dispatched[dispatched >= CUT] = np.nan
    return Response(initial, final, happens(rng, thrive, count), reason, dispatched, arrived)

"""Which crimes are recorded, and why one is not: the true rate, shared out unevenly.

Each required crime has a score (log-odds) from its team, class and circumstances. Within each month, and for violence and
the rest apart, the scores are moved together until the mean chance is the month's rate. Within each half year the number
recorded is held to the sum of its chances, so that a small sample has the true rate too; which crimes they are is chance.
"""

import numpy as np

from pipelines.sample.arrays import Flags, Floats, Ints, happens, stream
from pipelines.sample.calendar import MONTHS
from pipelines.sample.callers import CHANNEL, Callers
from pipelines.sample.catalogue import (
    CATEGORY_OF_CLASS,
    GROUP_OF_CLASS,
    IS_VIOLENCE,
    category,
    class_position,
    positions,
)
from pipelines.sample.incidents import Logs, Required
from pipelines.sample.rate import HIDDEN_SHARE, true_rate
from pipelines.sample.response import APPOINTMENT, Response
from pipelines.sample.teams import skill

REASONS = (
    "several_crimes_in_log",
    "online_report_not_triaged",
    "third_party_professional",
    "coercive_control_stalking",
    "rules_not_understood",
    "waiting_for_interview",
    "account_not_believed",
    "first_account_not_written",
    "closure_not_supervised",
    "not_recorded_yet",
)
"""Why a required crime is not recorded (inspection reports); the last: it was, or will be, after the data cut."""

NOT_YET = REASONS.index("not_recorded_yet")
HALF_YEAR = 6


def score(logs: Logs, callers: Callers, response: Response, required: Required) -> Floats:
    """Log-odds that each required crime is recorded, up to a constant."""
    log, offence = required.log, required.offence
    kind = CATEGORY_OF_CLASS[offence]
    abuse = callers.is_abuse[log]
    contact = np.isin(kind, positions("harassment", "malicious_communications"))
    points = skill(callers.team[log], logs.reported[log])
    points += skill(np.where(np.isnan(response.arrived[log]), -1, callers.attending_team[log]), logs.reported[log])
    points -= 1.1 * (required.n > 0)
    points -= 0.35 * contact + 0.75 * (contact & abuse)
    points -= 0.7 * (kind == category("stalking_controlling"))
    points -= 0.15 * (offence == class_position("105A"))
    points -= 0.6 * (kind == category("public_order"))
    points -= 0.45 * (callers.channel[log] == CHANNEL["online"])
    points -= 0.6 * (callers.channel[log] == CHANNEL["third_party"])
    points -= 0.2 * (response.final_grade[log] >= APPOINTMENT)
    in_plain_sight = positions("shoplifting", "burglary_dwelling", "burglary_other", "vehicle_theft", "robbery")
    points += 0.7 * np.isin(kind, in_plain_sight)
    points += 3.0 * (kind == category("homicide"))
    return points


def calibrate(points: Floats, cell: Ints, target: Floats) -> Floats:
    """Chances from log-odds, moved by one amount a cell so that the mean chance of each cell is its target."""
    low, high = np.full(len(target), -40.0), np.full(len(target), 40.0)
    size = np.maximum(np.bincount(cell, minlength=len(target)), 1)
    for _ in range(40):
        middle = (low + high) / 2
        mean = np.bincount(cell, 1.0 / (1.0 + np.exp(-(points + middle[cell]))), minlength=len(target)) / size
        low, high = np.where(mean < target, middle, low), np.where(mean < target, high, middle)
    return 1.0 / (1.0 + np.exp(-(points + high[cell])))


def hold_to_sum(rng: np.random.Generator, chance: Floats, cell: Ints) -> Flags:
    """A yes or no for each chance, so that each cell has as many as its chances sum to, give or take one."""
    order = np.lexsort((rng.random(len(chance)), cell))
    reached = np.cumsum(chance[order])
    first = np.concatenate([[True], np.diff(cell[order]) != 0]) if len(order) else np.zeros(0, dtype=bool)
    start = np.where(first, reached - chance[order], -np.inf)
    reached = reached - np.maximum.accumulate(start) + rng.random(int(cell.max(initial=0)) + 1)[cell[order]]
    before = reached - chance[order]
    yes = np.empty(len(chance), dtype=bool)
    # Rounding keeps sums of thousands of chances of exactly 0 or 1 from drifting across a whole number.
    yes[order] = np.floor(np.round(reached, 9)) > np.floor(np.round(before, 9))
    return yes


def draw_recorded(
    seed: int, rate: float | None, logs: Logs, callers: Callers, response: Response, required: Required
) -> Flags:
    """Whether each required crime is recorded, one element a required crime."""
    rng = stream(seed, "recording")
    months = len(MONTHS)
    month = logs.month[required.log]
    given = true_rate(rate)
    points = score(logs, callers, response, required)
    plain = ~required.is_hidden
    group = (
        IS_VIOLENCE[required.offence] & plain if given.violence is not None else np.zeros(len(month), dtype=bool)
    ).astype(np.int64)
    group = np.where(required.is_hidden, 2, group)

    half = month // HALF_YEAR
    target = np.concatenate([given.overall, given.overall, given.overall * HIDDEN_SHARE])
    if given.violence is not None:
        halves = months // HALF_YEAR
        violent = np.bincount(half[plain], group[plain], minlength=halves)
        share = (violent / np.maximum(np.bincount(half[plain], minlength=halves), 1))[np.arange(months) // HALF_YEAR]
        target[:months] = (given.overall - share * given.violence) / np.maximum(1.0 - share, 1e-9)
        target[months : 2 * months] = given.violence
    chance = calibrate(points, group * months + month, target.clip(0.0, 1.0))
    if rate in (0.0, 1.0):
        chance = np.where(plain, rate, chance)
    return hold_to_sum(rng, chance, group * (months // HALF_YEAR) + half)


def draw_reasons(
    seed: int, is_missed: Flags, logs: Logs, callers: Callers, response: Response, required: Required
) -> Ints:
    """Why each missed crime was missed (an index of REASONS), -1 where it was recorded. First match of a series of chances."""
    rng = stream(seed, "reasons")
    log, count = required.log, len(required.log)
    kind = CATEGORY_OF_CLASS[required.offence]
    sexual = np.array([group == "Sexual offences" for group in GROUP_OF_CLASS])[required.offence]
    focus = np.isin(kind, positions("harassment", "malicious_communications", "public_order"))
    at_risk = callers.is_abuse[log] | callers.is_vulnerable[log]
    waits = sexual | (response.final_grade[log] == APPOINTMENT)
    tries = (
        ("several_crimes_in_log", 0.75 * (required.n > 0)),
        ("online_report_not_triaged", 0.5 * (callers.channel[log] == CHANNEL["online"])),
        ("third_party_professional", 0.55 * (callers.channel[log] == CHANNEL["third_party"])),
        ("coercive_control_stalking", 0.65 * (kind == category("stalking_controlling"))),
        ("rules_not_understood", 0.12 + 0.4 * focus),
        ("waiting_for_interview", 0.07 + 0.3 * waits),
        ("account_not_believed", 0.12 + 0.2 * at_risk),
        ("first_account_not_written", np.full(count, 0.2)),
        ("closure_not_supervised", np.ones(count)),
    )
    reason = np.full(count, -1, dtype=np.int64)
    for name, chance in tries:
        hit = (reason < 0) & happens(rng, chance, count)
        reason[hit] = REASONS.index(name)
    return np.where(is_missed, reason, -1)

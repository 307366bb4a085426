"""Which crimes are recorded, and why one is not: the true rate, shared out unevenly.

Each required crime has a score (log-odds) from its team, class and circumstances. Within each month, and for violence
and the rest apart, the scores are moved together until the mean chance is the month's rate. Within each half year the
number recorded is held to the sum of its chances, so that a small sample has the true rate too; which crimes they are
is chance.
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
from pipelines.sample.incidents import Logs
from pipelines.sample.rate import HIDDEN_SHARE, TrueRate, true_rate
from pipelines.sample.required import Required
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
"""Months over which the number recorded is held to its chances; the first are the audited period."""

REST, VIOLENCE, HIDDEN = range(3)


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
    """A yes or no for each chance, so that each cell, and cells in a row together, have as many as their chances sum
    to, give or take one; which of a cell's they are is left to chance."""
    order = np.lexsort((rng.random(len(chance)), cell))
    # A yes wherever the running sum passes a whole number; rounding keeps sums of chances of 0 and 1 on it.
    reached = np.round(np.concatenate([[0.0], np.cumsum(chance[order])]) + rng.random(), 7)
    yes = np.empty(len(chance), dtype=bool)
    yes[order] = np.diff(np.floor(reached)) > 0
    return yes


def monthly_targets(given: TrueRate, month: Ints, group: Ints) -> Floats:
    """Share to record by group (rest, violence, hidden) and, within it, month. What the rest needs so that the whole
    comes to its rate depends on how much of the crime is violence; that is taken by the half year."""
    whole = np.arange(len(MONTHS)) // HALF_YEAR
    rest = violence = given.overall
    if given.violence is not None:
        plain = group != HIDDEN
        counts = np.bincount(month[plain] // HALF_YEAR, minlength=whole[-1] + 1)
        violent = np.bincount(month[group == VIOLENCE] // HALF_YEAR, minlength=whole[-1] + 1)
        share = (violent / np.maximum(counts, 1))[whole].clip(max=0.99)
        violence = given.violence
        rest = ((given.overall - share * violence) / (1.0 - share)).clip(0.0, 1.0)
    return np.concatenate([rest, violence, given.overall * HIDDEN_SHARE])


def draw_recorded(
    seed: int, rate: float | None, logs: Logs, callers: Callers, response: Response, required: Required
) -> Flags:
    """Whether each required crime is recorded, one element a required crime; with a fixed rate where one is given."""
    rng = stream(seed, "recording")
    month = logs.month[required.log]
    given = true_rate(rate)
    violence = IS_VIOLENCE[required.offence] & (given.violence is not None)
    group = np.where(required.is_hidden, HIDDEN, np.where(violence, VIOLENCE, REST))
    target = monthly_targets(given, month, group)
    chance = calibrate(score(logs, callers, response, required), group * len(MONTHS) + month, target)
    certain = target[group * len(MONTHS) + month]
    chance = np.where((certain == 0.0) | (certain == 1.0), certain, chance)  # log-odds only come near to these
    return hold_to_sum(rng, chance, group * len(MONTHS) + month // HALF_YEAR)


def draw_reasons(seed: int, is_missed: Flags, callers: Callers, response: Response, required: Required) -> Ints:
    """Why each missed crime was missed (an index of REASONS), -1 where it was recorded. First match of a series of
    chances."""
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
        hit = (reason < 0) & happens(rng, np.asarray(chance, dtype=np.float64), count)
        reason[hit] = REASONS.index(name)
    return np.where(is_missed, reason, -1)

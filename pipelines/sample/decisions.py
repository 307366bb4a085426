"""What becomes of a crime once recorded: cancelled, transferred, reclassified, recorded late with a reason, flagged.

Shares are invented (practice); codes and authorities follow the Crime Recording Rules (CRR p25).
"""

from dataclasses import dataclass

import numpy as np

from pipelines.sample.arrays import Flags, Floats, Ints, happens, lognormal, pick, pick_by_row, stream
from pipelines.sample.calendar import CUT, DAY, moment, progress
from pipelines.sample.catalogue import CATEGORY_OF_CLASS, N100, category, class_position
from pipelines.sample.crimes import NO_LOG_CRIME, REQUIRED, SURPLUS, Crimes

CODES = ("C1", "C2", "C3", "C4", "C5")
C1, C2, C3, C4, C5 = range(5)
ROLES = ("investigator", "supervisor", "decision_maker", "registrar")
REGISTRAR = 3
LATE_REASONS = ("victim_unavailable", "awaiting_account", "workload", "system_outage", "found_at_check")
FORCES = ("Durham Constabulary", "North Yorkshire Police", "British Transport Police", "Northumbria Police")

FIRST_CLASSES = {
    "8N": (("105A", 0.02), ("5D", 0.012)),
    "105A": (("8N", 0.02), ("8L", 0.006)),
    "8R": (("8L", 0.03),),
    "8L": (("8R", 0.02), ("8Q", 0.01)),
    "8Q": (("8L", 0.2),),
    "5D": (("8N", 0.12),),
    "28E": (("28F", 0.012), ("40", 0.006)),
    "28F": (("28E", 0.03), ("58A", 0.02)),
    "49": (("39", 0.008), ("34B", 0.004)),
    "39": (("34B", 0.03),),
    "34B": (("39", 0.02), ("49", 0.02)),
    "58A": (("28F", 0.008),),
    "9A": (("105A", 0.012),),
    "20A": (("19C", 0.02),),
    "19C": (("20A", 0.02), ("N100", 0.11)),
    "19D": (("N100", 0.1),),
    "19E": (("N100", 0.08),),
    "19F": (("N100", 0.1),),
    "N100": (("19C", 0.035),),
}
"""By class as it stands now: the classes it was first recorded as, with their share of its crimes."""


@dataclass(frozen=True)
class Decisions:
    """One element a crime; positions -1 and moments NaN where there was no such decision by the data cut."""

    first_offence: Ints
    reclassified: Floats
    reclassified_by: Ints
    cancelled: Floats
    cancellation: Ints
    cancelled_by: Ints
    informed: Floats
    survivor: Ints
    transferred_to: Ints
    has_reference: Flags
    late_reason: Ints
    late_approved_by: Ints
    is_flagged: Flags


def draw_first_class(rng: np.random.Generator, offence: Ints) -> Ints:
    """Class at first recording."""
    first = offence.copy()
    draw = rng.random(len(offence))
    for now, froms in FIRST_CLASSES.items():
        rows = np.flatnonzero(offence == class_position(now))
        edge = 0.0
        for then, share in froms:
            hit = (draw[rows] >= edge) & (draw[rows] < edge + share)
            first[rows[hit]] = class_position(then)
            edge += share
    return first


def draw_cancellations(rng: np.random.Generator, crimes: Crimes) -> Ints:
    """Cancellation code of each crime, -1 for most. What was recorded without need goes as C3 or C4."""
    count = len(crimes)
    assault = np.isin(crimes.offence, [class_position("8N"), class_position("105A")])
    code = pick_by_row(
        rng, np.array([[0.24, 0.7, 0.0, 0.0, 0.0], [0.22, 0.62, 0.0, 0.0, 0.16]]), assault.astype(np.int64)
    )
    right = np.isin(crimes.origin, [REQUIRED, NO_LOG_CRIME]) & happens(rng, 0.016, count)
    needless = (crimes.origin == SURPLUS) & happens(rng, 0.88, count)
    return np.where(right, code, np.where(needless, np.where(happens(rng, 0.62, count), C3, C4), -1))


def draw_authority(rng: np.random.Generator, crimes: Crimes, code: Ints, at: Floats) -> Ints:
    """Who cancelled: more often the right person after the inspection; C2 of rape and homicide mostly the registrar."""
    reform = progress(at, moment(2018, 12), moment(2019, 6))
    step = np.round(np.nan_to_num(reform) * 4).astype(np.int64)
    before, after = np.array([0.22, 0.34, 0.42, 0.02]), np.array([0.05, 0.13, 0.79, 0.03])
    role = pick_by_row(rng, np.array([before + (after - before) * n / 4 for n in range(5)]), step)
    grave = np.isin(CATEGORY_OF_CLASS[crimes.offence], [category("rape"), category("homicide")])
    registrar = grave & happens(rng, 0.72 + 0.2 * np.nan_to_num(reform), len(crimes))
    return np.where(code < 0, -1, np.where(registrar, REGISTRAR, role))


def survivors(crimes: Crimes, code: Ints) -> Ints:
    """For each crime cancelled as C3: another crime of its log that stands, else the crime recorded before it."""
    stands = code < 0
    wanted = np.flatnonzero(code == C3)
    order = np.flatnonzero(stands & np.isin(crimes.log, crimes.log[wanted]) & (crimes.log >= 0))
    by_log = dict(zip(crimes.log[order][::-1].tolist(), order[::-1].tolist(), strict=True))
    before = np.where(wanted > 0, wanted - 1, min(1, len(crimes) - 1))
    survivor = np.full(len(crimes), -1, dtype=np.int64)
    survivor[wanted] = [
        by_log.get(log, other) for log, other in zip(crimes.log[wanted].tolist(), before.tolist(), strict=True)
    ]
    return survivor


def draw_decisions(seed: int, crimes: Crimes) -> Decisions:
    """All decisions on all crimes, as known at the data cut."""
    rng = stream(seed, "decisions")
    count = len(crimes)
    first = draw_first_class(rng, crimes.offence)
    changed = first != crimes.offence
    gap = np.floor(DAY * lognormal(rng, 9.0, 1.1, count)) + 600.0
    # A change that would fall after the cut is brought forward: the class that stands is the one delivered.
    reclassified = np.where(
        changed, np.minimum(crimes.recorded + gap, CUT - 60.0).clip(min=crimes.recorded + 1.0), np.nan
    )
    lower = np.where(changed, pick(rng, (0.12, 0.33, 0.5, 0.05), count), -1)

    code = draw_cancellations(rng, crimes)
    cancelled = crimes.recorded + np.floor(DAY * lognormal(rng, 11.0, 1.2, count)) + 1800.0
    code = np.where(cancelled < CUT, code, -1)
    cancelled = np.where(code >= 0, cancelled, np.nan)
    reform = np.nan_to_num(progress(cancelled, moment(2018, 10), moment(2019, 7)))
    told = (code >= 0) & happens(rng, np.where((code == C3) | (code == C4), 0.4, 0.62 + 0.26 * reform), count)
    ahead = np.where(happens(rng, 0.86, count), -1.0, 1.0) * np.floor(DAY * rng.exponential(1.5, count) + 900.0)
    informed = np.where(told, np.fmax(cancelled + ahead, crimes.recorded + 60.0), np.nan)
    informed[informed >= CUT] = np.nan

    late = crimes.recorded - crimes.reported > DAY
    given = 0.38 + 0.34 * progress(crimes.recorded, moment(2018, 10), moment(2019, 3))
    reason = np.where(late & happens(rng, given, count), pick(rng, (4, 4, 3, 0.5, 2), count), -1)
    approved = (reason >= 0) & happens(rng, given + 0.1, count)
    return Decisions(
        first_offence=first,
        reclassified=reclassified,
        reclassified_by=np.where((crimes.offence == N100) & changed & happens(rng, 0.75, count), REGISTRAR, lower),
        cancelled=cancelled,
        cancellation=code,
        cancelled_by=draw_authority(rng, crimes, code, cancelled),
        informed=informed,
        survivor=survivors(crimes, code),
        transferred_to=np.where(code == C1, pick(rng, (4, 4, 2, 1), count), -1),
        has_reference=happens(rng, 0.74 + 0.15 * reform, count),
        late_reason=reason,
        late_approved_by=np.where(approved, pick(rng, (0.1, 0.62, 0.1, 0.18), count), -1),
        is_flagged=np.where(crimes.is_abuse, happens(rng, 0.93, count), happens(rng, 0.004, count)),
    )

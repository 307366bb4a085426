"""What a log that led to no crime says of it: the reason, who was told, who has it, which earlier crime it belongs
to."""

from dataclasses import dataclass

import numpy as np

from pipelines.sample.arrays import Flags, Floats, Ints, happens, lognormal, pick, stream
from pipelines.sample.calendar import CUT, DAY, HOUR, moment, progress
from pipelines.sample.catalogue import CATEGORY_OF_CLASS, category
from pipelines.sample.closures import Closing
from pipelines.sample.crimes import Crimes
from pipelines.sample.incidents import CRIME, NO_CRIME, Logs

REASONS = (
    "third_party_unconfirmed",
    "victim_untraced",
    "victim_not_confirming",
    "school_protocol",
    "contrary_evidence",
    "not_a_crime",
    "other",
    "other_force",
)
NOT_A_CRIME, OTHER_FORCE = REASONS.index("not_a_crime"), REASONS.index("other_force")
ACCEPTED = (2.0, 2.5, 3.0, 0.8, 1.7)
"""Weights of the accepted reasons, first of REASONS."""

BODIES = ("Durham Constabulary", "North Yorkshire Police", "British Transport Police", "Action Fraud")
EXISTING, NOT_OURS, EXPLAINED, SAID_NOT_A_CRIME, SILENT = range(5)
NO_CRIME_SHARES = (0.18, 0.07, 0.36, 0.18, 0.21)
"""Of logs that need no crime: belongs to an earlier crime, to another force, has an accepted reason, is said to be no
crime, says nothing."""


@dataclass(frozen=True)
class Outcomes:
    """One element a log; positions -1 and moments NaN where there is nothing. `existing` is the position of the earlier
    crime a log belongs to."""

    reason: Ints
    told: Floats
    transferred_to: Ints
    has_reference: Flags
    existing: Ints


def earlier_crimes(rng: np.random.Generator, logs: Logs, wanted: Ints, crimes: Crimes) -> Ints:
    """For each wanted log a crime of its category recorded some days or weeks before it was reported, -1 where none
    was."""
    found = np.full(len(wanted), -1, dtype=np.int64)
    kind = CATEGORY_OF_CLASS[crimes.offence]
    before = logs.reported[wanted] - HOUR - DAY * rng.exponential(16.0, len(wanted))
    for code in np.unique(logs.category[wanted]):
        rows = np.flatnonzero(logs.category[wanted] == code)
        of_kind = np.flatnonzero(kind == code)  # in order of recording
        place = np.searchsorted(crimes.recorded[of_kind], before[rows]) - 1
        found[rows[place >= 0]] = of_kind[place[place >= 0]]
    return found


def draw_outcomes(
    seed: int, logs: Logs, closing: Closing, crimes: Crimes, has_record: Flags, is_missed: Flags
) -> Outcomes:
    """Outcomes of every log. `has_record`: it led to a record of its own; `is_missed`: to none of those it should
    have."""
    rng = stream(seed, "outcomes")
    count = len(logs)
    none = (logs.family == NO_CRIME) & ~logs.is_duplicate & ~has_record
    what = np.where(none, pick(rng, NO_CRIME_SHARES, count), -1)
    existing = np.full(count, -1, dtype=np.int64)
    follow_up = np.flatnonzero(what == EXISTING)
    existing[follow_up] = earlier_crimes(rng, logs, follow_up, crimes)

    accepted = pick(rng, ACCEPTED, count)
    reason = np.where(what == EXPLAINED, accepted, np.where(what == SAID_NOT_A_CRIME, NOT_A_CRIME, -1))
    reason = np.where((what == NOT_OURS) & happens(rng, 0.6, count), OTHER_FORCE, reason)
    excuse = rng.random(count)
    wrongly = (logs.family == CRIME) & is_missed
    reason = np.where(wrongly & (excuse < 0.17), accepted, reason)
    reason = np.where(wrongly & (excuse >= 0.17) & (excuse < 0.3), NOT_A_CRIME, reason)
    reason = np.where(wrongly & (excuse >= 0.3) & (excuse < 0.33), REASONS.index("other"), reason)
    reason[np.isnan(closing.first_closed)] = -1

    no_record = (what >= EXPLAINED) | wrongly
    tells = happens(rng, 0.42 + 0.26 * progress(logs.reported, moment(2019, 1), moment(2019, 9)), count)
    told = np.where(no_record & tells, closing.first_closed + np.floor(lognormal(rng, 7 * HOUR, 1.4, count)), np.nan)
    told[told >= CUT] = np.nan
    fraud = np.where(logs.category == category("other_theft"), 0.5, 0.1)
    body = np.where(happens(rng, fraud, count), BODIES.index("Action Fraud"), pick(rng, (3, 3, 2), count))
    return Outcomes(
        reason=reason,
        told=told,
        transferred_to=np.where(what == NOT_OURS, body, -1),
        has_reference=happens(rng, 0.8, count),
        existing=existing,
    )

"""The category codes a log carries: what it was opened as, closed as, and held besides. Shares are invented (practice).

A log of the families `crime` and `no_crime` holds at least one code that indicates a crime; one of `other` holds none.
"""

from dataclasses import dataclass

import numpy as np

from pipelines.sample.arrays import Flags, Floats, Ints, happens, pick, stream
from pipelines.sample.calendar import moment, progress
from pipelines.sample.callers import Callers
from pipelines.sample.catalogue import CATEGORIES, category, positions
from pipelines.sample.incidents import CRIME, OTHER, Logs

STAND_INS = {
    "homicide": "sudden_death",
    "rape": "concern_for_safety",
    "modern_slavery": "concern_for_safety",
    "other_sexual_offence": "concern_for_safety",
    "violence_with_injury": "collapse_illness",
    "violence_without_injury": "asb_personal",
    "robbery": "suspicious_circumstances",
    "arson": "asb_environmental",
    "stalking_controlling": "concern_for_safety",
    "burglary_dwelling": "suspicious_circumstances",
    "burglary_other": "alarm",
    "weapon_possession": "suspicious_circumstances",
    "harassment": "asb_personal",
    "malicious_communications": "civil_dispute",
    "public_order": "asb_nuisance",
    "drug_offence": "suspicious_circumstances",
    "vehicle_theft": "transport_other",
    "theft_person": "lost_found",
    "criminal_damage": "asb_nuisance",
    "other_theft": "lost_found",
    "shoplifting": "asb_nuisance",
    "bicycle_theft": "lost_found",
    "vehicle_interference": "suspicious_circumstances",
    "other_crime": "other_incident",
}
"""By crime category: the other category such a report is opened or closed as."""

NEIGHBOURS = {
    "violence_with_injury": "violence_without_injury",
    "violence_without_injury": "violence_with_injury",
    "harassment": "malicious_communications",
    "malicious_communications": "harassment",
    "stalking_controlling": "harassment",
    "public_order": "violence_without_injury",
    "robbery": "theft_person",
    "theft_person": "other_theft",
    "burglary_dwelling": "criminal_damage",
    "vehicle_interference": "vehicle_theft",
    "other_sexual_offence": "violence_without_injury",
}
"""By crime category: the crime category it is mistaken for."""

BESIDES = (
    "concern_for_safety",
    "domestic_incident",
    "suspicious_circumstances",
    "civil_dispute",
    "message",
    "asb_nuisance",
)
"""Codes that logs of any kind hold besides (qualifiers)."""

ABUSIVE = ("violence_with_injury", "violence_without_injury", "harassment", "stalking_controlling", "criminal_damage")
"""Crime categories that are opened as a crime of domestic abuse."""


@dataclass(frozen=True)
class Codes:
    """One element a log: positions of category codes, -1 for none. `besides` and `held` make the qualifiers."""

    opening: Ints
    closing: Ints
    besides: Ints
    held: Ints


def translate(pairs: dict[str, str]) -> Ints:
    """A table that gives for every category the one it is mapped to, itself where it is not mapped."""
    return np.array([category(pairs.get(code, code)) for code in CATEGORIES])


def draw_codes(seed: int, logs: Logs, callers: Callers, first_closed: Floats, has_record: Flags) -> Codes:
    """Codes of every log; `has_record` says which led to a record of their own. Logs not closed yet have no closing
    code."""
    rng = stream(seed, "codes")
    count, truly = len(logs), logs.category
    in_scope, copy = logs.family != OTHER, logs.is_duplicate

    # What a log is opened or closed as where its code names no crime.
    vague = np.where(happens(rng, 0.5, count), category("concern_for_safety"), category("other_incident"))
    harmless = np.where(callers.is_abuse, category("domestic_incident"), translate(STAND_INS)[truly])
    stand_in = np.where(in_scope, harmless, vague)

    # Opened as a crime: rises a little after the training of February 2019.
    trained = progress(logs.reported, moment(2019, 1), moment(2019, 5))
    opened_as_crime = happens(rng, np.where(logs.family == CRIME, 0.76 + 0.08 * trained, 0.82), count)
    abusive = callers.is_abuse & np.isin(truly, positions(*ABUSIVE)) & happens(rng, 0.4, count)
    mistaken = np.where(happens(rng, 0.09, count), translate(NEIGHBOURS)[truly], truly)
    named = np.where(abusive, category("domestic_abuse_crime"), mistaken)
    opening = np.where(in_scope, np.where(opened_as_crime, named, stand_in), truly)

    # Closed as a crime: nearly always where there is a record, every other time where one was missed.
    share = np.where(has_record, 0.97, np.where(logs.family == CRIME, 0.5, 0.32))
    closed_as_crime = happens(rng, share, count) & ~np.isnan(first_closed)
    promised = happens(rng, np.where(has_record, 0.06, 0.16), count)
    closing = np.where(closed_as_crime, np.where(promised, category("crime_promised"), truly), stand_in)
    closing = np.where(in_scope, closing, np.where(happens(rng, 0.1, count), stand_in, truly))

    # A crime code neither at opening nor at closing: the log held one in between.
    held = np.where(in_scope & ~copy & ~opened_as_crime & ~closed_as_crime, truly, -1)
    besides = np.where(happens(rng, 0.08, count), positions(*BESIDES)[pick(rng, (3, 2, 2, 1, 1, 2), count)], -1)
    besides[(besides == opening) | (besides == closing)] = -1

    opening[copy] = opening[logs.root[copy]]
    closing[copy] = np.where(happens(rng, 0.94, count)[copy], category("duplicate"), opening[copy])
    closing[np.isnan(first_closed)] = -1
    return Codes(opening, closing, besides, held)


def indicates(codes: Codes, is_crime: Flags) -> Flags:
    """Whether any code a log ever held indicates a crime; `is_crime` says it of each category."""
    known = np.append(is_crime, False)  # position -1
    return known[codes.opening] | known[codes.closing] | known[codes.besides] | known[codes.held]

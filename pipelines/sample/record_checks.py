"""Audited decisions on records, a sample a year: cancellations by code, reclassifications, reports of rape kept as
N100. Shares are invented (practice)."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from pipelines.sample.arrays import Flags, Floats, Ints, decode, happens, stream
from pipelines.sample.calendar import MONTHS, moment, month_of, progress
from pipelines.sample.catalogue import CATEGORY_OF_CLASS, N100, category
from pipelines.sample.crimes import Crimes
from pipelines.sample.decisions import Decisions
from pipelines.sample.markers import MARKERS, REGISTRAR
from pipelines.sample.required import Required

CANCELLATION, RECLASSIFICATION, RAPE_INCIDENT = range(3)
KINDS = ("cancellation", "reclassification", "n100")

DRAWN, PICKED = 30, 4
"""Records drawn at random, and picked besides, of each kind (of cancellations: each code) and year; all where few."""

DECIDED_BEFORE = moment(2019, 10)
"""Decisions of the last month have not been audited yet."""

CORRECT = {"C1": 0.93, "C2": 0.76, "C3": 0.9, "C4": 0.84, "C5": 0.78, "reclassification": 0.88, "n100": 0.9}
"""Share of decisions found correct before the inspection; two in five of the faults are gone at the end of the reform,
and what an auditor picked is more often wrong."""

PICKED_LESS = 0.25
SLIPS, CHECKED_TWICE = 0.03, 0.12
"""Share of an auditor's verdicts that the registrar turns, and of checks that the registrar makes as well."""

FAULTS = {
    "C1": "transfer_not_accepted",
    "C2": "information_not_verifiable",
    "C3": "not_a_duplicate",
    "C4": "was_a_crime",
    "C5": "defence_not_established",
    "reclassification": "class_not_borne_out",
    "n100": "should_be_a_crime",
}
GROUPS = tuple(FAULTS)


@dataclass(frozen=True)
class Decided:
    """One element a decision that may be audited: the crime, its kind, its group of GROUPS and when it was made."""

    crime: Ints
    kind: Ints
    group: Ints
    at: Floats


def decided_on(crimes: Crimes, decisions: Decisions) -> Decided:
    """All decisions of the audited years: cancellations, changes of class and reports of rape kept as N100."""
    changed = (decisions.first_offence != crimes.offence) & (decisions.first_offence != N100)
    incident = (crimes.offence == N100) & (decisions.first_offence == N100)
    parts = (
        (decisions.cancellation >= 0, CANCELLATION, decisions.cancelled, decisions.cancellation),
        (changed, RECLASSIFICATION, decisions.reclassified, np.full(len(crimes), GROUPS.index("reclassification"))),
        (incident, RAPE_INCIDENT, crimes.recorded, np.full(len(crimes), GROUPS.index("n100"))),
    )
    rows = [np.flatnonzero(applies & (at < DECIDED_BEFORE)) for applies, _, at, _ in parts]
    return Decided(
        crime=np.concatenate(rows),
        kind=np.repeat([kind for _, kind, _, _ in parts], [len(of) for of in rows]),
        group=np.concatenate([group[of] for of, (_, _, _, group) in zip(rows, parts, strict=True)]),
        at=np.concatenate([at[of] for of, (_, _, at, _) in zip(rows, parts, strict=True)]),
    )


def draw_checked(rng: np.random.Generator, group: Ints, year: Ints) -> tuple[Ints, Flags]:
    """Positions of the decisions audited: of each group and year some at random, then some picked; and which are."""
    order = np.lexsort((rng.random(len(group)), group, year))
    cell = year[order] * len(GROUPS) + group[order]
    is_first = np.diff(cell, prepend=-1) != 0
    rank = np.arange(len(order)) - np.maximum.accumulate(np.where(is_first, np.arange(len(order)), 0))
    taken = rank < DRAWN + PICKED
    return order[taken], rank[taken] >= DRAWN


def kept_from_recording(crimes: Crimes, required: Required) -> Flags:
    """For each crime, whether it stands as N100 though its log should have led to a record of rape."""
    rapes = required.log[CATEGORY_OF_CLASS[required.offence] == category("rape")]
    return (crimes.offence == N100) & np.isin(crimes.log, rapes)


def check_frame(seed: int, refs: pl.Series, crimes: Crimes, decisions: Decisions, required: Required) -> pl.DataFrame:
    """The record_check extract, one row a decision and the auditor who checked it."""
    rng = stream(seed, "record checks")
    decided = decided_on(crimes, decisions)
    years = np.array([first.year for first in MONTHS])[month_of(decided.at)]
    chosen, is_picked = draw_checked(rng, decided.group, years)
    count, crime, group = len(chosen), decided.crime[chosen], decided.group[chosen]

    fault = 1.0 - np.array(list(CORRECT.values()))[group]
    fault = fault * (1.0 - 0.4 * progress(decided.at[chosen], moment(2018, 11), moment(2019, 6)))
    fault = np.where(is_picked, fault + PICKED_LESS, fault)
    is_correct = ~happens(rng, fault, count) & ~kept_from_recording(crimes, required)[crime]

    auditor = rng.integers(0, REGISTRAR, count)
    again = np.flatnonzero(happens(rng, CHECKED_TWICE, count))
    row = np.concatenate([np.arange(count), again])
    said = np.concatenate([is_correct ^ happens(rng, SLIPS, count), is_correct[again]])
    year = pl.Series(years[chosen][row]).cast(pl.String)
    frame = pl.DataFrame(
        {
            "sample_id": pl.select(year + "-checks").to_series(),
            "crime_ref": refs.gather(crime[row]),
            "auditor": decode(np.concatenate([auditor, np.full(len(again), REGISTRAR)]), MARKERS),
            "kind": decode(decided.kind[chosen][row], KINDS),
            "is_correct": said,
            "reason": decode(np.where(said, -1, group[row]), list(FAULTS.values())),
            "is_targeted": is_picked[row],
        }
    )
    return frame.sort("sample_id", "kind", "crime_ref", "auditor")

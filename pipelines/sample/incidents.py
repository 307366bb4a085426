"""The logs themselves: what each is about, when it was reported, what truly lies behind it.

A log is one of three families. `crime`: its codes indicate a crime and at least one should be recorded. `no_crime`:
its codes indicate a crime, and none need be recorded from it. `other`: its codes indicate none, though a crime may
hide in it.
"""

from dataclasses import dataclass

import numpy as np

from pipelines.sample.arrays import Flags, Floats, Ints, stream
from pipelines.sample.calendar import CUT, MONTHS, START
from pipelines.sample.catalogue import (
    CATEGORIES,
    CATEGORY_OF_CLASS,
    IS_VIOLENCE,
    categories,
    profile,
)
from pipelines.sample.levels import CRIMES_PER_LOG, NO_LOG, hidden_share, other_level, recorded_level
from pipelines.sample.rate import HIDDEN_SHARE, inspected_rates
from pipelines.sample.rhythm import draw_moments

CRIME, NO_CRIME, OTHER = range(3)

DUPLICATES = 0.05
"""Share of logs that report an event already logged."""

STANDING = 0.99
"""Crimes that stand to one rightly recorded: some are cancelled, fewer recorded besides (see `crimes`, `decisions`)."""


@dataclass(frozen=True)
class Logs:
    """One element a log, in order of report. `root` is the log of which this one is truly a duplicate, or -1; `lead` is
    the class of the first crime that should be recorded, or -1; `category` is what the log is truly about."""

    reported: Floats
    month: Ints
    family: Ints
    category: Ints
    lead: Ints
    root: Ints

    def __len__(self) -> int:
        return len(self.reported)

    @property
    def is_duplicate(self) -> Flags:
        """Whether each log repeats an earlier one."""
        return self.root >= 0


def kinds() -> tuple[Floats, Ints, Ints, Ints]:
    """Expected first reports by kind (rows) and month at 18,000 logs a month; and each kind's family, category and
    class.

    The crimes that should be recorded are the published level over the true rate; without the crimes that need no log
    and those recorded from logs of other categories.
    """
    overall, violence = inspected_rates()
    level = recorded_level() / STANDING
    hides = profile("hides_crime")
    hidden = (profile("logs_a_month") * hides).sum() * HIDDEN_SHARE * overall[None, :] * hidden_share()[:, None]
    in_logs = np.maximum(level * (1.0 - NO_LOG[:, None]) - hidden, 0.25 * level)
    violent = IS_VIOLENCE[:-1]
    required_violence = in_logs[violent].sum(axis=0) / violence
    required_other = in_logs.sum(axis=0) / overall - required_violence
    rate_other = in_logs[~violent].sum(axis=0) / required_other
    crime = in_logs / np.where(violent[:, None], violence[None, :], rate_other[None, :]) / CRIMES_PER_LOG

    class_category = CATEGORY_OF_CLASS[:-1]
    by_category = np.zeros((len(CATEGORIES), len(MONTHS)))
    np.add.at(by_category, class_category, crime)
    no_crime = by_category * profile("no_crime_ratio")[:, None]
    other = other_level(crime.sum(axis=0) + no_crime.sum(axis=0), DUPLICATES)

    every = np.arange(len(CATEGORIES))
    weights = np.concatenate([crime, no_crime, other])
    family = np.repeat([CRIME, NO_CRIME, OTHER], [len(crime), len(every), len(every)])
    category = np.concatenate([class_category, every, every])
    lead = np.concatenate([np.arange(len(crime)), np.full(2 * len(every), -1)])
    return weights, family, category, lead


def draw_logs(seed: int, count: int) -> Logs:
    """`count` logs over the period, in order of report; as many as asked, whatever the number."""
    rng = stream(seed, "logs")
    copies = min(int(rng.binomial(count, DUPLICATES)), count // 2)
    weights, family, category, lead = kinds()
    cells = rng.multinomial(count - copies, (weights / weights.sum()).ravel())
    kind, month = np.divmod(np.repeat(np.arange(weights.size), cells), len(MONTHS))
    reported = draw_moments(rng, month, category[kind])

    original = copied_events(rng, reported, category[kind], copies)
    delay = np.floor(60.0 * np.exp(np.log(14.0) + 1.3 * rng.standard_normal(copies)))
    later = np.minimum(reported[original] + 1.0 + delay, CUT - 1.0)
    event = np.concatenate([np.arange(count - copies), original])
    reported = np.concatenate([reported, np.maximum(later, START)])
    order = np.argsort(reported, kind="stable")
    event, reported, is_copy = event[order], reported[order], (np.arange(count) >= count - copies)[order]

    position = np.empty(count - copies, dtype=np.int64)
    position[event[~is_copy]] = np.flatnonzero(~is_copy)
    root = np.where(is_copy, position[event], -1)
    kind = kind[event]
    return Logs(
        reported=reported,
        month=month[event],
        family=family[kind],
        category=category[kind],
        lead=np.where(is_copy, -1, lead[kind]),
        root=root,
    )


def copied_events(rng: np.random.Generator, reported: Floats, category: Ints, copies: int) -> Ints:
    """Which events are reported again: what many people see more often than what happens behind a door."""
    seen = categories["channels"].is_in(["urgent", "call"]).to_numpy()[category]
    edges = np.cumsum(np.where(seen, 3.0, 1.0))
    return np.searchsorted(edges, rng.random(copies) * edges[-1], side="right").clip(max=len(reported) - 1)

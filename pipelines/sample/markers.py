"""Who marks the logs drawn for audit, and when: one auditor each, a second one some, the registrar where they disagree.
Shares are invented (practice)."""

from dataclasses import dataclass

import numpy as np

from pipelines.sample.arrays import Flags, Floats, Ints, happens, stream
from pipelines.sample.calendar import DAY, HOUR
from pipelines.sample.draws import Draws

MARKERS = ("A", "B", "registrar")
REGISTRAR = 2
MARKED_TWICE = 0.15

FIRST_WITHIN, SECOND_WITHIN, RULED_WITHIN = 16, 4, 5
"""Days after the draw, after the first marking and after the second within which each is done."""


@dataclass(frozen=True)
class Markings:
    """One element a log and marker: the position of the log in the draws, of the marker in MARKERS, and when."""

    of_draw: Ints
    marker: Ints
    at: Floats

    def __len__(self) -> int:
        return len(self.of_draw)

    @property
    def is_registrar(self) -> Flags:
        """Whether each is the registrar's, which follows the truth."""
        return self.marker == REGISTRAR

    def take(self, index: Ints | Flags) -> "Markings":
        """The markings at those positions."""
        return Markings(self.of_draw[index], self.marker[index], self.at[index])


def office_hours(rng: np.random.Generator, size: int) -> Floats:
    """A time of a day's work, in seconds from midnight."""
    return np.floor(8 * HOUR + 9 * HOUR * rng.random(size))


def draw_markings(seed: int, draws: Draws) -> Markings:
    """The auditors' markings and, after them, those the registrar would make of every log marked twice."""
    rng = stream(seed, "markers")
    count = len(draws)
    marker = rng.integers(0, REGISTRAR, count)
    day = draws.cut + DAY * rng.integers(1, FIRST_WITHIN, count)
    first = Markings(np.arange(count), marker, day + office_hours(rng, count))
    twice = np.flatnonzero(happens(rng, MARKED_TWICE, count))
    day = day[twice] + DAY * rng.integers(1, SECOND_WITHIN, len(twice))
    second = Markings(twice, 1 - marker[twice], day + office_hours(rng, len(twice)))
    day = day + DAY * rng.integers(1, RULED_WITHIN, len(twice))
    ruling = Markings(twice, np.full(len(twice), REGISTRAR), day + office_hours(rng, len(twice)))
    parts = (first, second, ruling)
    return Markings(*(np.concatenate([getattr(part, name) for part in parts]) for name in ("of_draw", "marker", "at")))

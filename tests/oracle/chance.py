"""One source of chance for random rows, and what they are drawn from."""

import random
from datetime import datetime, timedelta
from typing import TypeVar

T = TypeVar("T")

DATA_CUT = datetime(2018, 11, 5, 12)
HALF_DAY = timedelta(hours=12)
STARTS = (  # the rule of 2015, the clocks forward, a target that changes, the clocks back, the data cut
    datetime(2015, 3, 28), datetime(2018, 3, 22), datetime(2018, 5, 29), datetime(2018, 10, 25), datetime(2018, 11, 3),
)  # fmt: skip
CLASSES = ("19C", "19E", "20A", "N100", "N100/01", "1", "4/1", "8N", "105A", "8Q", "28E", "58A", "9A", "ZZZ")
TEAMS = ("T1", "T2", "T3")


class Chance:
    """Cells drawn at random, on a grid of moments that meets every limit."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)

    def start(self) -> datetime:
        """A moment of the grid, now and then a second off it; rarely of another age."""
        if self.draw.random() < 0.02:
            return self.draw.choice(
                (datetime(1998, 6, 30, 23, 30), datetime(1917, 1, 1), datetime(2001, 12, 31, 23, 59))
            )
        moment = self.draw.choice(STARTS) + self.draw.randrange(18) * HALF_DAY
        moment += self.stir()
        return min(moment, DATA_CUT - self.draw.randrange(3) * HALF_DAY)

    def after(self, moment: datetime | None, share: float) -> datetime | None:
        """A moment some half days later, at once, or (a wrong clock) before; none in the rest."""
        if moment is None or self.draw.random() > share:
            return None
        halves = self.draw.choice((-2, -1, 0, 0, 1, 1, 2, 2, 2, 3, 6, 6, 180, 181))
        return moment + halves * HALF_DAY + self.stir()

    def stir(self) -> timedelta:
        """Mostly nothing, else a second or a fraction of one, either way."""
        return timedelta(milliseconds=self.draw.choice((0,) * 12 + (1000, -1000, 400, -400)))

    def either(self, one: datetime | None, other: datetime | None) -> datetime | None:
        """One of two moments."""
        return one if self.draw.random() < 0.5 else other

    def one(self, values: tuple[T, ...], share: float) -> T | None:
        """One of the values in that share of cases; else none."""
        return self.draw.choice(values) if self.draw.random() < share else None

    def flag(self) -> bool | None:
        """True, false, or now and then nothing."""
        return self.one((True, False), 0.9)

    def several(self, values: tuple[str, ...]) -> str | None:
        """None of the values, one or two, with semicolons between."""
        chosen = self.draw.sample(values, self.draw.choice((0, 0, 0, 1, 2)))
        return self.draw.choice((";", "; ")).join(chosen) or None

    def other(self, letter: str, count: int, share: float, own: int | None = None) -> str | None:
        """Another record's key: near one's own, so that chains and circles form; now and then mistyped or unknown."""
        if self.draw.random() > share:
            return None
        number = self.draw.randrange(count + 3)
        if own is not None and self.draw.random() < 0.6:
            number = (own + self.draw.randrange(-2, 3)) % count
        return self.draw.choice(("{0}{1:05}", "{0}{1:05}", "{0}/{1:05}", "{0}-{1:05}")).format(letter, number).lower()

"""The audits' draws: a random sample of logs for each whole quarter that had matured by the data cut, by stratum."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from pipelines.sample.arrays import Floats, Ints, decode, moments, stream
from pipelines.sample.audit_frame import INSPECTED, STRATA
from pipelines.sample.calendar import DATA_CUT, MONTHS, moment, month_of

MATURED = timedelta(days=90)
DRAWN_AFTER = timedelta(days=95)
"""From the end of a quarter to the moment when its sample is drawn, and up to which crimes count as recorded."""

LOGS_DRAWN = (150, 50, 150, 150, 200, 120, 120)
"""Logs wanted from each of STRATA in a quarter."""

LARGEST_SHARE = 0.4
"""Of a stratum with few logs no more than this is drawn..."""

COUNTED_WHOLE = 5
"""... and all of one with so few."""

FIRST_QUARTER = 2
"""Position in MONTHS of the first month of the first whole quarter, July 2017."""


@dataclass(frozen=True)
class Quarter:
    """A quarter that is audited: its name, such as 2019-Q2, its first and last day, and when its sample is drawn."""

    sample_id: str
    first: date
    last: date
    cut: float


def quarters() -> tuple[Quarter, ...]:
    """The whole quarters of the period that had matured by the data cut, in order."""
    found = []
    for start in range(FIRST_QUARTER, len(MONTHS) - 3, 3):
        first, after = MONTHS[start], MONTHS[start + 3]
        if after + MATURED > DATA_CUT.date():
            break
        drawn = after + DRAWN_AFTER
        found.append(
            Quarter(
                f"{first.year}-Q{(first.month + 2) // 3}",
                first,
                after - timedelta(days=1),
                moment(drawn.year, drawn.month, drawn.day),
            )
        )
    return tuple(found)


QUARTERS = quarters()
CUTS = np.array([quarter.cut for quarter in QUARTERS])


@dataclass(frozen=True)
class Draws:
    """One element a log drawn: its position, and those of its quarter and stratum; `population` and `sampled` are
    counts by quarter (rows) and stratum."""

    log: Ints
    quarter: Ints
    stratum: Ints
    population: Ints
    sampled: Ints

    def __len__(self) -> int:
        return len(self.log)

    @property
    def cut(self) -> Floats:
        """For each log drawn, the moment up to which crimes count as recorded."""
        return CUTS[self.quarter]


def wanted(population: Ints) -> Ints:
    """How many logs to draw from strata with so many, one column a stratum of STRATA."""
    some = np.minimum(np.array(LOGS_DRAWN), np.ceil(LARGEST_SHARE * population)).astype(np.int64)
    return np.where(population <= COUNTED_WHOLE, population, some)


def draw_samples(seed: int, reported: Floats, stratum: Ints) -> Draws:
    """A sample of every quarter: of each stratum, so many logs uniformly at random without replacement."""
    rng = stream(seed, "draws")
    quarter = (month_of(reported) - FIRST_QUARTER) // 3
    cell = np.where((quarter >= 0) & (quarter < len(QUARTERS)) & (stratum >= 0), quarter * len(STRATA) + stratum, -1)
    framed = np.flatnonzero(cell >= 0)
    members = framed[np.argsort(cell[framed], kind="stable")]
    population = np.bincount(cell[framed], minlength=len(QUARTERS) * len(STRATA)).reshape(len(QUARTERS), len(STRATA))
    sampled = wanted(population)
    ends = np.cumsum(population)
    chosen = [
        np.sort(rng.choice(members[end - size : end], count, replace=False))
        for end, size, count in zip(ends, population.ravel(), sampled.ravel(), strict=True)
    ]
    log = np.concatenate(chosen)
    return Draws(log, cell[log] // len(STRATA), cell[log] % len(STRATA), population, sampled)


def stratum_frame(draws: Draws) -> pl.DataFrame:
    """The audit_stratum extract: every stratum of every draw, without those in which there was no log at all."""
    quarter, stratum = np.nonzero(draws.population)
    return pl.DataFrame(
        {
            "sample_id": decode(quarter, [of.sample_id for of in QUARTERS]),
            "stratum": decode(stratum, STRATA),
            "may_hide": stratum >= INSPECTED,
            "population": pl.Series(draws.population[quarter, stratum], dtype=pl.Int32),
            "sampled": pl.Series(draws.sampled[quarter, stratum], dtype=pl.Int32),
            "period_from": pl.Series([QUARTERS[at].first for at in quarter], dtype=pl.Date),
            "period_to": pl.Series([QUARTERS[at].last for at in quarter], dtype=pl.Date),
            "cut_at": moments(CUTS[quarter]),
            # Drawn by no run of the tool, and by no seed that it could repeat.
            "run": pl.Series([None] * len(quarter), dtype=pl.String),
            "seed": pl.Series([None] * len(quarter), dtype=pl.Int32),
        }
    )


def drawn_frame(draws: Draws, incident_ids: pl.Series) -> pl.DataFrame:
    """The audit_log extract, one row a log drawn."""
    return pl.DataFrame(
        {
            "sample_id": decode(draws.quarter, [of.sample_id for of in QUARTERS]),
            "incident_id": incident_ids.gather(draws.log),
            "stratum": decode(draws.stratum, STRATA),
        }
    )


def within(draws: Draws, required_log: Ints) -> tuple[Ints, Ints]:
    """The crimes that should have been recorded from the logs drawn: position of the draw and of the crime, in order of
    both. `required_log` is the log of each crime, in order."""
    first = np.searchsorted(required_log, draws.log, side="left")
    count = np.searchsorted(required_log, draws.log, side="right") - first
    of_draw = np.repeat(np.arange(len(draws)), count)
    return of_draw, np.arange(len(of_draw)) - np.repeat(np.cumsum(count) - count, count) + first[of_draw]

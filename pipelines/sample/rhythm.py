"""When things are reported: the local hours of the week, the nights that are unlike others.

The profiles, in `rhythm.csv`, are invented (practice), not measured.
"""

from datetime import date

import numpy as np
import polars as pl

from pipelines.sample.arrays import Floats, Ints
from pipelines.sample.calendar import MONTHS, hours
from pipelines.sample.catalogue import HERE, named_profile

_table = pl.read_csv(HERE / "rhythm.csv")
RHYTHMS: tuple[str, ...] = tuple(_table["rhythm"])
WEEKDAYS = _table.select(pl.nth(range(1, 8))).to_numpy()
HOURLY = _table.select(pl.nth(range(8, 32))).to_numpy()
"""Weights by rhythm (rows): of the days of the week, Monday first, and of the 24 local hours."""

NIGHT_OUT = (1.0, 1.0, 1.0, 1.05, 1.45, 1.7, 1.0)
"""Friday and Saturday from 20 hours to 4 hours the next morning, for the `night` rhythm."""

SPECIAL = {(10, 31): 1.5, (11, 5): 1.9, (12, 31): 1.8}
"""Halloween, Bonfire Night, New Year's Eve: weight of the hours from 17 on, for `night` and `evening`."""


def hour_weights(rhythm: str) -> Floats:
    """Weight of every hour of the period, for a rhythm."""
    grid = hours()
    hour, weekday = grid["hour"].to_numpy(), grid["weekday"].to_numpy()
    row = RHYTHMS.index(rhythm)
    weight = HOURLY[row][hour] * WEEKDAYS[row][weekday]
    if rhythm == "night":
        evening_of = np.where(hour < 4, (weekday - 1) % 7, weekday)
        weight *= np.where((hour >= 20) | (hour < 4), np.array(NIGHT_OUT)[evening_of], 1.0)
    if rhythm in ("night", "evening"):
        for (month, day), factor in SPECIAL.items():
            dates = [date(first.year, month, day) for first in MONTHS if first.month == month]
            weight *= np.where(grid["date"].is_in(dates).to_numpy() & (hour >= 17), factor, 1.0)
    return weight


def draw_moments(rng: np.random.Generator, month: Ints, category: Ints) -> Floats:
    """A moment for each row, to the second, within its local month and by the rhythm of its category."""
    rhythm = named_profile("rhythm", RHYTHMS)[category]
    grid = hours()
    starts, months = grid["starts"].to_numpy(), grid["month"].to_numpy()
    first = np.searchsorted(months, np.arange(len(MONTHS) + 1))
    at = np.empty(len(month))
    point = rng.random(len(month))
    for index, name in enumerate(RHYTHMS):
        chosen = rhythm == index
        edges = np.concatenate([[0.0], np.cumsum(hour_weights(name))])
        low, high = edges[first[month[chosen]]], edges[first[month[chosen] + 1]]
        hour = np.searchsorted(edges, low + point[chosen] * (high - low), side="right") - 1
        at[chosen] = starts[hour.clip(max=len(starts) - 1)]
    return at + np.floor(rng.random(len(month)) * 3600)

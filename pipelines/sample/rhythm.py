"""When things are reported: the local hours of the week, the nights that are unlike others.

The profiles are invented (practice), not measured; each is a weight for the 24 local hours.
"""

from datetime import date

import numpy as np

from pipelines.sample.arrays import Floats, Ints
from pipelines.sample.calendar import MONTHS, hours

HOURLY: dict[str, tuple[float, ...]] = {
    # hour          0    1    2    3    4    5    6    7    8    9   10   11   12   13   14   15   16   17   18   19   20   21   22   23
    "night": (
        4.6,
        4.4,
        4.0,
        3.4,
        1.9,
        1.2,
        1.2,
        1.8,
        2.8,
        3.3,
        3.6,
        3.8,
        4.0,
        4.0,
        4.2,
        4.8,
        4.9,
        5.0,
        5.2,
        5.2,
        5.2,
        5.4,
        5.6,
        5.4,
    ),
    "evening": (
        2.2,
        1.6,
        1.2,
        0.9,
        0.6,
        0.6,
        1.0,
        2.2,
        3.4,
        4.0,
        4.2,
        4.2,
        4.2,
        4.2,
        4.4,
        5.2,
        6.0,
        6.6,
        7.4,
        7.8,
        7.6,
        6.8,
        5.4,
        3.6,
    ),
    "found": (
        1.0,
        0.8,
        0.8,
        0.8,
        1.0,
        2.0,
        4.2,
        7.8,
        9.6,
        8.6,
        7.0,
        5.8,
        5.2,
        4.6,
        4.4,
        4.4,
        5.0,
        5.6,
        5.2,
        4.4,
        3.6,
        2.8,
        2.0,
        1.4,
    ),
    "shop": (
        0.4,
        0.2,
        0.1,
        0.1,
        0.2,
        0.4,
        0.8,
        2.0,
        4.0,
        6.4,
        8.2,
        9.2,
        9.2,
        9.4,
        9.4,
        9.2,
        8.8,
        7.4,
        5.4,
        3.8,
        2.4,
        1.4,
        0.8,
        0.5,
    ),
    "day": (
        1.2,
        0.8,
        0.6,
        0.4,
        0.4,
        0.6,
        1.4,
        3.0,
        5.4,
        7.4,
        7.8,
        7.4,
        7.0,
        6.8,
        6.6,
        6.6,
        6.6,
        6.2,
        5.4,
        4.8,
        4.2,
        3.4,
        2.6,
        1.8,
    ),
    "flat": (
        3.6,
        3.0,
        2.6,
        2.4,
        2.2,
        2.2,
        2.6,
        3.4,
        4.2,
        4.6,
        4.8,
        4.8,
        4.6,
        4.6,
        4.6,
        4.8,
        5.0,
        5.0,
        5.0,
        5.0,
        5.0,
        4.8,
        4.6,
        4.2,
    ),
    "commute": (
        1.0,
        0.7,
        0.6,
        0.5,
        0.7,
        1.4,
        3.4,
        6.8,
        8.2,
        5.6,
        5.0,
        5.0,
        5.4,
        5.4,
        5.8,
        7.2,
        8.4,
        8.6,
        6.4,
        4.4,
        3.4,
        2.8,
        2.2,
        1.4,
    ),
}
RHYTHMS = tuple(HOURLY)

WEEKDAYS: dict[str, tuple[float, ...]] = {
    # day       Mon   Tue   Wed   Thu   Fri   Sat   Sun
    "night": (0.94, 0.9, 0.92, 0.95, 1.04, 1.14, 1.11),
    "evening": (0.96, 0.95, 0.96, 0.98, 1.06, 1.08, 1.01),
    "found": (1.16, 1.03, 1.0, 1.0, 1.0, 0.92, 0.89),
    "shop": (1.0, 1.02, 1.03, 1.04, 1.08, 1.05, 0.78),
    "day": (1.14, 1.09, 1.07, 1.05, 1.02, 0.84, 0.79),
    "flat": (1.0, 0.98, 0.98, 0.99, 1.03, 1.03, 0.99),
    "commute": (1.02, 1.02, 1.03, 1.04, 1.1, 0.95, 0.84),
}

NIGHT_OUT = (1.0, 1.0, 1.0, 1.05, 1.45, 1.7, 1.0)
"""Friday and Saturday from 20 hours to 4 hours the next morning, for the `night` rhythm."""

SPECIAL = {(10, 31): 1.5, (11, 5): 1.9, (12, 31): 1.8}
"""Halloween, Bonfire Night, New Year's Eve: weight of the hours from 17 on, for `night` and `evening`."""


def hour_weights(rhythm: str) -> Floats:
    """Weight of every hour of the period, for a rhythm."""
    grid = hours()
    hour, weekday = grid["hour"].to_numpy(), grid["weekday"].to_numpy()
    weight = np.array(HOURLY[rhythm])[hour] * np.array(WEEKDAYS[rhythm])[weekday]
    if rhythm == "night":
        evening_of = np.where(hour < 4, (weekday - 1) % 7, weekday)
        weight *= np.where((hour >= 20) | (hour < 4), np.array(NIGHT_OUT)[evening_of], 1.0)
    if rhythm in ("night", "evening"):
        for (month, day), factor in SPECIAL.items():
            dates = [date(first.year, month, day) for first in MONTHS if first.month == month]
            weight *= np.where(grid["date"].is_in(dates).to_numpy() & (hour >= 17), factor, 1.0)
    return weight


def draw_moments(rng: np.random.Generator, month: Ints, rhythm: Ints) -> Floats:
    """A moment for each row, to the second, within its local month and by its rhythm (an index of RHYTHMS)."""
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

"""The period of the sample and its clock: local months and hours, and how far a change has come by a moment.

Moments are seconds since 1970 in UTC, as float64, NaN where the thing never happened.
"""

from datetime import UTC, date, datetime
from functools import cache

import numpy as np
import polars as pl

from pipelines.sample.arrays import Floats, Ints

ZONE = "Europe/London"
MONTHS = tuple(date(2017 + (4 + n) // 12, (4 + n) % 12 + 1, 1) for n in range(30))
"""First days of the local months of the period, May 2017 to October 2019."""

DATA_CUT = datetime(2019, 11, 1, tzinfo=UTC)
HOUR, DAY = 3600.0, 86400.0


def moment(year: int, month: int, day: int = 1) -> float:
    """Midnight UTC at the start of that day."""
    return datetime(year, month, day, tzinfo=UTC).timestamp()


START = moment(2017, 4, 30) + 23 * HOUR
"""Midnight of 1 May 2017 in Cleveland, where the clock stood one hour before UTC."""

CUT = DATA_CUT.timestamp()


@cache
def hours() -> pl.DataFrame:
    """The hours of the period, one row each: `starts` (seconds), local `month` (0 first), `day` (0 first), `weekday`
    (0 Monday) and `hour`."""
    starts = np.arange(START, CUT, HOUR)
    local = pl.from_epoch(pl.Series(starts.astype(np.int64)), time_unit="s").dt.convert_time_zone(ZONE)
    return pl.DataFrame(
        {
            "starts": starts,
            "month": (local.dt.year().cast(pl.Int64) - 2017) * 12 + local.dt.month().cast(pl.Int64) - 5,
            "day": (local.dt.date() - MONTHS[0]).dt.total_days(),
            "weekday": local.dt.weekday().cast(pl.Int64) - 1,
            "hour": local.dt.hour().cast(pl.Int64),
            "date": local.dt.date(),
        }
    )


def month_of(at: Floats) -> Ints:
    """Local month (0 first) in which each moment within the period lies."""
    starts = hours().group_by("month").agg(pl.col("starts").min()).sort("month")["starts"].to_numpy()
    return np.searchsorted(starts, at, side="right") - 1


def progress(at: Floats, begins: float, ends: float) -> Floats:
    """How far a change has come by each moment: 0 until it begins, 1 once it has ended, an S-curve between."""
    share = np.clip((at - begins) / (ends - begins), 0.0, 1.0)
    return share * share * (3.0 - 2.0 * share)

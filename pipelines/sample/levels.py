"""How much is reported a month: recorded crimes by class as published, and the logs they and everything else make.

Sources: Home Office open data tables for 2017/18 by quarter; data.police.uk for October 2018 to February 2019 by type.
Between April and September 2018 the level moves from the one to the other; from March 2019 it stays at the mean of the
published months, with the seasons of 2017/18.
"""

from calendar import monthrange

import numpy as np
import polars as pl

from pipelines.sample.arrays import Floats
from pipelines.sample.calendar import MONTHS
from pipelines.sample.catalogue import CATEGORIES, CATEGORY_OF_CLASS, class_position, offences, profile, published

LOGS_A_MONTH = 18_000
PUBLISHED_FROM, GROWN_FROM = 17, 11
"""Months of the period: October 2018, the first published; April 2018, the first after the year 2017/18."""

DAYS = np.array([monthrange(first.year, first.month)[1] for first in MONTHS])
"""Days of each month of the period."""

SEASON = np.array([1.04, 1.06, 1.1, 1.08, 1.02, 1.0, 0.97, 0.95, 0.91, 0.92, 0.95, 0.99])
"""Calls by calendar month, May first (practice)."""

DISORDER_SEASON = np.array([1.12, 1.2, 1.3, 1.28, 1.12, 1.05, 0.95, 0.85, 0.82, 0.86, 0.96, 1.05])
"""Anti-social behaviour by calendar month, May first (practice); the published months stand as published."""

NO_LOG: Floats = profile("no_log")[CATEGORY_OF_CLASS[:-1]]
"""By class: share of recorded crimes that reach the record without an incident log."""

EXTRA_CRIMES = (0.065, 0.010)
"""Share of crime logs that hold a second crime only, and a third too."""

CRIMES_PER_LOG = 1.0 + EXTRA_CRIMES[0] + 2 * EXTRA_CRIMES[1]

HIDDEN_CLASSES = {
    "105A": 0.32,
    "8L": 0.15,
    "8N": 0.14,
    "8R": 0.12,
    "9A": 0.08,
    "58A": 0.07,
    "49": 0.05,
    "20A": 0.03,
    "8Q": 0.02,
    "11A": 0.02,
}
"""What hides in logs that no code calls a crime (practice)."""


def year_2017_18() -> Floats:
    """Recorded crimes a month by class (rows) and calendar month, May first: the quarters spread over their days."""
    quarter_days = (91, 92, 92, 90)
    monthly = np.empty((len(offences), 12))
    for column in range(12):
        quarter = ((column + 1) % 12) // 3
        monthly[:, column] = offences[f"q{quarter + 1}"].to_numpy() / quarter_days[quarter] * DAYS[column]
    return monthly


def recorded_level() -> Floats:
    """Recorded crimes, cancelled ones not counted, by class (rows) and month of the period (columns)."""
    base = np.tile(year_2017_18(), 3)[:, : len(MONTHS)]
    level = base.copy()
    for row in published.iter_rows(named=True):
        of_type = (offences["crime_type"] == row["crime_type"]).to_numpy()
        if not of_type.any():
            continue
        months = [row[name] for name in published.columns if name.startswith("20")]
        window = slice(PUBLISHED_FROM, PUBLISHED_FROM + len(months))
        growth = sum(months) / base[of_type, window].sum()
        factor = np.interp(np.arange(len(MONTHS)), [GROWN_FROM - 1, PUBLISHED_FROM], [1.0, growth])
        factor[window] = months / base[of_type, window].sum(axis=0)
        level[of_type] *= factor
    return level


def other_level(crime_logs: Floats, share_of_duplicates: float) -> Floats:
    """Logs of non-crime categories by category (rows) and month, so that with the crime logs of each month (first
    argument) and the duplicates a month holds some 18,000 logs, with its season."""
    logs_a_month = profile("logs_a_month")
    disorder = np.array([code.startswith("asb_") for code in CATEGORIES])
    season = np.tile(SEASON, 3)[: len(MONTHS)]
    level = logs_a_month[:, None] * season[None, :]
    level[disorder] = disorder_level(logs_a_month[disorder])
    room = LOGS_A_MONTH * season * (len(MONTHS) / season.sum()) * (1.0 - share_of_duplicates) - crime_logs
    rest = ~disorder
    level[rest] *= (room - level[disorder].sum(axis=0)) / level[rest].sum(axis=0)
    return level


def disorder_level(weights: Floats) -> Floats:
    """Anti-social behaviour logs by kind (rows, in proportion to the weights) and month."""
    row = published.row(by_predicate=pl.col("crime_type") == "Anti-social behaviour", named=True)
    months = np.array([row[name] for name in published.columns if name.startswith("20")], dtype=np.float64)
    season = np.tile(DISORDER_SEASON, 3)[: len(MONTHS)]
    window = slice(PUBLISHED_FROM, PUBLISHED_FROM + len(months))
    total = season * months.mean() / season[window].mean()
    total[window] = months
    return weights[:, None] / weights.sum() * total[None, :]


def hidden_share() -> Floats:
    """By class: share among the crimes that hide in logs of non-crime categories."""
    share = np.zeros(len(offences))
    for code, weight in HIDDEN_CLASSES.items():
        share[class_position(code)] = weight
    return share / share.sum()

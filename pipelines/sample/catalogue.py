"""What the sample knows of offence classes and incident categories, read once from small tables.

The groups of offence classes and which category indicates a crime come from `sql/reference`; how often a thing happens
comes from the tables beside this file: `recorded_2017_18.csv` and `published_2018_19.csv` hold published figures,
`category_profile.csv` holds invented shares (practice).
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl

import sql
from pipelines.sample.arrays import Flags, Floats, Ints

HERE = Path(__file__).parent
REFERENCE = sql.FOLDER / "reference"

offences = (
    pl.read_csv(HERE / "recorded_2017_18.csv", schema_overrides={"offence_class": pl.String})
    .with_columns(pl.col("q1", "q2", "q3", "q4").clip(lower_bound=0))  # two quarters hold a correction of -1
    .join(
        pl.read_csv(REFERENCE / "offence_class.csv", infer_schema=False).select("offence_class", "offence_group"),
        on="offence_class",
        how="left",
        maintain_order="left",
    )
)
"""One row an offence class Cleveland recorded in 2017/18."""

categories = pl.read_csv(HERE / "category_profile.csv")
"""One row an incident category. Shares are of logs, but no_log is of crimes, and no_crime_ratio is logs of this code
that need no crime to one that does. `logs_a_month` is for codes that indicate no crime: the others follow from the
crimes."""

published = pl.read_csv(HERE / "published_2018_19.csv")
"""One row a published crime type, one column a month."""

CLASSES: tuple[str, ...] = (*offences["offence_class"].to_list(), "N100")
CATEGORIES: tuple[str, ...] = tuple(categories["category_code"])
N100 = CLASSES.index("N100")
CATEGORY_OF_CLASS: Ints = np.array(
    [CATEGORIES.index(code) for code in offences["category_code"]] + [CATEGORIES.index("rape")], dtype=np.int64
)
GROUP_OF_CLASS: tuple[str, ...] = (*offences["offence_group"].to_list(), "Sexual offences")
IS_VIOLENCE: Flags = np.array([group == "Violence against the person" for group in GROUP_OF_CLASS])


@cache
def category(code: str) -> int:
    """Position of a category code."""
    return CATEGORIES.index(code)


def positions(*codes: str) -> Ints:
    """Positions of several category codes."""
    return np.array([category(code) for code in codes], dtype=np.int64)


def class_position(code: str) -> int:
    """Position of an offence class."""
    return CLASSES.index(code)


def indicates_crime() -> Flags:
    """For each category, whether it indicates a notifiable crime (sql/reference/incident_category.csv)."""
    reference = pl.read_csv(REFERENCE / "incident_category.csv", infer_schema=False)
    codes = set(reference.filter(pl.col("indicates_crime") == "true")["category_code"])
    return np.array([code in codes for code in CATEGORIES])


def profile(column: str) -> Floats:
    """A column of numbers of the category profiles, one element a category."""
    return categories[column].cast(pl.Float64).to_numpy()


def named_profile(column: str, names: Sequence[str]) -> Ints:
    """A column of names of the category profiles, as positions in `names`, one element a category."""
    return np.array([list(names).index(name) for name in categories[column]], dtype=np.int64)

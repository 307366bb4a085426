"""How much the sample holds, against the figures it is built on, and those against the files they were taken from."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

import sql
from pipelines.sample import DEFAULT_INCIDENTS
from pipelines.sample.calendar import MONTHS, moment, month_of
from pipelines.sample.catalogue import CATEGORIES, CLASSES, offences, published
from pipelines.sample.force import make_force
from pipelines.sample.levels import recorded_level, year_2017_18
from pipelines.sample.teams import SHIFTS, shift_team

SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "cleveland"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the published counts are not beside this checkout (../shared/data/cleveland)"
)
QUARTERS = ["q1", "q2", "q3", "q4"]
SIZE = 120_000


@pytest.fixture(scope="module")
def crimes() -> pl.DataFrame:
    """Crimes that stand: neither cancelled nor reported incidents."""
    crime = make_force(SIZE, 21, None, lambda message: None).extracts["crime"].unique("crime_ref", keep="last")
    return crime.filter(pl.col("cancellation_code").is_null(), pl.col("offence_class") != "N100")


def recorded(crimes: pl.DataFrame, first: int, last: int) -> pl.DataFrame:
    """Crimes recorded in those months of the period, both included."""
    at = crimes["recorded_at"].dt.epoch("s").to_numpy().astype(np.float64)
    month = month_of(at)
    return crimes.filter(pl.Series((month >= first) & (month <= last)))


@needs_shared
def test_the_crimes_of_2017_18_are_those_published() -> None:
    source = pl.read_csv(SHARED / "recorded_crime_2017_18.csv", schema_overrides={"offence_class": pl.String})
    wide = (
        source.with_columns(
            pl.col("offence_class").str.replace_all(".", "/", literal=True),
            quarter="q" + pl.col("financial_quarter").cast(pl.String),
        )
        .group_by("offence_class", "quarter")
        .agg(pl.col("recorded_crimes").sum())
        .pivot(on="quarter", index="offence_class", values="recorded_crimes")
        .filter(pl.sum_horizontal(QUARTERS) > 0)
        .select("offence_class", *QUARTERS)
    )
    own = pl.read_csv(
        Path(sql.__file__).parents[1] / "pipelines" / "sample" / "recorded_2017_18.csv",
        schema_overrides={"offence_class": pl.String},
    ).select("offence_class", *QUARTERS)
    assert own.sort("offence_class").equals(wide.sort("offence_class"))
    assert own.select(pl.sum_horizontal(QUARTERS).sum()).item() == 57_222


@needs_shared
def test_the_months_after_the_inspection_are_those_published() -> None:
    source = pl.read_csv(SHARED / "street_level_counts_2018_10_to_2019_02.csv")
    monthly = source.group_by("crime_type", "month").agg(pl.col("records").sum())
    own = published.drop("source").unpivot(index="crime_type", variable_name="month", value_name="records")
    keys = ["crime_type", "month"]
    assert own.sort(keys).equals(monthly.select(own.columns).sort(keys))


def test_the_quarters_of_2017_18_are_spread_over_their_months() -> None:
    monthly = year_2017_18()
    assert monthly.shape == (len(offences), 12)
    assert monthly.sum() == pytest.approx(57_222 + 2)  # two quarters hold a correction of -1, taken as 0
    shoplifting = monthly[CLASSES.index("46")]
    assert shoplifting[5:8].sum() == pytest.approx(2_062)  # October to December
    assert shoplifting[5] == pytest.approx(2_062 / 92 * 31)


def test_the_published_months_are_met_exactly_by_the_level() -> None:
    by_type = pl.DataFrame({"crime_type": offences["crime_type"], "level": recorded_level()[:, 17]})
    expected = published.filter(pl.col("crime_type") != "Anti-social behaviour").select("crime_type", "2018-10")
    joined = by_type.group_by("crime_type").agg(pl.col("level").sum()).join(expected, on="crime_type")
    assert joined.height == 13
    assert (joined["level"] - joined["2018-10"]).abs().max() == pytest.approx(0, abs=1e-6)


def test_as_many_crimes_are_recorded_as_were_published(crimes: pl.DataFrame) -> None:
    scale = SIZE / DEFAULT_INCIDENTS
    for first, last in ((0, 10), (17, 21)):
        expected = recorded_level()[:, first : last + 1].sum() * scale
        assert recorded(crimes, first, last).height == pytest.approx(expected, abs=4 * expected**0.5 + 0.01 * expected)


def test_the_mix_of_classes_is_that_of_2017_18(crimes: pl.DataFrame) -> None:
    counts = dict(recorded(crimes, 0, 10)["offence_class"].value_counts().iter_rows())
    level = recorded_level()[:, :11].sum(axis=1) * SIZE / DEFAULT_INCIDENTS
    for code, expected in zip(CLASSES, level, strict=False):
        assert counts.get(code, 0) == pytest.approx(expected, abs=5 * expected**0.5 + 0.03 * expected + 3), code


def test_the_categories_are_those_of_the_reference_table() -> None:
    reference = pl.read_csv(sql.FOLDER / "reference" / "incident_category.csv", infer_schema=False)
    assert set(CATEGORIES) == set(reference["category_code"])


def test_months_are_local() -> None:
    # 23:30 UTC on 30 June is half past midnight on 1 July in Cleveland; in November the clocks agree.
    moments = np.array([moment(2017, 6, 30) + 23.5 * 3600, moment(2017, 11, 30) + 23.5 * 3600])
    assert [MONTHS[n].month for n in month_of(moments)] == [7, 11]


def test_each_shift_has_one_team_and_each_team_two_days_of_each() -> None:
    days = np.arange(10)
    for hour in (8, 16, 23):
        assert sorted(shift_team(days, np.full(10, hour))) == sorted([*SHIFTS, *SHIFTS])
    morning, evening, night = (shift_team(days, np.full(10, hour)) for hour in (8, 16, 23))
    assert not ((morning == evening) | (evening == night) | (morning == night)).any()
    assert (shift_team(days + 1, np.full(10, 3)) == night).all()  # the night goes on after midnight

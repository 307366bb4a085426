"""The sample's audit draws: strata counted as the facts count them, and logs drawn at random within them."""

from datetime import date, datetime
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from pipelines.sample.draws import Draws, wanted, within
from pipelines.sample.force import Force, make_force
from tests.oracle.reference import read_reference
from tests.oracle.reports import reports

SIZE = 60_000
CANONICAL = Path(__file__).parents[2] / "pipelines" / "profiles" / "canonical.toml"
QUARTERS = ["2017-Q3", "2017-Q4", "2018-Q1", "2018-Q2", "2018-Q3", "2018-Q4", "2019-Q1", "2019-Q2"]
HIDDEN = {
    "Anti-social behaviour": "hidden_anti_social_behaviour",
    "Public safety and welfare": "hidden_public_safety",
}


def stratum_of(row: dict, category: dict[str, dict]) -> str | None:
    """The stratum a report belongs to, by the rules as they are written, one log at a time."""
    if row["duplicate_of"] is not None:
        return "hidden_duplicate"
    if row["crime_rank"] is not None:
        groups = {"Violence against the person": "violence", "Sexual offences": "sexual"}
        return groups.get(row["offence_group"], "other")
    held = [row["opening_code"], row["closing_code"], *(row["qualifiers"] or "").split(";")]
    hiding = [category[code] for code in held if code and category[code]["may_hide_crime"] == "true"]
    if not hiding:
        return None
    gravest = min(hiding, key=lambda each: each["rank"])
    return HIDDEN.get(gravest["nsir_category"], "hidden_other")


def counted(force: Force) -> pl.DataFrame:
    """Every log delivered, the later row of each, with its `stratum` and its `quarter`, such as 2019-Q2."""
    reference = read_reference(CANONICAL)
    table = pl.read_csv(Path(__file__).parents[2] / "sql" / "reference" / "incident_category.csv", infer_schema=False)
    category = {row["category_code"]: {**row, "rank": int(row["rank"])} for row in table.iter_rows(named=True)}
    incident = force.extracts["incident"].unique("incident_id", keep="last", maintain_order=True)
    logs = reports(incident, reference)
    day = pl.col("reported_at").dt.replace_time_zone("UTC").dt.convert_time_zone("Europe/London").dt.date()
    return logs.select(
        "incident_id",
        reported_date=day,
        quarter=pl.format("{}-Q{}", day.dt.year(), day.dt.quarter()),
        stratum=pl.Series([stratum_of(row, category) for row in logs.iter_rows(named=True)], dtype=pl.String),
    )


@pytest.fixture(scope="module")
def force() -> Force:
    return make_force(SIZE, 21, None, lambda message: None)


@pytest.fixture(scope="module")
def logs(force: Force) -> pl.DataFrame:
    return counted(force)


def populations(logs: pl.DataFrame) -> dict[tuple[str, str], int]:
    """N by quarter and stratum."""
    framed = logs.filter(pl.col("stratum").is_not_null() & pl.col("quarter").is_in(QUARTERS))
    return {(quarter, stratum): n for quarter, stratum, n in framed.group_by("quarter", "stratum").len().iter_rows()}


def test_every_stratum_counts_the_logs_that_an_independent_count_finds(force: Force, logs: pl.DataFrame) -> None:
    strata = force.extracts["audit_stratum"]
    said = {(row["sample_id"], row["stratum"]): row["population"] for row in strata.iter_rows(named=True)}
    assert said == populations(logs)
    assert len(said) == 8 * 7


def test_a_small_force_is_counted_as_well() -> None:
    small = make_force(400, 5, None, lambda message: None)
    strata = small.extracts["audit_stratum"]
    said = {(row["sample_id"], row["stratum"]): row["population"] for row in strata.iter_rows(named=True)}
    assert said == populations(counted(small))
    assert (strata["sampled"] <= strata["population"]).all()
    assert (strata["sampled"] >= strata["population"].clip(upper_bound=2)).all()
    few = strata.filter(pl.col("population") <= 5)
    assert few.height > 5
    assert (few["sampled"] == few["population"]).all()


@pytest.mark.parametrize("size", [1, 2, 3, 10])
def test_a_force_of_hardly_any_logs_is_audited_too(size: int) -> None:
    tiny = make_force(size, 3, None, lambda message: None)
    assert tiny.extracts["audit_log"].height == tiny.extracts["audit_stratum"]["sampled"].sum()


def test_the_logs_drawn_are_of_their_quarter_and_stratum_and_as_many_as_said(force: Force, logs: pl.DataFrame) -> None:
    drawn = force.extracts["audit_log"]
    assert drawn.select("sample_id", "incident_id").is_unique().all()
    known = drawn.join(logs, on="incident_id", suffix="_counted")
    assert known.height == drawn.height
    assert (known["stratum"] == known["stratum_counted"]).all()
    assert (known["sample_id"] == known["quarter"]).all()
    strata = force.extracts["audit_stratum"]
    counts = strata.join(drawn.group_by("sample_id", "stratum").len(), on=["sample_id", "stratum"], how="left")
    assert (counts["sampled"] == counts["len"]).all()
    assert counts.filter(pl.col("may_hide") != pl.col("stratum").str.starts_with("hidden_")).height == 0


def test_a_quarter_is_drawn_once_it_has_matured(force: Force) -> None:
    samples = force.extracts["audit_stratum"].select("sample_id", "period_from", "period_to", "cut_at").unique()
    samples = samples.sort("sample_id")
    assert samples["sample_id"].to_list() == QUARTERS
    assert samples.row(0) == ("2017-Q3", date(2017, 7, 1), date(2017, 9, 30), datetime(2018, 1, 4))
    assert samples.row(-1) == ("2019-Q2", date(2019, 4, 1), date(2019, 6, 30), datetime(2019, 10, 4))


def test_a_big_force_has_whole_samples_and_a_small_one_no_more_than_it_can_give() -> None:
    assert wanted(np.array([4000, 480, 11000, 8000, 17000, 2000, 2700])).tolist() == [150, 50, 150, 150, 200, 120, 120]
    assert wanted(np.array([100, 50, 6, 5, 2, 1, 0])).tolist() == [40, 20, 3, 5, 2, 1, 0]


def test_every_log_of_a_stratum_is_as_likely_to_be_drawn(force: Force, logs: pl.DataFrame) -> None:
    """By the place in the year's order of report: the mean of places drawn is that of all, within four errors."""
    framed = logs.filter(pl.col("stratum").is_not_null() & pl.col("quarter").is_in(QUARTERS)).with_columns(
        place=(pl.int_range(pl.len()).over("quarter", "stratum") + 0.5) / pl.len().over("quarter", "stratum")
    )
    drawn = framed.join(force.extracts["audit_log"], on="incident_id", how="semi")
    mean = drawn["place"].mean()
    assert isinstance(mean, float)
    assert abs(mean - 0.5) < 4 * (1 / 12 / drawn.height) ** 0.5
    assert 0.22 < drawn.select(pl.col("place").is_between(0, 0.25).mean()).item() < 0.28


def test_crimes_are_found_within_the_logs_drawn() -> None:
    none = np.zeros(0, dtype=np.int64)
    draws = Draws(log=np.array([7, 2, 5]), quarter=none, stratum=none, population=none, sampled=none)
    of_draw, crime = within(draws, np.array([1, 2, 2, 5, 6, 7]))
    assert of_draw.tolist() == [0, 1, 1, 2]
    assert crime.tolist() == [5, 1, 2, 3]

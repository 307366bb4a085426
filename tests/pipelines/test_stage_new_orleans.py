"""The real files of New Orleans through their profile: what the codes, grades and times come to."""

from datetime import datetime
from pathlib import Path

import polars as pl
import pytest

from pipelines.profile import load_profile
from pipelines.reading.delivery import Delivery
from pipelines.reading.stage import Staged, stage
from pipelines.reading.vocabulary import reference_codes
from tests.pipelines.sources import assert_balanced, typed

SOURCE = Path(__file__).parents[2].parent / "shared" / "data" / "new_orleans_2022"

pytestmark = pytest.mark.skipif(
    not SOURCE.is_dir(), reason="the real data is not beside this checkout (../shared/data)"
)


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Staged:
    folder = tmp_path_factory.mktemp("new_orleans")
    return stage(Delivery(SOURCE, load_profile("new_orleans_2022")), folder, staff_key=b"key", report=lambda line: None)


@pytest.fixture(scope="module")
def incidents(staged: Staged) -> pl.DataFrame:
    return typed(staged)


def source() -> pl.DataFrame:
    return pl.read_csv(SOURCE / "incidents_2022.csv", infer_schema=False)


def test_every_row_is_typed(staged: Staged) -> None:
    assert_balanced(staged)
    assert {file.name: (file.read, file.rejected) for file in staged.files} == {
        "incidents_2022.csv": (6528, 0),
        "crime_reports_2022_linked.csv": (3832, 0),
    }


def test_first_log(incidents: pl.DataFrame) -> None:
    first = incidents.row(0, named=True)
    assert first["incident_id"] == "A0011722"
    assert first["reported_at"] == datetime(2022, 1, 1, 7, 7)  # 1:07 in Chicago's winter
    assert (first["opening_code"], first["closing_code"]) == ("transport_collision", "transport_collision")
    assert (first["initial_grade"], first["final_grade"]) == ("1", "1")
    assert (first["team_id"], first["district"]) == ("5Q02", "5")


def test_every_type_code_before_and_after_september_is_ours(incidents: pl.DataFrame) -> None:
    codes = set(incidents["opening_code"]) | set(incidents["closing_code"])
    assert codes <= set(reference_codes("incident_category"))


def test_a_report_to_follow_promises_a_crime_but_for_crashes(incidents: pl.DataFrame) -> None:
    given = source()
    is_crash = pl.col("TypeText").str.contains("ACCIDENT|HIT & RUN|ACC$")
    promised = given.filter((pl.col("Disposition") == "RTF") & ~is_crash)["item_number"]
    assert set(incidents.filter(pl.col("qualifiers") == "crime_promised")["incident_id"]) == set(promised)
    assert incidents.filter(pl.col("qualifiers") == "duplicate").height == 113
    crashes = incidents.filter(pl.col("closing_code") == "transport_collision")
    assert set(crashes["incident_id"]) == set(given.filter(is_crash)["item_number"])


def test_grades_are_leading_digits(incidents: pl.DataFrame) -> None:
    assert incidents["initial_grade"].to_list() == source()["InitialPriority"].str.slice(0, 1).to_list()


def test_what_the_source_lacks_is_not_delivered(staged: Staged) -> None:
    assert "recorded_at" not in staged.extracts["crime"].columns
    assert not {"closure_checked_at", "first_closed_at", "duplicate_of"} & set(staged.extracts["incident"].columns)
    assert not staged.extracts["appointment"].is_delivered


def test_reports_link_to_logs(staged: Staged, incidents: pl.DataFrame) -> None:
    crimes = typed(staged, "crime")
    assert crimes["crime_ref"].n_unique() == 2425
    assert len(set(crimes["incident_id"]) & set(incidents["incident_id"])) == 2421
    assert set(crimes["offence_class"].drop_nulls()) <= set(reference_codes("offence_class"))


def test_domestic_abuse_is_told_by_the_signal(staged: Staged) -> None:
    crimes = typed(staged, "crime")
    given = pl.read_csv(SOURCE / "crime_reports_2022_linked.csv", infer_schema=False)
    is_domestic = given["Signal_Description"].str.contains("(DOMESTIC)", literal=True)
    assert crimes["is_domestic_abuse"].to_list() == is_domestic.to_list()


def test_times_in_the_repeated_hour_are_counted(staged: Staged) -> None:
    assert "incidents_2022.csv: 6 times in the hour the clocks repeat, read as the first" in (
        staged.extracts["incident"].notes
    )

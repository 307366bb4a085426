"""A stage as a whole: what it writes, what it tells, and what it carries over from the one before."""

from collections import Counter
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest

from pipelines.extracts import EXTRACTS
from pipelines.profile import load_profile
from pipelines.reading.clean import staged_schema
from pipelines.reading.delivery import Delivery
from pipelines.reading.source_files import find_files, order
from pipelines.reading.stage import Staged, stage
from pipelines.refusal import SourceRefused
from tests.pipelines.sources import GOOD, HEADER, assert_balanced, lines, stage_files, typed, write

INCREMENTAL = """
name = "own"
description = "A source that delivers changes"
time_zone = "Europe/London"
[extract.incident]
files = ["incident*.csv"]
delivery = "incremental"
[extract.crime]
files = ["crime*.csv"]
"""


def row(number: str, district: str) -> str:
    return f"{number},2019-06-01T10:00Z,,{district},"


def districts(staged: Staged) -> list[str | None]:
    return typed(staged).sort("_row")["district"].to_list()


def test_every_extract_is_written_with_every_column(tmp_path: Path) -> None:
    staged = stage_files(tmp_path, {"incident.csv": lines(GOOD)})
    for extract in EXTRACTS:
        frame = pl.read_parquet(tmp_path / "r1" / f"{extract.name}.parquet")
        assert dict(frame.schema) == staged_schema(extract)
    assert pl.read_parquet(staged.rejects).schema == {
        "extract": pl.String, "file": pl.String, "line": pl.Int64, "reason": pl.String, "original": pl.String,
    }  # fmt: skip
    assert sorted(path.name for path in staged.folder.iterdir()) == sorted(
        [*(f"{extract.name}.parquet" for extract in EXTRACTS), "rejects.parquet"]
    )


def test_what_is_told_of_files_and_extracts(tmp_path: Path) -> None:
    said: list[str] = []
    content = lines(GOOD, "A2")
    source = write(tmp_path / "source", {"incident.csv": content})
    staged = stage(Delivery(source, load_profile("canonical")), tmp_path / "r1", staff_key=b"key", report=said.append)
    (file,) = staged.files
    assert (file.extract, file.name, file.read, file.rejected) == ("incident", "incident.csv", 2, 1)
    assert (file.sha256, file.bytes) == (sha256(content.encode()).hexdigest(), len(content))
    incident = staged.extracts["incident"]
    assert incident.columns == ("incident_id", "reported_at", "channel", "regrade_reason", "district")
    assert (incident.is_delivered, incident.read, incident.rejected, incident.carried) == (True, 2, 1, 0)
    assert said == ["incident.csv: 2 rows read, 1 rejected"]
    assert staged.manifest is None


def test_columns_may_differ_between_the_files_of_an_extract(tmp_path: Path) -> None:
    second = "reported_at,incident_id,team_id\n2019-06-01T10:00Z,A2,T1\n"
    staged = stage_files(tmp_path, {"incident_1.csv": lines(GOOD), "incident_2.csv": second})
    assert typed(staged).select("incident_id", "district", "team_id").rows() == [
        ("A1", "North", None),
        ("A2", None, "T1"),
    ]
    assert {"district", "team_id"} <= set(staged.extracts["incident"].columns)


def test_rows_of_many_batches_keep_their_order(tmp_path: Path) -> None:
    rows = [f"A{n},2019-06-01T10:00Z,,D{n % 7}," if n % 1000 else "A,never,,," for n in range(60_000)]
    staged = stage_files(tmp_path, {"incident.csv": lines(*rows)})
    frame = typed(staged)
    assert frame["_line"].is_sorted()
    assert frame["_row"].is_sorted()
    assert staged.extracts["incident"].rejected == 60
    assert pl.read_parquet(staged.rejects)["line"].to_list() == list(range(2, 60_002, 1000))
    assert_balanced(staged)


def test_identifiers_are_brought_to_one_shape_wherever_they_stand(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "incident.csv": "incident_id,reported_at,duplicate_of,crime_ref\nns-1,2019-06-01T10:00Z,NS/2,cr/7/19\n",
        "crime.csv": "crime_ref,incident_id,surviving_crime_ref\nCR-7-19,NS 1,cr 8/19\n",
        "appointment.csv": "appointment_id,incident_id\nd-1,ns1\n",
    }
    staged = stage_files(tmp_path, files)
    assert typed(staged).select("incident_id", "duplicate_of", "crime_ref").rows() == [("NS1", "NS2", "CR719")]
    assert typed(staged, "crime").select("crime_ref", "incident_id", "surviving_crime_ref").rows() == [
        ("CR719", "NS1", "CR819")
    ]
    assert typed(staged, "appointment")["incident_id"].to_list() == ["NS1"]


# Order and ownership of files


@pytest.mark.parametrize(
    "names",
    [
        ["a_2.csv", "a_10.csv"],
        ["a.csv", "a_1.csv"],
        ["a_2019-01-31.csv", "a_2019-02-01.csv"],
        ["a_31-12-2018.csv", "a_01.02.2019.csv", "a_2019_3_1.csv"],
        ["a_20190131.csv", "a_20190201.csv"],
        ["A_1.csv", "a_2.csv"],
    ],
)
def test_order_of_file_names(names: list[str]) -> None:
    assert sorted(sorted(names), key=order) == names


def test_a_file_goes_to_the_longest_pattern_that_fits(tmp_path: Path) -> None:
    profile = tmp_path / "own.toml"
    text = INCREMENTAL.replace("incident*.csv", "*.csv").replace("crime*.csv", "*_crime.csv")
    profile.write_text(text, encoding="utf-8")
    source = write(tmp_path / "source", {"x_crime.csv": "", "x.csv": "", "X_CRIME.CSV": "", "x.txt": ""})
    found = find_files(source, load_profile(str(profile)))
    assert [path.name for path in found["incident"]] == ["x.csv"]
    assert [path.name.lower() for path in found["crime"]] == ["x_crime.csv"] * 2


def test_a_name_that_looks_like_a_pattern_is_a_name(tmp_path: Path) -> None:
    """Browsers call a file that is fetched again incident[1].csv, and it is not incident1.csv."""
    names = ("1", "[1]", "*")
    broken = '"'  # makes each file one that is looked at line by line
    files: dict[str, str | bytes] = {
        f"incident{name}.csv": lines(row(f"A{name}", name), broken, row(f"B{name}", name)) for name in names
    }
    staged = stage_files(tmp_path / "a [1]", files)
    assert Counter(districts(staged)) == dict.fromkeys(names, 2)
    assert {(file.name, file.read, file.rejected) for file in staged.files} == {(name, 3, 1) for name in files}
    assert_balanced(staged)


def test_offence_classes_are_spelled_as_the_reference_table_spells_them(tmp_path: Path) -> None:
    given = ("37.2", "8n", " n100/01", "FFA UK", "1/4.1/4.10/4.2", "058C", "37/2", "ZZ.9", "")
    rows = "".join(f"C{number},{code},{code}\n" for number, code in enumerate(given))
    staged = stage_files(tmp_path, {"crime.csv": f"crime_ref,offence_class,first_offence_class\n{rows}"})
    found = typed(staged, "crime").sort("_row")
    listed = ["37/2", "8N", "N100/01", "FFAUK", "1/4/1/4/10/4/2", "58C", "37/2", "ZZ.9", None]
    assert found["offence_class"].to_list() == found["first_offence_class"].to_list() == listed


# Incremental deliveries


def test_incremental_rows_join_those_of_the_stage_before(tmp_path: Path) -> None:
    first = stage_files(tmp_path, {"incident_1.csv": lines(row("A1", "old"), row("A2", "old"))}, INCREMENTAL)
    second = stage_files(
        tmp_path, {"incident_2.csv": lines(row("A1", "new"))}, INCREMENTAL, previous=first.folder, run="r2"
    )
    assert districts(second) == ["old", "old", "new"]
    incident = second.extracts["incident"]
    assert (incident.read, incident.carried) == (1, 2)
    assert [file.name for file in second.files] == ["incident_2.csv"]
    assert_balanced(second)


def test_an_older_file_that_arrives_later_does_not_prevail(tmp_path: Path) -> None:
    first = stage_files(tmp_path, {"incident_2.csv": lines(row("A1", "new"))}, INCREMENTAL)
    late = {"incident_1.csv": lines(row("A1", "old"))}
    second = stage_files(tmp_path, dict(late), INCREMENTAL, previous=first.folder, run="r2")
    assert districts(second) == ["old", "new"]
    assert_balanced(second)


def test_a_file_of_the_same_name_joins_the_rows_delivered_before(tmp_path: Path) -> None:
    first = stage_files(tmp_path, {"incident.csv": lines(row("A1", "old"), row("A2", "old"))}, INCREMENTAL, run="r1")
    second = stage_files(
        tmp_path, {"incident.csv": lines(row("A1", "new"))}, INCREMENTAL, previous=first.folder, run="r2"
    )
    third = stage_files(
        tmp_path, {"incident.csv": lines(row("A3", "third"))}, INCREMENTAL, previous=second.folder, run="r10"
    )
    assert districts(second) == ["old", "old", "new"]  # in the order of `_row`: the later stands
    assert districts(third) == ["old", "old", "new", "third"]
    assert (second.extracts["incident"].read, second.extracts["incident"].carried) == (1, 2)
    assert second.extracts["incident"].notes[0] == "incident.csv: joins the 2 rows of the incident.csv delivered before"
    assert set(typed(third)["_file"]) == {"incident.csv of r1", "incident.csv of r2", "incident.csv"}
    for staged in (second, third):
        assert_balanced(staged)


def test_an_extract_may_be_left_out_of_an_incremental_delivery(tmp_path: Path) -> None:
    first = stage_files(tmp_path, {"incident_1.csv": lines(row("A1", "old"))}, INCREMENTAL)
    second = stage_files(tmp_path, {"crime_1.csv": "crime_ref\nC1\n"}, INCREMENTAL, previous=first.folder, run="r2")
    incident = second.extracts["incident"]
    assert (incident.is_delivered, incident.read, incident.carried) == (True, 0, 1)
    assert incident.columns == ("incident_id", "reported_at", "district")


def test_full_deliveries_carry_nothing(tmp_path: Path) -> None:
    first = stage_files(tmp_path, {"crime_1.csv": "crime_ref\nC1\n"}, INCREMENTAL)
    second = stage_files(tmp_path, {"crime_2.csv": "crime_ref\nC2\n"}, INCREMENTAL, previous=first.folder, run="r2")
    assert typed(second, "crime")["crime_ref"].to_list() == ["C2"]


def test_a_stage_of_an_earlier_version_can_be_carried(tmp_path: Path) -> None:
    first = stage_files(tmp_path, {"incident_1.csv": lines(row("A1", "old"))}, INCREMENTAL)
    path = first.extracts["incident"].path
    pl.read_parquet(path).drop("transferred_ref").with_columns(gone=pl.lit(1)).write_parquet(path)
    second = stage_files(
        tmp_path, {"incident_2.csv": lines(row("A2", "new"))}, INCREMENTAL, previous=first.folder, run="r2"
    )
    assert districts(second) == ["old", "new"]


# What a delivery says of itself


def test_manifest(tmp_path: Path) -> None:
    said = 'force = "Northshire"\nis_synthetic = true\ndata_cut = 2019-11-01T00:30:00+01:00\ndelivery = "full"\n'
    staged = stage_files(tmp_path, {"incident.csv": HEADER, "delivery.toml": said}, INCREMENTAL)
    assert staged.manifest is not None
    assert staged.manifest.model_dump() == {
        "force": "Northshire",
        "is_synthetic": True,
        "data_cut": datetime(2019, 10, 31, 23, 30),
        "delivery": "full",
    }


def test_manifest_goes_before_the_profile(tmp_path: Path) -> None:
    first = stage_files(tmp_path, {"incident_1.csv": lines(row("A1", "old"))}, INCREMENTAL)
    files: dict[str, str | bytes] = {"incident_2.csv": lines(row("A2", "new")), "delivery.toml": 'delivery = "full"\n'}
    assert districts(stage_files(tmp_path, files, INCREMENTAL, previous=first.folder, run="r2")) == ["new"]


def test_mistakes_in_a_manifest_come_together(tmp_path: Path) -> None:
    said = 'is_synthetik = true\ndata_cut = 2019-11-01T00:30:00\ndelivery = "whole"\n'
    with pytest.raises(SourceRefused) as refused:
        stage_files(tmp_path, {"incident.csv": HEADER, "delivery.toml": said})
    mistakes = str(refused.value).splitlines()
    assert len(mistakes) == 3
    assert "delivery.toml: is_synthetik: no such key; there are force, is_synthetic, data_cut, delivery" in mistakes
    assert any(line.startswith("delivery.toml: data_cut: give the moment with its zone") for line in mistakes)

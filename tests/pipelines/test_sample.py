"""The sample as it lies on disk: how many rows, the same bytes again, what it says of itself, what it refuses."""

import hashlib
import re
import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import polars as pl
import polars.selectors as cs
import pytest

import sql
from pipelines.extracts import CRIME, EXTRACTS
from pipelines.extracts.declare import Column
from pipelines.sample import DEFAULT_INCIDENTS, write_sample

SIZE = 2_000
FORMATS: tuple[Literal["csv", "parquet"], ...] = ("csv", "parquet")


def hashes(folder: Path) -> dict[str, str]:
    """Hash of every file below the folder, by its path there."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_default_is_eighteen_thousand_logs_a_month_over_thirty_months() -> None:
    assert DEFAULT_INCIDENTS == 540_000


@pytest.mark.parametrize("file_format", FORMATS)
def test_the_same_seed_gives_the_same_bytes(tmp_path: Path, file_format: Literal["csv", "parquet"]) -> None:
    first = write_sample(tmp_path / "first", incidents=SIZE, seed=7, file_format=file_format)
    write_sample(tmp_path / "between", incidents=SIZE // 2, seed=7, file_format=file_format)
    second = write_sample(tmp_path / "second", incidents=SIZE, seed=7, file_format=file_format)
    other = write_sample(tmp_path / "other", incidents=SIZE, seed=8, file_format=file_format)
    assert hashes(first) == hashes(second)
    assert hashes(first)[f"incident.{file_format}"] != hashes(other)[f"incident.{file_format}"]


@pytest.mark.parametrize("size", [1, 2, 3, 10, 999])
def test_as_many_logs_as_asked_whatever_the_number(tmp_path: Path, size: int) -> None:
    folder = write_sample(tmp_path, incidents=size, seed=3)
    assert pl.scan_csv(folder / "incident.csv", infer_schema=False).collect()["incident_id"].n_unique() == size


def test_a_column_that_no_part_draws_is_there_and_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A column is added by its declaration alone."""
    added = replace(CRIME, columns=(*CRIME.columns, Column("is_added", "flag", "Whether it was added.")))
    monkeypatch.setattr("pipelines.sample.EXTRACTS", [added if each is CRIME else each for each in EXTRACTS])
    crimes = pl.read_csv(write_sample(tmp_path, incidents=20, seed=3) / "crime.csv", infer_schema=False)
    assert crimes.columns == [*CRIME.schema, "is_added"]
    assert crimes["is_added"].null_count() == crimes.height > 0


def test_both_formats_hold_the_same_rows_in_the_declared_columns_and_order(tmp_path: Path) -> None:
    csv = write_sample(tmp_path / "csv", incidents=SIZE, seed=5)
    parquet = write_sample(tmp_path / "parquet", incidents=SIZE, seed=5, file_format="parquet")
    for extract in EXTRACTS:
        zoned = pl.read_parquet(parquet / f"{extract.name}.parquet")
        typed = zoned.with_columns(cs.datetime(time_zone="UTC").dt.replace_time_zone(None))
        assert cs.expand_selector(zoned, cs.datetime(time_zone=None)) == ()
        assert dict(typed.schema) == extract.schema
        assert list(typed.schema) == list(extract.schema)
        as_text = typed.with_columns(
            pl.col(pl.Datetime).dt.strftime("%Y-%m-%dT%H:%M:%SZ"), pl.col(pl.Boolean, pl.Int32, pl.Date).cast(pl.String)
        )
        assert pl.read_csv(csv / f"{extract.name}.csv", infer_schema=False).equals(as_text)


def test_a_second_sample_in_another_format_leaves_nothing_of_the_first(tmp_path: Path) -> None:
    write_sample(tmp_path, incidents=SIZE, seed=5)
    write_sample(tmp_path, incidents=SIZE, seed=5, file_format="parquet")
    assert {path.parent for path in tmp_path.rglob("*.csv")} == {tmp_path / "reference"}


@pytest.mark.parametrize("file_format", FORMATS)
def test_the_force_brings_its_own_reference_tables_as_csv(
    tmp_path: Path, file_format: Literal["csv", "parquet"]
) -> None:
    folder = write_sample(tmp_path, incidents=10, file_format=file_format) / "reference"
    shipped = sql.FOLDER / "reference"
    assert sorted(path.name for path in folder.iterdir()) == ["audit_signature.csv", "recommendation_progress.csv"]
    for path in folder.iterdir():
        own, empty = (pl.read_csv(file, infer_schema=False) for file in (path, shipped / path.name))
        assert own.columns == empty.columns
        assert own.height > 0 == empty.height


def test_the_delivery_says_that_it_is_synthetic_and_up_to_when(tmp_path: Path) -> None:
    folder = write_sample(tmp_path, incidents=10)
    assert tomllib.loads((folder / "delivery.toml").read_text(encoding="utf-8")) == {
        "force": "Synthetic force",
        "is_synthetic": True,
        "data_cut": datetime(2019, 11, 1, tzinfo=UTC),
        "delivery": "full",
    }


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    write_sample(tmp_path, incidents=10, report=told.append)
    assert told[0] == "drawing 10 incident logs"
    assert told[-1] == f"writing csv to {tmp_path}"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"rate": 1.2}, "rate is 1.2; it is the share of crimes recorded and must lie between 0 and 1, such as 0.9"),
        ({"rate": -0.1}, "rate is -0.1; it is the share"),
        ({"rate": float("nan")}, "rate is nan; it is the share"),
        ({"incidents": 0}, "incidents is 0; it is the number of logs to make and must be 1 or more"),
        ({"seed": -1}, "seed is -1; it must be 0 or more"),
        ({"file_format": "xlsx"}, "format is 'xlsx'; it must be csv or parquet"),
    ],
)
def test_an_argument_that_makes_no_sense_is_refused_before_anything_is_written(
    tmp_path: Path, arguments: dict, sentence: str
) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}"):
        write_sample(tmp_path / "out", **arguments)
    assert not (tmp_path / "out").exists()

"""Parquet and XLSX: typed columns and cells come to the same rows as text would."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pytest
import xlsxwriter

from pipelines.profile import load_profile
from pipelines.reading.delivery import Delivery
from pipelines.reading.stage import Staged, stage
from pipelines.refusal import SourceRefused
from tests.pipelines.sources import assert_balanced, rejects, typed

NOON_UTC = datetime(2019, 6, 1, 11, 0)
HEADER = ["incident_id", "reported_at", "arrived_at", "reopened_count", "is_repeat", "district"]


def stage_frame(tmp_path: Path, frame: pl.DataFrame) -> Staged:
    source = tmp_path / "source"
    source.mkdir()
    frame.write_parquet(source / "incident.parquet")
    return stage(
        Delivery(source, load_profile("canonical")), tmp_path / "r1", staff_key=b"key", report=lambda line: None
    )


def write_book(tmp_path: Path, rows: Sequence[Sequence[object]], sheets: tuple[str, ...] = ("Data",)) -> Path:
    source = tmp_path / "source"
    source.mkdir()
    with xlsxwriter.Workbook(source / "incident.xlsx", {"default_date_format": "dd/mm/yyyy hh:mm"}) as book:
        for name in sheets:
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
    return source


def stage_book(tmp_path: Path, rows: Sequence[Sequence[object]]) -> Staged:
    return stage(
        Delivery(write_book(tmp_path, rows), load_profile("canonical")),
        tmp_path / "r1",
        staff_key=b"key",
        report=lambda line: None,
    )


@pytest.mark.parametrize(
    "times",
    [
        pl.Series([datetime(2019, 6, 1, 12)], dtype=pl.Datetime("ns")),
        pl.Series([datetime(2019, 6, 1, 11, tzinfo=UTC)], dtype=pl.Datetime("ms", "UTC")),
        pl.Series([datetime(2019, 6, 1, 7, tzinfo=ZoneInfo("America/New_York"))]),
        pl.Series(["2019-06-01 12:00"]),
    ],
    ids=["local", "UTC", "New York", "text"],
)
def test_times_of_every_type(tmp_path: Path, times: pl.Series) -> None:
    staged = stage_frame(tmp_path, pl.DataFrame({"incident_id": ["A1"], "reported_at": times}))
    assert typed(staged)["reported_at"].to_list() == [NOON_UTC]
    assert typed(staged)["reported_at"].dtype == pl.Datetime("us")


def test_dates_are_their_local_midnight_and_counted(tmp_path: Path) -> None:
    staged = stage_frame(tmp_path, pl.DataFrame({"incident_id": ["A1"], "reported_at": [date(2019, 6, 1)]}))
    assert typed(staged)["reported_at"].to_list() == [datetime(2019, 5, 31, 23)]
    assert staged.extracts["incident"].notes == ("incident.parquet: 1 time given as a date alone, read as midnight",)


def test_typed_columns_of_other_kinds(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "incident_id": [1, 2],
            "reported_at": [datetime(2019, 6, 1, 12)] * 2,
            "reopened_count": [1.0, None],
            "is_repeat": [True, None],
            "district": pl.Series(["North", None], dtype=pl.Categorical),
            "team_id": [7.5, 8.0],
            "tags": [["a"], []],
        }
    )
    staged = stage_frame(tmp_path, frame)
    assert typed(staged).select(
        "incident_id", "reopened_count", "is_repeat", "district", "team_id", "_line"
    ).rows() == [
        ("1", 1, True, "North", "7.5", 1),
        ("2", None, None, None, "8", 2),
    ]
    assert "incident.parquet: columns of no plain type left out: tags" in staged.extracts["incident"].notes


def test_rejected_row_of_parquet_is_kept_as_json(tmp_path: Path) -> None:
    times = [datetime(2019, 3, 31, 1, 30), datetime(2019, 6, 1, 12)]
    staged = stage_frame(tmp_path, pl.DataFrame({"incident_id": ["A1", "A2"], "reported_at": times}))
    ((line, reason, original),) = rejects(staged)
    assert (line, reason) == (
        1,
        "reported_at: 2019-03-31 01:30:00 does not exist in Europe/London: the clocks go forward",
    )
    assert original == '{"incident_id":"A1","reported_at":"2019-03-31 01:30:00.000000"}'
    assert_balanced(staged)


def test_a_stage_can_be_staged_again(tmp_path: Path) -> None:
    first = stage_frame(tmp_path, pl.DataFrame({"incident_id": ["A1"], "reported_at": ["2019-06-01T11:00Z"]}))
    source = tmp_path / "again"
    source.mkdir()
    typed(first).with_columns(pl.col("reported_at").dt.replace_time_zone("UTC")).write_parquet(
        source / "incident.parquet"
    )
    again = stage(
        Delivery(source, load_profile("canonical")), tmp_path / "r2", staff_key=b"key", report=lambda line: None
    )
    assert typed(again)["reported_at"].to_list() == [NOON_UTC]


def test_cells_of_a_workbook(tmp_path: Path) -> None:
    rows = [
        HEADER,
        [101, datetime(2019, 6, 1, 12), datetime(2019, 6, 2), 2, True, " North "],
        ["A2", "2019-06-01 12:00", "", 0, "no", None],
        [],
        ["A3", "2019-06-01T11:00Z", "02/06/2019", "", "", ""],
    ]
    staged = stage_book(tmp_path, rows)
    assert typed(staged).select(*HEADER, "_line").rows() == [
        ("101", NOON_UTC, datetime(2019, 6, 1, 23), 2, True, "North", 2),
        ("A2", NOON_UTC, None, 0, False, None, 3),
    ]
    ((line, reason, original),) = rejects(staged)
    assert line == 5
    assert reason.startswith('arrived_at: "02/06/2019" is no moment')
    assert original == "A3\t2019-06-01T11:00Z\t02/06/2019\t\t\t"
    assert staged.extracts["incident"].notes == ()
    assert_balanced(staged)


def test_blank_rows_above_the_header_count_as_lines(tmp_path: Path) -> None:
    staged = stage_book(tmp_path, [[], [], HEADER[:2], ["A1", "2019-06-01T11:00Z"]])
    assert typed(staged)["_line"].to_list() == [4]


def test_workbook_without_cells(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match=r"incident\.xlsx is empty: no cell of sheet Data is filled"):
        stage_book(tmp_path, [])


def test_workbook_with_a_header_alone(tmp_path: Path) -> None:
    assert stage_book(tmp_path, [HEADER]).extracts["incident"].read == 0


def test_workbook_that_names_a_column_twice(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="names incident_id twice"):
        stage_book(tmp_path, [["incident_id", "incident_id", "reported_at"], ["A", "B", "C"]])


@pytest.mark.parametrize(("sheet", "is_there"), [("Logs", True), ("Lgos", False)])
def test_the_sheet_is_named_in_the_profile(tmp_path: Path, sheet: str, is_there: bool) -> None:
    source = write_book(tmp_path, [HEADER[:2], ["A1", "2019-06-01T11:00Z"]], ("Notes", "Logs"))
    (tmp_path / "own.toml").write_text(
        'name = "own"\ndescription = "x"\ntime_zone = "Europe/London"\n'
        f'[extract.incident]\nfiles = ["*.xlsx"]\nsheet = "{sheet}"\n',
        encoding="utf-8",
    )
    profile = load_profile(str(tmp_path / "own.toml"))
    if is_there:
        assert (
            stage(Delivery(source, profile), tmp_path / "r1", staff_key=b"key", report=print).extracts["incident"].read
            == 1
        )
    else:
        with pytest.raises(SourceRefused, match=r"has no sheet Lgos; name one of its own \(Notes, Logs\)"):
            stage(Delivery(source, profile), tmp_path / "r1", staff_key=b"key", report=print)

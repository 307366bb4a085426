"""Reference tables of a force's own: in its delivery, or in the home folder, in place of the shipped ones."""

from contextlib import closing
from pathlib import Path

import pytest

import sql
from pipelines import reference
from pipelines.home import reference_folder
from pipelines.progress import Progress
from pipelines.refresh import refresh
from pipelines.refusal import SourceRefused

HEADER = "rule_id,limit_minutes,valid_from,valid_to,source\n"
INCIDENT = "incident_id,reported_at,opening_code\nL1,2019-06-01T10:00Z,burglary_dwelling\n"


def own(folder: Path, minutes: int) -> Path:
    """A folder with limits of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "recording_rule.csv").write_text(f"{HEADER}recording_limit,{minutes},,,our own\n", "utf-8")
    return folder


def limits(home: Path) -> list[int]:
    with closing(sql.open_snapshot(home)) as snapshot:
        return [row["limit_minutes"] for row in sql.table(snapshot, "ref_recording_rule", order="limit_minutes")]


def delivered(tmp_path: Path, minutes: int | None = None) -> Path:
    source = tmp_path / "source"
    source.mkdir(exist_ok=True)
    (source / "incident.csv").write_text(INCIDENT, "utf-8")
    if minutes:
        own(source / "reference", minutes)
    return source


def test_the_shipped_tables_stand_where_there_are_no_others(sample_home: Path) -> None:
    assert limits(sample_home) == [1440, 4320]


def test_a_delivered_table_goes_before_the_shipped_one_and_the_home_folders_before_both(
    tmp_path: Path, empty_home: Path
) -> None:
    source = delivered(tmp_path, minutes=100)
    refresh(source, "canonical", empty_home, progress=Progress())
    assert limits(empty_home) == [100]
    own(reference_folder(empty_home), 200)
    refresh(source, "canonical", empty_home, progress=Progress())
    assert limits(empty_home) == [200]


def test_a_table_that_there_is_none_of_and_one_of_other_columns_are_named_together(tmp_path: Path) -> None:
    own(tmp_path, 1).joinpath("recording_rules.csv").write_text(HEADER, "utf-8")
    (tmp_path / "grade.csv").write_text("grade_code,name\n", "utf-8")
    with pytest.raises(SourceRefused) as refused:
        reference.overlays(tmp_path)
    wrong_columns, unknown = str(refused.value).splitlines()
    assert "grade.csv: its columns are not those of the table, grade_code, name, rank" in wrong_columns
    assert "there is no reference table recording_rules; there are" in unknown


def test_a_value_that_its_column_cannot_hold_refuses_the_run_and_names_the_file(
    tmp_path: Path, empty_home: Path
) -> None:
    folder = own(reference_folder(empty_home), 1)
    (folder / "recording_rule.csv").write_text(f"{HEADER}recording_limit,a day,,,our own\n", "utf-8")
    with pytest.raises(
        SourceRefused, match=r"recording_rule\.csv: .*CSV Error on Line: 2 .*\"limit_minutes\".*\"a day\""
    ):
        refresh(delivered(tmp_path), "canonical", empty_home, progress=Progress())
    assert sql.current_name(empty_home) is None

"""Reference tables of a force's own: in its delivery, or in the home folder, in place of the shipped ones."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

import sql
from pipelines import reference
from pipelines.amend import amend
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


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a source that has a table of its own, and the home it was published to. To be read only."""
    folder = tmp_path_factory.mktemp("refreshed")
    refresh(delivered(folder, minutes=100), "canonical", folder / "home", progress=Progress())
    return folder


def test_the_shipped_tables_stand_where_there_are_no_others(tmp_path: Path, empty_home: Path) -> None:
    refresh(delivered(tmp_path), "canonical", empty_home, progress=Progress())
    assert limits(empty_home) == [1440, 4320]


def test_a_delivered_table_goes_before_the_shipped_one_and_the_home_folders_before_both(
    refreshed: Path, empty_home: Path
) -> None:
    shutil.copytree(refreshed / "home", empty_home)
    assert limits(empty_home) == [100]
    own(reference_folder(empty_home), 200)
    refresh(refreshed / "source", "canonical", empty_home, progress=Progress())
    assert limits(empty_home) == [200]


def test_an_amendment_keeps_the_delivered_tables_and_rows(refreshed: Path, empty_home: Path) -> None:
    shutil.copytree(refreshed / "home", empty_home)
    report = amend(empty_home, progress=Progress())
    assert (report.outcome, report.source_name) == ("published", "audits")
    assert limits(empty_home) == [100]
    with closing(sql.open_snapshot(empty_home)) as snapshot:
        assert snapshot.info["run"] == "r0002"
        assert [row["incident_id"] for row in sql.table(snapshot, "fact_incident")] == ["L1"]
    again = amend(empty_home, progress=Progress())  # the tables came along to the second stage, too
    assert (again.outcome, limits(empty_home)) == ("published", [100])


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

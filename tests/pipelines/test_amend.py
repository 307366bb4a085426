"""An amendment publishes the current snapshot anew, with all that stood beside its rows."""

import shutil
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

import sql
from pipelines.amend import amend
from pipelines.home import stage_folder
from pipelines.progress import Progress
from pipelines.refresh import RunRefused, refresh
from pipelines.refusal import SourceRefused

HEADER = "incident_id,reported_at,opening_code\n"


@pytest.fixture(scope="module")
def amended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a source that says something of itself and has a table of its own, and the home it was published
    to and then amended twice. To be read only."""
    folder = tmp_path_factory.mktemp("amended")
    (folder / "source" / "reference").mkdir(parents=True)
    for name, text in {
        "incident.csv": f"{HEADER}L1,2019-06-01T10:00Z,burglary_dwelling\n",
        "delivery.toml": 'force = "Made up"\nis_synthetic = true\ndata_cut = 2019-10-31T23:59:59Z\n',
        "reference/recording_rule.csv": "rule_id,limit_minutes,valid_from,valid_to,source\nrecording_limit,100,,,own\n",
    }.items():
        (folder / "source" / name).write_text(text, "utf-8")
    refresh(folder / "source", "canonical", folder / "home", progress=Progress())
    for _ in range(2):  # what comes along to the second stage has to come to the third as well
        report = amend(folder / "home", progress=Progress())
        assert (report.outcome, report.source_name) == ("published", "audits")
    return folder


def test_it_keeps_the_rows_and_what_the_delivery_said_of_itself(amended: Path) -> None:
    with closing(sql.open_snapshot(amended / "home")) as snapshot:
        assert snapshot.info["run"] == "r0003"
        names = ("source_name", "is_synthetic", "data_cut", "profile")
        assert [snapshot.info[name] for name in names] == [
            "Made up", True, datetime(2019, 10, 31, 23, 59, 59), "canonical"
        ]  # fmt: skip
        assert [row["incident_id"] for row in sql.table(snapshot, "fact_incident")] == ["L1"]


def test_it_keeps_the_reference_tables_that_were_delivered(amended: Path) -> None:
    with closing(sql.open_snapshot(amended / "home")) as snapshot:
        assert [row["limit_minutes"] for row in sql.table(snapshot, "ref_recording_rule")] == [100]


def test_it_needs_the_stage_of_the_current_snapshot(amended: Path, tmp_path: Path, empty_home: Path) -> None:
    with pytest.raises(SourceRefused, match="there is none yet"):
        amend(tmp_path / "none", progress=Progress())
    shutil.copytree(amended / "home", empty_home)
    (stage_folder(empty_home, "r0003") / "standing.json").unlink()
    with pytest.raises(SourceRefused, match=r"\(r0003\) are gone, as after a restore: run `cdi refresh`"):
        amend(empty_home, progress=Progress())


def test_it_does_not_stand_for_the_sources_volume(amended: Path, tmp_path: Path) -> None:
    shutil.copytree(amended, tmp_path, dirs_exist_ok=True)
    source = tmp_path / "source"
    (source / "incident.csv").write_text(HEADER, "utf-8")
    (source / "crime.csv").write_text("crime_ref,recorded_at\nC1,2019-06-01T10:00Z\n", "utf-8")
    with pytest.raises(RunRefused, match="incident_empty"):
        refresh(source, "canonical", tmp_path / "home", progress=Progress())

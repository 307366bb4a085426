"""The audits that the home folder keeps: read by every refresh and amendment, beside what the source delivers."""

import shutil
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

import sql
from pipelines.amend import amend
from pipelines.home import audits_folder, stage_folder
from pipelines.progress import Progress
from pipelines.refresh import RunRefused, refresh
from pipelines.refusal import SourceRefused

INCIDENT = "incident_id,reported_at,opening_code\nL1,2019-06-01T10:00Z,burglary_dwelling\n"
STRATUM = "sample_id,stratum,may_hide,population,sampled,period_from,period_to,cut_at\n"


def delivered(tmp_path: Path) -> Path:
    source = tmp_path / "source"
    source.mkdir()
    (source / "incident.csv").write_text(INCIDENT, "utf-8")
    return source


def keep(home: Path, sample: str, population: int = 9) -> None:
    """Keep a draw of one stratum, as `cdi audit draw` does."""
    folder = audits_folder(home) / sample
    folder.mkdir(parents=True)
    row = f"{sample},other,false,{population},1,2019-04-01,2019-06-30,2019-10-01T00:00Z\n"
    (folder / f"audit_stratum_{sample}.csv").write_text(STRATUM + row, "utf-8")


def strata(home: Path) -> list[tuple[str, int]]:
    with closing(sql.open_snapshot(home)) as snapshot:
        return [
            (row["sample_id"], row["population"]) for row in sql.table(snapshot, "audit_stratum", order="sample_id")
        ]


def test_a_refresh_reads_every_sample_that_is_kept(tmp_path: Path, empty_home: Path) -> None:
    keep(empty_home, "2019-Q1")
    keep(empty_home, "2019-Q2", 12)
    report = refresh(delivered(tmp_path), "canonical", empty_home, progress=Progress())
    assert strata(empty_home) == [("2019-Q1", 9), ("2019-Q2", 12)]
    assert {file.file for file in report.files} == {
        "incident.csv", "audit_stratum_2019-Q1.csv", "audit_stratum_2019-Q2.csv"
    }  # fmt: skip


def test_a_profile_that_knows_no_audits_reads_them_too(tmp_path: Path, empty_home: Path) -> None:
    keep(empty_home, "2019-Q1")
    profile = tmp_path / "own.toml"
    profile.write_text(
        'name = "own"\ndescription = "Logs alone"\ntime_zone = "Europe/London"\n'
        '[extract.incident]\nfiles = ["incident.csv"]\n',
        "utf-8",
    )
    refresh(delivered(tmp_path), str(profile), empty_home, progress=Progress())
    assert strata(empty_home) == [("2019-Q1", 9)]
    keep(empty_home, "2019-Q2")
    profile.unlink()  # the amendment needs it no more
    amend(empty_home, progress=Progress())
    assert strata(empty_home) == [("2019-Q1", 9), ("2019-Q2", 9)]


def test_the_same_name_delivered_and_kept_is_refused(tmp_path: Path, empty_home: Path) -> None:
    keep(empty_home, "2019-Q1")
    source = delivered(tmp_path)
    (source / "audit_stratum_2019-Q1.csv").write_text(STRATUM, "utf-8")
    with pytest.raises(SourceRefused, match=r"audit_stratum_2019-Q1\.csv: delivered, and kept in .* too; rename"):
        refresh(source, "canonical", empty_home, progress=Progress())


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a source that says something of itself, and the home it was published to. To be read only."""
    folder = tmp_path_factory.mktemp("refreshed")
    said = 'force = "Made up"\nis_synthetic = true\ndata_cut = 2019-10-31T23:59:59Z\n'
    (delivered(folder) / "delivery.toml").write_text(said, "utf-8")
    refresh(folder / "source", "canonical", folder / "home", progress=Progress())
    return folder


@pytest.fixture(scope="module")
def amended(refreshed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, once amended. To be read only."""
    folder = tmp_path_factory.mktemp("amended")
    shutil.copytree(refreshed, folder, dirs_exist_ok=True)
    amend(folder / "home", progress=Progress())
    return folder


def test_an_amendment_needs_the_stage_of_the_current_snapshot(
    refreshed: Path, tmp_path: Path, empty_home: Path
) -> None:
    with pytest.raises(SourceRefused, match="there is none yet"):
        amend(tmp_path / "none", progress=Progress())
    shutil.copytree(refreshed / "home", empty_home)
    (stage_folder(empty_home, "r0001") / "standing.json").unlink()
    with pytest.raises(SourceRefused, match=r"\(r0001\) are gone, as after a restore: run `cdi refresh`"):
        amend(empty_home, progress=Progress())


def test_an_amendment_keeps_what_the_delivery_said_of_itself(amended: Path, empty_home: Path) -> None:
    shutil.copytree(amended / "home", empty_home)
    amend(empty_home, progress=Progress())  # an amendment of an amendment too
    with closing(sql.open_snapshot(empty_home)) as snapshot:
        assert snapshot.info["run"] == "r0003"
        names = ("source_name", "is_synthetic", "data_cut", "profile")
        assert [snapshot.info[name] for name in names] == [
            "Made up", True, datetime(2019, 10, 31, 23, 59, 59), "canonical"
        ]  # fmt: skip


def test_an_amendment_does_not_stand_for_the_sources_volume(amended: Path, tmp_path: Path) -> None:
    shutil.copytree(amended, tmp_path, dirs_exist_ok=True)
    source = tmp_path / "source"
    (source / "incident.csv").write_text(INCIDENT.splitlines()[0] + "\n", "utf-8")
    (source / "crime.csv").write_text("crime_ref,recorded_at\nC1,2019-06-01T10:00Z\n", "utf-8")
    with pytest.raises(RunRefused, match="incident_empty"):
        refresh(source, "canonical", tmp_path / "home", progress=Progress())

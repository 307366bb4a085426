"""The audits that the home folder keeps: read by every refresh and amendment, beside what the source delivers."""

from contextlib import closing
from pathlib import Path

import pytest

import sql
from pipelines.amend import amend
from pipelines.home import audits_folder
from pipelines.progress import Progress
from pipelines.refresh import refresh
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


def test_every_sample_that_is_kept_is_read_by_a_profile_that_knows_no_audits_too(
    tmp_path: Path, empty_home: Path
) -> None:
    keep(empty_home, "2019-Q1")
    keep(empty_home, "2019-Q2", 12)
    profile = tmp_path / "own.toml"
    profile.write_text(
        'name = "own"\ndescription = "Logs alone"\ntime_zone = "Europe/London"\n'
        '[extract.incident]\nfiles = ["incident.csv"]\n',
        "utf-8",
    )
    report = refresh(delivered(tmp_path), str(profile), empty_home, progress=Progress())
    assert strata(empty_home) == [("2019-Q1", 9), ("2019-Q2", 12)]
    assert {file.file for file in report.files} == {
        "incident.csv", "audit_stratum_2019-Q1.csv", "audit_stratum_2019-Q2.csv"
    }  # fmt: skip
    keep(empty_home, "2019-Q3")
    profile.unlink()  # the amendment needs it no more
    amend(empty_home, progress=Progress())
    assert strata(empty_home) == [("2019-Q1", 9), ("2019-Q2", 12), ("2019-Q3", 9)]


def test_the_same_name_delivered_and_kept_is_refused(tmp_path: Path, empty_home: Path) -> None:
    keep(empty_home, "2019-Q1")
    source = delivered(tmp_path)
    (source / "audit_stratum_2019-Q1.csv").write_text(STRATUM, "utf-8")
    with pytest.raises(SourceRefused, match=r"audit_stratum_2019-Q1\.csv: delivered, and kept in .* too; rename"):
        refresh(source, "canonical", empty_home, progress=Progress())

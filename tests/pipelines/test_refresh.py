"""A refresh as a whole: what a rule sets aside, what staff identifiers become, what a second run leaves standing."""

import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest

import sql
from pipelines import ledger as book
from pipelines.ledger import latest, open_ledger
from pipelines.progress import Progress, to_stderr
from pipelines.publish import restore
from pipelines.refresh import RunRefused, SourceRefused, refresh
from pipelines.report import RunReport

HEADER = "incident_id,reported_at,opening_code,team_id,handler_id,appointment_id\n"
LOGS = "\n".join(f"I{number},2019-01-{number:02} 10:00,harassment,T1,Pat Smith," for number in range(1, 21))


def deliver(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@dataclass(frozen=True)
class Published:
    """What was delivered, the home folder it was refreshed to, and what the run says of itself."""

    source: Path
    home: Path
    report: RunReport

    def copied(self, folder: Path) -> tuple[Path, Path]:
        """Copies of source and home, for a test that changes them."""
        source = shutil.copytree(self.source, folder / "source")
        return Path(source), Path(shutil.copytree(self.home, folder / "home"))


FAR = 'F1,2091-01-01 10:00,harassment,"T1",Jo Bloggs,'  # a row set aside is kept whole


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Twenty logs, and one whose year is mistyped; a home whose name looks like a pattern. To be read only."""
    folder = tmp_path_factory.mktemp("published")
    source, home = deliver(folder / "source", incident=f"{HEADER}{LOGS}\n{FAR}\n"), folder / "home [1]"
    return Published(source, home, refresh(source, "canonical", home, progress=Progress()))


def test_a_row_that_a_rule_sets_aside_keeps_its_line_reason_and_text(published: Published) -> None:
    counts = published.report.extracts
    assert [(c.read, c.loaded, c.rejected) for c in counts if c.extract == "incident"] == [(21, 20, 1)]
    snapshot = sql.open_snapshot(published.home)
    (reject,) = sql.table(snapshot, "reject")
    assert (reject["file"], reject["line"], reject["original"]) == ("incident.csv", 22, FAR)
    assert "data cut" in reject["reason"]
    snapshot.close()


def test_log_numbers_that_a_spreadsheet_rounded_are_set_aside_and_not_made_one(tmp_path: Path) -> None:
    """The canonical profile brings 2019/0001 and 20190001 to one shape: 2.02E+12 must not become one with its like."""
    rounded = "2.02E+12,2019-01-05 10:00,harassment,T1,,\n2.02E+12,2019-01-06 10:00,robbery,T1,,\n"
    source = deliver(tmp_path / "source", incident=f"{HEADER}{LOGS}\n{rounded}")
    report = refresh(source, "canonical", tmp_path / "home", progress=Progress(), publish=False)
    (found,) = (count for count in report.extracts if count.extract == "incident")
    assert (found.read, found.loaded, found.superseded, found.rejected) == (22, 20, 0, 2)


def test_log_numbers_that_become_one_are_pointed_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "12-3/19,2019-01-05 10:00,harassment,T1,,\n1-23/19,2019-01-06 10:00,robbery,T1,,\n"
    source = deliver(tmp_path / "source", incident=f"{HEADER}{LOGS}\n{rows}")
    refresh(source, "canonical", tmp_path / "home", progress=to_stderr(), publish=False)
    said = "incident.csv: 1 of incident_id differ only in what the profile removes, and count as one"
    assert said in capsys.readouterr().err


def test_staff_are_hashed_on_the_way_in_alike_in_every_run(published: Published, tmp_path: Path) -> None:
    source, home = published.copied(tmp_path)
    again = refresh(source, "canonical", home, progress=Progress())
    seen = []
    for report in (published.report, again):
        snapshot = sql.open_snapshot(home, report.snapshot)
        seen.append(sql.rows(snapshot.cursor(), "select distinct handler_id from incident")[0]["handler_id"])
        snapshot.close()
        assert b"Pat Smith" not in (home / "snapshots" / str(report.snapshot)).read_bytes()
    assert seen[0] == seen[1]
    assert len(seen[0]) == 16


def test_what_was_noticed_in_reading_travels_with_the_snapshot(published: Published) -> None:
    snapshot = sql.open_snapshot(published.home)
    notes = [row["note"] for row in sql.table(snapshot, "delivery_note")]
    (run,) = sql.table(snapshot, "run_history")
    assert run["outcome"] == "published"
    assert run["seconds"] > 0
    assert any("columns not used: appointment_id" in note for note in notes)
    snapshot.close()


def test_a_refused_run_leaves_the_published_snapshot_alone(published: Published, tmp_path: Path) -> None:
    source, home = published.copied(tmp_path)
    before = sql.current_name(home)
    deliver(source, incident=HEADER)
    with pytest.raises(SourceRefused, match="incident.csv: a header and no rows"):
        refresh(source, "canonical", home, progress=Progress())
    (source / "delivery.toml").write_text("data_cut = 2019-02-01T00:00:00Z\n", encoding="utf-8")
    with pytest.raises(SourceRefused, match="incident.csv: a header and no rows"):
        refresh(source, "canonical", home, progress=Progress())
    deliver(source, incident="")
    with pytest.raises(SourceRefused, match="empty"):
        refresh(source, "canonical", home, progress=Progress())
    assert sql.current_name(home) == before
    with closing(open_ledger(home)) as ledger:
        refused = latest(ledger)
    assert refused is not None
    assert [(file.file, len(file.sha256), file.read) for file in refused.files] == [("incident.csv", 64, 0)]


def test_a_folder_called_by_its_day_is_held_against_that_of_another_day(published: Published, tmp_path: Path) -> None:
    _, home = published.copied(tmp_path)
    with closing(open_ledger(home)) as ledger:
        ledger.execute("update run set source_name = 'extracts_2019-01-30'")
    source = deliver(tmp_path / "extracts_2019-01-31", incident=f"{HEADER}{LOGS.splitlines()[0]}\n")
    with pytest.raises(RunRefused, match=r"incident_shrunk: .* where it is rightly so small, from a folder of another"):
        refresh(source, "canonical", home, progress=Progress())
    other = Path(shutil.copytree(source, tmp_path / "smaller"))
    assert refresh(other, "canonical", home, progress=Progress()).outcome == "published"


def test_rows_of_a_run_that_is_refused_for_them_are_kept(tmp_path: Path) -> None:
    rounded = "".join(f"1.{number:03}E+12,2019-01-05 10:00,harassment,T1,,\n" for number in range(120))
    source = deliver(tmp_path / "source", incident=f"{HEADER}{LOGS}\n{rounded}")
    with pytest.raises(RunRefused, match="120 of 140 rows were rejected"):
        refresh(source, "canonical", tmp_path / "home", progress=Progress())
    kept = pl.read_parquet(tmp_path / "home" / "stage" / "r0001" / "rejects_by_rule.parquet")
    assert (kept.height, kept["original"][0]) == (120, "1.000E+12,2019-01-05 10:00,harassment,T1,,")


def test_teams_alone_need_a_stated_data_cut_and_say_so(tmp_path: Path) -> None:
    source, home = deliver(tmp_path / "source", team="team_id,name\nT1,Response\n"), tmp_path / "home"
    with pytest.raises(SourceRefused, match="or state data_cut in a delivery.toml"):
        refresh(source, "canonical", home, progress=Progress())
    (source / "delivery.toml").write_text("data_cut = 2019-02-01T00:00:00Z\n", encoding="utf-8")
    refresh(source, "canonical", home, progress=Progress())
    with closing(sql.open_snapshot(home)) as snapshot:
        assert snapshot.info["data_cut"] == datetime(2019, 2, 1)
        assert not any(metric.is_available for metric in sql.metrics(snapshot))


# Deliveries of changes


def changes(folder: Path, said: str = "", **files: str) -> Path:
    (deliver(folder, **files) / "delivery.toml").write_text(f'delivery = "incremental"\n{said}', encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def changed_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder made of changes from the first, which were real. To be read only."""
    folder = tmp_path_factory.mktemp("changed")
    refresh(changes(folder / "a", incident_1=f"{HEADER}{LOGS}\n"), "canonical", folder / "home", progress=Progress())
    return folder / "home"


@pytest.mark.parametrize(
    ("is_synthetic", "then", "said"),
    [
        (True, "", "changes to real data, and the current snapshot (r0001) holds made-up data"),
        (False, "is_synthetic = true", "changes to made-up data, and the current snapshot (r0001) holds real data"),
    ],
)
def test_changes_never_mix_real_rows_with_made_up_ones(
    changed_home: Path, tmp_path: Path, is_synthetic: bool, then: str, said: str
) -> None:
    home = Path(shutil.copytree(changed_home, tmp_path / "home"))
    with duckdb.connect(home / "snapshots" / "snap_r0001.duckdb") as snapshot:
        snapshot.execute("update snapshot_info set is_synthetic = $is_synthetic", {"is_synthetic": is_synthetic})
    source = changes(tmp_path / "b", then, incident_2=f"{HEADER}N1,2019-01-20 11:00,robbery,T1,,\n")
    with pytest.raises(SourceRefused) as raised:
        refresh(source, "canonical", home, progress=Progress())
    assert said in str(raised.value)
    assert sql.current_name(home) == "snap_r0001.duckdb"


def test_changes_to_a_snapshot_whose_stage_is_gone_are_refused(changed_home: Path, tmp_path: Path) -> None:
    """After a restore the stage of the run made current is gone: changes alone would pass for the whole."""
    home = Path(shutil.copytree(changed_home, tmp_path / "home"))
    later = changes(tmp_path / "b", incident_2=f"{HEADER}N1,2019-01-20 11:00,robbery,T1,,\n")
    refresh(later, "canonical", home, progress=Progress())
    with closing(book.open_ledger(home)) as ledger:
        restore(home, ledger, "r0001")
    with pytest.raises(SourceRefused, match="are gone, as after a restore: deliver in full once"):
        refresh(later, "canonical", home, progress=Progress())
    (home / "ledger.sqlite").unlink()
    with pytest.raises(SourceRefused, match="does not know r0001, which .*CURRENT names: deliver in full once"):
        refresh(later, "canonical", home, progress=Progress())
    assert sql.current_name(home) == "snap_r0001.duckdb"

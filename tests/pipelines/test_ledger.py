"""The ledger: every run is in it with its counts, and a run that lost a row is never called published."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipelines import ledger as book
from pipelines.report import CheckCount, CountsDoNotAdd, ExtractCount, FileCount

FILE = FileCount("incident", "a.csv", "ab" * 32, 1200, read=10, loaded=6, superseded=3, rejected=1)
SECOND = FileCount("incident", "b.csv", "cd" * 32, 400, read=4, loaded=4, superseded=0, rejected=0)
BOTH = ExtractCount("incident", True, 14, 10, 3, 1, data_cut=datetime(2019, 10, 31, 23, 59, 1, 250))
ABSENT = ExtractCount("crime", False, 0, 0, 0, 0)
CHECK = CheckCount("incident_key", "incident", "stop", "A log has one number.", True, 0, 10)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(book.open_ledger(tmp_path)) as connection:
        yield connection


def test_a_run_comes_back_as_it_was_written(ledger: sqlite3.Connection, tmp_path: Path) -> None:
    run = book.begin(ledger, tmp_path, "canonical", "sample")
    book.record(ledger, run, [FILE, SECOND], [BOTH, ABSENT], [CHECK], {"stage": 1.5, "build": 0.25})
    book.finish(ledger, run, "published", "all met", "snap_r0001.duckdb")
    found = book.report(ledger, run)
    assert (found.run, found.profile, found.source_name) == ("r0001", "canonical", "sample")
    assert (found.outcome, found.message, found.snapshot) == ("published", "all met", "snap_r0001.duckdb")
    assert found.files == (FILE, SECOND)
    assert found.extracts == (BOTH, ABSENT)
    assert found.checks == (CHECK,)
    assert found.steps == {"stage": 1.5, "build": 0.25}
    assert set(found.versions) == set(book.PACKAGES)
    assert found.finished_at is not None
    assert found.started_at <= found.finished_at
    assert abs(datetime.now(UTC).replace(tzinfo=None) - found.started_at) < timedelta(minutes=1)


def test_recording_again_replaces_what_was_recorded(ledger: sqlite3.Connection, tmp_path: Path) -> None:
    run = book.begin(ledger, tmp_path, "canonical", "sample")
    book.record(ledger, run, [FILE], [BOTH], [CHECK, CHECK], {"stage": 1.0})
    book.record(ledger, run, [FILE, SECOND], [BOTH], [CHECK], {"build": 2.0})
    found = book.report(ledger, run)
    assert found.files == (FILE, SECOND)
    assert found.checks == (CHECK,)
    assert found.steps == {"build": 2.0}


@pytest.mark.parametrize(
    ("files", "extracts", "said"),
    [
        ([FileCount("incident", "a.csv", "", 1, 10, 6, 3, 0)], [], "file a.csv (incident): 10 rows read, but 6 loaded"),
        ([FileCount("incident", "a.csv", "", 1, 10, 12, 0, -2)], [], "-2 rejected"),
        ([FILE, SECOND], [ExtractCount("incident", True, 13, 9, 3, 1)], "13 rows read, but its files say 14"),
        ([FILE, SECOND], [ExtractCount("incident", True, 14, 9, 4, 1)], "9 rows loaded, but its files say 10"),
        ([], [ExtractCount("incident", True, 5, 5, 0, 0)], "5 rows read, but its files say 0"),
    ],
)
def test_a_run_that_lost_a_row_is_never_published(
    ledger: sqlite3.Connection, tmp_path: Path, files: list[FileCount], extracts: list[ExtractCount], said: str
) -> None:
    run = book.begin(ledger, tmp_path, "canonical", "sample")
    book.record(ledger, run, files, extracts, [], {})
    with pytest.raises(CountsDoNotAdd) as refusal:
        book.finish(ledger, run, "published", "all met", "snap_r0001.duckdb")
    assert said in str(refusal.value)
    assert book.report(ledger, run).outcome == "running"
    book.finish(ledger, run, "failed", str(refusal.value))
    assert book.report(ledger, run).files == tuple(files)


def test_a_write_that_fails_leaves_what_stood(ledger: sqlite3.Connection, tmp_path: Path) -> None:
    run = book.begin(ledger, tmp_path, "canonical", "sample")
    book.record(ledger, run, [FILE], [BOTH], [CHECK], {})
    unwritable = FileCount("incident", "b.csv", "", 1, 1, 1, 0, rejected=None)  # pyright: ignore[reportArgumentType]
    with pytest.raises(sqlite3.IntegrityError):
        book.record(ledger, run, [unwritable], [], [], {})
    assert book.report(ledger, run).files == (FILE,)


def test_runs_are_numbered_above_ledger_and_snapshots(ledger: sqlite3.Connection, tmp_path: Path) -> None:
    assert book.begin(ledger, tmp_path, "canonical", "a") == "r0001"
    assert book.begin(ledger, tmp_path, "canonical", "b") == "r0002"
    (tmp_path / "snapshots").mkdir()
    (tmp_path / "snapshots" / "snap_r0041.duckdb").touch()
    (tmp_path / "snapshots" / "snap_rubbish.duckdb").touch()
    assert book.begin(ledger, tmp_path, "canonical", "c") == "r0042"
    ledger.execute("update run set run = 'r9999' where run = 'r0042'")
    assert book.begin(ledger, tmp_path, "canonical", "d") == "r10000"
    assert book.begin(ledger, tmp_path, "canonical", "e") == "r10001"


def test_latest_and_history_give_every_run_latest_first(ledger: sqlite3.Connection, tmp_path: Path) -> None:
    assert book.latest(ledger) is None
    assert book.history(ledger) == []
    for outcome in ("refused", "failed", "checked"):
        book.finish(ledger, book.begin(ledger, tmp_path, "canonical", "a"), outcome, f"it {outcome}")
    going = book.begin(ledger, tmp_path, "canonical", "a")
    rows = book.history(ledger)
    assert [(row["run"], row["outcome"], row["message"]) for row in rows] == [
        ("r0004", "running", ""),
        ("r0003", "checked", "it checked"),
        ("r0002", "failed", "it failed"),
        ("r0001", "refused", "it refused"),
    ]
    assert rows[0]["seconds"] is None
    assert all(isinstance(row["seconds"], float) and row["seconds"] >= 0 for row in rows[1:])
    latest = book.latest(ledger)
    assert latest is not None
    assert latest.run == going


def test_reading_makes_no_ledger(tmp_path: Path) -> None:
    assert book.read_ledger(tmp_path / "nowhere") is None
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_run_is_named(ledger: sqlite3.Connection) -> None:
    with pytest.raises(book.UnknownRun, match="the ledger has no run r0007"):
        book.report(ledger, "r0007")
    with pytest.raises(book.UnknownRun, match="the ledger has no run r0007"):
        book.finish(ledger, "r0007", "failed", "no")

"""Publishing: whatever moment a run is killed at, the pointer names a whole snapshot and the next run cleans up."""

import random
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from pipelines import ledger as book
from pipelines import publish, run
from pipelines.home import AnotherRun, building_file, sole_run, stage_folder
from pipelines.report import CountsDoNotAdd, FileCount
from tests.pipelines import publishing

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by POSIX signals")


def content(home: Path) -> str:
    """The run that the current snapshot says it holds, once it is seen to be whole."""
    name = publish.current(home)
    assert name is not None
    lines = (home / "snapshots" / name).read_text().splitlines()
    assert len(lines) == publishing.LINES
    assert len(set(lines)) == 1
    return lines[0]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    publishing.refresh(folder)
    return folder


def test_publishing_moves_the_pointer(home: Path) -> None:
    assert (home / "CURRENT").read_text() == "snap_r0001.duckdb\n"
    assert content(home) == "r0001"
    publishing.refresh(home)
    assert publish.current(home) == "snap_r0002.duckdb"
    assert publish.current_run(home) == "r0002"
    assert content(home) == "r0002"
    assert sorted(path.name for path in (home / "snapshots").iterdir()) == ["snap_r0001.duckdb", "snap_r0002.duckdb"]


def test_nothing_is_current_before_the_first_run(tmp_path: Path) -> None:
    assert publish.current(tmp_path) is None
    assert publish.current_run(tmp_path) is None


def test_a_run_that_lost_a_row_moves_nothing(home: Path) -> None:
    with pytest.raises(CountsDoNotAdd), run.started(home, "canonical", "sample", ()) as going:
        building_file(home, going.run).write_text("r0002\n")
        book.record(going.ledger, going.run, [FileCount("incident", "a.csv", "", 1, 3, 2, 0, 0)], [], [], {})
        publish.publish(home, going.ledger, going.run, "all met")
    assert content(home) == "r0001"
    with closing(book.open_ledger(home)) as ledger:
        assert book.report(ledger, "r0002").outcome == "failed"


def test_an_earlier_snapshot_becomes_current_again(home: Path) -> None:
    publishing.refresh(home)
    with closing(book.open_ledger(home)) as ledger:
        assert publish.restore(home, ledger, "r0001") == "snap_r0001.duckdb"
        assert content(home) == "r0001"
        assert publish.restore(home, ledger, "r0002") == "snap_r0002.duckdb"
        moves = [tuple(row) for row in ledger.execute("select run, action from publication order by rowid")]
    assert moves == [("r0001", "publish"), ("r0002", "publish"), ("r0001", "restore"), ("r0002", "restore")]
    assert content(home) == "r0002"


def test_only_a_run_with_a_snapshot_can_be_restored(home: Path) -> None:
    publishing.refresh(home)
    with closing(book.open_ledger(home)) as ledger:
        book.finish(ledger, book.begin(ledger, home, "canonical", "a"), "refused", "no")
        with pytest.raises(publish.NotPublished, match="run r0003 was refused and has no snapshot.*r0001, r0002"):
            publish.restore(home, ledger, "r0003")
        with pytest.raises(book.UnknownRun, match="no run r0009"):
            publish.restore(home, ledger, "r0009")
        (home / "snapshots" / "snap_r0001.duckdb").unlink()
        with pytest.raises(publish.NotPublished, match="snapshot of run r0001 is gone from .*: r0002$"):
            publish.restore(home, ledger, "r0001")
    assert content(home) == "r0002"


def test_what_a_run_raises_is_its_outcome(home: Path) -> None:
    class Refused(Exception):
        pass

    for error in (Refused("wrong columns"), ValueError("a bug"), KeyboardInterrupt()):
        with pytest.raises(type(error)), run.started(home, "canonical", "sample", (Refused,)):
            raise error
    with pytest.raises(RuntimeError, match="r0005 ended without an outcome"), run.started(home, "canonical", "a", ()):
        pass
    with closing(book.open_ledger(home)) as ledger:
        rows = [(row["run"], row["outcome"], row["message"]) for row in book.history(ledger)]
    assert rows == [
        ("r0005", "failed", "run r0005 ended without an outcome"),
        ("r0004", "failed", "stopped before it ended; nothing was published"),
        ("r0003", "failed", "a bug"),
        ("r0002", "refused", "wrong columns"),
        ("r0001", "published", "all met"),
    ]
    assert content(home) == "r0001"


def test_one_run_at_a_time(home: Path) -> None:
    with sole_run(home), pytest.raises(AnotherRun, match="another refresh is running on .*home"):
        publishing.refresh(home)
    publishing.refresh(home)
    assert content(home) == "r0002"


def test_a_kill_before_any_line_leaves_a_whole_snapshot_and_the_next_run_cleans_up(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.pipelines.publishing", str(home), "at"],
        capture_output=True,
        text=True,
        check=True,
    )
    count = int(done.stdout)
    assert count > 40  # lines of publishing code that a run passes
    seen = set()
    for number in range(1, count + 1):
        copy = home.with_name(f"{home.name}-{number:04d}")
        before = content(copy)
        publishing.refresh(copy)
        with closing(book.open_ledger(copy)) as ledger:
            outcomes = {row["run"]: row["outcome"] for row in book.history(ledger)}
        last = publish.current_run(copy)
        assert content(copy) == last == max(outcomes)
        assert outcomes.pop(last) == "published"
        assert outcomes.pop("r0001") == "published"
        killed = outcomes.get("r0002")
        assert killed == (None if not outcomes else "published" if before == "r0002" else "failed")
        published = ["r0001", *(["r0002"] if killed == "published" else []), last]
        names = sorted(path.name for path in (copy / "snapshots").iterdir())
        assert names == [f"snap_{name}.duckdb" for name in published]
        seen.add((before, killed))
    assert seen == {("r0001", None), ("r0001", "failed"), ("r0002", "published")}


def test_kills_at_random_moments_under_readers(home: Path) -> None:
    stop, torn = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            try:
                content(home)
            except (AssertionError, OSError) as error:
                torn.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    dice = random.Random(20190430)
    try:
        for _ in range(8):
            child = subprocess.Popen([sys.executable, "-m", "tests.pipelines.publishing", str(home), "forever"])
            time.sleep(0.3 + dice.random() / 3)
            child.kill()
            child.wait()
    finally:
        stop.set()
        reader.join()
    assert torn == []
    publishing.refresh(home)
    with closing(book.open_ledger(home)) as ledger:
        rows = book.history(ledger)
    assert content(home) == rows[0]["run"]
    assert len(rows) > 1  # on a busy machine a child may be killed before its first run begins
    assert {row["outcome"] for row in rows} <= {"published", "failed"}
    assert not list((home / "snapshots").glob("*.building*"))


def test_leftovers_of_a_build_are_swept(home: Path) -> None:
    building = building_file(home, "r0002")
    building.write_text("half")
    building.with_name(f"{building.name}.wal").write_text("half")
    building.with_name(f"{building.name}.tmp").mkdir()
    publishing.refresh(home)
    assert not list((home / "snapshots").glob("*.building*"))
    assert stage_folder(home, "r0001") == home / "stage" / "r0001"

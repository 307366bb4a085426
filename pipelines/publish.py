"""Publishing: a finished snapshot becomes current by one atomic swap of a pointer, and an earlier one again likewise.

Readers open the snapshot that `CURRENT` names. A snapshot file never changes once it has its name, so readers never
wait and never see half. A process killed at any moment leaves `CURRENT` naming a whole snapshot.
"""

import os
import shutil
import sqlite3
from pathlib import Path

from pipelines import ledger as book
from pipelines.home import building_file, pointer_file, snapshot_folder, snapshot_name


class NotPublished(Exception):
    """The run has no snapshot that could be made current."""


def current(home: Path) -> str | None:
    """The name of the current snapshot; None before the first. The door tells it too, and loads DuckDB."""
    try:
        return pointer_file(home).read_text(encoding="utf-8").strip() or None
    except FileNotFoundError:
        return None


def current_run(home: Path) -> str | None:
    """The run that built the current snapshot; None before the first."""
    name = current(home)
    return None if name is None else name.removeprefix("snap_").removesuffix(".duckdb")


def publish(home: Path, ledger: sqlite3.Connection, run: str, message: str) -> None:
    """Make the snapshot that the run has built, checkpointed and closed the current one.

    The run's counts must be in the ledger: CountsDoNotAdd, and nothing published, where a row is unaccounted for.
    """
    book.balanced(ledger, run)
    name, building = snapshot_name(run), building_file(home, run)
    _sync(building)
    building.chmod(0o444)
    building.rename(snapshot_folder(home) / name)
    _sync(snapshot_folder(home))
    _point(home, name)
    book.finish(ledger, run, "published", message, name)


def restore(home: Path, ledger: sqlite3.Connection, run: str) -> str:
    """Make the snapshot of an earlier run current again; return its name. NotPublished where it has none."""
    done = book.report(ledger, run)
    if done.snapshot is None:
        raise NotPublished(f"run {run} was {done.outcome} and has no snapshot; with one: {_restorable(home, ledger)}")
    if not (snapshot_folder(home) / done.snapshot).is_file():
        raise NotPublished(
            f"the snapshot of run {run} is gone from {snapshot_folder(home)}; with one: {_restorable(home, ledger)}"
        )
    _point(home, done.snapshot)
    book.note_publication(ledger, run, done.snapshot, "restore")
    return done.snapshot


def settle(home: Path, ledger: sqlite3.Connection) -> None:
    """Tidy up after a process that was killed; to be called under the lock, before a run begins.

    A run left `running` is `published` when the pointer already names its snapshot, else `failed`; half-built
    snapshots, and whole ones that were never published, are deleted.
    """
    for row in ledger.execute("select run from run where outcome = 'running'").fetchall():
        run, name = row["run"], snapshot_name(row["run"])
        if name == current(home):
            book.finish(ledger, run, "published", "published; the process ended before it could say so", name)
        else:
            book.finish(
                ledger, run, "failed", "interrupted: the process ended before the run did; nothing was published"
            )
            (snapshot_folder(home) / name).unlink(missing_ok=True)
    for leftover in snapshot_folder(home).glob("*.building*"):
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()


def _restorable(home: Path, ledger: sqlite3.Connection) -> str:
    rows = ledger.execute("select run, snapshot from run where snapshot is not null order by length(run), run")
    return ", ".join(row["run"] for row in rows if (snapshot_folder(home) / row["snapshot"]).is_file()) or "none"


def _point(home: Path, name: str) -> None:
    pointer = pointer_file(home)
    aside = pointer.with_name(f"{pointer.name}.tmp")
    with aside.open("w", encoding="utf-8") as file:
        file.write(f"{name}\n")
        file.flush()
        os.fsync(file.fileno())
    aside.replace(pointer)
    _sync(home)


def _sync(path: Path) -> None:
    """Bring a file's content, or a folder's entries, to the disk. Windows cannot open a folder, and need not."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

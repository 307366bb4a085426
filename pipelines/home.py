"""Where a home folder keeps things, and the lock that lets one run at a time change it.

A home folder (`--home`, `CDI_HOME`, else `./data`) holds the pointer, the snapshots, the stage, the ledger, the
audits, the force's own reference tables and the sample extracts. Every path under it is named here.
"""

import errno
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEFAULT_HOME = Path("data")


class AnotherRun(Exception):
    """Another process is changing this home folder."""


def pointer_file(home: Path) -> Path:
    """The text file that names the current snapshot."""
    return home / "CURRENT"


def snapshot_folder(home: Path) -> Path:
    """The folder of finished snapshots and of the one being built."""
    return home / "snapshots"


def snapshot_name(run: str) -> str:
    """The name of a run's snapshot, as the pointer gives it: `snap_r0001.duckdb`."""
    return f"snap_{run}.duckdb"


def building_file(home: Path, run: str) -> Path:
    """Where a run builds its snapshot, before it is published."""
    return snapshot_folder(home) / f"{snapshot_name(run)}.building"


def stage_folder(home: Path, run: str) -> Path:
    """Where a run stages its extracts as Parquet."""
    return home / "stage" / run


def audits_folder(home: Path) -> Path:
    """Where `cdi audit` keeps the draws and what auditors returned, a folder a sample."""
    return home / "audits"


def reference_folder(home: Path) -> Path:
    """Where a force keeps reference tables of its own, each in place of the shipped one of its name."""
    return home / "reference"


def staff_key(home: Path) -> bytes:
    """The key that staff identifiers are hashed with, made at the first run: without it no hash leads to a person."""
    path = home / "staff.key"
    if not path.exists() or not path.stat().st_size:
        home.mkdir(parents=True, exist_ok=True)
        making = path.with_suffix(".tmp")  # whole or not there at all, whenever a process is killed
        making.touch(mode=0o600)
        making.write_bytes(secrets.token_bytes(32))
        making.replace(path)
    return path.read_bytes()


def ledger_file(home: Path) -> Path:
    """The SQLite file that records every run."""
    return home / "ledger.sqlite"


def sample_folder(home: Path) -> Path:
    """Where `cdi sample` and `cdi demo` write synthetic extracts."""
    return home / "sample"


@contextmanager
def sole_run(home: Path) -> Iterator[None]:
    """Hold the home folder's lock; the system releases it even when the process is killed.

    Raises AnotherRun at once, without waiting, when another process holds it; OSError where the folder cannot be one.
    """
    from filelock import FileLock, Timeout

    if "?" in str(home.absolute()):
        raise OSError(errno.EINVAL, "DuckDB keeps no database in a folder with ? in its name", str(home))
    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home / "refresh.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise AnotherRun(
            f"another refresh is running on {home}: wait until it ends (`cdi status` shows it), then try again"
        ) from None
    try:
        yield
    finally:
        lock.release()

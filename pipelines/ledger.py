"""The ledger: one SQLite file in the home folder that records every run, failed and refused ones too.

A run is written down before it starts (`running`), its counts before it publishes, its outcome at the end. What a
killed process left `running` is settled at the next start. Times are wall clock, UTC; nothing else in the house
looks at the wall clock.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipelines.home import ledger_file, snapshot_folder
from pipelines.report import CheckCount, ExtractCount, FileCount, Outcome, RunReport, require_balance

PACKAGES = ("crime-recording-compliance", "duckdb", "great-expectations", "polars", "pyarrow", "plotly", "streamlit")

SCHEMA = """
create table if not exists run (
    run text primary key, profile text not null, source_name text not null, outcome text not null,
    message text not null, started_at text not null, finished_at text, snapshot text, versions text not null
);
create table if not exists file_count (
    run text not null references run, extract text not null, file text not null, sha256 text not null,
    bytes integer not null, read integer not null, loaded integer not null, superseded integer not null,
    rejected integer not null
);
create table if not exists extract_count (
    run text not null references run, extract text not null, is_delivered integer not null, read integer not null,
    loaded integer not null, superseded integer not null, rejected integer not null, data_cut text
);
create table if not exists check_count (
    run text not null references run, rule_id text not null, extract text not null, severity text not null,
    reason text not null, is_met integer not null, bad_rows integer not null, evaluated integer not null
);
create table if not exists step (run text not null references run, step text not null, seconds real not null);
create table if not exists publication (
    run text not null references run, snapshot text not null, action text not null, happened_at text not null
);
"""


class LedgerDamaged(Exception):
    """The ledger cannot be read as one. The message names the file, and what to do."""


class UnknownRun(KeyError):
    """The ledger holds no such run."""

    def __str__(self) -> str:
        return str(self.args[0])


def open_ledger(home: Path) -> sqlite3.Connection:
    """Open the home folder's ledger for writing; make both where missing."""
    home.mkdir(parents=True, exist_ok=True)
    with _damage_named(home):
        ledger = sqlite3.connect(ledger_file(home), isolation_level=None)
        ledger.row_factory = sqlite3.Row
        ledger.executescript(SCHEMA)
    return ledger


def read_ledger(home: Path) -> sqlite3.Connection | None:
    """Open the ledger of a home folder that has one, and never make one; None where there is none.

    Opened for writing where the system allows, so that what a killed process left half-written is rolled back.
    """
    if not ledger_file(home).is_file():
        return None
    with _damage_named(home):
        ledger = sqlite3.connect(f"{ledger_file(home).absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
        ledger.row_factory = sqlite3.Row
        ledger.execute("select count(*) from run")
    return ledger


@contextmanager
def _damage_named(home: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise LedgerDamaged(
            f"{ledger_file(home)} cannot be used as the ledger ({error}); put back a copy of it, or move it away: "
            "the next `cdi refresh` begins a new one, and the snapshots stand"
        ) from error


def begin(ledger: sqlite3.Connection, home: Path, profile: str, source_name: str) -> str:
    """Write down that a run starts, and return its id: one above the highest that the ledger or a snapshot knows."""
    known = [row["run"] for row in ledger.execute("select run from run")]
    known += [path.name.removeprefix("snap_").split(".")[0] for path in snapshot_folder(home).glob("snap_r*.duckdb*")]
    run = f"r{max((int(name[1:]) for name in known if name[1:].isdigit()), default=0) + 1:04d}"
    ledger.execute(
        "insert into run values (?, ?, ?, 'running', '', ?, null, null, ?)",
        (run, profile, source_name, _now(), json.dumps({name: version(name) for name in PACKAGES})),
    )
    return run


def record(
    ledger: sqlite3.Connection,
    run: str,
    files: Iterable[FileCount],
    extracts: Iterable[ExtractCount],
    checks: Iterable[CheckCount],
    steps: Mapping[str, float],
) -> None:
    """Write a run's counts, expectation results and step times (seconds) down, replacing what it wrote before."""
    tables = {"file_count": files, "extract_count": extracts, "check_count": checks}
    with closing(ledger.cursor()) as cursor:
        cursor.execute("begin immediate")
        try:
            for table, counts in tables.items():
                cursor.execute(f"delete from {table} where run = ?", (run,))
                for count in counts:
                    values = [_text(value) for value in asdict(count).values()]
                    marks = ", ".join("?" for _ in range(len(values) + 1))
                    cursor.execute(f"insert into {table} values ({marks})", (run, *values))
            cursor.execute("delete from step where run = ?", (run,))
            cursor.executemany("insert into step values (?, ?, ?)", [(run, *step) for step in steps.items()])
            cursor.execute("commit")
        except BaseException:
            cursor.execute("rollback")
            raise


def finish(ledger: sqlite3.Connection, run: str, outcome: Outcome, message: str, snapshot: str | None = None) -> None:
    """Write a run's outcome down; UnknownRun where it was never begun, CountsDoNotAdd where it must not publish."""
    if outcome == "published":
        balanced(ledger, run)
    done = ledger.execute(
        "update run set outcome = ?, message = ?, finished_at = ?, snapshot = ? where run = ?",
        (outcome, message, _now(), snapshot, run),
    )
    if done.rowcount != 1:
        raise UnknownRun(f"the ledger has no run {run}")
    if snapshot is not None:
        note_publication(ledger, run, snapshot, "publish")


def balanced(ledger: sqlite3.Connection, run: str) -> RunReport:
    """The run's report, once every row that it read is accounted for; else CountsDoNotAdd."""
    done = report(ledger, run)
    require_balance(done.files, done.extracts)
    return done


def note_publication(ledger: sqlite3.Connection, run: str, snapshot: str, action: str) -> None:
    """Write down that a snapshot became current, by a run (`publish`) or by hand (`restore`)."""
    ledger.execute("insert into publication values (?, ?, ?, ?)", (run, snapshot, action, _now()))


def report(ledger: sqlite3.Connection, run: str) -> RunReport:
    """One run as the ledger holds it; UnknownRun where it holds none of that id."""
    row = ledger.execute("select * from run where run = ?", (run,)).fetchone()
    if row is None:
        raise UnknownRun(f"the ledger has no run {run}; `cdi status` shows the latest run")
    counts = {
        table: [
            tuple(count)[1:] for count in ledger.execute(f"select * from {table} where run = ? order by rowid", (run,))
        ]
        for table in ("file_count", "extract_count", "check_count", "step")
    }
    return RunReport(
        run=run,
        profile=row["profile"],
        source_name=row["source_name"],
        outcome=row["outcome"],
        message=row["message"],
        started_at=datetime.fromisoformat(row["started_at"]),
        finished_at=_moment(row["finished_at"]),
        snapshot=row["snapshot"],
        files=tuple(FileCount(*count) for count in counts["file_count"]),
        extracts=tuple(
            ExtractCount(name, bool(is_delivered), *numbers, data_cut=_moment(cut))
            for name, is_delivered, *numbers, cut in counts["extract_count"]
        ),
        checks=tuple(
            CheckCount(*words, is_met=bool(is_met), bad_rows=bad_rows, evaluated=evaluated)
            for *words, is_met, bad_rows, evaluated in counts["check_count"]
        ),
        steps=dict(counts["step"]),
        versions=json.loads(row["versions"]),
    )


def latest(ledger: sqlite3.Connection) -> RunReport | None:
    """The latest run, however it ended; None before the first."""
    row = ledger.execute("select run from run order by length(run) desc, run desc limit 1").fetchone()
    return None if row is None else report(ledger, row["run"])


def last_published(ledger: sqlite3.Connection, profile: str, source_name: str) -> RunReport | None:
    """The last run that published this source, read with this profile; None where none did. Of folders that are called
    by their day (extracts_2019-10-31), each is the same source as the others."""
    rows = ledger.execute(
        "select run, source_name from run where outcome = 'published' and profile = ? "
        "order by length(run) desc, run desc",
        (profile,),
    )
    run = next((row["run"] for row in rows if _undated(row["source_name"]) == _undated(source_name)), None)
    return None if run is None else report(ledger, run)


def _undated(name: str) -> str:
    return re.sub(r"\d{1,4}([-_.])\d{1,2}\1\d{1,4}|\d{6,}", "#", name)


def history(ledger: sqlite3.Connection) -> list[dict[str, Any]]:
    """Every run, latest first: run, started_at, finished_at (naive UTC), outcome, seconds, message."""
    rows = ledger.execute("select * from run order by length(run) desc, run desc").fetchall()
    return [_history_row(row) for row in rows]


def _history_row(row: sqlite3.Row) -> dict[str, Any]:
    started, finished = datetime.fromisoformat(row["started_at"]), _moment(row["finished_at"])
    return {
        "run": row["run"],
        "started_at": started,
        "finished_at": finished,
        "outcome": row["outcome"],
        "seconds": None if finished is None else (finished - started).total_seconds(),
        "message": row["message"],
    }


def _now() -> str:
    return datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds")


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _text(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value

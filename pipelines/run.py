"""One run from start to end: the lock, the ledger, the clean-up after a killed one, and the outcome when it raises."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipelines import ledger as book
from pipelines.home import sole_run
from pipelines.publish import settle


@dataclass(frozen=True)
class Run:
    """A run under way: its id and the open ledger."""

    run: str
    ledger: sqlite3.Connection


@contextmanager
def started(home: Path, profile: str, source_name: str, refusals: tuple[type[Exception], ...]) -> Iterator[Run]:
    """Hold the home folder's lock, settle what a killed run left, begin a run and yield it.

    What the body raises is written into the ledger and raised again: `refused` for the exceptions in `refusals`,
    else `failed`. A body that ends without `publish` or `finish` is `failed` too. Raises AnotherRun where another
    run holds the folder.
    """
    with sole_run(home), closing(book.open_ledger(home)) as ledger:
        settle(home, ledger)
        run = book.begin(ledger, home, profile, source_name)
        try:
            yield Run(run, ledger)
            if book.report(ledger, run).outcome == "running":
                raise RuntimeError(f"run {run} ended without an outcome")
        except BaseException as error:
            if book.report(ledger, run).outcome == "running":
                outcome = "refused" if isinstance(error, refusals) else "failed"
                stopped = isinstance(error, KeyboardInterrupt | SystemExit)
                message = "stopped before it ended; nothing was published" if stopped else str(error)
                book.finish(ledger, run, outcome, message or type(error).__name__)
            raise

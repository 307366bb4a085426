"""What a run reports: its files, extracts and expectations with their counts, its times and its outcome."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Outcome = Literal["running", "published", "refused", "failed", "checked"]


class CountsDoNotAdd(Exception):
    """A file's rows read differ from rows loaded + superseded + rejected: rows were lost, or counted twice."""


@dataclass(frozen=True)
class FileCount:
    """One delivered file: its hash, its size in bytes, and what became of its rows."""

    extract: str
    file: str
    sha256: str
    bytes: int
    read: int
    loaded: int
    superseded: int
    rejected: int


@dataclass(frozen=True)
class ExtractCount:
    """One extract: what became of its rows over all its files, and its data cut (naive UTC; None when unknown)."""

    extract: str
    is_delivered: bool
    read: int
    loaded: int
    superseded: int
    rejected: int
    data_cut: datetime | None = None


@dataclass(frozen=True)
class CheckCount:
    """One expectation: whether it was met, and on how many of the evaluated rows it was not."""

    rule_id: str
    extract: str
    severity: str
    reason: str
    is_met: bool
    bad_rows: int
    evaluated: int


@dataclass(frozen=True)
class RunReport:
    """One run as the ledger holds it. Times are wall clock, naive UTC; step times are seconds by step title."""

    run: str
    profile: str
    source_name: str
    outcome: Outcome
    message: str
    started_at: datetime
    finished_at: datetime | None
    snapshot: str | None
    files: tuple[FileCount, ...] = ()
    extracts: tuple[ExtractCount, ...] = ()
    checks: tuple[CheckCount, ...] = ()
    steps: Mapping[str, float] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)


def require_balance(files: tuple[FileCount, ...], extracts: tuple[ExtractCount, ...]) -> None:
    """Raise CountsDoNotAdd unless nothing was lost.

    For each file and each extract: read = loaded + superseded + rejected, none negative; and an extract's counts are
    the sums over its files.
    """
    for file in files:
        _require_sum(f"file {file.file} ({file.extract})", file)
    for extract in extracts:
        _require_sum(f"extract {extract.extract}", extract)
        own = [file for file in files if file.extract == extract.extract]
        for what in ("read", "loaded", "superseded", "rejected"):
            whole, parts = getattr(extract, what), sum(getattr(file, what) for file in own)
            if whole != parts:
                raise CountsDoNotAdd(
                    f"extract {extract.extract}: {whole:,} rows {what}, but its files say {parts:,}; "
                    "nothing is published until every row is accounted for"
                )


def _require_sum(where: str, count: FileCount | ExtractCount) -> None:
    parts = (count.loaded, count.superseded, count.rejected)
    if count.read != sum(parts) or min(parts) < 0:
        raise CountsDoNotAdd(
            f"{where}: {count.read:,} rows read, but {count.loaded:,} loaded + {count.superseded:,} superseded + "
            f"{count.rejected:,} rejected; nothing is published until every row is accounted for"
        )

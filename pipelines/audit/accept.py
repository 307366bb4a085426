"""Keeps what auditors marked beside the draw, where the next run reads it."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from pipelines.audit.check_return import Marked
from pipelines.audit.folder import Drawn, kept_file, read_rows, write_rows
from pipelines.audit.returned import ReturnRefused
from pipelines.extracts import AUDIT_CRIME, AUDIT_RETURN
from pipelines.home import sole_run

SHOWN = 10  # log numbers in a message

Rows = list[Mapping[str, Any]]


def accept(home: Path, drawn: Drawn, marked: Marked, *, replace: bool, publish: Callable[[], None]) -> int:
    """Keep what was marked, call `publish`, and return how many logs of the draw are marked now.

    `replace` puts it in place of all that the same auditors returned of the draw before. Whatever `publish` raises is
    raised on, with what is kept as it was before. Raises ReturnRefused where an auditor returned one of the logs
    before, and AnotherRun where another process holds the home folder.
    """
    files = {extract: kept_file(home, extract.name, drawn.sample_id) for extract in (AUDIT_RETURN, AUDIT_CRIME)}
    before = {path: path.read_bytes() if path.exists() else None for path in files.values()}
    returns, crimes = (_others(read_rows(path), marked, replace) for path in files.values())
    if not replace:
        _require_new(returns, marked)
    returns += marked.returns
    with sole_run(home):
        write_rows(files[AUDIT_RETURN], returns, list(AUDIT_RETURN.schema))
        write_rows(files[AUDIT_CRIME], [*crimes, *marked.crimes], list(AUDIT_CRIME.schema))
    try:
        publish()
    except BaseException:
        for path, content in before.items():
            path.unlink() if content is None else path.write_bytes(content)
        raise
    return len({row["incident_id"] for row in returns})


def _others(rows: Iterable[Mapping[str, Any]], marked: Marked, replace: bool) -> Rows:
    """The rows kept that stay: with `replace`, only those of other auditors."""
    return [row for row in rows if not (replace and row["auditor"] in marked.auditors)]


def _require_new(returns: Rows, marked: Marked) -> None:
    known = {(row["incident_id"], row["auditor"]) for row in returns}
    again = [row for row in marked.returns if (row["incident_id"], row["auditor"]) in known]
    if again:
        logs = ", ".join(row["incident_id"] for row in again[:SHOWN])
        more = f" and {len(again) - SHOWN} more" if len(again) > SHOWN else ""
        auditors = " and ".join(sorted({row["auditor"] for row in again}))
        raise ReturnRefused(
            f"{auditors} returned {logs}{more} before: --replace puts this worksheet in place of all that "
            f"{auditors} returned of this draw"
        )

"""Accounts for every row of a run: what each file's rows became, what each expectation found, which rows it found."""

import contextlib
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import duckdb

from expectations import Rule
from expectations.verdict import Verdict
from pipelines.extracts import EXTRACTS
from pipelines.insert import insert
from pipelines.reading.delivery import Delivery
from pipelines.reading.stage import Staged
from pipelines.reference import quoted
from pipelines.report import CheckCount, ExtractCount, FileCount

MOST_FAILURES_SHOWN = 10_000  # rows listed for one expectation; its count is always whole
ORIGINAL_SHOWN = 2_000  # characters of a rejected row's text in the snapshot; the stage keeps it whole


@dataclass(frozen=True)
class Counts:
    """The account of one run; `carried` rows stand from earlier deliveries, by extract."""

    files: tuple[FileCount, ...]
    extracts: tuple[ExtractCount, ...]
    checks: tuple[CheckCount, ...]
    carried: Mapping[str, int]


def delivered(delivery: Delivery) -> tuple[FileCount, ...]:
    """The files of a delivery with their hashes and no rows: what a run that broke off was given. A file that cannot
    be read has no hash."""
    counts = []
    for extract, paths in delivery.files.items():
        for path in paths:
            sha256, size = "", 0
            with contextlib.suppress(OSError), path.open("rb") as file:
                sha256, size = hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size
            counts.append(FileCount(extract, path.name, sha256, size, 0, 0, 0, 0))
    return tuple(counts)


def count(
    con: duckdb.DuckDBPyConnection,
    staged: Staged,
    data_cuts: Mapping[str, datetime | None],
    rules: Iterable[Rule],
    verdicts: Iterable[Verdict],
) -> Counts:
    """Count rows by file and by extract, and put the verdicts beside their rules.

    Needs the schemas `staged` and `loaded` and the table `aside`. A rule that could not be evaluated counts as not met.
    """
    aside = _aside_by_file(con)
    files = tuple(
        FileCount(
            extract=file.extract,
            file=file.name,
            sha256=file.sha256,
            bytes=file.bytes,
            read=file.read,
            loaded=_loaded_of(con, file.extract, file.name),
            superseded=aside.get((file.extract, file.name, False), 0),
            rejected=file.rejected + aside.get((file.extract, file.name, True), 0),
        )
        for file in staged.files
    )
    extracts, carried = [], {}
    for extract in EXTRACTS:
        own = [file for file in files if file.extract == extract.name]
        loaded = sum(file.loaded for file in own)
        carried[extract.name] = _rows_of(con, f"loaded.{extract.name}") - loaded
        extracts.append(
            ExtractCount(
                extract=extract.name,
                is_delivered=staged.extracts[extract.name].is_delivered,
                read=sum(file.read for file in own),
                loaded=loaded,
                superseded=sum(file.superseded for file in own),
                rejected=sum(file.rejected for file in own),
                data_cut=data_cuts[extract.name],
            )
        )
    return Counts(files, tuple(extracts), tuple(_checks(con, rules, verdicts)), carried)


def write(con: duckdb.DuckDBPyConnection, counts: Counts, staged: Staged, rules: Iterable[Rule]) -> None:
    """Write the account into the snapshot's tables, with the rows each broken rule found and every reject."""
    insert(
        con,
        "extract_delivery",
        [
            (
                c.extract,
                c.is_delivered,
                c.read,
                c.loaded,
                c.superseded,
                c.rejected,
                counts.carried[c.extract],
                c.data_cut,
            )
            for c in counts.extracts
        ],
    )
    insert(
        con,
        "file_delivery",
        [(f.extract, f.file, f.sha256, f.bytes, f.read, f.loaded, f.superseded, f.rejected) for f in counts.files],
    )
    insert(
        con,
        "check_result",
        [(c.rule_id, c.extract, c.severity, c.reason, c.is_met, c.bad_rows, c.evaluated) for c in counts.checks],
    )
    by_id = {rule.rule_id: rule for rule in rules}
    for check in counts.checks:
        if not check.is_met:
            _write_failures(con, by_id[check.rule_id], check.bad_rows)
    files = ", ".join(quoted(path) for path in sorted(staged.folder.glob("rejects*.parquet")))
    con.execute(
        f"insert into reject select extract, file, line, reason, left(original, {ORIGINAL_SHOWN}), length(original) "
        f"from read_parquet([{files}]) order by extract, file, line"
    )
    insert(
        con,
        "delivery_note",
        [(extract.name, note) for extract in staged.extracts.values() for note in extract.notes],
    )


def rejected_by_rule(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], dict[int, str]]:
    """Reason of each line that a rule set aside, by extract and file."""
    rejected: dict[tuple[str, str], dict[int, str]] = {}
    for extract in EXTRACTS:
        found = con.execute(
            f"select record._file, record._line, aside.reason from aside "
            f"inner join staged.{extract.name} as record on aside._row = record._row "
            "where aside.extract = $extract and aside.rule_id is not null",
            {"extract": extract.name},
        ).fetchall()
        for file, line, reason in found:
            rejected.setdefault((extract.name, file), {})[line] = reason
    return rejected


def _checks(con: duckdb.DuckDBPyConnection, rules: Iterable[Rule], verdicts: Iterable[Verdict]) -> Iterable[CheckCount]:
    by_id = {verdict.rule_id: verdict for verdict in verdicts}
    rows = {
        (schema, extract.name): _rows_of(con, f"{schema}.{extract.name}")
        for schema in ("staged", "loaded")
        for extract in EXTRACTS
    }
    for rule in rules:
        verdict = by_id[rule.rule_id]
        yield CheckCount(
            rule_id=rule.rule_id,
            extract=rule.extract,
            severity=rule.severity,
            reason=rule.reason,
            is_met=bool(verdict.is_met),
            bad_rows=verdict.bad_rows,
            evaluated=rows["staged" if rule.severity == "reject" else "loaded", rule.extract],
        )


def _write_failures(con: duckdb.DuckDBPyConnection, rule: Rule, bad_rows: int) -> None:
    """List the rows a rule found; raise where the list and the verdict do not agree."""
    schema = "staged" if rule.severity == "reject" else "loaded"
    key = next(extract.key for extract in EXTRACTS if extract.name == rule.extract)
    con.execute(f"set search_path = '{schema},main'")
    con.execute(f"create or replace temp table bad as {rule.bad_rows}")
    con.execute("reset search_path")
    found = _rows_of(con, "bad")
    if found != bad_rows:
        raise RuntimeError(
            f"expectation {rule.rule_id}: the verdict speaks of {bad_rows:,} rows and the list holds {found:,}; "
            "nothing is published on a doubtful verdict"
        )
    record_id = ", ".join(f"record.{name}" for name in key)
    con.execute(
        f"insert into check_failure select $rule_id, $extract, concat_ws('/', {record_id}), "
        f"record._file, record._line, bad.detail from bad left join {schema}.{rule.extract} as record "
        f"on bad._row = record._row order by bad._row limit {MOST_FAILURES_SHOWN}",
        {"rule_id": rule.rule_id, "extract": rule.extract},
    )


def _aside_by_file(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, str, bool], int]:
    """Rows set aside by extract, file and whether a rule rejected them; else a later row superseded them."""
    counts: dict[tuple[str, str, bool], int] = {}
    for extract in EXTRACTS:
        found = con.execute(
            f"select record._file, aside.rule_id is not null, count(*) from aside "
            f"inner join staged.{extract.name} as record on aside._row = record._row "
            "where aside.extract = $extract group by all",
            {"extract": extract.name},
        ).fetchall()
        counts |= {(extract.name, file, is_rejected): rows for file, is_rejected, rows in found}
    return counts


def _loaded_of(con: duckdb.DuckDBPyConnection, extract: str, file: str) -> int:
    found = con.execute(f"select count(*) from loaded.{extract} where _file = $file", {"file": file}).fetchone()
    return found[0] if found else 0


def _rows_of(con: duckdb.DuckDBPyConnection, relation: str) -> int:
    found = con.execute(f"select count(*) from {relation}").fetchone()
    return found[0] if found else 0

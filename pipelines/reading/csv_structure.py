"""Which lines of a delimited file are records, which belong to a record before them, and which are broken.

Every physical line is one of: a record, a blank line, a further line of a quoted record, or broken with a reason. A
quote that is never closed breaks its own line and not the lines after it.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipelines.reading.inspect_file import LONGEST_RECORD, FileFacts
from pipelines.reading.opened import SPAN_SCHEMA, STRUCTURE_SCHEMA

LONGEST_SPAN = 200  # lines of one quoted record

_QUOTED = '"[^"]*(?:""[^"]*)*"'
UNCLOSED = "a quote is opened and not closed"
STRAY = "a quote stands in the middle of a field"
NUL = "holds a zero byte"


@dataclass(frozen=True)
class Structure:
    """Lines are numbered from 1. `broken`: line, end, reason. `spans`: line, end of records over several lines."""

    broken: pl.DataFrame
    spans: pl.DataFrame
    blank: pl.Series

    def is_plain(self, n_header: int) -> bool:
        """Whether Polars can read the file as it is, line for line; it takes the first line for a record."""
        return self.broken.is_empty() and self.spans.is_empty() and n_header + 1 not in self.blank


def find_structure(
    path: Path, delimiter: str, n_fields: int, n_header: int, *, facts: FileFacts, lost: dict[int, str]
) -> Structure:
    """Look at every line after the header (its first `n_header` lines); `lost` are lines already given up, and why."""
    lines = pl.scan_lines(path, row_index_name="at", glob=False).with_columns(pl.col("at").cast(pl.Int64) + 1)
    lines = lines.filter(pl.col("at") > n_header)
    text = pl.col("line")
    has_nul = text.str.contains("\0", literal=True) if facts.has_nul else pl.lit(False)
    has_quote = text.str.contains('"', literal=True) if facts.has_quotes else pl.lit(False)
    n_found = text.str.count_matches(delimiter, literal=True).cast(pl.Int64) + 1
    is_blank = (n_found == 1) & (text.str.strip_chars() == "")
    is_fault = (n_found != n_fields) | has_nul
    faults = lines.filter(~has_quote & (is_fault if n_fields > 1 else is_fault | is_blank)).select(
        "at",
        fault=pl.when(is_blank)
        .then(pl.lit(""))
        .when(has_nul)
        .then(pl.lit(NUL))
        .otherwise(_count_fault(n_found, n_fields)),
        text=pl.lit(None, dtype=pl.String),
    )
    if facts.has_quotes:
        faults = pl.concat([faults, _quoted_faults(lines.filter(has_quote), delimiter, n_fields)])
    found = faults.collect().sort("at")
    return _settle(path, found, delimiter, n_fields, lost)


def _count_fault(n_found: pl.Expr, n_fields: int) -> pl.Expr:
    return pl.format("has {} fields where the header has " + str(n_fields), n_found)


def _quoted_faults(lines: pl.LazyFrame, delimiter: str, n_fields: int) -> pl.LazyFrame:
    """Lines with quotes that are no record by themselves; those with an odd number of quotes with their text."""
    text, bare = pl.col("line"), pl.col("bare")
    apart = re.escape(delimiter)
    is_odd = text.str.count_matches('"', literal=True) % 2 == 1
    n_found = bare.str.count_matches(delimiter, literal=True).cast(pl.Int64) + 1
    is_stray = bare.str.contains(f'[^{apart}]"|"[^{apart}]')
    has_nul = text.str.contains("\0", literal=True)
    return (
        lines.with_columns(bare=text.str.replace_all(_QUOTED, '"'))
        .filter(is_odd | is_stray | has_nul | (n_found != n_fields))
        .select(
            "at",
            fault=pl.when(is_odd)
            .then(pl.lit(UNCLOSED))
            .when(is_stray)
            .then(pl.lit(STRAY))
            .when(has_nul)
            .then(pl.lit(NUL))
            .otherwise(_count_fault(n_found, n_fields)),
            text=pl.when(is_odd).then(text),
        )
    )


def n_fields_of(record: str, delimiter: str) -> int | None:
    """Fields of one whole record, which may hold line ends in quotes; None where its quotes are broken."""
    bare = re.sub(_QUOTED, '"', record)
    apart = re.escape(delimiter)
    if re.search(f'[^{apart}]"|"[^{apart}]', bare) or record.count('"') % 2:
        return None
    return bare.count(delimiter) + 1


def _settle(path: Path, found: pl.DataFrame, delimiter: str, n_fields: int, lost: dict[int, str]) -> Structure:
    spans = _join_spans(path, found.filter(pl.col("text").is_not_null()), delimiter, n_fields)
    inside = spans.select(pl.int_ranges("line", pl.col("end") + 1).explode(empty_as_null=False)).to_series()
    outside = found.filter(~pl.col("at").is_in([*inside, *lost]))
    broken = outside.filter(pl.col("fault") != "").select(line="at", end="at", reason="fault")
    blank = outside.filter(pl.col("fault") == "")["at"]
    if lost:
        reasons = pl.DataFrame({"at": list(lost), "reason": list(lost.values())}, schema_overrides={"at": pl.Int64})
        holding = spans.join_where(reasons, pl.col("line") <= pl.col("at"), pl.col("end") >= pl.col("at"))
        holding = holding.unique("line").select(STRUCTURE_SCHEMA.names())
        spans = spans.filter(~pl.col("line").is_in(holding["line"].implode()))
        alone = reasons.filter(~pl.col("at").is_in(inside.implode())).select(line="at", end="at", reason="reason")
        broken = pl.concat([broken, holding, alone])
    return Structure(broken.sort("line").cast(STRUCTURE_SCHEMA), spans, blank)


def _join_spans(path: Path, odd: pl.DataFrame, delimiter: str, n_fields: int) -> pl.DataFrame:
    """Records over several lines, from the lines with an odd number of quotes.

    Such a line and the next such line are one record if together they have the header's number of fields, and no line
    between them is a record by itself (else the first has merely lost its closing quote).
    """
    at, text = odd["at"].to_list(), odd["text"].to_list()
    pairs = [(k, k + 1) for k in range(len(at) - 1) if at[k + 1] - at[k] <= LONGEST_SPAN and _opens(text[k], delimiter)]
    between = _lines_between(path, [(at[k] + 1, at[after] - 1) for k, after in pairs])
    spans: list[tuple[int, int]] = []
    free = -1
    for k, after in pairs:
        if k <= free:
            continue
        inner = [between[number] for number in range(at[k] + 1, at[after])]
        if n_fields > 1 and any(n_fields_of(line, delimiter) == n_fields for line in inner):
            continue
        record = "\n".join([text[k], *inner, text[after]])
        if len(record) <= LONGEST_RECORD and n_fields_of(record, delimiter) == n_fields and "\0" not in record:
            spans.append((at[k], at[after]))
            free = after
    return pl.DataFrame(spans, schema=SPAN_SCHEMA, orient="row")


def _opens(line: str, delimiter: str) -> bool:
    """Whether the odd quote of a line stands where a quoted field begins."""
    before, quote, _ = re.sub(_QUOTED, "", line).partition('"')
    return bool(quote) and (not before or before.endswith(delimiter))


def _lines_between(path: Path, ranges: list[tuple[int, int]]) -> dict[int, str]:
    wanted = sorted({number for first, last in ranges for number in range(first, last + 1)})
    if not wanted:
        return {}
    lines = pl.scan_lines(path, row_index_name="at", row_index_offset=1, glob=False)
    held = lines.filter(pl.col("at").is_in(pl.Series(wanted, dtype=pl.UInt32).implode())).collect()
    return dict(held.iter_rows())

"""Delimited text: its header, its delimiter, its records.

Nothing is left to a CSV reader's mercy: lines are counted and split by our own rules first (csv_structure), and what
is then handed to Polars is known to be whole.
"""

import csv
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import polars as pl

from pipelines.csv_structure import LONGEST_RECORD, Structure, find_structure
from pipelines.encoding import as_utf8, refuse_wide
from pipelines.inspect_file import FileFacts
from pipelines.opened import Opened
from pipelines.profile import ExtractSource
from pipelines.refusal import SourceRefused

DELIMITERS = (",", ";", "\t", "|")
SPOKEN = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_HEADER_LINES = 50  # a header is looked for in so many lines


@dataclass(frozen=True)
class Header:
    """Column names, the delimiter between them and how many lines of the file they take, blank ones before included."""

    columns: tuple[str, ...]
    delimiter: str
    n_lines: int


def open_csv(path: Path, facts: FileFacts, source: ExtractSource, expected: set[str], work: Path) -> Opened:
    """Open a delimited file. `expected` are the column names the profile looks for: they decide between delimiters.

    Raises SourceRefused where the file is empty, is UTF-16, or its header names a column twice. Copies are made in
    `work`, and only of files that need one.
    """
    if facts.n_bytes == 0:
        raise SourceRefused(f"{path.name} is empty (0 bytes); deliver it again, or leave it out.")
    refuse_wide(path)
    utf8, unread, note = as_utf8(path, facts, source.encoding, work)
    header = read_header(utf8, path.name, source.delimiter, expected)
    structure = find_structure(
        utf8,
        header.delimiter,
        len(header.columns),
        header.n_lines,
        has_quotes=facts.n_quotes > 0,
        unread=[number for number in unread if number > header.n_lines],
    )
    n_further = (structure.spans["end"] - structure.spans["line"]).sum()
    n_broken = (structure.broken["end"] - structure.broken["line"] + 1).sum()
    notes = [note] if note else []
    if not structure.blank.is_empty():
        notes.append(f"{structure.blank.len():,} blank lines left out")
    return Opened(
        columns=header.columns,
        rows=lambda names: _rows(utf8, header, structure, names, work),
        expected=facts.n_lines - header.n_lines - structure.blank.len() - n_further - n_broken,
        broken=structure.broken,
        original=lambda lines: _original(utf8, structure, lines),
        notes=tuple(notes),
    )


def read_header(path: Path, name: str, delimiter: str | None, expected: set[str]) -> Header:
    """The first line that is not blank, split by the delimiter under which most expected names appear."""
    with path.open("rb") as file:
        head = b"".join(islice(iter(lambda: file.readline(LONGEST_RECORD), b""), _HEADER_LINES))
    lines = head.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").split("\n")
    n_blank = next((number for number, line in enumerate(lines) if line.strip()), None)
    if n_blank is None:
        raise SourceRefused(f"{name} holds nothing but blank lines; deliver it again, or leave it out.")
    if "\r" in lines[n_blank]:
        raise SourceRefused(f"{name}: its lines end with a carriage return alone; export it with the usual line ends.")
    tried = [_split(lines[n_blank:], each) for each in ([delimiter] if delimiter else DELIMITERS)]
    columns, used, n_lines = max(tried, key=lambda split: (len(expected & set(split[0])), len(split[0])))
    twice = sorted({column for column in columns if column and columns.count(column) > 1})
    if twice:
        raise SourceRefused(
            f"{name}: the header names {', '.join(twice)} twice, so it is not clear which is meant; deliver it with each name once."
        )
    columns = tuple(column or f"(unnamed {at})" for at, column in enumerate(columns, 1))
    return Header(columns, used, n_blank + n_lines)


def _split(lines: list[str], delimiter: str) -> tuple[tuple[str, ...], str, int]:
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter)
    try:
        fields = next(reader)
    except csv.Error:
        return (lines[0],), delimiter, 1
    return tuple(field.strip() for field in fields), delimiter, reader.line_num


def _rows(path: Path, header: Header, structure: Structure, names: list[str], work: Path) -> pl.LazyFrame:
    """Records as text columns. Files with broken lines or records over several lines are read from a cleaned copy."""
    schema: dict[str, pl.DataType] = {str(at): pl.String() for at in range(len(header.columns))}
    if structure.is_plain:
        scanned = pl.scan_csv(
            path,
            has_header=False,
            separator=header.delimiter,
            schema=schema,
            skip_lines=header.n_lines,
            row_index_name="_line",
            row_index_offset=header.n_lines + 1,
            glob=False,
        )
        if not structure.blank.is_empty():
            scanned = scanned.filter(~pl.col("_line").is_in(structure.blank.cast(pl.UInt32).implode()))
    else:
        copy = work / f"{path.name}.records"
        _write_records(path, header, structure, copy)
        scanned = pl.scan_csv(
            copy, has_header=False, separator=header.delimiter, schema={"_line": pl.Int64(), **schema}, glob=False
        )
    wanted = [pl.col(str(header.columns.index(name))).alias(name) for name in names]
    return scanned.select(*wanted, pl.col("_line").cast(pl.Int64))


def _expand(spans: pl.DataFrame, *, after_first: bool) -> pl.Series:
    """All lines of the spans, or all but the first of each."""
    start = pl.col("line") + 1 if after_first else pl.col("line")
    return spans.select(pl.int_ranges(start, pl.col("end") + 1).explode(empty_as_null=False)).to_series()


def _write_records(path: Path, header: Header, structure: Structure, copy: Path) -> None:
    """Copy the records alone, each with its line number as a field before the first."""
    broken = _expand(structure.broken.select("line", "end"), after_first=False)
    left_out = pl.concat([broken, structure.blank]).implode()
    further = _expand(structure.spans, after_first=True).implode()
    at, text = pl.col("at"), pl.col("line")
    lines = pl.scan_lines(path, row_index_name="at").with_columns(at.cast(pl.Int64) + 1)
    lines.filter((at > header.n_lines) & ~at.is_in(left_out)).select(
        pl.when(at.is_in(further)).then(text).otherwise(pl.concat_str(at.cast(pl.String), pl.lit(header.delimiter), text))
    ).sink_csv(copy, include_header=False, quote_style="never")


def _original(path: Path, structure: Structure, lines: pl.DataFrame) -> pl.LazyFrame:
    """Whole text of the records or broken lines that begin at `lines.line`."""
    spans = pl.concat([structure.spans, structure.broken.select("line", "end")])
    spans = lines.select("line").join(spans, on="line", how="left").with_columns(pl.col("end").fill_null(pl.col("line")))
    single = spans.filter(pl.col("line") == pl.col("end"))["line"]
    several = spans.filter(pl.col("line") != pl.col("end"))
    text = pl.scan_lines(path, name="original", row_index_name="line", glob=False).with_columns(
        pl.col("line").cast(pl.Int64) + 1
    )
    alone = text.filter(pl.col("line").is_in(single.implode()))
    if several.is_empty():
        return alone
    members = several.with_columns(at=pl.int_ranges("line", pl.col("end") + 1)).explode("at", empty_as_null=False)
    held = text.filter(pl.col("line").is_in(members["at"].implode())).collect().rename({"line": "at"})
    joined = members.join(held, on="at").sort("line", "at").group_by("line", maintain_order=True)
    return pl.concat([alone, joined.agg(pl.col("original").str.join("\n")).lazy()]).sort("line")

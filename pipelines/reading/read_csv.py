"""Delimited text: its header, its delimiter, its records.

Nothing is left to a CSV reader's mercy: lines are counted and split by our own rules first (csv_structure), and what
is then handed to Polars is known to be whole.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import polars as pl

from pipelines.profile import ExtractSource
from pipelines.reading.csv_structure import Structure, find_structure
from pipelines.reading.encoding import Text, as_utf8, refuse_other_than_text
from pipelines.reading.inspect_file import LONGEST_RECORD, FileFacts
from pipelines.reading.opened import COPY, Opened, Originals, checked_names
from pipelines.reading.rejects import one_text, text_column
from pipelines.reading.vocabulary import counted
from pipelines.refusal import SourceRefused

DELIMITERS = (",", ";", "\t", "|")
SPOKEN = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
ROWS_A_BATCH = 20_000
_HEADER_LINES = 50  # a header is looked for in so many lines


@dataclass(frozen=True)
class Header:
    """Column names, the delimiter between them and how many lines of the file they take, blank ones before included."""

    columns: tuple[str, ...]
    delimiter: str
    n_lines: int


def open_csv(path: Path, facts: FileFacts, source: ExtractSource, expected: set[str], folder: Path) -> Opened:
    """Open a delimited file. `expected` are the column names the profile looks for: they decide between delimiters.

    Raises SourceRefused where the file is blank, is no text or UTF-16, or its header names a column twice. Copies are
    made in `folder`, and only of files that need one.
    """
    refuse_other_than_text(path)
    text = as_utf8(path, facts, source.encoding, folder)
    header = read_header(text.path, path.name, source.delimiter, expected)
    structure = find_structure(
        text.path,
        header.delimiter,
        len(header.columns),
        header.n_lines,
        facts=facts,
        lost={number: reason for number, reason in text.lost.items() if number > header.n_lines},
    )
    n_further = _expand(structure.spans, after_first=True).len()
    n_broken = _expand(structure.broken, after_first=False).len()
    notes = []
    if text.n_windows and source.encoding is None:
        notes.append(f"{counted(text.n_windows, 'line')} read as Windows-1252")
    if not structure.blank.is_empty():
        notes.append(f"{counted(structure.blank.len(), 'blank line')} left out")
    return Opened(
        columns=header.columns,
        rows=lambda names: _rows(text.path, header, structure, names, folder),
        expected=facts.n_lines - header.n_lines - structure.blank.len() - n_further - n_broken,
        broken=structure.broken,
        original=lambda lines: _original(text, structure, lines),
        notes=tuple(notes),
    )


def read_header(path: Path, name: str, delimiter: str | None, expected: set[str]) -> Header:
    """The first line that is not blank, split by the delimiter under which most expected names appear: one of the usual
    four, or any other sign of the line that finds more of them."""
    with path.open("rb") as file:
        head = b"".join(islice(iter(lambda: file.readline(LONGEST_RECORD), b""), _HEADER_LINES))
    lines = head.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").split("\n")
    n_blank = next((number for number, line in enumerate(lines) if line.strip()), None)
    if n_blank is None:
        raise SourceRefused(f"{name} holds nothing but blank lines; deliver it again, or leave it out.")
    if "\r" in lines[n_blank]:
        raise SourceRefused(f"{name}: its lines end with a carriage return alone; export it with the usual line ends.")
    signs = [delimiter] if delimiter else [*DELIMITERS, *_other_signs(lines[n_blank])]
    tried = [_split(lines[n_blank:], each) for each in signs]
    columns, used, n_lines = max(
        tried, key=lambda split: (len(expected & set(split[0])), split[1] in DELIMITERS, len(split[0]))
    )
    return Header(checked_names(name, columns), used, n_blank + n_lines)


def _other_signs(line: str) -> list[str]:
    """Characters of a header that are in no word: what may stand between columns beside the usual delimiters."""
    return sorted({sign for sign in line if sign.isascii() and not (sign.isalnum() or sign in ' _"\0')} - {*DELIMITERS})


def _split(lines: list[str], delimiter: str) -> tuple[tuple[str, ...], str, int]:
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter)
    try:
        fields = next(reader)
    except csv.Error:
        return (lines[0],), delimiter, 1
    return tuple(field.strip() for field in fields), delimiter, reader.line_num


def _rows(path: Path, header: Header, structure: Structure, names: list[str], folder: Path) -> pl.LazyFrame:
    """Records as text columns. Files with broken lines or records over several lines are read from a cleaned copy."""
    schema: dict[str, pl.DataType] = {str(at): pl.String() for at in range(len(header.columns))}
    if structure.is_plain(header.n_lines):
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
        copy = folder / f"{path.name}.records{COPY}"
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
    left_out = pl.concat([_expand(structure.broken, after_first=False), structure.blank]).implode()
    further = _expand(structure.spans, after_first=True).implode()
    at, text = pl.col("at"), pl.col("line")
    lines = pl.scan_lines(path, row_index_name="at", glob=False).with_columns(at.cast(pl.Int64) + 1)
    lines.filter((at > header.n_lines) & ~at.is_in(left_out)).select(
        pl.when(at.is_in(further)).then(text).otherwise(pl.format("{}" + header.delimiter + "{}", at, text))
    ).sink_csv(copy, include_header=False, quote_style="never")


def _original(text: Text, structure: Structure, lines: pl.Series) -> Iterator[Originals]:
    """Whole text of the records or broken lines that begin at those lines, over-long ones from the given file."""
    spans = pl.concat([structure.spans, structure.broken.select("line", "end")])
    spans = lines.to_frame("line").join(spans, on="line", how="left")
    spans = spans.with_columns(pl.col("end").fill_null(pl.col("line")))
    is_simple = (pl.col("line") == pl.col("end")) & ~pl.col("line").is_in(list(text.long))
    at = pl.col("line")
    held = pl.scan_lines(text.path, name="original", row_index_name="line", glob=False)
    held = held.with_columns(at.cast(pl.Int64) + 1)
    simple = held.filter(at.is_in(spans.filter(is_simple)["line"].implode()))
    for batch in simple.collect_batches(chunk_size=ROWS_A_BATCH):
        yield batch["line"].to_list(), text_column(batch["original"])
    others = spans.filter(~is_simple)
    if others.height:
        members = others.select(pl.int_ranges("line", pl.col("end") + 1).explode(empty_as_null=False)).to_series()
        parts: dict[int, str] = dict(held.filter(at.is_in(members.implode())).collect().iter_rows())
        for line, end in others.iter_rows():
            whole = [text.long_line(n) if n in text.long else parts[n].encode() for n in range(line, end + 1)]
            yield [line], one_text(b"\n".join(whole))

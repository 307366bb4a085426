"""What a reader makes of one file, whatever its format."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl
import pyarrow as pa

from pipelines.refusal import SourceRefused

SPAN_SCHEMA = pl.Schema({"line": pl.Int64(), "end": pl.Int64()})  # first and last line of a record
STRUCTURE_SCHEMA = pl.Schema({**SPAN_SCHEMA, "reason": pl.String()})

COPY = ".copy"  # name ending of what a reader writes beside the stage while it reads
Originals = tuple[list[int], pa.Array]


@dataclass(frozen=True)
class Opened:
    """One file, opened: its columns, its rows, and the lines that are no rows.

    `rows(names)` gives the named source columns and `_line` (where the row begins in the file, from 1); `expected` is
    how many rows that will be. `broken` holds the lines that could not be split into fields. `original` gives, for
    lines at which a row or a broken line begins, their whole texts, in batches of lines and an Arrow array.
    """

    columns: tuple[str, ...]
    rows: Callable[[list[str]], pl.LazyFrame]
    expected: int
    broken: pl.DataFrame
    original: Callable[[pl.Series], Iterator[Originals]]
    notes: tuple[str, ...] = ()


def checked_names(file: str, names: Sequence[str]) -> tuple[str, ...]:
    """Column names of a header, those left empty by their place. Raises SourceRefused where one stands there twice."""
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise SourceRefused(
            f"{file}: the header names {', '.join(twice)} twice, so which is meant is not clear; name each column once."
        )
    return tuple(name or f"(unnamed {place})" for place, name in enumerate(names, 1))

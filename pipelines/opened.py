"""What a reader makes of one file, whatever its format."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

SPAN_SCHEMA = {"line": pl.Int64(), "end": pl.Int64()}  # first and last line of a record
STRUCTURE_SCHEMA = {**SPAN_SCHEMA, "reason": pl.String()}


@dataclass(frozen=True)
class Opened:
    """One file, opened: its columns, its rows, and the lines that are no rows.

    `rows(names)` gives the named source columns and `_line` (where the row begins in the file, from 1); `expected` is
    how many rows that will be. `broken` holds the lines that could not be split into fields. `original` gives, for
    lines at which a row or a broken line begins, the whole text as (line, original).
    """

    columns: tuple[str, ...]
    rows: Callable[[list[str]], pl.LazyFrame]
    expected: int
    broken: pl.DataFrame
    original: Callable[[pl.DataFrame], pl.LazyFrame]
    notes: tuple[str, ...] = ()

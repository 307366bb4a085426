"""Parquet: columns keep their types; times without a zone are the source's local time."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from pipelines.reading.opened import STRUCTURE_SCHEMA, Opened, Originals
from pipelines.reading.rejects import text_column
from pipelines.refusal import SourceRefused

_NOT_PLAIN = (pl.Binary, pl.Object, pl.Time, pl.Duration)


def open_parquet(path: Path) -> Opened:
    """Open a Parquet file; `_line` is the row's number in it.

    Raises SourceRefused where the file is damaged or holds nested or binary columns.
    """
    try:
        schema = pl.read_parquet_schema(path)
        n_rows = pl.scan_parquet(path, glob=False).select(pl.len()).collect().item()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise SourceRefused(f"{path.name} cannot be read as Parquet, it may be cut off; deliver it again.") from error
    nested = [name for name, kind in schema.items() if kind.is_nested() or kind in _NOT_PLAIN]
    scanned = pl.scan_parquet(path, glob=False).select(pl.exclude("_line"))
    scanned = scanned.with_row_index("_line", offset=1).with_columns(pl.col("_line").cast(pl.Int64))
    return Opened(
        columns=tuple(name for name in schema if name not in nested and name != "_line"),
        rows=lambda names: scanned.select(*names, "_line"),
        expected=n_rows,
        broken=pl.DataFrame(schema=STRUCTURE_SCHEMA),
        original=lambda lines: _original(scanned.select(pl.exclude(nested)), lines),
        notes=(f"columns of no plain type left out: {', '.join(nested)}",) if nested else (),
    )


def _original(rows: pl.LazyFrame, lines: pl.Series) -> Iterator[Originals]:
    """The rows at those lines, each as a JSON object."""
    chosen = rows.filter(pl.col("_line").is_in(lines.implode()))
    text = pl.struct(pl.exclude("_line").cast(pl.String)).struct.json_encode()
    held = chosen.select("_line", original=text).collect()
    yield held["_line"].to_list(), text_column(held["original"])

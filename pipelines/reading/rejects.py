"""The rows set aside while reading, each with its reason and its whole original text, in one Parquet file."""

import struct
from collections.abc import Iterable
from pathlib import Path

import polars as pl
import pyarrow as pa
from pyarrow import parquet

from pipelines.reading.opened import Opened

REJECTS_SCHEMA = pa.schema(
    [
        ("extract", pa.large_string()),
        ("file", pa.large_string()),
        ("line", pa.int64()),
        ("reason", pa.large_string()),
        ("original", pa.large_string()),
    ]
)


def write_rejects(files: Iterable[tuple[str, str, Opened, pl.DataFrame]], path: Path) -> None:
    """Write every reject of the files (extract, file name, file, line and reason of its rows that were rejected).

    Batch by batch, in Arrow and without statistics, so that a field of 100 megabytes is in memory as few times as
    can be.
    """
    with parquet.ParquetWriter(path, REJECTS_SCHEMA, compression="lz4", write_statistics=False) as writer:
        for extract, name, opened, rejected in files:
            reasons = dict(pl.concat([opened.broken.select("line", "reason"), rejected]).iter_rows())
            if not reasons:
                continue
            for lines, original in opened.original(pl.Series("line", sorted(reasons), dtype=pl.Int64)):
                columns = {
                    "extract": pa.repeat(extract, len(lines)),
                    "file": pa.repeat(name, len(lines)),
                    "line": lines,
                    "reason": pa.array([reasons[line] for line in lines], pa.large_string()),
                    "original": original,
                }
                writer.write_table(pa.table(columns).cast(REJECTS_SCHEMA))


def text_column(texts: pl.Series) -> pa.Array:
    """A column of texts as Arrow holds them."""
    return texts.to_arrow(compat_level=pl.CompatLevel.oldest())


def one_text(content: bytes) -> pa.Array:
    """A column of one text in UTF-8, made without copying it."""
    offsets = pa.py_buffer(struct.pack("<qq", 0, len(content)))
    return pa.Array.from_buffers(pa.large_string(), 1, [None, offsets, pa.py_buffer(content)])

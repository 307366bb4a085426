"""Rows of the stage before, which an incremental delivery adds to."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipelines.extracts import Extract
from pipelines.reading.clean import staged_schema


@dataclass(frozen=True)
class Carried:
    """Earlier rows of one extract: how many from each file, and which columns any of them fills."""

    extract: Extract
    path: Path | None
    files: dict[str, int]
    columns: frozenset[str]

    @staticmethod
    def of(extract: Extract, folder: Path | None) -> "Carried":
        """The rows that the stage in `folder` holds; none without a folder."""
        path = folder / f"{extract.name}.parquet" if folder else None
        if path is None or not path.is_file():
            return Carried(extract, None, {}, frozenset())
        rows = _scan(extract, path)
        files = dict(rows.group_by("_file").len().collect().iter_rows())
        filled = rows.select(pl.col(list(extract.schema)).count()).collect().row(0, named=True)
        return Carried(extract, path, files, frozenset(name for name, n_filled in filled.items() if n_filled))

    def rows(self, file: str, first_row: int) -> pl.LazyFrame:
        """The rows that came from one file, numbered anew as that file's place among all files now demands."""
        if self.path is None:
            return pl.LazyFrame(schema=staged_schema(self.extract))
        rows = _scan(self.extract, self.path).filter(pl.col("_file") == file)
        return rows.with_columns(_row=pl.col("_line") + first_row)


def _scan(extract: Extract, path: Path) -> pl.LazyFrame:
    """A stage that another version may have written: columns declared since are empty, those dropped since are left."""
    schema = staged_schema(extract)
    return pl.scan_parquet(path, schema=schema, missing_columns="insert", extra_columns="ignore")

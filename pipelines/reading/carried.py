"""Rows of the stage before, which an incremental delivery adds to."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipelines.extracts import Extract
from pipelines.reading.clean import staged_schema
from pipelines.reading.source_files import order

_EARLIER = re.compile(r"(.+) of r(\d+)")


@dataclass(frozen=True)
class Carried:
    """Earlier rows of one extract: how many from each file, and which columns any of them fills.

    `files` are called what they stand under now, and `was` what the stage before called those that have another name: a
    file of a name that is delivered again is from then on called `incident.csv of r0001`, so that no two are one.
    `replaced` are left behind.
    """

    extract: Extract
    path: Path | None
    files: dict[str, int]
    columns: frozenset[str]
    was: dict[str, str]
    replaced: dict[str, int]

    @staticmethod
    def of(extract: Extract, folder: Path | None, delivered: Collection[str], kept: Collection[str]) -> "Carried":
        """The rows that the stage in `folder` holds; none without a folder. Those of files `delivered` again are
        joined by the new ones; those of files that are `kept` in the home folder, and read by every run, replaced."""
        path = folder / f"{extract.name}.parquet" if folder else None
        if folder is None or path is None or not path.is_file():
            return Carried(extract, None, {}, frozenset(), {}, {})
        rows = _scan(extract, path)
        held = dict(rows.group_by("_file").len().collect().iter_rows())
        was = {f"{name} of {folder.name}" if name in delivered else name: name for name in held if name not in kept}
        filled = rows.select(pl.col(list(extract.schema)).count()).collect().row(0, named=True)
        return Carried(
            extract,
            path,
            {name: held[before] for name, before in was.items()},
            frozenset(name for name, n_filled in filled.items() if n_filled),
            was,
            {name: held[name] for name in held if name in kept},
        )

    def rows(self, file: str, first_row: int) -> pl.LazyFrame:
        """The rows that came from one file, numbered anew as that file's place among all files now demands."""
        if self.path is None:
            return pl.LazyFrame(schema=staged_schema(self.extract))
        rows = _scan(self.extract, self.path).filter(pl.col("_file") == self.was[file])
        return rows.with_columns(_row=pl.col("_line") + first_row, _file=pl.lit(file))


def in_order(names: Collection[str]) -> list[str]:
    """File names in the order in which they count; of one name, those of earlier runs first, run by run."""

    def key(name: str) -> tuple[object, ...]:
        earlier = _EARLIER.fullmatch(name)
        return (*order(earlier[1]), 0, int(earlier[2])) if earlier else (*order(name), 1, 0)

    return sorted(names, key=key)


def _scan(extract: Extract, path: Path) -> pl.LazyFrame:
    """A stage that another version may have written: columns declared since are empty, those dropped since are left."""
    schema = staged_schema(extract)
    return pl.scan_parquet(path, glob=False, schema=schema, missing_columns="insert", extra_columns="ignore")

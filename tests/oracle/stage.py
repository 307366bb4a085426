"""The staged rows of a published run, and which of them stand."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from pipelines.extracts import EXTRACTS


@dataclass(frozen=True)
class Stage:
    """Rows of each extract that stand, the data cut (naive UTC) and, by extract, the `_row` of superseded rows."""

    rows: dict[str, pl.DataFrame]
    data_cut: datetime
    superseded: dict[str, set[int]]


def read_stage(folder: Path, data_cut: datetime) -> Stage:
    """Read the Parquet files of a run's stage.

    Rejected rows are those set aside under a rule. Of the rest, the row delivered last stands for its key.
    """
    aside = pl.read_parquet(folder / "set_aside.parquet")
    rejected = aside.filter(pl.col("rule_id").is_not_null())
    rows, superseded = {}, {}
    for extract in EXTRACTS:
        staged = pl.read_parquet(folder / f"{extract.name}.parquet")
        kept = staged.filter(~pl.col("_row").is_in(rejected.filter(extract=extract.name)["_row"].implode()))
        standing = kept.sort("_row").unique(list(extract.key), keep="last", maintain_order=True)
        rows[extract.name] = standing.select(list(extract.schema))
        superseded[extract.name] = set(kept["_row"]) - set(standing["_row"])
    return Stage(rows, data_cut, superseded)


def set_aside_as_superseded(folder: Path) -> dict[str, set[int]]:
    """`_row` of the rows that the run itself set aside as superseded, by extract."""
    aside = pl.read_parquet(folder / "set_aside.parquet").filter(pl.col("rule_id").is_null())
    return {extract.name: set(aside.filter(extract=extract.name)["_row"]) for extract in EXTRACTS}

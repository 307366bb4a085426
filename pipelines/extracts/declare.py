"""What an extract declaration is made of. One file beside this one declares one extract.

Everything else that needs to know an extract's shape (Polars schema, DuckDB comments, base expectations, data
dictionary, sample data) reads it from the declaration.
"""

from dataclasses import dataclass
from typing import Literal

import polars as pl

Kind = Literal["text", "code", "staff", "moment", "day", "flag", "count"]

POLARS_TYPES: dict[Kind, pl.DataType] = {
    "text": pl.String(),
    "code": pl.String(),
    "staff": pl.String(),  # a keyed hash of the person's identifier: names and numbers of staff never enter
    "moment": pl.Datetime("us"),  # UTC, without a zone: every `_at` is a UTC moment
    "day": pl.Date(),  # a day of the force's own calendar
    "flag": pl.Boolean(),
    "count": pl.Int32(),
}


@dataclass(frozen=True)
class Column:
    """One column of an extract: its canonical name, what it holds and what it means.

    `allowed` closes the vocabulary: a value outside it is rejected. `codes_from` names the reference table whose
    codes the column holds; values outside that are loaded and warned of. `identifies` names the identifier the column
    holds (incident_id, crime_ref, ...): a profile's normalising reaches every column of one identifier, so that links
    resolve. `roles` are values of a staff column that name a role and no person: they are kept, and not hashed.
    """

    name: str
    kind: Kind
    meaning: str
    is_required: bool = False
    allowed: tuple[str, ...] = ()
    codes_from: str = ""
    identifies: str = ""
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Extract:
    """One extract: a file format a source delivers, one row a record.

    `cut_columns` are the moments the source system stamps itself, first choice first: the data cut is read off the
    first of them that is delivered. `has_fact`: the snapshot keeps its rows in a fact of the same name, else in a table
    of its own.
    """

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    cut_columns: tuple[str, ...] = ()
    has_fact: bool = False

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """Column names in order, with their Polars types."""
        return {column.name: POLARS_TYPES[column.kind] for column in self.columns}

    def column(self, name: str) -> Column:
        """The column of that name; KeyError where the extract has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"extract {self.name} has no column {name}")

"""XLSX: every cell as text, since a reader that guesses types turns a midnight into a date."""

from collections.abc import Iterator
from pathlib import Path

import fastexcel
import polars as pl

from pipelines.reading.opened import STRUCTURE_SCHEMA, Opened, Originals, checked_names
from pipelines.reading.rejects import text_column
from pipelines.refusal import SourceRefused


def open_xlsx(path: Path, sheet: str | None) -> Opened:
    """Open one sheet of a workbook (the first, where none is named); `_line` is the row as the spreadsheet counts.

    Raises SourceRefused where the workbook is damaged, has no such sheet, is empty or names a column twice.
    """
    try:
        book = fastexcel.read_excel(path)
    except Exception as error:
        raise SourceRefused(f"{path.name} cannot be read as XLSX, it may be cut off; deliver it again.") from error
    if sheet is not None and sheet not in book.sheet_names:
        raise SourceRefused(
            f"{path.name} has no sheet {sheet}; name one of its own ({', '.join(book.sheet_names)}) in the profile."
        )
    cells = book.load_sheet(sheet or 0, header_row=None, skip_rows=0, dtypes="string").to_polars()
    cells = cells.with_row_index("_line", offset=1).with_columns(pl.col("_line").cast(pl.Int64))
    filled = cells.filter(~pl.all_horizontal(pl.exclude("_line").is_null()))
    if filled.is_empty():
        raise SourceRefused(
            f"{path.name} is empty: no cell of sheet {sheet or book.sheet_names[0]} is filled; "
            "deliver it again, or leave it out."
        )
    names = checked_names(path.name, [(name or "").strip() for name in filled.drop("_line").row(0)])
    rows = filled[1:].rename(dict(zip(filled.drop("_line").columns, names, strict=True)))
    return Opened(
        columns=names,
        rows=lambda wanted: rows.lazy().select(*wanted, "_line"),
        expected=rows.height,
        broken=pl.DataFrame(schema=STRUCTURE_SCHEMA),
        original=lambda lines: _original(rows, lines),
    )


def _original(rows: pl.DataFrame, lines: pl.Series) -> Iterator[Originals]:
    """The rows at those lines, their cells joined by tabs."""
    chosen = rows.filter(pl.col("_line").is_in(lines.implode()))
    held = chosen.select("_line", original=pl.concat_str(pl.exclude("_line").fill_null(""), separator="\t"))
    yield held["_line"].to_list(), text_column(held["original"])

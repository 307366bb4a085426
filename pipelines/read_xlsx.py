"""XLSX: every cell as text, since a reader that guesses types turns a midnight into a date."""

from pathlib import Path

import fastexcel
import polars as pl

from pipelines.opened import STRUCTURE_SCHEMA, Opened
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
            f"{path.name} has no sheet {sheet}; it has {', '.join(book.sheet_names)}: name one of them as `sheet` in the profile."
        )
    cells = book.load_sheet(sheet or 0, header_row=None, dtypes="string").to_polars()
    cells = cells.with_row_index("_line", offset=1).with_columns(pl.col("_line").cast(pl.Int64))
    filled = cells.filter(~pl.all_horizontal(pl.exclude("_line").is_null()))
    if filled.is_empty():
        raise SourceRefused(f"{path.name} holds no cells in sheet {sheet or book.sheet_names[0]}; deliver it again, or leave it out.")
    names = [(name or "").strip() for name in filled.drop("_line").row(0)]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise SourceRefused(
            f"{path.name}: the header names {', '.join(twice)} twice, so it is not clear which is meant; deliver it with each name once."
        )
    names = [name or f"(unnamed {at})" for at, name in enumerate(names, 1)]
    rows = filled[1:].rename(dict(zip(filled.drop("_line").columns, names, strict=True)))
    return Opened(
        columns=tuple(names),
        rows=lambda wanted: rows.lazy().select(*wanted, "_line"),
        expected=rows.height,
        broken=pl.DataFrame(schema=STRUCTURE_SCHEMA),
        original=lambda lines: _original(rows, lines),
    )


def _original(rows: pl.DataFrame, lines: pl.DataFrame) -> pl.LazyFrame:
    """The rows at those lines, their cells joined by tabs."""
    chosen = rows.lazy().filter(pl.col("_line").is_in(lines["line"].implode()))
    return chosen.select(line="_line", original=pl.concat_str(pl.exclude("_line").fill_null(""), separator="\t"))

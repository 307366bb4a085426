"""Sheets of rows as a spreadsheet (XLSX) that any office opens."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

WIDEST = 80


@dataclass(frozen=True)
class Sheet:
    """A sheet: its title, the headings of its columns, its rows, and the columns that are shares, shown in percent."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Any]]
    shares: Sequence[str] = ()


def written(sheets: Iterable[Sheet], title: str, creator: str, made_at: datetime) -> bytes:
    """The content of an .xlsx file that holds the sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _write(book, sheet)
    book.properties.title, book.properties.creator = title, creator
    book.properties.created = book.properties.modified = made_at
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _write(book: Workbook, sheet: Sheet) -> None:
    """The sheet with its headings in view, columns as wide as they need to be, and long texts wrapped."""
    page = book.create_sheet(sheet.title)
    page.freeze_panes = "A2"
    for place, heading in enumerate(sheet.headings, start=1):
        page.cell(1, place, heading).font = Font(bold=True)
    for line, row in enumerate(sheet.rows, start=2):
        for place, value in enumerate(row, start=1):
            _fill(page.cell(line, place), value, is_share=sheet.headings[place - 1] in sheet.shares)
    for place, column in enumerate(page.iter_cols(), start=1):
        longest = max(len(line) for cell in column for line in str(cell.value or "").splitlines() or [""])
        page.column_dimensions[get_column_letter(place)].width = min(WIDEST, max(8, longest + 2))


def _fill(cell: Cell, value: Any, *, is_share: bool) -> None:
    """A value as itself; a text is text, even one that begins as a formula does."""
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
    else:
        cell.value = value
    cell.alignment = Alignment(wrap_text=isinstance(value, str), vertical="top")
    if is_share:
        cell.number_format = "0.0%"

"""Reads a worksheet that came back, as the text of its cells: a workbook, or a pair of CSV files."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import StringIO
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from pipelines.audit.columns import CRIMES, LOGS, SHEETS, Field, Sheet


class ReturnRefused(Exception):
    """A worksheet is not taken in. The message names everything that is wrong, one a line."""


@dataclass(frozen=True)
class Row:
    """One row that is not empty: where it stands, and the text of its cells by column name, without outer blanks."""

    where: str
    cells: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells[name]

    def is_answered(self, sheet: Sheet) -> bool:
        """Whether an auditor wrote more into it than a code and a day."""
        return any(self[field.name] for field in sheet.answers if field.name not in ("auditor", "audited_on"))


@dataclass(frozen=True)
class Returned:
    """The rows of a worksheet, and `mark`, which says of which draw it is; empty where no row says so."""

    name: str
    logs: list[Row]
    crimes: list[Row]

    @property
    def mark(self) -> str:
        """The mark that most rows carry."""
        marks = Counter(row["draw"] for row in self.logs if row["draw"])
        return marks.most_common(1)[0][0] if marks else ""

    @property
    def sample_id(self) -> str:
        """The sample that the mark names."""
        return self.mark.rpartition(" ")[0]


def read_return(path: Path) -> Returned:
    """Read a workbook, a folder with logs.csv and crimes.csv, or one of such a pair (`A1_logs.csv`, `A1_crimes.csv`).

    Raises ReturnRefused where it is neither or lacks a sheet or column; FileNotFoundError where there is no such file.
    """
    if not path.exists():
        raise FileNotFoundError(2, "no such file or folder", str(path))
    tables = _csv_tables(path) if path.is_dir() or path.suffix.lower() == ".csv" else _book_tables(path)
    faults: list[str] = []
    rows = {sheet.title: list(_rows(sheet, *tables[sheet.title], faults)) for sheet in SHEETS}
    if faults:
        raise ReturnRefused("\n".join(faults))
    return Returned(path.name, rows[LOGS.title], rows[CRIMES.title])


# What a table is: how to call it and its rows, and the rows, each with its number.
Table = tuple[str, str, Iterable[tuple[int, Sequence[object]]]]


def _book_tables(path: Path) -> dict[str, Table]:
    try:
        book = load_workbook(path, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise ReturnRefused(
            f"{path.name} cannot be read as a workbook, it may be cut off or of another kind: return the .xlsx file "
            "of the draw, or the pair logs.csv and crimes.csv"
        ) from error
    titles = {title.strip().casefold(): title for title in book.sheetnames}
    missing = [sheet.title for sheet in SHEETS if sheet.title.casefold() not in titles]
    if missing:
        raise ReturnRefused(f"{path.name} has no sheet {' and no sheet '.join(missing)}: return the worksheet whole")
    return {
        sheet.title: (
            sheet.title,
            "row",
            enumerate(book[titles[sheet.title.casefold()]].iter_rows(values_only=True), 1),
        )
        for sheet in SHEETS
    }


def _csv_tables(path: Path) -> dict[str, Table]:
    if path.is_dir():
        files = {sheet.title: path / sheet.file_name for sheet in SHEETS}
    else:
        ending = next((sheet.file_name for sheet in SHEETS if path.name.lower().endswith(sheet.file_name)), None)
        if ending is None:
            raise ReturnRefused(
                f"{path.name}: a worksheet of CSV files is a pair whose names end in logs.csv and crimes.csv"
            )
        stem = path.name[: -len(ending)]
        files = {sheet.title: path.with_name(stem + sheet.file_name) for sheet in SHEETS} | {
            sheet.title: path for sheet in SHEETS if sheet.file_name == ending
        }
    missing = [str(file) for file in files.values() if not file.is_file()]
    if missing:
        raise ReturnRefused(f"there is no {' and no '.join(missing)}: a worksheet is returned as the pair")
    return {title: (file.name, "line", _csv_rows(file)) for title, file in files.items()}


def _csv_rows(file: Path) -> Iterator[tuple[int, Sequence[str]]]:
    """Rows of a CSV file as a spreadsheet may have saved it: UTF-8 or Windows-1252, commas, semicolons or tabs."""
    content = file.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    heading = text.partition("\n")[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(",;\t", key=heading.count), strict=True)
    number = 1
    try:
        for row in reader:
            yield number, row
            number = reader.line_num + 1
    except csv.Error as error:
        raise ReturnRefused(f"{file.name} line {number}: no CSV: {error}") from error


def _rows(
    sheet: Sheet, name: str, unit: str, table: Iterable[tuple[int, Sequence[object]]], faults: list[str]
) -> Iterator[Row]:
    """The rows below the heading that hold anything."""
    rows = iter(table)
    _, heading = next(rows, (0, ()))
    fields = _fields(sheet, name, [_text(cell) for cell in heading], faults)
    for number, values in rows:
        texts = [_text(value) for value in values]
        if any(texts[len(fields) :]):
            faults.append(f"{name} {unit} {number}: it has more cells than the heading has columns")
        cells = {field.name: text for field, text in zip(fields, texts, strict=False) if field}
        if any(cells.values()):
            yield Row(f"{name} {unit} {number}", {field.name: cells.get(field.name, "") for field in sheet.fields})


def _fields(sheet: Sheet, name: str, heading: list[str], faults: list[str]) -> list[Field | None]:
    """The column of each cell of the heading; what is no column of the sheet, missing or there twice is a fault."""
    known = {_word(word): field for field in sheet.fields for word in (field.title, field.name)}
    while heading and not heading[-1]:
        heading = heading[:-1]
    fields = [known.get(_word(text)) for text in heading]
    for text, field in zip(heading, fields, strict=True):
        if field is None:
            faults.append(f'{name}: column "{text}" is none of the worksheet\'s: take it out')
    for field in sheet.fields:
        if fields.count(field) != 1:
            said = "is missing" if field not in fields else "is there twice"
            faults.append(f'{name}: column "{field.title}" ({field.name}) {said}')
    return fields


def _word(text: str) -> str:
    return " ".join(text.split()).casefold()


def _text(value: object) -> str:
    """A cell as text, without outer blanks: days as 2019-08-14, whole numbers without a point."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value).strip()

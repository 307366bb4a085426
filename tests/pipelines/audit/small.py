"""A draw of five logs, its worksheet filled in as a person would, and changed as a person might."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.audit.check_return import Marked, check_return
from pipelines.audit.choices import Choices
from pipelines.audit.columns import CRIMES, LOGS, Sheet
from pipelines.audit.folder import Drawn
from pipelines.audit.returned import read_return
from pipelines.audit.worksheet import write_worksheet

CHOICES = Choices({"8N": "Assault with injury", "8L": "Harassment"}, {"account_not_believed": "Not believed"})
LONDON = ZoneInfo("Europe/London")


def shown(log: str, stratum: str) -> dict[str, str]:
    return {
        "incident_id": log,
        "stratum": stratum,
        "reported": "Mon 1 Apr 2019, 10:00",
        "codes": "harassment; asb_personal",
        "grade": "priority",
        "crimes": "",
    }


DRAWN = Drawn(
    "2019-Q2",
    {
        "A1": shown("A1", "violence"),
        "A2": shown("A2", "violence"),
        "A3": shown("A3", "other"),
        "007": shown("007", "hidden_other"),
        "=A5": shown("=A5", "hidden_other"),
    },
    frozenset({"A2", "007"}),
)

Change = Callable[["Book"], None]


class Book:
    """A worksheet in the hands of an auditor."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = load_workbook(path)

    def page(self, sheet: Sheet) -> Worksheet:
        return self.book[sheet.title]

    def put(self, sheet: Sheet, row: int, **cells: Any) -> None:
        names = [field.name for field in sheet.fields]
        for name, value in cells.items():
            cell = self.page(sheet).cell(row, names.index(name) + 1)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # a log number is none of Excel's formulas

    def row_of(self, sheet: Sheet, log: str, n: int = 1) -> int:
        """The row of a log; of the sheet Crimes, the row of its nth crime, else the first that is free."""
        rows = list(self.page(sheet).iter_rows(min_row=2, max_col=2, values_only=True))
        for number, (found, second) in enumerate(rows, 2):
            if found == log and (sheet is LOGS or second == n):
                return number
        return next(number for number, (found, _) in enumerate(rows, 2) if found is None)

    def mark(self, log: str, *crimes: dict[str, Any], auditor: str | None = "A1", **answers: Any) -> None:
        """Mark a log as one that should have led to these crimes."""
        self.put(LOGS, self.row_of(LOGS, log), auditor=auditor, crimes_required=len(crimes), **answers)
        for n, crime in enumerate(crimes, 1):
            self.put(CRIMES, self.row_of(CRIMES, log, n), incident_id=log, n=n, **crime)

    def saved(self) -> Path:
        self.book.save(self.path)
        return self.path


def missed(offence_class: str = "8L: Harassment", **cells: Any) -> dict[str, Any]:
    return {"required_class": offence_class, "is_recorded": "no", **cells}


def recorded(ref: str, offence_class: str = "8N: Assault with injury", **cells: Any) -> dict[str, Any]:
    return {"required_class": offence_class, "is_recorded": "yes", "crime_ref": ref, **cells}


@cache
def _content(second: bool) -> bytes:
    with TemporaryDirectory() as folder:
        return written(Path(folder), second=second).read_bytes()


def written(folder: Path, *, second: bool = False) -> Path:
    """The worksheet as a workbook, and the pair of CSV files beside it."""
    return write_worksheet(folder, "worksheet", DRAWN, CHOICES, "31 October 2019, 23:59", second=second)


def worksheet(folder: Path, *, second: bool = False) -> Book:
    """The workbook alone, written once for all tests, as it is slow to make."""
    path = folder / "worksheet.xlsx"
    path.write_bytes(_content(second))
    return Book(path)


def marked_book(folder: Path) -> Book:
    """The worksheet with every log marked: five crimes should have been recorded, and two were."""
    book = worksheet(folder)
    book.mark("A1", recorded("C1", class_correct="yes"), missed(), audited_on="2019-08-14", grade_correct="no")
    book.mark("A2", recorded("C2", is_domestic_abuse="yes"))
    book.mark("A3")
    book.mark("007", missed("8L", failure_reason="account_not_believed: Not believed"))
    book.mark("=A5", missed("8n", remedied_on="14/08/2019"))
    return book


def take(path: Path, **options: Any) -> Marked:
    return check_return(read_return(path), DRAWN, CHOICES, LONDON, **options)

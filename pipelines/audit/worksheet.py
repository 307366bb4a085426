"""Writes a worksheet: a workbook with lists to choose from, and the same as a pair of CSV files."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.audit.choices import YES_NO, Choices
from pipelines.audit.columns import CRIMES, LOGS, MOST_CRIMES, SHEETS, Field, Sheet
from pipelines.audit.folder import Drawn, write_rows
from pipelines.audit.instructions import instructions

SPARE_ROWS = 50  # of the sheet Crimes, and a fifth of the logs besides: for the second and third crimes of logs
HEADING = PatternFill("solid", fgColor="D9E2EF")
GIVEN = PatternFill("solid", fgColor="F2F2F2")
WRAPPED = Alignment(wrap_text=True, vertical="top")

Cells = Mapping[str, str | int]


def write_worksheet(folder: Path, name: str, drawn: Drawn, choices: Choices, cut: str, *, second: bool = False) -> Path:
    """Write <folder>/<name>.xlsx, and <folder>/<name>/logs.csv and crimes.csv; return the workbook.

    `cut` is the data cut as auditors read it. `second`: only the logs that a second auditor marks too.
    """
    logs = list(_log_rows(drawn, second))
    rows = {LOGS.title: logs, CRIMES.title: [{"incident_id": log["incident_id"], "n": 1} for log in logs]}
    path = folder / f"{name}.xlsx"
    _workbook(rows, choices, instructions(drawn.sample_id, len(logs), cut)).save(path)
    pair = folder / name
    pair.mkdir(exist_ok=True)
    for sheet in SHEETS:
        # with the mark by which a spreadsheet knows UTF-8
        write_rows(
            pair / sheet.file_name, rows[sheet.title], [field.name for field in sheet.fields], encoding="utf-8-sig"
        )
    return path


def _log_rows(drawn: Drawn, second: bool) -> Iterator[Cells]:
    mark = drawn.second_mark if second else drawn.mark
    for log, shown in drawn.shown.items():
        if not second or log in drawn.twice:
            yield {**shown, "draw": mark}


def _workbook(rows: Mapping[str, list[Cells]], choices: Choices, text: Iterable[str]) -> Workbook:
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    _write_instructions(first, text)
    for sheet in SHEETS:
        spare = SPARE_ROWS + len(rows[sheet.title]) // 5 if sheet is CRIMES else 0
        _write_sheet(book.create_sheet(sheet.title), sheet, rows[sheet.title], spare, choices)
    lists = book.create_sheet("Lists")
    for column, kind in enumerate(("class", "reason"), 1):
        for number, label in enumerate(choices.labels(kind), 1):
            lists.cell(number, column, label)
    lists.sheet_state = "hidden"
    return book


def _write_instructions(page: Worksheet, text: Iterable[str]) -> None:
    page.title = "Instructions"
    page.column_dimensions["A"].width = 110
    for number, line in enumerate(text, 1):
        cell = page.cell(number, 1, line)
        cell.alignment = WRAPPED
        if number == 1:
            cell.font = Font(bold=True, size=14)


def _write_sheet(page: Worksheet, sheet: Sheet, rows: list[Cells], spare: int, choices: Choices) -> None:
    """A heading, the rows, and empty ones; what auditors fill in is open, all else is locked, without a password."""
    last = len(rows) + spare + 1
    for column, field in enumerate(sheet.fields, 1):
        letter = get_column_letter(column)
        page.column_dimensions[letter].width = field.width
        page.column_dimensions[letter].hidden = field.is_hidden
        heading = page.cell(1, column, field.title)
        heading.font, heading.fill, heading.alignment = Font(bold=True), HEADING, WRAPPED
        for number in range(2, last + 1):
            cell = page.cell(number, column)
            assert isinstance(cell, Cell)  # no cells are merged
            value = rows[number - 2].get(field.name) if number < len(rows) + 2 else None
            if value is not None:
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"  # never a formula, whatever it begins with
            _dress(cell, field, is_given=field.kind == "shown" or (field.is_filled and value is not None))
        rule = _rule(field, choices, len(rows) + 1)
        if rule is not None:
            page.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{last}")
    page.freeze_panes = "B2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.fields))}{last}"
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = page.protection.autoFilter = False


def _dress(cell: Cell, field: Field, is_given: bool) -> None:
    cell.alignment = WRAPPED
    cell.number_format = {"count": "0", "day": "yyyy-mm-dd"}.get(field.kind, "@")
    if is_given:
        cell.fill = GIVEN
    else:
        cell.protection = Protection(locked=False)


def _rule(field: Field, choices: Choices, last_log: int) -> DataValidation | None:
    """What a spreadsheet lets into the column; it can be pasted over, so that a return is checked all the same."""
    lists = {
        "flag": f'"{",".join(YES_NO)}"',
        "class": f"Lists!$A$1:$A${len(choices.classes)}",
        "reason": f"Lists!$B$1:$B${len(choices.reasons)}",
    }
    if field.kind == "shown":
        return None
    if field.kind == "count":
        rule = DataValidation("whole", operator="between", formula1="0", formula2=str(MOST_CRIMES))
    elif field.kind in lists:
        rule = DataValidation("list", formula1=lists[field.kind])
    elif field.is_filled:
        rule = DataValidation("list", formula1=f"{LOGS.title}!$A$2:$A${last_log}")
    else:
        rule = DataValidation()
    rule.allow_blank = True
    rule.showErrorMessage = True
    if field.hint:
        rule.promptTitle, rule.prompt, rule.showInputMessage = field.title[:32], field.hint, True
    return rule

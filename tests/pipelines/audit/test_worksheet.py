"""What auditors are given: a workbook with lists, locked where it must come back as it was, and a pair of CSV files."""

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipelines.audit.columns import CRIMES, LOGS
from pipelines.audit.folder import UnknownDraw, draw_mark, read_drawn, write_drawn
from pipelines.audit.returned import read_return
from tests.pipelines.audit.small import CHOICES, DRAWN, written


def test_a_workbook_and_a_pair_hold_the_same(tmp_path: Path) -> None:
    path = written(tmp_path)
    book, pair = read_return(path), read_return(tmp_path / "worksheet")
    assert [row.cells for row in book.logs] == [row.cells for row in pair.logs]
    assert [row.cells for row in book.crimes] == [row.cells for row in pair.crimes]
    assert [row["incident_id"] for row in book.logs] == ["A1", "A2", "A3", "007", "=A5"]
    assert [(row["incident_id"], row["n"]) for row in book.crimes[:2]] == [("A1", "1"), ("A2", "1")]
    assert book.logs[0].where == "Logs row 2" and pair.logs[0].where == "logs.csv line 2"
    assert (book.mark, book.sample_id) == (DRAWN.mark, "2019-Q2")


def test_the_second_worksheet_holds_the_logs_marked_twice(tmp_path: Path) -> None:
    second = read_return(written(tmp_path, second=True))
    assert [row["incident_id"] for row in second.logs] == ["A2", "007"]
    assert second.mark == DRAWN.second_mark != DRAWN.mark


def test_what_begins_like_a_formula_is_text(tmp_path: Path) -> None:
    page = load_workbook(written(tmp_path))[LOGS.title]
    cells = {cell.value: cell.data_type for (cell,) in page.iter_rows(min_row=2, max_col=1)}
    assert cells["=A5"] == "s" and cells["007"] == "s"


def test_answers_are_open_and_all_else_is_locked(tmp_path: Path) -> None:
    book = load_workbook(written(tmp_path))
    assert book.sheetnames == ["Instructions", "Logs", "Crimes", "Lists"]
    assert book["Lists"].sheet_state == "hidden"
    for sheet in (LOGS, CRIMES):
        page = book[sheet.title]
        assert page.protection.sheet
        for cell, field in zip(page[2], sheet.fields, strict=True):
            assert cell.protection.locked == (field not in sheet.answers), field.name
    spare = book["Crimes"][7]  # after the five rows filled in: a log's further crimes
    assert not any(cell.protection.locked for cell in spare)
    assert {field.name: book["Logs"].column_dimensions["R"].hidden for field in LOGS.fields[-1:]} == {"draw": True}


def test_lists_offer_every_choice(tmp_path: Path) -> None:
    book = load_workbook(written(tmp_path))
    assert [cell.value for cell in book["Lists"]["A"]] == ["8N: Assault with injury", "8L: Harassment"]
    rules = {str(rule.sqref): (rule.type, rule.formula1) for rule in book["Crimes"].data_validations.dataValidation}
    last = book["Crimes"].max_row
    assert rules[f"D2:D{last}"] == ("list", "Lists!$A$1:$A$2")
    assert rules[f"F2:F{last}"] == ("list", '"yes,no"')
    assert rules[f"J2:J{last}"] == ("list", "Lists!$B$1:$B$1")
    assert rules[f"A2:A{last}"] == ("list", "Logs!$A$2:$A$6")
    assert last == 1 + 5 + 50 + 1


def test_headings_are_words_in_the_workbook_and_names_in_the_files(tmp_path: Path) -> None:
    page = load_workbook(written(tmp_path))[LOGS.title]
    assert [cell.value for cell in page[1]] == [field.title for field in LOGS.fields]
    with (tmp_path / "worksheet" / "crimes.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file)) == [field.name for field in CRIMES.fields]


def test_every_title_and_prompt_fits_a_spreadsheet() -> None:
    for sheet in (LOGS, CRIMES):
        words = [word for field in sheet.fields for word in {field.title.casefold(), field.name}]
        assert len(words) == len(set(words))
        assert all(len(field.hint) <= 255 for field in sheet.fields)


def test_the_instructions_say_which_sample_how_many_and_by_when(tmp_path: Path) -> None:
    page = load_workbook(written(tmp_path))["Instructions"]
    text = " ".join(str(cell.value) for cell in page["A"])
    for said in ("sample 2019-Q2", "5 incident logs", "by 31 October 2019, 23:59", "cdi audit return"):
        assert said in text
    for field in (LOGS.fields[8], CRIMES.fields[5]):
        assert f'"{field.title}"' in text


def test_a_mark_tells_draws_apart_whatever_their_order() -> None:
    assert draw_mark("2019-Q2", ["A", "B"]) == draw_mark("2019-Q2", ["B", "A"])
    assert len({draw_mark("2019-Q2", ["A", "B"]), draw_mark("2019-Q1", ["A", "B"]), draw_mark("2019-Q2", ["A"])}) == 3


def test_a_draw_reads_back_as_it_was_written(tmp_path: Path) -> None:
    folder = tmp_path / "audits" / "2019-Q2"
    folder.mkdir(parents=True)
    write_drawn(folder, DRAWN)
    assert read_drawn(tmp_path, "2019-Q2") == DRAWN
    assert list(read_drawn(tmp_path, "2019-Q2").shown) == list(DRAWN.shown)
    with pytest.raises(UnknownDraw, match=r"no draw 2019-Q1 in .*; there: 2019-Q2"):
        read_drawn(tmp_path, "2019-Q1")


def test_choices_are_understood_as_code_or_as_the_list_has_them() -> None:
    assert [CHOICES.code("class", text) for text in ("8N", "8n: Assault", " 8L : x", "8", "")] == [
        "8N", "8N", "8L", None, None,
    ]  # fmt: skip

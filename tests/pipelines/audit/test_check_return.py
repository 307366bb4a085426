"""What came back is taken in as extracts hold it, or everything wrong in it is named with its sheet and row."""

import csv
import random
from pathlib import Path
from typing import Any

import pytest

from pipelines.audit.columns import CRIMES, LOGS
from pipelines.audit.returned import ReturnRefused
from tests.pipelines.audit.small import Book, Change, marked_book, missed, recorded, take, worksheet

FLAGS = ("grade_correct", "summary_accurate", "passed_to_officers", "account_full", "crime_made_clear")


def refused(path: Path, **options: Any) -> list[str]:
    with pytest.raises(ReturnRefused) as error:
        take(path, **options)
    return str(error.value).splitlines()


def test_a_marked_worksheet_gives_rows_of_both_extracts(tmp_path: Path) -> None:
    marked = take(marked_book(tmp_path).saved())
    assert (marked.unmarked, marked.auditors) == ([], ["A1"])
    assert [row["incident_id"] for row in marked.returns] == ["A1", "A2", "A3", "007", "=A5"]
    first = marked.returns[0]
    assert {name: first[name] for name in ("sample_id", "auditor", "stratum", "audited_at", *FLAGS[:2])} == {
        "sample_id": "2019-Q2",
        "auditor": "A1",
        "stratum": "violence",
        "audited_at": "2019-08-13T23:00:00Z",
        "grade_correct": "no",
        "summary_accurate": None,
    }
    found = [
        (row["incident_id"], row["n"], row["required_class"], row["is_recorded"], row["crime_ref"])
        for row in marked.crimes
    ]
    assert found == [
        ("A1", 1, "8N", "yes", "C1"),
        ("A2", 1, "8N", "yes", "C2"),
        ("007", 1, "8L", "no", None),
        ("=A5", 1, "8N", "no", None),
        ("A1", 2, "8L", "no", None),
    ]
    by_log = {(row["incident_id"], row["n"]): row for row in marked.crimes}
    assert by_log["007", 1]["failure_reason"] == "account_not_believed"
    assert by_log["=A5", 1]["remedied_at"] == "2019-08-13T23:00:00Z"
    assert (by_log["A1", 1]["class_correct"], by_log["A2", 1]["is_domestic_abuse"]) == ("yes", "yes")


def test_the_csv_pair_gives_the_same_however_a_spreadsheet_saved_it(tmp_path: Path) -> None:
    book = marked_book(tmp_path)
    expected = take(book.saved())
    for delimiter, encoding in ((",", "utf-8-sig"), (";", "cp1252"), ("\t", "utf-8")):
        for sheet in (LOGS, CRIMES):
            with (tmp_path / f"A1_{sheet.file_name}").open("w", encoding=encoding, newline="") as file:
                rows = book.page(sheet).iter_rows(values_only=True)
                csv.writer(file, delimiter=delimiter).writerows(rows)
        assert take(tmp_path / "A1_logs.csv") == expected
        assert take(tmp_path / "A1_crimes.csv") == expected


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    book = marked_book(tmp_path)
    expected = take(book.saved())
    for seed in range(5):
        for sheet in (LOGS, CRIMES):
            rows = [[cell.value for cell in row] for row in book.page(sheet).iter_rows(min_row=2)]
            random.Random(seed).shuffle(rows)
            names = [field.name for field in sheet.fields]
            for number, row in enumerate(rows, 2):
                book.put(sheet, number, **dict(zip(names, row, strict=True)))
        found = take(book.saved())
        assert sorted(map(str, found.returns)) == sorted(map(str, expected.returns))
        assert sorted(map(str, found.crimes)) == sorted(map(str, expected.crimes))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda b: b.page(LOGS).delete_rows(3), "Logs: the row of log A2 is missing"),
        (lambda b: b.put(LOGS, 3, incident_id="A9"), "Logs row 3: log A9 is not in the draw: take the row out"),
        (lambda b: b.put(LOGS, 3, incident_id=None), "Logs row 3: the log number is missing"),
        (
            lambda b: b.put(LOGS, 3, incident_id="2.01905E+12"),
            "Logs row 3: a spreadsheet has made 2.01905E+12 of a log number: return the .xlsx file",
        ),
        (
            lambda b: b.put(LOGS, 4, stratum="violence"),
            'Logs row 4: "Stratum" was altered: "violence", and was "other"',
        ),
        (lambda b: b.put(LOGS, 4, codes="theft"), 'Logs row 4: "Codes the log held" was altered: "theft", and was "h'),
        (lambda b: b.put(LOGS, 4, crimes="C9"), 'was altered: "C9", and was ""'),
        (lambda b: b.put(LOGS, 4, draw="2019-Q1 x"), 'Logs row 4: "Draw" was altered: "2019-Q1 x", and was "2019-Q2 '),
        (
            lambda b: b.page(LOGS).append([c.value for c in b.page(LOGS)[3]]),
            "Logs row 7: log A2 by A1 is there a second time, as in Logs row 3",
        ),
        (lambda b: b.put(LOGS, 2, grade_correct="maybe"), '"Was the grade right" is "maybe", neither yes nor no'),
        (lambda b: b.put(LOGS, 2, audited_on="soon"), 'Logs row 2: "Marked on" is "soon", no day such as 2019-08-14'),
        (lambda b: b.put(LOGS, 2, audited_on="31/02/2019"), '"Marked on" is "31/02/2019", no day'),
        (lambda b: b.put(LOGS, 2, crimes_required="two"), 'recorded" is "two", no whole number from 0 to 99'),
        (lambda b: b.put(LOGS, 2, crimes_required=-1), 'recorded" is "-1", no whole number'),
        (lambda b: b.put(LOGS, 2, crimes_required=100), 'recorded" is "100", no whole number'),
        (lambda b: b.put(LOGS, 2, crimes_required=2.5), 'recorded" is "2.5", no whole number'),
        (
            lambda b: b.put(LOGS, 2, crimes_required=None),
            'Logs row 2: "How many crimes should have been recorded" is missing; 0 where the log holds no crime',
        ),
        (lambda b: b.put(LOGS, 4, crimes_required=None), "Logs row 4: log A3 is not marked"),
        (lambda b: b.put(LOGS, 2, auditor=None), "Logs row 2: the auditor's code is missing"),
        (lambda b: b.put(LOGS, 2, auditor="Jo Smith"), 'Logs row 2: "Jo Smith" is no auditor\'s code'),
        (
            lambda b: b.put(LOGS, 4, crimes_required=1),
            "Logs row 4: log A3 has 1 crimes that should have been recorded, and 0 filled rows of the sheet Crimes",
        ),
        (
            lambda b: b.page(CRIMES).delete_rows(7),
            "Logs row 2: log A1 has 2 crimes that should have been recorded, and 1 filled rows",
        ),
        (lambda b: b.put(CRIMES, 4, **missed()), "Logs row 4: log A3 has 0 crimes that should have been recorded, and"),
        (lambda b: b.put(CRIMES, 2, required_class=None), '"Class it should have been recorded as" is missing'),
        (
            lambda b: b.put(CRIMES, 2, required_class="Assault"),
            'Crimes row 2: "Class it should have been recorded as" is "Assault", none of those that can be chosen',
        ),
        (lambda b: b.put(CRIMES, 5, failure_reason="lazy"), '"Why it was not recorded" is "lazy", none of those'),
        (lambda b: b.put(CRIMES, 2, crime_ref=None), "Crimes row 2: it was recorded, and the crime number is missing"),
        (lambda b: b.put(CRIMES, 5, crime_ref="C5"), "Crimes row 5: it was not recorded, and yet has the crime number"),
        (lambda b: b.put(CRIMES, 2, is_recorded="C1"), 'Crimes row 2: "Was it recorded by the data cut" is "C1", nei'),
        (lambda b: b.put(CRIMES, 2, is_recorded=None), '"Was it recorded by the data cut" is missing'),
        (lambda b: b.put(CRIMES, 2, incident_id="A9"), "Crimes row 2: log A9 is not in the draw"),
        (lambda b: b.put(CRIMES, 2, incident_id=None), "Crimes row 2: the log number is missing"),
        (lambda b: b.put(CRIMES, 7, n=1), "Crimes row 7: crime 1 of log A1 is there a second time, as in Crimes row 2"),
        (lambda b: b.put(CRIMES, 7, n=None), 'Crimes row 7: "Crime number within the log" is missing'),
        (lambda b: b.put(CRIMES, 7, n=0), 'Crimes row 7: "Crime number within the log" is 0; the first crime'),
        (lambda b: b.put(CRIMES, 7, n="second"), '"Crime number within the log" is "second", no whole number'),
        (lambda b: b.put(CRIMES, 2, auditor="A2"), "Crimes row 2: A2 has not marked log A1 in the sheet Logs"),
        (lambda b: b.put(LOGS, 1, grade_correct="Right?"), 'Logs: column "Right?" is none of the worksheet\'s'),
        (lambda b: b.put(LOGS, 1, grade_correct=None), 'Logs: column "Was the grade right" (grade_correct) is missing'),
        (lambda b: b.put(LOGS, 1, grade_correct="grade"), 'Logs: column "Grade" (grade) is there twice'),
        (lambda b: b.page(LOGS).cell(2, 20, "x"), "Logs row 2: it has more cells than the heading has columns"),
        (lambda b: b.book.remove(b.page(CRIMES)), "worksheet.xlsx has no sheet Crimes: return the worksheet whole"),
    ],
)
def test_what_is_altered_is_named(tmp_path: Path, change: Change, said: str) -> None:
    book = marked_book(tmp_path)
    change(book)
    assert any(said in line for line in refused(book.saved()))


def test_everything_wrong_is_named_at_once_and_nothing_else(tmp_path: Path) -> None:
    book = marked_book(tmp_path)
    book.put(LOGS, 2, grade_correct="maybe", codes="theft")
    book.put(LOGS, 3, crimes_required=None)
    book.put(CRIMES, 2, required_class=None)
    book.put(CRIMES, 5, is_recorded="perhaps")
    assert [line.split(":")[0] for line in refused(book.saved())] == [
        "Logs row 2",  # codes
        "Logs row 2",  # grade
        "Crimes row 2",
        "Crimes row 3",  # a crime of a log that is not marked
        "Crimes row 5",
        "Logs row 3",
        "--partial takes in what is marked, and the rest later; until every log is marked there is no rate",
    ]


def test_some_logs_may_wait_where_the_return_is_partial(tmp_path: Path) -> None:
    book = worksheet(tmp_path)
    book.mark("A2", recorded("C2"))
    book.put(LOGS, 2, auditor="A1", audited_on="2019-08-14")  # a code and a day alone mark nothing
    marked = take(book.saved(), is_partial=True)
    assert [row["incident_id"] for row in marked.returns] == ["A2"]
    assert marked.unmarked == ["A1", "A3", "007", "=A5"]
    assert len(refused(book.saved())) == 5


def test_a_worksheet_in_which_nothing_is_marked_is_refused(tmp_path: Path) -> None:
    path = worksheet(tmp_path).saved()
    assert refused(path) == refused(path, is_partial=True) == ["Logs: no log is marked"]


def test_an_auditor_may_be_given_for_the_whole_worksheet(tmp_path: Path) -> None:
    book = worksheet(tmp_path, second=True)
    book.mark("A2", auditor=None)
    book.mark("007", missed(), auditor="A3")
    marked = take(book.saved(), auditor="A2")
    assert [row["auditor"] for row in marked.returns] == ["A2", "A3"]
    assert marked.auditors == ["A2", "A3"]
    assert [(row["incident_id"], row["auditor"]) for row in marked.crimes] == [("007", "A3")]


def _with_second_auditor(book: Book, whose: str | None) -> Book:
    row = [cell.value for cell in book.page(LOGS)[5]]
    row[6], row[8] = "A2", 1
    book.page(LOGS).append(row)
    book.put(CRIMES, 5, auditor="A1" if whose else None)
    book.put(CRIMES, 8, incident_id="007", n=1, auditor=whose, **recorded("C7"))
    return book


def test_one_worksheet_may_hold_two_auditors(tmp_path: Path) -> None:
    marked = take(_with_second_auditor(marked_book(tmp_path), "A2").saved())
    assert marked.auditors == ["A1", "A2"]
    assert {(row["incident_id"], row["auditor"], row["is_recorded"]) for row in marked.crimes if row["n"] == 1} >= {
        ("007", "A1", "no"),
        ("007", "A2", "yes"),
    }


def test_of_two_auditors_crimes_must_say_whose_they_are(tmp_path: Path) -> None:
    faults = refused(_with_second_auditor(marked_book(tmp_path), None).saved())
    for where in ("Crimes row 5", "Crimes row 8"):
        assert f"{where}: log 007 was marked by A1 and A2: say whose crime it is" in faults


def test_the_second_worksheet_is_held_to_its_own_logs(tmp_path: Path) -> None:
    book = worksheet(tmp_path, second=True)
    book.mark("A2", auditor="A2")
    book.mark("007", auditor="A2")
    assert [row["incident_id"] for row in take(book.saved()).returns] == ["A2", "007"]
    book.put(LOGS, 2, incident_id="A1")
    assert "Logs row 2: log A1 is not in the draw: take the row out" in refused(book.saved())


def test_a_worksheet_of_another_draw_is_refused(tmp_path: Path) -> None:
    book = marked_book(tmp_path)
    for row in range(2, 7):
        book.put(LOGS, row, draw="2019-Q2 000000000000")
    [line] = refused(book.saved())
    assert "the column Draw says 2019-Q2 000000000000, which is not the draw 2019-Q2 in the home folder" in line


def test_what_is_no_worksheet_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cut.xlsx").write_bytes(marked_book(tmp_path).saved().read_bytes()[:500])
    (tmp_path / "notes.csv").write_text("a,b\n", encoding="utf-8")
    (tmp_path / "B_logs.csv").write_text("incident_id\n", encoding="utf-8")
    for name, said in (
        ("cut.xlsx", "cut.xlsx cannot be read as a workbook"),
        ("notes.csv", "a pair whose names end in logs.csv and crimes.csv"),
        ("B_logs.csv", "B_crimes.csv"),
    ):
        [line] = refused(tmp_path / name)
        assert said in line
    with pytest.raises(FileNotFoundError):
        take(tmp_path / "none.xlsx")

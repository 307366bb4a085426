"""`cdi audit return` and `sign`: what is taken in and published, and what is not."""

import json
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import sql
from pipelines.audit.columns import CRIMES, LOGS
from pipelines.audit.folder import kept_file, read_rows
from pipelines.home import sole_run
from pipelines.publish import current
from tests.pipelines.audit.drawn import SAMPLE, copied
from tests.pipelines.audit.small import Book
from tests.pipelines.command import Command


def test_a_return_is_a_run_of_its_own_that_carries_everything_else_over(
    cdi: Command, drawn_home: Path, returned_home: Path
) -> None:
    before = json.loads(cdi("status", "--json", home=drawn_home).out)
    after = json.loads(cdi("status", "--json", home=returned_home).out)
    assert (before["run"], after["run"], after["outcome"]) == ("r0001", "r0002", "published")
    assert after["extracts"]["incident"]["data_cut"] == before["extracts"]["incident"]["data_cut"]
    typed = ("metric", "logs_recorded", "--by", "month", "--format", "json")
    assert cdi(*typed, home=returned_home).out == cdi(*typed, home=drawn_home).out
    found = json.loads(cdi("audit", "estimate", "--json", home=returned_home).out)
    assert (found["snapshot"], found["is_synthetic"]) == ("snap_r0002.duckdb", True)
    assert found["data_cut"] == "2019-11-01T00:00:00Z"


def test_the_second_auditor_gives_agreement_and_a_repeat_needs_replace(
    cdi: Command, returned_home: Path, filled: Path, tmp_path: Path
) -> None:
    home = copied(returned_home, tmp_path)
    done = cdi("audit", "return", filled / "worksheet.xlsx", home=home)
    assert (done.status, done.out) == (1, "")
    assert "A1 returned " in done.err and "92 more before: --replace puts this worksheet in place" in done.err
    assert current(home) == "snap_r0002.duckdb"
    assert cdi("audit", "return", filled / "second_worksheet.xlsx", home=home).status == 0
    sample = json.loads(cdi("audit", "estimate", "--sample", SAMPLE, "--json", home=home).out)["sample"]
    assert (sample["agreement"]["agreed"], sample["agreement"]["logs"]) == (11, 11)
    kept = read_rows(kept_file(home, "audit_return", SAMPLE))
    assert {row["auditor"] for row in kept} == {"A1", "A2"}
    assert len(kept) == 102 + 11


def test_a_partial_return_waits_for_the_rest(cdi: Command, drawn_home: Path, filled: Path, tmp_path: Path) -> None:
    home = copied(drawn_home, tmp_path)
    shutil.rmtree(home / "stage")
    book = Book(Path(shutil.copy(filled / "worksheet.xlsx", tmp_path)))
    log = str(book.page(LOGS).cell(2, 1).value)
    for row in range(3, 104):
        book.put(LOGS, row, crimes_required=None)
    for row in range(2, book.page(CRIMES).max_row + 1):
        if book.page(CRIMES).cell(row, 1).value != log:
            book.put(CRIMES, row, required_class=None, is_domestic_abuse=None, is_recorded=None, crime_ref=None)
    done = cdi("audit", "return", book.saved(), home=home)
    assert (done.status, done.out) == (1, "")
    assert done.err.count("is not marked") == 101 and "--partial takes in what is marked" in done.err
    done = cdi("audit", "return", book.path, "--partial", home=home)
    assert "of the 102 logs of spring 1 are marked now" in done.err
    done = cdi("audit", "return", filled / "worksheet.xlsx", "--replace", home=home)
    assert "of the 102 logs of spring 102 are marked now" in done.err
    assert len(read_rows(kept_file(home, "audit_return", SAMPLE))) == 102


def test_a_faulty_worksheet_changes_nothing(cdi: Command, drawn_home: Path, filled: Path, tmp_path: Path) -> None:
    book = Book(Path(shutil.copy(filled / "worksheet.xlsx", tmp_path)))
    book.page(LOGS).delete_rows(5)
    book.put(LOGS, 2, summary_accurate="maybe")
    before = sorted(path.name for path in (drawn_home / "audits" / SAMPLE).iterdir())
    done = cdi("audit", "return", book.saved(), home=drawn_home)
    assert (done.status, done.out) == (1, "")
    first, *faults = done.err.splitlines()
    assert first.endswith("worksheet.xlsx is not taken in, and nothing has changed:")
    assert faults[0].startswith('Logs row 2: "Does the log sum up accurately what was said" is "maybe"')
    assert any("the row of log" in fault for fault in faults)
    assert sorted(path.name for path in (drawn_home / "audits" / SAMPLE).iterdir()) == before
    assert current(drawn_home) == "snap_r0001.duckdb"


@pytest.mark.parametrize(
    ("name", "status", "said"),
    [("none.xlsx", 2, "none.xlsx"), ("other.xlsx", 1, "has no sheet Logs"), ("mark.xlsx", 2, "no draw winter in")],
)
def test_what_is_no_worksheet_of_a_draw(
    cdi: Command, drawn_home: Path, filled: Path, tmp_path: Path, name: str, status: int, said: str
) -> None:
    if name == "mark.xlsx":
        book = load_workbook(filled / "worksheet.xlsx")
        for row in range(2, 104):
            book["Logs"].cell(row, 18, "winter 0123456789ab")
        book.save(tmp_path / name)
    elif name == "other.xlsx":
        book = load_workbook(filled / "worksheet.xlsx")
        del book["Logs"], book["Crimes"]
        book.save(tmp_path / name)
    done = cdi("audit", "return", tmp_path / name, home=drawn_home)
    assert (done.status, done.out) == (status, "")
    assert said in done.err


def test_a_return_that_cannot_be_published_is_not_kept(
    cdi: Command, drawn_home: Path, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise RunRefused("no")

    from pipelines import amend
    from pipelines.refresh import RunRefused

    monkeypatch.setattr(amend, "amend", refuse)
    home = copied(drawn_home, tmp_path)
    done = cdi("audit", "return", filled / "worksheet.xlsx", home=home)
    assert (done.status, done.err) == (
        1,
        "cdi: no; nothing was taken in, and the published snapshot stands\n",
    )
    assert not kept_file(home, "audit_return", SAMPLE).exists()
    assert not kept_file(home, "audit_crime", SAMPLE).exists()


def test_a_return_is_turned_away_while_another_run_holds_the_folder(
    cdi: Command, drawn_home: Path, filled: Path
) -> None:
    with sole_run(drawn_home):
        done = cdi("audit", "return", filled / "worksheet.xlsx", home=drawn_home)
    assert (done.status, done.out) == (1, "") and "another refresh is running" in done.err
    assert not kept_file(drawn_home, "audit_return", SAMPLE).exists()


def test_a_return_waits_for_the_next_refresh_where_the_stage_is_gone(
    cdi: Command, drawn_home: Path, filled: Path, tmp_path: Path
) -> None:
    home = copied(drawn_home, tmp_path)
    shutil.rmtree(home / "stage" / "r0001")
    done = cdi("audit", "return", filled / "worksheet", home=home)
    assert done.status == 1 and "no log is marked" in done.err  # the pair beside the workbook is empty still
    done = cdi("audit", "return", filled / "worksheet.xlsx", home=home)
    assert done.status == 0
    assert "it is kept, and shows after the next `cdi refresh`" in done.err
    assert len(read_rows(kept_file(home, "audit_return", SAMPLE))) == 102
    assert current(home) == "snap_r0001.duckdb"


def test_the_registrar_signs(cdi: Command, returned_home: Path, filled: Path, tmp_path: Path) -> None:
    home = copied(returned_home, tmp_path)
    for typed, said in (
        ((SAMPLE, "--role", "Analyst"), "signed by the Force Crime Registrar, and not by the Analyst"),
        (("winter", "--role", "Force Crime Registrar"), "no audit winter in the current snapshot; there: "),
    ):
        done = cdi("audit", "sign", *typed, home=home)
        assert (done.status, done.out) == (1, "") and said in done.err
    assert cdi("audit", "sign", SAMPLE, "--role", "FCR registrar", "--date", "soon", home=home).status == 2
    typed = ("audit", "sign", SAMPLE, "--role", "Force Crime Registrar", "--date", "2019-10-25")
    done = cdi(*typed, home=home)
    assert done.status == 0, done.err
    sample = json.loads(cdi("audit", "estimate", "--sample", SAMPLE, "--json", home=home).out)["sample"]
    assert (sample["status"], sample["signed_role"], sample["signed_date"]) == (
        "signed", "Force Crime Registrar", "2019-10-25",
    )  # fmt: skip
    again = cdi(*typed, home=home)
    assert again.status == 1 and "was signed by the Force Crime Registrar on 2019-10-25 already" in again.err
    late = cdi("audit", "return", filled / "second_worksheet.xlsx", home=home)
    assert late.status == 1 and "so no return is taken in" in late.err


def test_signatures_the_snapshot_has_are_kept(cdi: Command, returned_home: Path, tmp_path: Path) -> None:
    home = copied(returned_home, tmp_path)
    with closing(sql.open_snapshot(home)) as snapshot:
        earlier = [row["sample_id"] for row in sql.table(snapshot, "ref_audit_signature")]
    shutil.rmtree(home / "stage")
    assert cdi("audit", "sign", SAMPLE, "--role", "Registrar", "--date", "2019-10-25", home=home).status == 0
    rows = read_rows(home / "reference" / "audit_signature.csv")
    assert [row["sample_id"] for row in rows] == [*earlier, SAMPLE]

"""What auditors return is kept beside the draw as long as it can be published, and signed when all of it is there."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.audit.accept import accept
from pipelines.audit.folder import draw_folder, kept_file, read_rows
from pipelines.audit.returned import ReturnRefused
from pipelines.audit.signature import SignatureRefused, sign_sample
from pipelines.home import AnotherRun, sole_run
from tests.pipelines.audit.small import DRAWN, marked_book, missed, take, worksheet

SAMPLE = {"sample_id": "2019-Q2", "sampled": 5, "marked": 5, "is_signed": False}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    draw_folder(home, DRAWN.sample_id).mkdir(parents=True)
    return home


def kept(home: Path, extract: str) -> list[tuple[str, str]]:
    return [(row["incident_id"], row["auditor"]) for row in read_rows(kept_file(home, extract, DRAWN.sample_id))]


def returned(home: Path, path: Path, replace: bool = False, publish: Any = lambda: None, **options: Any) -> int:
    return accept(home, DRAWN, take(path, **options), replace=replace, publish=publish)


def test_returns_of_several_auditors_lie_together(home: Path, tmp_path: Path) -> None:
    assert returned(home, marked_book(tmp_path).saved()) == 5
    second = worksheet(tmp_path, second=True)
    second.mark("A2", auditor="A2")
    second.mark("007", missed(), auditor="A2")
    assert returned(home, second.saved()) == 5
    assert kept(home, "audit_return") == [(log, "A1") for log in DRAWN.shown] + [("A2", "A2"), ("007", "A2")]
    assert kept(home, "audit_crime")[-1] == ("007", "A2")
    assert len(kept(home, "audit_crime")) == 6


def test_logs_that_the_same_auditor_returned_before_are_named(home: Path, tmp_path: Path) -> None:
    path = marked_book(tmp_path).saved()
    returned(home, path)
    before = kept(home, "audit_return")
    with pytest.raises(ReturnRefused, match="A1 returned A1, A2, A3, 007, =A5 before: --replace puts this worksheet"):
        returned(home, path)
    assert kept(home, "audit_return") == before


def test_other_logs_of_the_same_auditor_are_added(home: Path, tmp_path: Path) -> None:
    for log, done in (("A1", 1), ("A3", 2)):
        book = worksheet(tmp_path)
        book.mark(log, missed())
        assert returned(home, book.saved(), is_partial=True) == done
    assert kept(home, "audit_return") == kept(home, "audit_crime") == [("A1", "A1"), ("A3", "A1")]


def test_replace_leaves_other_auditors_alone(home: Path, tmp_path: Path) -> None:
    returned(home, marked_book(tmp_path).saved())
    book = worksheet(tmp_path)
    book.mark("A2", missed(), auditor="A2")
    returned(home, book.saved(), is_partial=True)
    book = worksheet(tmp_path)
    book.mark("A3")
    assert returned(home, book.saved(), replace=True, is_partial=True) == 2
    assert kept(home, "audit_return") == [("A2", "A2"), ("A3", "A1")]
    assert kept(home, "audit_crime") == [("A2", "A2")]


def test_what_cannot_be_published_is_not_kept(home: Path, tmp_path: Path) -> None:
    def fail() -> None:
        raise RuntimeError("no")

    path = marked_book(tmp_path).saved()
    with pytest.raises(RuntimeError, match="no"):
        returned(home, path, publish=fail)
    assert not list(draw_folder(home, DRAWN.sample_id).iterdir())
    returned(home, path)
    before = {file: file.read_bytes() for file in draw_folder(home, DRAWN.sample_id).iterdir()}
    with pytest.raises(RuntimeError, match="no"):
        returned(home, path, replace=True, publish=fail, auditor="A1")
    assert {file: file.read_bytes() for file in draw_folder(home, DRAWN.sample_id).iterdir()} == before


def test_nothing_is_written_while_another_run_holds_the_folder(home: Path, tmp_path: Path) -> None:
    path = marked_book(tmp_path).saved()
    with sole_run(home), pytest.raises(AnotherRun):
        returned(home, path)
    assert not list(draw_folder(home, DRAWN.sample_id).iterdir())


def sign(home: Path, sample: dict[str, Any], publish: Any = lambda: None, role: str = "Force Crime Registrar") -> None:
    signed = [{"sample_id": "2019-Q1", "role": "Force Crime Registrar", "signed_date": date(2019, 7, 1)}]
    sign_sample(home, {"2019-Q2": sample}, signed, "2019-Q2", role, date(2019, 10, 25), publish=publish)


def test_a_signature_joins_those_there_are(home: Path) -> None:
    path = home / "reference" / "audit_signature.csv"
    sign(home, SAMPLE)
    assert path.read_text("utf-8") == (
        "sample_id,role,signed_date\n2019-Q1,Force Crime Registrar,2019-07-01\n"
        "2019-Q2,Force Crime Registrar,2019-10-25\n"
    )
    path.write_text("sample_id,role,signed_date\n2018-Q4,Registrar,2019-05-01\n", "utf-8")
    sign(home, SAMPLE)  # the force's own file goes before what the snapshot has
    assert [row["sample_id"] for row in read_rows(path)] == ["2018-Q4", "2019-Q2"]


def test_a_signature_that_cannot_be_published_is_not_kept(home: Path) -> None:
    def fail() -> None:
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        sign(home, SAMPLE, publish=fail)
    assert not (home / "reference" / "audit_signature.csv").exists()


@pytest.mark.parametrize(
    ("sample", "role", "said"),
    [
        (SAMPLE | {"marked": 4}, "Registrar", "of the 5 logs of 2019-Q2 4 are marked: there is no rate to sign"),
        (SAMPLE, "Chief Constable", "signed by the Force Crime Registrar, and not by the Chief Constable"),
        (
            SAMPLE | {"is_signed": True, "signed_role": "Registrar", "signed_date": date(2019, 10, 1)},
            "Registrar",
            "2019-Q2 was signed by the Registrar on 2019-10-01 already",
        ),
    ],
)
def test_what_cannot_be_signed(home: Path, sample: dict[str, Any], role: str, said: str) -> None:
    with pytest.raises(SignatureRefused, match=said):
        sign(home, sample, role=role)
    assert not (home / "reference").exists()

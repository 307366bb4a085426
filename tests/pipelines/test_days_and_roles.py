"""Days of the local calendar, and staff columns that may hold a role."""

from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest

from pipelines.profile import load_profile
from pipelines.reading.delivery import Delivery
from pipelines.reading.stage import Staged, stage
from tests.pipelines.sources import rejects, stage_files, typed

STAFF = "staff_id,team_id,role,started_on,left_on\n"


def test_days_are_read_in_every_form_a_moment_is(tmp_path: Path) -> None:
    rows = "a,T,x,2018-09-03,\nb,T,x,2018-09-03 23:30,2019-06-30T23:30:00Z\n"
    staged = stage_files(tmp_path, {"staff.csv": STAFF + rows})
    assert typed(staged, "staff").select("started_on", "left_on").rows() == [
        (date(2018, 9, 3), None),
        (date(2018, 9, 3), date(2019, 7, 1)),  # half past midnight in London
    ]


def test_what_is_no_day_is_rejected_with_its_text(tmp_path: Path) -> None:
    staged = stage_files(tmp_path, {"staff.csv": STAFF + "a,T,x,31/02/2018,\nb,T,x,2018-03-01,\n"})
    assert [(line, reason) for line, reason, _ in rejects(staged)] == [
        (2, 'started_on: "31/02/2018" is no day in a format of the profile or ISO 8601')
    ]


@pytest.mark.parametrize(
    "days", [pl.Series([date(2018, 9, 3)]), pl.Series([datetime(2018, 9, 3, 23, 59)])], ids=["dates", "moments"]
)
def test_typed_days_stay_the_days_they_are(tmp_path: Path, days: pl.Series) -> None:
    source = tmp_path / "source"
    source.mkdir()
    pl.DataFrame({"staff_id": ["a"], "started_on": days}).write_parquet(source / "staff.parquet")
    staged = stage(Delivery(source, load_profile("canonical")), tmp_path / "r1", staff_key=b"key", report=print)
    assert typed(staged, "staff")["started_on"].to_list() == [date(2018, 9, 3)]


def returned(tmp_path: Path, *auditors: str) -> Staged:
    rows = "".join(f"2019-Q1,L{number},{auditor}\n" for number, auditor in enumerate(auditors))
    return stage_files(tmp_path, {"audit_return.csv": "sample_id,incident_id,auditor\n" + rows})


def test_a_role_is_kept_and_a_person_is_not(tmp_path: Path) -> None:
    registrar, again, person, same = typed(returned(tmp_path, "registrar", "Registrar", "A. Smith", "A. Smith"),
                                           "audit_return")["auditor"]  # fmt: skip
    assert (registrar, again) == ("registrar", "registrar")
    assert person == same
    assert "Smith" not in person
    assert len(person) == 16

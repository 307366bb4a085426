"""The real files of New Orleans, all the way through, with the figures that were counted from the files by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import sql
from pipelines.progress import Progress
from pipelines.refresh import refresh
from pipelines.report import RunReport

SOURCE = Path(__file__).parents[2].parent / "shared" / "data" / "new_orleans_2022"

pytestmark = pytest.mark.skipif(
    not SOURCE.is_dir(), reason="the real data is not beside this checkout (../shared/data)"
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("new_orleans")


@pytest.fixture(scope="module")
def report(home: Path) -> RunReport:
    return refresh(SOURCE, "new_orleans_2022", home, progress=Progress())


@pytest.fixture(scope="module")
def snapshot(home: Path, report: RunReport) -> Iterator[sql.Snapshot]:
    opened = sql.open_snapshot(home)
    yield opened
    opened.close()


def one(snapshot: sql.Snapshot, query: str) -> object:
    found = snapshot.cursor().execute(query).fetchone()
    assert found is not None
    return found[0]


def test_every_row_is_accounted_for(report: RunReport) -> None:
    counts = {
        count.extract: (count.read, count.loaded, count.superseded, count.rejected)
        for count in report.extracts
        if count.is_delivered
    }
    assert counts == {
        "incident": (6528, 6528, 0, 0),
        "crime": (3832, 2425, 1407, 0),
    }
    assert report.outcome == "published"


def test_mistyped_item_numbers_link(snapshot: sql.Snapshot) -> None:
    assert one(snapshot, "select count(distinct incident_id) from incident_crime") == 2421
    assert one(snapshot, "select count(*) from incident where incident_id = 'A0011722'") == 1


def test_warnings_find_what_is_wrong_with_the_source(report: RunReport) -> None:
    found = {check.rule_id: (check.severity, check.bad_rows) for check in report.checks if not check.is_met}
    assert found["incident_arrived_before_dispatched"] == ("warn", 44)
    assert found["incident_team_damaged"] == ("warn", 508)
    assert {severity for severity, _ in found.values()} == {"warn"}


def test_the_damaged_beats_can_be_listed(snapshot: sql.Snapshot) -> None:
    listed = "select count(*) from check_failure where rule_id = 'incident_team_damaged'"
    assert one(snapshot, listed) == 508
    assert one(snapshot, "select count(*) from incident where team_id like '%E+%'") == 508


def test_missing_times_stay_missing(snapshot: sql.Snapshot) -> None:
    assert one(snapshot, "select count(*) from incident where dispatched_at is null") == 1692
    assert one(snapshot, "select count(*) from incident where arrived_at is null") == 608


def test_local_times_are_of_chicago(snapshot: sql.Snapshot) -> None:
    """A0011722 was reported on 1 January 2022 at 1:07 local time, six hours behind UTC."""
    moment = one(
        snapshot, "select strftime(reported_at, '%Y-%m-%d %H:%M') from incident where incident_id = 'A0011722'"
    )
    assert moment == "2022-01-01 07:07"
    assert snapshot.info["time_zone"] == "America/Chicago"


def test_a_promised_report_puts_a_log_in_scope_but_not_a_crash(snapshot: sql.Snapshot) -> None:
    crashes = one(
        snapshot,
        "select count(*) from fact_incident where is_in_scope and opening_code = 'transport_collision' "
        "and closing_code = 'transport_collision'",
    )
    promised = one(snapshot, "select count(*) from fact_incident where is_in_scope and qualifiers = 'crime_promised'")
    assert crashes == 0
    assert isinstance(promised, int) and promised > 0


def test_what_the_source_lacks_is_said_and_never_a_nought(snapshot: sql.Snapshot) -> None:
    missing = {metric.metric_id: set(metric.missing) for metric in sql.metrics(snapshot) if not metric.is_available}
    assert "crime.recorded_at" in missing["crimes_in_time"]
    assert any(column.startswith("appointment.") for columns in missing.values() for column in columns)
    with pytest.raises(sql.NotAvailable, match=r"needs .*crime\.recorded_at"):
        sql.figures(snapshot, "crimes_in_time")
    for metric in sql.metrics(snapshot):
        if metric.is_available:
            assert sql.figures(snapshot, metric.metric_id)[0]["of"] >= 0

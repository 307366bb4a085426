"""The evidence on a recommendation: the same figures as the door gives elsewhere, on the screen and in one file."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import sql
from sql.door.workbook import Sheet, written

REFS = ("R1a", "R1b", "R1c", "R2a", "R2b", "R3a", "R3b", "R3c", "R3d")


@pytest.fixture(scope="module")
def snapshot(sample_home: Path) -> Iterator[sql.Snapshot]:
    found = sql.open_snapshot(sample_home)
    yield found
    found.close()


@pytest.fixture(scope="module")
def book(snapshot: sql.Snapshot) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(sql.evidence_file(snapshot, "R1a")))


@pytest.mark.parametrize("ref", REFS)
def test_evidence_names_what_was_asked_and_every_measure_that_serves_it(snapshot: sql.Snapshot, ref: str) -> None:
    found = sql.evidence(snapshot, ref)
    assert found.recommendation["ref"] == ref
    assert {standing.metric.metric_id for standing in found.standings} == {
        metric.metric_id for metric in sql.metrics(snapshot) if ref in metric.serves
    }


def test_the_figures_are_those_of_the_door(snapshot: sql.Snapshot) -> None:
    standing = standing_of(sql.evidence(snapshot, "R1a"), "closures_supervised")
    months = {
        "at the inspection": {"from": "2017-05", "to": "2017-10"},
        "at the due date": {"from": "2018-05", "to": "2018-10"},
        "now": {"from": "2019-04", "to": "2019-09"},  # October still moves: it needs seven days after its end
    }
    for moment, span in months.items():
        figure = standing.moments[moment]
        assert figure is not None
        (expected,) = sql.figures(snapshot, "closures_supervised", where=span)
        assert {**span, **expected} == figure
        assert figure["of"] > 0


def test_training_stands_as_at_the_data_cut_and_at_no_time_before(snapshot: sql.Snapshot) -> None:
    standing = standing_of(sql.evidence(snapshot, "R3a"), "trained_first_account")
    (whole,) = sql.figures(snapshot, "trained_first_account")
    assert whole["of"] > 0
    assert standing.moments == {
        "at the inspection": None,
        "at the due date": None,
        "now": {"from": "2019-11", "to": "2019-11", **whole},
    }


def test_variation_and_assurance_are_the_last_settled_points(snapshot: sql.Snapshot) -> None:
    found = sql.evidence(snapshot, "R1b")
    charted = [standing for standing in found.standings if standing.chart]
    assert charted
    for standing in charted:
        last = sql.process_chart(snapshot, standing.metric.metric_id).points[-1]
        assert not last["is_trial"]
        assert (standing.variation, standing.assurance) == (last["variation"], last["assurance"])


def test_a_short_series_is_not_judged(snapshot: sql.Snapshot) -> None:
    standing = standing_of(sql.evidence(snapshot, "R1a"), "closures_supervised")
    assert standing.chart is not None
    trial = [{**point, "is_trial": True} for point in standing.chart.points]
    short = sql.Standing(standing.metric, {}, sql.ProcessChart("", "", "", "", trial, [], []))
    assert (short.variation, short.assurance) == (None, None)


@pytest.mark.parametrize(
    ("statuses", "said"),
    [([], "awaiting review"), ([None], "awaiting review"), (["complete", "complete"], "complete"),
     (["complete", None], "complete, awaiting review")],
)  # fmt: skip
def test_a_status_is_awaiting_review_until_an_owner_records_another(statuses: list[str | None], said: str) -> None:
    assert sql.Evidence({}, [{"status": status} for status in statuses], []).status == said


def test_an_unknown_recommendation_names_the_nearest(snapshot: sql.Snapshot) -> None:
    with pytest.raises(sql.UnknownKey, match="no recommendation 'R1': did you mean R1"):
        sql.evidence(snapshot, "R1")
    with pytest.raises(sql.UnknownKey):
        sql.evidence_file(snapshot, "R9z")


def test_the_file_has_a_sheet_for_each_thing_a_reader_asks(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == [
        "Recommendation", "Delivered", "Figures", "Months", "Definitions", "Data", "Method",
    ]  # fmt: skip


def test_the_file_holds_the_figures_of_the_evidence(snapshot: sql.Snapshot, book: openpyxl.Workbook) -> None:
    written_rows = {(row["Id"], row["When"]): row for row in records(book, "Figures")}
    standings = sql.evidence(snapshot, "R1a").standings
    assert len(written_rows) == 3 * len(standings)
    for standing in standings:
        for moment in sql.MOMENTS:
            row, figure = written_rows[standing.metric.metric_id, moment], standing.moments.get(moment)
            if figure is None:
                assert row["Rate"] is None and row["Remark"] == standing.why_none
            else:
                assert (row["From month"], row["To month"]) == (figure["from"], figure["to"])
                assert (row["Met"], row["Of"]) == (figure["met"], figure["of"])
                assert row["Rate"] == pytest.approx(figure["rate"], rel=1e-14)
        assert written_rows[standing.metric.metric_id, "now"]["Variation"] == standing.variation


def test_the_file_holds_every_month_with_limits_of_settled_ones_alone(
    snapshot: sql.Snapshot, book: openpyxl.Workbook
) -> None:
    months = [row for row in records(book, "Months") if row["Id"] == "closures_supervised"]
    chart = sql.process_chart(snapshot, "closures_supervised")
    assert len(months) == len(chart.points) + len(chart.apart)
    assert [row["Month"].date() for row in months] == sorted(row["Month"].date() for row in months)
    settled = [row for row in months if row["State"] == "settled"]
    assert [row["Upper limit"] for row in settled] == pytest.approx([point["upper_limit"] for point in chart.points])
    assert all(row["Mean"] is None for row in months if row["State"] != "settled")


def test_the_file_holds_definitions_data_cut_sources_and_method(
    snapshot: sql.Snapshot, book: openpyxl.Workbook
) -> None:
    summary = {row["What"]: row["Answer"] for row in records(book, "Recommendation")}
    assert summary["Data cut (UTC)"] == snapshot.info["data_cut"]
    assert summary["Snapshot of run"] == snapshot.info["run"]
    assert summary["Data"] == "made up: of no real force"
    statements = {row["Id"]: row["SQL"] for row in records(book, "Definitions")}
    assert statements["closures_supervised"] == sql.metric(snapshot, "closures_supervised").sql
    hashes = {row["SHA-256 of the file"] for row in records(book, "Data")}
    assert hashes == {row["sha256"] for row in sql.table(snapshot, "file_delivery")}
    method = {row["File"]: row["SQL"] for row in records(book, "Method")}
    assert method["standing.sql"] == (sql.FOLDER / "trends/standing.sql").read_text("utf-8").strip()
    assert {"settled.sql", "spc.sql", "spc_limits.sql", "placed.sql"} <= set(method)


@pytest.mark.parametrize("ref", REFS)
def test_no_file_tells_of_the_machine(snapshot: sql.Snapshot, sample_home: Path, sample_source: Path, ref: str) -> None:
    content = openpyxl.load_workbook(io.BytesIO(sql.evidence_file(snapshot, ref)))
    text = "\n".join(str(cell) for sheet in content for row in sheet.iter_rows(values_only=True) for cell in row)
    text += f"{content.properties.creator}{content.properties.lastModifiedBy}"
    assert str(sample_home) not in text and str(sample_source.parent) not in text
    assert str(Path.home()) not in text
    assert content.properties.created == snapshot.info["data_cut"].replace(microsecond=0)


def test_what_begins_as_a_formula_stays_text_and_control_characters_go() -> None:
    sheet = Sheet("S", ("A", "B"), [("=1+1", 0.25), ("a\x00b", date(2018, 5, 1))], shares=("B",))
    page = openpyxl.load_workbook(io.BytesIO(written([sheet], "T", "F", datetime(2018, 5, 1))))["S"]
    assert [(cell.value, cell.data_type) for cell in page["A"]] == [("A", "s"), ("=1+1", "s"), ("ab", "s")]
    assert page["B2"].number_format == "0.0%"
    assert page.freeze_panes == "A2"


def standing_of(found: sql.Evidence, metric_id: str) -> sql.Standing:
    return next(standing for standing in found.standings if standing.metric.metric_id == metric_id)


def records(book: openpyxl.Workbook, title: str) -> list[dict[str, Any]]:
    """The rows of a sheet by their headings."""
    headings, *lines = book[title].iter_rows(values_only=True)
    return [dict(zip(map(str, headings), line, strict=True)) for line in lines]

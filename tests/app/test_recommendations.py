"""The page Recommendations: what was asked, what was delivered, where the measures stood, and a file of all of it."""

import io
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import duckdb
import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

import sql
from tests.app.conftest import OpenPage
from tests.app.force import publish

REFS = ["R1a", "R1b", "R1c", "R2a", "R2b", "R3a", "R3b", "R3c", "R3d"]
AWAITING = "status: **awaiting review**"


@pytest.fixture(scope="module")
def delivered_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder whose owners have recorded a review of R1a and half of R3b."""
    home = publish(tmp_path_factory.mktemp("delivered"), count=60)
    with closing(duckdb.connect(str(home / "snapshots" / "snap_r0001.duckdb"))) as con:
        con.execute(
            "insert into ref_recommendation_progress by name from (values "
            "('R1a', 'review', 'Head of control', 'REV-1', date '2018-10-26', 'complete', date '2019-06-14', 'A | b'), "
            "('R3b', 'training', 'Head of learning', null, null, null, null, null)"
            ") as t(ref, part, owner_role, evidence_reference, delivered_date, status, status_date, note)"
        )
    return home


def test_there_is_a_row_for_each_recommendation_in_the_inspections_order(open_page: OpenPage) -> None:
    at = open_page("recommendations")
    assert [heading.value.split(" · ")[0] for heading in at.header if " · " in heading.value] == REFS
    assert [text.value for text in at.markdown if AWAITING in text.value] == [
        f"Due by **{due}** · {AWAITING}" for due in ["7 November 2018"] * 3 + ["7 February 2019"] * 6
    ]
    assert sum("Nothing is recorded" in text.value for text in at.markdown) == len(REFS)
    assert any("recommendation_progress.csv" in caption.value for caption in at.caption)


def test_the_figures_are_those_of_the_evidence_whatever_the_filters(open_page: OpenPage, force_home: Path) -> None:
    with closing(sql.open_snapshot(force_home)) as snapshot:
        standings = sql.evidence(snapshot, "R1a").standings
    for at in (open_page("recommendations"), open_page("recommendations", district="Redcar")):
        table = measures(at)[0]
        assert [cell.replace("\\", "") for cell in table["Now"]] == [said(standing, "now") for standing in standings]
        assert {cell.replace("\\", "") for cell in table["At the inspection"]} <= {
            "the data does not cover these months",
            *(f"not available: needs {', '.join(one.metric.missing)}" for one in standings),
        }


def test_a_measure_opens_the_records_of_now(open_page: OpenPage) -> None:
    at = open_page("recommendations", district="Redcar")
    link = next(cell for cell in measures(at)[0]["Measure"] if cell.startswith("[Closures checked by a supervisor]"))
    query = parse_qs(urlsplit(link.split("](")[1].rstrip(")")).query)
    assert query["metric"] == ["closures_supervised"]
    assert query["at"] == ["from:2018-05", "to:2018-10"]
    assert "district" not in query


def test_what_was_delivered_is_shown_with_its_evidence_and_its_owner(open_page: OpenPage, delivered_home: Path) -> None:
    at = open_page("recommendations", delivered_home)
    assert not at.exception
    tables = [table.value for table in at.table if "Owner's role" in table.value.columns]
    assert [list(table.iloc[0]) for table in tables] == [
        ["Review", "26 October 2018", "REV-1", "Head of control", "complete, 14 June 2019", "A \\| b"],
        ["Training", "not yet", "–", "Head of learning", "awaiting review", ""],
    ]
    statuses = [text.value.split("status: ")[1] for text in at.markdown if "status: " in text.value]
    assert statuses == ["**complete**", *["**awaiting review**"] * 8]


def test_each_row_gives_its_evidence_as_a_file_with_the_same_figures(open_page: OpenPage, force_home: Path) -> None:
    at = open_page("recommendations")
    buttons = at.get("download_button")
    assert [button.proto.label for button in buttons] == [f"Evidence on {ref} (XLSX)" for ref in REFS]
    with closing(sql.open_snapshot(force_home)) as snapshot:
        content = sql.evidence_file(snapshot, "R1a")
    headings, *rows = openpyxl.load_workbook(io.BytesIO(content))["Figures"].iter_rows(values_only=True)
    figures = [dict(zip(headings, row, strict=True)) for row in rows]
    now = [row for row in figures if row["When"] == "now" and row["Rate"] is not None]
    shown = [cell.split(";")[0] for cell in measures(at)[0]["Now"] if "%" in cell]
    assert shown == [f"{row['Rate']:.1%} ({row['Met']:,} of {row['Of']:,})" for row in now]


def measures(at: AppTest) -> list[Any]:
    return [table.value for table in at.table if "Assurance" in table.value.columns]


def said(standing: sql.Standing, moment: str) -> str:
    """A figure as the page is to say it."""
    row = standing.moments.get(moment)
    if row is None:
        return f"not available: needs {', '.join(standing.metric.missing)}"
    months = {"2018-05": "May", "2018-06": "June", "2018-03": "March", "2018-04": "April"}[row["from"]]
    ends = {"2018-11": "November", "2018-10": "October", "2018-08": "August", "2018-09": "September"}[row["to"]]
    figure = "nothing counted" if not row["of"] else f"{row['rate']:.1%} ({row['met']} of {row['of']})"
    return f"{figure}; {months} to {ends} 2018"

"""The records behind a figure, and one record with the meaning of its columns."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

import sql
from dashboard import words
from dashboard.views import record_list
from tests.app.audits import checks
from tests.app.conftest import OpenPage
from tests.app.force import crimes, incidents, publish

PICTURE = "![x](http://example.com/pixel.png) & co"


@pytest.mark.parametrize(("showing", "is_met"), [("Met", True), ("Not met", False)])
def test_the_list_holds_the_records_of_the_figure(
    open_page: OpenPage, force_home: Path, showing: str, is_met: bool
) -> None:
    at = open_page("records", metric="crimes_in_time", show=showing, at=["month:2018-05", "district:Redcar"])
    snapshot = sql.open_snapshot(force_home)
    where = {"month": "2018-05", "district": "Redcar", "is_met": is_met}
    expected = [row["record_id"] for row in sql.records(snapshot, "crimes_in_time", where)]
    snapshot.close()
    listed = at.dataframe[0].value
    assert expected
    assert list(listed["record_id"]) == expected
    assert set(listed["is_met"]) == {"yes" if is_met else "no"}
    assert at.get("download_button")[0].proto.label == f"Download all {len(expected)} (CSV)"


def test_the_measure_chosen_stands_in_the_address_by_its_id(open_page: OpenPage) -> None:
    at = open_page("records", metric="logs_recorded")
    assert at.selectbox(key="choose_metric").value == "logs_recorded"
    at.selectbox(key="choose_metric").set_value("crimes_in_time").run()
    assert at.query_params["metric"] == "crimes_in_time"
    assert at.selectbox(key="choose_metric").value == "crimes_in_time"


def test_what_a_point_narrowed_can_be_shown_again_in_full(open_page: OpenPage) -> None:
    at = open_page("records", metric="logs_recorded", at="month:2018-05")
    at.button[0].click().run()
    assert "at" not in at.query_params
    assert not at.button


def test_one_record_shows_its_columns_with_their_meaning_and_its_links(open_page: OpenPage) -> None:
    at = open_page("records", record="incident:I00000")
    assert at.subheader[0].value == "Incident log I00000"
    table = at.table[0].value
    meanings = dict(zip(table["Column"], table["Meaning"], strict=True))
    values = dict(zip(table["Column"], table["Value"].str.replace("\\", ""), strict=True))
    assert meanings["Reported at"] == "When the force first received the report."
    assert values["Reported at"] == "3 January 2018, 08:00:00"
    assert meanings["Recording state"]
    assert {link.proto.query_string for link in at.get("page_link")} >= {"record=closure%3AI00000%2Ffirst"}


def test_a_record_is_found_by_its_number_whatever_it_is(open_page: OpenPage) -> None:
    at = open_page("records")
    for number, title in (("A0000", "Appointment A0000"), ("I00000/first", "Closure I00000/first")):
        at.main.text_input[0].set_value(number).run()
        assert at.subheader[0].value == title
    at.main.text_input[0].set_value("nothing").run()
    assert any(text.value == "No record has the number nothing." for text in at.info)


def test_choosing_a_row_puts_the_record_into_the_address(open_page: OpenPage) -> None:
    at = open_page("records", metric="crimes_in_time")
    first = at.dataframe[0].value["record_id"].iloc[0]
    at.session_state["records"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    at.run()
    assert at.query_params["record"] == f"crime:{first}"
    assert at.subheader[0].value == f"Crime {first}"


def test_points_of_an_address_are_read_and_what_is_none_is_left_out() -> None:
    written = ["month:2018-05", "team_id:(none)", "is_domestic_abuse:false", "from:2018-01", "month", "week:x", "x:y"]
    assert record_list.points(written) == {
        "month": "2018-05", "team_id": None, "is_domestic_abuse": False, "from": "2018-01",
    }  # fmt: skip


def test_a_key_named_several_times_means_any_of_its_values(open_page: OpenPage, force_home: Path) -> None:
    assert record_list.points(["team_id:T5", "team_id:(none)", "to:2018-03", "to:2018-05", "month:2018-05"]) == {
        "team_id": ["T5", None], "to": "2018-05", "month": "2018-05",
    }  # fmt: skip
    at = open_page("records", metric="logs_recorded", at=["month:2018-05", "month:2018-06"])
    assert "Narrowed to **May 2018 or June 2018**." in [text.value for text in at.markdown]
    assert counted(at) == expected(force_home, {"month": ["2018-05", "2018-06"]})


def test_a_point_and_the_filters_must_both_hold(open_page: OpenPage, force_home: Path) -> None:
    teams = ["Redcar early", "Redcar late"]
    at = open_page("records", metric="logs_recorded", team=teams, at=["team_id:T6", "team_id:T7"])
    assert counted(at) == expected(force_home, {"team_id": "T6"})
    months = {"from": "March 2018", "to": "June 2018"}
    at = open_page("records", metric="logs_recorded", at=["from:2018-01", "to:2018-05"], **months)
    assert counted(at) == expected(force_home, {"from": "2018-03", "to": "2018-05"})


def test_a_point_outside_the_filters_leaves_nothing_and_that_is_said(open_page: OpenPage) -> None:
    at = open_page("records", metric="logs_recorded", team="Redcar early", at="team_id:T6")
    assert not at.exception
    assert not at.main.dataframe
    assert "Narrowed to **Redcar late**." in [text.value for text in at.markdown]
    assert [text.value for text in at.main.info] == [
        "No record meets both the filters at the left and what this list is narrowed to."
    ]
    assert not any("nothing counted" in text.value for text in at.markdown)


def test_what_the_address_asks_for_and_is_not_there_is_said(open_page: OpenPage) -> None:
    at = open_page("records", metric="nope", at=["month:2018-13", "district:Redcar", "colour:red"])
    assert [text.value for text in at.main.warning][1:] == [
        words.left_out(["metric=nope", "at=month:2018-13", "at=colour:red"])
    ]
    (lacking,) = open_page("records", metric="cancellations_correct").main.warning[1:]
    assert lacking.value.startswith(
        "Cancellations found correct by audit: not available: needs record_check.is_correct"
    )
    assert not open_page("records", metric="logs_recorded", at="district:Redcar").main.warning[1:]


@pytest.mark.parametrize(
    "query",
    [
        {"metric": "logs_recorded", "at": f"team_id:{PICTURE}"},
        {"metric": "logs_recorded", "at": [f"district:{PICTURE}", f"offence_group:{PICTURE}", f"colour:{PICTURE}"]},
        {"metric": PICTURE},
        {"record": f"incident:{PICTURE}"},
        {"record": f"x:{PICTURE}"},
    ],
)
def test_an_address_puts_no_picture_and_no_link_on_the_page(open_page: OpenPage, query: dict[str, Any]) -> None:
    at = open_page("records", **query)
    assert not at.exception
    assert "example.com" in " ".join(said(at))
    assert not [text for text in said(at) if is_live(text)]


def test_a_metric_s_own_key_puts_none_there_either(open_page: OpenPage, odd_home: Path) -> None:
    at = open_page("records", odd_home, metric="cancellations_correct", at=f"cancellation_code:{PICTURE}")
    assert not at.exception
    assert any("Narrowed to" in text and "example.com" in text for text in said(at))
    assert not [text for text in said(at) if is_live(text)]


@pytest.fixture(scope="module")
def odd_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose force and one of its teams bear names that are Markdown; with checks of cancelled crimes."""
    rows = {"record_check": checks(crimes(incidents(400)))}
    home = publish(tmp_path_factory.mktemp("odd"), source_name=f"F {PICTURE}", audits=rows)
    with duckdb.connect(str(home / "snapshots" / "snap_r0001.duckdb")) as con:
        con.execute("update team set name = $name where team_id = 'T6'", {"name": PICTURE})
    return home


@pytest.mark.parametrize(
    ("page", "clicked"),
    [
        ("teams", {"funnel": {"x": 40, "y": 0.5, "point_index": 0}}),
        ("teams", {"breakdown_teams": {"x": 0.5, "y": html.escape(PICTURE)}}),
        ("recording", {"breakdown_logs_recorded": {"x": 0.5, "y": html.escape(PICTURE)}}),
        ("signals", {}),
        ("records", {}),
    ],
)
def test_the_data_puts_no_picture_and_no_link_on_the_page(
    open_page: OpenPage, odd_home: Path, page: str, clicked: dict[str, Any]
) -> None:
    at = open_page(page, odd_home, by="Team", at="team_id:T6")
    for key, point in clicked.items():
        at.session_state[key] = {"selection": {"points": [point], "point_indices": [0], "box": [], "lasso": []}}
        at.run()
        assert any("Open the records of" in text and "example.com" in text for text in said(at))
    assert not at.exception
    assert sum("example.com" in text for text in said(at)) > bool(clicked)
    assert not [text for text in said(at) if is_live(text)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![x](http://e.com/a)", "!\\[x\\](http\\:\u2060//e.com/a)"),
        (":material/home: :red[x]", "\\:\u2060material/home\\: \\:\u2060red\\[x\\]"),
        ("www.e.com a@e.com", "www\u2060.e.com a@\u2060e.com"),
        ("<img src=x> $x$ &lt;", "\\<img src=x\\> \\$x\\$ \\&lt;"),
        ("1. x", "1\\. x"),
        ("2018-Q3 1.5", "2018-Q3 1.5"),
        ("- x\n\n    y", "\\- x y"),
        ("5 May 2018, 14:03", "5 May 2018, 14\\:03"),
    ],
)
def test_a_text_is_shown_as_it_is(text: str, shown: str) -> None:
    assert words.escaped(text) == shown


def test_figures_are_said_with_numerator_and_denominator() -> None:
    assert words.rate_in_full({"rate": 0.75, "met": 3, "of": 4}) == "75.0% (3 of 4)"
    assert words.rate_in_full({"rate": None, "met": 0, "of": 0}) == "nothing counted"
    assert words.percent(None) == "–"
    assert words.points(-0.051) == "−5.1 points"


def expected(home: Path, where: dict[str, Any]) -> str:
    """The label of the button that downloads the records counted under these filters."""
    snapshot = sql.open_snapshot(home)
    number = sql.figures(snapshot, "logs_recorded", where=where)[0]["of"]
    snapshot.close()
    assert number
    return f"Download all {number:,} (CSV)"


def counted(at: AppTest) -> str:
    return at.get("download_button")[0].proto.label


def said(at: AppTest) -> list[str]:
    """All that the page says in Markdown: texts, headings, labels and the cells of its tables."""
    return [*_texts(at), *(str(cell) for table in at.table for cell in table.value.to_numpy().ravel())]


def _texts(at: AppTest) -> Iterator[str]:
    for kind in ("markdown", "caption", "info", "warning", "error", "title", "header", "subheader"):
        yield from (element.value for element in getattr(at, kind))
    for kind in ("page_link", "button", "download_button", "expander"):
        yield from (element.proto.label for element in at.get(kind))


def is_live(text: str) -> bool:
    """Whether a text has a link, or a picture, to somewhere else in it."""
    return bool(re.search(r"(?<!\\)\]\(http|http\\?://", text))

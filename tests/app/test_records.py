"""The records behind a figure, and one record with the meaning of its columns."""

from pathlib import Path

import pytest

import sql
from dashboard import words
from dashboard.views import record_list
from tests.app.conftest import OpenPage


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
    assert set(listed["is_met"]) == {is_met}
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


def test_figures_are_said_with_numerator_and_denominator() -> None:
    assert words.rate_in_full({"rate": 0.75, "met": 3, "of": 4}) == "75.0% (3 of 4)"
    assert words.rate_in_full({"rate": None, "met": 0, "of": 0}) == "nothing counted"
    assert words.percent(None) == "–"
    assert words.points(-0.051) == "−5.1 points"

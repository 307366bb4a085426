"""The filters: they narrow every figure, stay from page to page, stand in the address and survive what is not there."""

from pathlib import Path
from urllib.parse import parse_qs

import pytest

import sql
from dashboard import words
from dashboard.navigation import AUDIENCES
from dashboard.views.filters import Filters
from tests.app.conftest import OpenPage
from tests.app.force import publish

PAGES = [page for pages in AUDIENCES.values() for page in pages]


def test_an_address_narrows_the_figures(open_page: OpenPage, force_home: Path) -> None:
    query = {
        "from": "March 2018", "to": "June 2018", "district": ["Redcar", "Stockton"], "domestic_abuse": "Not flagged",
    }  # fmt: skip
    at = open_page("recording", **query)
    snapshot = sql.open_snapshot(force_home)
    where = {"from": "2018-03", "to": "2018-06", "district": ["Redcar", "Stockton"], "is_domestic_abuse": False}
    expected = sql.figures(snapshot, "logs_recorded", where=where)[0]
    snapshot.close()
    assert at.metric[0].value == words.percent(expected["rate"])
    assert f"**{words.of(expected['met'], expected['of'])}**" in [text.value for text in at.markdown]


def test_a_filter_goes_into_the_address_and_stays_on_the_next_page(open_page: OpenPage) -> None:
    at = open_page("recording", district="Redcar")
    assert at.multiselect(key="district").value == ["Redcar"]
    at.switch_page("pages/grading.py").run()
    assert at.multiselect(key="district").value == ["Redcar"]
    address = parse_qs(at.get("page_link")[0].proto.query_string)
    assert address["district"] == ["Redcar"]


@pytest.mark.parametrize("page", PAGES)
def test_an_address_that_means_nothing_does_no_harm(open_page: OpenPage, page: str) -> None:
    query = {
        "from": "Brumaire", "to": ["May 2018", "May 2018"], "district": ["Atlantis", "Redcar"], "team": "T99",
        "domestic_abuse": "perhaps", "channel": "", "metric": "no_such", "measure": "no_such", "part": "Nothing",
        "by": "Colour", "show": "Some", "rule": "none", "record": "crime:none",
        "at": ["month:2018-13", "team_id:T99", "colour:red", "nonsense", "is_domestic_abuse:perhaps"],
    }  # fmt: skip
    at = open_page(page, **query)
    assert not at.exception
    assert at.title[0].value == page.capitalize()
    assert at.multiselect(key="district").value == ["Redcar"]
    assert at.selectbox(key="from").value is None


def test_what_the_filters_do_not_offer_is_said(open_page: OpenPage) -> None:
    query = {"from": "Brumaire", "team": ["Redcar late", "![x](http://e/x.png)"], "channel": "", "to": "May 2018"}
    at = open_page("recording", **query)
    assert [text.value for text in at.sidebar.warning] == [
        words.left_out(["from=Brumaire", "team=![x](http://e/x.png)"])
    ]
    assert "Brumaire and team" in at.sidebar.warning[0].value
    assert "![" not in at.sidebar.warning[0].value
    assert not open_page("recording", district="Redcar", domestic_abuse="Flagged").sidebar.warning


def test_a_month_is_taken_as_the_command_line_says_it(open_page: OpenPage) -> None:
    at = open_page("recording", team="Nobody", **{"from": "2018-05", "to": "2018-08"})
    assert [text.value for text in at.sidebar.warning] == [words.left_out(["team=Nobody"])]
    assert at.selectbox(key="from").value == "2018-05"
    assert (at.query_params["from"], at.query_params["to"]) == ("May 2018", "August 2018")
    assert parse_qs(at.get("page_link")[0].proto.query_string)["from"] == ["May 2018"]
    at.selectbox(key="from").set_value("2018-07").run()
    assert at.selectbox(key="from").value == "2018-07"


def test_a_period_that_ends_before_it_begins_is_said(open_page: OpenPage) -> None:
    at = open_page("recording", **{"from": "June 2018", "to": "March 2018"})
    assert not at.exception
    assert any("ends before it begins" in text.value for text in at.sidebar.warning)
    assert all(text.value == "Nothing is counted under these filters." for text in at.main.info)


def test_a_new_snapshot_is_picked_up_without_a_restart(open_page: OpenPage, tmp_path: Path) -> None:
    publish(tmp_path, count=80)
    at = open_page("overview", tmp_path, district=["Redcar", "Stockton"])
    assert "run r0001" in at.caption[0].value
    before = at.metric[0].value, at.header[0].value
    publish(tmp_path, "r0002", count=120, without_districts=("Redcar",))
    at.run()
    assert not at.exception
    assert "run r0002" in at.caption[0].value
    assert (at.metric[0].value, at.header[0].value) != before
    assert at.multiselect(key="district").value == ["Stockton"]
    assert [text.value for text in at.sidebar.warning] == [words.left_out(["district=Redcar"])]


def test_the_address_of_filters_names_values_as_the_filters_show_them() -> None:
    filters = Filters(from_month="2018-05", team_id=("T1", "T9"), is_domestic_abuse=False)
    names = {"team_id": {"T1": "Hartlepool early"}}
    assert filters.address(names) == {
        "from": "May 2018", "team": ["Hartlepool early", "T9"], "domestic_abuse": "Not flagged",
    }  # fmt: skip
    assert filters.where() == {"from": "2018-05", "team_id": ["T1", "T9"], "is_domestic_abuse": False}

"""How values are said on screen: codes as words, numbers with one decimal at most, and nothing as Markdown."""

import re
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pytest

from dashboard import words
from dashboard.views import record_table


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("channel", "front_counter", "front counter"),
        ("final_grade", "no_deployment", "no deployment"),
        ("no_crime_reason", "victim_not_confirming", "victim not confirming"),
        ("qualifiers", "asb_nuisance;concern_for_safety", "ASB nuisance; concern for safety"),
        ("indicated_category", "bicycle_theft", "bicycle theft"),
        ("incident_id", "log_0001", "log_0001"),
        ("crime_ref", "cr_1", "cr_1"),
        ("district", "north_east", "north_east"),
        ("transferred_to", "British Transport Police", "British Transport Police"),
        ("is_met", True, "yes"),
        ("thrive_recorded", False, "no"),
        ("response_minutes", 29.433333333333334, 29.4),
        ("response_minutes", 60.0, 60),
        ("response_minutes", 29.96, 30),
        ("crime_count", 3, 3),
        ("channel", None, None),
    ],
)
def test_a_cell_shows_codes_as_words_and_numbers_in_short(name: str, value: Any, shown: Any) -> None:
    assert words.cell(name, value) == shown
    assert type(words.cell(name, value)) is type(shown)


@pytest.mark.parametrize(
    ("value", "said"),
    [(60.0, "60"), (-1.25, "−1.2"), (True, "yes"), (date(2018, 5, 5), "5 May 2018"),
     (datetime(2018, 1, 3, 8, 0, 7), "3 January 2018, 08:00:07"), ("2017-Q3 -1", "2017-Q3 -1")],
)  # fmt: skip
def test_a_value_is_said_in_words(value: Any, said: str) -> None:
    assert words.said("any", value, "Europe/London") == said


def test_a_list_of_records_shows_words_and_names() -> None:
    rows = pa.table({
        "record_id": ["a_1", "a_2"], "is_met": [True, None], "measure": [29.43, None], "crime_count": [1200, 0],
        "channel": ["front_counter", "101"], "attending_team_id": ["t_1", "t_2"],
        "closed_by": pa.array([None, None], pa.string()),
    })  # fmt: skip
    assert record_table.named(rows, {"t_1": "Redcar early"}).to_pydict() == {
        "record_id": ["a_1", "a_2"], "is_met": ["yes", None], "measure": [29.4, None], "crime_count": [1200, 0],
        "channel": ["front counter", "101"], "attending_team_id": ["Redcar early", "t_2"],
    }  # fmt: skip


def test_differences_and_statements_have_minus_signs() -> None:
    assert words.points(-0.051) == "−5.1 points"
    assert words.count(-1200) == "−1,200"
    assert words.signed("difference +2.6 points, 95% interval -0.2 to +5.2; 2019-Q2, a-b") == (
        "difference +2.6 points, 95% interval −0.2 to +5.2; 2019-Q2, a-b"
    )


def test_codes_within_a_sentence_are_said_as_words() -> None:
    assert words.in_plain("stratum hidden_duplicate: 1 of 322 logs") == "stratum hidden duplicate: 1 of 322 logs"


def test_numbers_up_to_twelve_are_words() -> None:
    assert [words.number(number) for number in (1, 10, 12, 13)] == ["one", "ten", "twelve", "13"]


@pytest.mark.parametrize(
    ("text", "alive"),
    [
        ("![x](http://e/x.png)", ("![x]", "http://")),
        ("[x](http://e)", ("[x]", "](", "http://")),
        ("<img src=http://e/x.png>", ("<img", "http://")),
        ("see http://e.org, HTTPS://E.org, www.e.org and a@e.org", ("http://", "HTTPS://", "www.", "a@e")),
        (":material/home: :smile: :red[x]", (":material", ":smile", ":red[")),
        ("$x$", ("$x$",)),
        ("**b** _i_ `c` ~~d~~ | &amp;", ("**", "_i_", "`c`", "~~", " | ", "&amp;")),
    ],
)
def test_a_text_of_the_data_is_neither_markdown_nor_a_link(text: str, alive: tuple[str, ...]) -> None:
    escaped = words.escaped(text)
    for markdown in alive:
        assert re.search(rf"(?<!\\){re.escape(markdown)}", escaped) is None, markdown
    assert re.sub("[\\\\\u2060]", "", escaped) == text


@pytest.mark.parametrize("text", ["# heading", "- item", "1. item", "+ item", "    code", "> quoted", "a\n\nb"])
def test_a_text_of_the_data_begins_no_block(text: str) -> None:
    assert re.match(r"(\\|\d+\\|\w)", words.escaped(text))
    assert "\n" not in words.escaped(text)

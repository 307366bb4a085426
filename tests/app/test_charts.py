"""Every chart has words for those who cannot see it, a table with the same figures, and records behind its points."""

import json
import tomllib
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs

import plotly.io
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import words
from dashboard.palette import DARK, LIGHT, Palette
from dashboard.views import breakdown, charts
from tests.app.conftest import APP, OpenPage

CHARTED = ("overview", "recording", "supervision", "grading", "appointments", "teams")


@pytest.mark.parametrize("page", CHARTED)
def test_every_chart_has_alternative_text_and_a_table_with_its_figures(open_page: OpenPage, page: str) -> None:
    at = open_page(page, by="District")
    charts, tables = at.get("plotly_chart"), at.table
    assert charts
    for chart in charts:
        assert len(chart.proto.alt) > 40
    twins = [table.value for table in tables if {"Met", "Of"} <= set(table.value.columns)]
    drawn = [list(twin["At the force's mix" if "Own rate" in twin else "Rate"]) for twin in twins]
    assert [rates_of(chart) for chart in charts] == drawn


@pytest.mark.parametrize("page", CHARTED)
def test_every_chart_is_one_that_plotly_knows(open_page: OpenPage, page: str) -> None:
    """A page draws its charts unchecked; a property that Plotly does not have would be left out in silence."""
    for chart in open_page(page, by="District").get("plotly_chart"):
        plotly.io.from_json(chart.proto.spec)


def test_rates_close_together_have_ticks_that_differ(open_page: OpenPage) -> None:
    """A line at nought has ticks half a percent apart, which whole percents would write as 0%, 1%, 1%."""
    layouts: list[Any] = [
        plotly.io.from_json(chart.proto.spec).layout for chart in open_page("recording").get("plotly_chart")
    ]
    assert {layout.yaxis.tickformat for layout in layouts} == {".1~%"}


@pytest.mark.parametrize(
    ("starts", "grain", "ticks"),
    [
        ([date(2017, 5, 1)], "month", ["May<br>2017"]),
        ([date(2018, 11, 1), date(2018, 12, 1), date(2019, 1, 1)], "month", ["Nov<br>2018", "Dec", "Jan<br>2019"]),
        ([date(2018, 12, 24), date(2018, 12, 31)], "week", ["24 Dec<br>2018", "31 Dec"]),
        ([date(2018, 1, 1) + timedelta(7 * n) for n in range(13)], "week",
         ["1 Jan<br>2018", "15 Jan", "29 Jan", "12 Feb", "26 Feb", "12 Mar", "26 Mar"]),
    ],
)  # fmt: skip
def test_few_months_or_weeks_are_the_ticks_themselves(starts: list[date], grain: str, ticks: list[str]) -> None:
    axis = charts.time_axis(starts, grain, 12)
    assert axis["ticktext"] == ticks
    assert len(axis["tickvals"]) == len(ticks)


@pytest.mark.parametrize(("grain", "days", "number"), [("month", 31, 13), ("month", 31, 60), ("week", 7, 54)])
def test_many_have_ticks_of_whole_months_and_none_of_a_month_before_them(grain: str, days: int, number: int) -> None:
    starts = [date(2018, 1, 1) + timedelta(days * place) for place in range(number)]
    axis = charts.time_axis(starts, grain, 12)
    assert "ticktext" not in axis
    assert date.fromisoformat(axis["range"][0]) > date(2017, 12, 1)


def test_the_months_of_a_short_period_stand_once_each_below_every_chart(open_page: OpenPage) -> None:
    for page in ("overview", "recording"):
        for chart in open_page(page, **{"from": "March 2018", "to": "April 2018"}).get("plotly_chart"):
            assert json.loads(chart.proto.spec)["layout"]["xaxis"]["ticktext"] == ["Mar<br>2018", "Apr"]


def test_a_chart_leaves_no_way_to_send_it_away(open_page: OpenPage) -> None:
    for chart in open_page("overview").get("plotly_chart"):
        config = json.loads(chart.proto.config)
        assert config["displayModeBar"] is False
        assert config["displaylogo"] is False


def test_a_click_on_a_month_shows_its_records_and_links_to_them(open_page: OpenPage) -> None:
    at = open_page("recording", district="Redcar")
    at.session_state["trend_logs_recorded"] = selection(x="2018-05-01")
    at.run()
    assert not at.exception
    said = next(text.value for text in at.markdown if text.value.startswith("**May 2018"))
    link = next(link.proto for link in at.get("page_link") if "May 2018" in link.proto.label)
    address = parse_qs(link.query_string)
    assert address == {"district": ["Redcar"], "metric": ["logs_recorded"], "at": ["month:2018-05"]}

    followed = open_page("records", **address)
    text = " ".join(markdown.value for markdown in followed.markdown)
    assert said.removeprefix("**May 2018: ").removesuffix("**") in text
    assert "Narrowed to **May 2018**" in text


def test_a_click_on_a_team_shows_its_records_and_links_to_them(open_page: OpenPage) -> None:
    at = open_page("teams")
    at.session_state["breakdown_teams"] = selection(y="Redcar late", x=0.5)
    at.run()
    assert not at.exception
    link = next(link.proto for link in at.get("page_link") if "Redcar late" in link.proto.label)
    assert parse_qs(link.query_string)["at"] == ["team_id:T6"]


def test_teams_stand_in_alphabetical_order_with_their_numbers(open_page: OpenPage) -> None:
    at = open_page("teams", measure="appointments_failed_by_police")
    twin = at.table[0].value
    assert list(twin["Team"]) == sorted(twin["Team"])
    assert {"Met", "Of"} <= set(twin.columns)


def test_groups_that_state_nothing_come_last_and_grades_by_urgency() -> None:
    rows = [{"grade": grade, "met": 1, "of": 2, "rate": 0.5} for grade in (None, "priority", "emergency")]
    names = {"emergency": "Emergency", "priority": "Priority"}
    assert [group.label for group in breakdown.groups(rows, "grade", names)] == ["Emergency", "Priority", "not stated"]


def test_figures_beside_the_bars_keep_their_colour_when_one_is_clicked() -> None:
    groups = breakdown.groups([{"channel": "101", "met": 1, "of": 2, "rate": 0.5}], "channel", {})
    bars = breakdown.figure(groups, LIGHT)["data"][0]
    assert {bars[kind]["textfont"]["color"] for kind in ("selected", "unselected")} == {LIGHT.text}


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_every_colour_stands_out_from_its_background(palette: Palette) -> None:
    for name, colour in vars(palette).items():
        assert name in ("background", "grid") or contrast(colour, palette.background) >= 3, name
    assert contrast(palette.text, palette.background) >= 4.5


def test_charts_and_pages_have_the_same_background() -> None:
    theme = tomllib.loads((APP.parent / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
    assert theme["light"]["backgroundColor"] == LIGHT.background
    assert theme["dark"]["backgroundColor"] == DARK.background
    for name, background in (("light", LIGHT.background), ("dark", DARK.background)):
        assert contrast(blend(theme[name]["textColor"], background, 0.6), background) >= 4.5  # captions


def blend(one: str, other: str, share: float) -> str:
    """The colour of `one` laid over `other` with that opacity."""
    pairs = [(int(one[place : place + 2], 16), int(other[place : place + 2], 16)) for place in (1, 3, 5)]
    return "#" + "".join(f"{round(over * share + under * (1 - share)):02X}" for over, under in pairs)


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def rates_of(chart: Any) -> list[str]:
    """The rates a chart draws, as the tables write them."""
    trace: Any = plotly.io.from_json(chart.proto.spec).data[0]
    return [words.percent(rate) for rate in (trace.x if trace.type == "bar" else trace.y)]


def selection(**point: Any) -> dict[str, Any]:
    return {"selection": {"points": [point], "point_indices": [0], "box": [], "lasso": []}}


def test_a_chart_is_sent_as_streamlit_sends_one_that_plotly_checks() -> None:
    def as_it_is() -> None:
        from dashboard.views import charts

        charts.draw({"data": [{"type": "scatter", "y": [1, None]}], "layout": {"height": 100}}, "chart", "words")

    def checked() -> None:
        import streamlit as st
        from plotly import graph_objects

        st.plotly_chart(graph_objects.Figure(data=[{"type": "scatter", "y": [1, None]}], layout={"height": 100}))

    ours, theirs = (
        json.loads(AppTest.from_function(script).run().get("plotly_chart")[0].proto.spec)
        for script in (as_it_is, checked)
    )
    assert ours == theirs
    assert ours["layout"]["template"]["layout"]["colorway"]

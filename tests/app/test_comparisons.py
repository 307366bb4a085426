"""Teams fairly compared, lists of signals and young months on the pages: what is drawn, said and left out."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

import sql
from dashboard import words
from dashboard.palette import LIGHT
from dashboard.views import funnel, signal_list, young_months
from tests.app.conftest import OpenPage


def team(place: str = "within", **changed: Any) -> dict[str, Any]:
    return {
        "team_id": "A", "met": 75, "counted": 100, "rate": 0.75, "force_rate": 0.8, "standardised_rate": 0.78,
        "standardised_lower_95": 0.7, "standardised_upper_95": 0.9, "standardised_lower_998": 0.65,
        "standardised_upper_998": 0.95, "dispersion": 1.0, "is_over_dispersed": False, "detectable": 0.1,
        "is_small": False, "place": place, **changed,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("place", "better", "colour"),
    [
        ("within", "higher", LIGHT.figure), ("above_95", "higher", LIGHT.improvement),
        ("below_998", "higher", LIGHT.concern), ("above_998", "lower", LIGHT.concern),
        ("below_95", "lower", LIGHT.improvement), ("above_95", "neither", LIGHT.neither),
    ],
)  # fmt: skip
def test_a_team_outside_the_limits_has_a_shape_a_colour_and_its_name(place: str, better: str, colour: str) -> None:
    drawn = funnel.figure([team(place), team(counted=50)], ["Alpha", "Beta"], better, LIGHT)["data"][0]
    assert drawn["marker"]["color"] == [colour, LIGHT.figure]
    assert drawn["marker"]["symbol"] == [funnel.SHAPES[place], "circle"]
    assert drawn["text"] == ["" if place == "within" else "Alpha", ""]


def test_limits_go_from_the_smallest_team_to_the_largest() -> None:
    teams = [team(), team(counted=50, standardised_lower_95=0.6, standardised_upper_998=0.99)]
    lower, upper, lowest, highest = funnel.figure(teams, ["Alpha", "Beta"], "higher", LIGHT)["data"][1:]
    assert (lower["x"], lower["y"], lower["line"]["dash"]) == ([50, 100], [0.6, 0.7], "dash")
    assert (highest["y"], highest["line"]["dash"]) == ([0.99, 0.95], "dot")
    assert (upper["y"], lowest["y"]) == ([0.9, 0.9], [0.65, 0.65])


def test_what_the_chart_says_as_a_whole() -> None:
    names = ["Alpha", "Beta", "Gamma"]
    teams = [team("above_95", detectable=0.25), team(detectable=1.4, is_small=True), team(detectable=0.05)]
    outside, found, small = funnel.remarks(teams, names)
    assert outside == "**1 of 3 teams** lies outside the 95% limits; chance alone would put about 0.2 there."
    assert "of 5.0 points for Gamma and of 25.0 points for Alpha" in found
    assert small.startswith("Small: Beta. Fewer than five records")
    spread = [one | {"is_over_dispersed": True, "dispersion": 2.34} for one in teams[:1] + teams[2:]]
    assert "as if each had 2.3 times fewer records" in funnel.remarks(spread, ["Alpha", "Gamma"])[1]
    said = funnel.alternative("Crimes in time, teams compared", teams, names)
    assert "3 teams, 80.0% for all together" in said
    assert "Alpha 78.0% at the force's mix (own rate 75.0% (75 of 100)), above the 95% limits." in said
    assert "No team lies outside" in funnel.alternative("X", [team(), team()], names[:2])


def test_many_small_teams_are_counted_and_those_beyond_the_axis_too() -> None:
    far = team(is_small=True, standardised_rate=0.1)
    *_, small, beyond = funnel.remarks([team(), *[far] * 7], [*"ABCDEFGH"])
    assert small.startswith("Small: 7 teams, marked so in the table. Fewer than five records")
    assert beyond == "7 of the small teams lie beyond what is drawn; the table has all."
    assert (
        len(funnel.remarks([far, far], ["A", "B"])) == 2
    )  # of small teams alone no difference is named, all are drawn


def test_no_rate_is_drawn_or_said_past_the_whole() -> None:
    over = team(standardised_rate=1.61, standardised_upper_95=1.61, standardised_upper_998=1.7)
    wide = team(is_small=True, standardised_lower_998=0.0, detectable=1.401)
    drawn = funnel.figure([over, team(), wide], ["Alpha", "Beta", "Gamma"], "higher", LIGHT)
    assert drawn["data"][0]["y"] == [1.0, 0.78, 0.78]
    assert all(max(trace["y"]) <= 1 for trace in drawn["data"])
    assert drawn["layout"]["yaxis"]["range"] == [pytest.approx(0.65 - 0.35 * 0.08), 1.0]
    twin = funnel.table([over, wide], ["Alpha", "Gamma"])
    assert twin["At the force's mix"] == ["over 100%", "78.0%"]
    assert twin["95% limits"] == ["70.0% to 100.0%", "70.0% to 90.0%"]
    assert twin["Could have found"] == ["10.0 points", "–"]
    assert funnel.said(over).startswith("over 100% at the force's mix (own rate 75.0% (75 of 100))")


def test_a_name_stands_in_a_sentence_as_it_is() -> None:
    found = funnel.remarks([team(), team()], ["[A](http://e)", "[A](http://e)"])[1]
    assert "for \\[A\\](" in found
    drawn = funnel.figure([team("above_95")], ["<a href='http://e'>A & B"], "higher", LIGHT)["data"][0]
    assert drawn["text"] == ["&lt;a href=&#x27;http://e&#x27;&gt;A &amp; B"]
    assert drawn["hovertext"][0].startswith("&lt;a href")


@pytest.mark.parametrize("measure", ["crimes_in_time", "logs_recorded", "closures_supervised"])
def test_a_team_opens_as_many_records_as_its_mark_counts(open_page: OpenPage, measure: str) -> None:
    twin = open_page("teams", measure=measure, to="December 2018").table[0].value
    label, _, link = str(twin["Team"].iloc[5]).partition("](records?")
    assert label == "[Redcar late"
    followed = open_page("records", **parse_qs(link.removesuffix(")")))
    assert followed.get("download_button")[0].proto.label == f"Download all {twin['Of'].iloc[5]} (CSV)"


def test_the_page_compares_the_teams_that_the_door_compares(open_page: OpenPage, force_home: Path) -> None:
    at = open_page("teams", measure="crimes_in_time", district=["Redcar", "Stockton"])
    assert not at.exception
    twin = at.table[0].value
    snapshot = sql.open_snapshot(force_home)
    found = {
        row["team_id"]: row for row in sql.funnel(snapshot, "crimes_in_time", {"district": ["Redcar", "Stockton"]})
    }
    snapshot.close()
    assert list(twin["Of"]) == [words.count(found[name]["counted"]) for name in ("T5", "T6", "T7", "T8")]
    assert [text.partition("]")[0] for text in twin["Team"]] == [
        "[Redcar early", "[Redcar late", "[Stockton early", "[Stockton late",
    ]  # fmt: skip
    assert list(twin["At the force's mix"]) == [
        words.percent(found[name]["standardised_rate"]) for name in ("T5", "T6", "T7", "T8")
    ]
    assert any("the team that recorded the crime" in caption.value for caption in at.caption)
    assert any("four times in five" in text.value for text in at.markdown)


def test_a_click_on_a_team_of_the_funnel_shows_its_records(open_page: OpenPage) -> None:
    at = open_page("teams")
    at.session_state["funnel"] = {
        "selection": {"points": [{"x": 40, "y": 0.5, "point_index": 5}], "point_indices": [5], "box": [], "lasso": []}
    }
    at.run()
    assert not at.exception
    link = next(link.proto for link in at.get("page_link") if "Redcar late" in link.proto.label)
    assert parse_qs(link.query_string)["at"] == ["team_id:T6", "to:2018-08"]
    said = next(text.value for text in at.markdown if text.value.startswith("**Redcar late, to August 2018: "))
    assert f"of {at.table[0].value['Of'].iloc[5]})" in said


def test_where_nothing_is_counted_teams_are_not_said_to_be_alike(open_page: OpenPage) -> None:
    at = open_page("teams", **{"from": "June 2018", "to": "March 2018"})
    assert not at.exception
    assert "Nothing is counted under these filters." in [text.value for text in at.main.info]
    said = " ".join(text.value for text in [*at.caption, *at.markdown])
    assert "does not tell records apart" not in said
    assert "nothing counted" not in said


def test_one_team_alone_is_compared_with_none(open_page: OpenPage) -> None:
    at = open_page("teams", team="Redcar late")
    assert not at.exception
    assert any("nothing to compare" in text.value for text in at.main.info)


def test_signals_say_how_many_were_examined_and_how_many_chance_gives() -> None:
    found = sql.Signals(12, 3, 0.216, [{}] * 2)
    assert signal_list.counted(found, "month") == (
        "**2 of 12 examined** end in a signal; if nothing had changed, chance alone would show about 0.22. 3 more had "
        "fewer than 13 settled months: too short to judge."
    )
    assert signal_list.counted(sql.Signals(0, 4, 0.0, []), "week").startswith("None could be examined. 4 more")


@pytest.mark.parametrize("judged", [{}, {"grain": "Week", "chart": "XmR", "rules": "mdc_2023"}])
def test_the_list_of_signals_is_that_of_the_door(
    open_page: OpenPage, force_home: Path, judged: Mapping[str, str]
) -> None:
    at = open_page("signals", measure="closures_supervised", **judged)
    assert not at.exception
    snapshot = sql.open_snapshot(force_home)
    grain, profile, chart = ("week", "mdc_2023", "xmr") if judged else ("month", "nhsr_0_2_2", "p_prime")
    expected = [
        sql.signals(snapshot, "closures_supervised", dimension, grain, profile=profile, chart=chart)
        for dimension in ("district", "team_id", "offence_group")
    ]
    snapshot.close()
    said = [text.value for text in at.markdown if "xamined" in text.value]
    assert said[-3:] == [signal_list.counted(found, grain) for found in expected]
    assert [len(table.value) for table in at.table] == [len(found.points) for found in expected if found.points]
    assert bool(judged) == any(found.examined for found in expected)


def young(**changed: Any) -> dict[str, Any]:
    return {
        "month": date(2019, 10, 1), "logs": 1000, "recorded": 700, "is_settled": False, "final_rate": 0.8,
        "lower": 0.76, "upper": 0.83, "complete": 0.875, "tested_months": 12, **changed,
    }  # fmt: skip


def test_a_young_month_is_drawn_hollow_with_where_it_will_stand() -> None:
    settled = young(month=date(2019, 7, 1), is_settled=True, recorded=810, final_rate=0.81, lower=0.81, upper=0.81)
    recorded, forecast = young_months.figure([settled, young()], LIGHT)["data"]
    assert recorded["y"] == [0.81, 0.7]
    assert recorded["marker"]["color"] == [LIGHT.figure, LIGHT.background]
    assert (forecast["x"], forecast["y"]) == (["2019-10-01"], [0.8])
    assert forecast["error_y"]["array"] == [pytest.approx(0.03)]
    assert forecast["error_y"]["arrayminus"] == [pytest.approx(0.04)]
    twin = young_months.table([settled, young()])
    assert twin["95% interval"] == ["", "76.0% to 83.0%"]
    assert twin["Remark"] == ["settled", "young"]


def test_a_young_month_in_words() -> None:
    assert young_months.sentence(young()) == (
        "**October 2019:** 700 of 1,000 recorded so far, about 87.5% of those that will be. It will stand at about "
        "80.0%, between 76.0% and 83.0%."
    )
    assert "nearly all of those" in young_months.sentence(young(complete=0.9998))
    assert "will stand somewhere from 70.0% to 100.0%." in young_months.sentence(
        young(tested_months=2, lower=0.7, upper=1)
    )


def test_young_months_stand_on_the_page_of_recording(open_page: OpenPage, force_home: Path) -> None:
    at = open_page("recording", part="Young months", district="Redcar")
    assert not at.exception
    snapshot = sql.open_snapshot(force_home)
    found = sql.completeness(snapshot, {"district": "Redcar"})
    snapshot.close()
    (chart,) = at.get("plotly_chart")
    unsettled = [row for row in found if not row["is_settled"]]
    assert f"{len(found)} months, of which {len(unsettled)} are not settled" in chart.proto.alt
    assert list(at.table[0].value["Recorded so far"]) == [words.count(row["recorded"]) for row in found]
    said = [text.value for text in at.markdown if "so far" in text.value]
    assert said == [young_months.sentence(row) for row in reversed(unsettled)]

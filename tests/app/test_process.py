"""Control charts on the pages: what is drawn, said and left out, and how an analyst chooses and starts anew."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

import sql
from dashboard.palette import DARK, LIGHT, Palette
from dashboard.views import icons, periods, process_words, trend
from tests.app.conftest import OpenPage
from tests.app.force import publish

QUIET, FALLEN = [80, 81] * 7, [*[72, 88] * 7, 10]


def chart(
    values: Sequence[int | None], *, better: str = "higher", target: float | None = None, rebase: tuple[int, ...] = ()
) -> sql.ProcessChart:
    """A chart of percentages of 100 records, month by month from January 2018; a None is a month without records."""
    counted = [(place, value) for place, value in enumerate(values) if value is not None]
    series = [
        {"value": k / 100, "numerator": k, "denominator": 100, "is_rebased": place in rebase} for place, k in counted
    ]
    with sql.process_control() as con:
        points = sql.process_points(con, series, "mdc_2023", "p_prime", better, target)
    for (place, _), point in zip(counted, points, strict=True):
        point |= {"period_start": month(place), "state": "settled"}
    apart = [
        {"period_start": month(place), "state": "empty", "value": None, "numerator": None, "denominator": None}
        for place, value in enumerate(values)
        if value is None
    ]
    apart += [
        {"period_start": month(len(values) + n), "state": state, "value": 0.5, "numerator": 1, "denominator": 2}
        for n, state in enumerate(("moving", "incomplete"))
    ]
    return sql.ProcessChart("logs_recorded", "month", "mdc_2023", "p_prime", points, apart, [])


def drawn_of(found: sql.ProcessChart, palette: Palette = LIGHT) -> dict[str, Any]:
    return trend.figure(found, periods.of(found), palette)


def month(place: int) -> date:
    return date(2018 + place // 12, place % 12 + 1, 1)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize(("better", "kind"), [("higher", "concern"), ("lower", "improvement"), ("neither", "neither")])
def test_a_signal_has_a_shape_and_a_colour_of_its_own(palette: Palette, better: str, kind: str) -> None:
    drawn = drawn_of(chart(FALLEN, better=better), palette)["data"][0]["marker"]
    colours = {"improvement": palette.improvement, "concern": palette.concern, "neither": palette.neither}
    assert (drawn["symbol"][14], drawn["color"][14]) == (trend.SHAPES[kind], colours[kind])
    assert (drawn["symbol"][0], drawn["color"][0]) == ("circle", palette.figure)
    assert len({*trend.SHAPES.values(), "circle", "diamond"}) == len(trend.SHAPES) + 2


def test_months_that_are_not_settled_stand_outside_mean_limits_and_signals() -> None:
    found = chart(FALLEN)
    drawn = drawn_of(found)["data"]
    assert drawn[0]["x"][-2:] == ["2019-04-01", "2019-05-01"]
    assert drawn[0]["marker"]["color"][-2:] == [LIGHT.background] * 2
    assert drawn[0]["marker"]["symbol"][-2:] == ["circle", "diamond"]
    assert len(drawn) == 4
    for line in drawn[1:]:
        assert line["x"] == [*(point["period_start"].isoformat() for point in found.points), None]
        assert line["line"]["shape"] == "hvh"
    assert [line["line"]["dash"] for line in drawn[1:]] == ["solid", "dash", "dash"]
    last = periods.of(found)[-2:]
    assert [(period.mean, period.lower, period.signal, period.remark) for period in last] == [
        (None, None, None, "may still move"), (None, None, None, "incomplete month"),
    ]  # fmt: skip


def test_a_month_without_records_is_a_gap_and_not_nothing() -> None:
    found = chart([*QUIET[:5], None, *QUIET[5:]])
    assert drawn_of(found)["data"][0]["y"][4:7] == [0.8, None, 0.81]
    assert periods.of(found)[5].remark == "nothing counted"


def test_every_phase_has_a_mean_and_limits_of_its_own() -> None:
    found = chart([*QUIET, *[60, 61] * 7], rebase=(14,))
    found.rebases.append(rebase(starts_on=date(2019, 3, 1)))
    drawn = drawn_of(found)
    mean, lower, upper = (line["y"] for line in drawn["data"][1:])
    assert mean == [*[pytest.approx(0.805)] * 14, None, *[pytest.approx(0.605)] * 14, None]
    assert lower[13] < 0.8 < upper[13]
    assert lower[15] < 0.6 < upper[15] < lower[13]
    assert [line["x0"] for line in drawn["layout"]["shapes"]] == ["2019-03-01"]
    assert [note["text"] for note in drawn["layout"]["annotations"]] == ["a new control room system"]
    assert process_words.means(found) == "Mean 80.5% from January 2018 and 60.5% from March 2019"
    assert process_words.rebases(found) == [
        "New start from March 2019: a new control room system, declared by the force crime registrar on 2 May 2019."
    ]


def test_a_new_start_that_parts_nothing_or_means_nothing_is_said() -> None:
    found = chart(QUIET)
    found.rebases.append(rebase(starts_on=date(2019, 3, 1)))
    found.rebases.append(rebase(starts_on=None, period="2018-13", problem="month is '2018-13'"))
    assert [line.partition(".")[2] or line for line in process_words.rebases(found)] == [
        " It parts no settled periods of this chart.",
        "A new start declared for 2018-13 is not applied: month is '2018-13'.",
    ]
    assert not drawn_of(found)["layout"]["shapes"]


def rebase(**changed: Any) -> dict[str, Any]:
    return {
        "period": "2019-03", "reason": "a new control room system", "declared_by_role": "force crime registrar",
        "declared_date": date(2019, 5, 2), "problem": "", **changed,
    }  # fmt: skip


@pytest.mark.parametrize("values", [QUIET[:12], [50]])
def test_under_thirteen_points_there_are_neither_limits_nor_signals_nor_icons(values: list[int]) -> None:
    found = chart([*values[:-1], 10])
    assert found.points[-1]["is_trial"]
    assert [line["line"]["dash"] for line in drawn_of(found)["data"][1:]] == ["solid"]
    assert {period.signal for period in periods.of(found)} == {None}
    assert icons.html(found, LIGHT) == ""
    assert f"{len(values)} settled month{'s' if len(values) > 1 else ''}: under 13" in process_words.too_few(found)
    assert "under 13" in process_words.alternative(found, periods.of(found), None)
    assert "Variation" not in process_words.alternative(found, periods.of(found), None)


def test_a_young_phase_is_a_trial_though_the_one_before_is_not() -> None:
    found = chart([*QUIET, 60, 61], rebase=(14,))
    assert "2 settled months since the new start: under 13" in process_words.too_few(found)
    assert icons.html(found, LIGHT) == ""
    mean, lower, _ = (line["y"] for line in drawn_of(found)["data"][1:])
    assert mean[15:17] == [pytest.approx(0.605)] * 2
    assert lower[15:17] == [None] * 2


@pytest.mark.parametrize(
    ("target", "said"),
    [(0.5, "Target met reliably"), (0.99, "Target out of reach"), (0.8, "Target met by chance"), (None, "")],
)
def test_the_icons_say_in_words_what_they_show(target: float | None, said: str) -> None:
    drawn = icons.html(chart(QUIET, target=target), LIGHT)
    assert "Chance variation" in drawn
    assert said in drawn
    assert drawn.count("<img") == (1 if target is None else 2)
    assert 'alt=""' in drawn
    assert "concern" not in drawn.lower()
    assert "Concern (beyond a limit)" in icons.html(chart(FALLEN), LIGHT)


def test_the_alternative_text_says_variation_and_signals() -> None:
    found = chart(FALLEN, target=0.9)
    said = process_words.alternative(found, periods.of(found), 90)
    assert (
        "Variation: Concern (beyond a limit). Signals: outside March 2019 (concern). Target met by chance: 90%." in said
    )
    quiet = chart(QUIET)
    assert "No signals" in process_words.alternative(quiet, periods.of(quiet), None)
    shifted = chart([70] * 7 + [80] * 7)
    assert "January 2018 to July 2018 (concern)" in process_words.signals(periods.of(shifted))


def test_nothing_settled_is_said() -> None:
    found = chart([])
    assert process_words.alternative(found, periods.of(found), None).startswith("No settled period. 0 settled months")
    assert drawn_of(found)["data"][1:] == []


def test_a_year_of_months_is_too_short_for_limits_and_the_page_says_so(open_page: OpenPage) -> None:
    at = open_page("recording")
    assert any("7 settled months: under 13, so neither limits nor icons" in caption.value for caption in at.caption)
    assert not at.main.get("html")
    twin = twins(at)[0]
    assert set(twin["Limits"]) == {""}
    assert set(twin["Signal"]) == {""}


@pytest.fixture
def weekly(open_page: OpenPage) -> AppTest:
    return open_page("recording", grain="Week", chart="XmR", rules="mdc_2023")


def test_the_analysts_choice_stands_in_the_address(weekly: AppTest, open_page: OpenPage) -> None:
    assert not weekly.exception
    under = [caption.value for caption in weekly.caption if "profile" in caption.value]
    assert under
    assert all(caption.endswith("XmR chart, profile mdc_2023.") for caption in under)
    assert next(iter(twins(weekly)[0])) == "Week"
    at = open_page("recording")
    assert all(
        "p′ chart (Laney), profile nhsr_0_2_2" in text for text in (c.value for c in at.caption) if "profile" in text
    )


def test_a_table_holds_what_the_chart_draws(weekly: AppTest) -> None:
    spec = json.loads(weekly.get("plotly_chart")[0].proto.spec)
    twin = twins(weekly)[0]
    assert len(twin) == len(spec["data"][0]["x"])
    settled = twin[twin["Remark"] == ""]
    assert len(settled) == sum(at is not None for at in spec["data"][1]["x"])
    assert len(settled) > 13
    assert set(settled["Mean"]) == {process_words.words.percent(spec["data"][1]["y"][0])}
    assert all(settled["Limits"].str.contains(" to "))
    assert set(twin[twin["Remark"] != ""]["Limits"]) == {""}
    assert weekly.main.get("html")
    assert "Variation: " in weekly.get("plotly_chart")[0].proto.alt


def test_a_click_on_a_week_shows_its_records_and_links_to_them(weekly: AppTest, open_page: OpenPage) -> None:
    point = {"x": "2018-05-07"}
    weekly.session_state["trend_logs_recorded"] = {
        "selection": {"points": [point], "point_indices": [0], "box": [], "lasso": []}
    }
    weekly.run()
    assert not weekly.exception
    link = next(link.proto for link in weekly.get("page_link") if "week of 7 May 2018" in link.proto.label)
    address = parse_qs(link.query_string)
    assert address["at"] == ["week:2018-05-07"]
    followed = open_page("records", **address)
    assert any("Narrowed to **week of 7 May 2018**" in text.value for text in followed.markdown)


@pytest.fixture(scope="module")
def rebased_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose force has declared three new starts, one of a measure there is not, one of a month there is not."""
    home = publish(tmp_path_factory.mktemp("rebased"))
    with duckdb.connect(str(home / "snapshots" / "snap_r0001.duckdb")) as con:
        con.execute(
            "insert into ref_rebase by name select * from (values "
            "('logs_recorded', 'month', '2018-05', 'a new system'), ('logs_recordd', 'month', '2018-05', 'a slip'), "
            "('logs_recorded', 'month', 'Brumaire', 'a slip')) "
            "as declared(metric_id, grain, period, reason)"
        )
    return home


@pytest.mark.parametrize("page", ["recording", "overview", "teams"])
def test_declared_starts_break_no_page(open_page: OpenPage, rebased_home: Path, page: str) -> None:
    assert not open_page(page, rebased_home).exception


def test_declared_starts_are_drawn_with_their_reason_or_said_not_to_be(open_page: OpenPage, rebased_home: Path) -> None:
    at = open_page("recording", rebased_home)
    spec = json.loads(at.get("plotly_chart")[0].proto.spec)
    assert "a new system" in [note["text"] for note in spec["layout"]["annotations"]]
    (under,) = (caption.value.replace("\\", "") for caption in at.caption if "New start" in caption.value)
    assert "New start from May 2018: a new system." in under
    assert (
        "A new start declared for Brumaire is not applied: month is 'Brumaire': give a month such as 2018-05" in under
    )
    (lost,) = (warning.value for warning in at.main.warning if "new start" in warning.value)
    assert "there is no metric 'logs_recordd': did you mean logs_recorded" in lost.replace("\\", "")


def twins(at: AppTest) -> list[Any]:
    return [table.value for table in at.table if "Limits" in table.value.columns]

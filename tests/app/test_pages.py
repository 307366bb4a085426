"""Every page, with every extract and without each: nothing crashes, and what is missing is said and never 0."""

import ast
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import sql
from dashboard.navigation import AUDIENCES
from tests.app.conftest import APP, OpenPage
from tests.app.force import publish

PAGES = [page for pages in AUDIENCES.values() for page in pages]
EXTRACTS = ("incident", "crime", "appointment", "team")


@pytest.fixture(scope="session")
def homes_without(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """For each extract, a home folder to which it was not delivered."""
    return {
        extract: publish(tmp_path_factory.mktemp(f"no_{extract}"), count=60, without=(extract,)) for extract in EXTRACTS
    }


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_its_title_the_banner_and_the_data_cut(open_page: OpenPage, page: str) -> None:
    at = open_page(page)
    assert not at.exception
    assert [title.value for title in at.title] == [page.capitalize()]
    assert "Synthetic data" in at.main.warning[0].value
    assert "Synthetic force · data up to 20 December 2018, 12:00 · run r0001" in captions(at)


@pytest.mark.parametrize("page", PAGES)
def test_no_value_stands_alone_in_a_page_for_streamlit_would_write_it_out(page: str) -> None:
    tree = ast.parse((APP.parent / "pages" / f"{page}.py").read_text("utf-8"))
    alone = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    assert all(isinstance(value, ast.Call | ast.Constant) for value in alone)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_what_a_refresh_has_published(open_page: OpenPage, sample_home: Path, page: str) -> None:
    at = open_page(page, sample_home)
    assert not at.exception
    assert at.title[0].value == page.capitalize()


@pytest.mark.parametrize("page", PAGES)
def test_headings_go_down_one_level_at_a_time(open_page: OpenPage, page: str) -> None:
    levels = [int(heading.tag[1]) for heading in in_order(open_page(page))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("extract", EXTRACTS)
def test_a_page_stands_without_an_extract(
    open_page: OpenPage, homes_without: dict[str, Path], page: str, extract: str
) -> None:
    at = open_page(page, homes_without[extract])
    assert not at.exception
    assert at.title[0].value == page.capitalize()


@pytest.mark.parametrize("part", ["From report to record", "In time", "Cancellation and rape", "Worklists"])
def test_without_crimes_the_parts_of_recording_name_what_they_need(
    open_page: OpenPage, homes_without: dict[str, Path], part: str
) -> None:
    at = open_page("recording", homes_without["crime"], part=part)
    assert not at.exception
    said = [text.value for text in at.markdown if text.value.startswith("**Not available: needs")]
    assert said
    assert any("`crime." in text for text in said)
    assert not at.get("plotly_chart")
    assert not at.metric


def test_crimes_alone_tell_nothing_of_logs(open_page: OpenPage, tmp_path: Path) -> None:
    home = publish(tmp_path, count=60, without=("incident", "appointment", "team"))
    for part, title in (
        ("From report to record", "What became of every log"), ("Worklists", "Pending logs, by hours left"),
    ):  # fmt: skip
        at = open_page("recording", home, part=part)
        assert not at.exception
        assert said_after(at, title) == "**Not available: needs `incident.incident_id`**"
        assert not any("State" in table.value for table in at.table)
        assert not at.main.info


def test_incidents_alone_say_nothing_of_what_was_recorded(open_page: OpenPage, tmp_path: Path) -> None:
    at = open_page("recording", publish(tmp_path, count=60, without=("crime", "appointment", "team")))
    assert said_after(at, "What became of every log") == "**Not available: needs `crime.crime_ref`**"


def test_every_measure_without_crimes_is_either_drawn_or_said_to_be_not_available(
    open_page: OpenPage, homes_without: dict[str, Path]
) -> None:
    snapshot = sql.open_snapshot(homes_without["crime"])
    lacking = {metric.title: metric.missing for metric in sql.metrics(snapshot) if not metric.is_available}
    snapshot.close()
    shown: dict[str, str] = {}
    for page, parts in PARTS.items():
        for part in parts:
            at = open_page(page, homes_without["crime"], **({"part": part} if part else {}))
            titles = [heading.value for heading in at.subheader]
            said = [text.value for text in at.markdown if text.value.startswith("**Not available")]
            shown |= dict(zip([title for title in titles if title in lacking], said, strict=False))
    assert set(lacking) <= set(shown)
    for title, missing in lacking.items():
        assert shown[title] == f"**Not available: needs {', '.join(f'`{column}`' for column in missing)}**"


PARTS = {
    "recording": (
        "From report to record", "In time", "Found by audit", "Cancellation and rape",
        "First accounts and focus groups",
    ),
    "supervision": ("",),
    "grading": ("",),
    "appointments": ("",),
}  # fmt: skip


def test_every_measure_stands_on_a_page(open_page: OpenPage, force_home: Path) -> None:
    snapshot = sql.open_snapshot(force_home)
    titles = {metric.title for metric in sql.metrics(snapshot)}
    snapshot.close()
    shown = {
        heading.value
        for page, parts in PARTS.items()
        for part in parts
        for heading in open_page(page, **({"part": part} if part else {})).subheader
    }
    assert titles <= shown


@pytest.mark.parametrize("page", PAGES)
def test_before_any_refresh_every_page_says_what_to_run(open_page: OpenPage, tmp_path: Path, page: str) -> None:
    at = open_page(page, tmp_path / "nothing")
    assert not at.exception
    assert at.title[0].value == "No data yet"
    assert ["cdi demo" in at.code[0].value, "cdi refresh" in at.code[1].value] == [True, True]


def test_a_pointer_to_a_snapshot_that_is_gone_says_what_to_run(open_page: OpenPage, tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("snap_r0009.duckdb\n", "utf-8")
    at = open_page("overview", tmp_path)
    assert not at.exception
    assert at.title[0].value == "No data yet"
    assert "has no snapshot snap_r0009.duckdb" in at.warning[0].value


def test_a_snapshot_of_another_version_says_what_to_run(
    open_page: OpenPage, force_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sql.door.snapshot.LAYOUT", 999)
    shutil.copytree(force_home, tmp_path / "older")  # a path of its own: the pages keep what they opened
    at = open_page("overview", tmp_path / "older")
    assert not at.exception
    assert "was built by another version of this software" in at.warning[0].value
    assert "cdi refresh" in at.code[1].value


def test_real_data_has_no_banner_and_no_baseline_of_its_own(open_page: OpenPage, tmp_path: Path) -> None:
    publish(tmp_path, count=60, is_synthetic=False, source_name="New Orleans")
    at = open_page("overview", tmp_path)
    assert not at.main.warning
    assert any("of Cleveland and not of New Orleans" in text.value for text in at.info)


def test_the_baseline_stands_apart_with_its_intervals(open_page: OpenPage) -> None:
    at = open_page("overview")
    values = {metric.label: metric.value for metric in at.metric}
    assert values["All reported crime, fraud excluded"] == "83.4%"
    assert values["Violent crime"] == "81.1%"
    text = " ".join(markdown.value for markdown in at.markdown)
    assert "± 1.86 percentage points" in text
    assert "± 2.9 percentage points" in text
    assert "No audited figure yet" in text
    assert all("83.4" not in chart.proto.spec and "81.1" not in chart.proto.spec for chart in at.get("plotly_chart"))


def said_after(at: AppTest, title: str) -> str:
    """The text that stands first under a heading."""
    written = [getattr(element, "value", "") for element in at.main if element.type in ("subheader", "markdown")]
    return written[written.index(title) + 1]


def captions(at: AppTest) -> list[str]:
    return [caption.value for caption in at.caption]


def in_order(at: AppTest) -> list:
    """The headings of the main part, in the order a reader meets them."""
    return [element for element in at.main if getattr(element, "tag", "") in ("h1", "h2", "h3", "h4")]

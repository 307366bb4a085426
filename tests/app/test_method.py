"""The page Method: every statistic in one chapter, what it says in step with the SQL, formulas that can be drawn."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

import sql
from dashboard.views.chapter import CHAPTERS, FOLDER, chapters
from tests.app.conftest import OpenPage
from tests.app.test_pages import in_order

# Numbers that a chapter states, and how its SQL writes them.
CONSTANTS = {
    "audited_rate": {"fewer than 20 required": "least_required := 20", "$n - H$": "- totals_of_sample.stratum_"},
    "planning": {"1.2816": "1.2816 ^ 2 + 4 * 20", "50 logs": "step := 50", "20 crimes or more": "found.required >= 20"},
    "scopes": {"20 sampled logs that held": "least_held := 20"},
    "checks": {"1.959964": "1.959963984540054"},
    "process_control": {
        "2.66": "2.66 *", "3.267": "< 3.267 *", "1.128": "/ 1.128", "Fewer than 13": "phase_points < 13",
        "10^{-13}": "1e-13", "7 points, each strictly": "sum(step) over six) = 6",
        "7 points running": "over seven) = 7",
    },
    "teams": {"0.84": "0.841621", "10% and 90%": "quantile_cont(z, 0.9)", "95% point": "> 0.95", "five records": "< 5"},
    "young_months": {"up to twelve": "newest <= 13", "fewer than three": "tested_months >= 3", "day 90": "90 day"},
}  # fmt: skip


def test_every_statistic_of_the_snapshot_stands_in_one_chapter(force_home: Path) -> None:
    snapshot = sql.open_snapshot(force_home)
    names = {row["name"] for row in sql.table(snapshot, "method")}
    snapshot.close()
    told = [macro for macros in CHAPTERS.values() for macro in macros]
    assert sorted(told) == sorted(names)


def test_every_file_of_the_folder_is_a_chapter() -> None:
    assert {path.stem for path in FOLDER.glob("*.md")} == set(CHAPTERS)


def test_in_short_gives_the_first_paragraph_of_every_chapter(open_page: OpenPage) -> None:
    at = open_page("method")
    assert [heading.value for heading in at.subheader] == list(chapters())
    said = [text.value for text in at.main.markdown]
    assert all(chapter.lead in said for chapter in chapters().values())


@pytest.mark.parametrize("title", chapters())
def test_a_chapter_shows_its_text_and_its_sql(open_page: OpenPage, force_home: Path, title: str) -> None:
    at = open_page("method", part=title)
    assert not at.exception
    assert [heading.value for heading in at.header if heading in list(at.main)] == [title]
    chapter = chapters()[title]
    assert f"{chapter.lead}\n\n{chapter.text}" in [text.value for text in at.main.markdown]
    snapshot = sql.open_snapshot(force_home)
    texts = {row["name"]: row["text"] for row in sql.table(snapshot, "method")}
    snapshot.close()
    assert [code.value for code in at.code] == [texts[macro] for macro in chapter.macros]
    levels = [int(heading.tag[1]) for heading in in_order(at)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_is_markdown_that_a_browser_draws(name: str) -> None:
    text = (FOLDER / f"{name}.md").read_text("utf-8")
    title, lead, *_ = text.split("\n\n")
    assert re.fullmatch(r"# \w.+", title)
    assert not re.match(r"[#$|-]", lead), "the first paragraph is words"
    fences = [line for line in text.splitlines() if "$$" in line]
    assert set(fences) <= {"$$"}, "a displayed formula opens and closes on lines of its own"
    assert len(fences) % 2 == 0
    outside = "".join(re.split(r"^\$\$$", text, flags=re.MULTILINE)[::2])
    assert all(paragraph.count("$") % 2 == 0 for paragraph in outside.split("\n\n"))
    assert set(re.findall(r"^(#+) ", text, flags=re.MULTILINE)) <= {"#", "###"}


@pytest.mark.parametrize(
    ("name", "said", "written"), [(name, *pair) for name, pairs in CONSTANTS.items() for pair in pairs.items()]
)
def test_a_number_that_a_chapter_states_is_the_one_its_sql_uses(name: str, said: str, written: str) -> None:
    text = (FOLDER / f"{name}.md").read_text("utf-8").replace("\n", " ")
    statements = "".join((Path(sql.__file__).parent / f"trends/{macro}.sql").read_text() for macro in CHAPTERS[name])
    assert said in re.sub(" +", " ", text)
    assert written in statements


def test_the_reason_for_the_default_interval_is_the_one_measured(open_page: OpenPage) -> None:
    statements = (Path(sql.__file__).parent / "trends/ratio_estimate.sql").read_text("utf-8").replace("\n--  ", "")
    held, plain, whole, whole_plain = re.findall(
        r"logit held the truth in (\d+%) of 4,000 draws and plain in (\d+%); .+? in (\d+%) and (\d+%)", statements
    )[0]
    said = " ".join(chapters()["The audited rate"].text.split())
    assert f"held the truth in {held} of samples and the plain one in {plain}" in said
    assert f"in {whole} and {whole_plain}" in said


def test_false_signals_are_those_of_the_reference_table(open_page: OpenPage) -> None:
    table = open_page("method", part="Process control").table[0].value
    row = table[table["Points"] == "24"].iloc[0]
    assert row["XmR, nhsr_0_2_2"] == "1.6%"
    assert row["Laney p′, mdc_2023"] == "1.3%"

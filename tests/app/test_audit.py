"""The page Audit, and the Overview beside an audit: what is estimated, against what, and never with screening."""

import json
import re
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import plotly.io
import pytest

import sql
from dashboard import words
from dashboard.views import audited
from tests.app import audits, force
from tests.app.conftest import OpenPage

PARTS = ("Over time", "Parts of crime", "What auditors found", "Samples and records")


@pytest.fixture(scope="session")
def audited_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder whose force has been audited in three quarters, the first of which is signed."""
    logs = force.incidents(1200)
    crimes = force.crimes(logs)
    rows = {**audits.audits(logs, crimes), "record_check": audits.checks(crimes)}
    signed = {"ref_audit_signature": audits.SIGNED}
    return force.publish(tmp_path_factory.mktemp("audited"), count=1200, audits=rows, references=signed)


@pytest.fixture(scope="session")
def tables(audited_home: Path) -> dict[str, list[dict[str, Any]]]:
    """The tables of estimates of that force."""
    with closing(sql.open_snapshot(audited_home)) as snapshot:
        names = ("estimate", "comparison", "sample", "check", "failure", "hidden", "agreement", "stratum_result")
        return {name: sql.table(snapshot, f"audit_{name}") for name in names}


@pytest.mark.parametrize("part", PARTS)
def test_every_part_stands_under_the_headline(open_page: OpenPage, audited_home: Path, part: str) -> None:
    at = open_page("audit", audited_home, part=part)
    assert not at.exception
    assert at.header[0].value.startswith("We record ")
    assert part in [heading.value for heading in at.header]


def test_the_headline_is_the_latest_samples_estimate_against_the_inspection(
    open_page: OpenPage, audited_home: Path, tables: dict[str, Any]
) -> None:
    at = open_page("audit", audited_home)
    (row,) = chosen(tables["estimate"], period_id="2018-Q3", scope="inspection", domain="all")
    (against,) = chosen(tables["comparison"], period_id="2018-Q3", measure="all", baseline_id="cleveland_2018_all")
    assert at.header[0].value == (
        f"We record {row['ratio']:.1%} of reported crime, 95% interval {row['lower']:.1%} to {row['upper']:.1%}; "
        f"that is {words.signed(against['statement'])}."
    )
    assert not re.search(r"\s-\d", at.header[0].value)
    numbers = next(caption.value for caption in at.caption if "crimes of the sample" in caption.value)
    assert numbers.startswith(f"{row['recorded']} of {row['required']} crimes of the sample recorded")
    assert numbers.endswith("provisional: not signed by the registrar yet")
    (violence,) = chosen(tables["estimate"], period_id="2018-Q3", scope="inspection", domain="violence")
    said = next(text.value for text in at.markdown if text.value.startswith("**Violence.**"))
    assert f"{violence['ratio']:.1%} of violent crime" in said


@pytest.mark.parametrize("page", ["audit", "overview"])
def test_under_a_filter_the_audited_figures_are_said_to_be_of_the_whole_force(
    open_page: OpenPage, audited_home: Path, page: str
) -> None:
    for query, said in ({}, 0), ({"district": "Redcar"}, 1), ({"from": "May 2018"}, 1):
        captions = [caption.value for caption in open_page(page, audited_home, **query).main.caption]
        assert captions.count(audited.WHOLE_FORCE) == said


def test_a_signed_sample_says_so(open_page: OpenPage, audited_home: Path) -> None:
    at = open_page("audit", audited_home)
    at.selectbox(key="period").set_value("2018-Q1").run()
    assert any(caption.value.endswith("signed by the registrar") for caption in at.caption)


def test_the_chart_holds_estimates_with_intervals_and_no_screening_measure(
    open_page: OpenPage, audited_home: Path, tables: dict[str, Any]
) -> None:
    at = open_page("audit", audited_home)
    everything, violence = [json.loads(chart.proto.spec) for chart in at.get("plotly_chart")]
    for spec in (everything, violence):
        plotly.io.from_json(json.dumps(spec))  # fails where Plotly does not know a property
    rows = chosen(tables["estimate"], period_kind="sample", scope="inspection", domain="all")
    samples, years = everything["data"]
    assert samples["y"] == [row["ratio"] for row in rows]
    assert samples["error_y"]["array"] == [row["upper"] - row["ratio"] for row in rows]
    assert samples["error_y"]["arrayminus"] == [row["ratio"] - row["lower"] for row in rows]
    assert years["y"] == []
    assert len(everything["data"]) == 2
    band = next(shape for shape in everything["layout"]["shapes"] if shape["type"] == "rect")
    assert (band["y0"], band["y1"]) == (pytest.approx(0.8154), pytest.approx(0.8526))
    dotted = [shape["y0"] for shape in everything["layout"]["shapes"] if shape["line"].get("dash") == "dot"]
    assert dotted == [pytest.approx(rate) for rate in (0.788, 0.805, 0.924)]
    named = [note["text"] for note in everything["layout"]["annotations"]]
    assert named == ["inspection 2018", "Cleveland 2014", "England and Wales 2014", "England and Wales 2022"]
    said = next(caption.value for caption in at.caption if caption.value.startswith("Inspection 2018"))
    assert said.replace("\\", "").endswith("England and Wales 2022: 92.4%, not tested.")
    assert [shape["y0"] for shape in violence["layout"]["shapes"] if shape["type"] == "line"] == [pytest.approx(0.811)]


def test_hollow_marks_are_provisional(open_page: OpenPage, audited_home: Path) -> None:
    marker = json.loads(open_page("audit", audited_home).get("plotly_chart")[0].proto.spec)["data"][0]["marker"]
    filled, *hollow = marker["color"]
    assert filled == marker["line"]["color"]
    assert set(hollow) == {"#FFFFFF"}


def test_the_charts_have_words_and_a_table_with_the_same_figures(open_page: OpenPage, audited_home: Path) -> None:
    at = open_page("audit", audited_home)
    twins = [table.value for table in at.table if "Against the inspection" in table.value]
    for chart, twin in zip(at.get("plotly_chart"), twins, strict=True):
        spec = json.loads(chart.proto.spec)
        assert list(twin["Rate"]) == [words.percent(rate) for rate in spec["data"][0]["y"]]
        assert all(rate in chart.proto.alt for rate in twin["Rate"])
        assert "inspection 2018" in chart.proto.alt


def test_without_four_quarters_the_page_says_why_there_is_no_rolling_year(
    open_page: OpenPage, audited_home: Path
) -> None:
    said = [text.value for text in open_page("audit", audited_home).info]
    assert "There is no rate of the latest rolling year: 3 of 4 quarters audited." in said


def test_parts_with_few_crimes_have_k_and_n_and_no_rate(
    open_page: OpenPage, audited_home: Path, tables: dict[str, Any]
) -> None:
    at = open_page("audit", audited_home, part="Parts of crime")
    table = next(table.value for table in at.table if "Part" in table.value).set_index("Part")
    few = 0
    for row in chosen(tables["estimate"], period_id="2018-Q3", scope="inspection"):
        line = table.loc[words.sentence_case(words.part_of_crime(row["domain"]))]
        assert line["Crimes recorded"] == f"{row['recorded']} of {row['required']}"
        assert line["Rate"] == ("–" if row["required"] < 20 else f"{row['ratio']:.1%}")
        assert line["95% interval"] == words.interval(row["lower"], row["upper"])
        assert line["Plain interval"] == words.interval(row["plain_lower"], row["plain_upper"])
        assert line["Kind"] == (row["default_interval"] or "")
        few += row["required"] < 20
    assert few


def test_hidden_strata_give_k_n_and_a_bound_where_too_few_held_a_crime(
    open_page: OpenPage, audited_home: Path, tables: dict[str, Any]
) -> None:
    at = open_page("audit", audited_home, part="Parts of crime")
    (row,) = chosen(tables["hidden"], sample_id="2018-Q3")
    table = next(table.value for table in at.table if "At most (exact, 95%)" in table.value)
    assert list(table["Held a crime"]) == [f"{row['held']} of {row['sampled']}"]
    assert list(table["At most (exact, 95%)"]) == [f"{row['held_upper']:.1%}"]
    assert any(text.value.startswith("**No rate over the whole frame:**") for text in at.markdown)


def test_picked_checks_stand_apart_without_a_rate(
    open_page: OpenPage, audited_home: Path, tables: dict[str, Any]
) -> None:
    at = open_page("audit", audited_home, part="What auditors found")
    random, picked = [table.value for table in at.table if "Code" in table.value]
    (row,) = chosen(tables["check"], sample_id=None, cancellation_code=None, is_targeted=False)
    line = random[random["Code"] == "all"].iloc[0]
    assert line["Correct"] == f"{row['correct']} of {row['checked']}"
    assert line["95% interval (Wilson)"] == words.interval(row["lower"], row["upper"])
    assert line["Exact"] == words.interval(row["exact_lower"], row["exact_upper"])
    assert list(picked.columns) == ["Kind", "Code", "Correct"]


def test_reasons_are_counted_and_what_was_put_right(
    open_page: OpenPage, audited_home: Path, tables: dict[str, Any]
) -> None:
    at = open_page("audit", audited_home, part="What auditors found")
    table = next(table.value for table in at.table if "Reason" in table.value)
    rows = chosen(tables["failure"], period_id="2018-Q3")
    (estimate,) = chosen(tables["estimate"], period_id="2018-Q3", scope="inspection", domain="all")
    assert sum(row["in_scope"] for row in rows) == estimate["required"] - estimate["recorded"]
    assert list(table["In the inspection scope"]) == [str(row["in_scope"]) for row in rows]
    assert set(table["Reason"].str.replace("\\", "")) == {
        "not given", "Rules not understood: common assault, harassment, malicious communications, public order",
    }  # fmt: skip


def test_agreement_is_of_the_logs_marked_by_two(
    open_page: OpenPage, audited_home: Path, tables: dict[str, Any]
) -> None:
    at = open_page("audit", audited_home, part="What auditors found")
    (row,) = chosen(tables["agreement"], sample_id="2018-Q3")
    table = next(table.value for table in at.table if "Kappa" in table.value)
    assert list(table.iloc[0])[:2] == ["2018-Q3", f"{row['agreed']} of {row['logs']}"]
    assert list(table["Kappa"]) == [f"{row['kappa']:.2f}"]


def test_the_records_behind_the_estimate_are_listed_with_links(open_page: OpenPage, audited_home: Path) -> None:
    at = open_page("audit", audited_home, part="Samples and records")
    with closing(sql.open_snapshot(audited_home)) as snapshot:
        wanted = {"sample_id": "2018-Q3", "is_recorded": False}
        missed = sql.table(snapshot, "fact_audit_crime", wanted, order="reported_at desc")
    listed = at.dataframe[0].value
    assert list(listed["Audited crime"]) == [row["audit_crime_id"] for row in missed]
    at.session_state["audit_audit_crime"] = {"selection": {"rows": [0], "columns": []}}
    at.run()
    record = quote(f"audit_crime:{missed[0]['audit_crime_id']}", safe="")
    assert [link.proto.query_string.replace("+", "%20") for link in at.get("page_link")] == [f"record={record}"]


def test_the_auditors_verdicts_are_the_measures_of_the_period_under_the_filters(
    open_page: OpenPage, audited_home: Path
) -> None:
    at = open_page("audit", audited_home, part="What auditors found", district="Redcar")
    table = next(table.value for table in at.table if "Serves" in table.value)
    where = {"from": "2018-07", "to": "2018-09", "district": "Redcar"}
    with closing(sql.open_snapshot(audited_home)) as snapshot:
        (figure,) = sql.figures(snapshot, "grade_correct", where=where)
        title = sql.metric(snapshot, "grade_correct").title
        audited = [metric for metric in sql.metrics(snapshot) if metric.is_audited]
    assert len(table) == len(audited)
    line = table[table["Measure"].str.startswith(f"[{title}]")].iloc[0]
    assert line["Met"] == words.of(figure["met"], figure["of"])
    assert line["95% interval"] == words.interval(figure["lower"], figure["upper"])
    assert parse_qs(urlsplit(line["Measure"].split("](")[1].rstrip(")")).query) == {
        "metric": ["grade_correct"], "district": ["Redcar"], "at": ["from:2018-07", "to:2018-09"],
    }  # fmt: skip


def test_without_an_audit_the_page_says_what_to_run_and_shows_the_inspection(
    open_page: OpenPage, force_home: Path
) -> None:
    at = open_page("audit", force_home)
    assert not at.exception
    assert "No audited figure yet" in at.info[0].value
    assert [code.value.split()[3] + " " + code.value.split()[4] for code in at.code] == [
        "audit plan", "audit draw", "audit return", "audit sign",
    ]  # fmt: skip
    assert {metric.label: metric.value for metric in at.metric}["Violent crime"] == "81.1%"


def test_the_overview_answers_first_by_the_audit_and_apart_from_it_by_screening(
    open_page: OpenPage, audited_home: Path, tables: dict[str, Any]
) -> None:
    at = open_page("overview", audited_home)
    (against,) = chosen(tables["comparison"], period_id="2018-Q3", measure="all", baseline_id="cleveland_2018_all")
    begins = {"higher than": "Yes. ", "lower than": "No, we have become worse. ",
              "not distinguishable from": "Not beyond doubt. "}[against["verdict"]]  # fmt: skip
    assert at.header[0].value.startswith(f"{begins}We record ")
    assert at.subheader[0].value.startswith("Of ")
    assert "screening measure" in at.caption[3].value


def test_no_audited_measure_of_the_overview_stands_among_the_cards_of_screening_ones(
    open_page: OpenPage, audited_home: Path
) -> None:
    at = open_page("overview", audited_home)
    home = sql.open_snapshot(audited_home)
    kinds = {metric.title: metric.kind for metric in sql.metrics(home)}
    home.close()
    grids = [
        [kinds[title.value] for title in grid.subheader if title.value in kinds]
        for grid in at.get("flex_container") if "cards_" in grid.proto.id
    ]  # fmt: skip
    assert all(len(kinds) > 2 for kinds in grids)
    assert [{kind == "audited" for kind in kinds} for kinds in grids] == [{False}, {True}]
    assert "Found by audit" in [header.value for header in at.header]


def test_the_inspections_card_has_the_audited_figures_beside_it(
    open_page: OpenPage, audited_home: Path, tables: dict[str, Any]
) -> None:
    at = open_page("overview", audited_home)
    rows = [
        chosen(tables["estimate"], period_id="2018-Q3", scope="inspection", domain=domain)[0]
        for domain in ("all", "violence")
    ]
    shown = [metric.value for metric in at.metric if metric.label == "Audited: the sample 2018-Q3"]
    assert shown == [f"{row['ratio']:.1%}" for row in rows]
    assert not any("No audited figure yet" in text.value for text in at.markdown)


def test_another_forces_data_is_not_held_against_the_inspection(open_page: OpenPage, tmp_path: Path) -> None:
    logs = force.incidents(400)
    rows = audits.audits(logs, force.crimes(logs))
    force.publish(tmp_path, is_synthetic=False, source_name="New Orleans", audits=rows)
    for page in ("audit", "overview"):
        at = open_page(page, tmp_path)
        assert not at.exception
        assert "2018 (difference" not in at.header[0].value
    assert not [metric for metric in at.metric if metric.label.startswith("Audited:")]


def chosen(rows: list[dict[str, Any]], **wanted: Any) -> list[dict[str, Any]]:
    """The rows whose columns hold the values."""
    return [row for row in rows if row.items() >= wanted.items()]

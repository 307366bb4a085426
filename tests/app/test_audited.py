"""What audits found: shown with its interval, or as counts alone; and the records of each new kind."""

import json
import random
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import sql
from dashboard import words
from dashboard.views import record_list
from tests.app.conftest import OpenPage
from tests.app.force import crimes, incidents, publish
from tests.sql.metrics.busy_audits import audit_rows


@pytest.fixture(scope="module")
def audited_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small force with audits, checks, staff and training beside its other extracts."""
    logs = incidents(400)
    rows = audit_rows(
        random.Random(4), [log["incident_id"] for log in logs[:140]], [row["crime_ref"] for row in crimes(logs)]
    )
    return publish(tmp_path_factory.mktemp("audited"), audits=rows)


@pytest.fixture
def force(audited_home: Path) -> Iterator[sql.Snapshot]:
    with closing(sql.open_snapshot(audited_home)) as snapshot:
        yield snapshot


@pytest.fixture
def open_page(open_page: OpenPage, audited_home: Path) -> OpenPage:
    return partial(open_page, home=audited_home)


def said(snapshot: sql.Snapshot, metric_id: str, **where: str) -> tuple[str, str]:
    """What the page is to say of a figure: k of n, and its interval."""
    figure = sql.figures(snapshot, metric_id, where=where)[0]
    return (
        f"**{words.of(figure['met'], figure['of'])}**",
        f"95% interval {words.interval(figure['lower'], figure['upper'])}",
    )


def test_a_panel_of_an_audited_measure_shows_k_n_and_the_interval(open_page: OpenPage, force: sql.Snapshot) -> None:
    at = open_page("recording", part="Cancellation and rape")
    counts, interval = said(force, "cancellations_correct")
    written = [text.value for text in at.markdown]
    assert written[written.index(counts) + 1] == interval
    tables = [table.value for table in at.table]
    by_code = next(table for table in tables if "Cancellation code" in table)
    rows = sql.figures(force, "cancellations_correct", ["cancellation_code"])
    assert list(by_code["95% interval"]) == [words.interval(row["lower"], row["upper"]) for row in rows]
    assert any("95% interval" in table and "Month" in table for table in tables)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"met": 3, "of": 4, "rate": 0.75}, "75.0% (3 of 4)"),
        (
            {"met": 3, "of": 4, "rate": 0.75, "lower": 0.301, "upper": 0.954},
            "75.0% (3 of 4, 95% interval 30.1% to 95.4%)",
        ),
        ({"met": 3, "of": 4, "rate": None, "lower": None, "upper": None}, "3 of 4"),
        ({"met": 0, "of": 0, "rate": None}, "nothing counted"),
    ],
)
def test_a_figure_is_said_with_its_interval_where_it_has_one(row: dict[str, Any], expected: str) -> None:
    assert words.rate_in_full(row) == expected


def test_teams_are_compared_by_no_audited_measure(open_page: OpenPage, force: sql.Snapshot) -> None:
    at = open_page("teams", measure="grade_correct")
    audited = {metric.title for metric in sql.metrics(force) if metric.is_audited}
    assert audited
    assert not audited & {heading.value.split(":")[0].split(",")[0] for heading in at.header}
    offered = {option for box in at.main.selectbox for option in box.options}
    assert force.metrics["logs_recorded"].title in offered
    assert not audited & offered
    assert any("What an audit says of single teams is not shown" in text.value for text in at.markdown)


def test_counts_of_the_focus_groups_have_no_rate(open_page: OpenPage, force: sql.Snapshot) -> None:
    at = open_page("recording", part="First accounts and focus groups")
    figure = sql.figures(force, "focus_audited")[0]
    assert (f"**{words.of(figure['met'], figure['of'])}**") in [text.value for text in at.markdown]
    assert [metric.value for metric in at.metric if metric.label == "Focus-group crimes found recorded by audit"] == [
        "–"
    ]
    assert "By focus group an audit gives counts alone." in [caption.value for caption in at.caption]


def test_training_is_shown_as_it_stands_and_not_as_a_trend(open_page: OpenPage, force: sql.Snapshot) -> None:
    at = open_page("recording", part="First accounts and focus groups")
    drawn = {chart.proto.id for chart in at.get("plotly_chart")}
    assert any("trend_account_full" in name for name in drawn)
    assert not any("trend_trained" in name for name in drawn)
    assert sum("As it stands at the data cut." in caption.value for caption in at.caption) == 4


@pytest.mark.parametrize(
    ("metric_id", "kind"),
    [
        ("grade_correct", "Audited log"),
        ("failures_put_right", "Audited crime"),
        ("n100_correct", "Record check"),
        ("trained_first_account", "Training record"),
    ],
)
def test_records_of_audits_and_training_open(
    open_page: OpenPage, force: sql.Snapshot, metric_id: str, kind: str
) -> None:
    record = sql.records(force, metric_id, limit=1)[0]
    at = open_page("records", metric=metric_id)
    assert record["record_id"] in list(at.dataframe[0].value["record_id"])
    at = open_page("records", record=f"{sql.metric(force, metric_id).record}:{record['record_id']}")
    assert at.subheader[0].value == f"{kind} {words.escaped(record['record_id'])}"
    table = at.table[0].value
    assert all(table["Meaning"])
    links = {link.proto.query_string for link in at.get("page_link")}
    if kind != "Training record":
        assert any(link.startswith(("record=incident", "record=crime")) for link in links)


def test_records_can_be_narrowed_by_a_metric_s_own_key(open_page: OpenPage, force: sql.Snapshot) -> None:
    at = open_page("records", metric="cancellations_correct", at="cancellation_code:C2")
    expected = sql.records(force, "cancellations_correct", {"cancellation_code": "C2"})
    assert list(at.dataframe[0].value["record_id"]) == [row["record_id"] for row in expected]
    assert "Narrowed to **C2**." in [text.value for text in at.markdown]
    assert record_list.points(["cancellation_code:C2"]) == {}
    assert record_list.points(["cancellation_code:(none)"], "cancellation_code") == {"cancellation_code": None}


def test_a_definition_names_the_metric_s_own_key(open_page: OpenPage, force: sql.Snapshot) -> None:
    assert json.loads(sql.metric(force, "cancellations_correct").columns)["cancellation_code"]
    at = open_page("definitions", q="cancellations_correct")
    assert any("**Told apart by:** cancellation code" in text.value for text in at.markdown)

"""The pages for engineers, the Overview's sentence and the worklists."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

import sql
from dashboard.views import audited, baseline, headline, windows, worklist
from dashboard.views.periods import INCOMPLETE, MOVING, SETTLED, Period
from tests.app.conftest import OpenPage
from tests.app.force import publish

EARLIER = windows.Window("2016-11", "2017-10", 12, 840, 1000)
LATER = windows.Window("2017-11", "2018-10", 12, 20900, 23456)


def test_the_data_page_accounts_for_every_row(open_page: OpenPage) -> None:
    extracts = open_page("data").dataframe[0].value
    assert list(extracts["Extract"]) == ["incident", "crime", "appointment", "team"]
    read = extracts["Loaded"] + extracts["Superseded"] + extracts["Rejected"]
    assert list(extracts["Rows read"]) == list(read)


def test_what_is_not_met_is_said_with_its_rows(open_page: OpenPage) -> None:
    at = open_page("data")
    tables = [table.value for table in at.dataframe]
    checks = next(table for table in tables if "Verdict" in table)
    assert list(checks["Verdict"]) == ["✕ not met", "met"]
    assert at.selectbox(key="rule").value == "arrived_after_dispatched"
    failures = next(table for table in tables if "Values" in table)
    assert list(failures["Record"]) == ["I00003", "I00004"]
    rejects = next(table for table in tables if "Original text" in table)
    assert rejects["Original text"].iloc[0] == "I99999,32/13/2018 99:00"


def test_of_what_was_not_delivered_nothing_is_counted(open_page: OpenPage, tmp_path: Path) -> None:
    at = open_page("data", publish(tmp_path, count=60, without=("incident", "team")))
    tables = [table.value for table in at.dataframe]
    extracts = tables[0].set_index("Extract")
    assert extracts.loc["team", ["Rows read", "Loaded", "Superseded", "Rejected"]].isna().all()
    assert extracts.loc["crime", "Rows read"] == extracts.loc["crime", "Loaded"] > 0
    checks = next(table for table in tables if "Verdict" in table)
    assert list(checks["Verdict"]) == ["✕ not met", "not delivered"]
    assert checks["Rows asked"].isna().tolist() == [False, True]
    said = next(caption.value for caption in at.caption if "expectations are not met" in caption.value)
    assert said.startswith("1 of 1 expectations are not met. Not asked, as the extract was not delivered: 1.")


def test_how_long_a_run_took_has_one_decimal(open_page: OpenPage) -> None:
    runs = next(table for table in open_page("data").dataframe if "Seconds" in table.value)
    assert json.loads(runs.proto.columns)["Seconds"]["type_config"] == {"type": "number", "format": "%.1f"}


def test_definitions_hold_every_measure_and_can_be_searched(open_page: OpenPage, force_home: Path) -> None:
    snapshot = sql.open_snapshot(force_home)
    metrics = sql.metrics(snapshot)
    snapshot.close()
    at = open_page("definitions")
    assert len(at.expander) == len(metrics)
    assert {code.value for code in at.code} == {metric.sql for metric in metrics}
    found = open_page("definitions", q="diary VULNERABLE")
    assert 0 < len(found.expander) < len(metrics)
    assert not open_page("definitions", q="zebra").expander


def test_pending_logs_stand_by_the_time_that_is_left(open_page: OpenPage) -> None:
    at = open_page("recording", part="Worklists")
    assert [heading.value for heading in at.subheader] == [one.title for one in worklist.WORKLISTS]
    pending = at.dataframe[0].value
    assert len(pending)
    assert list(pending["Reported"]) == sorted(pending["Reported"])


def test_the_sentence_says_how_many_of_how_many_and_a_year_earlier() -> None:
    assert headline.sentence(LATER, EARLIER) == (
        "Of 23,456 reports that indicate a crime, 89.1% (20,900) led to a recorded crime in the twelve months to "
        "October 2018; a year earlier 84.0% (840 of 1,000)."
    )
    assert headline.sentence(LATER, None).endswith("to October 2018.")
    ten = windows.Window("2022-01", "2022-10", 10, 1, 2)
    assert headline.sentence(ten, None).endswith("in the ten months to October 2022.")
    assert headline.sentence(None, None).startswith("No whole month")


def test_the_latest_months_leave_out_those_that_are_not_whole() -> None:
    states = [INCOMPLETE, *[SETTLED] * 23, MOVING, INCOMPLETE]
    series = [Period("month", date(2017 + n // 12, n % 12 + 1, 1), 1, 2, 0.5, state) for n, state in enumerate(states)]
    now, before = windows.latest(series)
    assert now is not None
    assert before is not None
    assert (now.first, now.last, now.met, now.of) == ("2018-02", "2019-01", 12, 24)
    assert (before.first, before.last) == ("2017-02", "2018-01")
    assert windows.latest(series[:20])[1] is None


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        ({"is_synthetic": True, "source_name": "Synthetic force"}, True),
        ({"is_synthetic": False, "source_name": "Cleveland Police"}, True),
        ({"is_synthetic": False, "source_name": "New Orleans"}, False),
    ],
)
def test_the_baseline_is_of_the_force_inspected_alone(info: dict, expected: bool) -> None:
    assert audited.is_of_this_source(info, "Cleveland") is expected


def test_the_latest_baselines_with_an_interval_stand_on_the_card() -> None:
    rows = [
        {"measure": measure, "published": day, "is_own_force": own, "has_interval": interval}
        for measure, day, own, interval in (
            ("violence", date(2018, 8, 7), True, True), ("all", date(2018, 8, 7), True, True),
            ("all", None, True, True), ("all", date(2019, 1, 1), False, True), ("all", date(2020, 1, 1), True, False),
        )
    ]  # fmt: skip
    assert [row["measure"] for row in baseline.latest_own(rows)] == ["all", "violence"]


@pytest.mark.parametrize(
    ("minutes", "said"), [(45, "45 minutes"), (200, "3 h 20 min"), (47 * 60 + 59, "47 h 59 min"), (7200, "5 days")]
)
def test_a_span_is_said_as_people_say_it(minutes: int, said: str) -> None:
    cut = datetime(2018, 12, 1)
    assert worklist.span(cut + timedelta(minutes=minutes), cut) == said
    assert worklist.span(cut - timedelta(minutes=minutes), cut) == said
    assert worklist.span(None, cut) == "not known"

"""`cdi audit plan`: how many logs, and what more would buy."""

import json
from pathlib import Path

import pytest

from pipelines.audit.draw import proportional
from tests.pipelines.command import Command


def test_a_plan_by_stratum_and_what_more_logs_would_buy(cdi: Command, sample_home: Path) -> None:
    done = cdi("audit", "plan", "--half-width", "4", "--period", "2019-Q1", "--format", "json", home=sample_home)
    assert done.status == 0
    found = json.loads(done.out)
    assert (found["period"], found["half_width_points"]) == ("2019-Q1", 4)
    rows = [row for row in found["strata"] if row["allocation"] == "proportional" and not row["may_hide"]]
    logs = {row["stratum"]: row["logs"] for row in rows}
    assert proportional(sum(logs.values()), {row["stratum"]: row["population"] for row in rows}) == logs
    steps = [step for step in found["steps"] if step["allocation"] == "proportional"]
    assert steps[0]["logs"] == sum(logs.values()) and steps[0]["half_width"] <= 0.04
    assert steps[1]["logs"] == min(steps[0]["logs"] + 50, sum(row["population"] for row in rows))
    assert steps[1]["gain"] == pytest.approx(steps[0]["half_width"] - steps[1]["half_width"])
    assert "found by the audit" in done.err


def test_a_plan_is_of_the_latest_mature_quarter_unless_told(cdi: Command, sample_home: Path) -> None:
    assert json.loads(cdi("audit", "plan", "--format", "json", home=sample_home).out)["period"] == "2019-Q2"
    table = cdi("audit", "plan", home=sample_home).out
    assert table.split()[0] == "allocation" and "points" in table
    comma = cdi("audit", "plan", "--format", "csv", home=sample_home).out.splitlines()
    assert comma[0].startswith("allocation,stratum,may_hide,population,crimes_per_log") and "points" not in comma[-1]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("--half-width", "0"), "--half-width 0: give percentage points between 0 and 50"),
        (("--half-width", "50"), "--half-width 50: give percentage points"),
        (("--half-width", "nan"), "--half-width nan: give percentage points"),
        (("--half-width", "two"), "half-width"),
        (("--period", "2016-Q1"), "give a period that the data covers whole"),
    ],
)
def test_what_cannot_be_planned(cdi: Command, sample_home: Path, typed: tuple[str, ...], said: str) -> None:
    done = cdi("audit", "plan", *typed, home=sample_home)
    assert (done.status, done.out) == (2, "") and said in done.err

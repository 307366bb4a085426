"""The logs that an audit may draw from, and what a draw of them may count on, by hand."""

from typing import Any

import duckdb
import pytest

import sql
from tests.sql.world import Row, facts

DAY: Row = {"reported_at": "2019-02-10 10:00"}


def frame(con: duckdb.DuckDBPyConnection, days: str = "date '2019-01-01', date '2019-03-31'") -> dict[str, Any]:
    return dict(con.execute(f"select incident_id, stratum from audit_frame({days})").fetchall())


def test_the_strata_follow_every_code_a_log_ever_held():
    con = facts(
        macros=True,
        incident=[
            {**DAY, "incident_id": "violence", "opening_code": "violence_with_injury", "closing_code": "hoax"},
            {**DAY, "incident_id": "sexual", "opening_code": "violence_without_injury", "closing_code": "rape"},
            {**DAY, "incident_id": "other", "opening_code": "asb_nuisance", "closing_code": "shoplifting"},
            {**DAY, "incident_id": "group unknown", "opening_code": "crime_promised"},
            {**DAY, "incident_id": "by qualifier", "opening_code": "hoax", "qualifiers": "alarm; harassment"},
            {**DAY, "incident_id": "asb", "opening_code": "asb_nuisance", "closing_code": "hoax"},
            {**DAY, "incident_id": "safety", "opening_code": "message", "closing_code": "domestic_incident"},
            {**DAY, "incident_id": "gravest", "opening_code": "asb_personal", "closing_code": "concern_for_safety"},
            {**DAY, "incident_id": "qualified", "opening_code": "hoax", "qualifiers": "hoax; asb_personal"},
            {**DAY, "incident_id": "lost", "opening_code": "lost_found"},
            {**DAY, "incident_id": "no kind", "opening_code": "other_incident"},
            {
                **DAY,
                "incident_id": "asb before no kind",
                "opening_code": "asb_nuisance",
                "closing_code": "other_incident",
            },
            {**DAY, "incident_id": "in none", "opening_code": "hoax", "closing_code": "alarm"},
            {**DAY, "incident_id": "without code"},
            {**DAY, "incident_id": "unknown code", "opening_code": "nowhere"},
        ],
    )
    assert frame(con) == {
        "violence": "violence",
        "sexual": "sexual",
        "other": "other",
        "group unknown": "other",
        "by qualifier": "violence",
        "asb": "hidden_anti_social_behaviour",
        "safety": "hidden_public_safety",
        "gravest": "hidden_public_safety",
        "qualified": "hidden_anti_social_behaviour",
        "lost": "hidden_other",
        "no kind": "hidden_other",
        "asb before no kind": "hidden_anti_social_behaviour",
    }
    sides = dict(con.execute(
        "select stratum, bool_or(may_hide) from audit_frame(date '2019-01-01', date '2019-03-31') group by stratum "
        "having bool_or(may_hide) = bool_and(may_hide)"
    ).fetchall())  # fmt: skip
    assert sides == {
        "violence": False, "sexual": False, "other": False, "hidden_anti_social_behaviour": True,
        "hidden_public_safety": True, "hidden_other": True,
    }  # fmt: skip


def test_duplicates_are_a_stratum_of_their_own_and_lend_their_codes_to_the_root():
    con = facts(
        macros=True,
        incident=[
            {**DAY, "incident_id": "root", "opening_code": "hoax"},
            {**DAY, "incident_id": "copy", "opening_code": "robbery", "duplicate_of": "root"},
            {**DAY, "incident_id": "of nothing", "opening_code": "hoax", "duplicate_of": "gone"},
        ],
    )
    assert frame(con) == {"root": "other", "copy": "hidden_duplicate", "of nothing": "hidden_duplicate"}


@pytest.mark.parametrize(
    ("reported_at", "is_in"),
    [
        ("2018-12-31 23:59", False),
        ("2019-01-01 00:00", True),
        ("2019-06-30 22:59", True),
        ("2019-06-30 23:00", False),  # midnight in the force's summer time
    ],
)
def test_the_days_are_the_forces_own_and_both_included(reported_at: str, is_in: bool):
    con = facts(macros=True, incident=[{"incident_id": "a", "reported_at": reported_at, "opening_code": "robbery"}])
    assert bool(frame(con, "date '2019-01-01', date '2019-06-30'")) is is_in


ESTIMATE: Row = {
    "period_kind": "sample", "period_id": "2018-Q4", "quarter": "2018-10-01", "scope": "inspection", "domain": "all",
    "ratio": 0.9, "design_effect": 1.4,
}  # fmt: skip
RESULT: Row = {"sample_id": "2018-Q4", "stratum": "violence", "sampled": 50, "held": 40, "required": 60, "recorded": 50}


def prior(*estimates: Row, results: list[Row] | None = None, **references: Any) -> dict[str, dict[str, Any]]:
    """What audit_prior makes of two logs of violence, one of which has two crimes, and one of other crime."""
    con = facts(
        macros=True,
        incident=[
            {**DAY, "incident_id": name, "opening_code": code}
            for name, code in (("a", "harassment"), ("b", "harassment"), ("c", "robbery"))
        ],
        crime=[{"crime_ref": ref, "incident_id": "a", "recorded_at": "2019-02-11 10:00"} for ref in ("1", "2")],
        references=references,
    )
    con.execute(
        "create table audited (period_kind varchar, period_id varchar, quarter date, scope varchar, domain varchar, "
        "ratio double, design_effect double); create table results (sample_id varchar, stratum varchar, sampled int, "
        "held int, required int, recorded int)"
    )
    for name, rows in (("audited", estimates), ("results", results or [])):
        for row in rows:
            con.execute(f"insert into {name} by name select {', '.join(f'${key} as {key}' for key in row)}", row)
    query = "from audit_prior(date '2019-01-01', date '2019-03-31', estimates := 'audited', results := 'results')"
    return {row["stratum"]: row for row in sql.rows(con, query)}


BASIS = "recorded crimes and the last inspection"


def test_without_an_audit_the_crimes_recorded_and_the_inspection_tell():
    found = prior()
    violence = found["violence"]
    assert (violence["population"], violence["design_effect"]) == (2, 1)
    assert violence["rate"] == pytest.approx(0.834)
    assert violence["crimes_per_log"] == pytest.approx(2 / 2 / 0.834)
    assert violence["held_share"] == pytest.approx(1 / 2 / 0.834)
    assert (found["other"]["crimes_per_log"], found["other"]["population"], violence["basis"]) == (0, 1, BASIS)
    assert not violence["may_hide"]


def test_without_an_inspection_of_ones_own_the_most_demanding_rate_is_taken():
    elsewhere: Row = {"measure": "all", "rate_pct": 90, "half_width_points": 2, "is_own_force": False}
    elsewhere |= {"published": "2019-01-01"}
    assert prior(ref_inspection_baseline=[elsewhere])["violence"]["rate"] == 0.5


def test_the_last_audit_tells_what_it_can():
    older: Row = {**ESTIMATE, "period_id": "2018-Q3", "quarter": "2018-07-01", "ratio": 0.7}
    others = [
        {**ESTIMATE, "period_kind": "rolling_year", "quarter": "2019-01-01", "ratio": 0.1},
        {**ESTIMATE, "scope": "whole_frame", "quarter": "2019-01-01", "ratio": 0.1},
        {**ESTIMATE, "domain": "violence", "quarter": "2019-01-01", "ratio": 0.1},
        {**ESTIMATE, "period_id": "2019-Q1", "quarter": "2019-01-01", "ratio": None},
    ]
    found = prior(older, ESTIMATE, *others, results=[RESULT, {**RESULT, "sample_id": "2018-Q3", "sampled": 9}])
    assert found["violence"] | {"rate": None} == {
        "stratum": "violence", "may_hide": False, "population": 2, "crimes_per_log": 60 / 50, "held_share": 40 / 50,
        "rate": None, "design_effect": 1.4, "basis": "2018-Q4",
    }  # fmt: skip
    assert found["violence"]["rate"] == pytest.approx(51 / 62)
    assert (found["other"]["rate"], found["other"]["basis"]) == (0.9, BASIS)


@pytest.mark.parametrize(("required", "rate"), [(20, 19 / 22), (19, 0.9)])
def test_a_few_crimes_of_a_stratum_are_no_rate_of_its_own(required: int, rate: float):
    found = prior(ESTIMATE, results=[{**RESULT, "required": required, "recorded": 18}])
    assert found["violence"]["rate"] == pytest.approx(rate)

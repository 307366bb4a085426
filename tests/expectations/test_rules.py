"""Every rule selects exactly the rows that break it, judged straight in DuckDB."""

import pytest

from expectations import RULES, Rule, suite
from expectations.volume import volume_rules
from pipelines.base_rules import base_rules
from pipelines.extracts import EXTRACTS
from tests.expectations.cases import CASES
from tests.expectations.tables import Case, bad_rows, set_up

ALL: dict[str, Rule] = {
    rule.rule_id: rule for rule in (*(rule for extract in EXTRACTS for rule in base_rules(extract)), *RULES)
}
VOLUME = {rule.rule_id for extract in EXTRACTS for rule in volume_rules(extract.name)} | {"crime_behind_incidents"}


def test_every_rule_has_a_case_of_its_own():
    assert set(CASES) == set(ALL) - VOLUME
    assert len(ALL) == len(RULES) + sum(len(base_rules(extract)) for extract in EXTRACTS)


@pytest.mark.parametrize("rule_id", CASES)
def test_the_rule_selects_the_bad_rows_and_no_other(rule_id: str):
    rule, case = ALL[rule_id], CASES[rule_id]
    found = bad_rows(set_up(case.tables(rule.extract)), rule)[rule_id]
    assert sorted(row for row, _ in found if row is not None) == sorted(case.expected)
    assert all(detail for _, detail in found)


def test_extracts_without_rows_break_no_rule():
    assert bad_rows(set_up({}), *ALL.values()) == {rule_id: [] for rule_id in ALL}


@pytest.mark.parametrize("rule_id", [rule_id for rule_id in ALL if rule_id.endswith("_unresolved")])
def test_links_into_an_extract_that_is_not_delivered_are_not_judged(rule_id: str):
    case = CASES[rule_id]
    if case.beside:  # a link within one extract has its target wherever it has rows
        alone = Case(case.bad, case.good)
        assert bad_rows(set_up(alone.tables(ALL[rule_id].extract)), ALL[rule_id]) == {rule_id: []}


def test_what_a_source_does_not_deliver_at_all_is_not_called_missing():
    cancelled, kept = ALL["crime_cancelled_without_code"], ALL["appointment_kept_without_time"]
    statements = set_up(
        {
            "crime": [{"_row": 1, "cancelled_at": "2019-05-01 10:00"}],
            "appointment": [{"_row": 1, "status": "kept"}],
        }
    )
    assert bad_rows(statements, cancelled, kept) == {cancelled.rule_id: [], kept.rule_id: []}


def test_the_detail_names_the_offending_values():
    def details(rule_id: str) -> list[str]:
        rule = ALL[rule_id]
        found = bad_rows(set_up(CASES[rule_id].tables(rule.extract)), rule)
        return [detail for _, detail in found[rule_id]]

    assert details("incident_arrived_before_dispatched") == [
        "arrived_at 2019-05-01 10:00:00, dispatched_at 2019-05-01 10:01:00 (UTC)"
    ]
    assert "qualifiers holds no such code, nor this" in details("incident_qualifier_unknown")
    assert "closed_at 2020-01-01 00:01:00, data cut 2020-01-01 00:00:00 (UTC)" in details("incident_moment_beyond_cut")
    assert "team_id is 5.00E+02, attending_team_id is 5.00E+02" in details("incident_team_damaged")


def test_a_suite_holds_the_rules_of_one_extract():
    assert [rule.extract for rule in suite("team")] == ["team"] * len(suite("team"))
    assert sum(len(suite(extract.name)) for extract in EXTRACTS) == len(RULES)


def test_ids_and_reasons_follow_the_house_style():
    for rule in ALL.values():
        assert rule.rule_id.startswith(f"{rule.extract}_")
        assert rule.reason.endswith(".")

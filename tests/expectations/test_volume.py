"""Volumes against the previous run."""

import pytest

from expectations import RULES, suite
from expectations.volume import volume_rules
from pipelines.extracts import EXTRACTS
from tests.expectations.tables import bad_rows, numbered, set_up


def broken(extract: str, rows: int, previous: int | None, is_full: bool = True) -> set[str]:
    """The volume rules that break, without the extract's name in front."""
    counts = {} if previous is None else {extract: previous}
    statements = set_up({extract: numbered([{}] * rows)}, is_full=is_full, **counts)
    found = bad_rows(statements, *volume_rules(extract))
    assert all(row is None for rows in found.values() for row, _ in rows)
    return {rule_id.removeprefix(f"{extract}_") for rule_id, rows in found.items() if rows}


@pytest.mark.parametrize("extract", [extract.name for extract in EXTRACTS])
@pytest.mark.parametrize(
    ("rows", "previous", "expected"),
    [
        (0, 10, {"empty"}),
        (0, 0, set()),
        (0, None, set()),
        (4, 10, {"shrunk"}),
        (5, 10, set()),
        (14, 10, set()),
        (15, 10, {"grown"}),
        (15, 0, set()),
        (15, None, set()),
    ],
)
def test_bounds_of_a_full_delivery(extract: str, rows: int, previous: int | None, expected: set[str]):
    assert broken(extract, rows, previous) == expected


def test_a_delivery_of_changes_may_be_small_but_not_empty():
    assert broken("incident", 1, 10, is_full=False) == set()
    assert broken("incident", 0, 10, is_full=False) == {"empty"}


def test_the_detail_gives_both_counts():
    statements = set_up({"crime": numbered([{}] * 2)}, crime=10)
    found = bad_rows(statements, *volume_rules("crime"))
    assert found["crime_shrunk"] == [(None, "2 rows; the previous run loaded 10")]


def test_losing_rows_stops_and_gaining_rows_warns():
    assert [rule.severity for rule in volume_rules("incident")] == ["stop", "stop", "warn"]


@pytest.mark.parametrize("moment", ["recorded_at", "reported_at", "occurred_at"])
@pytest.mark.parametrize(("reported", "is_broken"), [("2019-05-08 10:00", False), ("2019-05-08 10:01", True)])
def test_crimes_that_end_more_than_a_week_before_the_logs_are_told(reported: str, is_broken: bool, moment: str):
    rule = next(rule for rule in RULES if rule.rule_id == "crime_behind_incidents")
    rows = {
        "incident": [{"_row": 1, "reported_at": reported}],
        "crime": [{"_row": 1, moment: "2019-05-01 10:00"}],
    }
    assert len(bad_rows(set_up(rows), rule)[rule.rule_id]) == is_broken


@pytest.mark.parametrize("extract", ["audit_stratum", "audit_log", "audit_return", "audit_crime", "record_check"])
def test_audits_may_grow_and_be_taken_back_and_only_their_loss_warns(extract: str):
    (rule,) = [rule for rule in suite(extract) if rule.rule_id in {made.rule_id for made in volume_rules(extract)}]
    assert (rule.rule_id, rule.severity) == (f"{extract}_empty", "warn")
    for rows, previous, is_broken in ((0, 10, True), (0, 0, False), (1, 10, False)):
        statements = set_up({extract: numbered([{}] * rows)}, is_full=True, **{extract: previous})
        assert bool(bad_rows(statements, rule)[rule.rule_id]) is is_broken

"""Why crimes were missed, counted by draw and by rolling year: five draws, worked out by hand."""

from typing import Any

import pytest

import sql
from tests.sql.world import with_estimates

QUARTERS = {"2018-Q1": "2018-01-01", "2018-Q2": "2018-04-01", "2018-Q3": "2018-07-01", "2018-Q4": "2018-10-01",
            "2019-Q1": "2019-01-01"}  # fmt: skip
# sample, stratum, is it recorded, reason, put right
CRIMES = (
    ("2018-Q1", "violence", False, "rules_not_understood", None),
    ("2018-Q2", "violence", False, "rules_not_understood", "2019-06-01"),
    ("2018-Q3", "hidden_other", False, "rules_not_understood", "2019-06-01"),
    ("2018-Q3", "violence", True, None, None),
    ("2018-Q4", "violence", False, None, None),
    ("2019-Q1", "violence", False, "rules_not_understood", None),
    ("2019-Q1", "violence", False, "several_crimes_in_log", None),
)


@pytest.fixture(scope="module")
def failures() -> list[dict[str, Any]]:
    logs = [{"incident_id": f"L{number}", "reported_at": f"{QUARTERS[crime[0]]} 10:00",
             "opening_code": "violence_without_injury"} for number, crime in enumerate(CRIMES)]  # fmt: skip
    keys = [{"sample_id": crime[0], "incident_id": f"L{number}"} for number, crime in enumerate(CRIMES)]
    con = with_estimates(
        incident=logs,
        crime=[{"crime_ref": "C3", "incident_id": "L3", "reported_at": "2018-07-01 10:00",
                "recorded_at": "2018-07-01 12:00", "offence_class": "8N"}],
        audit_stratum=[
            {"sample_id": sample_id, "stratum": stratum, "may_hide": stratum != "violence", "population": 100,
             "sampled": sum(crime[:2] == (sample_id, stratum) for crime in CRIMES), "period_from": first,
             "period_to": first, "cut_at": "2019-05-01 00:00"}
            for sample_id, first in QUARTERS.items() for stratum in ("violence", "hidden_other")
        ],
        audit_log=[{**key, "stratum": crime[1]} for key, crime in zip(keys, CRIMES, strict=True)],
        audit_return=[{**key, "auditor": "a", "audited_at": "2019-05-02 10:00"} for key in keys],
        audit_crime=[
            {**key, "auditor": "a", "n": 1, "required_class": "8N", "is_recorded": crime[2],
             "crime_ref": "C3" if crime[2] else None, "failure_reason": crime[3], "remedied_at": crime[4]}
            for key, crime in zip(keys, CRIMES, strict=True)
        ],
    )  # fmt: skip
    return sql.rows(con, "from audit_failure")


@pytest.mark.parametrize(
    ("period_id", "expected"),
    [
        ("2018-Q1", [("rules_not_understood", 1, 0, 0)]),
        ("2018-Q3", [("rules_not_understood", 0, 1, 1)]),
        ("2018-Q4", [(None, 1, 0, 0)]),
        ("2019-Q1", [("rules_not_understood", 1, 0, 0), ("several_crimes_in_log", 1, 0, 0)]),
        ("2018-Q1 year", [("rules_not_understood", 1, 0, 0)]),
        ("2018-Q4 year", [("rules_not_understood", 2, 1, 2), (None, 1, 0, 0)]),
        ("2019-Q1 year", [("rules_not_understood", 2, 1, 2), ("several_crimes_in_log", 1, 0, 0), (None, 1, 0, 0)]),
    ],
)
def test_failures_are_counted_by_reason_in_scope_and_hidden_and_put_right(
    failures: list[dict[str, Any]], period_id: str, expected: list[tuple[str | None, int, int, int]]
) -> None:
    found = [row for row in failures if row["period_id"] == period_id]
    counts = [(row["failure_reason"], row["in_scope"], row["hidden"], row["put_right"]) for row in found]
    assert counts == expected

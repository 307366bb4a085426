"""The rules of the audit's extracts: the strata of a draw, its logs, and what auditors returned of them."""

from tests.expectations.cases import shapes
from tests.expectations.tables import Case, Row

KEY: Row = {"sample_id": "s", "incident_id": "1"}
STRATUM: Row = {"sample_id": "s", "stratum": "violence"}
DRAWN: dict[str, list[Row]] = {"audit_log": [{**KEY, "stratum": "violence"}]}
FOUND: Row = {**KEY, "auditor": "a", "n": 1}
WHEN: Row = {"period_from": "2019-01-01", "period_to": "2019-03-31", "cut_at": "2019-06-30 10:00"}

AUDIT_STRATUM_CASES: dict[str, Case] = {
    "audit_stratum_size_negative": Case(
        bad=[{"population": -1, "sampled": 0}, {"population": 1, "sampled": -1}],
        good=[{"population": 0, "sampled": 0}, {"population": None, "sampled": 1}],
    ),
    "audit_stratum_sampled_beyond_population": Case(
        bad=[{"population": 9, "sampled": 10}], good=[{"population": 9, "sampled": 9}, {"sampled": 3}]
    ),
    "audit_stratum_ends_before_it_begins": Case(
        bad=[{"period_from": "2019-01-02", "period_to": "2019-01-01"}],
        good=[{"period_from": "2019-01-01", "period_to": "2019-01-01"}, {"period_to": "2019-01-01"}],
    ),
    "audit_stratum_drawn_before_it_ended": Case(
        bad=[{"period_to": "2019-03-31", "cut_at": "2019-03-31 00:00"}],
        good=[{"period_to": "2019-03-31", "cut_at": "2019-03-31 00:01"}, {"cut_at": "2019-03-31 00:00"}],
    ),
    "audit_stratum_cut_beyond_data": shapes.beyond_cut("cut_at"),
    "audit_stratum_draw_differs": Case(
        bad=[
            {**WHEN, "sample_id": sample, **other}
            for sample, change in (
                ("from", {"period_from": "2019-01-02"}),
                ("to", {"period_to": "2019-03-30"}),
                ("cut", {"cut_at": "2019-06-30 10:01"}),
            )
            for other in ({}, change)
        ],
        good=[{**WHEN, "sample_id": "same"}, {**WHEN, "sample_id": "same"}, {**WHEN, "sample_id": "one"}],
    ),
    "audit_stratum_logs_differ": Case(
        bad=[{**STRATUM, "sampled": 2}, {**STRATUM, "stratum": "other", "sampled": 1}, {**STRATUM, "sampled": 0}],
        good=[{**STRATUM, "sampled": 1}, {**STRATUM, "sample_id": "t", "sampled": 0}],
        beside=DRAWN,
    ),
}

AUDIT_LOG_CASES: dict[str, Case] = {
    "audit_log_incident_damaged": shapes.damaged("incident_id"),
    "audit_log_incident_unresolved": shapes.unresolved("incident_id", "incident", "incident_id"),
    "audit_log_stratum_unresolved": Case(
        bad=[{**STRATUM, "stratum": "other"}, {**STRATUM, "sample_id": "t"}],
        good=[STRATUM],
        beside={"audit_stratum": [STRATUM, {"sample_id": "t", "stratum": "sexual"}]},
    ),
}

AUDIT_RETURN_CASES: dict[str, Case] = {
    "audit_return_incident_damaged": shapes.damaged("incident_id"),
    "audit_return_not_drawn": Case(
        bad=[{**KEY, "incident_id": "2"}, {**KEY, "sample_id": "t"}], good=[KEY], beside=DRAWN
    ),
    "audit_return_stratum_differs": Case(
        bad=[{**KEY, "stratum": "other"}],
        good=[{**KEY, "stratum": "violence"}, KEY, {**KEY, "sample_id": "t", "stratum": "other"}],
        beside=DRAWN,
    ),
    "audit_return_audited_beyond_cut": shapes.beyond_cut("audited_at"),
    "audit_return_audited_before_drawn": Case(
        bad=[{**KEY, "audited_at": "2019-06-30 09:59"}],
        good=[{**KEY, "audited_at": "2019-06-30 10:00"}, KEY, {"sample_id": "t", "audited_at": "2019-01-01 10:00"}],
        beside={"audit_stratum": [{**STRATUM, **WHEN}]},
    ),
    "audit_return_marked_by_more_than_two": Case(
        bad=[{**KEY, "auditor": name} for name in ("a", "b", "c")],
        good=[{**KEY, "auditor": "registrar"}]
        + [{**KEY, "incident_id": "2", "auditor": name} for name in ("a", "b", "registrar")],
    ),
}

AUDIT_CRIME_CASES: dict[str, Case] = {
    "audit_crime_incident_damaged": shapes.damaged("incident_id"),
    "audit_crime_ref_damaged": shapes.damaged("crime_ref"),
    "audit_crime_not_drawn": Case(
        bad=[{**KEY, "incident_id": "2"}, {**KEY, "sample_id": "t"}], good=[KEY], beside=DRAWN
    ),
    "audit_crime_return_missing": Case(
        bad=[{**FOUND, "auditor": "b"}, {**FOUND, "incident_id": "2"}, {**FOUND, "sample_id": "t"}],
        good=[FOUND],
        beside={"audit_return": [{**KEY, "auditor": "a"}]},
    ),
    "audit_crime_numbers_broken": Case(
        bad=[{**FOUND, "n": 0}, {**FOUND, "n": 4}, {**FOUND, "auditor": "b", "n": 2}],
        good=[{**FOUND, "n": 1}, {**FOUND, "incident_id": "2", "n": 1}, {**FOUND, "incident_id": "2", "n": 2}],
    ),
    "audit_crime_ref_unresolved": shapes.unresolved("crime_ref", "crime", "crime_ref"),
    "audit_crime_ref_repeated": Case(
        bad=[{**FOUND, "n": 2, "crime_ref": "c", "is_recorded": True}],
        good=[
            {**FOUND, "n": 1, "crime_ref": "c", "is_recorded": True},
            {**FOUND, "n": 3, "crime_ref": "c", "is_recorded": False},
            {**FOUND, "auditor": "b", "crime_ref": "c", "is_recorded": True},
            {**FOUND, "incident_id": "2", "crime_ref": "c", "is_recorded": True},
            {**FOUND, "n": 4, "is_recorded": True},
            {**FOUND, "n": 5, "is_recorded": True},
        ],
    ),
    "audit_crime_without_verdict": Case(bad=[{"n": 1}], good=[{"is_recorded": True}, {"is_recorded": False}]),
    "audit_crime_recorded_without_ref": Case(
        bad=[{"is_recorded": True}],
        good=[{"is_recorded": True, "crime_ref": "c"}, {"is_recorded": False}, {"is_recorded": None}],
    ),
    "audit_crime_ref_but_not_recorded": Case(
        bad=[{"is_recorded": False, "crime_ref": "c"}],
        good=[
            {"is_recorded": True, "crime_ref": "c"},
            {"is_recorded": None, "crime_ref": "c"},
            {"is_recorded": False},
            {"is_recorded": False, "crime_ref": "c", "remedied_at": "2019-05-01 10:00"},
        ],
    ),
    "audit_crime_failure_without_reason": Case(
        bad=[{"is_recorded": False}],
        good=[{"is_recorded": False, "failure_reason": "x"}, {"is_recorded": True}, {"is_recorded": None}],
    ),
    "audit_crime_reason_but_recorded": Case(
        bad=[{"is_recorded": True, "failure_reason": "x"}],
        good=[{"is_recorded": False, "failure_reason": "x"}, {"failure_reason": "x"}, {"is_recorded": True}],
    ),
    "audit_crime_failure_reason_unknown": shapes.unknown_code("failure_reason", "coercive_control"),
    "audit_crime_class_missing": Case(bad=[{"n": 1}], good=[{"required_class": "8N"}]),
    "audit_crime_class_unknown": shapes.unknown_code("required_class", "8N", "N100"),
    "audit_crime_class_is_no_crime": Case(
        bad=[{"required_class": "N100"}, {"required_class": "N100/01"}],
        good=[{"required_class": "8N"}, {"required_class": None}],
    ),
    "audit_crime_remedied_beyond_cut": shapes.beyond_cut("remedied_at"),
}

AUDIT_CASES: dict[str, Case] = {
    **AUDIT_STRATUM_CASES,
    **AUDIT_LOG_CASES,
    **AUDIT_RETURN_CASES,
    **AUDIT_CRIME_CASES,
}

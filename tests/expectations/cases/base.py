"""The rules that follow from the declarations (`pipelines.base_rules`)."""

from pipelines.extracts import EXTRACTS, Extract
from tests.expectations.tables import Case


def _missing(column: str) -> Case:
    return Case(bad=[{column: None}], good=[{column: "2019-05-01 10:00"}])


def _not_allowed(column: str, unknown: str, *allowed: str) -> Case:
    return Case(bad=[{column: unknown}], good=[{column: value} for value in (*allowed, None)])


def _repeated(column: str) -> Case:
    return Case(
        bad=[{column: "A1", "_row": 7}, {column: "A1", "_row": 9}],
        good=[
            {column: "A1", "_row": 3},
            {column: "A2", "_row": 4},
            {column: None, "_row": 5},
            {column: None, "_row": 6},
        ],
    )


SOME: dict[str, object] = {"text": "A1", "code": "A1", "staff": "A1", "flag": False, "count": 0, "day": "2019-05-01",
                           "moment": "2019-05-01 10:00"}  # fmt: skip


def _of_audits(extract: Extract) -> dict[str, Case]:
    """Every column of the key and every other that is required left empty in turn; the whole key given twice."""
    full = {column.name: SOME[column.kind] for column in extract.columns if column.is_required}
    other = {name: 7 if isinstance(full[name], int) else "B2" for name in extract.key}
    missing = {f"{extract.name}_{name}_missing": Case(bad=[{**full, name: None}], good=[full]) for name in full}
    repeated = Case(
        bad=[{**full, "_row": 9}],
        good=[{**full, "_row": 3}, *({**full, name: value, "_row": 20 + len(name)} for name, value in other.items())],
    )
    return {**missing, f"{extract.name}_key_repeated": repeated}


ROLES = ("investigator", "supervisor", "decision_maker", "registrar")

BASE_CASES: dict[str, Case] = {
    "incident_incident_id_missing": _missing("incident_id"),
    "incident_reported_at_missing": _missing("reported_at"),
    "incident_closure_check_result_not_allowed": _not_allowed(
        "closure_check_result", "OK", "agreed", "changed", "returned", "not_covered"
    ),
    "incident_key_repeated": _repeated("incident_id"),
    "crime_crime_ref_missing": _missing("crime_ref"),
    "crime_cancellation_code_not_allowed": _not_allowed("cancellation_code", "C6", "C1", "C2", "C3", "C4", "C5"),
    "crime_cancelled_by_role_not_allowed": _not_allowed("cancelled_by_role", "sergeant", *ROLES),
    "crime_reclassified_by_role_not_allowed": _not_allowed("reclassified_by_role", "Registrar", *ROLES),
    "crime_late_approved_by_role_not_allowed": _not_allowed("late_approved_by_role", "", *ROLES),
    "crime_key_repeated": _repeated("crime_ref"),
    "appointment_appointment_id_missing": _missing("appointment_id"),
    "appointment_status_not_allowed": _not_allowed("status", "done", "booked", "kept", "cancelled", "missed"),
    "appointment_cancelled_by_not_allowed": _not_allowed("cancelled_by", "witness", "police", "victim"),
    "appointment_key_repeated": _repeated("appointment_id"),
    "team_team_id_missing": _missing("team_id"),
    "team_name_missing": _missing("name"),
    "team_key_repeated": _repeated("team_id"),
    "record_check_kind_not_allowed": _not_allowed("kind", "C2", "cancellation", "reclassification", "n100"),
    **{name: case for extract in EXTRACTS[4:] for name, case in _of_audits(extract).items()},
}

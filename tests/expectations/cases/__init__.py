"""For every rule but those on volume: rows that break it and rows that do not."""

from tests.expectations.cases.appointment import APPOINTMENT_CASES
from tests.expectations.cases.audit import AUDIT_CASES
from tests.expectations.cases.base import BASE_CASES
from tests.expectations.cases.crime import CRIME_CASES
from tests.expectations.cases.incident import INCIDENT_CASES
from tests.expectations.cases.record_check import RECORD_CHECK_CASES
from tests.expectations.cases.staff import STAFF_CASES
from tests.expectations.cases.team import TEAM_CASES
from tests.expectations.tables import Case

CASES: dict[str, Case] = {
    **BASE_CASES,
    **INCIDENT_CASES,
    **CRIME_CASES,
    **APPOINTMENT_CASES,
    **TEAM_CASES,
    **AUDIT_CASES,
    **RECORD_CHECK_CASES,
    **STAFF_CASES,
}

"""What must hold of the extracts: one suite an extract. `expectations.validate` gets the verdicts on them."""

from expectations.appointment import APPOINTMENT_RULES
from expectations.audit_crime import AUDIT_CRIME_RULES
from expectations.audit_log import AUDIT_LOG_RULES
from expectations.audit_return import AUDIT_RETURN_RULES
from expectations.audit_stratum import AUDIT_STRATUM_RULES
from expectations.crime import CRIME_RULES
from expectations.incident import INCIDENT_RULES
from expectations.record_check import RECORD_CHECK_RULES
from expectations.rule import Rule, Severity
from expectations.staff import STAFF_RULES
from expectations.team import TEAM_RULES
from expectations.training import TRAINING_RULES

RULES: tuple[Rule, ...] = (
    *INCIDENT_RULES,
    *CRIME_RULES,
    *APPOINTMENT_RULES,
    *TEAM_RULES,
    *AUDIT_STRATUM_RULES,
    *AUDIT_LOG_RULES,
    *AUDIT_RETURN_RULES,
    *AUDIT_CRIME_RULES,
    *RECORD_CHECK_RULES,
    *STAFF_RULES,
    *TRAINING_RULES,
)


def suite(extract: str) -> tuple[Rule, ...]:
    """The rules of one extract, in the order in which they are shown."""
    return tuple(rule for rule in RULES if rule.extract == extract)


__all__ = ["RULES", "Rule", "Severity", "suite"]

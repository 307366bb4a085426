"""What must hold of the extracts: one suite an extract. `expectations.validate` gets the verdicts on them."""

from expectations.appointment import APPOINTMENT_RULES
from expectations.crime import CRIME_RULES
from expectations.incident import INCIDENT_RULES
from expectations.rule import Rule, Severity
from expectations.team import TEAM_RULES

RULES: tuple[Rule, ...] = (*INCIDENT_RULES, *CRIME_RULES, *APPOINTMENT_RULES, *TEAM_RULES)


def suite(extract: str) -> tuple[Rule, ...]:
    """The rules of one extract, in the order in which they are shown."""
    return tuple(rule for rule in RULES if rule.extract == extract)


__all__ = ["RULES", "Rule", "Severity", "suite"]

"""What we expect of the audit_log extract."""

from expectations import predicates
from expectations.rule import Rule
from expectations.volume import empty_rule

EXTRACT = "audit_log"

AUDIT_LOG_RULES: tuple[Rule, ...] = (
    Rule(
        "audit_log_incident_damaged",
        EXTRACT,
        "reject",
        "A spreadsheet has rounded the log number: nobody can tell which log was drawn.",
        predicates.damaged_by_spreadsheet(EXTRACT, ("incident_id",)),
    ),
    Rule(
        "audit_log_incident_unresolved",
        EXTRACT,
        "warn",
        "A log was drawn that the incident extract does not hold: it is mistyped, or the log is missing.",
        predicates.unresolved(EXTRACT, "incident_id", "incident", "incident_id"),
    ),
    Rule(
        "audit_log_stratum_unresolved",
        EXTRACT,
        "warn",
        "The log was drawn from a stratum whose size is not delivered: the draw gets no rate.",
        predicates.unresolved_together(EXTRACT, ("sample_id", "stratum"), "audit_stratum"),
    ),
    empty_rule(EXTRACT),
)

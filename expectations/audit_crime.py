"""What we expect of the audit_crime extract."""

from expectations import predicates
from expectations.rule import Rule
from expectations.volume import empty_rule

EXTRACT = "audit_crime"

AUDIT_CRIME_RULES: tuple[Rule, ...] = (
    Rule(
        "audit_crime_incident_damaged",
        EXTRACT,
        "reject",
        "A spreadsheet has rounded the log number: nobody can tell which log held the crime.",
        predicates.damaged_by_spreadsheet(EXTRACT, ("incident_id",)),
    ),
    Rule(
        "audit_crime_ref_damaged",
        EXTRACT,
        "warn",
        "A spreadsheet has rounded the crime number: the crime is matched as one without a number.",
        predicates.damaged_by_spreadsheet(EXTRACT, ("crime_ref",)),
    ),
    Rule(
        "audit_crime_not_drawn",
        EXTRACT,
        "warn",
        "The log that held the crime is not in the draw: the crime counts nowhere.",
        predicates.unresolved_together(EXTRACT, ("sample_id", "incident_id"), "audit_log"),
    ),
    Rule(
        "audit_crime_return_missing",
        EXTRACT,
        "warn",
        "The auditor found a crime and did not return the log: the log is not marked by this auditor.",
        predicates.unresolved_together(EXTRACT, ("sample_id", "incident_id", "auditor"), "audit_return"),
    ),
    Rule(
        "audit_crime_numbers_broken",
        EXTRACT,
        "warn",
        "The crimes of a log are not numbered from 1 without a gap: one may have been left out.",
        "select _row, concat('n is ', n, ', crimes of the log: ', crimes) as detail from (select _row, n, count(*)"
        " over (partition by sample_id, incident_id, auditor) as crimes from audit_crime) as numbered"
        " where n < 1 or n > crimes",
    ),
    Rule(
        "audit_crime_ref_unresolved",
        EXTRACT,
        "warn",
        "The auditor names a crime that the crime extract does not hold: it is mistyped, or the crime is missing.",
        predicates.unresolved(EXTRACT, "crime_ref", "crime", "crime_ref"),
    ),
    Rule(
        "audit_crime_ref_repeated",
        EXTRACT,
        "warn",
        "One recorded crime is named for two that should have been recorded: it counts for the first alone.",
        "select _row, concat('crime_ref is ', crime_ref) as detail from (select _row, crime_ref, row_number() over"
        " (partition by sample_id, incident_id, auditor, crime_ref order by n) as place from audit_crime"
        " where is_recorded and crime_ref is not null) as named where place > 1",
    ),
    Rule(
        "audit_crime_without_verdict",
        EXTRACT,
        "warn",
        "Nothing says whether the crime was recorded, so the log is not marked and the draw gets no rate.",
        predicates.meeting(EXTRACT, "is_recorded is null", "'is_recorded is empty'"),
    ),
    Rule(
        "audit_crime_recorded_without_ref",
        EXTRACT,
        "warn",
        "The crime is called recorded and no number says which it is: it is matched with what the log has left.",
        predicates.without(EXTRACT, "crime_ref", "is_recorded", "is_recorded without crime_ref"),
    ),
    Rule(
        "audit_crime_ref_but_not_recorded",
        EXTRACT,
        "warn",
        "The crime is called not recorded, yet a number is given, and nothing says that it was put right since.",
        predicates.meeting(
            EXTRACT,
            "not is_recorded and crime_ref is not null and remedied_at is null",
            "'is_recorded is false, crime_ref is ', crime_ref",
        ),
    ),
    Rule(
        "audit_crime_failure_without_reason",
        EXTRACT,
        "warn",
        "The crime was not recorded and no reason is given, so nobody can learn from it.",
        predicates.without(EXTRACT, "failure_reason", "not is_recorded", "is_recorded is false without failure_reason"),
    ),
    Rule(
        "audit_crime_reason_but_recorded",
        EXTRACT,
        "warn",
        "A reason for failure is given of a crime that is called recorded: one of the two is wrong.",
        predicates.meeting(
            EXTRACT, "is_recorded and failure_reason is not null", "'failure_reason is ', failure_reason"
        ),
    ),
    Rule(
        "audit_crime_failure_reason_unknown",
        EXTRACT,
        "warn",
        "The reason for failure is not a known one: map it in the profile.",
        predicates.unknown_code(EXTRACT, "failure_reason", "ref_failure_reason", "reason_code"),
    ),
    Rule(
        "audit_crime_class_missing",
        EXTRACT,
        "warn",
        "No class is given, so the crime counts for all crime and for no part of it.",
        predicates.without(EXTRACT, "required_class", "true", "required_class is empty"),
    ),
    Rule(
        "audit_crime_class_unknown",
        EXTRACT,
        "warn",
        "The class is not in the notifiable offence lists, so the crime counts for all crime and for no part of it.",
        predicates.unknown_code(EXTRACT, "required_class", "ref_offence_class", "offence_class"),
    ),
    Rule(
        "audit_crime_class_is_no_crime",
        EXTRACT,
        "warn",
        "N100 is a reported incident of rape and no crime: check it as an N100, not as a crime that was required.",
        predicates.meeting(EXTRACT, "required_class like 'N100%'", "'required_class is ', required_class"),
    ),
    Rule(
        "audit_crime_remedied_beyond_cut",
        EXTRACT,
        "warn",
        "The failure was put right after the data cut: the time is wrong, or the data was taken later.",
        predicates.beyond_cut(EXTRACT, ("remedied_at",)),
    ),
    empty_rule(EXTRACT),
)

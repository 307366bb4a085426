"""What we expect of the record_check extract."""

from expectations import predicates
from expectations.rule import Rule
from expectations.volume import empty_rule

EXTRACT = "record_check"


def _unfounded(kind: str, unless: str, detail: str) -> str:
    """Checks of that kind on a crime that does not meet `unless`: there was no such decision to check."""
    return (
        f"select record_check._row, concat('kind is {kind}, ', {detail}) as detail from record_check"
        " inner join crime on record_check.crime_ref = crime.crime_ref"
        f" where record_check.kind = '{kind}' and not coalesce({unless}, false)"
    )


RECORD_CHECK_RULES: tuple[Rule, ...] = (
    Rule(
        "record_check_ref_damaged",
        EXTRACT,
        "reject",
        "A spreadsheet has rounded the crime number: nobody can tell which record was checked.",
        predicates.damaged_by_spreadsheet(EXTRACT, ("crime_ref",)),
    ),
    Rule(
        "record_check_crime_unresolved",
        EXTRACT,
        "warn",
        "The check is of a record that the crime extract does not hold: it is mistyped, or the record is missing.",
        predicates.unresolved(EXTRACT, "crime_ref", "crime", "crime_ref"),
    ),
    Rule(
        "record_check_crime_not_cancelled",
        EXTRACT,
        "warn",
        "A cancellation was checked of a crime that is not cancelled: it is another's, or the crime stands again.",
        _unfounded("cancellation", "crime.cancelled_at is not null", "'cancelled_at is empty'"),
    ),
    Rule(
        "record_check_crime_not_reclassified",
        EXTRACT,
        "warn",
        "A reclassification was checked of a record that has kept its class: it is another's.",
        _unfounded(
            "reclassification",
            "crime.reclassified_at is not null or crime.first_offence_class <> crime.offence_class",
            "'reclassified_at is empty'",
        ),
    ),
    Rule(
        "record_check_crime_is_no_n100",
        EXTRACT,
        "warn",
        "A reported incident of rape (N100) was checked of a record that is and was none: it is another's.",
        _unfounded(
            "n100",
            "concat(crime.offence_class, ' ', crime.first_offence_class) like '%N100%'",
            "'offence_class is ', crime.offence_class",
        ),
    ),
    Rule(
        "record_check_targeting_unknown",
        EXTRACT,
        "warn",
        "Nothing says whether the record was drawn at random or picked: it counts apart, as picked.",
        predicates.meeting(EXTRACT, "is_targeted is null", "'is_targeted is empty'"),
    ),
    Rule(
        "record_check_without_verdict",
        EXTRACT,
        "warn",
        "Nothing says whether the decision was right, so the check does not count.",
        predicates.meeting(EXTRACT, "is_correct is null", "'is_correct is empty'"),
    ),
    Rule(
        "record_check_wrong_without_reason",
        EXTRACT,
        "warn",
        "The decision was wrong and no reason is given, so nobody can learn from it.",
        predicates.without(EXTRACT, "reason", "not is_correct", "is_correct is false without reason"),
    ),
    empty_rule(EXTRACT),
)

"""The rules of the record_check extract."""

from tests.expectations.cases import shapes
from tests.expectations.tables import Case, Row

CRIMES: list[Row] = [
    {"crime_ref": "stands", "offence_class": "8N"},
    {"crime_ref": "cancelled", "offence_class": "8N", "cancelled_at": "2019-05-01 10:00"},
    {"crime_ref": "moved", "offence_class": "8N", "reclassified_at": "2019-05-01 10:00"},
    {"crime_ref": "other class", "offence_class": "8N", "first_offence_class": "5D"},
    {"crime_ref": "same class", "offence_class": "8N", "first_offence_class": "8N"},
    {"crime_ref": "n100", "offence_class": "N100/02"},
    {"crime_ref": "was n100", "offence_class": "19C", "first_offence_class": "N100"},
    {"crime_ref": "without class"},
]


def founded(kind: str, *good: str) -> Case:
    """Checks of that kind are bad on every crime but these; other kinds, and unknown crimes, are not judged."""
    bad = [row["crime_ref"] for row in CRIMES if row["crime_ref"] not in good]
    other = "n100" if kind == "cancellation" else "cancellation"
    return Case(
        bad=[{"kind": kind, "crime_ref": ref} for ref in bad],
        good=[{"kind": kind, "crime_ref": ref} for ref in (*good, "unknown")]
        + [{"kind": other, "crime_ref": ref} for ref in bad],
        beside={"crime": CRIMES},
    )


RECORD_CHECK_CASES: dict[str, Case] = {
    "record_check_ref_damaged": shapes.damaged("crime_ref"),
    "record_check_crime_unresolved": shapes.unresolved("crime_ref", "crime", "crime_ref"),
    "record_check_crime_not_cancelled": founded("cancellation", "cancelled"),
    "record_check_crime_not_reclassified": founded("reclassification", "moved", "other class", "was n100"),
    "record_check_crime_is_no_n100": founded("n100", "n100", "was n100"),
    "record_check_targeting_unknown": Case(
        bad=[{"crime_ref": "a"}], good=[{"is_targeted": True}, {"is_targeted": False}]
    ),
    "record_check_without_verdict": Case(bad=[{"crime_ref": "a"}], good=[{"is_correct": True}, {"is_correct": False}]),
    "record_check_wrong_without_reason": Case(
        bad=[{"is_correct": False}],
        good=[{"is_correct": False, "reason": "x"}, {"is_correct": True}, {"is_correct": None}],
    ),
}

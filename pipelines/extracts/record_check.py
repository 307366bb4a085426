"""The record_check extract: one row an audited decision on a record: a cancellation, a reclassification or an N100."""

from pipelines.extracts.audit_return import AUDITOR
from pipelines.extracts.declare import Column, Extract

RECORD_CHECK = Extract(
    name="record_check",
    row="an audited decision on a record, and the auditor who checked it",
    key=("sample_id", "crime_ref", "kind", "auditor"),
    columns=(
        Column("sample_id", "text", "Name of the sample of records.", is_required=True),
        Column("crime_ref", "text", "Record that was checked.", is_required=True, identifies="crime_ref"),
        AUDITOR,
        Column(
            "kind",
            "code",
            "Decision that was checked: cancellation, reclassification or n100 (rape kept as a reported incident).",
            is_required=True,
            allowed=("cancellation", "reclassification", "n100"),
        ),
        Column("is_correct", "flag", "Whether the decision was right."),
        Column("reason", "code", "Why it was not."),
        Column(
            "is_targeted",
            "flag",
            "Whether the record was picked rather than drawn at random: such checks are never added to random ones.",
        ),
    ),
)

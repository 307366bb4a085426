"""The audit_crime extract: one row a crime that should have been recorded, and the auditor who says so. A log that held
no crime has a row in audit_return and none here."""

from pipelines.extracts.audit_return import AUDITOR
from pipelines.extracts.declare import Column, Extract

AUDIT_CRIME = Extract(
    name="audit_crime",
    row="a crime that should have been recorded, and the auditor who says so",
    key=("sample_id", "incident_id", "auditor", "n"),
    columns=(
        Column("sample_id", "text", "Name of the draw.", is_required=True),
        Column("incident_id", "text", "Incident log that held the crime.", is_required=True, identifies="incident_id"),
        AUDITOR,
        Column("n", "count", "Number of the crime within the log and auditor, from 1.", is_required=True),
        Column("required_class", "code", "Offence class it should have been recorded as.", codes_from="offence_class"),
        Column("is_domestic_abuse", "flag", "Whether it was domestic abuse, by the auditor's reading."),
        Column("is_recorded", "flag", "Whether the auditor found it recorded."),
        Column("crime_ref", "text", "Crime record that the auditor found for it.", identifies="crime_ref"),
        Column("class_correct", "flag", "Whether it is recorded under the right class."),
        Column("recorded_within_24h", "flag", "Whether it was recorded within 24 hours of the report."),
        Column("failure_reason", "code", "Why it was not recorded.", codes_from="failure_reason"),
        Column("safeguarded", "flag", "Whether the victim was safeguarded although no crime was recorded."),
        Column("remedied_at", "moment", "When the failure was put right."),
    ),
)

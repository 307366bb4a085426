"""The audit_log extract: one row a log drawn at random for an audit."""

from pipelines.extracts.declare import Column, Extract

AUDIT_LOG = Extract(
    name="audit_log",
    row="a log drawn for an audit",
    key=("sample_id", "incident_id"),
    columns=(
        Column("sample_id", "text", "Name of the draw.", is_required=True),
        Column("incident_id", "text", "Incident log that was drawn.", is_required=True, identifies="incident_id"),
        Column("stratum", "code", "Stratum it was drawn from.", is_required=True),
    ),
)

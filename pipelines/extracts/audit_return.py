"""The audit_return extract: one row a log and the auditor who marked it."""

from pipelines.extracts.declare import Column, Extract

REGISTRAR = "registrar"

AUDITOR = Column(
    "auditor",
    "staff",
    "Auditor who marked the log, as a keyed hash; registrar for the Force Crime Registrar, whose rows prevail.",
    is_required=True,
    roles=(REGISTRAR,),
)

AUDIT_RETURN = Extract(
    name="audit_return",
    row="a log and the auditor who marked it",
    key=("sample_id", "incident_id", "auditor"),
    cut_columns=("audited_at",),
    columns=(
        Column("sample_id", "text", "Name of the draw.", is_required=True),
        Column("incident_id", "text", "Incident log that was marked.", is_required=True, identifies="incident_id"),
        AUDITOR,
        Column("stratum", "code", "Stratum that the worksheet gives."),
        Column("audited_at", "moment", "When the log was marked."),
        Column("grade_correct", "flag", "Whether the grade was right for what was reported."),
        Column("summary_accurate", "flag", "Whether the log sums up accurately what the caller said."),
        Column("passed_to_officers", "flag", "Whether all of it was passed to the officers who attended."),
        Column("account_full", "flag", "Whether the log holds as full an account as could be had."),
        Column("crime_made_clear", "flag", "Whether the log makes clear that a crime was reported."),
        Column("first_account_taken", "flag", "Whether the victim's first account was taken and given its weight."),
        Column("believed_after_deployment", "flag", "Whether the victim was believed once officers had been sent."),
        Column("no_crime_reason_valid", "flag", "Whether the reason given for recording no crime is valid."),
    ),
)

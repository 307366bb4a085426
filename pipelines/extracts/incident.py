"""The incident extract: one row an incident log of the control room."""

from pipelines.extracts.declare import Column, Extract

INCIDENT = Extract(
    name="incident",
    row="an incident log",
    key=("incident_id",),
    cut_columns=("reported_at",),
    has_fact=True,
    columns=(
        Column("incident_id", "text", "Number of the incident log.", is_required=True, identifies="incident_id"),
        Column("reported_at", "moment", "When the force first received the report.", is_required=True),
        Column(
            "channel", "code", "How the report came in: 999, 101, online, front_counter, officer, third_party, other."
        ),
        Column("opening_code", "code", "Incident category the log was opened with.", codes_from="incident_category"),
        Column(
            "closing_code", "code", "Incident category the log was last closed with.", codes_from="incident_category"
        ),
        Column("initial_grade", "code", "Grade given first.", codes_from="grade"),
        Column("final_grade", "code", "Grade held last.", codes_from="grade"),
        Column("thrive_recorded", "flag", "Whether a THRIVE assessment is written in the log."),
        Column("regrade_reason", "text", "Reason code written for the last change of grade."),
        Column("dispatched_at", "moment", "When the first officer was sent."),
        Column("arrived_at", "moment", "When the first officer arrived."),
        Column("first_closed_at", "moment", "When the log was closed for the first time."),
        Column("closed_at", "moment", "When the log was last closed."),
        Column("reopened_count", "count", "How often the log was re-opened."),
        Column("duplicate_of", "text", "Incident log of which this one is a duplicate.", identifies="incident_id"),
        Column("crime_ref", "text", "Crime recorded from this log.", identifies="crime_ref"),
        Column("no_crime_reason", "code", "Reason given for recording no crime.", codes_from="no_crime_reason"),
        Column(
            "qualifiers",
            "text",
            "Further category codes the log ever held, separated by semicolons.",
            codes_from="incident_category",
        ),
        Column("is_domestic_abuse", "flag", "Whether the log is flagged as domestic abuse."),
        Column("is_vulnerable", "flag", "Whether the caller or victim is flagged as vulnerable."),
        Column("is_repeat", "flag", "Whether the caller or victim is flagged as a repeat."),
        Column("district", "code", "District the incident happened in."),
        Column("team_id", "text", "Team that took the report.", identifies="team_id"),
        Column("attending_team_id", "text", "Team that attended.", identifies="team_id"),
        Column("handler_id", "staff", "Call handler, as a keyed hash."),
        Column("closed_by", "staff", "Person who last closed the log, as a keyed hash."),
        Column("closure_checked_at", "moment", "When a supervisor checked the closure."),
        Column("closure_checked_by", "staff", "Supervisor who checked the closure, as a keyed hash."),
        Column(
            "closure_check_result",
            "code",
            "What the check found: agreed, changed (a crime was recorded because of it), returned (sent back for "
            "correction), not_covered (crime recording was not part of the check).",
            allowed=("agreed", "changed", "returned", "not_covered"),
        ),
        Column("victim_told_at", "moment", "When the victim was told that no crime was recorded."),
        Column("transferred_to", "text", "Force or body the report was passed to."),
        Column("transferred_ref", "text", "Reference given by the force or body that took the report."),
    ),
)

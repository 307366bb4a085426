"""The crime extract: one row a recorded crime, or a reported incident of rape (N100)."""

from pipelines.extracts.declare import Column, Extract

CRIME = Extract(
    name="crime",
    row="a recorded crime",
    key=("crime_ref",),
    cut_columns=("recorded_at", "reported_at", "occurred_at"),
    has_fact=True,
    columns=(
        Column("crime_ref", "text", "Number of the crime record.", is_required=True, identifies="crime_ref"),
        Column("incident_id", "text", "Incident log the crime was recorded from.", identifies="incident_id"),
        Column("reported_at", "moment", "When the crime was reported to the force."),
        Column("recorded_at", "moment", "When the crime was recorded."),
        Column("occurred_at", "moment", "When the crime happened, or began."),
        Column("offence_code", "code", "Home Office offence code, such as 008/06.", codes_from="offence_code"),
        Column(
            "offence_class",
            "code",
            "Offence class as of the last classification, such as 8N; N100 for a reported incident of rape.",
            codes_from="offence_class",
        ),
        Column("is_domestic_abuse", "flag", "Whether the crime is flagged as domestic abuse."),
        Column("district", "code", "District the crime happened in."),
        Column("team_id", "text", "Team that recorded the crime.", identifies="team_id"),
        Column("recording_unit", "text", "Unit that recorded the crime, such as a crime bureau."),
        Column("cancelled_at", "moment", "When the crime was cancelled."),
        Column(
            "cancellation_code",
            "code",
            "Why the crime was cancelled (CRR p25): C1 transferred, C2 additional verifiable information, C3 "
            "duplicate, C4 recorded in error, C5 self-defence.",
            allowed=("C1", "C2", "C3", "C4", "C5"),
        ),
        Column(
            "cancelled_by_role",
            "code",
            "Role of the person who decided the cancellation: investigator, supervisor, decision_maker (a designated "
            "decision maker, independent of the investigation), registrar.",
            allowed=("investigator", "supervisor", "decision_maker", "registrar"),
        ),
        Column("victim_informed_at", "moment", "When the victim was told of the cancellation."),
        Column(
            "surviving_crime_ref", "text", "Crime that stands in place of one cancelled as C3.", identifies="crime_ref"
        ),
        Column("transferred_to", "text", "Force or body the crime was transferred to (C1)."),
        Column("transferred_ref", "text", "Reference given by the force that took the crime over (C1)."),
        Column("first_offence_class", "code", "Offence class at first recording.", codes_from="offence_class"),
        Column("reclassified_at", "moment", "When the crime was last reclassified."),
        Column(
            "reclassified_by_role",
            "code",
            "Role of the person who decided the reclassification, as for cancelled_by_role.",
            allowed=("investigator", "supervisor", "decision_maker", "registrar"),
        ),
        Column("late_reason", "code", "Reason code given for recording after the limit."),
        Column(
            "late_approved_by_role",
            "code",
            "Role of the person who approved the late recording, as for cancelled_by_role.",
            allowed=("investigator", "supervisor", "decision_maker", "registrar"),
        ),
    ),
)

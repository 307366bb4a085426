"""The appointment extract: one row a diary entry."""

from pipelines.extracts.declare import Column, Extract

APPOINTMENT = Extract(
    name="appointment",
    row="a diary entry",
    key=("appointment_id",),
    cut_columns=("booked_at",),
    has_fact=True,
    columns=(
        Column("appointment_id", "text", "Number of the diary entry.", is_required=True, identifies="appointment_id"),
        Column("incident_id", "text", "Incident log the appointment was made for.", identifies="incident_id"),
        Column("booked_at", "moment", "When the appointment was made."),
        Column("starts_at", "moment", "When the appointment was to begin."),
        Column("ends_at", "moment", "When the appointment was to end."),
        Column("place", "code", "Where it was to be: home, station, phone, video, other."),
        Column(
            "status",
            "code",
            "What became of it: booked (still to come), kept, cancelled, missed.",
            allowed=("booked", "kept", "cancelled", "missed"),
        ),
        Column("replaces", "text", "Diary entry that this one was booked in place of.", identifies="appointment_id"),
        Column(
            "cancelled_by",
            "code",
            "Who cancelled it or failed to appear: police or victim.",
            allowed=("police", "victim"),
        ),
        Column("attended_at", "moment", "When police and victim met."),
        Column("team_id", "text", "Team that was to keep the appointment.", identifies="team_id"),
    ),
)

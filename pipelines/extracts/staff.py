"""The staff extract: one row a person, known by a keyed hash alone."""

from pipelines.extracts.declare import Column, Extract

STAFF = Extract(
    name="staff",
    row="a member of staff",
    key=("staff_id",),
    columns=(
        Column("staff_id", "staff", "The person, as a keyed hash.", is_required=True),
        Column("team_id", "text", "Team the person belongs to.", identifies="team_id"),
        Column("role", "code", "Role, such as call_handler, supervisor, response_officer or crime_recorder."),
        Column("started_on", "day", "First day in the role."),
        Column("left_on", "day", "Last day in the role; empty while the person holds it."),
    ),
)

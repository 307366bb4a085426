"""The team extract: one row a team."""

from pipelines.extracts.declare import Column, Extract

TEAM = Extract(
    name="team",
    row="a team",
    key=("team_id",),
    columns=(
        Column(
            "team_id",
            "text",
            "Short name of the team, as the other extracts give it.",
            is_required=True,
            identifies="team_id",
        ),
        Column("name", "text", "Name of the team as people say it.", is_required=True),
        Column("command", "text", "Command the team belongs to."),
        Column("district", "code", "District the team works in."),
    ),
)

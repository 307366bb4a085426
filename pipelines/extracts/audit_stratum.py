"""The audit_stratum extract: one row a stratum of a draw. What is estimated from a sample uses these rows, however the
logs are coded since."""

from pipelines.extracts.declare import Column, Extract

AUDIT_STRATUM = Extract(
    name="audit_stratum",
    row="a stratum of a draw",
    key=("sample_id", "stratum"),
    columns=(
        Column("sample_id", "text", "Name of the draw, such as 2019-Q1.", is_required=True),
        Column("stratum", "code", "Name of the stratum, such as violence.", is_required=True),
        Column(
            "may_hide",
            "flag",
            "Whether no code of its logs indicates a crime, so that any crime in them is hidden; else they are of the "
            "inspection scope.",
            is_required=True,
        ),
        Column("population", "count", "Logs of the stratum when it was drawn (N).", is_required=True),
        Column("sampled", "count", "Logs of it that were drawn (n).", is_required=True),
        Column("period_from", "day", "First day of the reports drawn from.", is_required=True),
        Column("period_to", "day", "Last day of the reports drawn from.", is_required=True),
        Column(
            "cut_at",
            "moment",
            "Data cut of the snapshot drawn from: a crime recorded later does not count as recorded.",
            is_required=True,
        ),
        Column("run", "text", "Run that built the snapshot drawn from."),
        Column("seed", "count", "Seed of the draw: with it and the snapshot the same logs are drawn again."),
    ),
)

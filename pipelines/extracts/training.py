"""The training extract: one row a person and a module of training."""

from pipelines.extracts.declare import Column, Extract

TRAINING = Extract(
    name="training",
    row="a person and a module of training",
    key=("staff_id", "module"),
    cut_columns=("completed_at",),
    columns=(
        Column("staff_id", "staff", "The person, as a keyed hash.", is_required=True),
        Column("module", "code", "Module of training.", is_required=True, codes_from="training_module"),
        Column("completed_at", "moment", "When the person last completed it."),
        Column("expires_at", "moment", "When it has to be done again; empty where it never has."),
    ),
)

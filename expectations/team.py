"""What we expect of the team extract."""

from expectations import predicates
from expectations.rule import Rule
from expectations.volume import volume_rules

EXTRACT = "team"

TEAM_RULES: tuple[Rule, ...] = (
    Rule(
        "team_name_repeated",
        EXTRACT,
        "warn",
        "Two teams of one district share a name: people cannot tell them apart in a chart.",
        predicates.repeated(EXTRACT, ("name", "district")),
    ),
    Rule(
        "team_damaged",
        EXTRACT,
        "warn",
        "A spreadsheet has turned a team into a number such as 5.00E+02: different teams may be counted as one.",
        predicates.damaged_by_spreadsheet(EXTRACT, ("team_id",)),
    ),
    *volume_rules(EXTRACT),
)

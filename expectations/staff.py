"""What we expect of the staff extract."""

from expectations import predicates
from expectations.rule import Rule
from expectations.volume import volume_rules

EXTRACT = "staff"

STAFF_RULES: tuple[Rule, ...] = (
    Rule(
        "staff_left_before_started",
        EXTRACT,
        "warn",
        "The person left before starting: one of the two days is wrong, and the person counts as gone.",
        predicates.meeting(EXTRACT, "left_on < started_on", "'left_on is ', left_on, ', started_on is ', started_on"),
    ),
    Rule(
        "staff_role_missing",
        EXTRACT,
        "warn",
        "No role is given, so nobody can tell which training the person needs.",
        predicates.without(EXTRACT, "role", "true", "role is empty"),
    ),
    Rule(
        "staff_team_unresolved",
        EXTRACT,
        "warn",
        "The person's team is not in the team extract: its figures have no name and no district.",
        predicates.unresolved(EXTRACT, "team_id", "team", "team_id"),
    ),
    Rule(
        "staff_team_damaged",
        EXTRACT,
        "warn",
        "A spreadsheet has turned a team into a number such as 5.00E+02: different teams may be counted as one.",
        predicates.damaged_by_spreadsheet(EXTRACT, ("team_id",)),
    ),
    *volume_rules(EXTRACT),
)

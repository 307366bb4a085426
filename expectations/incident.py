"""What we expect of the incident extract."""

from expectations import predicates
from expectations.rule import Rule
from expectations.volume import volume_rules

EXTRACT = "incident"

CHANNELS = ("999", "101", "online", "front_counter", "officer", "third_party", "other")

INCIDENT_RULES: tuple[Rule, ...] = (
    Rule(
        "incident_id_damaged",
        EXTRACT,
        "reject",
        "A spreadsheet has rounded the log number: different logs would share it and overwrite each other.",
        predicates.damaged_by_spreadsheet(EXTRACT, ("incident_id",)),
    ),
    Rule(
        "incident_reported_beyond_cut",
        EXTRACT,
        "reject",
        "The report is dated after the data cut: it cannot have been received yet.",
        predicates.beyond_cut(EXTRACT, ("reported_at",)),
    ),
    Rule(
        "incident_moment_beyond_cut",
        EXTRACT,
        "warn",
        "A moment of the log lies after the data cut: it is wrong, or the data was taken later than its newest report.",
        predicates.beyond_cut(
            EXTRACT,
            ("dispatched_at", "arrived_at", "first_closed_at", "closed_at", "closure_checked_at", "victim_told_at"),
        ),
    ),
    Rule(
        "incident_silence",
        EXTRACT,
        "warn",
        "More than 31 days pass without a report before this one: a delivery is missing, or its date is wrong.",
        predicates.after_silence(EXTRACT, "reported_at", 31),
    ),
    Rule(
        "incident_dispatched_before_reported",
        EXTRACT,
        "warn",
        "An officer was sent before the report was received: one of the two times is wrong.",
        predicates.out_of_order(EXTRACT, "reported_at", "dispatched_at"),
    ),
    Rule(
        "incident_arrived_before_reported",
        EXTRACT,
        "warn",
        "An officer arrived before the report was received: a time is wrong, or the officer came upon the incident.",
        predicates.out_of_order(EXTRACT, "reported_at", "arrived_at"),
    ),
    Rule(
        "incident_arrived_before_dispatched",
        EXTRACT,
        "warn",
        "The officer arrived before being sent: one of the two times is wrong, and so is the response time.",
        predicates.out_of_order(EXTRACT, "dispatched_at", "arrived_at"),
    ),
    Rule(
        "incident_first_closed_before_reported",
        EXTRACT,
        "warn",
        "The log was first closed before the report was received: one of the two times is wrong.",
        predicates.out_of_order(EXTRACT, "reported_at", "first_closed_at"),
    ),
    Rule(
        "incident_closed_before_reported",
        EXTRACT,
        "warn",
        "The log was closed before the report was received: one of the two times is wrong.",
        predicates.out_of_order(EXTRACT, "reported_at", "closed_at"),
    ),
    Rule(
        "incident_closed_before_first_closed",
        EXTRACT,
        "warn",
        "The log's latest closure lies before its first one: one of the two times is wrong.",
        predicates.out_of_order(EXTRACT, "first_closed_at", "closed_at"),
    ),
    Rule(
        "incident_closure_checked_before_reported",
        EXTRACT,
        "warn",
        "The closure was checked before the report was received: one of the two times is wrong.",
        predicates.out_of_order(EXTRACT, "reported_at", "closure_checked_at"),
    ),
    Rule(
        "incident_victim_told_before_reported",
        EXTRACT,
        "warn",
        "The victim was told of the outcome before the report was received: one of the two times is wrong.",
        predicates.out_of_order(EXTRACT, "reported_at", "victim_told_at"),
    ),
    Rule(
        "incident_reopened_count_negative",
        EXTRACT,
        "warn",
        "A log cannot have been re-opened fewer than no times.",
        "select _row, concat('reopened_count is ', reopened_count) as detail from incident where reopened_count < 0",
    ),
    Rule(
        "incident_channel_unknown",
        EXTRACT,
        "warn",
        f"The channel is not one of {', '.join(CHANNELS)}: map it in the profile.",
        predicates.not_allowed(EXTRACT, "channel", CHANNELS),
    ),
    Rule(
        "incident_opening_code_unknown",
        EXTRACT,
        "warn",
        "The opening code is no known incident category, so it cannot bring the log into scope: map it in the profile.",
        predicates.unknown_code(EXTRACT, "opening_code", "ref_incident_category", "category_code"),
    ),
    Rule(
        "incident_closing_code_unknown",
        EXTRACT,
        "warn",
        "The closing code is no known incident category, so it cannot bring the log into scope: map it in the profile.",
        predicates.unknown_code(EXTRACT, "closing_code", "ref_incident_category", "category_code"),
    ),
    Rule(
        "incident_qualifier_unknown",
        EXTRACT,
        "warn",
        "A qualifier is no known incident category, so it cannot bring the log into scope: map it in the profile.",
        predicates.unknown_in_list(EXTRACT, "qualifiers", "ref_incident_category", "category_code"),
    ),
    Rule(
        "incident_initial_grade_unknown",
        EXTRACT,
        "warn",
        "The first grade is not in the list of grades, so it cannot set a response target: map it in the profile.",
        predicates.unknown_code(EXTRACT, "initial_grade", "ref_grade", "grade_code"),
    ),
    Rule(
        "incident_final_grade_unknown",
        EXTRACT,
        "warn",
        "The last grade is not in the list of grades, so it cannot set a response target: map it in the profile.",
        predicates.unknown_code(EXTRACT, "final_grade", "ref_grade", "grade_code"),
    ),
    Rule(
        "incident_no_crime_reason_unknown",
        EXTRACT,
        "warn",
        "The reason for recording no crime is not a known one, so it explains nothing: map it in the profile.",
        predicates.unknown_code(EXTRACT, "no_crime_reason", "ref_no_crime_reason", "reason_code"),
    ),
    Rule(
        "incident_crime_ref_unresolved",
        EXTRACT,
        "warn",
        "The log names a crime that the crime extract does not hold: it is mistyped, or the crime is missing.",
        predicates.unresolved(EXTRACT, "crime_ref", "crime", "crime_ref"),
    ),
    Rule(
        "incident_duplicate_of_unresolved",
        EXTRACT,
        "warn",
        "The log is called a duplicate of one that the extract does not hold: its outcome cannot be followed.",
        predicates.unresolved(EXTRACT, "duplicate_of", "incident", "incident_id"),
    ),
    Rule(
        "incident_duplicate_of_itself",
        EXTRACT,
        "warn",
        "The log is called a duplicate of itself: its outcome cannot be followed.",
        predicates.names_itself(EXTRACT, "duplicate_of", "incident_id"),
    ),
    Rule(
        "incident_team_unresolved",
        EXTRACT,
        "warn",
        "The team that took the report is not in the team extract: its figures have no name and no command.",
        predicates.unresolved(EXTRACT, "team_id", "team", "team_id"),
    ),
    Rule(
        "incident_attending_team_unresolved",
        EXTRACT,
        "warn",
        "The team that attended is not in the team extract: its figures have no name and no command.",
        predicates.unresolved(EXTRACT, "attending_team_id", "team", "team_id"),
    ),
    Rule(
        "incident_team_damaged",
        EXTRACT,
        "warn",
        "A spreadsheet has turned a team into a number such as 5.00E+02: different teams may be counted as one.",
        predicates.damaged_by_spreadsheet(EXTRACT, ("team_id", "attending_team_id")),
    ),
    *volume_rules(EXTRACT),
)

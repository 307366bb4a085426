"""What we expect of the crime extract."""

from expectations import predicates
from expectations.rule import Rule
from expectations.volume import volume_rules

EXTRACT = "crime"

CRIME_RULES: tuple[Rule, ...] = (
    Rule(
        "crime_ref_damaged",
        EXTRACT,
        "reject",
        "A spreadsheet has rounded the crime number: different crimes would share it and overwrite each other.",
        predicates.damaged_by_spreadsheet(EXTRACT, ("crime_ref",)),
    ),
    Rule(
        "crime_reported_beyond_cut",
        EXTRACT,
        "reject",
        "The report is dated after the data cut: it cannot have been received yet.",
        predicates.beyond_cut(EXTRACT, ("reported_at",)),
    ),
    Rule(
        "crime_moment_beyond_cut",
        EXTRACT,
        "warn",
        "A moment of the crime record lies after the data cut: it is wrong, or the data was taken later.",
        predicates.beyond_cut(
            EXTRACT, ("recorded_at", "occurred_at", "cancelled_at", "victim_informed_at", "reclassified_at")
        ),
    ),
    Rule(
        "crime_behind_incidents",
        EXTRACT,
        "warn",
        "The crimes end more than a week before the incident logs: logs since then look unrecorded and may not be.",
        predicates.behind(EXTRACT, ("recorded_at", "reported_at", "occurred_at"), "incident", "reported_at", 7),
    ),
    Rule(
        "crime_recorded_before_reported",
        EXTRACT,
        "warn",
        "The crime was recorded before it was reported: one of the two times is wrong, and so is the time taken.",
        predicates.out_of_order(EXTRACT, "reported_at", "recorded_at"),
    ),
    Rule(
        "crime_reported_before_occurred",
        EXTRACT,
        "warn",
        "The crime was reported before it happened: one of the two times is wrong.",
        predicates.out_of_order(EXTRACT, "occurred_at", "reported_at"),
    ),
    Rule(
        "crime_cancelled_before_recorded",
        EXTRACT,
        "warn",
        "The crime was cancelled before it was recorded: one of the two times is wrong.",
        predicates.out_of_order(EXTRACT, "recorded_at", "cancelled_at"),
    ),
    Rule(
        "crime_reclassified_before_recorded",
        EXTRACT,
        "warn",
        "The crime was reclassified before it was recorded: one of the two times is wrong.",
        predicates.out_of_order(EXTRACT, "recorded_at", "reclassified_at"),
    ),
    Rule(
        "crime_cancelled_without_code",
        EXTRACT,
        "warn",
        "The crime was cancelled and no code says why, so nobody can check that it was right.",
        predicates.without(
            EXTRACT, "cancellation_code", "cancelled_at is not null", "cancelled_at without cancellation_code"
        ),
    ),
    Rule(
        "crime_cancellation_code_without_time",
        EXTRACT,
        "warn",
        "A cancellation code is given and no time, so the crime still counts as standing.",
        predicates.without(
            EXTRACT, "cancelled_at", "cancellation_code is not null", "cancellation_code without cancelled_at"
        ),
    ),
    Rule(
        "crime_offence_class_unknown",
        EXTRACT,
        "warn",
        "The offence class is not in the notifiable offence lists, so the crime has no offence group.",
        predicates.unknown_code(EXTRACT, "offence_class", "ref_offence_class", "offence_class"),
    ),
    Rule(
        "crime_offence_class_out_of_force",
        EXTRACT,
        "warn",
        "The crime was recorded under an offence class before that came in or after it was replaced: the class or the "
        "time is wrong. The reference table offence_crosswalk says what replaced it.",
        predicates.out_of_force(EXTRACT, "offence_class", "recorded_at", "ref_offence_class", "offence_class"),
    ),
    Rule(
        "crime_first_offence_class_unknown",
        EXTRACT,
        "warn",
        "The first offence class is not in the notifiable offence lists, so a reclassification cannot be judged.",
        predicates.unknown_code(EXTRACT, "first_offence_class", "ref_offence_class", "offence_class"),
    ),
    Rule(
        "crime_offence_code_unknown",
        EXTRACT,
        "warn",
        "The offence code is not in the Home Office list of codes.",
        predicates.unknown_code(EXTRACT, "offence_code", "ref_offence_code", "offence_code"),
    ),
    Rule(
        "crime_incident_unresolved",
        EXTRACT,
        "warn",
        "The crime names a log that the incident extract does not hold: the number is mistyped, or the log is missing.",
        predicates.unresolved(EXTRACT, "incident_id", "incident", "incident_id"),
    ),
    Rule(
        "crime_surviving_crime_unresolved",
        EXTRACT,
        "warn",
        "The crime that should stand in place of a cancelled duplicate is not in the extract.",
        predicates.unresolved(EXTRACT, "surviving_crime_ref", "crime", "crime_ref"),
    ),
    Rule(
        "crime_survived_by_itself",
        EXTRACT,
        "warn",
        "The crime is cancelled as a duplicate of itself: no crime is left.",
        predicates.names_itself(EXTRACT, "surviving_crime_ref", "crime_ref"),
    ),
    Rule(
        "crime_team_unresolved",
        EXTRACT,
        "warn",
        "The team that recorded the crime is not in the team extract: its figures have no name and no command.",
        predicates.unresolved(EXTRACT, "team_id", "team", "team_id"),
    ),
    Rule(
        "crime_team_damaged",
        EXTRACT,
        "warn",
        "A spreadsheet has turned a team into a number such as 5.00E+02: different teams may be counted as one.",
        predicates.damaged_by_spreadsheet(EXTRACT, ("team_id",)),
    ),
    *volume_rules(EXTRACT),
)

"""What we expect of the appointment extract."""

from expectations import predicates
from expectations.rule import Rule
from expectations.volume import volume_rules

EXTRACT = "appointment"

PLACES = ("home", "station", "phone", "video", "other")

APPOINTMENT_RULES: tuple[Rule, ...] = (
    Rule(
        "appointment_id_damaged",
        EXTRACT,
        "reject",
        "A spreadsheet has rounded the entry's number: different entries would share it and overwrite each other.",
        predicates.damaged_by_spreadsheet(EXTRACT, ("appointment_id",)),
    ),
    Rule(
        "appointment_moment_beyond_cut",
        EXTRACT,
        "warn",
        "The appointment was booked or kept after the data cut: the time is wrong, or the data was taken later.",
        predicates.beyond_cut(EXTRACT, ("booked_at", "attended_at")),
    ),
    Rule(
        "appointment_starts_before_booked",
        EXTRACT,
        "warn",
        "The appointment begins before it was booked: one of the two times is wrong, and so is the wait.",
        predicates.out_of_order(EXTRACT, "booked_at", "starts_at"),
    ),
    Rule(
        "appointment_ends_before_starts",
        EXTRACT,
        "warn",
        "The appointment ends before it begins: one of the two times is wrong.",
        predicates.out_of_order(EXTRACT, "starts_at", "ends_at"),
    ),
    Rule(
        "appointment_attended_before_booked",
        EXTRACT,
        "warn",
        "Police and victim met before the appointment was booked: one of the two times is wrong.",
        predicates.out_of_order(EXTRACT, "booked_at", "attended_at"),
    ),
    Rule(
        "appointment_kept_without_time",
        EXTRACT,
        "warn",
        "The appointment is called kept and nothing says when police and victim met.",
        predicates.without(EXTRACT, "attended_at", "status = 'kept'", "status is kept without attended_at"),
    ),
    Rule(
        "appointment_attended_but_not_kept",
        EXTRACT,
        "warn",
        "Police and victim met although the appointment is called cancelled or missed: one of the two is wrong.",
        "select _row, concat('status is ', status, ', attended_at ', attended_at, ' (UTC)') as detail from appointment"
        " where attended_at is not null and status in ('cancelled', 'missed')",
    ),
    Rule(
        "appointment_place_unknown",
        EXTRACT,
        "warn",
        f"The place is not one of {', '.join(PLACES)}: map it in the profile.",
        predicates.not_allowed(EXTRACT, "place", PLACES),
    ),
    Rule(
        "appointment_incident_unresolved",
        EXTRACT,
        "warn",
        "The appointment names a log that the incident extract does not hold: it is mistyped, or the log is missing.",
        predicates.unresolved(EXTRACT, "incident_id", "incident", "incident_id"),
    ),
    Rule(
        "appointment_replaces_unresolved",
        EXTRACT,
        "warn",
        "The appointment replaces one that the extract does not hold: the chain of re-bookings is cut.",
        predicates.unresolved(EXTRACT, "replaces", "appointment", "appointment_id"),
    ),
    Rule(
        "appointment_replaces_itself",
        EXTRACT,
        "warn",
        "The appointment replaces itself: the chain of re-bookings has no beginning.",
        predicates.names_itself(EXTRACT, "replaces", "appointment_id"),
    ),
    Rule(
        "appointment_team_unresolved",
        EXTRACT,
        "warn",
        "The team that was to keep it is not in the team extract: its figures have no name and no command.",
        predicates.unresolved(EXTRACT, "team_id", "team", "team_id"),
    ),
    Rule(
        "appointment_team_damaged",
        EXTRACT,
        "warn",
        "A spreadsheet has turned a team into a number such as 5.00E+02: different teams may be counted as one.",
        predicates.damaged_by_spreadsheet(EXTRACT, ("team_id",)),
    ),
    *volume_rules(EXTRACT),
)

"""The rules of the appointment extract."""

from tests.expectations.cases import shapes
from tests.expectations.tables import Case

MET = "2019-05-01 10:00"

APPOINTMENT_CASES: dict[str, Case] = {
    "appointment_id_damaged": shapes.damaged("appointment_id"),
    "appointment_moment_beyond_cut": shapes.beyond_cut("booked_at", "attended_at"),
    "appointment_starts_before_booked": shapes.out_of_order("booked_at", "starts_at"),
    "appointment_ends_before_starts": shapes.out_of_order("starts_at", "ends_at"),
    "appointment_attended_before_booked": shapes.out_of_order("booked_at", "attended_at"),
    "appointment_kept_without_time": Case(
        bad=[{"status": "kept"}],
        good=[{"status": "kept", "attended_at": MET}, {"status": "missed"}, {"status": None}],
    ),
    "appointment_attended_but_not_kept": Case(
        bad=[{"status": "cancelled", "attended_at": MET}, {"status": "missed", "attended_at": MET}],
        good=[
            {"status": "kept", "attended_at": MET},
            {"status": "booked", "attended_at": MET},
            {"status": None, "attended_at": MET},
            {"status": "missed"},
        ],
    ),
    "appointment_place_unknown": Case(
        bad=[{"place": "pub"}],
        good=[{"place": place} for place in ("home", "station", "phone", "video", "other", None)],
    ),
    "appointment_incident_unresolved": shapes.unresolved("incident_id", "incident", "incident_id"),
    "appointment_replaces_unresolved": Case(
        bad=[{"appointment_id": "P1", "replaces": "gone"}],
        good=[{"appointment_id": "P2", "replaces": "P1"}, {"appointment_id": "P3", "replaces": None}],
    ),
    "appointment_replaces_itself": shapes.names_itself("replaces", "appointment_id"),
    "appointment_team_unresolved": shapes.unresolved("team_id", "team", "team_id"),
    "appointment_team_damaged": shapes.damaged("team_id"),
}

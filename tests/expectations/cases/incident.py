"""The rules of the incident extract."""

from tests.expectations.cases import shapes
from tests.expectations.tables import Case

INCIDENT_CASES: dict[str, Case] = {
    "incident_id_damaged": shapes.damaged("incident_id"),
    "incident_reported_beyond_cut": shapes.beyond_cut("reported_at"),
    "incident_moment_beyond_cut": shapes.beyond_cut(
        "dispatched_at", "arrived_at", "first_closed_at", "closed_at", "closure_checked_at", "victim_told_at"
    ),
    "incident_silence": Case(
        bad=[{"reported_at": "2019-07-02 09:00"}, {"reported_at": "2099-01-01 09:00"}],
        good=[
            {"reported_at": "2019-07-02 08:00", "_row": 9},  # same day, later row
            {"reported_at": "2019-05-31 23:00"},  # 31 days after the one below, 32 days before the one above
            {"reported_at": "2019-04-30 23:00"},
            {"reported_at": None},
        ],
    ),
    "incident_dispatched_before_reported": shapes.out_of_order("reported_at", "dispatched_at"),
    "incident_arrived_before_reported": shapes.out_of_order("reported_at", "arrived_at"),
    "incident_arrived_before_dispatched": shapes.out_of_order("dispatched_at", "arrived_at"),
    "incident_first_closed_before_reported": shapes.out_of_order("reported_at", "first_closed_at"),
    "incident_closed_before_reported": shapes.out_of_order("reported_at", "closed_at"),
    "incident_closed_before_first_closed": shapes.out_of_order("first_closed_at", "closed_at"),
    "incident_closure_checked_before_reported": shapes.out_of_order("reported_at", "closure_checked_at"),
    "incident_victim_told_before_reported": shapes.out_of_order("reported_at", "victim_told_at"),
    "incident_reopened_count_negative": Case(
        bad=[{"reopened_count": -1}], good=[{"reopened_count": 0}, {"reopened_count": 3}, {"reopened_count": None}]
    ),
    "incident_channel_unknown": Case(
        bad=[{"channel": "Emergency"}, {"channel": "112"}],
        good=[
            {"channel": channel}
            for channel in ("999", "101", "online", "front_counter", "officer", "third_party", "other", None)
        ],
    ),
    "incident_opening_code_unknown": shapes.unknown_code("opening_code", "robbery", "hoax"),
    "incident_closing_code_unknown": shapes.unknown_code("closing_code", "robbery", "hoax"),
    "incident_qualifier_unknown": Case(
        bad=[{"qualifiers": "robbery;no such code;nor this"}, {"qualifiers": "no such code"}],
        good=[
            {"qualifiers": "robbery"},
            {"qualifiers": "robbery; harassment;hoax;"},
            {"qualifiers": ""},
            {"qualifiers": None},
        ],
    ),
    "incident_initial_grade_unknown": shapes.unknown_code("initial_grade", "emergency", "standard"),
    "incident_final_grade_unknown": shapes.unknown_code("final_grade", "emergency", "standard"),
    "incident_no_crime_reason_unknown": shapes.unknown_code("no_crime_reason", "victim_untraced"),
    "incident_crime_ref_unresolved": shapes.unresolved("crime_ref", "crime", "crime_ref"),
    "incident_duplicate_of_unresolved": Case(
        bad=[{"incident_id": "A1", "duplicate_of": "gone"}],
        good=[{"incident_id": "A2", "duplicate_of": "A1"}, {"incident_id": "A3", "duplicate_of": None}],
    ),
    "incident_duplicate_of_itself": shapes.names_itself("duplicate_of", "incident_id"),
    "incident_team_unresolved": shapes.unresolved("team_id", "team", "team_id"),
    "incident_attending_team_unresolved": shapes.unresolved("attending_team_id", "team", "team_id"),
    "incident_team_damaged": Case(
        bad=[
            {"team_id": "5.00E+02"},
            {"attending_team_id": "5.00E+02"},
            {"team_id": "5.00E+02", "attending_team_id": "5.00E+02"},
        ],
        good=[{"team_id": "5E02", "attending_team_id": "5Q02"}, {"team_id": None}],
    ),
}

"""The rules of the crime extract."""

from tests.expectations.cases import shapes
from tests.expectations.tables import Case

CRIME_CASES: dict[str, Case] = {
    "crime_ref_damaged": shapes.damaged("crime_ref"),
    "crime_reported_beyond_cut": shapes.beyond_cut("reported_at"),
    "crime_moment_beyond_cut": shapes.beyond_cut(
        "recorded_at", "occurred_at", "cancelled_at", "victim_informed_at", "reclassified_at"
    ),
    "crime_recorded_before_reported": shapes.out_of_order("reported_at", "recorded_at"),
    "crime_reported_before_occurred": shapes.out_of_order("occurred_at", "reported_at"),
    "crime_cancelled_before_recorded": shapes.out_of_order("recorded_at", "cancelled_at"),
    "crime_reclassified_before_recorded": shapes.out_of_order("recorded_at", "reclassified_at"),
    "crime_cancelled_without_code": Case(
        bad=[{"cancelled_at": "2019-05-01 10:00"}],
        good=[{"cancelled_at": "2019-05-01 10:00", "cancellation_code": "C4"}, {"cancelled_at": None}],
    ),
    "crime_cancellation_code_without_time": Case(
        bad=[{"cancellation_code": "C4"}],
        good=[{"cancelled_at": "2019-05-01 10:00", "cancellation_code": "C4"}, {"cancellation_code": None}],
    ),
    "crime_offence_class_unknown": shapes.unknown_code("offence_class", "8N", "N100"),
    "crime_offence_class_out_of_force": Case(
        bad=[
            {"offence_class": "28I", "recorded_at": "2023-03-31 23:59"},
            {"offence_class": "28E", "recorded_at": "2023-04-01 00:00"},
            {"offence_class": "28E", "recorded_at": "2017-03-31 10:00"},
        ],
        good=[
            {"offence_class": "28I", "recorded_at": "2023-04-01 00:00"},
            {"offence_class": "28E", "recorded_at": "2023-03-31 23:59"},
            {"offence_class": "28E", "recorded_at": None},
            {"offence_class": "8N", "recorded_at": "1999-01-01 10:00"},
            {"offence_class": None, "recorded_at": "1999-01-01 10:00"},
        ],
    ),
    "crime_first_offence_class_unknown": shapes.unknown_code("first_offence_class", "8N", "N100"),
    "crime_offence_code_unknown": shapes.unknown_code("offence_code", "008/06"),
    "crime_incident_unresolved": shapes.unresolved("incident_id", "incident", "incident_id"),
    "crime_surviving_crime_unresolved": Case(
        bad=[{"crime_ref": "C1", "surviving_crime_ref": "gone"}],
        good=[{"crime_ref": "C2", "surviving_crime_ref": "C1"}, {"crime_ref": "C3", "surviving_crime_ref": None}],
    ),
    "crime_survived_by_itself": shapes.names_itself("surviving_crime_ref", "crime_ref"),
    "crime_team_unresolved": shapes.unresolved("team_id", "team", "team_id"),
    "crime_team_damaged": shapes.damaged("team_id"),
}

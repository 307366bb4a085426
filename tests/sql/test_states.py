"""Recording states, one log each, by hand."""

from tests.sql.world import column, world


def test_each_log_takes_the_first_state_that_applies() -> None:
    log = {"reported_at": "2018-05-01 10:00", "opening_code": "violence_without_injury"}
    con = world(
        incident=[
            {**log, "incident_id": "in_time", "crime_ref": "c1"},
            {**log, "incident_id": "late"},
            {**log, "incident_id": "no_time"},
            {**log, "incident_id": "reasoned", "no_crime_reason": "victim_untraced"},
            {**log, "incident_id": "bare", "no_crime_reason": "not_a_crime"},
            {**log, "incident_id": "young", "reported_at": "2019-12-30 10:00"},
            {**log, "incident_id": "welfare", "opening_code": "concern_for_safety"},
            {**log, "incident_id": "welfare_linked", "opening_code": "concern_for_safety", "crime_ref": "c1"},
            {**log, "incident_id": "passed_on", "transferred_to": "BTP", "transferred_ref": "B1"},
            {**log, "incident_id": "said_passed_on", "transferred_to": "BTP"},
            {**log, "incident_id": "twin", "duplicate_of": "in_time"},
            {**log, "incident_id": "orphan", "duplicate_of": "nowhere"},
            {**log, "incident_id": "circle_a", "duplicate_of": "circle_b"},
            {**log, "incident_id": "circle_b", "duplicate_of": "circle_a"},
            {**log, "incident_id": "follow_up", "reported_at": "2018-06-01 10:00", "crime_ref": "c1"},
            {**log, "incident_id": "rape_report", "crime_ref": "n1"},
        ],
        crime=[
            {"crime_ref": "c1", "recorded_at": "2018-05-02 10:00", "offence_class": "105A"},
            {"crime_ref": "c2", "incident_id": "late", "recorded_at": "2018-05-02 10:01", "offence_class": "105A"},
            {"crime_ref": "c3", "incident_id": "no_time", "offence_class": "105A"},
            {"crime_ref": "n1", "recorded_at": "2018-05-01 11:00", "offence_class": "N100/01"},
        ],
    )
    assert column(con, "fact_incident", "incident_id", "recording_state") == {
        "in_time": "recorded_in_time",
        "late": "recorded_late",
        "no_time": "recorded_time_unknown",
        "reasoned": "explained",
        "bare": "unexplained",
        "young": "pending",
        "welfare": "out_of_scope",
        "welfare_linked": "linked_only",
        "passed_on": "not_ours",
        "said_passed_on": "unexplained",
        "twin": "duplicate",
        "orphan": "duplicate_unresolved",
        "circle_a": "duplicate_unresolved",
        "circle_b": "duplicate_unresolved",
        "follow_up": "existing_crime",
        "rape_report": "reported_incident",
    }


def test_an_old_crime_does_not_make_a_new_reported_incident_a_recorded_crime() -> None:
    con = world(
        incident=[{"incident_id": "i", "reported_at": "2018-05-10 10:00", "opening_code": "rape"}],
        crime=[
            {"crime_ref": "old", "incident_id": "i", "recorded_at": "2018-01-01 10:00", "offence_class": "19C"},
            {"crime_ref": "new", "incident_id": "i", "recorded_at": "2018-05-10 11:00", "offence_class": "N100/01"},
        ],
    )
    assert column(con, "fact_incident", "incident_id", "recording_state") == {"i": "reported_incident"}


def test_overlapping_targets_never_double_a_record() -> None:
    con = world(
        incident=[{"incident_id": "i", "reported_at": "2018-05-10 10:00", "initial_grade": "emergency"}],
        appointment=[{"appointment_id": "a", "incident_id": "i", "booked_at": "2018-05-10 11:00"}],
        targets=[
            {"target_id": "response", "grade_code": "emergency", "value": 15, "unit": "minutes"},
            {"target_id": "response", "grade_code": "emergency", "value": 20, "unit": "minutes"},
            {"target_id": "appointment_wait", "grade_code": "appointment", "value": 2880, "unit": "minutes"},
            {"target_id": "appointment_wait", "grade_code": "standard", "value": 600, "unit": "minutes"},
        ],
    )
    assert con.execute("select incident_id, response_target_minutes from fact_incident").fetchall() == [("i", 15.0)]
    assert con.execute("select appointment_id, wait_target_minutes from fact_appointment").fetchall() == [("a", 600.0)]

"""Recording states, one log each, by hand."""

from tests.sql.world import Row, column, facts

LOG: Row = {"reported_at": "2018-05-01 10:00", "opening_code": "violence_without_injury"}
SOON, LATE, BEFORE = "2018-05-01 11:00", "2018-05-03 10:00", "2018-04-01 10:00"
REASON = {"no_crime_reason": "victim_untraced"}


def crime(ref: str, log: str, recorded_at: str | None, offence_class: str = "105A") -> Row:
    return {"crime_ref": ref, "incident_id": log, "recorded_at": recorded_at, "offence_class": offence_class}


def states(incident: list[Row], crimes: list[Row] | None = None, data_cut: str = "2019-12-31") -> dict[str, str]:
    return column(facts(incident, crimes, data_cut=data_cut), "fact_incident", "incident_id", "recording_state")


def test_each_log_takes_the_first_state_that_applies() -> None:
    log = {"reported_at": "2018-05-01 10:00", "opening_code": "violence_without_injury"}
    con = facts(
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
    con = facts(
        incident=[{"incident_id": "i", "reported_at": "2018-05-10 10:00", "opening_code": "rape"}],
        crime=[
            {"crime_ref": "old", "incident_id": "i", "recorded_at": "2018-01-01 10:00", "offence_class": "19C"},
            {"crime_ref": "new", "incident_id": "i", "recorded_at": "2018-05-10 11:00", "offence_class": "N100/01"},
        ],
    )
    assert column(con, "fact_incident", "incident_id", "recording_state") == {"i": "reported_incident"}


def test_overlapping_targets_never_double_a_record() -> None:
    con = facts(
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


def test_of_two_neighbouring_states_the_first_stands() -> None:
    young = {"reported_at": "2019-12-30 10:00"}
    passed_on = {"transferred_to": "BTP", "transferred_ref": "B1"}
    welfare = {"opening_code": "concern_for_safety"}
    found = states(
        incident=[
            {**LOG, "incident_id": "linked_only or not_ours", **welfare, **passed_on},
            {**LOG, "incident_id": "out_of_scope or not_ours", **welfare, **passed_on},
            {**LOG, "incident_id": "out_of_scope or duplicate", **welfare, "duplicate_of": "root"},
            {**LOG, "incident_id": "not_ours or duplicate_unresolved", **passed_on, "duplicate_of": "nowhere"},
            {**LOG, "incident_id": "not_ours or duplicate", **passed_on, "duplicate_of": "root"},
            {**LOG, "incident_id": "not_ours or recorded", **passed_on},
            {**LOG, "incident_id": "duplicate_unresolved or recorded", "duplicate_of": "nowhere"},
            {**LOG, "incident_id": "duplicate or explained", **REASON, "duplicate_of": "root"},
            {**LOG, "incident_id": "root", "reported_at": "2018-05-01 10:00"},
            {**LOG, "incident_id": "existing_crime or explained", **REASON},
            {**LOG, "incident_id": "existing_crime or recorded"},
            {**LOG, "incident_id": "recorded or reported_incident"},
            {**LOG, "incident_id": "recorded or explained", **REASON},
            {**LOG, "incident_id": "reported_incident or explained", **REASON},
            {**LOG, "incident_id": "explained or pending", **REASON, **young},
            {**LOG, "incident_id": "pending or unexplained", **young},
        ],
        crimes=[
            crime("1", "linked_only or not_ours", SOON),
            crime("2", "not_ours or recorded", SOON),
            crime("3", "duplicate_unresolved or recorded", SOON),
            crime("4", "existing_crime or explained", BEFORE),
            crime("5", "existing_crime or recorded", BEFORE),
            crime("6", "existing_crime or recorded", LATE),
            crime("7", "recorded or reported_incident", SOON),
            crime("8", "recorded or reported_incident", SOON, "N100/01"),
            crime("9", "recorded or explained", LATE),
            crime("10", "reported_incident or explained", SOON, "N100/01"),
        ],
    )
    assert found == {
        "linked_only or not_ours": "linked_only",
        "out_of_scope or not_ours": "out_of_scope",
        "out_of_scope or duplicate": "out_of_scope",
        "not_ours or duplicate_unresolved": "not_ours",
        "not_ours or duplicate": "not_ours",
        "not_ours or recorded": "not_ours",
        "duplicate_unresolved or recorded": "duplicate_unresolved",
        "duplicate or explained": "duplicate",
        "root": "unexplained",
        "existing_crime or explained": "existing_crime",
        "existing_crime or recorded": "recorded_late",  # the new crime decides, not the follow-up
        "recorded or reported_incident": "recorded_in_time",
        "recorded or explained": "recorded_late",
        "reported_incident or explained": "reported_incident",
        "explained or pending": "explained",
        "pending or unexplained": "pending",
    }


def test_the_limit_is_24_hours_to_the_second() -> None:
    found = states(
        incident=[{**LOG, "incident_id": "at_the_limit"}, {**LOG, "incident_id": "a_second_more"}],
        crimes=[
            crime("1", "at_the_limit", "2018-05-02 10:00:00"),
            crime("2", "a_second_more", "2018-05-02 10:00:01"),
        ],
    )
    assert found == {"at_the_limit": "recorded_in_time", "a_second_more": "recorded_late"}


def test_the_day_the_clock_changes_has_24_hours_of_elapsed_time() -> None:
    # midnight before the spring change to midnight after it: 23 hours by the sun, not by the wall
    found = states(
        incident=[{**LOG, "incident_id": "spring", "reported_at": "2018-03-24 12:00"}],
        crimes=[crime("1", "spring", "2018-03-25 12:00")],
    )
    assert found == {"spring": "recorded_in_time"}


def test_72_hours_until_the_first_local_day_of_april_2015() -> None:
    def judged(zone: str, *reported: str) -> list[str]:
        incident = [{**LOG, "incident_id": at, "reported_at": at} for at in reported]
        con = facts(incident, [crime(at, at, "2015-04-03 10:00") for at in reported], time_zone=zone)
        found = column(con, "fact_incident", "incident_id", "recording_state")
        return [found[at] for at in reported]

    # 1 April began at 23:00 UTC in London, by summer time, and at 05:00 UTC in Chicago
    around = ("2015-03-31 22:59:59", "2015-03-31 23:00", "2015-03-31 23:30")
    assert judged("Europe/London", *around) == ["recorded_in_time", "recorded_late", "recorded_late"]
    around = ("2015-03-31 23:30", "2015-04-01 04:59", "2015-04-01 05:00")
    assert judged("America/Chicago", *around) == ["recorded_in_time", "recorded_in_time", "recorded_late"]


def test_a_log_whose_limit_falls_on_the_data_cut_is_pending_still() -> None:
    log = {**LOG, "incident_id": "i"}
    assert states([log], data_cut="2018-05-02 10:00:00") == {"i": "pending"}
    assert states([log], data_cut="2018-05-02 10:00:01") == {"i": "unexplained"}


def test_a_time_that_is_missing_leaves_the_time_unknown_unless_another_crime_has_one() -> None:
    found = states(
        incident=[{**LOG, "incident_id": name} for name in ("none", "one_in_time", "one_late", "one_before")],
        crimes=[
            crime("1", "none", None),
            crime("2", "one_in_time", None),
            crime("3", "one_in_time", SOON),
            crime("4", "one_late", None),
            crime("5", "one_late", LATE),
            crime("6", "one_before", None),
            crime("7", "one_before", BEFORE),
        ],
    )
    assert found == {
        "none": "recorded_time_unknown",
        "one_in_time": "recorded_in_time",
        "one_late": "recorded_late",
        "one_before": "recorded_time_unknown",
    }


def test_the_first_crime_recorded_decides_and_a_late_one_of_the_same_moment_does() -> None:
    found = states(
        incident=[{**LOG, "incident_id": "prompt_first"}, {**LOG, "incident_id": "same_moment"}],
        crimes=[
            crime("1", "prompt_first", SOON),
            crime("2", "prompt_first", LATE),
            crime("3", "same_moment", SOON),
            {**crime("4", "same_moment", SOON), "reported_at": "2018-04-20 10:00"},  # known to the force for days
        ],
    )
    assert found == {"prompt_first": "recorded_in_time", "same_moment": "recorded_late"}


def test_a_cancelled_crime_was_recorded() -> None:
    cancelled = {"cancelled_at": "2018-06-01 10:00"}
    found = states(
        incident=[{**LOG, "incident_id": code} for code in ("C1", "C2", "C3", "C4", "C5")],
        crimes=[
            {**crime(code, code, SOON), **cancelled, "cancellation_code": code}
            for code in ("C1", "C2", "C3", "C4", "C5")
        ],
    )
    assert set(found.values()) == {"recorded_in_time"}


def test_what_counts_in_the_rate_and_what_is_met() -> None:
    con = facts(
        incident=[
            {**LOG, "incident_id": "recorded_in_time"},
            {**LOG, "incident_id": "recorded_late"},
            {**LOG, "incident_id": "recorded_time_unknown"},
            {**LOG, "incident_id": "explained", **REASON},
            {**LOG, "incident_id": "unexplained"},
            {**LOG, "incident_id": "pending", "reported_at": "2019-12-30 23:00"},
            {**LOG, "incident_id": "reported_incident"},
            {**LOG, "incident_id": "existing_crime"},
            {**LOG, "incident_id": "duplicate", "duplicate_of": "explained"},
            {**LOG, "incident_id": "duplicate_unresolved", "duplicate_of": "nowhere"},
            {**LOG, "incident_id": "not_ours", "transferred_to": "BTP", "transferred_ref": "B1"},
            {**LOG, "incident_id": "linked_only", "opening_code": "alarm"},
            {**LOG, "incident_id": "out_of_scope", "opening_code": "alarm"},
        ],
        crime=[
            crime("1", "recorded_in_time", SOON),
            crime("2", "recorded_late", LATE),
            crime("3", "recorded_time_unknown", None),
            crime("4", "reported_incident", SOON, "N100/01"),
            crime("5", "existing_crime", BEFORE),
            crime("6", "linked_only", SOON),
        ],
    )
    found = con.execute("select incident_id, recording_state, is_in_rate, is_recorded from fact_incident").fetchall()
    recorded = {"recorded_in_time", "recorded_late", "recorded_time_unknown"}
    assert len(found) == 13
    for log, state, is_in_rate, is_recorded in found:
        assert state == log
        assert is_recorded == (log in recorded)
        assert is_in_rate == (log in recorded | {"explained", "unexplained"})

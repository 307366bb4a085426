"""Crimes that an auditor found should have been recorded, matched one to one with recorded ones, by hand."""

from tests.sql.audited import CUT, LOG, audited, log_of, matches
from tests.sql.world import Row

NONE = (None, "none", False)


def test_a_crime_that_the_auditor_names_is_matched_with_that_one():
    con = audited(
        [{"crime_ref": "late"}, {"crime_ref": "early"}],
        [{"crime_ref": "early"}, {"crime_ref": "late", "recorded_at": "2019-01-11 12:00"}],
    )
    assert matches(con) == {1: ("late", "crime_ref", True), 2: ("early", "crime_ref", True)}
    assert log_of(con, "required, recorded, surplus, is_all_recorded, is_marked") == (2, 2, 0, True, True)


def test_a_crime_that_the_auditor_names_need_not_be_linked():
    con = audited([{"crime_ref": "elsewhere"}], [{"crime_ref": "elsewhere", "incident_id": None}])
    assert matches(con) == {1: ("elsewhere", "crime_ref", True)}


def test_a_crime_is_used_once_and_a_surplus_crime_does_not_make_up_for_it():
    con = audited([{"crime_ref": "one"}, {"crime_ref": "one"}], [{"crime_ref": "one"}, {"crime_ref": "two"}])
    assert matches(con) == {1: ("one", "crime_ref", True), 2: NONE}
    assert log_of(con, "required, recorded, surplus, is_all_recorded") == (2, 1, 1, False)


def test_a_crime_said_not_to_be_recorded_leaves_its_number_to_one_that_is():
    con = audited([{"crime_ref": "one", "is_recorded": False}, {"crime_ref": "one"}], [{"crime_ref": "one"}])
    assert matches(con) == {1: NONE, 2: ("one", "crime_ref", True)}


def test_a_surplus_crime_in_one_log_does_not_make_up_for_a_missed_one_in_another():
    con = audited(
        [{"is_recorded": False}, {"incident_id": "other", "n": 1, "crime_ref": "b"}],
        [{"crime_ref": "b", "incident_id": "other"}, {"crime_ref": "c", "incident_id": "other"}],
        incident=[LOG, {**LOG, "incident_id": "other"}],
        drawn=["log", "other"],
    )
    assert log_of(con, "required, recorded, surplus") == (1, 0, 0)
    assert log_of(con, "required, recorded, surplus", "other") == (1, 1, 1)


def test_without_a_number_the_class_decides_and_then_what_is_left():
    con = audited(
        [{"required_class": "8N"}, {"required_class": "8L"}, {"required_class": "9A"}, {"required_class": None}],
        [
            {"crime_ref": "a", "offence_class": "30C"},
            {"crime_ref": "b", "offence_class": "8L"},
            {"crime_ref": "c", "offence_class": "8N"},
        ],
    )
    assert matches(con) == {1: ("c", "class", True), 2: ("b", "class", True), 3: ("a", "log", True), 4: NONE}
    assert log_of(con, "required, recorded, surplus") == (4, 3, 0)


def test_two_of_a_class_are_matched_in_the_order_they_were_recorded():
    con = audited(
        [{"required_class": "8N"}, {"required_class": "8N"}, {"required_class": "8N"}],
        [
            {"crime_ref": "a", "recorded_at": "2019-01-10 14:00"},
            {"crime_ref": "b", "recorded_at": "2019-01-10 13:00"},
        ],
    )
    assert matches(con) == {1: ("b", "class", True), 2: ("a", "class", True), 3: NONE}


def test_a_number_that_no_crime_has_is_none():
    con = audited([{"crime_ref": "mistyped"}], [{"crime_ref": "a"}])
    assert matches(con) == {1: ("a", "log", True)}


def test_a_crime_that_a_number_names_is_not_taken_by_one_without():
    con = audited([{"required_class": "8N"}, {"crime_ref": "a"}], [{"crime_ref": "a"}])
    assert matches(con) == {1: NONE, 2: ("a", "crime_ref", True)}


def test_a_crime_named_as_not_recorded_is_not_taken_by_another():
    con = audited([{"required_class": "8N"}, {"crime_ref": "a", "is_recorded": False}], [{"crime_ref": "a"}])
    assert matches(con) == {1: NONE, 2: NONE}
    assert log_of(con, "surplus") == (1,)


def test_the_auditor_decides_and_the_match_can_only_take_away():
    con = audited([{"is_recorded": False}, {"is_recorded": True}], [{"crime_ref": "a"}, {"crime_ref": "b"}])
    assert matches(con) == {1: NONE, 2: ("a", "log", True)}
    assert log_of(con, "required, recorded, surplus") == (2, 1, 1)
    assert matches(audited([{}], [])) == {1: NONE}


def each_alone(cases: list[tuple[Row, list[Row]]]) -> list[bool | None]:
    """The verdict on one required crime of each case, a crime and the checks of it: first named, then by what is left;
    the cases are so many logs of one draw."""
    found, crime, checks = [], [], []
    for number, (row, checked) in enumerate(cases):
        for crime_ref in (f"a{number}", None):
            log = f"{'named' if crime_ref else 'open'} {number}"
            own = f"{'a' if crime_ref else 'o'}{number}"
            found.append({"incident_id": log, "n": 1, "crime_ref": crime_ref})
            crime.append({**row, "crime_ref": own, "incident_id": log})
            checks += [{"crime_ref": own, **check} for check in checked]
    logs = [row["incident_id"] for row in found]
    con = audited(found, crime, incident=[{**LOG, "incident_id": log} for log in logs], drawn=logs, record_check=checks)
    verdicts = dict(con.execute("select incident_id, is_recorded from fact_audit_crime").fetchall())
    assert all(verdicts[f"named {number}"] == verdicts[f"open {number}"] for number in range(len(cases)))
    return [verdicts[f"named {number}"] for number in range(len(cases))]


def test_what_was_recorded_after_the_draws_data_cut_does_not_count():
    moments = (CUT, "2019-06-30 00:01", None)
    assert each_alone([({"recorded_at": moment}, []) for moment in moments]) == [True, False, True]


def test_the_links_of_a_duplicate_are_its_roots():
    con = audited(
        [{"incident_id": "copy"}],
        [{"crime_ref": "a", "incident_id": "root"}],
        incident=[{**LOG, "incident_id": "root"}, {**LOG, "incident_id": "copy", "duplicate_of": "root"}],
        drawn=["copy"],
    )
    assert matches(con) == {1: ("a", "log", True)}


def test_the_crimes_of_its_root_are_no_surplus_of_a_duplicate():
    con = audited(
        [],
        [{"crime_ref": "a", "incident_id": "root"}],
        incident=[{**LOG, "incident_id": "root"}, {**LOG, "incident_id": "copy", "duplicate_of": "root"}],
        returned=[{"incident_id": "copy"}, {"incident_id": "root"}],
        drawn=["copy", "root"],
    )
    assert log_of(con, "required, recorded, surplus", "copy") == (0, 0, 0)
    assert log_of(con, "required, recorded, surplus", "root") == (0, 0, 1)


def test_follow_up_of_an_earlier_report_counts_only_where_the_auditor_names_it():
    before = [{"crime_ref": "a", "recorded_at": "2019-01-10 09:59"}]
    assert matches(audited([{}], before)) == {1: NONE}
    assert log_of(audited([{}], before), "surplus") == (0,)
    assert matches(audited([{"crime_ref": "a"}], before)) == {1: ("a", "crime_ref", True)}
    assert matches(audited([{}], [{"crime_ref": "a", "recorded_at": "2019-01-10 10:00"}]))[1][2] is True


def test_a_reported_incident_of_rape_is_no_crime():
    con = audited([{"crime_ref": "a"}, {}], [{"crime_ref": "a", "offence_class": "N100/01"}])
    assert matches(con) == {1: NONE, 2: NONE}
    assert log_of(con, "surplus") == (0,)


CANCELLED: Row = {"cancelled_at": "2019-02-01 10:00", "cancellation_code": "C2"}
WRONG: Row = {"sample_id": "checks", "kind": "cancellation", "auditor": "x", "is_correct": False}


RIGHT: Row = {**WRONG, "is_correct": True}
REGISTRAR = {"auditor": "registrar"}
LATER = {"sample_id": "checks 2"}


def test_a_crime_wrongly_cancelled_by_the_cut_does_not_count():
    cases: list[tuple[Row, list[Row], bool]] = [
        (CANCELLED, [], True),
        (CANCELLED, [RIGHT], True),
        (CANCELLED, [{**WRONG, "is_correct": None}], True),
        (CANCELLED, [WRONG], False),
        (CANCELLED, [{**WRONG, "is_targeted": True}], False),
        (CANCELLED, [{**WRONG, "kind": "reclassification"}], True),
        (CANCELLED, [{**WRONG, "crime_ref": "another"}], True),
        (CANCELLED, [WRONG, {**RIGHT, **REGISTRAR}], True),
        (CANCELLED, [RIGHT, {**WRONG, **REGISTRAR}], False),
        (CANCELLED, [WRONG, {**RIGHT, **LATER}], True),
        (CANCELLED, [RIGHT, {**WRONG, **LATER}], False),
        (CANCELLED, [{**WRONG, **REGISTRAR}, {**RIGHT, **LATER}], False),
        ({**CANCELLED, "cancelled_at": CUT}, [WRONG], False),
        ({**CANCELLED, "cancelled_at": "2019-06-30 00:01"}, [WRONG], True),
        ({**CANCELLED, "cancelled_at": None}, [WRONG], True),
    ]
    assert each_alone([(crime, checks) for crime, checks, _ in cases]) == [counts for *_, counts in cases]


def test_a_cancelled_crime_is_matched_after_those_that_stand_and_is_no_surplus():
    con = audited([{}], [{**CANCELLED, "crime_ref": "a"}, {"crime_ref": "b"}])
    assert matches(con) == {1: ("b", "log", True)}
    assert log_of(con, "surplus") == (0,)


PART: Row = {**CANCELLED, "crime_ref": "a", "cancellation_code": "C3", "surviving_crime_ref": "whole"}
WHOLE: Row = {"crime_ref": "whole", "incident_id": None}


def test_a_crime_cancelled_as_part_of_another_is_followed_to_the_one_that_stands():
    for found in ({"crime_ref": "a"}, {"crime_ref": "whole"}):
        assert matches(audited([found], [PART, WHOLE])) == {1: ("whole", "crime_ref", True)}
    assert matches(audited([{}], [PART, WHOLE])) == {1: ("whole", "log", True)}
    both = audited([{"crime_ref": "a"}, {"crime_ref": "whole"}], [PART, WHOLE])
    assert matches(both) == {1: ("whole", "crime_ref", True), 2: NONE}
    assert log_of(both, "surplus") == (0,)


def test_a_crime_wrongly_called_part_of_another_is_not_followed():
    for found in ({"crime_ref": "a"}, {}):
        con = audited([found], [PART, WHOLE], record_check=[{**WRONG, "crime_ref": "a"}])
        assert matches(con) == {1: NONE}
        assert log_of(con, "surplus") == (0,)
    both = [{"crime_ref": "a"}, {"crime_ref": "whole"}]
    wrong = [{**WRONG, "crime_ref": "a"}]
    assert matches(audited(both, [PART, WHOLE], record_check=wrong)) == {1: NONE, 2: ("whole", "crime_ref", True)}
    linked = {"crime_ref": "whole"}
    assert matches(audited([{}], [PART, linked], record_check=wrong)) == {1: ("whole", "log", True)}


def test_a_crime_whose_survivor_was_wrongly_cancelled_does_not_count():
    cancelled = {**WHOLE, **CANCELLED}
    wrong = [{**WRONG, "crime_ref": "whole"}]
    assert matches(audited([{"crime_ref": "a"}], [PART, cancelled], record_check=wrong)) == {1: NONE}
    later = {**cancelled, "cancelled_at": "2019-07-02 10:00"}
    assert matches(audited([{"crime_ref": "a"}], [PART, later], record_check=wrong)) == {
        1: ("whole", "crime_ref", True)
    }


def test_a_crime_joined_with_another_after_the_cut_still_stood():
    later = {**PART, "cancelled_at": "2019-07-02 10:00"}
    young = {**WHOLE, "recorded_at": "2019-07-01 10:00"}
    assert matches(audited([{"crime_ref": "a"}], [later, young])) == {1: ("a", "crime_ref", True)}
    assert matches(audited([{"crime_ref": "a"}], [PART, young])) == {1: NONE}

"""Supervision of closures (R1a), with hand-computed verdicts. A record is a closure: `log/first` or `log/latest`."""

import pytest

from tests.sql.metrics.verdicts import measures, placed, verdicts
from tests.sql.world import Row, facts

LOG: Row = {"reported_at": "2018-05-01 10:00", "opening_code": "criminal_damage", "closed_at": "2018-05-01 12:00"}
WELFARE: Row = dict(LOG, opening_code="concern_for_safety")
AGAIN: Row = dict(LOG, first_closed_at="2018-05-01 12:00", closed_at="2018-05-03 12:00", reopened_count=1)


def test_closures_checked_by_a_supervisor() -> None:
    con = facts(
        incident=[
            dict(LOG, incident_id="checked", closure_checked_at="2018-05-02 10:00"),
            dict(LOG, incident_id="unchecked"),
            dict(
                LOG,
                incident_id="check_of_other_things",
                closure_checked_at="2018-05-02 10:00",
                closure_check_result="not_covered",
            ),
            dict(AGAIN, incident_id="checked_between", closure_checked_at="2018-05-02 10:00"),
            dict(AGAIN, incident_id="checked_at_the_end", closure_checked_at="2018-05-03 12:00"),
            dict(LOG, incident_id="first_time_only", closed_at=None, first_closed_at="2018-05-01 12:00"),
            # not counted
            dict(WELFARE, incident_id="welfare", closure_checked_at="2018-05-02 10:00"),
            dict(LOG, incident_id="open", closed_at=None),
        ],
    )
    assert verdicts(con, "closures_supervised") == {
        "checked/first": True,
        "unchecked/first": False,
        "check_of_other_things/first": True,
        "checked_between/latest": False,
        "checked_at_the_end/latest": True,
        "first_time_only/first": False,
    }
    assert str(placed(con, "closures_supervised")["checked_between/latest"]) == "2018-05-03 12:00:00"


def test_checks_that_covered_crime_recording_and_changed_the_decision() -> None:
    checked: Row = dict(LOG, closure_checked_at="2018-05-02 10:00")
    con = facts(
        incident=[
            dict(checked, incident_id="agreed", closure_check_result="agreed"),
            dict(checked, incident_id="changed", closure_check_result="changed"),
            dict(checked, incident_id="returned", closure_check_result="returned"),
            dict(checked, incident_id="not_covered", closure_check_result="not_covered"),
            dict(checked, incident_id="no_result"),
            dict(AGAIN, incident_id="between", closure_checked_at="2018-05-02 10:00", closure_check_result="returned"),
            dict(checked, **WELFARE, incident_id="welfare", closure_check_result="changed"),
            dict(LOG, incident_id="unchecked"),
            dict(LOG, incident_id="result_without_check", closure_check_result="agreed"),
        ],
    )
    assert verdicts(con, "closures_checked_recording") == {
        "agreed/first": True,
        "changed/first": True,
        "returned/first": True,
        "not_covered/first": False,
        "no_result/first": False,
        "between/first": True,
    }
    assert verdicts(con, "checks_changed_decision") == {
        "agreed/first": False,
        "changed/first": True,
        "returned/first": False,
        "between/first": False,
        "welfare/first": True,
    }


def test_checks_within_a_supervisor_s_capacity() -> None:
    def check(log: str, by: str | None, at: str) -> Row:
        return dict(LOG, incident_id=log, closure_checked_at=at, closure_checked_by=by)

    con = facts(
        incident=[
            check("two_a", "S1", "2018-05-02 09:00"),
            dict(check("two_b", "S1", "2018-05-02 10:00"), opening_code="concern_for_safety"),
            check("three_a", "S2", "2018-05-02 09:00"),
            check("three_b", "S2", "2018-05-02 10:00"),
            # 23:30 UTC is half past midnight, the next local day
            check("three_c", "S2", "2018-05-01 23:30"),
            check("next_day", "S2", "2018-05-02 23:30"),
            check("three_again_a", "S2", "2018-07-02 09:00"),
            check("three_again_b", "S2", "2018-07-02 10:00"),
            check("three_again_c", "S2", "2018-07-02 11:00"),
            # not counted: nobody knows by whom; before any target holds
            check("unknown", None, "2018-05-02 09:00"),
            check("too_early", "S1", "2018-04-30 09:00"),
        ],
    )
    con.execute(
        "insert into ref_target by name select 'closure_checks_per_day' as target_id, value, 'checks' as unit, "
        "valid_from, valid_to from (values (2, date '2018-05-01', date '2018-06-01'), (3, date '2018-06-01', null)) "
        "as held (value, valid_from, valid_to)"
    )
    assert verdicts(con, "checks_within_capacity") == {
        "two_a/first": True,
        "two_b/first": True,
        "three_a/first": False,
        "three_b/first": False,
        "three_c/first": False,
        "next_day/first": True,
        "three_again_a/first": True,
        "three_again_b/first": True,
        "three_again_c/first": True,
    }
    assert measures(con, "checks_within_capacity")["three_c/first"] == 3.0
    con.execute("insert into ref_target by name select 'closure_checks_per_day' as target_id, 1 as value")
    assert verdicts(con, "checks_within_capacity")["two_a/first"] is False, "of two targets, the smaller one"


def test_returned_closures_put_right() -> None:
    returned: Row = dict(LOG, closure_checked_at="2018-05-02 10:00", closure_check_result="returned")
    con = facts(
        incident=[
            dict(returned, incident_id="recorded_after"),
            dict(returned, incident_id="second_recorded_after"),
            dict(returned, incident_id="recorded_before"),
            dict(returned, incident_id="rape_report_after"),
            dict(returned, incident_id="nothing_done"),
            dict(returned, **AGAIN, incident_id="closed_again"),
            dict(returned, **WELFARE, incident_id="welfare"),
            # not counted
            dict(returned, incident_id="agreed", closure_check_result="agreed"),
        ],
        crime=[
            {"crime_ref": "c1", "incident_id": "recorded_after", "recorded_at": "2018-05-02 10:01"},
            {"crime_ref": "c2", "incident_id": "second_recorded_after", "recorded_at": "2018-05-01 10:30"},
            {"crime_ref": "c3", "incident_id": "second_recorded_after", "recorded_at": "2018-05-02 11:00"},
            {"crime_ref": "c4", "incident_id": "recorded_before", "recorded_at": "2018-05-02 10:00"},
            {
                "crime_ref": "n1",
                "incident_id": "rape_report_after",
                "recorded_at": "2018-05-02 11:00",
                "offence_class": "N100",
            },
        ],
    )
    assert verdicts(con, "errors_corrected") == {
        "recorded_after/first": True,
        "second_recorded_after/first": True,
        "recorded_before/first": False,
        "rape_report_after/first": True,
        "nothing_done/first": False,
        "closed_again/first": True,
        "welfare/first": False,
    }


def test_repeated_errors_of_a_handler() -> None:
    def error(log: str, handler: str | None, at: str, result: str = "returned") -> Row:
        return dict(LOG, incident_id=log, handler_id=handler, closure_checked_at=at, closure_check_result=result)

    con = facts(
        incident=[
            error("first", "H1", "2018-05-02 10:00"),
            error("after_90_days", "H1", "2018-07-31 10:00", "changed"),
            error("after_90_days_more", "H1", "2018-10-29 10:00:01"),
            error("other_handler", "H2", "2018-05-03 10:00"),
            error("together_a", "H3", "2018-05-03 10:00"),
            error("together_b", "H3", "2018-05-03 10:00"),
            # not counted
            error("agreed", "H2", "2018-05-02 10:00", "agreed"),
            error("not_covered", "H2", "2018-05-02 11:00", "not_covered"),
            error("unknown_handler", None, "2018-05-03 10:00"),
        ],
    )
    assert verdicts(con, "repeat_errors") == {
        "first/first": False,
        "after_90_days/first": True,
        "after_90_days_more/first": False,
        "other_handler/first": False,
        "together_a/first": False,
        "together_b/first": False,
    }


def test_unchecked_closures_without_a_crime() -> None:
    con = facts(
        incident=[
            dict(LOG, incident_id="unexplained"),
            dict(
                LOG,
                incident_id="explained_checked",
                no_crime_reason="victim_untraced",
                closure_checked_at="2018-05-02 10:00",
            ),
            dict(AGAIN, incident_id="checked_before_the_last", closure_checked_at="2018-05-02 10:00"),
            dict(LOG, incident_id="pending", reported_at="2018-05-10 20:00", closed_at="2018-05-11 00:00"),
            dict(LOG, incident_id="closed_after_the_cut", closed_at="2018-05-12 12:00"),
            # not counted
            dict(LOG, incident_id="recorded", crime_ref="c"),
            dict(LOG, incident_id="open", closed_at=None),
            dict(LOG, incident_id="twin", duplicate_of="open"),
            dict(WELFARE, incident_id="welfare"),
        ],
        crime=[{"crime_ref": "c", "recorded_at": "2018-05-01 11:00"}],
        data_cut="2018-05-11 12:00",
    )
    assert verdicts(con, "closures_unchecked") == {
        "unexplained/first": True,
        "explained_checked/first": False,
        "checked_before_the_last/latest": True,
        "pending/first": True,
        "closed_after_the_cut/first": True,
    }
    assert measures(con, "closures_unchecked") == {
        "unexplained/first": 10.0,
        "explained_checked/first": None,
        "checked_before_the_last/latest": 8.0,
        "pending/first": pytest.approx(0.5),
        "closed_after_the_cut/first": 0.0,
    }

"""Logs drawn for an audit, whose verdict prevails, and the dimensions they carry, by hand."""

from datetime import date, datetime

import pytest

from tests.sql.audited import LOG, STRATUM, audited, log_of, matches
from tests.sql.world import Row, column, facts


@pytest.mark.parametrize(
    ("marks", "prevails", "is_registrar"),
    [
        ([("b", "2019-07-01"), ("a", "2019-07-02")], "b", False),
        ([("b", "2019-07-01"), ("a", "2019-07-01")], "a", False),
        ([("b", "2019-07-01"), ("a", None)], "b", False),
        ([("a", "2019-07-01"), ("registrar", "2019-07-09")], "registrar", True),
        ([("a", "2019-07-01"), ("registrar", None)], "registrar", True),
    ],
)
def test_the_registrar_prevails_and_else_who_marked_first(
    marks: list[tuple[str, str | None]], prevails: str, is_registrar: bool
):
    con = audited(
        [
            {"auditor": who, "n": n, "is_recorded": False}
            for who, _ in marks
            for n in range(1, 3 if who == prevails else 2)
        ],
        returned=[{"auditor": who, "audited_at": day, "grade_correct": who == prevails} for who, day in marks],
    )
    assert log_of(con, "prevailing_auditor, is_registrar_verdict, marker_count, required, grade_correct") == (
        prevails, is_registrar, 2, 2, True,
    )  # fmt: skip
    assert set(matches(con)) == {1, 2}
    assert con.execute("select count(*), count(distinct audit_crime_id) from fact_audit_crime").fetchall() == [(2, 2)]


def test_a_crime_without_a_verdict_leaves_its_log_unmarked():
    con = audited([{"is_recorded": None}, {"is_recorded": False}])
    columns = "is_marked, required, recorded, is_all_recorded, marker_count"
    assert log_of(con, columns) == (False, 2, None, None, 1)
    assert matches(con)[1] == (None, "none", None)
    registrar_is_open = audited([{"is_recorded": False}, {"auditor": "registrar", "n": 1, "is_recorded": None}])
    assert log_of(registrar_is_open, columns) == (False, 1, None, None, 2)


def test_a_log_that_held_no_crime_is_marked_and_one_without_a_return_is_not():
    con = audited(
        [{"incident_id": "no return"}],
        returned=[{"incident_id": "none held"}],
        incident=[{**LOG, "incident_id": name} for name in ("none held", "no return", "untouched")],
        drawn=["none held", "no return", "untouched", "unknown log"],
    )
    columns = "is_marked, required, recorded, surplus, is_all_recorded, marker_count, prevailing_auditor"
    assert log_of(con, columns, "none held") == (True, 0, 0, 0, True, 1, "a")
    for log in ("no return", "untouched", "unknown log"):
        assert log_of(con, columns, log) == (False, None, None, None, None, 0, None)
    assert matches(con) == {}


def test_what_was_not_drawn_is_no_part_of_the_audit():
    con = audited(
        [{"incident_id": "elsewhere"}],
        returned=[{"incident_id": "elsewhere"}, {"incident_id": "log", "sample_id": "2019-Q2"}, {}],
        incident=[LOG, {**LOG, "incident_id": "elsewhere"}],
    )
    assert column(con, "fact_audit_log", "incident_id", "marker_count") == {"log": 1}
    assert matches(con) == {}


def test_a_log_has_the_stratum_of_its_draw_and_the_dimensions_of_its_record():
    team: Row = {"district": "north", "team_id": "t1", "attending_team_id": "t2"}
    details = {"is_domestic_abuse": True, "channel": "999", "initial_grade": "emergency"}
    con = audited(
        [{"required_class": "8L", "is_domestic_abuse": False, "crime_ref": "a"}],
        [{"crime_ref": "a"}],
        incident=[{**LOG, **team, **details, "opening_code": "harassment"}],
        returned=[{"stratum": "other", "audited_at": "2019-07-10 10:00"}],
    )
    assert log_of(con, "audit_log_id, stratum, may_hide, population, sampled, quarter, cut_at, audited_at") == (
        "2019-Q1 log", "violence", False, 100, 1, date(2019, 1, 1), datetime(2019, 6, 30), datetime(2019, 7, 10, 10),
    )  # fmt: skip
    own = "reported_at, district, team_id, channel, grade"
    dimensions = (datetime(2019, 1, 10, 10), "north", "t1", "999", "emergency")
    assert log_of(con, own) == dimensions
    assert log_of(con, "attending_team_id, offence_group, focus_group, is_domestic_abuse") == (
        "t2", "Violence against the person", "harassment", True,
    )  # fmt: skip
    crimes = "audit_crime_id, stratum, may_hide, offence_group, measure, focus_group, is_domestic_abuse, recorded_at"
    assert con.execute(f"select {crimes}, {own} from fact_audit_crime").fetchall() == [
        ("2019-Q1 log 1", "violence", False, "Violence against the person", "violence", "harassment", False,
         datetime(2019, 1, 10, 12), *dimensions),
    ]  # fmt: skip


@pytest.mark.parametrize("period_from", ["2019-02-01", "2019-03-31", "2019-01-01"])
def test_a_draw_belongs_to_the_quarter_it_begins_in(period_from: str):
    con = audited([], stratum=[{**STRATUM, "period_from": period_from}])
    assert log_of(con, "quarter") == (date(2019, 1, 1),)


def test_the_measure_follows_the_auditors_class():
    classes = {"8N": "violence", "19C": "sexual", "34B": "other", "no such": None, None: None}
    con = audited([{"required_class": code} for code in classes])
    assert column(con, "fact_audit_crime", "required_class", "measure") == classes


CHECK: Row = {"sample_id": "s", "crime_ref": "c", "kind": "cancellation", "auditor": "b", "is_correct": True}


def checks(*rows: Row, **crime: str) -> list[tuple]:
    con = facts(crime=[{"crime_ref": "c", **crime}], record_check=[{**CHECK, **row} for row in rows])
    query = "select record_check_id, auditor, is_correct, is_registrar from fact_record_check order by record_check_id"
    return con.execute(query).fetchall()


def test_of_several_checks_of_a_record_the_registrars_verdict_prevails():
    assert checks({}) == [("s cancellation c", "b", True, False)]
    assert checks({}, {"auditor": "registrar", "is_correct": False}) == [("s cancellation c", "registrar", False, True)]
    assert checks({}, {"auditor": "registrar", "is_correct": None}) == [("s cancellation c", "b", True, False)]
    assert checks({}, {"auditor": "a", "is_correct": False}) == [("s cancellation c", "a", False, False)]
    assert len(checks({}, {"kind": "reclassification"}, {"sample_id": "t"}, {"crime_ref": "d"})) == 4


def test_a_check_carries_what_it_judges():
    crime = {
        "crime_ref": "c",
        "reported_at": "2018-12-31 10:00",
        "recorded_at": "2019-01-01 10:00",
        "cancelled_at": "2019-01-02 10:00",
        "reclassified_at": "2019-01-03 10:00",
        "cancellation_code": "C2",
        "offence_class": "8N",
        "district": "north",
        "team_id": "t1",
        "is_domestic_abuse": True,
    }
    con = facts(crime=[crime], record_check=[{**CHECK, "kind": kind} for kind in ("cancellation", "reclassification",
                                                                                 "n100")])  # fmt: skip
    found = con.execute("select kind, cancellation_code, decided_at from fact_record_check").fetchall()
    assert {kind: rest for kind, *rest in found} == {
        "cancellation": ["C2", datetime(2019, 1, 2, 10)],
        "reclassification": [None, datetime(2019, 1, 3, 10)],
        "n100": [None, datetime(2019, 1, 1, 10)],
    }
    query = "select distinct reported_at, offence_group, is_domestic_abuse, district, team_id from fact_record_check"
    assert con.execute(query).fetchall() == [
        (datetime(2018, 12, 31, 10), "Violence against the person", True, "north", "t1")
    ]


def test_a_check_of_a_record_that_was_not_delivered_stands():
    con = facts(record_check=[CHECK])
    assert column(con, "fact_record_check", "crime_ref", "decided_at") == {"c": None}

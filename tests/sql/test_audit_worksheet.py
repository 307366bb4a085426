"""What an auditor is shown of each log, and may choose from, by hand."""

from datetime import date
from typing import Any

import duckdb

from sql import rows
from tests.sql.world import facts

DAY = {"reported_at": "2019-04-01 22:30"}


def shown(con: duckdb.DuckDBPyConnection, *logs: str) -> dict[str, dict[str, Any]]:
    found = rows(con, "select * from audit_worksheet($logs)", {"logs": logs})
    assert len({row["incident_id"] for row in found}) == len(found)
    return {row["incident_id"]: row for row in found}


def test_a_log_reads_as_its_codes_grade_and_crimes() -> None:
    con = facts(
        macros=True,
        incident=[
            {
                **DAY,
                "incident_id": "L1",
                "opening_code": "hoax",
                "closing_code": "harassment",
                "qualifiers": "local code;asb_personal ; ",
                "initial_grade": "priority",
                "final_grade": "standard",
                "crime_ref": "C2",
            },
            {**DAY, "incident_id": "L2", "opening_code": "duplicate", "duplicate_of": "L1"},
            {**DAY, "incident_id": "bare"},
            {**DAY, "incident_id": "not asked for", "opening_code": "hoax"},
        ],
        crime=[
            {"crime_ref": "C1", "incident_id": "L2", "recorded_at": "2019-05-02 12:00", "offence_class": "8N"},
            {
                "crime_ref": "C2",
                "recorded_at": "2019-04-01 23:30",  # past midnight there
                "offence_class": "8L",
                "cancelled_at": "2019-06-01 10:00",
                "cancellation_code": "C2",
            },
            {"crime_ref": "C3", "incident_id": "L1", "offence_class": "unheard of"},
        ],
    )
    found = shown(con, "L1", "L2", "bare", "L1", "nowhere")
    assert found.keys() == {"L1", "L2", "bare"}
    assert found["L1"]["reported"] == "Mon 1 Apr 2019, 23:30"
    assert found["L1"]["codes"] == (
        "opened as Hoax; closed as Harassment; also Anti-social behaviour, personal; also local code"
    )
    assert found["L1"]["grade"] == "Priority"
    harassment, assault = (
        con.execute("select name from ref_offence_class where offence_class = $code", {"code": code}).fetchone()
        for code in ("8L", "8N")
    )
    assert harassment and assault
    assert found["L1"]["crimes"].split("; ") == [
        f"C2 8L {harassment[0]} recorded 2 Apr 2019 cancelled C2",
        f"C1 8N {assault[0]} recorded 2 May 2019",
        "C3 unheard of",
    ]
    assert found["L2"]["crimes"] == found["L1"]["crimes"]  # a duplicate's crimes are those of its report
    assert found["L2"]["codes"] == "opened as Duplicate of another log; repeats log L1"
    assert (found["bare"]["codes"], found["bare"]["grade"], found["bare"]["crimes"]) == ("", "", "")


def test_classes_are_those_in_force_at_any_time_of_the_period() -> None:
    def a_class(code: str, group: str, name: str, **others: Any) -> dict[str, Any]:
        return {"offence_class": code, "offence_group": group, "name": name, "is_notifiable": True, **others}

    con = facts(
        macros=True,
        references={
            "ref_offence_class": [
                a_class("b", "B", "beta"),
                a_class("z", "A", "zeta"),
                a_class("a", "A", "alpha", valid_from=date(2019, 6, 30)),
                a_class("new", "A", "new", valid_from=date(2019, 7, 1)),
                a_class("old", "A", "old", valid_to=date(2019, 4, 1)),
                a_class("ends", "A", "ends", valid_to=date(2019, 4, 2)),
                {**a_class("no", "A", "not notifiable"), "is_notifiable": False},
            ],
            "ref_failure_reason": [
                {"reason_code": "r2", "name": "waiting"},
                {"reason_code": "r1", "name": "not believed"},
            ],
        },
    )
    found = con.execute("select * from audit_choices(date '2019-04-01', date '2019-06-30')").fetchall()
    assert found == [
        ("class", "a", "alpha"),
        ("class", "ends", "ends"),
        ("class", "z", "zeta"),
        ("class", "b", "beta"),
        ("reason", "r1", "not believed"),
        ("reason", "r2", "waiting"),
    ]

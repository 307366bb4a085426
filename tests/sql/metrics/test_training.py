"""Training: who holds it, who checks without it, and what was recorded before and after. Hand-computed verdicts.

The data cut is the beginning of 31 December 2019, UTC.
"""

from tests.sql.metrics.verdicts import column, placed, teams, verdicts
from tests.sql.world import Row, facts

CUT = "2019-12-31 00:00"
HANDLER: Row = {"role": "call_handler", "team_id": "T1"}
MODULES = {
    "trained_first_account": "first_account",
    "trained_focus_offences": "often_missed_offences",
    "trained_full_account": "full_account",
    "trained_passing_on": "hand_over",
}


def test_staff_with_current_training() -> None:
    """One world for the four modules: every person holds, or lacks, one of them."""
    staff, training = [], []
    for module in MODULES.values():
        course: Row = {"module": module, "completed_at": "2019-05-01 10:00"}
        cells: dict[str, tuple[Row, Row | None]] = {
            "trained": (HANDLER, course),
            "in_time": (HANDLER, course | {"completed_at": CUT}),
            "holds_on": (HANDLER, course | {"expires_at": "2019-12-31 00:01"}),
            # not trained
            "ends_at_the_cut": (HANDLER, course | {"expires_at": CUT}),
            "after_the_cut": (HANDLER, course | {"completed_at": "2019-12-31 00:01"}),
            "no_date": (HANDLER, course | {"completed_at": None}),
            "no_record": (HANDLER, None),
            "began_today": (HANDLER | {"started_on": "2019-12-31"}, None),
            "last_day": (HANDLER | {"left_on": "2019-12-31"}, None),
            "no_team": (HANDLER | {"team_id": None}, None),
            # not counted
            "left": (HANDLER | {"left_on": "2019-12-30"}, course),
            "to_come": (HANDLER | {"started_on": "2020-01-01"}, course),
            "needs_none": (HANDLER | {"role": "analyst"}, course),
            "no_role": (HANDLER | {"role": None}, course),
        }
        staff += [{"staff_id": f"{name} {module}", **person} for name, (person, _) in cells.items()]
        training += [{"staff_id": f"{name} {module}", **held} for name, (_, held) in cells.items() if held]
    training += [{"staff_id": "nobody_s", "module": "hand_over", "completed_at": "2019-05-01 10:00"}]
    con = facts(team=[{"team_id": "T1", "name": "One", "district": "North"}], staff=staff, training=training)
    trained = {"trained", "in_time", "holds_on"}
    untrained = {"ends_at_the_cut", "after_the_cut", "no_date", "no_record", "began_today", "last_day", "no_team"}
    for metric_id, module in MODULES.items():
        others = {
            f"{name} {other} {module}" for name in trained | untrained for other in MODULES.values() if other != module
        }
        own = {f"{name} {module} {module}": name in trained for name in trained | untrained}
        assert verdicts(con, metric_id) == own | dict.fromkeys(others, False)
        assert {str(moment) for moment in placed(con, metric_id).values()} == {"2019-12-31 00:00:00"}
        assert set(column(con, metric_id, "module").values()) == {module}
        assert teams(con, metric_id)[f"no_team {module} {module}"] is None
        assert column(con, metric_id, "district")[f"trained {module} {module}"] == "North"


def test_checks_by_a_supervisor_with_current_training() -> None:
    log: Row = {
        "reported_at": "2018-05-01 10:00", "closed_at": "2018-05-01 12:00", "closure_checked_at": "2018-05-02 10:00",
        "reopened_count": 0,
    }  # fmt: skip
    course: Row = {"module": "closure_supervision", "completed_at": "2018-04-01 10:00"}
    con = facts(
        incident=[
            dict(log, incident_id=who, closure_checked_by=who)
            for who in (
                "trained",
                "just_trained",
                "later",
                "expired",
                "expires_then",
                "expires_after",
                "other",
                "unknown",
            )
        ]
        + [dict(log, incident_id="nobody"), dict(log, incident_id="unchecked", closure_checked_at=None)],
        training=[
            dict(course, staff_id="trained"),
            dict(course, staff_id="just_trained", completed_at="2018-05-02 10:00"),
            dict(course, staff_id="later", completed_at="2018-05-02 10:01"),
            dict(course, staff_id="expired", expires_at="2018-05-02 09:00"),
            dict(course, staff_id="expires_then", expires_at="2018-05-02 10:00"),
            dict(course, staff_id="expires_after", expires_at="2018-05-02 10:01"),
            dict(course, staff_id="other", module="first_account"),
        ],
    )
    knowing = {"trained", "just_trained", "expires_after"}
    unknowing = {"later", "expired", "expires_then", "other", "unknown"}
    assert verdicts(con, "checks_by_trained") == {f"{who}/first": who in knowing for who in knowing | unknowing}


def test_recording_in_trained_and_untrained_teams() -> None:
    """Team `half` needs eight courses (two call handlers, four each) and reaches half with the fourth, on 1 June; `odd`
    needs three and does with the second; `few` never comes to half."""
    handler = {"role": "call_handler"}
    log = {"reported_at": "2018-06-01 10:00", "opening_code": "harassment"}
    first_four = ("first_account", "often_missed_offences", "full_account", "hand_over")
    con = facts(
        incident=[
            dict(log, incident_id=f"{team} {day}", reported_at=f"{day} 10:00", team_id=team)
            for team in ("half", "few", "odd", "led", "none", "expired")
            for day in ("2018-05-31", "2018-06-01", "2018-06-02", "2018-07-01")
        ]
        + [dict(log, incident_id="no_team"), dict(log, incident_id="no_crime", opening_code="alarm", team_id="half")],
        crime=[{"crime_ref": "c", "incident_id": "half 2018-06-01", "recorded_at": "2018-06-01 11:00"}],
        staff=[
            {"staff_id": "h1", "team_id": "half", **handler},
            {"staff_id": "h2", "team_id": "half", **handler},
            {"staff_id": "f1", "team_id": "few", **handler},
            {"staff_id": "f2", "team_id": "few", **handler},
            # response officers need first_account and often_missed_offences; crime recorders the latter alone
            {"staff_id": "o1", "team_id": "odd", "role": "response_officer"},
            {"staff_id": "o2", "team_id": "odd", "role": "crime_recorder"},
            {"staff_id": "e1", "team_id": "expired", "role": "crime_recorder"},
            # a supervisor needs what a call handler needs, and a module for R1a that does not count here
            {"staff_id": "s1", "team_id": "led", "role": "supervisor"},
            {"staff_id": "a1", "team_id": "none", "role": "analyst"},
            {"staff_id": "gone", "team_id": "few", "left_on": "2018-12-31", **handler},
            {"staff_id": "nowhere", **handler},
        ],
        training=[
            *({"staff_id": "h1", "module": module, "completed_at": "2018-05-01 10:00"} for module in first_four[:3]),
            {"staff_id": "h2", "module": "hand_over", "completed_at": "2018-06-01 10:00"},
            {"staff_id": "h2", "module": "full_account", "completed_at": "2018-09-01 10:00"},
            {"staff_id": "h1", "module": "closure_supervision", "completed_at": "2018-04-01 10:00"},
            *({"staff_id": "f1", "module": module, "completed_at": "2018-05-01 10:00"} for module in first_four[:3]),
            {"staff_id": "f1", "module": "hand_over", "completed_at": "2020-05-01 10:00"},  # after the cut
            *({"staff_id": "gone", "module": module, "completed_at": "2018-05-01 10:00"} for module in first_four),
            *({"staff_id": "nowhere", "module": module, "completed_at": "2018-01-01 10:00"} for module in first_four),
            {"staff_id": "o1", "module": "first_account", "completed_at": "2018-06-01 10:00"},
            {"staff_id": "o2", "module": "often_missed_offences", "completed_at": "2018-06-02 10:00"},
            {"staff_id": "s1", "module": "first_account", "completed_at": "2018-06-01 10:00"},
            {"staff_id": "s1", "module": "hand_over", "completed_at": "2018-06-02 10:00"},
            {"staff_id": "s1", "module": "full_account", "completed_at": "2018-07-01 10:00"},
            # what has run out since was held all the same
            {
                "staff_id": "e1", "module": "often_missed_offences", "completed_at": "2018-07-01 10:00",
                "expires_at": "2018-07-01 10:00",
            },
        ],
    )  # fmt: skip
    days = ("2018-05-31", "2018-06-01", "2018-06-02", "2018-07-01")
    states = {
        "half": ("trained_before", "trained_after", "trained_after", "trained_after"),
        "odd": ("trained_before", "trained_before", "trained_after", "trained_after"),
        "led": ("trained_before", "trained_before", "trained_after", "trained_after"),
        "expired": ("trained_before", "trained_before", "trained_before", "trained_after"),
        "few": ("untrained_before", "untrained_after", "untrained_after", "untrained_after"),
    }
    expected = {
        f"{team} {day}": state for team, of_team in states.items() for day, state in zip(days, of_team, strict=True)
    }
    assert column(con, "recording_by_training", "team_training") == expected
    assert verdicts(con, "recording_by_training") == {log: log == "half 2018-06-01" for log in expected}
    assert teams(con, "recording_by_training")["few 2018-05-31"] == "few"


def test_where_no_team_is_trained_all_is_before() -> None:
    con = facts(
        incident=[
            {"incident_id": "log", "reported_at": "2018-06-01 10:00", "opening_code": "harassment", "team_id": "T1"}
        ],
        staff=[dict(HANDLER, staff_id="h1")],
        training=[{"staff_id": "h1", "module": "hand_over", "completed_at": "2018-06-01 09:00"}],
    )
    assert column(con, "recording_by_training", "team_training") == {"log": "untrained_before"}

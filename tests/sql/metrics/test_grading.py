"""Grading and response (R1b), with hand-computed verdicts."""

import pytest

from tests.sql.metrics.verdicts import measures, teams, verdicts
from tests.sql.world import Row, facts

LOG: Row = {"reported_at": "2018-05-01 10:00", "team_id": "T1", "attending_team_id": "T2"}


def graded(log: str, first: str | None, last: str | None, **more: object) -> Row:
    return dict(LOG, incident_id=log, initial_grade=first, final_grade=last, **more)


def test_grades_kept_and_grades_lowered() -> None:
    con = facts(
        incident=[
            graded("same", "priority", "priority", is_vulnerable=True),
            graded("lowered", "emergency", "standard", is_vulnerable=True, regrade_reason="R1"),
            graded("lowered_silently", "standard", "no_deployment", is_vulnerable=True),
            graded("lowered_not_vulnerable", "standard", "appointment", is_vulnerable=False, regrade_reason="R2"),
            graded("lowered_not_said", "standard", "appointment"),
            graded("raised", "standard", "priority", is_vulnerable=True, regrade_reason="R3"),
            graded("welfare", "priority", "standard", opening_code="concern_for_safety"),
            # counted only where the grade's place in the order does not matter
            graded("unknown_grade", "priority", "P24", is_vulnerable=True),
            # not counted
            graded("no_first", None, "standard", is_vulnerable=True),
            graded("no_last", "standard", None, is_vulnerable=True),
            graded("twin", "priority", "standard", is_vulnerable=True, duplicate_of="same"),
        ],
    )
    assert verdicts(con, "grade_unchanged") == {
        "same": True,
        "lowered": False,
        "lowered_silently": False,
        "lowered_not_vulnerable": False,
        "lowered_not_said": False,
        "raised": False,
        "welfare": False,
        "unknown_grade": False,
    }
    assert verdicts(con, "downgrades_with_reason") == {
        "lowered": True,
        "lowered_silently": False,
        "lowered_not_vulnerable": True,
        "lowered_not_said": False,
        "welfare": False,
    }
    assert verdicts(con, "vulnerable_downgraded") == {
        "same": False,
        "lowered": True,
        "lowered_silently": True,
        "raised": False,
    }


def test_response_within_the_target() -> None:
    """Targets: emergency 15 minutes, priority 60, standard 480."""
    con = facts(
        incident=[
            graded("at_the_target", "emergency", "emergency", arrived_at="2018-05-01 10:15"),
            graded("a_second_late", "emergency", "emergency", arrived_at="2018-05-01 10:15:01"),
            graded("raised", "standard", "priority", arrived_at="2018-05-01 11:01"),
            graded("lowered", "emergency", "standard", arrived_at="2018-05-01 10:30"),
            graded("no_last_grade", "standard", None, arrived_at="2018-05-01 18:00"),
            graded("nobody_came", "standard", "standard", attending_team_id=None),
            graded("sent_not_there", "standard", "no_deployment", dispatched_at="2018-05-01 10:05"),
            graded("arrived_before_report", "emergency", "emergency", arrived_at="2018-05-01 09:55"),
            graded(
                "there_before_the_cut",
                "emergency",
                "emergency",
                reported_at="2019-12-30 23:50",
                arrived_at="2019-12-30 23:58",
            ),
            graded("welfare", "priority", "priority", opening_code="concern_for_safety", arrived_at="2018-05-01 10:40"),
            # not counted
            graded("still_time", "emergency", "emergency", reported_at="2019-12-30 23:50"),
            graded("settled_by_phone", "standard", "no_deployment"),
            graded("in_the_diary", "appointment", "appointment", arrived_at="2018-05-02 10:00"),
            graded("no_grade", None, None, arrived_at="2018-05-01 10:10"),
            graded("twin", "emergency", "emergency", arrived_at="2018-05-01 10:10", duplicate_of="welfare"),
        ],
    )
    assert verdicts(con, "response_in_target") == {
        "at_the_target": True,
        "a_second_late": False,
        "raised": False,
        "lowered": False,
        "no_last_grade": True,
        "nobody_came": False,
        "sent_not_there": False,
        "arrived_before_report": False,
        "there_before_the_cut": True,
        "welfare": True,
    }
    minutes = measures(con, "response_in_target")
    assert minutes["a_second_late"] == pytest.approx(15 + 1 / 60)
    assert minutes["nobody_came"] is None
    assert minutes["arrived_before_report"] is None
    assert teams(con, "response_in_target")["raised"] == "T2"
    assert teams(con, "response_in_target")["nobody_came"] is None


def test_thrive_recorded() -> None:
    con = facts(
        incident=[
            dict(LOG, incident_id="yes", thrive_recorded=True),
            dict(LOG, incident_id="no", thrive_recorded=False),
            dict(LOG, incident_id="not_said"),
            dict(LOG, incident_id="welfare", opening_code="concern_for_safety", thrive_recorded=True),
            # not counted
            dict(LOG, incident_id="twin", duplicate_of="yes", thrive_recorded=True),
        ],
    )
    assert verdicts(con, "thrive_recorded") == {"yes": True, "no": False, "not_said": False, "welfare": True}

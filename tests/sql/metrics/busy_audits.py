"""Made-up audits, checks, staff and training beside the logs and crimes of a made-up world: every verdict, and none."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from tests.sql.world import Row

CUT = datetime(2018, 4, 25)
TAUGHT = datetime(2018, 4, 5)
VERDICTS = (
    "grade_correct", "summary_accurate", "passed_to_officers", "account_full", "crime_made_clear",
    "first_account_taken", "believed_after_deployment", "no_crime_reason_valid",
)  # fmt: skip
AUDITORS = ("registrar", "a1", "a2")
CLASSES = ("105A", "8L", "8R", "9A", "19C", "ZZ", None)
KINDS = ("cancellation", "reclassification", "n100")
MODULES = ("closure_supervision", "first_account", "often_missed_offences", "full_account", "hand_over")
ROLES = ("call_handler", "supervisor", "analyst", None)
FLAGS = (True, False, None)
PEOPLE = 24


def audit_rows(draw: random.Random, logs: Sequence[str], crimes: Sequence[str]) -> dict[str, Any]:
    """Rows of each extract of audits and training: the logs are drawn for an audit, the crimes checked or found."""
    return {
        "audit_stratum": [_stratum("violence", False), _stratum("hidden_other", True)],
        "audit_log": [
            _of_log(log) | {"stratum": draw.choice(("violence", "violence", "hidden_other", "unknown"))}
            for log in logs
        ],
        "audit_return": [
            _of_log(log) | {"auditor": auditor, "audited_at": draw.choice((CUT, None)), **_flags(draw, VERDICTS)}
            for log in logs
            for auditor in draw.sample(AUDITORS, draw.choice((0, 1, 1, 2)))
        ],
        "audit_crime": [
            _required(draw, log, auditor, n, crimes)
            for log in logs
            for auditor in AUDITORS
            for n in range(1, draw.choice((1, 2, 3)))
        ],
        "record_check": [
            {
                "sample_id": "Q1", "crime_ref": crime, "kind": kind, "auditor": draw.choice(AUDITORS),
                "is_correct": draw.choice(FLAGS), "is_targeted": draw.choice((False, False, True, None)),
            }
            for crime in crimes[::4]
            for kind in KINDS
        ],
        "staff": [
            {
                # the first two are the supervisors who check closures in the busy world
                "staff_id": f"S{number}", "team_id": draw.choice(("T1", "T2", None)), "role": draw.choice(ROLES),
                "left_on": draw.choice((None, None, "2018-04-01")),
            }
            for number in range(PEOPLE)
        ],
        "training": [
            {
                "staff_id": f"S{number}", "module": module,
                "completed_at": TAUGHT + timedelta(days=draw.randint(-15, 15)),
                "expires_at": draw.choice((None, None, TAUGHT)),
            }
            for number in range(PEOPLE)
            for module in draw.sample(MODULES, 4)
        ],
    }  # fmt: skip


def _stratum(name: str, may_hide: bool) -> Row:
    return {
        "sample_id": "2018-Q1", "stratum": name, "may_hide": may_hide, "population": 200, "sampled": 40,
        "period_from": "2018-01-01", "period_to": "2018-03-31", "cut_at": CUT,
    }  # fmt: skip


def _of_log(log: str) -> Row:
    return {"sample_id": "2018-Q1", "incident_id": log}


def _flags(draw: random.Random, names: tuple[str, ...]) -> Row:
    return {name: draw.choice(FLAGS) for name in names}


def _required(draw: random.Random, log: str, auditor: str, n: int, crimes: Sequence[str]) -> Row:
    return _of_log(log) | {
        "auditor": auditor,
        "n": n,
        "required_class": draw.choice(CLASSES),
        "crime_ref": draw.choice((None, draw.choice(crimes), draw.choice(crimes))),
        "remedied_at": draw.choice((None, CUT)),
        **_flags(draw, ("is_domestic_abuse", "is_recorded", "class_correct", "recorded_within_24h", "safeguarded")),
    }

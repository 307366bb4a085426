"""Several hundred made-up rows that hold every case the facts tell apart, links in circles and dirty times included."""

import random
from datetime import datetime, timedelta

import duckdb

from pipelines import build
from tests.sql.metrics.busy_audits import audit_rows
from tests.sql.world import Row, facts

START = datetime(2018, 3, 20)
DAYS = 40  # over the spring clock change and the end of two months
LOGS, CRIMES, ENTRIES = 420, 330, 300
DRAWN = 140  # logs drawn for an audit

CATEGORIES = (
    "criminal_damage", "harassment", "public_order", "malicious_communications", "rape", "homicide",
    "domestic_abuse_crime", "concern_for_safety", "asb_personal", "duplicate", "XX", None,
)  # fmt: skip
GRADES = ("emergency", "priority", "standard", "appointment", "no_deployment", "P24", None)
CLASSES = ("58C", "105A", "8N", "19C", "20A", "1", "8L", "N100", "N100/01", "ZZ", None)
ROLES = ("investigator", "supervisor", "decision_maker", "registrar", None)
REASONS = ("victim_untraced", "contrary_evidence", "not_a_crime", None, None, None)
RESULTS = ("agreed", "changed", "returned", "not_covered", None)
FLAGS = (True, False, None)


def busy_world(seed: int) -> duckdb.DuckDBPyConnection:
    """A world in which every metric is available, made from the seed alone."""
    draw = random.Random(seed)
    con = facts(
        incident=[_log(draw, number) for number in range(LOGS)],
        crime=[_crime(draw, number) for number in range(CRIMES)],
        appointment=[_entry(draw, number) for number in range(ENTRIES)],
        **audit_rows(draw, [f"i{number}" for number in range(DRAWN)], [f"c{number}" for number in range(CRIMES)]),
        data_cut=str(START + timedelta(days=DAYS)),
    )
    con.execute("insert into ref_target by name select 'closure_checks_per_day' as target_id, 4 as value")
    build.define_macros(con)
    build.build_dictionary(con)
    build.build_metrics(con)
    return con


def _near(draw: random.Random, moment: datetime, hours: float, empty: float = 0.2) -> datetime | None:
    """A moment up to `hours` after another, on whole half hours so that limits are met exactly; now and then before it,
    or none."""
    if draw.random() < empty:
        return None
    steps = draw.randint(-1, round(hours * 2))
    return moment + timedelta(minutes=30 * steps)


def _log(draw: random.Random, number: int) -> Row:
    reported = START + timedelta(minutes=30 * draw.randrange(DAYS * 48))
    first_closed = _near(draw, reported, 60)
    closed = _near(draw, first_closed or reported, 90, empty=0.5) or first_closed
    return {
        "incident_id": f"i{number}",
        "reported_at": reported,
        "channel": draw.choice(("999", "101", "online", None)),
        "opening_code": draw.choice(CATEGORIES),
        "closing_code": draw.choice(CATEGORIES),
        "qualifiers": draw.choice((None, None, None, "rape;harassment", "XX; public_order")),
        "initial_grade": draw.choice(GRADES),
        "final_grade": draw.choice(GRADES),
        "thrive_recorded": draw.choice(FLAGS),
        "regrade_reason": draw.choice(("R1", None)),
        "dispatched_at": _near(draw, reported, 4, empty=0.4),
        "arrived_at": _near(draw, reported, 8, empty=0.4),
        "first_closed_at": first_closed,
        "closed_at": closed,
        "reopened_count": draw.choice((0, 1, None)),
        "duplicate_of": f"i{draw.randrange(LOGS + 5)}" if draw.random() < 0.12 else None,
        "crime_ref": f"c{draw.randrange(CRIMES + 5)}" if draw.random() < 0.3 else None,
        "no_crime_reason": draw.choice(REASONS),
        "is_domestic_abuse": draw.choice(FLAGS),
        "is_vulnerable": draw.choice(FLAGS),
        "district": draw.choice(("North", "South", None)),
        "team_id": draw.choice(("T1", "T2", None)),
        "attending_team_id": draw.choice(("T3", "T4", None)),
        "handler_id": draw.choice(("H1", "H2", "H3", None)),
        "closure_checked_at": _near(draw, first_closed or reported, 120, empty=0.3),
        "closure_checked_by": draw.choice(("S1", "S2", None)),
        "closure_check_result": draw.choice(RESULTS),
        "victim_told_at": _near(draw, reported, 90, empty=0.6),
        "transferred_to": draw.choice(("BTP", None, None, None)),
        "transferred_ref": draw.choice(("B1", None)),
    }


def _crime(draw: random.Random, number: int) -> Row:
    reported = START + timedelta(minutes=30 * draw.randrange(DAYS * 48))
    recorded = _near(draw, reported, 50)
    cancelled = _near(draw, recorded or reported, 200, empty=0.5)
    return {
        "crime_ref": f"c{number}",
        "incident_id": f"i{draw.randrange(LOGS + 5)}" if draw.random() < 0.6 else None,
        "reported_at": draw.choice((reported, None)),
        "recorded_at": recorded,
        "offence_class": draw.choice(CLASSES),
        "first_offence_class": draw.choice(CLASSES),
        "is_domestic_abuse": draw.choice(FLAGS),
        "district": draw.choice(("North", "South", None)),
        "team_id": draw.choice(("T5", "T6", None)),
        "cancelled_at": cancelled,
        "cancellation_code": draw.choice(("C1", "C2", "C3", "C4", "C5", None)),
        "cancelled_by_role": draw.choice(ROLES),
        "victim_informed_at": _near(draw, cancelled or reported, 3),
        "surviving_crime_ref": f"c{draw.randrange(CRIMES + 5)}" if draw.random() < 0.5 else None,
        "transferred_ref": draw.choice(("D1", None)),
        "reclassified_at": _near(draw, recorded or reported, 200),
        "reclassified_by_role": draw.choice(ROLES),
        "late_reason": draw.choice(("L1", None)),
        "late_approved_by_role": draw.choice(ROLES),
    }


def _entry(draw: random.Random, number: int) -> Row:
    booked = START + timedelta(minutes=30 * draw.randrange(DAYS * 48))
    return {
        "appointment_id": f"a{number}",
        "incident_id": f"i{draw.randrange(LOGS + 5)}" if draw.random() < 0.9 else None,
        "booked_at": draw.choice((booked, booked, None)),
        "starts_at": _near(draw, booked, 96),
        "status": draw.choice(("booked", "kept", "cancelled", "missed", None)),
        "replaces": f"a{draw.randrange(ENTRIES + 5)}" if draw.random() < 0.4 else None,
        "cancelled_by": draw.choice(("police", "victim", None)),
        "team_id": draw.choice(("T3", "T4", None)),
    }

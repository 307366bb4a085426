"""Extracts of random rows: everything that a source may get wrong, and moments that fall on every limit.

The moments lie on a grid of half days, so that limits, targets and closures are met to the second or missed by one;
references are mistyped, lead nowhere, to themselves or around in a circle; any cell may be empty.
"""

from collections.abc import Callable
from pathlib import Path

import polars as pl

from pipelines.extracts import EXTRACTS
from tests.oracle.chance import CLASSES, DATA_CUT, TEAMS, Chance
from tests.oracle.hostile_audits import Audits

CODES = ("019/08", "105/01", "N100/02", "149/00", "999/99")
CATEGORIES = (
    "rape", "violence_with_injury", "harassment", "public_order", "criminal_damage", "crime_promised",
    "domestic_incident", "asb_personal", "duplicate", "no_such_code",
)  # fmt: skip
GRADES = ("emergency", "priority", "standard", "appointment", "no_deployment", "routine")
ROLES = ("investigator", "supervisor", "decision_maker", "registrar")
REASONS = ("victim_untraced", "contrary_evidence", "not_a_crime", "other", "no_such_reason")
DISTRICTS = ("North", "South")
PEOPLE = ("p1", "p2", "p3", "p4")

PROFILE = """
name = "hostile"
description = "Random rows"
time_zone = "{time_zone}"
adds_to_reference_targets = false

[extract]
incident.files = ["incident*.parquet"]
crime.files = ["crime*.parquet"]
appointment.files = ["appointment*.parquet"]
team.files = ["team*.parquet"]
audit_stratum.files = ["audit_stratum*.parquet"]
audit_log.files = ["audit_log*.parquet"]
audit_return.files = ["audit_return*.parquet"]
audit_crime.files = ["audit_crime*.parquet"]
record_check.files = ["record_check*.parquet"]
staff.files = ["staff*.parquet"]
training.files = ["training*.parquet"]

[normalise]
incident_id = {{ remove = "[^0-9A-Za-z]", case = "upper" }}
crime_ref = {{ remove = "[^0-9A-Za-z]", case = "upper" }}
appointment_id = {{ remove = "[^0-9A-Za-z]", case = "upper" }}

[[targets]]
target_id = "response"
grade_code = "emergency"
value = 15
unit = "minutes"
source = "made up"

[[targets]]
target_id = "response"
grade_code = "priority"
value = 720
unit = "minutes"
valid_to = 2018-06-01
source = "made up"

[[targets]]
target_id = "response"
grade_code = "priority"
value = 24
unit = "hours"
valid_from = 2018-05-31
source = "made up"

[[targets]]
target_id = "response"
grade_code = "no_deployment"
value = 1440
unit = "minutes"
source = "made up"

[[targets]]
target_id = "appointment_wait"
grade_code = "appointment"
value = 1
unit = "days"
valid_from = 2018-06-01
valid_to = 2018-11-01
source = "made up"

[[targets]]
target_id = "closure_checks_per_day"
value = 2
unit = "checks"
valid_from = 2018-03-25
source = "made up"
"""


def write_hostile(
    folder: Path, seed: int, logs: int, time_zone: str = "Europe/London", without: tuple[str, ...] = ()
) -> Path:
    """Write extracts of some `logs` incident logs to the folder, each in two files; return the profile beside them.

    `without` names extracts (`appointment`) and columns (`crime.recorded_at`) that the source does not deliver.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = _Made(Chance(seed), logs)
    for extract in EXTRACTS:
        if extract.name in without:
            continue
        rows = made.rows(extract.name)
        frame = pl.DataFrame(rows, schema=extract.schema, orient="row")
        frame = frame.drop([column for column in extract.schema if f"{extract.name}.{column}" in without])
        for number, part in enumerate((frame[: len(frame) // 2], frame[len(frame) // 2 :])):
            part.write_parquet(folder / f"{extract.name}_{number}.parquet")
    (folder / "delivery.toml").write_text(f"data_cut = {DATA_CUT.isoformat()}Z\n")
    profile = folder / "hostile.toml"
    profile.write_text(PROFILE.format(time_zone=time_zone))
    return profile


class _Made:
    """Rows of each extract, cell by cell, from one source of chance."""

    def __init__(self, chance: Chance, logs: int) -> None:
        self.chance, self.draw = chance, chance.draw
        audits = Audits(chance, logs)
        self.counts = {
            "incident": logs, "crime": logs // 2, "appointment": logs // 3, "team": len(TEAMS), **audits.counts,
        }  # fmt: skip
        self.cells: dict[str, Callable[[int], dict]] = {
            "incident": self._incident,
            "crime": self._crime,
            "appointment": self._appointment,
            "team": self._team,
            **audits.cells,
        }

    def rows(self, extract: str) -> list[dict]:
        """The extract's rows; about one in forty has the key of another, which it supersedes."""
        count = self.counts[extract]
        rows = [self.cells[extract](number) for number in range(count)]
        if extract not in ("team", "audit_stratum"):
            rows += [self.cells[extract](self.draw.randrange(count)) for _ in range(count // 40)]
            self.draw.shuffle(rows)
        return rows

    def _incident(self, number: int) -> dict:
        reported = self.chance.start()
        closed = self.chance.after(reported, 0.9)
        first = self.chance.either(self.chance.after(reported, 0.8), closed)
        return {
            "incident_id": f"I{number:05}",
            "reported_at": reported if self.draw.random() > 0.01 else None,
            "channel": self.chance.one(("999", "101", "online"), 0.9),
            "opening_code": self.chance.one(CATEGORIES, 0.9),
            "closing_code": self.chance.one(CATEGORIES, 0.8),
            "qualifiers": self.chance.several(CATEGORIES),
            "initial_grade": self.chance.one(GRADES, 0.85),
            "final_grade": self.chance.one(GRADES, 0.85),
            "thrive_recorded": self.chance.flag(),
            "regrade_reason": self.chance.one(("risk", "passed"), 0.4),
            "dispatched_at": self.chance.after(reported, 0.5),
            "arrived_at": self.chance.after(reported, 0.6),
            "first_closed_at": first,
            "closed_at": closed,
            "reopened_count": self.chance.one((0, 0, 1, 2), 0.6),
            "duplicate_of": self.chance.other("I", self.counts["incident"], 0.25, number),
            "crime_ref": self.chance.other("C", self.counts["crime"], 0.3),
            "no_crime_reason": self.chance.one(REASONS, 0.4),
            "is_domestic_abuse": self.chance.flag(),
            "is_vulnerable": self.chance.flag(),
            "is_repeat": self.chance.flag(),
            "district": self.chance.one(DISTRICTS, 0.9),
            "team_id": self.chance.one(TEAMS, 0.9),
            "attending_team_id": self.chance.one(TEAMS, 0.7),
            "handler_id": self.chance.one(PEOPLE, 0.9),
            "closed_by": self.chance.one(PEOPLE, 0.9),
            "closure_checked_at": self.chance.after(self.chance.either(first, closed) or reported, 0.7),
            "closure_checked_by": self.chance.one(PEOPLE, 0.9),
            "closure_check_result": self.chance.one(("agreed", "changed", "returned", "not_covered"), 0.85),
            "victim_told_at": self.chance.after(reported, 0.4),
            "transferred_to": self.chance.one(("Other force",), 0.1),
            "transferred_ref": self.chance.one(("X1",), 0.1),
        }

    def _crime(self, number: int) -> dict:
        reported = self.chance.start()
        recorded = self.chance.after(reported, 0.85)
        is_cancelled = self.draw.random() < 0.4
        is_reclassified = self.draw.random() < 0.3
        return {
            "crime_ref": f"C{number:05}",
            "incident_id": self.chance.other("I", self.counts["incident"], 0.6),
            "reported_at": reported if self.draw.random() > 0.2 else None,
            "recorded_at": recorded,
            "occurred_at": self.chance.after(reported, 0.5),
            "offence_code": self.chance.one(CODES, 0.6),
            "offence_class": self.chance.one(CLASSES, 0.8),
            "is_domestic_abuse": self.chance.flag(),
            "district": self.chance.one(DISTRICTS, 0.7),
            "team_id": self.chance.one(TEAMS, 0.9),
            "cancelled_at": self.chance.after(recorded or reported, 0.9) if is_cancelled else None,
            "cancellation_code": self.chance.one(
                ("C1", "C2", "C3", "C3", "C3", "C4", "C5"), 0.9 if is_cancelled else 0.03
            ),
            "cancelled_by_role": self.chance.one(ROLES, 0.8 if is_cancelled else 0.02),
            "victim_informed_at": self.chance.after(recorded or reported, 0.5),
            "surviving_crime_ref": self.chance.other("C", self.counts["crime"], 0.7 if is_cancelled else 0.05, number),
            "transferred_ref": self.chance.one(("X1",), 0.3),
            "first_offence_class": self.chance.one(CLASSES, 0.7),
            "reclassified_at": self.chance.after(recorded or reported, 0.9) if is_reclassified else None,
            "reclassified_by_role": self.chance.one(ROLES, 0.5),
            "late_reason": self.chance.one(("leave", "linked"), 0.5),
            "late_approved_by_role": self.chance.one(ROLES, 0.7),
        }

    def _appointment(self, number: int) -> dict:
        booked = self.chance.start()
        starts = self.chance.after(booked, 0.9)
        status = self.chance.one(("booked", "kept", "cancelled", "missed"), 0.9)
        return {
            "appointment_id": f"A{number:05}",
            "incident_id": self.chance.other("I", self.counts["incident"], 0.9),
            "booked_at": booked if self.draw.random() > 0.05 else None,
            "starts_at": starts,
            "ends_at": self.chance.after(starts or booked, 0.8),
            "place": self.chance.one(("home", "station"), 0.8),
            "status": status,
            "replaces": self.chance.other("A", self.counts["appointment"], 0.3, number),
            "cancelled_by": self.chance.one(("police", "victim"), 0.4),
            "attended_at": self.chance.after(booked, 0.4),
            "team_id": self.chance.one(TEAMS, 0.8),
        }

    def _team(self, number: int) -> dict:
        return {
            "team_id": TEAMS[number],
            "name": f"Team {number}",
            "district": self.chance.one(DISTRICTS, 0.8),
        }

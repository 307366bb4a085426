"""Extracts of random rows: everything that a source may get wrong, and moments that fall on every limit.

The moments lie on a grid of half days, so that limits, targets and closures are met to the second or missed by one;
references are mistyped, lead nowhere, to themselves or around in a circle; any cell may be empty.
"""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import polars as pl

from pipelines.extracts import EXTRACTS

T = TypeVar("T")

DATA_CUT = datetime(2018, 11, 5, 12)
HALF_DAY = timedelta(hours=12)
STARTS = (  # the rule of 2015, the clocks forward, a target that changes, the clocks back, the data cut
    datetime(2015, 3, 28), datetime(2018, 3, 22), datetime(2018, 5, 29), datetime(2018, 10, 25), datetime(2018, 11, 3),
)  # fmt: skip
CLASSES = ("19C", "19E", "20A", "N100", "N100/01", "1", "4/1", "8N", "105A", "8Q", "28E", "58A", "9A", "ZZZ")
CODES = ("019/08", "105/01", "N100/02", "149/00", "999/99")
CATEGORIES = (
    "rape", "violence_with_injury", "harassment", "public_order", "criminal_damage", "crime_promised",
    "domestic_incident", "asb_personal", "duplicate", "no_such_code",
)  # fmt: skip
GRADES = ("emergency", "priority", "standard", "appointment", "no_deployment", "routine")
ROLES = ("investigator", "supervisor", "decision_maker", "registrar")
REASONS = ("victim_untraced", "contrary_evidence", "not_a_crime", "other", "no_such_reason")
TEAMS = ("T1", "T2", "T3")
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

    The extracts of audits and training are not among them. `without` names extracts (`appointment`) and columns
    (`crime.recorded_at`) that the source does not deliver.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = _Made(random.Random(seed), logs)
    for extract in EXTRACTS:
        if extract.name in without or extract.name not in made.cells:
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

    def __init__(self, chance: random.Random, logs: int) -> None:
        self.chance = chance
        self.counts = {"incident": logs, "crime": logs // 2, "appointment": logs // 3, "team": len(TEAMS)}
        self.cells: dict[str, Callable[[int], dict]] = {
            "incident": self._incident,
            "crime": self._crime,
            "appointment": self._appointment,
            "team": lambda number: {"team_id": TEAMS[number], "name": f"Team {number}"},
        }

    def rows(self, extract: str) -> list[dict]:
        """The extract's rows; about one in forty has the key of another, which it supersedes."""
        count = self.counts[extract]
        rows = [self.cells[extract](number) for number in range(count)]
        if extract != "team":
            rows += [self.cells[extract](self.chance.randrange(count)) for _ in range(count // 40)]
            self.chance.shuffle(rows)
        return rows

    def _incident(self, number: int) -> dict:
        reported = self._start()
        closed = self._after(reported, 0.9)
        first = self._either(self._after(reported, 0.8), closed)
        return {
            "incident_id": f"I{number:05}",
            "reported_at": reported if self.chance.random() > 0.01 else None,
            "channel": self._one(("999", "101", "online"), 0.9),
            "opening_code": self._one(CATEGORIES, 0.9),
            "closing_code": self._one(CATEGORIES, 0.8),
            "qualifiers": self._several(CATEGORIES),
            "initial_grade": self._one(GRADES, 0.85),
            "final_grade": self._one(GRADES, 0.85),
            "thrive_recorded": self._flag(),
            "regrade_reason": self._one(("risk", "passed"), 0.4),
            "dispatched_at": self._after(reported, 0.5),
            "arrived_at": self._after(reported, 0.6),
            "first_closed_at": first,
            "closed_at": closed,
            "reopened_count": self._one((0, 0, 1, 2), 0.6),
            "duplicate_of": self._other("I", self.counts["incident"], 0.25, number),
            "crime_ref": self._other("C", self.counts["crime"], 0.3),
            "no_crime_reason": self._one(REASONS, 0.4),
            "is_domestic_abuse": self._flag(),
            "is_vulnerable": self._flag(),
            "is_repeat": self._flag(),
            "district": self._one(DISTRICTS, 0.9),
            "team_id": self._one(TEAMS, 0.9),
            "attending_team_id": self._one(TEAMS, 0.7),
            "handler_id": self._one(PEOPLE, 0.9),
            "closed_by": self._one(PEOPLE, 0.9),
            "closure_checked_at": self._after(self._either(first, closed) or reported, 0.7),
            "closure_checked_by": self._one(PEOPLE, 0.9),
            "closure_check_result": self._one(("agreed", "changed", "returned", "not_covered"), 0.85),
            "victim_told_at": self._after(reported, 0.4),
            "transferred_to": self._one(("Other force",), 0.1),
            "transferred_ref": self._one(("X1",), 0.1),
        }

    def _crime(self, number: int) -> dict:
        reported = self._start()
        recorded = self._after(reported, 0.85)
        is_cancelled = self.chance.random() < 0.4
        is_reclassified = self.chance.random() < 0.3
        return {
            "crime_ref": f"C{number:05}",
            "incident_id": self._other("I", self.counts["incident"], 0.6),
            "reported_at": reported if self.chance.random() > 0.2 else None,
            "recorded_at": recorded,
            "occurred_at": self._after(reported, 0.5),
            "offence_code": self._one(CODES, 0.6),
            "offence_class": self._one(CLASSES, 0.8),
            "is_domestic_abuse": self._flag(),
            "district": self._one(DISTRICTS, 0.7),
            "team_id": self._one(TEAMS, 0.9),
            "cancelled_at": self._after(recorded or reported, 0.9) if is_cancelled else None,
            "cancellation_code": self._one(("C1", "C2", "C3", "C3", "C3", "C4", "C5"), 0.9 if is_cancelled else 0.03),
            "cancelled_by_role": self._one(ROLES, 0.8 if is_cancelled else 0.02),
            "victim_informed_at": self._after(recorded or reported, 0.5),
            "surviving_crime_ref": self._other("C", self.counts["crime"], 0.7 if is_cancelled else 0.05, number),
            "transferred_ref": self._one(("X1",), 0.3),
            "first_offence_class": self._one(CLASSES, 0.7),
            "reclassified_at": self._after(recorded or reported, 0.9) if is_reclassified else None,
            "reclassified_by_role": self._one(ROLES, 0.5),
            "late_reason": self._one(("leave", "linked"), 0.5),
            "late_approved_by_role": self._one(ROLES, 0.7),
        }

    def _appointment(self, number: int) -> dict:
        booked = self._start()
        starts = self._after(booked, 0.9)
        status = self._one(("booked", "kept", "cancelled", "missed"), 0.9)
        return {
            "appointment_id": f"A{number:05}",
            "incident_id": self._other("I", self.counts["incident"], 0.9),
            "booked_at": booked if self.chance.random() > 0.05 else None,
            "starts_at": starts,
            "ends_at": self._after(starts or booked, 0.8),
            "place": self._one(("home", "station"), 0.8),
            "status": status,
            "replaces": self._other("A", self.counts["appointment"], 0.3, number),
            "cancelled_by": self._one(("police", "victim"), 0.4),
            "attended_at": self._after(booked, 0.4),
            "team_id": self._one(TEAMS, 0.8),
        }

    def _start(self) -> datetime:
        """A moment of the grid, now and then a second off it; rarely of another age."""
        if self.chance.random() < 0.02:
            return self.chance.choice(
                (datetime(1998, 6, 30, 23, 30), datetime(1917, 1, 1), datetime(2001, 12, 31, 23, 59))
            )
        moment = self.chance.choice(STARTS) + self.chance.randrange(18) * HALF_DAY
        moment += self._stir()
        return min(moment, DATA_CUT - self.chance.randrange(3) * HALF_DAY)

    def _after(self, moment: datetime | None, share: float) -> datetime | None:
        """A moment some half days later, at once, or (a wrong clock) before; none in the rest."""
        if moment is None or self.chance.random() > share:
            return None
        halves = self.chance.choice((-2, -1, 0, 0, 1, 1, 2, 2, 2, 3, 6, 6, 180, 181))
        return moment + halves * HALF_DAY + self._stir()

    def _stir(self) -> timedelta:
        """Mostly nothing, else a second or a fraction of one, either way."""
        return timedelta(milliseconds=self.chance.choice((0,) * 12 + (1000, -1000, 400, -400)))

    def _either(self, one: datetime | None, other: datetime | None) -> datetime | None:
        return one if self.chance.random() < 0.5 else other

    def _one(self, values: tuple[T, ...], share: float) -> T | None:
        return self.chance.choice(values) if self.chance.random() < share else None

    def _flag(self) -> bool | None:
        return self._one((True, False), 0.9)

    def _several(self, values: tuple[str, ...]) -> str | None:
        chosen = self.chance.sample(values, self.chance.choice((0, 0, 0, 1, 2)))
        return self.chance.choice((";", "; ")).join(chosen) or None

    def _other(self, letter: str, count: int, share: float, own: int | None = None) -> str | None:
        """Another record's key: near one's own, so that chains and circles form; now and then mistyped or unknown."""
        if self.chance.random() > share:
            return None
        number = self.chance.randrange(count + 3)
        if own is not None and self.chance.random() < 0.6:
            number = (own + self.chance.randrange(-2, 3)) % count
        return self.chance.choice(("{0}{1:05}", "{0}{1:05}", "{0}/{1:05}", "{0}-{1:05}")).format(letter, number).lower()

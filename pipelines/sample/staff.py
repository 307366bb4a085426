"""The people behind the hashes: team, role, when they came, who left and who took their place. Shares are invented
(practice)."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b

import numpy as np
import polars as pl

from pipelines.sample.arrays import Floats, Ints, decode, happens, lognormal, stream
from pipelines.sample.calendar import MONTHS, hours
from pipelines.sample.teams import BUREAU, CONTROL, HEADS, PEOPLE, SUPERVISOR_HEADS, SUPERVISORS, TEAM_IDS, TEAMS

ROLES = ("call_handler", "response_officer", "crime_recorder", "supervisor")
SUPERVISOR = ROLES.index("supervisor")
LEAVERS = 0.09
"""Share of the people there at the start of the period who leave before its end."""

STAYED = np.iinfo(np.int64).max
"""Day on which someone leaves who does not."""


@dataclass(frozen=True)
class Staff:
    """One element a person: first those of PEOPLE, then those of SUPERVISORS, then who took the place of one that left.
    Days count from the first of the period; `left` is the last day of the job, `successor` a position, or one's own."""

    ids: pl.Series
    team: Ints
    role: Ints
    started: Ints
    left: Ints
    successor: Ints

    def __len__(self) -> int:
        return len(self.team)

    def at_work(self, person: Ints, at: Floats) -> Ints:
        """Who did the job of each person at each moment: that person, or once gone the successor; -1 for no person."""
        ends = np.append(last_moments(self.left), np.inf)
        return np.where(at >= ends[person], np.append(self.successor, -1)[person], person)

    def supervisor(self, index: Ints) -> Ints:
        """Position of each of SUPERVISORS among all staff; -1 stays."""
        return np.where(index >= 0, index + len(PEOPLE), -1)


def last_moments(day: Ints) -> Floats:
    """The local midnight that ends each day of the period; infinity where there is none."""
    starts = hours().group_by("day").agg(pl.col("starts").min()).sort("day")["starts"].to_numpy()
    edges = np.append(starts[1:], np.inf)
    return np.where(day == STAYED, np.inf, edges[np.minimum(day, len(edges) - 1)])


def draw_staff(seed: int) -> Staff:
    """Everyone, as known at the data cut."""
    rng = stream(seed, "staff")
    by_command = [0 if team.command == CONTROL else 2 if team.command == BUREAU else 1 for team in TEAMS]
    team = np.concatenate([np.repeat(np.arange(len(TEAMS)), heads) for heads in (HEADS, SUPERVISOR_HEADS)])
    role = np.where(np.arange(len(team)) < len(PEOPLE), np.array(by_command)[team], SUPERVISOR)
    count = len(team)
    last_day = int(hours()["day"].to_numpy().max())
    started = -np.ceil(lognormal(rng, 5 * 365.0, 0.8, count).clip(20, 30 * 365)).astype(np.int64)
    left = np.where(happens(rng, LEAVERS, count), rng.integers(30, last_day - 20, count), STAYED)

    gone = np.flatnonzero(left != STAYED)
    successor = np.arange(count + len(gone))
    successor[gone] = count + np.arange(len(gone))
    names = pl.concat([PEOPLE, SUPERVISORS])
    new = [
        blake2b(f"after {name}".encode(), digest_size=6, key=b"synthetic force").hexdigest()
        for name in names.gather(gone)
    ]
    return Staff(
        ids=pl.concat([names, pl.Series(new, dtype=pl.String)]),
        team=np.append(team, team[gone]),
        role=np.append(role, role[gone]),
        started=np.append(started, left[gone] + 1),
        left=np.append(left, np.full(len(gone), STAYED)),
        successor=successor,
    )


def days(day: Ints) -> pl.Series:
    """Days of the period as dates, null for STAYED."""
    return pl.Series([None if n == STAYED else MONTHS[0] + timedelta(days=n) for n in day.tolist()], dtype=pl.Date)


def staff_frame(staff: Staff) -> pl.DataFrame:
    """The staff extract, one row a person."""
    return pl.DataFrame(
        {
            "staff_id": staff.ids,
            "team_id": decode(staff.team, TEAM_IDS),
            "role": decode(staff.role, ROLES),
            "started_on": days(staff.started),
            "left_on": days(staff.left),
        }
    )

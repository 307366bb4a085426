"""The teams of the synthetic force, and how well each records, as a shift of the log-odds that a crime is recorded."""

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import polars as pl

from pipelines.sample.arrays import Floats, Ints
from pipelines.sample.calendar import moment, progress

DISTRICTS = ("Hartlepool", "Middlesbrough", "Redcar and Cleveland", "Stockton")


@dataclass(frozen=True)
class Team:
    """One team. `before` and `after` are its shift before the inspection and at the end of the reform; `dip` is how far
    it falls back during the winter of 2018/19. `people` handle and `supervisors` check its logs."""

    team_id: str
    name: str
    command: str
    district: str | None = None
    before: float = 0.0
    after: float = 0.0
    dip: float = 0.0
    people: int = 24
    supervisors: int = 4


CONTROL, RESPONSE, BUREAU = "Control room", "Response", "Crime bureau"

TEAMS: tuple[Team, ...] = (
    Team("CTL-A", "Control room A", CONTROL, before=0.05, after=0.35),
    Team("CTL-B", "Control room B", CONTROL, before=-0.15, after=-0.85),  # barely improves
    Team("CTL-C", "Control room C", CONTROL, before=0.0, after=0.15, dip=0.9),  # gets worse for a while
    Team("CTL-D", "Control room D", CONTROL, before=0.2, after=0.45),
    Team("CTL-E", "Control room E", CONTROL, before=0.0, after=0.05),
    Team("CTL-ONL", "Online desk", CONTROL, before=-0.35, after=0.1, people=10, supervisors=2),
    Team("CTL-FRO", "Front counters", CONTROL, before=-0.05, after=-0.3, people=16, supervisors=2),  # barely improves
    Team("RSP-HP1", "Response Hartlepool", RESPONSE, "Hartlepool", before=0.1, after=0.15, people=60),
    Team("RSP-MB1", "Response Middlesbrough Central", RESPONSE, "Middlesbrough", before=-0.1, after=0.0, people=60),
    Team(
        "RSP-MB2", "Response Middlesbrough South", RESPONSE, "Middlesbrough", before=0.0, after=0.0, dip=0.5, people=50
    ),
    Team("RSP-RC1", "Response Redcar", RESPONSE, "Redcar and Cleveland", before=-0.1, after=-0.4, people=40),
    Team("RSP-RC2", "Response East Cleveland", RESPONSE, "Redcar and Cleveland", before=0.05, after=0.1, people=30),
    Team("RSP-ST1", "Response Stockton Town", RESPONSE, "Stockton", before=0.0, after=0.2, people=60),
    Team("RSP-ST2", "Response Thornaby", RESPONSE, "Stockton", before=0.1, after=0.1, people=40),
    Team("BUR-1", "Crime bureau 1", BUREAU, people=20, supervisors=3),
    Team("BUR-2", "Crime bureau 2", BUREAU, people=20, supervisors=3),
    Team("BUR-PPU", "Public protection desk", BUREAU, people=12, supervisors=2),
)

TEAM_IDS = tuple(team.team_id for team in TEAMS)
SHIFTS = tuple(TEAM_IDS.index(f"CTL-{letter}") for letter in "ABCDE")
ONLINE, COUNTERS = TEAM_IDS.index("CTL-ONL"), TEAM_IDS.index("CTL-FRO")
BUREAUX = tuple(TEAM_IDS.index(name) for name in ("BUR-1", "BUR-2", "BUR-PPU"))
ATTENDING = tuple(tuple(i for i, team in enumerate(TEAMS) if team.district == district) for district in DISTRICTS)


def team_frame() -> pl.DataFrame:
    """The team extract, one row a team."""
    return pl.DataFrame(
        {
            "team_id": TEAM_IDS,
            "name": [team.name for team in TEAMS],
            "command": [team.command for team in TEAMS],
            "district": [team.district for team in TEAMS],
        },
        schema_overrides={"district": pl.String},
    )


def shift_team(day: Ints, hour: Ints) -> Ints:
    """Control-room team on duty: early 7 to 15, late 15 to 23, night 23 to 7, two days each, then four days off."""
    shift = np.where((hour >= 7) & (hour < 15), 0, np.where((hour >= 15) & (hour < 23), 1, 2))
    started = np.where(hour < 7, day - 1, day)  # a night belongs to the day on which it began
    return np.asarray(SHIFTS)[(started // 2 - shift) % len(SHIFTS)]


def skill(team: Ints, at: Floats) -> Floats:
    """Shift of the log-odds that a crime is recorded, by team (negative: no team, no shift) and moment."""
    before, after, dip = (np.array([getattr(t, name) for t in TEAMS] + [0.0]) for name in ("before", "after", "dip"))
    reform = progress(at, moment(2018, 9), moment(2019, 9))
    fall = progress(at, moment(2018, 11), moment(2019, 1)) - progress(at, moment(2019, 4), moment(2019, 6))
    return before[team] + (after - before)[team] * reform - dip[team] * fall


def _badges(kind: str, heads: list[int]) -> tuple[pl.Series, Ints, Ints]:
    """Keyed-hash looking names of all people of a kind, with each team's first position and head count."""
    names = [
        blake2b(f"{kind}/{team}/{n}".encode(), digest_size=6, key=b"synthetic force").hexdigest()
        for team, count in zip(TEAM_IDS, heads, strict=True)
        for n in range(count)
    ]
    return pl.Series(names), np.concatenate([[0], np.cumsum(heads)[:-1]]), np.array(heads)


PEOPLE, FIRST_PERSON, HEADS = _badges("person", [team.people for team in TEAMS])
SUPERVISORS, FIRST_SUPERVISOR, SUPERVISOR_HEADS = _badges("supervisor", [team.supervisors for team in TEAMS])


def person(rng: np.random.Generator, team: Ints) -> Ints:
    """Someone of each team, some busier than others, as a position in PEOPLE."""
    return FIRST_PERSON[team] + (HEADS[team] * rng.random(len(team)) ** 1.3).astype(np.int64)


def supervisor(rng: np.random.Generator, team: Ints) -> Ints:
    """A supervisor of each team, as a position in SUPERVISORS."""
    return FIRST_SUPERVISOR[team] + (SUPERVISOR_HEADS[team] * rng.random(len(team))).astype(np.int64)

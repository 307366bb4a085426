"""Draws logs at random within strata. The same frame and seed give the same logs, whatever order the frame comes in.

Each log gets a number out of the seed and its own, and the lowest of each stratum are drawn: a digest that nobody can
steer is as good as a lottery, and needs no generator that may change from one version of Python to the next.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from math import ceil
from typing import Any

LEAST = 2  # logs of a stratum: one alone shows no spread

Frame = Iterable[Mapping[str, Any]]  # a row a log: incident_id, stratum, may_hide


class SizesError(ValueError):
    """So many logs cannot be drawn. The message says of which stratum and why."""


@dataclass(frozen=True)
class Stratum:
    """One stratum of a draw: N logs, of which n were drawn."""

    stratum: str
    may_hide: bool
    population: int
    sampled: int


@dataclass(frozen=True)
class Selection:
    """The logs drawn with their strata, in an order that is random over all of them; `twice` are marked by two."""

    strata: tuple[Stratum, ...]
    logs: dict[str, str]
    twice: frozenset[str]


def select(frame: Frame, seed: int, wanted: Mapping[bool, int | Mapping[str, int]], share_twice: float) -> Selection:
    """Draw from the frame. `wanted`: logs of the inspection scope (False) and of those that may hide crime (True),
    in all, or by stratum. `share_twice` of the logs drawn, rounded up, are marked by two. SizesError where a size is
    none that can be drawn."""
    rows = list(frame)
    sides = {row["stratum"]: bool(row["may_hide"]) for row in rows}
    populations = Counter(row["stratum"] for row in rows)
    sizes: dict[str, int] = {}
    for may_hide, asked in wanted.items():
        own = {stratum: populations[stratum] for stratum, hides in sides.items() if hides is may_hide}
        sizes |= proportional(asked, own) if isinstance(asked, int) else _checked(asked, own)
    left = dict(sizes)
    logs: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: _number(seed, "drawn", row["incident_id"])):
        if left[row["stratum"]] > 0:
            left[row["stratum"]] -= 1
            logs[row["incident_id"]] = row["stratum"]
    if not logs:
        raise SizesError(f"of the {len(rows):,} logs that could be drawn from, none is asked for")
    by_lot = sorted(logs, key=lambda log: _number(seed, "marked twice", log))
    strata = tuple(Stratum(name, sides[name], populations[name], sizes[name]) for name in sorted(sides))
    return Selection(strata, logs, frozenset(by_lot[: ceil(share_twice * len(logs))]))


def proportional(total: int, populations: Mapping[str, int]) -> dict[str, int]:
    """Share `total` logs out in proportion to the strata, as a plan does: two to each, or all it has, and every further
    one to the stratum of the highest N / (2n + 1). A total of 0 draws none."""
    if total <= 0:
        return dict.fromkeys(populations, 0)
    sizes = {stratum: min(LEAST, logs) for stratum, logs in populations.items()}
    for _ in range(sum(sizes.values()), min(total, sum(populations.values()))):
        unfinished = [stratum for stratum in sorted(populations) if sizes[stratum] < populations[stratum]]
        sizes[max(unfinished, key=lambda stratum: populations[stratum] / (2 * sizes[stratum] + 1))] += 1
    return sizes


def _checked(asked: Mapping[str, int], populations: Mapping[str, int]) -> dict[str, int]:
    """The sizes asked for, of every stratum, each one that its logs allow."""
    there = ", ".join(f"{stratum} ({logs:,} logs)" for stratum, logs in sorted(populations.items())) or "none"
    faults = [f"there is no stratum {stratum}" for stratum in asked if stratum not in populations]
    faults += [f"{stratum} is left out" for stratum in populations if stratum not in asked]
    for stratum, logs in asked.items():
        population = populations.get(stratum, logs)
        if logs > population:
            faults.append(f"{stratum} has {population:,} logs, and {logs:,} are asked for")
        elif logs < min(LEAST, population):
            faults.append(f"{stratum} needs at least {min(LEAST, population)} logs, as fewer show no spread")
    if faults:
        raise SizesError(f"{'; '.join(faults)}. The strata of the period: {there}")
    return dict(asked)


def _number(seed: int, purpose: str, incident_id: str) -> bytes:
    return sha256(f"{seed} {purpose} {incident_id}".encode()).digest()

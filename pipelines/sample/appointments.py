"""The diary: chains of appointments, each rebooked in place of one that failed. Shares are invented (practice)."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from pipelines.sample.arrays import Floats, Ints, decode, happens, lognormal, moments, pick, pick_by_row, stream
from pipelines.sample.calendar import CUT, DAY, HOUR, ZONE, moment, progress
from pipelines.sample.callers import Callers
from pipelines.sample.incidents import Logs
from pipelines.sample.response import APPOINTMENT, Response
from pipelines.sample.teams import TEAM_IDS

LONGEST_CHAIN = 5
PLACES = ("home", "station", "phone", "video", "other")
KEPT, CANCELLED_POLICE, CANCELLED_VICTIM, MISSED_POLICE, MISSED_VICTIM, BOOKED = range(6)
STATUS = ("kept", "cancelled", "cancelled", "missed", "missed", "booked")
BY = (None, "police", "victim", "police", "victim", None)
BEFORE = np.array([0.7, 0.1, 0.06, 0.08, 0.06])
AFTER = np.array([0.85, 0.035, 0.055, 0.02, 0.04])
"""Shares of what becomes of an appointment, before the inspection and at the end of the reform."""


@dataclass(frozen=True)
class Diary:
    """One element a diary entry; `replaces` is the position of the entry it was booked in place of, or -1."""

    log: Ints
    booked: Floats
    starts: Floats
    ends: Floats
    outcome: Ints
    attended: Floats
    replaces: Ints
    place: Ints

    def first_attended(self, logs: int) -> Floats:
        """When police and victim first met, one element a log."""
        met = np.full(logs, np.inf)
        np.minimum.at(met, self.log, np.where(np.isnan(self.attended), np.inf, self.attended))
        return np.where(np.isinf(met), np.nan, met)


def half_hour_slot(rng: np.random.Generator, earliest: Floats) -> Floats:
    """A free half-hour slot between 8 and 20 local time, on the day of each moment or, where too late, the next."""
    day = np.floor(earliest / DAY) * DAY
    slot = day + 8 * HOUR + 0.5 * HOUR * rng.integers(0, 24, len(day))
    slot = np.where(slot > earliest, slot, slot + DAY)
    summer = pl.from_epoch(pl.Series(slot.astype(np.int64)), time_unit="s").dt.replace_time_zone("UTC")
    offset = summer.dt.convert_time_zone(ZONE).dt.dst_offset().dt.total_seconds().to_numpy()
    return slot - offset


def draw_diary(seed: int, logs: Logs, response: Response) -> Diary:
    """All entries booked by the data cut, link by link of the chains."""
    rng = stream(seed, "appointments")
    in_diary = (response.final_grade == APPOINTMENT) & ~logs.is_duplicate & happens(rng, 0.93, len(logs))
    log = np.flatnonzero(in_diary)
    booked = logs.reported[log] + np.floor(lognormal(rng, 25 * 60.0, 1.0, len(log)))
    before = np.full(len(log), -1, dtype=np.int64)
    links: list[Diary] = []
    total = 0
    for _ in range(LONGEST_CHAIN):
        known = booked < CUT
        log, booked, before = log[known], booked[known], before[known]
        link, failed_at = draw_link(rng, log, booked, before)
        links.append(link)
        position = total + np.arange(len(log))
        total += len(log)
        again = (link.outcome != KEPT) & (link.outcome != BOOKED) & happens(rng, 0.76, len(log))
        log, before = log[again], position[again]
        booked = failed_at[again] + np.floor(lognormal(rng, 4 * HOUR, 1.1, int(again.sum())))
    return Diary(**{name: np.concatenate([getattr(link, name) for link in links]) for name in Diary.__annotations__})


def draw_link(rng: np.random.Generator, log: Ints, booked: Floats, before: Ints) -> tuple[Diary, Floats]:
    """One appointment for each log, and when it failed where it did."""
    count = len(log)
    reform = progress(booked, moment(2018, 11), moment(2019, 8))
    wait = lognormal(rng, HOUR * (44.0 - 16.0 * reform), 0.7, count)
    starts = half_hour_slot(rng, booked + wait.clip(2 * HOUR, 40 * DAY))
    ends = starts + np.where(happens(rng, 0.75, count), HOUR, 2 * HOUR)
    steps = 10
    weights = np.array([BEFORE + (AFTER - BEFORE) * step / steps for step in range(steps + 1)])
    outcome = pick_by_row(rng, weights, np.round(reform * steps).astype(np.int64))
    cancelled = (outcome == CANCELLED_POLICE) | (outcome == CANCELLED_VICTIM)
    failed_at = np.where(cancelled, booked + np.floor((starts - booked) * rng.random(count)), ends)
    attended = np.where(outcome == KEPT, starts + np.floor(lognormal(rng, 6 * 60.0, 0.9, count)), np.nan)
    known_at = np.where(outcome == KEPT, attended, failed_at)
    to_come = (known_at >= CUT) | happens(rng, 0.012, count)  # some are never brought up to date
    outcome = np.where(to_come, BOOKED, outcome)
    attended = np.where(to_come, np.nan, attended)
    place = pick(rng, (0.55, 0.24, 0.14, 0.04, 0.03), count)
    return Diary(log, booked, starts, ends, outcome, attended, before, place), failed_at


def appointment_frame(diary: Diary, incident_ids: pl.Series, callers: Callers) -> pl.DataFrame:
    """The appointment extract, in order of booking."""
    order = np.argsort(diary.booked, kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    ids = pl.select("AP" + pl.Series(np.arange(1, len(order) + 1)).cast(pl.String).str.zfill(7)).to_series()
    replaced = diary.replaces[order]
    return pl.DataFrame(
        {
            "appointment_id": ids,
            "incident_id": incident_ids.gather(diary.log[order]),
            "booked_at": moments(diary.booked[order]),
            "starts_at": moments(diary.starts[order]),
            "ends_at": moments(diary.ends[order]),
            "place": decode(diary.place[order], PLACES),
            "status": decode(diary.outcome[order], STATUS),
            "replaces": decode(np.where(replaced >= 0, rank[replaced], -1), ids),
            "cancelled_by": decode(diary.outcome[order], BY),
            "attended_at": moments(diary.attended[order]),
            "team_id": decode(callers.attending_team[diary.log[order]], TEAM_IDS),
        }
    )

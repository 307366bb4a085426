"""The crimes on record: those that were required, those that should not be, reported incidents of rape, and crimes that
never had a log. Shares are invented (practice)."""

from dataclasses import dataclass, fields

import numpy as np

from pipelines.sample.arrays import Flags, Floats, Ints, happens, lognormal, pick_by_row, stream
from pipelines.sample.calendar import CUT, DAY, HOUR, MONTHS, progress
from pipelines.sample.callers import DISTRICT_SHARES, Callers
from pipelines.sample.catalogue import CATEGORY_OF_CLASS, N100, category, profile
from pipelines.sample.closures import Closing
from pipelines.sample.incidents import NET_OF_CANCELLED, NO_CRIME, Logs, Required
from pipelines.sample.levels import LOGS_A_MONTH, NO_LOG, recorded_level
from pipelines.sample.rate import REFORM_BEGINS, REFORM_ENDS
from pipelines.sample.response import APPOINTMENT, Response
from pipelines.sample.rhythm import RHYTHMS, draw_moments
from pipelines.sample.teams import skill

REQUIRED, SURPLUS, LATER_REPORT, RAPE_REPORT, NO_LOG_CRIME = range(5)
ORIGINS = ("required", "surplus", "later_report", "reported_incident", "no_log")
"""Where a crime on record comes from: a required one; one recorded without need; a further report against an earlier log;
a reported incident of rape (N100); a crime that reached the record without a log."""

SURPLUS_SHARE, LATER_SHARE = 0.013, 0.008
RAPE_AS_INCIDENT, MISSED_RAPE_AS_INCIDENT = 0.8, 0.5
"""Share of unconfirmed rape reports, and of rapes missed, that are put down as N100."""


@dataclass(frozen=True)
class Crimes:
    """One element a crime on record by the data cut. `log` is -1 without a log; `required` is the position of the
    required crime it meets, or -1."""

    log: Ints
    required: Ints
    origin: Ints
    offence: Ints
    reported: Floats
    recorded: Floats
    district: Ints
    is_abuse: Flags

    def __len__(self) -> int:
        return len(self.log)

    def take(self, index: Ints | Flags) -> "Crimes":
        """The crimes at those positions."""
        return Crimes(**{field.name: getattr(self, field.name)[index] for field in fields(self)})

    @staticmethod
    def join(*parts: "Crimes") -> "Crimes":
        """All crimes of the parts."""
        return Crimes(
            **{field.name: np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Crimes)}
        )


def draw_delay(rng: np.random.Generator, reported: Floats, closed: Floats, points: Floats, is_later: Flags) -> Floats:
    """Seconds from report to record. Most within a day, more so after the reform; half of those while the caller is on the
    line or soon after, the rest when the log is closed. `points` shifts the chance; `is_later` marks what comes second."""
    count = len(reported)
    reform = progress(reported, REFORM_BEGINS, REFORM_ENDS)
    in_time = (0.8 + 0.14 * reform + points - 0.12 * is_later).clip(0.05, 0.985)
    at_call = happens(rng, 0.46 + 0.2 * reform, count)
    call = lognormal(rng, 70 * 60.0, 1.0, count)
    closing = np.fmax(closed - reported, 0.0) + lognormal(rng, 50 * 60.0, 1.0, count)
    prompt = np.where(at_call | np.isnan(closing), call, closing)
    prompt = np.where(prompt < 23.8 * HOUR, prompt, HOUR * (0.5 + 23.0 * rng.random(count)))
    late = DAY + lognormal(rng, 38 * HOUR, 1.35, count).clip(60.0, 400 * DAY)
    return np.floor(np.where(happens(rng, in_time, count), prompt, late)) + 60.0


def from_logs(
    rng: np.random.Generator, logs: Logs, callers: Callers, closing: Closing, response: Response,
    log: Ints, offence: Ints, origin: int, required: Ints, is_later: Flags,
) -> Crimes:  # fmt: skip
    """Crimes recorded from those logs."""
    reported = logs.reported[log]
    points = 0.05 * skill(callers.team[log], reported) - 0.16 * (response.final_grade[log] == APPOINTMENT)
    delay = draw_delay(rng, reported, closing.first_closed[log], points, is_later)
    return Crimes(
        log, required, np.full(len(log), origin), offence, reported, reported + delay,
        callers.district[log], callers.is_abuse[log],
    )  # fmt: skip


def without_log(rng: np.random.Generator, count: int) -> Crimes:
    """Crimes that came straight to the record, as many as fit a sample of `count` logs."""
    weights = recorded_level() / NET_OF_CANCELLED * NO_LOG[:, None] * (count / (LOGS_A_MONTH * len(MONTHS)))
    offence, month = np.divmod(np.repeat(np.arange(weights.size), rng.poisson(weights).ravel()), len(MONTHS))
    kind = CATEGORY_OF_CLASS[offence]
    rhythm = np.array([RHYTHMS.index(name) if name else 0 for name in profile("rhythm")])
    reported = draw_moments(rng, month, rhythm[kind])
    size = len(offence)
    delay = draw_delay(rng, reported, np.full(size, np.nan), np.full(size, 0.06), np.zeros(size, dtype=bool))
    none = np.full(size, -1, dtype=np.int64)
    district = pick_by_row(rng, np.array([DISTRICT_SHARES]), np.zeros(size, dtype=np.int64))
    is_abuse = happens(rng, 0.5 * profile("domestic_abuse").astype(np.float64)[kind], size)
    return Crimes(none, none, np.full(size, NO_LOG_CRIME), offence, reported, reported + delay, district, is_abuse)


def draw_crimes(
    seed: int, logs: Logs, callers: Callers, response: Response, closing: Closing, required: Required, recorded: Flags
) -> Crimes:
    """All crimes on record by the data cut, in order of recording."""
    rng = stream(seed, "crimes")
    common = (rng, logs, callers, closing, response)
    met = np.flatnonzero(recorded)
    real = from_logs(*common, required.log[met], required.offence[met], REQUIRED, met, required.n[met] > 0)

    twin = np.flatnonzero(happens(rng, SURPLUS_SHARE, len(real)))
    none = np.full(len(twin), -1, dtype=np.int64)
    surplus = from_logs(*common, real.log[twin], real.offence[twin], SURPLUS, none, np.ones(len(twin), dtype=bool))

    again = np.flatnonzero(happens(rng, LATER_SHARE, len(real)))
    later = real.take(again)
    reported = later.reported + np.floor(DAY * (1.0 + lognormal(rng, 5.0, 0.9, len(again))))
    delay = draw_delay(
        rng, reported, np.full(len(again), np.nan), np.zeros(len(again)), np.zeros(len(again), dtype=bool)
    )
    later = Crimes(
        later.log, np.full(len(again), -1), np.full(len(again), LATER_REPORT), later.offence, reported, reported + delay,
        later.district, later.is_abuse,
    )  # fmt: skip

    rape = category("rape")
    unconfirmed = (logs.family == NO_CRIME) & (logs.category == rape) & ~logs.is_duplicate
    missed = ~recorded & (CATEGORY_OF_CLASS[required.offence] == rape)
    incident = np.concatenate([
        np.flatnonzero(unconfirmed & happens(rng, RAPE_AS_INCIDENT, len(logs))),
        np.unique(required.log[missed & happens(rng, MISSED_RAPE_AS_INCIDENT, len(recorded))]),
    ])  # fmt: skip
    size = len(incident)
    reports = from_logs(
        *common, incident, np.full(size, N100), RAPE_REPORT, np.full(size, -1), np.zeros(size, dtype=bool)
    )
    crimes = Crimes.join(real, surplus, later, reports, without_log(rng, len(logs)))
    order = np.argsort(crimes.recorded, kind="stable")
    return crimes.take(order[crimes.recorded[order] < CUT])

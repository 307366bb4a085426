"""The crimes on record: those that were required, those that should not be, reported incidents of rape, and crimes that
never had a log. Shares are invented (practice)."""

from dataclasses import dataclass, fields, replace

import numpy as np

from pipelines.sample.arrays import Flags, Floats, Ints, happens, lognormal, pick, stream
from pipelines.sample.calendar import CUT, DAY, HOUR, MONTHS, progress
from pipelines.sample.callers import DISTRICT_SHARES, Callers
from pipelines.sample.catalogue import CATEGORY_OF_CLASS, N100, category, profile
from pipelines.sample.closures import Closing
from pipelines.sample.incidents import NO_CRIME, STANDING, Logs
from pipelines.sample.levels import LOGS_A_MONTH, NO_LOG, recorded_level
from pipelines.sample.rate import REFORM_BEGINS, REFORM_ENDS
from pipelines.sample.required import Required
from pipelines.sample.response import APPOINTMENT, Response
from pipelines.sample.rhythm import draw_moments
from pipelines.sample.teams import skill

REQUIRED, SURPLUS, LATER_REPORT, RAPE_REPORT, NO_LOG_CRIME = range(5)
ORIGINS = ("required", "surplus", "later_report", "reported_incident", "no_log")
"""Where a crime on record comes from: a required one; one recorded without need; a further report against an earlier
log; a reported incident of rape (N100); a crime that reached the record without a log."""

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
    """Seconds from report to record. Most within a day, more so after the reform; half of those while the caller is
    on the line or soon after, the rest shortly before or after the log is closed. `points` shifts the chance of being
    in time; `is_later` marks what comes second."""
    count = len(reported)
    reform = progress(reported, REFORM_BEGINS, REFORM_ENDS)
    in_time = (0.8 + 0.14 * reform + points - 0.12 * is_later).clip(0.05, 0.985)
    at_call = happens(rng, 0.46 + 0.2 * reform, count)
    call = lognormal(rng, 70 * 60.0, 1.0, count)
    before_closing = happens(rng, 0.45 + 0.2 * reform, count)
    attended = np.fmax(closed - reported, 0.0)
    closing = np.where(before_closing, attended * (0.4 + 0.6 * rng.random(count)), attended)
    closing = closing + ~before_closing * lognormal(rng, 50 * 60.0, 1.0, count)
    prompt = np.where(at_call | np.isnan(closing), call, closing)
    prompt = np.where(prompt < 23.8 * HOUR, prompt, HOUR * (0.5 + 23.0 * rng.random(count)))
    late = DAY + lognormal(rng, 38 * HOUR, 1.35, count).clip(60.0, 400 * DAY)
    return np.floor(np.where(happens(rng, in_time, count), prompt, late)) + 60.0


@dataclass(frozen=True)
class Circumstances:
    """What is known of the logs when their crimes are recorded."""

    logs: Logs
    callers: Callers
    response: Response
    closing: Closing


def from_logs(
    rng: np.random.Generator,
    known: Circumstances,
    log: Ints,
    offence: Ints,
    origin: int,
    required: Ints,
    is_later: Flags,
) -> Crimes:
    """Crimes recorded from those logs, whatever their number; one element of the arguments a crime."""
    reported = known.logs.reported[log]
    in_diary = known.response.final_grade[log] == APPOINTMENT
    points = 0.05 * skill(known.callers.team[log], reported) - 0.16 * in_diary
    delay = draw_delay(rng, reported, known.closing.first_closed[log], points, is_later)
    return Crimes(
        log=log,
        required=required,
        origin=np.full(len(log), origin),
        offence=offence,
        reported=reported,
        recorded=reported + delay,
        district=known.callers.district[log],
        is_abuse=known.callers.is_abuse[log],
    )


def reported_later(rng: np.random.Generator, of: Crimes) -> Crimes:
    """For each crime a further one of its class, reported days later against the same log."""
    size = len(of)
    reported = of.reported + np.floor(DAY * (1.0 + lognormal(rng, 5.0, 0.9, size)))
    nothing = np.full(size, np.nan)
    delay = draw_delay(rng, reported, nothing, np.zeros(size), np.zeros(size, dtype=bool))
    return replace(
        of,
        required=np.full(size, -1),
        origin=np.full(size, LATER_REPORT),
        reported=reported,
        recorded=reported + delay,
    )


def without_log(rng: np.random.Generator, count: int) -> Crimes:
    """Crimes that came straight to the record, as many as fit a sample of `count` logs."""
    scale = count / (LOGS_A_MONTH * len(MONTHS))
    weights = recorded_level() / STANDING * NO_LOG[:, None] * scale
    offence, month = np.divmod(np.repeat(np.arange(weights.size), rng.poisson(weights).ravel()), len(MONTHS))
    kind, size = CATEGORY_OF_CLASS[offence], len(offence)
    reported = draw_moments(rng, month, kind)
    delay = draw_delay(rng, reported, np.full(size, np.nan), np.full(size, 0.06), np.zeros(size, dtype=bool))
    return Crimes(
        log=np.full(size, -1),
        required=np.full(size, -1),
        origin=np.full(size, NO_LOG_CRIME),
        offence=offence,
        reported=reported,
        recorded=reported + delay,
        district=pick(rng, DISTRICT_SHARES, size),
        is_abuse=happens(rng, 0.5 * profile("domestic_abuse")[kind], size),
    )


def put_down_as_incidents(rng: np.random.Generator, logs: Logs, required: Required, recorded: Flags) -> Ints:
    """Logs whose report of rape stands as N100: most of those not confirmed, and half of the rapes missed."""
    rape = category("rape")
    unconfirmed = (logs.family == NO_CRIME) & (logs.category == rape) & ~logs.is_duplicate
    missed = ~recorded & ~required.is_hidden & (CATEGORY_OF_CLASS[required.offence] == rape)
    as_incident = np.unique(required.log[missed & happens(rng, MISSED_RAPE_AS_INCIDENT, len(recorded))])
    return np.concatenate([np.flatnonzero(unconfirmed & happens(rng, RAPE_AS_INCIDENT, len(logs))), as_incident])


def draw_crimes(seed: int, known: Circumstances, required: Required, recorded: Flags) -> Crimes:
    """All crimes on record by the data cut, in order of recording; `recorded` says which of the required are."""
    rng = stream(seed, "crimes")
    met = np.flatnonzero(recorded)
    real = from_logs(rng, known, required.log[met], required.offence[met], REQUIRED, met, required.n[met] > 0)
    twin = real.take(happens(rng, SURPLUS_SHARE, len(real)))
    none, second = np.full(len(twin), -1), np.ones(len(twin), dtype=bool)
    surplus = from_logs(rng, known, twin.log, twin.offence, SURPLUS, none, second)
    later = reported_later(rng, real.take(happens(rng, LATER_SHARE, len(real))))
    log = put_down_as_incidents(rng, known.logs, required, recorded)
    none, second = np.full(len(log), -1), np.zeros(len(log), dtype=bool)
    incidents = from_logs(rng, known, log, np.full(len(log), N100), RAPE_REPORT, none, second)
    crimes = Crimes.join(real, surplus, later, incidents, without_log(rng, len(known.logs)))
    order = np.argsort(crimes.recorded, kind="stable")
    return crimes.take(order[crimes.recorded[order] < CUT])

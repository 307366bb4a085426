"""Who calls, from where and how, and who takes the call. Shares are invented (practice) but for the districts."""

from dataclasses import dataclass

import numpy as np

from pipelines.sample.arrays import Flags, Floats, Ints, happens, pick, pick_by_row, stream
from pipelines.sample.calendar import HOUR, START, hours, moment, progress
from pipelines.sample.catalogue import CATEGORIES, named_profile, profile
from pipelines.sample.incidents import Logs
from pipelines.sample.teams import ATTENDING, COUNTERS, ONLINE, person, shift_team

CHANNELS = ("999", "101", "online", "front_counter", "officer", "third_party", "other")
CHANNEL = {name: index for index, name in enumerate(CHANNELS)}

CHANNEL_SHARES = {
    "urgent": (0.55, 0.33, 0.01, 0.02, 0.05, 0.03, 0.01),
    "serious": (0.2, 0.4, 0.05, 0.1, 0.06, 0.18, 0.01),
    "referral": (0.1, 0.3, 0.05, 0.02, 0.2, 0.32, 0.01),
    "call": (0.2, 0.57, 0.11, 0.05, 0.03, 0.03, 0.01),
    "patrol": (0.05, 0.15, 0.02, 0.02, 0.72, 0.03, 0.01),
    "online": (0.03, 0.46, 0.42, 0.06, 0.01, 0.01, 0.01),
    "counter": (0.04, 0.48, 0.24, 0.2, 0.02, 0.01, 0.01),
}

DISTRICT_SHARES = (0.18, 0.33, 0.18, 0.31)
"""Crimes of October 2018 to February 2019 by local authority, data.police.uk, rounded; in the order of DISTRICTS."""

DISTRICT_TILT = {
    "shoplifting": (0.9, 1.2, 0.75, 1.0),
    "asb_nuisance": (1.0, 1.0, 1.25, 0.9),
    "robbery": (0.8, 1.4, 0.6, 0.9),
}
"""Where a kind of log is more or less common than the district's share."""


@dataclass(frozen=True)
class Callers:
    """One element a log. `is_abuse` is whether it truly is domestic abuse; flags say what the log shows of the rest."""

    district: Ints
    channel: Ints
    is_abuse: Flags
    is_vulnerable: Flags
    is_repeat: Flags
    team: Ints
    attending_team: Ints
    handler: Ints


def draw_districts(rng: np.random.Generator, category: Ints) -> Ints:
    """District of each log, by its category."""
    weights = np.tile(np.array(DISTRICT_SHARES), (len(CATEGORIES), 1))
    for code, tilt in DISTRICT_TILT.items():
        weights[CATEGORIES.index(code)] *= np.array(tilt)
    return pick_by_row(rng, weights, category)


def draw_channels(rng: np.random.Generator, category: Ints, at: Floats) -> Ints:
    """How each report came in; reporting online takes hold during the period."""
    by_profile = named_profile("channels", tuple(CHANNEL_SHARES))
    channel = pick_by_row(rng, np.array(list(CHANNEL_SHARES.values())), by_profile[category])
    by_phone_still = happens(rng, 0.6 * (1.0 - progress(at, moment(2018, 3), moment(2019, 6))), len(at))
    return np.where((channel == CHANNEL["online"]) & by_phone_still, CHANNEL["101"], channel)


def attending(rng: np.random.Generator, district: Ints) -> Ints:
    """A response team of each district."""
    teams = np.array([list(of) + [of[0]] * (2 - len(of)) for of in ATTENDING])
    return teams[district, pick(rng, (0.57, 0.43), len(district))]


def draw_callers(seed: int, logs: Logs) -> Callers:
    """Callers of every log; a duplicate shares place and circumstances with the log it repeats."""
    rng = stream(seed, "callers")
    count = len(logs)
    source = np.where(logs.is_duplicate, logs.root, np.arange(count))
    is_abuse = happens(rng, profile("domestic_abuse")[logs.category], count)
    vulnerable = profile("vulnerable")[logs.category] + 0.12 * is_abuse
    district = draw_districts(rng, logs.category)[source]
    channel = draw_channels(rng, logs.category, logs.reported)
    grid = hours()
    slot = ((logs.reported - START) // HOUR).astype(np.int64)
    on_duty = shift_team(grid["day"].to_numpy()[slot], grid["hour"].to_numpy()[slot])
    team = np.where(
        channel == CHANNEL["online"], ONLINE, np.where(channel == CHANNEL["front_counter"], COUNTERS, on_duty)
    )
    return Callers(
        district=district,
        channel=channel,
        is_abuse=is_abuse[source],
        is_vulnerable=happens(rng, vulnerable, count)[source],
        is_repeat=happens(rng, np.where(is_abuse, 0.34, 0.09), count)[source],
        team=team,
        attending_team=attending(rng, district),
        handler=person(rng, team),
    )

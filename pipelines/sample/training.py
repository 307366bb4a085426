"""The training that the recommendations ask for: given from autumn 2018 to spring 2019, to some teams early and almost
whole, to others late and in part. Some who missed it hold an older certificate that has run out. All invented
(practice)."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from pipelines.sample.arrays import Floats, Ints, decode, happens, moments, stream
from pipelines.sample.calendar import CUT, DAY, HOUR, START, moment
from pipelines.sample.catalogue import REFERENCE
from pipelines.sample.staff import ROLES, Staff, last_moments
from pipelines.sample.teams import TEAM_IDS

VALID = 2 * 365 * DAY
EARLIER_COURSE = 0.3
"""Share of those not trained with their team who took such a course in 2017, within five months of the first day."""

INDUCTION = 40
"""Days within which someone new takes the courses that the team has had."""


@dataclass(frozen=True)
class Rollout:
    """When a team is trained: from the day `begins`, over `weeks`, and what share of its people comes."""

    begins: tuple[int, int, int]
    weeks: int
    share: float


ROLLOUT = {
    "CTL-A": Rollout((2018, 9, 17), 6, 0.96),
    "CTL-B": Rollout((2019, 3, 4), 8, 0.45),
    "CTL-C": Rollout((2019, 1, 14), 10, 0.75),
    "CTL-D": Rollout((2018, 10, 1), 6, 0.94),
    "CTL-E": Rollout((2018, 11, 19), 9, 0.82),
    "CTL-ONL": Rollout((2018, 10, 15), 4, 0.97),
    "CTL-FRO": Rollout((2019, 3, 18), 8, 0.4),
    "RSP-HP1": Rollout((2018, 11, 5), 14, 0.72),
    "RSP-MB1": Rollout((2018, 11, 5), 16, 0.66),
    "RSP-MB2": Rollout((2019, 1, 7), 14, 0.5),
    "RSP-RC1": Rollout((2019, 2, 4), 12, 0.38),
    "RSP-RC2": Rollout((2018, 12, 3), 12, 0.7),
    "RSP-ST1": Rollout((2018, 10, 22), 14, 0.8),
    "RSP-ST2": Rollout((2018, 11, 26), 14, 0.74),
    "BUR-1": Rollout((2018, 9, 10), 5, 0.97),
    "BUR-2": Rollout((2018, 9, 24), 5, 0.95),
    "BUR-PPU": Rollout((2018, 9, 24), 6, 0.93),
}
BETWEEN_MODULES = 12 * DAY
"""The next course of a team begins so much later than the one before it."""

modules = pl.read_csv(REFERENCE / "training_module.csv").select("module", pl.col("roles").str.split(";"))
MODULES: tuple[str, ...] = tuple(modules["module"])
IS_FOR = np.array([[role in asked for role in ROLES] for asked in modules["roles"]])
"""Whether a module (row) is meant for a role (column)."""


def draw_completed(rng: np.random.Generator, staff: Staff, person: Ints, module: Ints) -> Floats:
    """When each person completed the module, NaN where never: with the team, or as someone new."""
    count, plan = len(person), [ROLLOUT[team] for team in TEAM_IDS]
    begins, weeks, share = (
        np.array(values, dtype=np.float64)[staff.team[person]]
        for values in ([moment(*of.begins) for of in plan], [of.weeks for of in plan], [of.share for of in plan])
    )
    with_team = begins + module * BETWEEN_MODULES + np.floor(7 * weeks * rng.random(count)) * DAY
    settled_in = START + DAY * (staff.started[person] + 7 + rng.integers(0, INDUCTION, count))
    at = np.maximum(with_team, np.floor(settled_in / DAY) * DAY) + np.floor(10 * HOUR + 6 * HOUR * rng.random(count))
    before = START + np.floor(150 * rng.random(count)) * DAY + 10 * HOUR
    had_earlier = happens(rng, EARLIER_COURSE, count) & (staff.started[person] < 0)
    at = np.where(happens(rng, share, count), at, np.where(had_earlier, before, np.nan))
    return np.where((at < last_moments(staff.left)[person]) & (at < CUT), at, np.nan)


def training_frame(seed: int, staff: Staff) -> pl.DataFrame:
    """The training extract, one row a person and a module completed."""
    module, person = np.nonzero(IS_FOR[:, staff.role])
    completed = draw_completed(stream(seed, "training"), staff, person, module)
    taken = np.flatnonzero(~np.isnan(completed))
    taken = taken[np.argsort(completed[taken], kind="stable")]
    return pl.DataFrame(
        {
            "staff_id": staff.ids.gather(person[taken]),
            "module": decode(module[taken], MODULES),
            "completed_at": moments(completed[taken]),
            "expires_at": moments(completed[taken] + VALID),
        }
    )

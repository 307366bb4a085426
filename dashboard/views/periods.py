"""The months or weeks of a control chart, as its chart, its table and the figures beside it show them."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import sql
from dashboard import words

SETTLED, MOVING, INCOMPLETE, EMPTY, COUNTS = "settled", "moving", "incomplete", "empty", "counts"


@dataclass(frozen=True)
class Period:
    """One month or week of a metric. `state` says whether its figure is settled, can still move or lacks days; what
    process control says of it (from `mean` on) is there for settled ones alone, and of a trial nothing but the mean."""

    grain: str
    starts_on: date
    met: int
    of: int
    rate: float | None
    state: str
    phase: int | None = None
    mean: float | None = None
    lower: float | None = None
    upper: float | None = None
    signal: str | None = None
    variation: str | None = None

    @cached_property
    def key(self) -> str:
        """The period as the door takes it: 2018-05, or the Monday of a week."""
        return f"{self.starts_on:%Y-%m}" if self.grain == "month" else self.starts_on.isoformat()

    @cached_property
    def name(self) -> str:
        """The period as people say it."""
        return words.grain_value(self.grain, self.key)

    @property
    def remark(self) -> str:
        """What to bear in mind of the period, for the table and the hover."""
        return {
            MOVING: "may still move",
            INCOMPLETE: f"incomplete {self.grain}",
            EMPTY: "nothing counted",
            COUNTS: "counts alone: too few for a rate",
        }.get(self.state, "")


def of(chart: sql.ProcessChart) -> list[Period]:
    """The periods of the chart in order of time."""
    rows = sorted(chart.points + chart.apart, key=lambda row: row["period_start"])
    return [_period(chart.grain, row) for row in rows]


def _period(grain: str, row: dict) -> Period:
    is_settled = row["state"] == SETTLED
    is_judged = is_settled and not row["is_trial"]
    return Period(
        grain=grain,
        starts_on=row["period_start"],
        met=row["numerator"] or 0,
        of=row["denominator"] or 0,
        rate=row["value"],
        state=row["state"],
        phase=row["phase"] if is_settled else None,
        mean=row["mean"] if is_settled else None,
        lower=row["lower_limit"] if is_judged else None,
        upper=row["upper_limit"] if is_judged else None,
        signal=row["signal"] if is_judged else None,
        variation=row["variation"] if is_judged else None,
    )

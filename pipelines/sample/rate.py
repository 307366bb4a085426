"""The true recording rate the synthetic force is given, by month: what share of the crimes it should record it records.

83.4% of all crime and 81.1% of violence in the audited period (HMICFRS, Cleveland 2018); after the inspection a gradual
rise to about 94% (invented).
"""

from dataclasses import dataclass

import numpy as np

from pipelines.sample.arrays import Floats
from pipelines.sample.calendar import MONTHS, moment, progress

AUDITED_ALL, AUDITED_VIOLENCE = 0.834, 0.811
REFORMED_ALL, REFORMED_VIOLENCE = 0.945, 0.935
REFORM_BEGINS, REFORM_ENDS = moment(2018, 9), moment(2019, 9)
HIDDEN_SHARE = 0.6
"""A crime inside a log that no code calls a crime is recorded this many times as often as one in plain sight."""


@dataclass(frozen=True)
class TrueRate:
    """True rate by month over logs whose codes indicate a crime; `violence` is None where only the whole is fixed."""

    overall: Floats
    violence: Floats | None


def check_rate(rate: float | None) -> None:
    """Refuse a rate that is not a share."""
    if rate is not None and not 0.0 <= rate <= 1.0:
        raise ValueError(
            f"rate is {rate}; it is the share of crimes recorded and must lie between 0 and 1, such as 0.9"
        )


def inspected_rates() -> tuple[Floats, Floats]:
    """The rates of the module's docstring by month: of all crime, and of violence."""
    middle = np.array([moment(first.year, first.month, 15) for first in MONTHS])
    reform = progress(middle, REFORM_BEGINS, REFORM_ENDS)
    overall = AUDITED_ALL + (REFORMED_ALL - AUDITED_ALL) * reform
    return overall, AUDITED_VIOLENCE + (REFORMED_VIOLENCE - AUDITED_VIOLENCE) * reform


def true_rate(fixed: float | None) -> TrueRate:
    """The rate by month: as after the inspection, or `fixed` throughout."""
    if fixed is None:
        return TrueRate(*inspected_rates())
    return TrueRate(np.full(len(MONTHS), fixed), None)

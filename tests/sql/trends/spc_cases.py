"""Series for process control with what the rules make of them, worked out by hand."""

from dataclasses import dataclass
from typing import Any

import duckdb

import sql

NHSR, MDC = sql.PROFILES
LETTERS = {None: ".", "outside": "o", "trend": "t", "two_of_three": "2", "shift": "s"}


@dataclass(frozen=True)
class Case:
    """A series; `signals` has a letter a point (see LETTERS), `mean` and `limits` are those of the last point."""

    name: str
    values: list[Any]
    signals: str
    profile: str = MDC
    mean: float | None = None
    limits: tuple[float, float] | None = None
    rebase: tuple[int, ...] = ()
    of: list[int] | None = None  # denominators: a p' chart
    better: str = "higher"
    target: float | None = None
    last: dict[str, Any] | None = None  # further columns of the last point


def points(case: Case) -> list[dict[str, Any]]:
    """The case as `process_points` takes it."""
    return [
        {
            "value": value / case.of[i] if case.of else value,
            "numerator": value if case.of else None,
            "denominator": case.of[i] if case.of else None,
            "is_rebased": i in case.rebase,
        }
        for i, value in enumerate(case.values)
    ]


def differences(con: duckdb.DuckDBPyConnection, case: Case) -> list[str]:
    """What the SQL makes of the case otherwise than it should."""
    chart = "p_prime" if case.of else "xmr"
    found = sql.process_points(con, points(case), case.profile, chart, case.better, case.target)
    letters = "".join(LETTERS[point["signal"]] for point in found)
    wrong = [] if letters == case.signals else [f"signals are {letters}, not {case.signals}"]
    last = found[-1]
    expected = {"mean": case.mean, "lower_limit": None, "upper_limit": None}
    if case.limits:
        expected |= {"lower_limit": case.limits[0], "upper_limit": case.limits[1]}
    wrong += [
        f"{name} is {last[name]}, not {value}"
        for name, value in expected.items()
        if value is not None and (last[name] is None or abs(last[name] - value) > 5e-6)
    ]
    wrong += [f"{k} is {last[k]!r}, not {v!r}" for k, v in (case.last or {}).items() if last[k] != v]
    return wrong


def _screened(just: int) -> list[int]:
    """Ten moving ranges of mean 1,000: eight of 748, one of 3267 (+ just), which is 3.267 x the mean, and the rest."""
    return [0, 748, 0, 748, 0, 748, 0, 748, 0, 3267 + just, 3267 + just - (749 - just)]


ISSUE = [1, 2, 1, 2, 10, *[1, 2] * 6, 1]
WIDE = [10, 0, 10, 0, 10, 0, 10]  # wide ranges, so that limits are far off
HUNDREDS = [100] * 4

CASES = [
    Case("one far point, screened", ISSUE, "....o.............", NHSR, 35 / 18, (-0.715556, 4.604444)),
    Case("one far point, all ranges", ISSUE, "....o.............", MDC, 35 / 18, (-3.062614, 6.951503)),
    Case("four points", [10, 50, 40, 30], "....", MDC, 32.5, (-20.7, 85.7)),
    Case("a range of 3.267 times the mean is dropped", _screened(0), "ssssssssso.", NHSR, 8777 / 11,
         (797.909091 - 2.66 * 6733 / 9, 797.909091 + 2.66 * 6733 / 9)),
    Case("a range just below is kept", _screened(-1), "sssssssss..", NHSR, 8774 / 11,
         (797.636364 - 2660, 797.636364 + 2660)),
    Case("mdc_2023 drops none", _screened(0), "sssssssss..", MDC, 8777 / 11, (797.909091 - 2660, 797.909091 + 2660)),
    # 15 ranges of 1, one of 5, one of 30: their mean is 2.94, 30 falls away and the mean is 1.25; 5 stays
    Case("ranges are dropped once", [*[0, 1] * 8, 6, 36], "2s" * 8 + ".o", NHSR, 50 / 18,
         (50 / 18 - 2.66 * 1.25, 50 / 18 + 2.66 * 1.25)),
    Case("a point on the limit is inside", [123, 54, 33, 3, 3], ".....", MDC, 43.2, (-36.6, 123)),
    Case("a point beyond the limit is outside", [124, 54, 33, 3, 3, 43, 43], "o......", MDC),
    Case("a point below the limit is outside", [-124, -54, -33, -3, -3, -43, -43], "o......", MDC),
    Case("seven on one side, twice", [11, 14, 11, 14, 11, 14, 11, 9, 6, 9, 6, 9, 6, 9], "s" * 14, MDC, 10,
         last={"variation": "concern", "is_trial": False}),
    Case("six on one side, twice", [11, 14, 11, 14, 11, 14, 9, 6, 9, 6, 9, 6], "." * 12, MDC, 10,
         last={"variation": "common_cause", "is_trial": True}),
    Case("a point on the mean breaks a shift", [11, 14, 11, 10, 14, 11, 14, 9, 6, 9, 10, 6, 9, 6], "." * 14, MDC, 10),
    # as doubles the mean is 0.19999999999999998, and the fourth point would lie above it
    Case("a mean that doubles do not hold", [0.3, 0.3, 0.3, 0.2, 0.3, 0.3, 0.3, 0.1, 0.1, 0.1, 0.2, 0.1, 0.1, 0.1],
         "222.222222.222", MDC, 0.2),
    Case("a large one", [123457 * x for x in (0.3, 0.3, 0.3, 0.2, 0.3, 0.3, 0.3, 0.1, 0.1, 0.1, 0.2, 0.1, 0.1, 0.1)],
         "222.222222.222", MDC, 24691.4),
    Case("shift of seven after six", [11, 14, 11, 14, 11, 14, 9, 6, 9, 6, 9, 6, 9, 11, 10], "......sssssss..", MDC, 10),
    Case("seven rise", [*WIDE, 1, 2, 3, 4, 5, 6, 7, *WIDE[1:]], "." * 7 + "t" * 7 + "." * 6, MDC),
    Case("seven fall", [*WIDE[1:], 9, 8, 7, 6, 5, 4, 3, *WIDE], "." * 5 + "t" * 8 + "." * 7, MDC),
    Case("six rise", [*WIDE, 1, 2, 3, 4, 5, 6, *WIDE[1:]], "." * 19, MDC),
    Case("a tie breaks a trend", [*WIDE, 1, 2, 3, 3, 4, 5, 6, 7, *WIDE[1:]], "." * 21, MDC),
    Case("up and down again", [*WIDE, 1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1, *WIDE], "." * 7 + "t" * 13 + "." * 7, MDC),
    Case("outside over trend", [*[5, 4] * 8, 1, 2, 3, 4, 5, 6, 40], "s" * 16 + "t" * 6 + "o", MDC, 133 / 23),
    Case("two of three, over shift", [12, 13, 12, 13, 12, 13, 12, 8, 7, 8, 7, 8, 7, 8], "s2s2s2ss2s2s2s", MDC, 10),
    Case("on two thirds of the way is not beyond", [13, 13, 26, 29, 41, 54, 36, 52], "22......", MDC, 33),
    Case("a point on the mean breaks two of three", [9, 0, 9, -3, -3, -3, -3, -3, -3], "." * 9, MDC, 0),
    Case("two of three flags none before them", [0, 0, 0, 0, -6, 9, 9, 6, 1, -1, -3], ".....22....", MDC),
    Case("trend over two of three", [22, 30, 24, 23, 20, 15, 9, 2, 3, 19, 29], ".ttttttt2..", MDC),
    Case("a point outside counts in mdc_2023", [5, 12, 10, 2, 3, 3, 7, 4, 2, 1, 3, 2, 0], ".o2..........", MDC),
    Case("and not in nhsr_0_2_2", [5, 12, 10, 2, 3, 3, 7, 4, 2, 1, 3, 2, 0], ".o...........", NHSR),
    Case("a rebase starts anew", [9, 11, 9, 11, 29, 31, 29, 31], "." * 8, NHSR, 30, (24.68, 35.32), (4,)),
    Case("without it the range counts", [9, 11, 9, 11, 29, 31, 29, 31], "2" * 8, MDC, 20, (8.6, 31.4)),
    Case("no trend across a rebase", [9, 1, 9, 1, 2, 3, 4, 5, 6, 7, 8, 1, 9], "." * 13, MDC, rebase=(8,)),
    Case("nor by the step over it", [9, 1, 9, 1, 2, 3, 4, 5, 6, 7, 1, 9], "." * 12, MDC, rebase=(4,)),
    Case("no shift across a rebase", [9, 8, 9, 11, 12, 11, 12, 31, 32, 31, 28, 29, 28, 29], "." * 14, MDC, rebase=(7,),
         last={"is_trial": True}),
    Case("a series of nothing", [0] * 14, "." * 14, NHSR, 0, (0, 0), last={"variation": "common_cause"}),
    Case("a series of nothing, all ranges", [0] * 14, "." * 14, MDC, 0, (0, 0)),
    Case("a constant series", [0.1] * 20, "." * 20, NHSR, 0.1, (0.1, 0.1)),
    Case("one point has no limits", [3], ".", NHSR, 3, last={"lower_limit": None, "upper_limit": None}),
    Case("a rebase at the last point has none", [3, 4, 5], "...", NHSR, 5, rebase=(2,),
         last={"lower_limit": None, "upper_limit": None, "assurance": None}, target=4),
    Case("twelve points are a trial", [1, 2] * 6, "." * 12, NHSR, last={"is_trial": True}),
    Case("thirteen are not", [*[1, 2] * 6, 1], "." * 13, NHSR, last={"is_trial": False}),
    Case("outside upwards, higher better", [1, 2, 1, 2, 1, 2, 1, 2, 10], "sssssssso", NHSR,
         last={"variation": "improvement"}),
    Case("outside upwards, lower better", [1, 2, 1, 2, 1, 2, 1, 2, 10], "sssssssso", NHSR, better="lower",
         last={"variation": "concern"}),
    Case("outside downwards, lower better", [-1, -2, -1, -2, -1, -2, -1, -2, -10], "sssssssso", NHSR, better="lower",
         last={"variation": "improvement"}),
    Case("outside, no direction", [1, 2, 1, 2, 1, 2, 1, 2, 10], "sssssssso", NHSR, better="neither", target=99,
         last={"variation": "neither", "assurance": None}),
    Case("a rise below the mean by its side", [10, 0, 30, 0, 30, -9, -8, -7, -6, -5, -4, -3], "." * 5 + "t" * 7, NHSR,
         last={"variation": "concern"}),
    Case("a rise below the mean by its way", [10, 0, 30, 0, 30, -9, -8, -7, -6, -5, -4, -3], "." * 5 + "t" * 7, MDC,
         last={"variation": "improvement"}),
    Case("a fall above the mean by its side", [-20, 2, -20, 2, -6, 9, 8, 7, 6, 5, 4, 3], "." * 5 + "t" * 7, NHSR, 0,
         last={"variation": "improvement"}),
    Case("a fall above the mean by its way", [-20, 2, -20, 2, -6, 9, 8, 7, 6, 5, 4, 3], "." * 5 + "t" * 7, MDC, 0,
         last={"variation": "concern"}),
    Case("a rise that ends on the mean by its way", [10, -4, 10, -4, 9, -6, -5, -4, -3, -2, -1, 0], "." * 5 + "t" * 7,
         NHSR, 0, last={"variation": "improvement"}),
    Case("target below, higher better", [5] * 3, "...", target=4, last={"assurance": "pass"}),
    Case("target above, higher better", [5] * 3, "...", target=6, last={"assurance": "fail"}),
    Case("target on the limit", [5] * 3, "...", target=5, last={"assurance": "hit_or_miss"}),
    Case("target below, lower better", [5] * 3, "...", target=4, better="lower", last={"assurance": "fail"}),
    Case("target above, lower better", [5] * 3, "...", target=6, better="lower", last={"assurance": "pass"}),
    Case("target within", [10, 50, 40, 30], "....", target=85, last={"assurance": "hit_or_miss"}),
    Case("no target", [5] * 3, "...", last={"assurance": None}),
    # p 0.5, standard error 0.05, z 0, -2, 2, 0; mean |dz| 8/3, sigma_z 2.364066; 3 x 2.364066 x 0.05 = 0.354610
    Case("p' by hand", [50, 40, 60, 50], "....", MDC, 0.5, (0.145390, 0.854610), of=HUNDREDS),
    # p 0.5, standard errors 0.05, 0.025, 0.05; z -2, 2, -2; sigma_z 4 / 1.128; at 100: 3 x 3.546099 x 0.05
    Case("p' pools its counts and widens where few are counted", [40, 220, 40], "...", MDC, 0.5, (0, 1),
         of=[100, 400, 100]),
    # z 0, 1, 0, -1, 0 at p 0.5; mean |dz| 1, sigma_z 0.886525; at 400: 0.066489; at 100: 0.132979
    Case("p' limits follow the denominator", [200, 55, 200, 45, 200], ".....", MDC, 0.5, (0.433511, 0.566489),
         of=[400, 100, 400, 100, 400]),
    Case("p' drops no range", [50, 51, 50, 51, 50, 51, 50, 51, 50, 51, 95], "sssssssssso", NHSR, 600 / 1100,
         (0.404497, 0.686412), of=[100] * 11),
    Case("p' cut to 1", [100, 90, 100, 90], "....", MDC, 0.95, (0.684043, 1), of=HUNDREDS),
    Case("p' cut to 0", [0, 10, 0, 10], "....", MDC, 0.05, (0, 0.315957), of=HUNDREDS),
    Case("a cut limit draws no two thirds nearer", [100, 100, 100, 80], "....", MDC, 0.95, of=HUNDREDS),
    Case("p' where all are met", [100] * 4, "....", MDC, 1, (1, 1), of=HUNDREDS),
    Case("p' of one point", [50], ".", MDC, 0.5, of=[100], last={"lower_limit": None, "upper_limit": None}),
]  # fmt: skip

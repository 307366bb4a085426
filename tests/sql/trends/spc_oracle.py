"""Process control once more, in plain Python and from the words of the rules: exact fractions, loops over windows."""

import itertools
from fractions import Fraction
from math import sqrt
from typing import Any

Point = dict[str, Any]
SCREEN, SCALE = Fraction("3.267"), Fraction("2.66")


def oracle(series: list[Point], profile: str, chart: str) -> list[Point]:
    """Mean, limits and signal of each point. Values of an XmR chart are decimals as text or whole numbers."""
    phases: list[list[Point]] = []
    for point in series:
        if point["is_rebased"] or not phases:
            phases.append([])
        phases[-1].append(point)
    return [judged for phase in phases for judged in _phase(phase, profile, chart)]


def _phase(phase: list[Point], profile: str, chart: str) -> list[Point]:
    if chart == "xmr":
        values: list[Any] = [Fraction(str(point["value"])) for point in phase]
        mean, reaches = _xmr(values, profile)
        limits = [(mean - reach, mean + reach) if reach is not None else (None, None) for reach in reaches]
    else:
        values = [Fraction(int(point["numerator"]), int(point["denominator"])) for point in phase]
        mean, reaches = _laney(phase)
        limits = [
            (max(0, float(mean) - reach), min(1, float(mean) + reach)) if reach is not None else (None, None)
            for reach in reaches
        ]
    signals = _signals(values, mean, reaches, profile)
    return [
        {"mean": mean, "lower_limit": lower, "upper_limit": upper, "signal": signal, "is_trial": len(phase) < 13}
        for (lower, upper), signal in zip(limits, signals, strict=True)
    ]


def _xmr(values: list[Any], profile: str) -> tuple[Fraction, list[Any]]:
    mean = sum(values, Fraction(0)) / len(values)
    ranges = [abs(later - earlier) for earlier, later in itertools.pairwise(values)]
    if not ranges:
        return mean, [None]
    average = sum(ranges) / len(ranges)
    if profile == "nhsr_0_2_2":
        ranges = [one for one in ranges if one < SCREEN * average] or ranges
        average = sum(ranges) / len(ranges)
    return mean, [SCALE * average] * len(values)


def _laney(phase: list[Point]) -> tuple[Fraction, list[Any]]:
    numerators, denominators = ([int(point[name]) for point in phase] for name in ("numerator", "denominator"))
    mean = Fraction(sum(numerators), sum(denominators))
    errors = [sqrt(mean * (1 - mean) / n) for n in denominators]
    if mean in (0, 1):
        return mean, [0.0] * len(phase)
    z = [(k / n - mean) / error for k, n, error in zip(numerators, denominators, errors, strict=True)]
    steps = [abs(later - earlier) for earlier, later in itertools.pairwise(z)]
    if not steps:
        return mean, [None]
    sigma = sum(steps) / len(steps) / 1.128
    return mean, [3 * sigma * error for error in errors]


def _signals(values: list[Any], mean: Any, reaches: list[Any], profile: str) -> list[str | None]:
    count = len(values)
    side = [(value > mean) - (value < mean) for value in values]
    outside = [reach is not None and abs(value - mean) > reach for value, reach in zip(values, reaches, strict=True)]
    near = [
        reach is not None and abs(value - mean) > reach * 2 / 3 and (profile == "mdc_2023" or not is_outside)
        for value, reach, is_outside in zip(values, reaches, outside, strict=True)
    ]
    shift, trend, pair = (set[int]() for _ in range(3))
    for start in range(count):
        seven = range(start, start + 7)
        if seven[-1] < count:
            if all(side[i] == 1 for i in seven) or all(side[i] == -1 for i in seven):
                shift.update(seven)
            if all(values[i] < values[i + 1] for i in seven[:-1]) or all(values[i] > values[i + 1] for i in seven[:-1]):
                trend.update(seven)
        three = range(start, start + 3)
        if three[-1] < count and abs(sum(side[i] for i in three)) == 3 and sum(near[i] for i in three) >= 2:
            pair.update(i for i in three if near[i])
    return [
        "outside" if outside[i]
        else "trend" if i in trend
        else "two_of_three" if i in pair
        else "shift" if i in shift
        else None
        for i in range(count)
    ]  # fmt: skip

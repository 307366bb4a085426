"""Process control of any series: `spc`. The rules and limits are those of `sql/trends`, no snapshot is needed."""

from enum import StrEnum
from math import isfinite
from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.common import MISUSED, CommandFailed
from pipelines.commands.output import Format, show, show_json

POINT = ("at", "value", "mean", "lower_limit", "upper_limit", "signal")


class Better(StrEnum):
    """Which way a series should go."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Chart(StrEnum):
    """How the limits are reached."""

    xmr = "xmr"
    p_prime = "p_prime"


def spc(
    file: Annotated[
        Path, typer.Option("--file", help="CSV with at, value; or numerator, denominator; rebase where one begins.")
    ],
    profile: Annotated[str, typer.Option("--profile", help="nhsr_0_2_2 or mdc_2023.")] = "nhsr_0_2_2",
    chart: Annotated[
        Chart | None, typer.Option("--chart", help="Else p_prime where there are denominators, xmr where none are.")
    ] = None,
    better: Annotated[Better, typer.Option("--better", help="Which way is improvement.")] = Better.NEITHER,
    target: Annotated[float | None, typer.Option("--target", help="On the scale of the values.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Write one JSON object.")] = False,
) -> None:
    """Judge a series by process control: its mean, limits and signals. Fewer than 13 points give trial limits."""
    import sql
    from pipelines.series import SeriesError, read_series

    if target is not None and not isfinite(target):
        raise CommandFailed(f"--target {target}: give a number on the scale of the values", MISUSED)
    try:
        series = read_series(file)
        has_counts = series[0]["denominator"] is not None
        if chart is Chart.p_prime and not has_counts:
            raise SeriesError(f"{file}: a p' chart needs the columns numerator and denominator")
        kind = chart or (Chart.p_prime if has_counts else Chart.xmr)
        with sql.process_control() as con:
            found = sql.process_points(con, series, profile, kind.value, better.value, target)
    except (SeriesError, sql.UnknownKey) as error:
        raise CommandFailed(str(error), MISUSED) from None
    points = [{**point, "at": given["at"]} for given, point in zip(series, found, strict=True)]
    shown = [{name: point[name] for name in POINT} for point in points]
    if not json:
        show([{name: _short(point[name]) for name in POINT} for point in shown], Format.table, POINT)
        return
    last = points[-1]
    show_json(
        {
            "profile": profile,
            "chart": kind.value,
            "mean": last["mean"],
            "is_trial": last["is_trial"],
            "variation": last["variation"],
            "assurance": last["assurance"],
            "phases": [
                {"from": point["at"], "mean": point["mean"], "is_trial": point["is_trial"]}
                for before, point in zip([None, *points], points, strict=False)
                if before is None or before["phase"] < point["phase"]
            ],
            "points": shown,
        }
    )


def _short(value: object) -> object:
    return f"{value:.4g}" if isinstance(value, float) else value

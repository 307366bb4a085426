"""Times control charts in the database: one of any slice, all of a page at once, and the lists of signals.

    uv run python -m tests.benchmarks.process_charts [--incidents N] [--home FOLDER]

Every available metric that is counted in the extracts is charted for the force, one district, and a district's flagged
domestic abuse, which stored totals do not hold. Prints ms of the chart itself (its query, the figures given): of all
rounds the median, and of each metric's quickest rounds the worst, as other work on the machine makes rounds slower and
none quicker. The rounds of a metric are spread over those of the others, so that such work does not fall on one alone.
Exit status 1 where the worst chart itself is above the bound.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from statistics import median
from unittest.mock import patch

import sql
from sql.door import figures, process_control

BOUND = 30
ROUNDS, ROUNDS_WITH_FIGURES = 12, 3


def timed(ask: Callable[[], object]) -> float:
    """One round, in ms."""
    start = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - start)


def itself(snapshot: sql.Snapshot, metrics: list[str], grain: str, where: sql.Where, chart: str) -> list[list[float]]:
    """Each metric's rounds of a chart without the counting of its figures, which are asked for beforehand."""
    given = {metric_id: figures.series(snapshot, (metric_id,), grain, where) for metric_id in metrics}
    with patch.object(process_control.figures, "series", lambda _, metric_ids, *__: given[metric_ids[0]]):
        return whole(snapshot, metrics, grain, where, chart, ROUNDS)


def whole(
    snapshot: sql.Snapshot, metrics: list[str], grain: str, where: sql.Where, chart: str, rounds: int
) -> list[list[float]]:
    """Each metric's rounds of a chart."""
    taken: list[list[float]] = [[] for _ in metrics]
    for _ in range(rounds):
        for own, metric_id in zip(taken, metrics, strict=True):
            own.append(timed(lambda m=metric_id: sql.process_chart(snapshot, m, grain, where, chart=chart)))
    return taken


def quickest(ask: Callable[[], object]) -> float:
    """The quickest of some rounds, in ms."""
    return min(timed(ask) for _ in range(ROUNDS))


def measure(snapshot: sql.Snapshot) -> float:
    """Print the table; the worst of a chart itself."""
    metrics = [metric.metric_id for metric in sql.metrics(snapshot) if metric.is_available and not metric.is_audited]
    district = sql.values_of(snapshot, "district")[0]
    slices: dict[str, dict[str, object]] = {
        "force": {},
        "district": {"district": district},
        "flagged in district": {"district": district, "is_domestic_abuse": True},
    }
    worst = 0.0
    print(
        f"{len(metrics)} metrics, ms: the median round, and the worst of each metric's quickest; {ROUNDS} rounds of "
        f"the chart itself, {ROUNDS_WITH_FIGURES} with figures"
    )
    print("slice                grain  chart       itself        with figures")
    for name, where in slices.items():
        for grain, chart in (("month", "p_prime"), ("month", "xmr"), ("week", "p_prime")):
            alone = itself(snapshot, metrics, grain, where, chart)
            counted = whole(snapshot, metrics, grain, where, chart, ROUNDS_WITH_FIGURES)
            worst = max(worst, *map(min, alone))
            print(
                f"{name:20} {grain:6} {chart:8} {median(chain(*alone)):6.1f} {max(map(min, alone)):6.1f}  "
                f"{median(chain(*counted)):6.1f} {max(map(min, counted)):6.1f}"
            )
    print(f"ten metrics of a page at once: {quickest(lambda: sql.process_charts(snapshot, metrics[:10])):.1f} ms")
    for dimension in ("district", "team_id", "offence_group"):
        found = sql.signals(snapshot, "logs_recorded", dimension)
        taken = quickest(lambda d=dimension: sql.signals(snapshot, "logs_recorded", d))
        print(f"signals by {dimension}: {found.examined + found.too_short} slices, {taken:.1f} ms")
    print(f"funnel of logs_recorded: {quickest(lambda: sql.funnel(snapshot, 'logs_recorded')):.0f} ms")
    print(f"young months: {quickest(lambda: sql.completeness(snapshot)):.0f} ms")
    return worst


def main() -> int:
    """Publish the synthetic force unless a home is named, and measure."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--incidents", type=int, default=500_000)
    options.add_argument("--home", type=Path, help="a home folder that has a snapshot")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = chosen.home or Path(folder) / "home"
        if chosen.home is None:
            from pipelines.progress import Progress
            from pipelines.refresh import refresh
            from pipelines.sample import write_sample

            write_sample(Path(folder) / "source", incidents=chosen.incidents)
            refresh(Path(folder) / "source", "canonical", home, progress=Progress())
        snapshot = sql.open_snapshot(home)
        worst = measure(snapshot)
        snapshot.close()
    print(f"worst chart itself: {worst:.1f} ms (bound: {BOUND})")
    return 0 if worst <= BOUND else 1


if __name__ == "__main__":
    sys.exit(main())

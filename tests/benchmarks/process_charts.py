"""Times control charts in the database: one of any slice, all of a page at once, and the lists of signals.

    uv run python -m tests.benchmarks.process_charts [--incidents N] [--home FOLDER]

Every available metric that is counted in the extracts is charted for the force, one district, and a district's flagged
domestic abuse, which stored totals do not hold. Prints ms of the chart itself (its query, the figures given) and with
its figures: the quickest of some rounds, as other work on the machine makes rounds slower and none quicker, of the
median and of the worst metric. Exit status 1 where the worst chart itself is above the bound.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from unittest.mock import patch

import sql
from sql.door import figures, process_control

BOUND = 30
ROUNDS, ROUNDS_WITH_FIGURES = 12, 3


def timed(ask: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The quickest of some rounds, in ms."""
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        ask()
        seconds.append(time.perf_counter() - start)
    return 1000 * min(seconds)


def itself(snapshot: sql.Snapshot, metric_id: str, grain: str, where: sql.Where, chart: str) -> float:
    """A chart without the counting of its figures, which are asked for beforehand."""
    given = figures.series(snapshot, (metric_id,), grain, where)
    with patch.object(process_control.figures, "series", lambda *_: given):
        return timed(lambda: sql.process_chart(snapshot, metric_id, grain, where, chart=chart))


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
        f"{len(metrics)} metrics, ms, of the median metric and the worst: of the chart itself the quickest of {ROUNDS} "
        f"rounds, with figures of {ROUNDS_WITH_FIGURES}"
    )
    print("slice                grain  chart       itself        with figures")
    for name, where in slices.items():
        for grain, chart in (("month", "p_prime"), ("month", "xmr"), ("week", "p_prime")):
            alone = [itself(snapshot, metric_id, grain, where, chart) for metric_id in metrics]
            whole = [
                timed(
                    lambda m=m, g=grain, w=where, c=chart: sql.process_chart(snapshot, m, g, w, chart=c),
                    ROUNDS_WITH_FIGURES,
                )
                for m in metrics
            ]
            worst = max(worst, *alone)
            print(
                f"{name:20} {grain:6} {chart:8} {median(alone):6.1f} {max(alone):6.1f}  "
                f"{median(whole):6.1f} {max(whole):6.1f}"
            )
    print(f"ten metrics of a page at once: {timed(lambda: sql.process_charts(snapshot, metrics[:10])):.1f} ms")
    for dimension in ("district", "team_id", "offence_group"):
        found = sql.signals(snapshot, "logs_recorded", dimension)
        taken = timed(lambda d=dimension: sql.signals(snapshot, "logs_recorded", d))
        print(f"signals by {dimension}: {found.examined + found.too_short} slices, {taken:.1f} ms")
    print(f"funnel of logs_recorded: {timed(lambda: sql.funnel(snapshot, 'logs_recorded')):.0f} ms")
    print(f"young months: {timed(lambda: sql.completeness(snapshot)):.0f} ms")
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

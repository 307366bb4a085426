"""How often process control calls a process that does not change: the table `spc_false_signal`, simulated.

    uv run python -m tests.benchmarks.false_signals [--series 4000] > sql/reference/spc_false_signal.csv

For each profile, chart and length, the share of series whose last point gives a signal. XmR: independent normal
values. p': binomial counts of 500 with a chance of 0.8, which no period changes.
"""

import argparse
import csv
import sys

import numpy as np

import sql

LENGTHS = (13, 18, 24, 36, 60, 104)
SEED, BATCH = 2018, 2_000
OF, CHANCE = 500, 0.8


def share(profile: str, chart: str, length: int, series: int) -> float:
    """The share of so many series of that length whose last point gives a signal."""
    rng = np.random.default_rng([SEED, length])
    signals = 0
    with sql.process_control() as con:
        for _ in range(series // BATCH):
            size = BATCH * length
            met = rng.binomial(OF, CHANCE, size) if chart == "p_prime" else np.zeros(size, dtype=int)
            values = rng.normal(size=size) if chart == "xmr" else np.asarray(met) / OF
            # every series is a phase of its own, so that one query judges them all
            points = [
                {
                    "value": float(value),
                    "numerator": None if chart == "xmr" else int(k),
                    "denominator": None if chart == "xmr" else OF,
                    "is_rebased": i % length == 0,
                }
                for i, (value, k) in enumerate(zip(values, met, strict=True))
            ]
            found = sql.process_points(con, points, profile, chart)
            signals += sum(found[i]["signal"] is not None for i in range(length - 1, size, length))
    return signals / (series // BATCH * BATCH)


def main() -> None:
    """Write the table to standard output."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--series", type=int, default=4_000)
    series = parser.parse_args().series
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("profile", "chart", "n", "value", "source"))
    for profile in sql.PROFILES:
        for chart in sql.CHARTS:
            for length in LENGTHS:
                found = share(profile, chart, length, series)
                writer.writerow((profile, chart, length, f"{found:.4f}", f"simulated, {series} series"))


if __name__ == "__main__":
    main()

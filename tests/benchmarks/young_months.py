"""Tries the interval of young months on the synthetic force: given at each month's end, does it hold the final figure?

    uv run python -m tests.benchmarks.young_months [--seeds 50] [--incidents 60000]

Every seed is a force of its own. Each month is forecast from what was known at its end; its final figure is what was
recorded within 90 days of the report. Prints the share of months held, pooled over the seeds, and the misses of each
tail; exit status 1 where fewer than 90% are held.
"""

import argparse
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from statistics import mean

import sql
from pipelines.progress import Progress
from pipelines.refresh import refresh
from pipelines.sample import write_sample

LEAST = 0.9
FORECAST = """
with known as (
    select * replace (case when first_recorded_at < $midnight then first_recorded_at end as first_recorded_at)
    from fact_incident
),

days as (from recorded_delays('known'))

from completeness('days', $last_day::date)
"""


def forecasts(snapshot: sql.Snapshot) -> list[tuple[float, float, float]]:
    """The final rate and the interval given at its end, of every month with at least three tried before it."""
    final = {row["month"]: row["final_rate"] for row in sql.completeness(snapshot) if row["is_settled"]}
    given = []
    for month in final:
        ends_on = (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        values = {"last_day": ends_on, "midnight": _midnight(snapshot, ends_on + timedelta(days=1))}
        row = sql.rows(snapshot.cursor(), FORECAST, values)[-1]
        if row["tested_months"] >= 3:
            given.append((final[month], row["lower"], row["upper"]))
    return given


def _midnight(snapshot: sql.Snapshot, day: date) -> object:
    query = "select timezone('UTC', timezone($zone, $day::timestamp)) as moment"
    return sql.rows(snapshot.cursor(), query, {"zone": snapshot.info["time_zone"], "day": day})[0]["moment"]


def main() -> int:
    """Run every seed, print what came of it, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=50)
    parser.add_argument("--incidents", type=int, default=60_000)
    asked = parser.parse_args()
    given: list[tuple[float, float, float]] = []
    for seed in range(asked.seeds):
        with tempfile.TemporaryDirectory() as folder:
            source, home = Path(folder) / "extracts", Path(folder) / "home"
            write_sample(source, incidents=asked.incidents, seed=seed, file_format="parquet")
            refresh(source, "canonical", home, progress=Progress())
            snapshot = sql.open_snapshot(home)
            given += forecasts(snapshot)
            snapshot.close()
    low = sum(final < lower for final, lower, _ in given)
    high = sum(final > upper for final, _, upper in given)
    held = 1 - (low + high) / len(given)
    width = mean((upper - lower) / 2 for _, lower, upper in given)
    print(
        f"{asked.seeds} seeds of {asked.incidents:,} logs: {held:.1%} of {len(given)} months held; final figure below "
        f"the interval {low}, above it {high}; mean half-width {100 * width:.2f} points"
    )
    return 0 if held >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())

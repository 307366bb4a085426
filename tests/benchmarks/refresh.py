"""Times a refresh of 500,000 incident logs against DuckDB's own `read_csv` of the same files, in one run.

    uv run python -m tests.benchmarks.refresh [--incidents N] [--runs N]

Prints the ratio, the split by step, and the memory of all processes of a refresh, each process at its own peak.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median


class Peaks(threading.Thread):
    """Watches a process and its children, and keeps the largest resident size of each (Linux, VmHWM)."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peaks, self.is_over = pid, {}, False

    def run(self) -> None:
        while not self.is_over:
            for pid in self._family(self.pid):
                try:
                    status = Path(f"/proc/{pid}/status").read_text()
                except OSError:
                    continue
                for line in status.splitlines():
                    if line.startswith("VmHWM:"):
                        self.peaks[pid] = int(line.split()[1]) / 1024
            time.sleep(0.02)

    def _family(self, pid: int) -> list[int]:
        try:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        except OSError:
            return [pid]
        return [pid, *(member for child in children for member in self._family(int(child)))]


def read_csv_seconds(source: Path, database: Path) -> float:
    """DuckDB reading every extract file into a table of a database file, in a process of its own."""
    code = (
        "import duckdb, pathlib, sys, time\n"
        "con = duckdb.connect(sys.argv[2])\n"
        "start = time.perf_counter()\n"
        "for path in sorted(pathlib.Path(sys.argv[1]).glob('*.csv')):\n"
        "    con.execute(f\"create table {path.stem} as select * from read_csv('{path}')\")\n"
        "con.execute('checkpoint')\n"
        "print(time.perf_counter() - start)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(source), str(database)], check=True, capture_output=True, text=True
    )
    return float(done.stdout.splitlines()[-1])


def refresh(source: Path, home: Path) -> tuple[dict[str, float], dict[int, float]]:
    """One refresh: seconds by step, with `whole` for the process, and each process's peak in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.one_refresh", str(source), str(home)],
        stdout=subprocess.PIPE,
        text=True,
    )
    peaks = Peaks(process.pid)
    peaks.start()
    out, _ = process.communicate()
    whole = time.perf_counter() - start
    peaks.is_over = True
    if process.returncode != 0:
        raise SystemExit(f"the refresh ended with status {process.returncode}")
    return {**json.loads(out), "whole": whole}, peaks.peaks


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser()
    options.add_argument("--incidents", type=int, default=500_000)
    options.add_argument("--runs", type=int, default=3)
    chosen = options.parse_args()
    from pipelines.sample import write_sample

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source"
        write_sample(source, incidents=chosen.incidents)
        ratios = []
        for run in range(chosen.runs):
            base = read_csv_seconds(source, Path(folder) / f"base_{run}.duckdb")
            steps, peaks = refresh(source, Path(folder) / f"home_{run}")
            apart = steps.pop("import")
            seconds = steps["refresh"]
            ratios.append(seconds / base)
            print(f"run {run + 1}: read_csv {base:.2f} s, refresh {seconds:.2f} s, ratio {ratios[-1]:.2f}")
            print(f"  importing Great Expectations, beforehand and apart: {apart:.2f} s")
            for step, taken in steps.items():
                print(f"  {step}: {taken:.2f} s")
            print(f"  memory: {sum(peaks.values()):,.0f} MB, by process {[round(peak) for peak in peaks.values()]}")
        print(f"median ratio of {chosen.runs} runs: {median(ratios):.2f} (bound: 5)")


if __name__ == "__main__":
    main()

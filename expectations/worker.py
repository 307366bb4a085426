"""The process that imports Great Expectations and evaluates rules: `python -m expectations.worker`.

It speaks JSON, one line a message. It writes `ready` once Great Expectations is imported, then answers each job on
standard input with `verdicts` or `failed`. It ends at once when its standard input closes, so it cannot outlive the
process that started it.
"""

import json
import os
import queue
import sys
import threading
import time
import traceback
from pathlib import Path

from expectations.rule import Rule

MEMORY_LIMIT = "200MB"
THREADS = 2


def peak_bytes() -> int:
    """The largest resident size of this process so far.

    Linux is asked for VmHWM: `ru_maxrss` starts with the size of the process that started this one.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def read_jobs(jobs: queue.Queue[dict]) -> None:
    """Read jobs as they come, also while Great Expectations is being imported: the sender never waits."""
    for line in sys.stdin:
        jobs.put(json.loads(line))
    os._exit(0)


def main() -> None:
    """Serve until standard input closes. The exit is os._exit: DuckDB prints leak messages at an ordinary one."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # Great Expectations prints hints
    jobs: queue.Queue[dict] = queue.Queue()
    threading.Thread(target=read_jobs, args=(jobs,), daemon=True).start()

    started = time.perf_counter()
    from expectations import evaluate

    import_seconds = time.perf_counter() - started
    print(json.dumps({"answer": "ready", "import_seconds": import_seconds}), file=answers, flush=True)
    while True:
        job = jobs.get()
        started = time.perf_counter()
        try:
            name, connection = evaluate.open_database(job["set_up"], MEMORY_LIMIT, THREADS)
            with connection:
                verdicts = evaluate.evaluate(name, [Rule(**rule) for rule in job["rules"]])
            answer = {"answer": "verdicts", "verdicts": [vars(verdict) for verdict in verdicts]}
        except Exception as error:
            answer = {"answer": "failed", "error": str(error) or repr(error), "traceback": traceback.format_exc()}
        answer |= {"validate_seconds": time.perf_counter() - started, "peak_bytes": peak_bytes()}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    try:
        main()
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)

"""The process that imports Great Expectations and evaluates rules: `python -m expectations.worker`.

It speaks JSON, one line a message: `ready` once Great Expectations is imported, then `verdicts` or `failed` for each
job on standard input. It ends at once when its standard input closes, so it cannot outlive the process that started
it. Every exit is `os._exit`: at an ordinary one DuckDB prints leak messages.
"""

import json
import os
import queue
import resource
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import IO, Any

from expectations.lazy import import_when_used
from expectations.rule import Rule

MEMORY_LIMIT = "300MB"  # DuckDB's share; Great Expectations takes some 180 MB beside it
THREADS = 2


def peak_bytes() -> int:
    """The largest resident size of this process so far.

    Linux is asked for VmHWM: there `ru_maxrss` begins with the size of the process that started this one.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def read_lines(lines: "queue.Queue[str]") -> None:
    """Take jobs in as they come, also while Great Expectations is being imported: whoever sends one never waits."""
    for line in sys.stdin:
        lines.put(line)
    os._exit(0)


def serve() -> None:
    """Answer jobs until standard input closes."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Great Expectations prints hints there
    lines: queue.Queue[str] = queue.Queue()
    threading.Thread(target=read_lines, args=(lines,), daemon=True).start()

    started = time.perf_counter()
    # Great Expectations imports these for charts and distributions that we do not use: a second and 75 MB.
    import_when_used("altair", "scipy", "scipy.stats")
    from expectations import evaluate

    context = evaluate.new_context()
    send(answers, {"answer": "ready", "import_seconds": time.perf_counter() - started})

    while True:
        line = lines.get()
        started = time.perf_counter()
        try:
            job = json.loads(line)
            rules = [Rule(**rule) for rule in job["rules"]]
            name, connection = evaluate.open_database(job["set_up"], MEMORY_LIMIT, THREADS, job["spill"])
            with connection:
                verdicts = evaluate.evaluate(context, name, rules)
            answer: dict[str, Any] = {"answer": "verdicts", "verdicts": [vars(verdict) for verdict in verdicts]}
        except Exception as error:
            answer = {"answer": "failed", "error": str(error) or repr(error)}
        send(answers, answer | {"validate_seconds": time.perf_counter() - started, "peak_bytes": peak_bytes()})


def send(answers: IO[str], message: dict[str, Any]) -> None:
    """One message, one line."""
    print(json.dumps(message), file=answers, flush=True)


if __name__ == "__main__":
    try:
        serve()
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)

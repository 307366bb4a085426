"""Asks Great Expectations for the verdicts on rules, in a process of its own.

Importing Great Expectations takes 2 to 3 seconds, so a run starts the worker first and hands it the rules when the
stage is written:

    worker = Worker.start()
    ...                                   # stage the extracts meanwhile
    worker.submit(set_up, rules)
    verdicts = worker.collect(timeout=60)
    worker.close()
"""

import json
import os
import queue
import subprocess
import sys
import threading
from collections import deque
from pathlib import Path
from typing import Any

from expectations.rule import Rule
from expectations.verdict import Verdict


class ValidationFailed(RuntimeError):
    """No verdicts could be had: the worker died, did not answer in time, or could not set its tables up."""


class Worker:
    """A process that evaluates rules. Use as a context manager, or call `close`."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._answers: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._complaints: deque[str] = deque(maxlen=20)
        self.import_seconds: float | None = None
        self.validate_seconds: float | None = None
        self.peak_bytes: int | None = None
        self._readers = [
            threading.Thread(target=read, daemon=True) for read in (self._read_answers, self._read_complaints)
        ]
        for reader in self._readers:
            reader.start()

    @classmethod
    def start(cls) -> "Worker":
        """Start the process; it begins to import at once and this returns at once."""
        here = str(Path(__file__).resolve().parent.parent)
        path = os.pathsep.join(part for part in (here, os.environ.get("PYTHONPATH")) if part)
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "expectations.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": path, "GX_ANALYTICS_ENABLED": "false"},
        )
        return cls(process)

    def submit(self, set_up: list[str], rules: list[Rule]) -> None:
        """Hand over one job; `collect` gives its verdicts.

        `set_up`: SQL statements that create the schemas `staged` and `loaded` in an empty in-memory DuckDB, each with
        the tables incident, crime, appointment and team, and the `ref_*` tables and `run_context` in `main`.
        """
        job = {"set_up": set_up, "rules": [vars(rule) for rule in rules]}
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(job) + "\n")
            self._process.stdin.flush()
        except OSError as error:
            raise self._dead() from error

    def collect(self, timeout: float) -> list[Verdict]:
        """The verdicts of the job submitted, in the order of its rules. Waits up to `timeout` seconds.

        Raises ValidationFailed when the worker died, is still busy after `timeout` (it is then ended), or could not
        set its tables up. A rule that could not be evaluated is a verdict with `is_met` None, not an exception.
        """
        while True:
            try:
                answer = self._answers.get(timeout=timeout)
            except queue.Empty:
                self.close()
                raise ValidationFailed(
                    f"the expectations were not evaluated within {timeout:g} seconds; nothing was decided. "
                    "Run the refresh again, on a less busy machine or with a smaller delivery."
                ) from None
            if answer is None:
                raise self._dead()
            if answer["answer"] == "ready":
                self.import_seconds = answer["import_seconds"]
                continue
            self.validate_seconds, self.peak_bytes = answer["validate_seconds"], answer["peak_bytes"]
            if answer["answer"] == "failed":
                raise ValidationFailed(f"the expectations could not be evaluated: {answer['error']}")
            return [Verdict(**verdict) for verdict in answer["verdicts"]]

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for reader in self._readers:
            reader.join()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    pass  # a job it never read

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _dead(self) -> ValidationFailed:
        """What to say of a worker that ended by itself."""
        status = self._process.wait()
        self._readers[1].join()
        last = " ".join(self._complaints)[-1000:] or "it left no message"
        return ValidationFailed(f"the process that evaluates the expectations ended with status {status}: {last}")

    def _read_answers(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._answers.put(json.loads(line))
        self._answers.put(None)

    def _read_complaints(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self._complaints.append(line.strip())

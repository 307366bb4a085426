"""Asks Great Expectations for the verdicts on rules, in a process of its own.

Importing Great Expectations takes 1.5 to 3 seconds, so a run starts the worker first and hands it the rules when the
stage is written:

    with Worker.start() as worker:
        ...                                   # stage the extracts meanwhile
        worker.submit(set_up, rules)
        verdicts = worker.collect(timeout=120)
"""

import contextlib
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from expectations.rule import Rule
from expectations.verdict import Verdict

COMMAND = (sys.executable, "-P", "-m", "expectations.worker")


class ValidationFailed(RuntimeError):
    """No verdicts could be had: the worker died, did not answer in time, or could not set its tables up."""


class Worker:
    """A process that evaluates rules. Leaving its `with` block, or `close`, ends it.

    `import_seconds` is known once the first job is collected; `validate_seconds` and `peak_bytes` (resident memory of
    the worker) are those of the last one.
    """

    def __init__(self, process: subprocess.Popen[str], stdin: IO[str], stdout: IO[str], stderr: IO[str]) -> None:
        self._process, self._stdin, self._stdout, self._stderr = process, stdin, stdout, stderr
        self._spill = tempfile.TemporaryDirectory(
            prefix="expectations_"
        )  # here, as a worker that is killed cleans nothing
        self._answers: queue.Queue[str | None] = queue.Queue()
        self._complaints: deque[str] = deque(maxlen=20)
        self._readers = [
            threading.Thread(target=self._read_answers, daemon=True),
            threading.Thread(target=self._read_complaints, daemon=True),
        ]
        for reader in self._readers:
            reader.start()
        self.import_seconds: float | None = None
        self.validate_seconds: float | None = None
        self.peak_bytes: int | None = None

    @classmethod
    def start(cls, command: Sequence[str] = COMMAND) -> "Worker":
        """Start the process and return at once; it begins to import Great Expectations."""
        here = str(Path(__file__).resolve().parent.parent)
        path = os.pathsep.join(part for part in (here, os.environ.get("PYTHONPATH")) if part)
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": path},
        )
        assert process.stdin
        assert process.stdout
        assert process.stderr
        return cls(process, process.stdin, process.stdout, process.stderr)

    def wait_until_ready(self, timeout: float) -> float:
        """Wait until Great Expectations is imported; give the seconds its import took. Raises as `collect` does."""
        return self._next_answer(time.monotonic() + timeout)["import_seconds"]

    def submit(self, set_up: Sequence[str], rules: Sequence[Rule]) -> None:
        """Hand over one job; `collect` gives its verdicts. Jobs are answered in order, each in a fresh database.

        `set_up`: SQL statements that create in an empty in-memory DuckDB the schemas `staged` and `loaded`, each with
        a table or view of every extract, and in `main` the `ref_*` tables and `run_context`.
        """
        job = {"set_up": list(set_up), "rules": [vars(rule) for rule in rules], "spill": self._spill.name}
        try:
            self._stdin.write(json.dumps(job) + "\n")
            self._stdin.flush()
        except OSError as error:
            raise self._died() from error

    def collect(self, timeout: float) -> list[Verdict]:
        """The verdicts of the job submitted, in the order of its rules. Waits up to `timeout` seconds.

        Raises ValidationFailed when the worker died, is still busy after `timeout` (it is then ended), or could not
        set its tables up. A rule that could not be evaluated is no exception but a verdict with `is_met` None.
        """
        deadline = time.monotonic() + timeout
        answer = self._next_answer(deadline)
        if answer["answer"] == "ready":
            answer = self._next_answer(deadline)
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
        with contextlib.suppress(BrokenPipeError):  # part of a job that it never read
            self._stdin.close()
        self._stdout.close()
        self._stderr.close()
        self._spill.cleanup()

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _next_answer(self, deadline: float) -> dict[str, Any]:
        try:
            line = self._answers.get(timeout=max(0, deadline - time.monotonic()))
        except queue.Empty:
            self.close()
            raise ValidationFailed(
                "the expectations were not evaluated within the time allowed, so nothing was decided: "
                "run again when the machine is less busy"
            ) from None
        if line is None:
            raise self._died()
        answer = self._parsed(line)
        if answer["answer"] == "ready":
            self.import_seconds = answer["import_seconds"]
        return answer

    def _parsed(self, line: str) -> dict[str, Any]:
        try:
            return json.loads(line)
        except json.JSONDecodeError as error:
            self.close()
            raise ValidationFailed(
                "the process that evaluates the expectations gave an answer that is not JSON, so nothing was decided: "
                + line[:200].strip()
            ) from error

    def _died(self) -> ValidationFailed:
        """What to say of a worker that ended by itself, or closed its end of the conversation."""
        try:
            status = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = self._process.wait()
        for reader in self._readers:
            reader.join()
        last_words = " ".join(self._complaints)[-1000:] or "it left no message"
        return ValidationFailed(
            f"the process that evaluates the expectations ended with status {status}, so nothing was decided: "
            f"{last_words}"
        )

    def _read_answers(self) -> None:
        for line in self._stdout:
            self._answers.put(line)
        self._answers.put(None)

    def _read_complaints(self) -> None:
        for line in self._stderr:
            self._complaints.append(line.strip())

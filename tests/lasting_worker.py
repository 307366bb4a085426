"""A worker of Great Expectations that outlives the refresh it judges: its import takes longer than most refreshes."""

from collections.abc import Sequence
from typing import ClassVar

from expectations import Rule
from expectations.validate import COMMAND, Worker
from expectations.verdict import Verdict


class LastingWorker(Worker):
    """A real worker, started once for all refreshes of a process of tests; `end` it when they are over.

    A refresh that breaks off before it has collected its verdicts ends it, as they would pass for those of the next.
    """

    _started: ClassVar["LastingWorker | None"] = None
    _is_asked = False

    @classmethod
    def start(cls, command: Sequence[str] = COMMAND) -> "LastingWorker":
        """Give the worker that was started before, or a new one where there is none alive."""
        if cls._started is None or cls._started._process.poll() is not None:
            started = super().start(command)
            assert isinstance(started, cls)
            cls._started = started
        return cls._started

    @classmethod
    def end(cls) -> None:
        """End the worker, if one was started."""
        if cls._started is not None:
            cls._started.close()
            cls._started = None

    def submit(self, set_up: Sequence[str], rules: Sequence[Rule]) -> None:
        """Hand over one job, as of any worker."""
        self._is_asked = True
        super().submit(set_up, rules)

    def collect(self, timeout: float) -> list[Verdict]:
        """The verdicts of the job submitted, as of any worker."""
        verdicts = super().collect(timeout)
        self._is_asked = False
        return verdicts

    def __exit__(self, *_: object) -> None:
        if self._is_asked:
            self.end()

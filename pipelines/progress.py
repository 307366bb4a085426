"""Progress on standard error: what is being done, how long it took. Standard output stays for results."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, cast

from rich.console import Console


class Progress:
    """Tells a person which step is under way, and keeps each step's seconds for the ledger.

    On a terminal the step under way has a spinner; elsewhere (a log, CI) each step is a line when it ends. A Progress
    without a console is silent and still keeps the times.
    """

    def __init__(self, console: Console | None = None) -> None:
        self.console = console
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Run the body as the step of that title; steps of the same title add up. Steps do not nest."""
        start = time.perf_counter()
        try:
            if self.console is not None and self.console.is_terminal:
                with self.console.status(title):
                    yield
            else:
                yield
        finally:
            took = time.perf_counter() - start
            self.seconds[title] = self.seconds.get(title, 0.0) + took
        self.say(f"{title}: {took:.1f} s")

    def say(self, text: str) -> None:
        """Show one line, between steps or within one."""
        if self.console is not None:
            self.console.print(text, markup=False, highlight=False, soft_wrap=True)


class Messages:
    """Standard error, which may lose its reader (`cdi refresh ... 2>&1 | head`): a run goes on without one."""

    def __getattr__(self, name: str) -> Any:
        return getattr(sys.stderr, name)

    def write(self, text: str) -> int:
        """Write the text, or let it go where nobody reads it any more."""
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
        return len(text)


def to_stderr() -> Progress:
    """Progress shown on standard error."""
    return Progress(Console(file=cast("IO[str]", Messages())))

"""A run as small as can be, killed where a test wants it: `python -m tests.pipelines.publishing HOME at|forever`.

The snapshot is a text file that names its run many times over, so that a torn one shows. `at` starts a fresh process
for N = 1, 2, ... that is killed with SIGKILL before the Nth line of publishing code, each on a copy of HOME, until one
lives, and prints its N. `forever` publishes again and again until the caller kills it.
"""

import os
import shutil
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from pipelines import ledger as book
from pipelines import publish, run
from pipelines.home import building_file
from pipelines.report import ExtractCount, FileCount

WATCHED = (publish.__file__, run.__file__)
LINES = 2_000


def refresh(home: Path) -> None:
    with run.started(home, "canonical", "sample", ()) as going:
        building = building_file(home, going.run)
        building.parent.mkdir(exist_ok=True)
        building.write_text(f"{going.run}\n" * LINES)
        counts = (FileCount("incident", "a.csv", "", 1, 3, 3, 0, 0),), (ExtractCount("incident", True, 3, 3, 0, 0),)
        book.record(going.ledger, going.run, *counts, [], {})
        publish.publish(home, going.ledger, going.run, "all met")


def killed_at(home: Path, line: int) -> bool:
    """Run `refresh` in a process that is killed before the given line; False where it ended before."""
    child = os.fork()
    if child == 0:
        left = line

        def trace(frame: FrameType, event: str, argument: Any) -> Any:
            nonlocal left
            if frame.f_code.co_filename not in WATCHED and frame.f_code is not book.finish.__code__:
                return None
            if event == "line":
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
            return trace

        sys.settrace(trace)
        refresh(home)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    if sys.argv[2] == "forever":
        while True:
            refresh(folder)
    number = 1
    while True:
        copy = folder.with_name(f"{folder.name}-{number:04d}")
        shutil.copytree(folder, copy)
        if not killed_at(copy, number):
            break
        number += 1
    print(number)

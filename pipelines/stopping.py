"""How a command is stopped from outside: by Ctrl-C, by `kill`, by closing its terminal."""

import os
import signal
from types import FrameType

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows does not have the last

_received: list[int] = []


def listen() -> None:
    """From now on a signal ends the command in good order, with exit status 128 + its number; a second one at once."""
    for name in SIGNALS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _stop)


def exit_status() -> int | None:
    """The exit status of a command that was stopped; None while it was not.

    To be asked when anything was raised: a library may turn the end of the command into an exception of its own.
    """
    return 128 + _received[0] if _received else None


def _stop(number: int, frame: FrameType | None) -> None:
    if _received:
        os._exit(128 + number)
    _received.append(number)
    raise SystemExit(128 + number)

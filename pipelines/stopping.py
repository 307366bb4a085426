"""How a command is stopped from outside: by Ctrl-C, by `kill`, by closing its terminal."""

import os
import signal
import threading
import time
from types import FrameType

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows does not have the last
PATIENCE = 1.0  # seconds in which a second signal is the first one's echo: a terminal and `uv run` may each send one
GRACE = 15.0  # seconds a stopped command has to end in good order; the next run settles what it then leaves

_received: list[tuple[int, float]] = []  # signal and time


def listen() -> None:
    """From now on a signal ends the command in good order, with exit status 128 + its number.

    One that whoever started us told us to ignore (`nohup`) stays ignored.
    """
    for name in SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)


def listen_again() -> None:
    """Take back what Polars took when it was imported, where we listened before.

    Its handler of Ctrl-C restarts a wait instead of ending it, and breaks off its own queries midway.
    """
    for name in SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is _stop:
            signal.signal(number, _stop)


def exit_status() -> int | None:
    """The exit status of a command that was stopped; None while it was not.

    To be asked when anything was raised: a library may turn the end of the command into an exception of its own.
    """
    return 128 + _received[0][0] if _received else None


def _stop(number: int, frame: FrameType | None) -> None:
    now = time.monotonic()
    is_echo = bool(_received) and now - _received[-1][1] < PATIENCE
    if not is_echo:
        _received.append((number, now))
        # A stop that comes while a library holds a lock can leave it held, and the good order waiting for ever.
        _end_after(GRACE, 128 + number)
        raise SystemExit(128 + number)


def _end_after(seconds: float, status: int) -> None:
    timer = threading.Timer(seconds, os._exit, (status,))
    timer.daemon = True
    timer.start()

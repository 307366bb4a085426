"""The `cdi` command: what may be typed, and how each command ends.

Results go to standard output alone, progress and messages to standard error. Exit status: 0 done; 1 the data was
refused or the run failed, and the published snapshot stands; 2 wrong usage or configuration; 128 and the number of
the signal that stopped it, such as 130 for Ctrl-C.
"""

import contextlib
import os
import signal
import sys
import traceback
from pathlib import Path
from types import FrameType

import typer
from typer.exceptions import TyperException

from pipelines.commands import asking, intake, keeping, serving
from pipelines.commands.common import MISUSED, REFUSED, STOPPED, CommandFailed, say

SIGNALS = ("SIGTERM", "SIGHUP")  # of `kill`, and of a terminal that is closed (which Windows does not have)

app = typer.Typer(
    name="cdi",
    help="Crime data integrity: from extracts to a dashboard whose every figure opens to its records.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (
    serving.demo,
    intake.sample,
    intake.check,
    intake.refresh,
    keeping.status,
    keeping.restore,
    serving.serve,
    asking.metrics,
    asking.metric,
    asking.records,
    asking.explain,
):
    app.command()(command)


def main() -> None:
    """Run the command that was typed, and exit with its status and, where it failed, one sentence."""
    for name in SIGNALS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _terminate)
    try:
        status = app(prog_name="cdi", standalone_mode=False) or 0
        sys.stdout.flush()
    except SystemExit as stop:
        # Typer ends with 1 when the reader of our output has had enough (`cdi records ... | head`): no failure of ours.
        status = 0 if isinstance(stop.__context__, BrokenPipeError) else stop.code
    except CommandFailed as failure:
        say(f"cdi: {failure}")
        status = failure.status
    except TyperException as misuse:
        status = _say_misuse(misuse)
    except BrokenPipeError:
        # The same, found when the last of the output was written; without this Python would say so as it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except OSError as error:
        where = error.filename or "input or output"
        say(f"cdi: {error.strerror or error}: {where}; check the path and your rights to it")
        status = MISUSED
    except Exception as error:
        say(f"cdi: {_one_line(error)}; the published snapshot stands. {_keep(error)}")
        status = REFUSED
    if status in STOPPED:
        say("cdi: stopped; the published snapshot stands")
    sys.exit(status)


def _say_misuse(misuse: TyperException) -> int:
    """Say what was typed wrongly, and where the help is; a bare `cdi` has shown its help already."""
    message = misuse.format_message()
    if message:
        context = getattr(misuse, "ctx", None)
        path = context.command_path if context is not None else "cdi"
        say(f"cdi: {message.rstrip('.')}; `{path} --help` lists what can be given")
    return MISUSED


def _one_line(error: Exception) -> str:
    text = " ".join(str(error).split()) or "no message"
    return f"unexpected {type(error).__name__}: {text[:300]}"


def _keep(error: Exception) -> str:
    """Keep the traceback in a file for whoever mends it, and say where; say nothing where it cannot be kept."""
    path = Path(os.environ.get("TMPDIR", "/tmp")) / f"cdi-error-{os.getpid()}.txt"
    with contextlib.suppress(OSError):
        path.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
        return f"Details for whoever mends it: {path}"
    return ""


def _terminate(signum: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + signum)


if __name__ == "__main__":
    main()

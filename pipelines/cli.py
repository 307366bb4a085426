"""The `cdi` command: what may be typed, and how each command ends.

Results go to standard output alone, progress and messages to standard error. Exit status: 0 done; 1 the data was
refused or the run failed, and the published snapshot stands; 2 wrong usage or configuration; 128 and the number of
the signal that stopped it, such as 130 for Ctrl-C.
"""

import contextlib
import os
import sys
import traceback
from pathlib import Path

import typer
from typer.exceptions import TyperException

from pipelines import stopping
from pipelines.commands import asking, auditing, charting, evidence, intake, keeping, serving
from pipelines.commands.common import MISUSED, REFUSED, CommandFailed, say
from pipelines.home import DEFAULT_HOME
from pipelines.ledger import LedgerDamaged

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
    evidence.evidence,
    charting.spc,
):
    app.command()(command)
app.add_typer(auditing.audit)


def main() -> None:
    """Run the command that was typed, and exit with its status and, where it failed, one sentence."""
    try:
        status = _run()
    except BaseException as error:
        stopped = stopping.exit_status()
        if stopped is None:
            status = _say(error)
        else:
            status = stopped
            say("cdi: stopped; the published snapshot stands")
    sys.exit(status)


def _run() -> int:
    status = app(prog_name="cdi", standalone_mode=False) or 0
    sys.stdout.flush()
    return status


def _say(error: BaseException) -> int:
    """Say in one sentence what ended the command, and return its exit status."""
    match error:
        case CommandFailed():
            say(f"cdi: {error}")
            return error.status
        case TyperException():
            return _say_misuse(error)
        case LedgerDamaged():
            say(f"cdi: {error}")
            return MISUSED
        case BrokenPipeError() | SystemExit(__context__=BrokenPipeError()):
            # The reader of our output has had enough (`cdi records ... | head`), which is no failure of ours. Without
            # this Python would complain as it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            return 0
        case OSError():
            where = error.filename or "input or output"
            say(f"cdi: {error.strerror or error}: {where}; check the path and your rights to it")
            return MISUSED
        case Exception():
            say(f"cdi: {_one_line(error)}; the published snapshot stands. {_keep(error)}")
            return REFUSED
    raise error


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
    """Keep the traceback in the home folder for whoever mends it, and say where; nothing is written elsewhere."""
    path = _home(sys.argv) / f"error-{os.getpid()}.txt"
    with contextlib.suppress(OSError):
        path.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
        return f"Details for whoever mends it: {path}"
    return ""


def _home(arguments: list[str]) -> Path:
    """The home folder a command was given: an error can come before the command has read its options."""
    for argument, following in zip(arguments, [*arguments[1:], ""], strict=True):
        if argument == "--home":
            return Path(following)
        if argument.startswith("--home="):
            return Path(argument.removeprefix("--home="))
    return Path(os.environ.get("CDI_HOME") or DEFAULT_HOME)

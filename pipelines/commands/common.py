"""What the commands share: the home folder option, how a command fails, and where messages go."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.home import DEFAULT_HOME
from pipelines.progress import Messages

if TYPE_CHECKING:
    from sql import Snapshot

REFUSED = 1
MISUSED = 2

HomeOption = Annotated[
    Path, typer.Option("--home", envvar="CDI_HOME", help="Folder of stage, snapshots and ledger.", show_default=True)
]
HOME = DEFAULT_HOME


class CommandFailed(Exception):
    """A command cannot go on: one sentence that says what, where and what to do, and the exit status."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


@contextmanager
def opened(home: Path, *, of_any_layout: bool = False) -> Iterator["Snapshot"]:
    """The current snapshot, open (see `sql.open_snapshot`); what is asked wrongly of it ends the command with exit
    status 2."""
    import sql

    try:
        with closing(sql.open_snapshot(home, of_any_layout=of_any_layout)) as snapshot:
            yield snapshot
    except sql.DoorError as error:
        raise CommandFailed(sentence(error), MISUSED) from None


def say(message: str) -> None:
    """A line for the person, on standard error."""
    Messages().write(f"{message}\n")


def sentence(error: BaseException) -> str:
    """What an exception says, without the quotes that KeyError puts round it."""
    return str(error.args[0]) if isinstance(error, KeyError) and error.args else str(error)

"""What the home folder holds: `status` and `restore`."""

from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

import typer

from pipelines import ledger as book
from pipelines import publish
from pipelines.commands.common import HOME, MISUSED, REFUSED, CommandFailed, HomeOption, say, sentence
from pipelines.commands.output import Format, show, show_json
from pipelines.home import AnotherRun, sole_run
from pipelines.report import RunReport

COUNTS = ("read", "loaded", "superseded", "rejected", "data_cut")


def status(
    home: HomeOption = HOME, json: Annotated[bool, typer.Option("--json", help="Write the status as JSON.")] = False
) -> None:
    """Show the latest run, what became of its rows, and which snapshot is current."""
    run = _latest(home)
    snapshot = publish.current(home)
    extracts = {count.extract: {name: getattr(count, name) for name in COUNTS} for count in run.extracts}
    if json:
        show_json(_status(run, snapshot, publish.current_run(home), extracts))
        return
    show([{"extract": name, **counts} for name, counts in extracts.items()], Format.table, ("extract", *COUNTS))
    say(f"run {run.run} of {run.source_name} ({run.profile}): {run.outcome}. {run.message}")
    say(f"current snapshot: {snapshot or 'none yet'}")


def restore(
    run: Annotated[str, typer.Argument(help="The run whose snapshot becomes current again, such as r0003.")],
    home: HomeOption = HOME,
) -> None:
    """Make the snapshot of an earlier run current again; the later ones stay where they are."""
    _latest(home)
    try:
        with sole_run(home), closing(book.open_ledger(home)) as ledger:
            name = publish.restore(home, ledger, run)
    except AnotherRun as error:
        raise CommandFailed(sentence(error), REFUSED) from None
    except (publish.NotPublished, book.UnknownRun) as error:
        raise CommandFailed(sentence(error), MISUSED) from None
    say(f"{name} is current again; dashboards that are open show it from their next view on")


def _latest(home: Path) -> RunReport:
    ledger = book.read_ledger(home)
    if ledger is not None:
        with closing(ledger):
            run = book.latest(ledger)
        if run is not None:
            return run
    raise CommandFailed(
        f"nothing has been refreshed in {home} yet: run `cdi demo` for synthetic data, "
        "or `cdi refresh SOURCE --profile NAME` for extracts of your own",
        MISUSED,
    )


def _status(run: RunReport, snapshot: str | None, published: str | None, extracts: dict[str, Any]) -> dict[str, Any]:
    return {
        "run": run.run,
        "snapshot": snapshot,
        "outcome": run.outcome,
        "published_run": published,
        "started_at": run.started_at,
        "finished_at": run.finished_at,
        "message": run.message,
        "extracts": extracts,
    }

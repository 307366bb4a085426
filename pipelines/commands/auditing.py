"""An audit from draw to signature: `audit draw`, `audit return` and `audit sign`."""

import re
from datetime import date
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from pipelines import stopping
from pipelines.commands.common import HOME, MISUSED, REFUSED, CommandFailed, HomeOption, opened, say, sentence
from pipelines.commands.estimating import estimate, plan
from pipelines.commands.output import Format, show
from pipelines.home import AnotherRun, stage_folder
from pipelines.progress import to_stderr

if TYPE_CHECKING:
    from pipelines.audit.choices import Choices
    from pipelines.audit.period import Period
    from sql import Snapshot

INSPECTION_LOGS, HIDDEN_LOGS, TWICE = 400, 200, "10%"
MOST_SEED = 2**31 - 1
SAMPLE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")

audit = typer.Typer(
    name="audit", help="Plan an audit, draw its logs, take in what auditors mark, and estimate.", no_args_is_help=True
)


audit.command()(plan)


@audit.command()
def draw(
    period: Annotated[str, typer.Option("--period", help="2019-Q2, 2019-04, or 2019-04-01..2019-06-30.")],
    seed: Annotated[
        int, typer.Option("--seed", min=0, max=MOST_SEED, help="The same seed and snapshot give the same logs.")
    ],
    home: HomeOption = HOME,
    logs: Annotated[
        str, typer.Option("--logs", help="Of the inspection scope: how many, or violence=150,sexual=60,other=190.")
    ] = str(INSPECTION_LOGS),
    hidden_logs: Annotated[
        str, typer.Option("--hidden-logs", help="Of logs that may hide crime: how many, or by stratum; 0 for none.")
    ] = str(HIDDEN_LOGS),
    marked_twice: Annotated[
        str, typer.Option("--marked-twice", help="Share of the logs that a second auditor marks too.")
    ] = TWICE,
    name: Annotated[str | None, typer.Option("--name", help="What to call the sample, else by its period.")] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Draw anew in place of one of which none is back.")
    ] = False,
    format: Annotated[Format, typer.Option("--format", help="How to write the strata.")] = Format.table,
) -> None:
    """Draw logs at random from a matured period of the current snapshot, and write the worksheet for the auditors."""
    import sql
    from pipelines.audit.draw import SizesError, select
    from pipelines.audit.period import PeriodError, read_period, require_covered, require_mature
    from pipelines.audit.write_draw import SECOND, WORKSHEET, AlreadyDrawn, Source, write_draw

    sizes = {False: _sizes("--logs", logs), True: _sizes("--hidden-logs", hidden_logs)}
    share = _share(marked_twice)
    try:
        span = read_period(period)
        with opened(home) as snapshot:
            require_covered(span, *snapshot.span)
            require_mature(span, snapshot.span[1])
            sample_id = _sample_id(home, snapshot, span, name)
            selection = select(sql.audit_frame(snapshot, span.first, span.last), seed, sizes, share)
            shown = {row.pop("incident_id"): row for row in sql.audit_worksheet(snapshot, list(selection.logs))}
            source = Source(snapshot.info["run"], snapshot.info["data_cut"], ZoneInfo(snapshot.info["time_zone"]))
            choices = choices_of(snapshot, span)
        folder = write_draw(home, sample_id, span, seed, source, selection, shown, choices, replace=replace)
    except (PeriodError, SizesError, AlreadyDrawn) as error:
        raise CommandFailed(sentence(error), MISUSED) from None
    rows = [{"sample_id": sample_id, **vars(stratum)} for stratum in selection.strata]
    show(rows, format, ("sample_id", "stratum", "may_hide", "population", "sampled"))
    say(f"{len(selection.logs):,} logs are drawn: give auditors {folder / WORKSHEET}.xlsx, or the CSV files beside it")
    if selection.twice:
        say(f"{len(selection.twice):,} of them are to be marked twice: give a second auditor {folder / SECOND}.xlsx")


def choices_of(snapshot: "Snapshot", span: "Period") -> "Choices":
    """The classes and reasons that auditors choose from."""
    import sql
    from pipelines.audit.choices import Choices

    rows = sql.audit_choices(snapshot, span.first, span.last)
    return Choices(
        {row["code"]: row["name"] for row in rows if row["kind"] == "class"},
        {row["code"]: row["name"] for row in rows if row["kind"] == "reason"},
    )


@audit.command(name="return")
def take_back(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The workbook, or the pair or folder of CSV files.")],
    home: HomeOption = HOME,
    auditor: Annotated[str, typer.Option("--auditor", help="Code of who marked the rows that do not say so.")] = "",
    partial: Annotated[bool, typer.Option("--partial", help="Take in what is marked; the rest comes later.")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="In place of all that the same auditors returned of the draw before.")
    ] = False,
) -> None:
    """Take in a worksheet that auditors have marked, and publish a snapshot with what they found.

    Nothing is taken in of a worksheet in which anything is missing, altered or unclear; each such row is named.
    """
    from pipelines.audit.accept import accept
    from pipelines.audit.check_return import check_return
    from pipelines.audit.folder import UnknownDraw, period_of, read_drawn
    from pipelines.audit.returned import ReturnRefused, read_return

    try:
        returned = read_return(file)
        drawn = read_drawn(home, returned.sample_id)
        with opened(home) as snapshot:
            _require_unsigned(snapshot, drawn.sample_id)
            choices = choices_of(snapshot, period_of(home, drawn.sample_id))
            zone = ZoneInfo(snapshot.info["time_zone"])
        marked = check_return(returned, drawn, choices, zone, auditor=auditor, is_partial=partial)
        done = accept(home, drawn, marked, replace=replace, publish=lambda: _publish(home))
    except ReturnRefused as error:
        raise CommandFailed(f"{file} is not taken in, and nothing has changed:\n{error}", REFUSED) from None
    except AnotherRun as error:
        raise CommandFailed(sentence(error), REFUSED) from None
    except UnknownDraw as error:
        raise CommandFailed(sentence(error), MISUSED) from None
    say(
        f"{len(marked.returns):,} logs marked by {' and '.join(marked.auditors)} are taken in; of the "
        f"{len(drawn.shown):,} logs of {drawn.sample_id} {done:,} are marked now"
    )
    if done == len(drawn.shown):
        say(f"`cdi audit estimate --sample {drawn.sample_id}` gives the rate")


audit.command()(estimate)


@audit.command()
def sign(
    sample_id: Annotated[str, typer.Argument(metavar="SAMPLE", help="The sample, such as 2019-Q2.")],
    role: Annotated[str, typer.Option("--role", help='Role of who signs, such as "Force Crime Registrar"; no name.')],
    home: HomeOption = HOME,
    on: Annotated[str | None, typer.Option("--date", help="Day of signing, such as 2019-10-15; else today.")] = None,
) -> None:
    """Sign what an audit found as the registrar: its estimates are provisional until then."""
    from pipelines.audit.signature import SignatureRefused, sign_sample

    day = _day(on) if on else date.today()
    try:
        with opened(home) as snapshot:
            import sql

            samples = {row["sample_id"]: row for row in sql.table(snapshot, "audit_sample")}
            kept = sql.table(snapshot, "ref_audit_signature")
        sign_sample(home, samples, kept, sample_id, role, day, publish=lambda: _publish(home))
    except (SignatureRefused, AnotherRun) as error:
        raise CommandFailed(sentence(error), REFUSED) from None
    say(f"{sample_id} is signed by the {role} on {day}")


def _publish(home: Path) -> None:
    """Publish the current snapshot anew with what is kept now; where its staged rows are gone, a refresh will."""
    from pipelines.amend import amend
    from pipelines.metric_file import MetricFileError
    from pipelines.publish import current_run
    from pipelines.reading.standing import read_standing
    from pipelines.refresh import RunRefused, SourceRefused

    if read_standing(stage_folder(home, current_run(home) or "")) is None:
        say("it is kept, and shows after the next `cdi refresh`: the staged rows of the current snapshot are gone")
        return
    stopping.listen_again()
    try:
        report = amend(home, progress=to_stderr())
    except (SourceRefused, RunRefused) as error:
        raise CommandFailed(
            f"{sentence(error)}; nothing was taken in, and the published snapshot stands", REFUSED
        ) from None
    except MetricFileError as error:
        raise CommandFailed(sentence(error), MISUSED) from None
    say(f"published {report.snapshot}")


def _require_unsigned(snapshot: "Snapshot", sample_id: str) -> None:
    """What the registrar has signed does not change any more."""
    import sql

    for row in sql.table(snapshot, "audit_sample", {"sample_id": sample_id, "is_signed": True}):
        raise CommandFailed(
            f"{sample_id} was signed by the {row['signed_role']} on {row['signed_date']}, so no return is taken in: "
            "take its row out of reference/audit_signature.csv in the home folder first",
            REFUSED,
        )


def _sample_id(home: Path, snapshot: "Snapshot", span: "Period", name: str | None) -> str:
    """What the draw is called: as told, else by its period, with a number where an audit of that name came with the
    extracts, which is left as it is."""
    import sql
    from pipelines.audit.folder import sample_ids

    if name is not None and not SAMPLE_ID.fullmatch(name):
        raise CommandFailed(f"--name {name}: give letters, digits, - and _, at most 40 of them", MISUSED)
    audits = {row["sample_id"]: row for row in sql.table(snapshot, "audit_sample")}
    delivered = audits.keys() - set(sample_ids(home))
    if name in delivered:
        raise CommandFailed(f"--name {name}: an audit of that name came with the extracts; give another", MISUSED)
    numbered = (f"{span.name}-{number}" for number in count(2))
    sample_id = name or next(each for each in chain([span.name], numbered) if each not in delivered)
    if name is None and span.name in delivered:
        say(f"an audit {span.name} came with the extracts, so this draw is called {sample_id}")
    others = [each for each, row in audits.items() if each != sample_id and row["quarter"] == span.quarter]
    if others:
        say(f"its quarter has the audit {' and '.join(others)}: of a quarter with two draws a rolling year has no rate")
    return sample_id


def _sizes(option: str, text: str) -> int | dict[str, int]:
    """`400`, or `violence=150,sexual=60` by stratum."""
    pairs = [part.partition("=") for part in text.split(",")]
    numbers = [(count if sign else name).strip() for name, sign, count in pairs]
    if not all(number.isascii() and number.isdigit() for number in numbers) or (
        len(pairs) > 1 and not all(sign for _, sign, _ in pairs)
    ):
        raise CommandFailed(
            f"{option} {text}: give a number of logs, or one by stratum: violence=150,sexual=60", MISUSED
        )
    if not pairs[0][1]:
        return int(numbers[0])
    return {name.strip(): int(number) for (name, _, _), number in zip(pairs, numbers, strict=True)}


def _share(text: str) -> float:
    """`10%` as 0.1."""
    try:
        share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise CommandFailed(f"--marked-twice {text}: give a share such as 10%", MISUSED)
    return share


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandFailed(f"--date {text}: give a day such as 2019-10-15", MISUSED) from None

"""Extracts in: `sample`, `check` and `refresh`."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipelines.commands.common import HOME, MISUSED, REFUSED, CommandFailed, HomeOption, say, sentence
from pipelines.commands.output import Format, show
from pipelines.home import AnotherRun, sample_folder
from pipelines.progress import Progress, to_stderr

if TYPE_CHECKING:
    from pipelines.report import RunReport

SourceArgument = Annotated[Path, typer.Argument(metavar="SOURCE", help="Folder of the extract files.")]
ProfileOption = Annotated[str, typer.Option("--profile", help="How this source names things: a profile's name.")]
IncidentsOption = Annotated[
    int | None,
    typer.Option("--incidents", min=1, help="How many incident logs to make; some 18,000 a month unless told."),
]


SEED = 2018


class FileFormat(StrEnum):
    """What kind of file synthetic extracts are written as."""

    csv = "csv"
    parquet = "parquet"


def sample(
    home: HomeOption = HOME,
    incidents: IncidentsOption = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same bytes.")] = SEED,
    format: Annotated[FileFormat, typer.Option("--format", help="File format of the extracts.")] = FileFormat.csv,
    rate: Annotated[
        float | None, typer.Option("--rate", min=0, max=1, help="Fix the true recording rate, such as 0.9.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder to write to; else <home>/sample.")] = None,
) -> None:
    """Make synthetic extracts, with the hidden truth beside them."""
    folder = out or sample_folder(home)
    make_sample(folder, incidents, to_stderr(), seed=seed, file_format=format.value, rate=rate)
    say(f"synthetic extracts are in {folder}: `cdi refresh {folder}` loads them")


def make_sample(
    folder: Path,
    incidents: int | None,
    progress: Progress,
    seed: int = SEED,
    file_format: Literal["csv", "parquet"] = "csv",
    rate: float | None = None,
) -> None:
    """Write synthetic extracts into the folder, as one step; `pipelines.sample` says how many unless told."""
    from pipelines.sample import write_sample

    with progress.step("Making synthetic extracts"):
        write_sample(folder, incidents=incidents, seed=seed, file_format=file_format, rate=rate, report=progress.say)


def check(
    source: SourceArgument,
    home: HomeOption = HOME,
    profile: ProfileOption = "canonical",
    format: Annotated[Format, typer.Option("--format", help="How to write the findings.")] = Format.table,
) -> None:
    """Read and check extracts, list which expectations were not met, and publish nothing."""
    report = load(source, profile, home, to_stderr(), publish=False)
    columns = ("rule_id", "extract", "severity", "bad_rows", "evaluated", "reason")
    unmet = [{name: getattr(result, name) for name in columns} for result in report.checks if not result.is_met]
    show(unmet, format, columns)
    _say_counts(report)
    say(f"{source} could be published: {report.message}")


def refresh(source: SourceArgument, home: HomeOption = HOME, profile: ProfileOption = "canonical") -> None:
    """Read extracts, check them, build a snapshot and publish it."""
    report = load(source, profile, home, to_stderr())
    _say_counts(report)
    say(f"published {report.snapshot} from {source}: `cdi serve` shows it")


def load(source: Path, profile: str, home: Path, progress: Progress, publish: bool = True) -> "RunReport":
    """Refresh, and end the command with the right exit status where the data or the configuration will not do."""
    from pipelines.metric_file import MetricFileError
    from pipelines.refresh import ProfileError, RunRefused, SourceNotFound, SourceRefused, refresh

    try:
        return refresh(source, profile, home, progress=progress, publish=publish)
    except (SourceRefused, RunRefused, AnotherRun) as error:
        raise CommandFailed(sentence(error), REFUSED) from None
    except (MetricFileError, ProfileError, SourceNotFound) as error:
        raise CommandFailed(sentence(error), MISUSED) from None


def _say_counts(report: "RunReport") -> None:
    for count in report.extracts:
        if count.is_delivered:
            say(
                f"{count.extract}: {count.read:,} read = {count.loaded:,} loaded + {count.superseded:,} superseded "
                f"+ {count.rejected:,} rejected"
            )
        else:
            say(f"{count.extract}: not delivered")

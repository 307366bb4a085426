"""Extracts in: `sample`, `check` and `refresh`."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipelines import stopping
from pipelines.commands.common import HOME, MISUSED, REFUSED, CommandFailed, HomeOption, say, sentence
from pipelines.commands.output import Format, printable, show
from pipelines.home import AnotherRun, sample_folder, stage_folder
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
REJECTS_SAID = 5


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
        float | None,
        typer.Option(
            "--rate",
            min=0,
            max=1,
            help="Fix the true recording rate of logs whose codes indicate a crime, such as 0.9.",
        ),
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

    stopping.listen_again()
    require_no_real_extracts(folder)
    with progress.step("Making synthetic extracts"):
        write_sample(folder, incidents=incidents, seed=seed, file_format=file_format, rate=rate, report=progress.say)


def require_no_real_extracts(folder: Path) -> None:
    """End the command where synthetic extracts would be written over ones that do not say they are synthetic."""
    from pipelines.extracts import EXTRACTS
    from pipelines.reading.manifest import read_manifest
    from pipelines.refusal import SourceRefused

    names = [f"{extract.name}.{kind}" for extract in EXTRACTS for kind in FileFormat]
    taken = [name for name in names if (folder / name).exists()]
    try:
        manifest = read_manifest(folder)
    except SourceRefused:
        manifest = None
    if taken and not (manifest and manifest.is_synthetic):
        raise CommandFailed(
            f"{folder} holds {', '.join(taken)} and no delivery.toml that calls them synthetic, so they may be real "
            "and are left as they are: give another folder with --out",
            MISUSED,
        )


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
    _say_counts(report, home)
    say(f"{source} could be published: {report.message}")


def refresh(source: SourceArgument, home: HomeOption = HOME, profile: ProfileOption = "canonical") -> None:
    """Read extracts, check them, build a snapshot and publish it."""
    report = load(source, profile, home, to_stderr())
    _say_counts(report, home)
    for check in report.checks:
        if check.severity == "warn" and not check.is_met:
            say(f"warned: {check.rule_id}: {check.bad_rows:,} of {check.evaluated:,} rows. {check.reason}")
    say(f"published {report.snapshot} from {source}: `cdi serve` shows it")


def load(source: Path, profile: str, home: Path, progress: Progress, publish: bool = True) -> "RunReport":
    """Refresh, and end the command with the right exit status where the data or the configuration will not do."""
    from pipelines.metric_file import MetricFileError
    from pipelines.refresh import ProfileError, RunRefused, SourceNotFound, SourceRefused, refresh

    stopping.listen_again()
    try:
        return refresh(source, profile, home, progress=progress, publish=publish)
    except (SourceRefused, RunRefused, AnotherRun) as error:
        raise CommandFailed(sentence(error), REFUSED) from None
    except (MetricFileError, ProfileError, SourceNotFound) as error:
        raise CommandFailed(sentence(error), MISUSED) from None


def _say_counts(report: "RunReport", home: Path) -> None:
    for count in report.extracts:
        if count.is_delivered:
            say(
                f"{count.extract}: {count.read:,} read = {count.loaded:,} loaded + {count.superseded:,} superseded "
                f"+ {count.rejected:,} rejected"
            )
        else:
            say(f"{count.extract}: not delivered")
    if any(count.rejected for count in report.extracts):
        _say_rejects(stage_folder(home, report.run))


def _say_rejects(folder: Path) -> None:
    """The first rows that were set aside, each with its place and its reason, and where all of them lie."""
    import polars as pl

    files = sorted(folder.glob("rejects*.parquet"))
    rejects = pl.concat([pl.read_parquet(file, columns=["file", "line", "reason"], glob=False) for file in files])
    for file, line, reason in rejects.head(REJECTS_SAID).iter_rows():
        say(f"rejected: {file} line {line}: {printable(reason)}")
    said = f"and {len(rejects) - REJECTS_SAID:,} more; " if len(rejects) > REJECTS_SAID else ""
    say(f"{said}rejected rows lie whole, with their reasons, in {' and '.join(map(str, files))}")

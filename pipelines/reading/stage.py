"""Extract files to typed Parquet, with every row that could not be typed set aside and counted.

Nothing is judged here but whether a row can be read: which of two rows with the same key stands, and whether a row
makes sense beside others, is decided later. Every row read is therefore either typed or rejected.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from pipelines.extracts import EXTRACTS, Extract
from pipelines.profile import Profile
from pipelines.reading.carried import Carried, in_order
from pipelines.reading.clean import REJECT_SCHEMA, Cleaner, plan_columns, staged_schema
from pipelines.reading.delivered_file import DeliveredFile, StagedFile
from pipelines.reading.delivery import Delivery
from pipelines.reading.header import check_header, source_names
from pipelines.reading.inspect_file import FileFacts, inspect
from pipelines.reading.manifest import Manifest
from pipelines.reading.opened import COPY, STRUCTURE_SCHEMA, Opened
from pipelines.reading.read_csv import open_csv
from pipelines.reading.read_parquet import open_parquet
from pipelines.reading.read_xlsx import open_xlsx
from pipelines.reading.rejects import write_rejects
from pipelines.refusal import SourceRefused

ROW_GROUP = 122_880  # DuckDB's own: it then writes the facts without cutting the rows anew
AT_ONCE = 2  # extracts: the small ones are staged beside the logs, which alone leave a core idle now and then
ROWS_A_FILE = 1_000_000_000  # `_row` is the file's place times this, plus the line: later files win, then later lines


@dataclass(frozen=True)
class StagedExtract:
    """One extract. `columns` are those the source delivers; `carried` rows were read by an earlier stage."""

    name: str
    path: Path
    is_delivered: bool
    columns: tuple[str, ...]
    read: int
    rejected: int
    carried: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Staged:
    """What `stage` made: `extracts` by name, in the order of declaration."""

    folder: Path
    rejects: Path
    extracts: dict[str, StagedExtract]
    files: tuple[StagedFile, ...]
    manifest: Manifest | None


def stage(
    delivery: Delivery,
    folder: Path,
    *,
    staff_key: bytes,
    previous: Path | None = None,
    report: Callable[[str], None],
) -> Staged:
    """Stage the files of a delivery to <folder>/<extract>.parquet and <folder>/rejects.parquet.

    `previous` is the folder of the stage before: its rows are carried over for extracts delivered incrementally,
    except those of a file that is delivered again. `report` is told of each step in one line.

    Raises SourceNotFound, or SourceRefused with every reason, one a line.
    """
    carried = {}
    for extract in EXTRACTS:
        paths = delivery.files.get(extract.name, [])
        names = [[path.name for path in paths if delivery.is_kept(path) is is_kept] for is_kept in (False, True)]
        carried[extract.name] = Carried.of(extract, previous if is_incremental(extract, delivery) else None, *names)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        files = _open_all(delivery, carried, folder, staff_key)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            making = [
                pool.submit(_stage_extract, extract, files[extract.name], carried[extract.name], folder)
                for extract in EXTRACTS
            ]
            staged = {}
            for future in making:
                made = future.result()
                staged[made.name] = made
                for line in _told(made, files[made.name]):
                    report(line)
        every = [file for each in files.values() for file in each]
        rejects = folder / "rejects.parquet"
        write_rejects(
            ((file.cleaner.extract.name, file.path.name, file.opened, file.cleaner.rejected()) for file in every),
            rejects,
        )
        _refuse_if_nothing_left(staged, files)
    finally:
        for copy in folder.glob(f"*{COPY}"):
            copy.unlink()
    return Staged(folder, rejects, staged, tuple(file.staged() for file in every), delivery.manifest)


def write_rule_rejects(delivery: Delivery, folder: Path, rejected: Mapping[tuple[str, str], Mapping[int, str]]) -> None:
    """Write rows that a rule set aside to <folder>/rejects_by_rule.parquet, each with its whole original text.

    rejected: for (extract, file name) the reason of each line. The files are opened once more: such rows are rare. Rows
    carried over from an earlier delivery are not in this one, and were written down when they were delivered.
    """
    found = {(name, path.name): path for name, paths in delivery.files.items() for path in paths}
    declared = {extract.name: extract for extract in EXTRACTS}
    no_lines = pl.DataFrame(schema=STRUCTURE_SCHEMA)
    try:
        write_rejects(
            (
                (
                    name,
                    file,
                    replace(
                        _open(path, inspect(path), delivery.profile_of(path), declared[name], folder), broken=no_lines
                    ),
                    pl.DataFrame({"line": list(reasons), "reason": list(reasons.values())}, schema=REJECT_SCHEMA),
                )
                for (name, file), reasons in rejected.items()
                if (path := found.get((name, file)))
            ),
            folder / "rejects_by_rule.parquet",
        )
    finally:
        for copy in folder.glob(f"*{COPY}"):
            copy.unlink()


def is_incremental(extract: Extract, delivery: Delivery) -> bool:
    """Whether the rows delivered of an extract join those of the stage before."""
    spec, manifest = delivery.profile.extract.get(extract.name), delivery.manifest
    return spec is not None and ((manifest and manifest.delivery) or spec.delivery) == "incremental"


def _open_all(
    delivery: Delivery, carried: dict[str, Carried], folder: Path, staff_key: bytes
) -> dict[str, list[DeliveredFile]]:
    """Open every file and check its header, before any row is read. Raises SourceRefused with all that is wrong."""
    found = delivery.files
    paths = [path for each in found.values() for path in each]
    try:
        with ThreadPoolExecutor() as pool:
            facts = dict(zip(paths, pool.map(inspect, paths), strict=True))
    except OSError as error:
        raise SourceRefused(f"{error.filename} cannot be read: {error.strerror}; make it readable.") from error
    files: dict[str, list[DeliveredFile]] = {}
    refused: list[str] = []
    for extract in EXTRACTS:
        delivered = found.get(extract.name, [])
        places = in_order([*(path.name for path in delivered), *carried[extract.name].files])
        files[extract.name] = []
        for path in delivered:
            profile = delivery.profile_of(path)
            try:
                opened = _open(path, facts[path], profile, extract, folder)
                plans = plan_columns(extract, profile, set(opened.columns))
                check_header(path.name, opened.columns, extract, profile, {plan.column.name for plan in plans})
            except SourceRefused as error:
                refused.append(str(error))
                continue
            cleaner = Cleaner(extract, plans, profile, path.name, places.index(path.name) * ROWS_A_FILE, staff_key)
            files[extract.name].append(DeliveredFile(path, facts[path], opened, cleaner))
    if refused:
        raise SourceRefused("\n".join(refused))
    return files


def _open(path: Path, facts: FileFacts, profile: Profile, extract: Extract, folder: Path) -> Opened:
    spec = profile.extract[extract.name]
    if facts.n_bytes == 0:
        raise SourceRefused(f"{path.name} is empty (0 bytes); deliver it again, or leave it out.")
    match path.suffix.lower():
        case ".parquet":
            return open_parquet(path)
        case ".xlsx":
            return open_xlsx(path, spec.sheet)
        case _:
            return open_csv(path, facts, spec, source_names(profile, extract), folder)


def _stage_extract(extract: Extract, files: list[DeliveredFile], before: Carried, folder: Path) -> StagedExtract:
    """Type the rows of all files of an extract into one Parquet file, in the order in which they count."""
    delivered = [file.path.name for file in files]
    places = in_order([*delivered, *before.files])
    frames = [file.typed() for file in files]
    frames += [before.rows(name, places.index(name) * ROWS_A_FILE) for name in before.files]
    path = folder / f"{extract.name}.parquet"
    empty = pl.LazyFrame(schema=staged_schema(extract))
    try:
        pl.concat([empty, *frames]).sink_parquet(path, compression="uncompressed", row_group_size=ROW_GROUP)
    except pl.exceptions.PolarsError as error:
        said = str(error).splitlines()[0]
        raise SourceRefused(
            f"{', '.join(delivered)}: damaged, as it cannot be read whole ({said}); deliver it again."
        ) from error
    for file in files:
        if file.cleaner.counts["read"] != file.opened.expected:
            raise SourceRefused(
                f"{file.path.name}: its lines make {file.opened.expected:,} rows, but {file.cleaner.counts['read']:,} "
                "came of reading it, so rows would be lost; deliver it as Parquet, and report this."
            )
    read = [file.staged() for file in files]
    notes = (
        *(f"{name}: in place of the {rows:,} rows it held before" for name, rows in before.replaced.items()),
        *(
            f"{was}: joins the {before.files[name]:,} rows of the {was} delivered before"
            for name, was in before.was.items()
            if name != was
        ),
        *(note for file in files for note in file.notes()),
    )
    made = {plan.column.name for file in files for plan in file.cleaner.plans} | before.columns
    n_carried = sum(before.files.values())
    return StagedExtract(
        name=extract.name,
        path=path,
        is_delivered=bool(files) or n_carried > 0,
        columns=tuple(name for name in extract.schema if name in made),
        read=sum(file.read for file in read),
        rejected=sum(file.rejected for file in read),
        carried=n_carried,
        notes=notes,
    )


def _told(made: StagedExtract, files: list[DeliveredFile]) -> list[str]:
    """What to say of an extract once it is staged: the rows of each file, and what was noticed."""
    read = [file.staged() for file in files]
    return [f"{file.name}: {file.read:,} rows read, {file.rejected:,} rejected" for file in read] + list(made.notes)


def _refuse_if_nothing_left(staged: dict[str, StagedExtract], files: dict[str, list[DeliveredFile]]) -> None:
    """Refuse where no row at all of an extract could be read: the format is wrong, and not the rows."""
    refused = []
    for extract in staged.values():
        if 0 < extract.read == extract.rejected and not extract.carried:
            reasons = Counter(
                reason
                for file in files[extract.name]
                for frame in (file.opened.broken, file.cleaner.rejected())
                for reason in frame["reason"].head(1000)
            )
            refused.append(
                f"{extract.name}: all {extract.read:,} rows were rejected, such as: {reasons.most_common(1)[0][0]}. "
                "Look at the file's format, or at the profile."
            )
    if refused:
        raise SourceRefused("\n".join(refused))

"""One delivered file on its way into the stage."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipelines.reading.clean import Cleaner
from pipelines.reading.header import source_names
from pipelines.reading.inspect_file import FileFacts
from pipelines.reading.opened import Opened
from pipelines.reading.vocabulary import counted


@dataclass(frozen=True)
class StagedFile:
    """One delivered file and what became of its rows."""

    extract: str
    name: str
    sha256: str
    bytes: int
    read: int
    rejected: int


@dataclass(frozen=True)
class DeliveredFile:
    """A file, opened, with the cleaner that types its rows; what it tells of them is known once they have been read."""

    path: Path
    facts: FileFacts
    opened: Opened
    cleaner: Cleaner

    def typed(self) -> pl.LazyFrame:
        """Its typed rows."""
        names = sorted({name for plan in self.cleaner.plans for part in plan.parts for name in part.needs})
        schema = self.cleaner.schema
        rows = self.opened.rows(names)
        return rows.map_batches(self.cleaner, schema=schema, streamable=True, validate_output_schema=False)

    def staged(self) -> StagedFile:
        """What became of its rows."""
        n_broken = self.opened.broken.height
        return StagedFile(
            extract=self.cleaner.extract.name,
            name=self.path.name,
            sha256=self.facts.sha256,
            bytes=self.facts.n_bytes,
            read=self.cleaner.counts["read"] + n_broken,
            rejected=self.cleaner.counts["rejected"] + n_broken,
        )

    def notes(self) -> list[str]:
        """What a reader of the figures should know of the file, in sentences that name it."""
        cleaner, name = self.cleaner, self.path.name
        notes = [f"{name}: {note}" for note in self.opened.notes]
        if not cleaner.counts["read"]:
            notes.append(f"{name}: holds no rows")
        used = {need for plan in cleaner.plans for part in plan.parts for need in part.needs}
        unused = [column for column in self.opened.columns if column not in used]
        if unused:
            notes.append(f"{name}: columns not used: {', '.join(unused)}")
        lacking = sorted(source_names(cleaner.profile, cleaner.extract) - set(self.opened.columns))
        if lacking and cleaner.profile.extract[cleaner.extract.name].columns:
            notes.append(f"{name}: lacks columns that the profile names: {', '.join(lacking)}")
        if n_twice := cleaner.counts["repeated"]:
            notes.append(f"{name}: {counted(n_twice, 'time')} in the hour the clocks repeat, read as the first")
        if n_merged := cleaner.counts["merged"]:
            key = " and ".join(cleaner.extract.key)
            notes.append(f"{name}: {n_merged:,} of {key} differ only in what the profile removes, and count as one")
        if n_dates := cleaner.counts["dates"]:
            notes.append(f"{name}: {counted(n_dates, 'time')} given as a date alone, read as midnight")
        return notes

"""Small sources for tests: files written as they are, staged, and looked at."""

from pathlib import Path

import polars as pl

from pipelines.profile import load_profile
from pipelines.reading.delivery import Delivery
from pipelines.reading.stage import Staged, stage

HEADER = "incident_id,reported_at,channel,district,regrade_reason"
GOOD = "A1,2019-06-01T10:00:00Z,999,North,none"


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write the files of a source; text as UTF-8 with the line ends it has. Returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def stage_files(
    tmp_path: Path,
    files: dict[str, str | bytes],
    profile: str = "canonical",
    previous: Path | None = None,
    run: str = "r1",
) -> Staged:
    """Write the files to a folder of their own and stage them; `profile` is a name, a path, or TOML text."""
    source = write(tmp_path / f"source_{run}", files)
    if "\n" in profile:
        (tmp_path / "own.toml").write_text(profile, encoding="utf-8")
        profile = str(tmp_path / "own.toml")
    return stage(
        Delivery(source, load_profile(profile)),
        tmp_path / run,
        staff_key=b"key",
        previous=previous,
        report=lambda line: None,
    )


def lines(*rows: str, end: str = "\n") -> str:
    """The header of an incident file and these rows, each with a line end."""
    return "".join(f"{row}{end}" for row in (HEADER, *rows))


def typed(staged: Staged, extract: str = "incident") -> pl.DataFrame:
    """The typed rows of an extract, as they lie on disk."""
    return pl.read_parquet(staged.extracts[extract].path, glob=False)


def rejects(staged: Staged) -> list[tuple[int, str, str]]:
    """Line, reason and original text of every reject."""
    return pl.read_parquet(staged.rejects, glob=False).select("line", "reason", "original").rows()


def assert_balanced(staged: Staged) -> None:
    """Rows read are rows typed and rows rejected, for every file and every extract."""
    for file in staged.files:
        rows = typed(staged, file.extract).filter(pl.col("_file") == file.name).height
        assert file.read == rows + file.rejected, file
    assert sum(file.rejected for file in staged.files) == pl.read_parquet(staged.rejects, glob=False).height
    for extract in staged.extracts.values():
        assert extract.read + extract.carried == typed(staged, extract.name).height + extract.rejected
        rows = typed(staged, extract.name)["_row"]
        assert rows.n_unique() == rows.len()

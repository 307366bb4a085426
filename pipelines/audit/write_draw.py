"""Writes a draw into the home folder: the rows that every refresh reads, and the worksheets for the auditors."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from pipelines.audit.choices import Choices
from pipelines.audit.draw import Selection
from pipelines.audit.folder import Drawn, draw_folder, kept_file, read_rows, write_drawn, write_rows
from pipelines.audit.period import Period
from pipelines.audit.worksheet import write_worksheet
from pipelines.extracts import AUDIT_LOG, AUDIT_RETURN, AUDIT_STRATUM
from pipelines.home import audits_folder

WORKSHEET, SECOND = "worksheet", "second_worksheet"


class AlreadyDrawn(Exception):
    """There is such a draw. The message says what can be done."""


@dataclass(frozen=True)
class Source:
    """The snapshot that is drawn from: the run that built it, its data cut (naive UTC) and the force's time zone."""

    run: str
    data_cut: datetime
    zone: ZoneInfo

    @property
    def cut(self) -> str:
        """The data cut as people read it."""
        local = self.data_cut.replace(tzinfo=UTC).astimezone(self.zone)
        return f"{local.day} {local:%B %Y, %H:%M}"


def write_draw(
    home: Path,
    sample_id: str,
    period: Period,
    seed: int,
    source: Source,
    selection: Selection,
    shown: Mapping[str, Mapping[str, str]],
    choices: Choices,
    *,
    replace: bool = False,
) -> Path:
    """Write the draw, whole or not at all, and return its folder. `shown`: what auditors see of each log.

    Raises AlreadyDrawn where there is a draw of that name, unless `replace` and nothing was returned of it yet.
    """
    folder = draw_folder(home, sample_id)
    _require_free(home, sample_id, replace)
    drawn = Drawn(
        sample_id,
        {log: {"incident_id": log, "stratum": stratum, **shown[log]} for log, stratum in selection.logs.items()},
        selection.twice,
    )
    audits_folder(home).mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=home, prefix="draw-") as name:
        aside = Path(name) / sample_id
        aside.mkdir()
        _write_rows_of_draw(aside, drawn, period, seed, source, selection)
        write_drawn(aside, drawn)
        write_worksheet(aside, WORKSHEET, drawn, choices, source.cut)
        if drawn.twice:
            write_worksheet(aside, SECOND, drawn, choices, source.cut, second=True)
        if folder.exists():
            shutil.move(folder, Path(name) / "replaced")
        aside.rename(folder)
    return folder


def _require_free(home: Path, sample_id: str, replace: bool) -> None:
    folder = draw_folder(home, sample_id)
    if not folder.exists():
        return
    if read_rows(kept_file(home, AUDIT_RETURN.name, sample_id)):
        raise AlreadyDrawn(
            f"{folder} holds a draw of which worksheets were returned, so it stays: give this one a --name of its own"
        )
    if not replace:
        raise AlreadyDrawn(
            f"{folder} holds a draw of that name already: --replace draws anew, and its worksheets are then worth "
            "nothing; or give this one a --name of its own"
        )


def _write_rows_of_draw(
    folder: Path, drawn: Drawn, period: Period, seed: int, source: Source, selection: Selection
) -> None:
    strata = [
        {
            "sample_id": drawn.sample_id,
            "stratum": stratum.stratum,
            "may_hide": "yes" if stratum.may_hide else "no",
            "population": stratum.population,
            "sampled": stratum.sampled,
            "period_from": period.first,
            "period_to": period.last,
            "cut_at": f"{source.data_cut.isoformat()}Z",
            "run": source.run,
            "seed": seed,
        }
        for stratum in selection.strata
    ]
    logs = [
        {"sample_id": drawn.sample_id, "incident_id": log, "stratum": stratum}
        for log, stratum in selection.logs.items()
    ]
    for extract, rows in ((AUDIT_STRATUM, strata), (AUDIT_LOG, logs)):
        write_rows(folder / f"{extract.name}_{drawn.sample_id}.csv", rows, list(extract.schema))

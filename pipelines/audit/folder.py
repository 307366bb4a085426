"""Where a draw lies in the home folder, and what of it is kept there.

    <home>/audits/2019-Q2/
      audit_stratum_2019-Q2.csv, audit_log_...     the draw
      audit_return_2019-Q2.csv, audit_crime_...    what auditors returned, once some was accepted
      shown.csv                                    what auditors are shown of each log, and must come back as it was
      worksheet.xlsx, worksheet/                   the worksheet as a workbook, and as a pair of CSV files
      second_worksheet.xlsx, second_worksheet/     likewise of the logs that a second auditor marks too

The files `audit_*.csv` are read by every refresh, beside those of the source.
"""

import csv
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from pipelines.audit.period import Period
from pipelines.home import audits_folder


class UnknownDraw(Exception):
    """There is no such draw in this home folder. The message says which there are."""


@dataclass(frozen=True)
class Drawn:
    """The logs of a draw, in the order of the worksheet. `shown` has what auditors see of each log, by its number:
    the columns of the sheet Logs that are `shown`, but `draw`. `twice` are the logs that a second auditor marks too."""

    sample_id: str
    shown: Mapping[str, Mapping[str, str]]
    twice: frozenset[str]

    @cached_property
    def mark(self) -> str:
        """What every row of the worksheet carries, so that one of another draw is noticed."""
        return draw_mark(self.sample_id, self.shown)

    @cached_property
    def second_mark(self) -> str:
        """The same of the worksheet for second auditors."""
        return draw_mark(self.sample_id, (log for log in self.shown if log in self.twice))


def draw_mark(sample_id: str, incident_ids: Iterable[str]) -> str:
    """The sample's id and a digest of it and its logs: `2019-Q2 5d41402abc4b`."""
    text = "\n".join([sample_id, *sorted(incident_ids)])
    return f"{sample_id} {hashlib.sha256(text.encode()).hexdigest()[:12]}"


def draw_folder(home: Path, sample_id: str) -> Path:
    """The folder of one draw."""
    return audits_folder(home) / sample_id


def kept_file(home: Path, extract: str, sample_id: str) -> Path:
    """The file in which the rows of an extract are kept of one draw."""
    return draw_folder(home, sample_id) / f"{extract}_{sample_id}.csv"


def sample_ids(home: Path) -> list[str]:
    """The draws that lie in the home folder."""
    return sorted(path.parent.name for path in audits_folder(home).glob("*/shown.csv"))


def read_drawn(home: Path, sample_id: str) -> Drawn:
    """A draw as it was written. UnknownDraw where there is none."""
    if sample_id not in sample_ids(home):
        known = ", ".join(sample_ids(home)) or "none yet: `cdi audit draw` makes one"
        raise UnknownDraw(f"no draw {sample_id} in {audits_folder(home)}; there: {known}")
    rows = read_rows(draw_folder(home, sample_id) / "shown.csv")
    twice = frozenset(row["incident_id"] for row in rows if row.pop("is_marked_twice") == "yes")
    return Drawn(sample_id, {row["incident_id"]: row for row in rows}, twice)


def period_of(home: Path, sample_id: str) -> Period:
    """The period that a draw was made of."""
    row = read_rows(kept_file(home, "audit_stratum", sample_id))[0]
    return Period(sample_id, date.fromisoformat(row["period_from"]), date.fromisoformat(row["period_to"]))


def write_drawn(folder: Path, drawn: Drawn) -> None:
    """Write `shown.csv`."""
    rows = [{**shown, "is_marked_twice": "yes" if log in drawn.twice else "no"} for log, shown in drawn.shown.items()]
    write_rows(folder / "shown.csv", rows, list(rows[0]))


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file that this tool wrote; none where there is no such file."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, rows: Iterable[Mapping[str, Any]], columns: Sequence[str], encoding: str = "utf-8") -> None:
    """Write rows as CSV, whole or not at all; None is an empty cell."""
    aside = path.with_name(f"{path.name}.tmp")
    with aside.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    aside.replace(path)

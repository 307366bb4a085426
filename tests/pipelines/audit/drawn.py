"""A draw on the synthetic force by the commands themselves, and its worksheet filled in from the hidden truth."""

import shutil
from pathlib import Path
from typing import Any

from pipelines.audit.columns import CRIMES, LOGS
from pipelines.audit.folder import draw_folder, read_rows
from pipelines.commands import auditing
from tests.pipelines.audit.small import Book, missed, recorded

SAMPLE = "spring"
SIZES = "violence=25,sexual=2,other=35"


def draw(home: Path, **options: Any) -> Path:
    """Draw as `cdi audit draw` does; the folder of the draw."""
    given = {"period": "2019-Q2", "seed": 7, "logs": SIZES, "hidden_logs": "40", "name": SAMPLE} | options
    auditing.draw(home=home, **given)
    return draw_folder(home, given["name"])


def copied(home: Path, folder: Path) -> Path:
    return Path(shutil.copytree(home, folder / "home"))


def fill(path: Path, truth: dict[str, list[dict[str, Any]]], auditor: str = "A1") -> Path:
    """Fill in a worksheet as an auditor would who knows the truth."""
    book = Book(path)
    spare = len(read_rows(path.with_suffix("") / "logs.csv")) + 2
    for row in range(2, spare):
        log = book.page(LOGS).cell(row, 1).value
        crimes = truth[str(log)]
        book.put(LOGS, row, auditor=auditor, crimes_required=len(crimes), audited_on="2019-10-20")
        for n, crime in enumerate(crimes, 1):
            answers = recorded(crime["crime_ref"]) if crime["is_recorded"] == "true" else missed()
            at, spare = (row, spare) if n == 1 else (spare, spare + 1)
            answers |= {"required_class": crime["offence_class"], "is_domestic_abuse": crime["is_domestic_abuse"]}
            book.put(CRIMES, at, incident_id=log, n=n, **answers)
    return book.saved()

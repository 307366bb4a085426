"""Words every source shares: how a flag is written, which columns name the same thing, which codes there are."""

import csv
import re
from functools import cache

import sql
from pipelines.extracts import EXTRACTS

ALL_COLUMNS = tuple(column for extract in EXTRACTS for column in extract.columns)

FLAG_WORDS: dict[str, bool] = {
    "y": True, "yes": True, "true": True, "1": True,
    "n": False, "no": False, "false": False, "0": False,
}  # fmt: skip

# Columns of each identifier: what a profile's normalising of it reaches.
IDENTIFIERS: dict[str, tuple[str, ...]] = {
    name: tuple({column.name: None for column in ALL_COLUMNS if column.identifies == name})
    for name in dict.fromkeys(column.identifies for column in ALL_COLUMNS if column.identifies)
}


def counted(number: int, noun: str) -> str:
    """A number of things in words: 1 line, 1,200 lines."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


@cache
def spellings(table: str) -> dict[str, str]:
    """Every code of a reference table by its plain spelling."""
    return {plain_spelling(code): code for code in reference_codes(table)}


def plain_spelling(code: str) -> str:
    """A code as whoever writes it otherwise means it: 37.2 and 37/2, 8n and 8N, FFA UK and FFAUK, 058C and 58C."""
    return re.sub(r"\s", "", code).upper().replace(".", "/").lstrip("0")


@cache
def reference_codes(table: str) -> tuple[str, ...]:
    """Every code of a reference table: its first column."""
    with (sql.FOLDER / "reference" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return tuple(row[0] for row in rows)

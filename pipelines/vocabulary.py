"""Words every source shares: how a flag is written, whose codes a column holds, which columns name the same thing."""

import csv
from functools import cache
from pathlib import Path

import sql

FLAG_WORDS: dict[str, bool] = {
    "y": True, "yes": True, "true": True, "1": True,
    "n": False, "no": False, "false": False, "0": False,
}  # fmt: skip

# Codes whose vocabulary is the first column of a reference table.
REFERENCE_TABLES: dict[str, str] = {
    "opening_code": "incident_category",
    "closing_code": "incident_category",
    "qualifiers": "incident_category",
    "initial_grade": "grade",
    "final_grade": "grade",
    "no_crime_reason": "no_crime_reason",
    "offence_class": "offence_class",
    "first_offence_class": "offence_class",
}

# A profile's normalising is applied to every column that holds the identifier, so that links resolve.
IDENTIFIERS: dict[str, tuple[str, ...]] = {
    "incident_id": ("incident_id", "duplicate_of"),
    "crime_ref": ("crime_ref", "surviving_crime_ref"),
    "appointment_id": ("appointment_id", "replaces"),
    "team_id": ("team_id", "attending_team_id"),
}


@cache
def reference_codes(table: str) -> tuple[str, ...]:
    """Every code of a reference table: its first column."""
    with (Path(sql.__file__).parent / "reference" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return tuple(row[0] for row in rows)

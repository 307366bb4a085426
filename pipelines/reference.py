"""The reference tables as SQL: one CREATE TABLE for each CSV of `sql/reference`, typed by its column names."""

import csv
from pathlib import Path

import duckdb

import sql
from pipelines.profile import Profile
from pipelines.refusal import SourceRefused

FOLDER = sql.FOLDER / "reference"

SUFFIX_TYPES = {
    "_date": "date", "_from": "date", "_to": "date", "_until": "date", "published": "date",
    "_minutes": "bigint", "_years": "double", "_pct": "double", "_points": "double", "value": "double",
    "rank": "integer", "year": "integer", "k": "bigint", "n": "bigint",
}  # fmt: skip
TEXT = {("ref_rebase", "value")}  # a value of any dimension
FLAG_PREFIXES = ("is_", "has_", "needs_", "may_", "indicates_")


def overrides(profile: Profile, folder: Path) -> dict[str, Path]:
    """The profile's own grades and targets, written to `folder` as CSV, by the table whose rows they replace.

    Targets of a profile that `adds_to_reference_targets` follow the shipped ones.
    """
    written: dict[str, Path] = {}
    for name, given in (("grade", profile.grades), ("target", profile.targets)):
        if given is None:
            continue
        with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            shipped = list(csv.DictReader(file))
        rows = [entry.model_dump() for entry in given]
        if name == "grade":
            rows = [{"grade_code": row.pop("code"), **row, "source": f"profile {profile.name}"} for row in rows]
        elif profile.adds_to_reference_targets:
            rows = [*shipped, *rows]
        path = folder / f"ref_{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=list(shipped[0]))
            writer.writeheader()
            writer.writerows(rows)
        written[f"ref_{name}"] = path
    return written


def overlays(*folders: Path) -> dict[str, Path]:
    """The CSV files of these folders by the reference table that each stands in place of; a later folder goes before.

    Raises SourceRefused, with every mistake, where a file is no reference table or has not its columns.
    """
    found: dict[str, Path] = {}
    mistakes: list[str] = []
    for path in (path for folder in folders for path in sorted(folder.glob("*.csv"))):
        shipped = FOLDER / path.name
        if not shipped.is_file():
            known = ", ".join(sorted(each.stem for each in FOLDER.glob("*.csv")))
            mistakes.append(f"{path}: there is no reference table {path.stem}; there are {known}")
        elif sorted(_header(path)) != sorted(_header(shipped)):
            mistakes.append(f"{path}: its columns are not those of the table, {', '.join(_header(shipped))}")
        else:
            found[f"ref_{path.stem}"] = path
    if mistakes:
        raise SourceRefused("\n".join(mistakes))
    return found


def statements(overrides: dict[str, Path] | None = None) -> list[str]:
    """CREATE TABLE statements for every reference table, named `ref_<file>`.

    overrides: table name -> CSV file that stands in place of the shipped one.
    """
    tables = {f"ref_{path.stem}": path for path in sorted(FOLDER.glob("*.csv"))}
    tables.update(overrides or {})
    return [_create(name, path) for name, path in tables.items()]


def load(con: duckdb.DuckDBPyConnection, overrides: dict[str, Path]) -> list[str]:
    """Make every reference table and return the statements that did. Raises SourceRefused where a file that stands in
    place of a shipped one holds what its columns cannot."""
    loaded = statements(overrides)
    for statement in loaded:
        try:
            con.execute(statement)
        except duckdb.Error as error:
            path = next((path for path in overrides.values() if quoted(path) in statement), None)
            if path is None:
                raise
            said = " ".join(str(error).split("\n\n")[0].split())  # what follows are hints to programmers
            raise SourceRefused(f"{path}: {said}") from error
    return loaded


def column_type(name: str) -> str:
    """DuckDB type of a reference column, by its name: dates, numbers, flags; every other column is text."""
    if name.startswith(FLAG_PREFIXES):
        return "boolean"
    for suffix, duckdb_type in SUFFIX_TYPES.items():
        if name == suffix or (suffix.startswith("_") and name.endswith(suffix) and not name.startswith("from_")):
            return duckdb_type
    return "varchar"


def quoted(path: Path) -> str:
    """A path as a SQL string."""
    return "'" + str(path).replace("'", "''") + "'"


def _create(name: str, path: Path) -> str:
    types = {column: "varchar" if (name, column) in TEXT else column_type(column) for column in _header(path)}
    columns = ", ".join(f"'{column}': '{kind}'" for column, kind in types.items())
    return (
        f"create table {name} as select * from read_csv({quoted(path)}, header = true, auto_detect = false, "
        f"delim = ',', quote = '\"', escape = '\"', columns = {{{columns}}})"
    )


def _header(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return next(csv.reader(file), [])

"""Results on standard output: the same rows as a table for people, as CSV or as JSON for programs.

Moments are naive UTC inside and `2019-10-31T12:00:00Z` outside, in every format.
"""

import csv
import json
import sys
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class Format(StrEnum):
    """How rows are written."""

    table = "table"
    csv = "csv"
    json = "json"


def show(rows: Sequence[dict[str, Any]], format: Format, columns: Sequence[str] | None = None) -> None:
    """Write the rows to standard output. `columns` gives the header where there may be no row to take it from."""
    names = list(columns or (rows[0] if rows else ()))
    if format is Format.json:
        show_json(rows)
    elif format is Format.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([_plain(row[name]) for name in names] for row in rows)
    else:
        _show_table(rows, names)


def show_json(value: object) -> None:
    """Write a value to standard output as JSON, indented, in UTF-8 as it is spelt."""
    json.dump(value, sys.stdout, indent=2, ensure_ascii=False, default=_plain)
    sys.stdout.write("\n")


def printable(text: str) -> str:
    """The text with every control character replaced, so that what a file holds cannot steer the terminal."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


def _show_table(rows: Sequence[dict[str, Any]], names: list[str]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in names:
        numbers = any(isinstance(row[name], int | float) and not isinstance(row[name], bool) for row in rows)
        table.add_column(name, justify="right" if numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(_cell(name, row[name]))) for name in names))
    width = None if sys.stdout.isatty() else 10_000  # a pipe has no edge to wrap at
    Console(file=sys.stdout, width=width, highlight=False).print(table)


def _cell(name: str, value: object) -> str:
    if value is None:
        return "-"
    if name == "rate" and isinstance(value, float):
        return f"{value:.1%}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.1f}"
    return str(_plain(value))


def _plain(value: object) -> object:
    """A value as CSV writes it, and JSON where it has no word of its own for it."""
    if isinstance(value, datetime):
        return f"{value.isoformat()}Z"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return value if value is None or isinstance(value, int | float | str) else str(value)

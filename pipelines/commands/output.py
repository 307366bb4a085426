"""Results on standard output: the same rows as a table for people, as CSV or as JSON for programs.

Moments are naive UTC inside and `2019-10-31T12:00:00Z` outside, in every format.
"""

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from textwrap import indent
from typing import Any


class Format(StrEnum):
    """How rows are written."""

    table = "table"
    csv = "csv"
    json = "json"


def show(rows: Iterable[dict[str, Any]], format: Format, columns: Sequence[str]) -> None:
    """Write the rows to standard output, with these columns of theirs as CSV or as a table; JSON holds them whole."""
    if format is Format.json:
        _show_json_rows(rows)
    elif format is Format.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_plain(row[name]) for name in columns] for row in rows)
    else:
        _show_table(list(rows), columns)


def show_json(value: object) -> None:
    """Write a value to standard output as JSON, indented, in UTF-8 as it is spelt."""
    json.dump(value, sys.stdout, indent=2, ensure_ascii=False, default=_plain)
    sys.stdout.write("\n")


def _show_json_rows(rows: Iterable[dict[str, Any]]) -> None:
    """A JSON list, written row by row."""
    before = "[\n"
    for row in rows:
        sys.stdout.write(before + indent(json.dumps(row, indent=2, ensure_ascii=False, default=_plain), "  "))
        before = ",\n"
    sys.stdout.write("[]\n" if before.startswith("[") else "\n]\n")


def printable(text: str) -> str:
    """The text with every control character replaced, so that what a file holds cannot steer the terminal."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


def _show_table(rows: list[dict[str, Any]], names: Sequence[str]) -> None:
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
    if sys.stdout.isatty():
        console = Console(file=sys.stdout, highlight=False)
    else:  # a pipe has no edge to wrap at, and no colours whatever the environment says
        console = Console(file=sys.stdout, highlight=False, width=10_000, color_system=None)
    console.print(table)


def _cell(name: str, value: object) -> str:
    if value is None:
        return "-"
    if name in ("rate", "lower", "upper") and isinstance(value, float):
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
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    if isinstance(value, datetime):
        return f"{value.isoformat()}Z"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return str(value)

"""Reads a series for process control from a CSV file, or says with its line what is wrong in it."""

import csv
import math
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

COLUMNS = ("at", "value", "numerator", "denominator", "rebase")
NO_REBASE = ("", "0", "false", "no")
LARGEST = 1e100  # limits of larger numbers may be none a computer can hold
AGREE = 0.005  # a value given beside its numerator and denominator may be rounded to two places


class SeriesError(ValueError):
    """A file that is no series. The message names the file, the line and what to do."""


def read_series(path: Path) -> list[dict[str, Any]]:
    """The points in order: at (text as given), value, numerator, denominator (both None where the file has none) and
    is_rebased. SeriesError at the first thing that is wrong."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True, restkey="")
            header = [name.strip().lower() for name in reader.fieldnames or ()]
            reader.fieldnames = header
            _check_header(path, header)
            points = []
            for cells in reader:
                where = f"{path}, line {reader.line_num}"
                if "" in cells or None in cells.values():
                    raise SeriesError(f"{where}: it has not the {len(header)} fields of the header")
                points.append(_point(where, {name: (text or "").strip() for name, text in cells.items()}))
                _check_order(where, points[-2]["at"] if len(points) > 1 else None, points[-1]["at"])
    except (UnicodeDecodeError, csv.Error) as error:
        raise SeriesError(f"{path}: it is no CSV file in UTF-8: {error}") from None
    if not points:
        raise SeriesError(f"{path}: it holds no points: give a row for each period under the header")
    return points


def _check_header(path: Path, header: list[str]) -> None:
    unknown = [name for name in header if name not in COLUMNS]
    if unknown or len(set(header)) < len(header):
        raise SeriesError(
            f"{path}: the header is {','.join(header)!r}; the columns are {', '.join(COLUMNS)}, each once"
        )
    if ("numerator" in header) != ("denominator" in header):
        raise SeriesError(f"{path}: numerator and denominator come together: give both or neither")
    if "at" not in header or not {"value", "numerator"} & set(header):
        raise SeriesError(f"{path}: it needs a column `at`, and `value` or numerator and denominator")


def _point(where: str, cells: dict[str, str]) -> dict[str, Any]:
    numerator, denominator = (
        _number(where, name, cells[name]) if name in cells else None for name in ("numerator", "denominator")
    )
    if numerator is not None and denominator is not None:
        if denominator <= 0:
            raise SeriesError(f"{where}: the denominator is {denominator:g}: leave out periods that count nothing")
        if not 0 <= numerator <= denominator:
            raise SeriesError(f"{where}: the numerator {numerator:g} is not between 0 and the denominator")
        value = numerator / denominator
        if cells.get("value") and abs(_number(where, "value", cells["value"]) - value) > AGREE:
            raise SeriesError(f"{where}: the value {cells['value']} is not numerator / denominator, {value:.4f}")
    else:
        value = _number(where, "value", cells["value"])
    return {
        "at": cells["at"],
        "value": value,
        "numerator": numerator,
        "denominator": denominator,
        "is_rebased": cells.get("rebase", "").lower() not in NO_REBASE,
    }


def _number(where: str, name: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or "_" in text:
        raise SeriesError(f"{where}: {name} is {text!r}; it must be a number such as 83.4")
    if abs(number) > LARGEST:
        raise SeriesError(f"{where}: {name} is {text!r}; give it in a larger unit, below {LARGEST:g}")
    return number


def _check_order(where: str, before: str | None, at: str) -> None:
    other = _moment(where, at)
    if before is None:
        return
    one = _moment(where, before)
    if type(one) is not type(other) or getattr(one, "tzinfo", None) != getattr(other, "tzinfo", None):
        raise SeriesError(f"{where}: at is {at!r} and before it {before!r}: give all in one form")
    if one == other:
        raise SeriesError(f"{where}: at is {at!r} a second time: give each period once")
    if one > other:  # pyright: ignore[reportOperatorIssue]  # they are of one type
        raise SeriesError(f"{where}: at is {at!r} after {before!r}: put the periods in order of time")


def _moment(where: str, text: str) -> datetime | float:
    """Where the period lies in time: a date, a month, a moment, or a number."""
    try:
        if re.fullmatch(r"\d{1,3}|\d{5,7}|\d{4}", text):
            return float(text)
        moment = datetime.fromisoformat(f"{text}-01" if re.fullmatch(r"\d{4}-\d\d", text) else text)
        return moment.astimezone(UTC) if moment.tzinfo else moment
    except ValueError:
        raise SeriesError(f"{where}: at is {text!r}; give dates such as 2018-05-01 or 2018-05, or numbers") from None

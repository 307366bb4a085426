"""What the parts of a profile must agree on with each other and with the extracts.

Works on the raw tables, so that these mistakes are found even where the profile's shape is wrong as well.
"""

import contextlib
import difflib
from collections.abc import Iterable, Iterator
from typing import Any

import polars as pl

from pipelines.extracts import EXTRACTS, Column, Extract
from pipelines.reading.moments import read_moments
from pipelines.reading.vocabulary import FLAG_WORDS, IDENTIFIERS, reference_codes

TIMES, UNITS_OF_TIME = ("response", "appointment_wait"), ("minutes", "hours", "days")  # targets that are times

Place = tuple[int | str, ...]
Mistake = tuple[Place, str]


def _near(name: str, known: Iterable[str]) -> str:
    """A hint at the name that was meant, or the list of all there are."""
    known = list(known)
    close = difflib.get_close_matches(name, known, 1)
    close = close or [each for each in known if each.startswith(name) or name.startswith(each)][:1]
    return f"did you mean {close[0]}?" if close else f"there are {', '.join(known) or 'none'}"


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def cross_check(raw: dict[str, Any]) -> list[Mistake]:
    """Every disagreement, as (place, message)."""
    return [*_extracts(raw), *_normalise(raw), *_grades_twice(raw), *_targets(raw)]


def _extracts(raw: dict[str, Any]) -> Iterator[Mistake]:
    known = {extract.name: extract for extract in EXTRACTS}
    for name, source in _table(raw.get("extract")).items():
        if name not in known:
            yield ("extract", name), f"no such extract; {_near(name, known)}"
        else:
            yield from _columns(known[name], _table(source))
            yield from _codes(known[name], _table(source), raw)
            yield from _constants(known[name], _table(source), raw)


def _columns(extract: Extract, source: dict[str, Any]) -> Iterator[Mistake]:
    names = list(extract.schema)
    columns = _table(source.get("columns"))
    for table in ("columns", "codes", "unmapped", "separators"):
        for column in _table(source.get(table)):
            if column not in names:
                yield ("extract", extract.name, table, column), f"no such canonical column; {_near(column, names)}"
    for column in extract.columns:
        if columns and column.is_required and column.name not in columns:
            yield ("extract", extract.name, "columns", column.name), "required, but not mapped to a source column"


def _codes(extract: Extract, source: dict[str, Any], raw: dict[str, Any]) -> Iterator[Mistake]:
    shared = _table(raw.get("codes"))
    columns = {column.name: column for column in extract.columns}
    for name, codes in _table(source.get("codes")).items():
        place = ("extract", extract.name, "codes", name)
        if isinstance(codes, str) and codes not in shared:
            yield place, f"no table [codes.{codes}]; {_near(codes, shared)}"
        column = columns.get(name)
        if column is None:
            continue
        if column.kind in ("moment", "day", "count"):
            yield place, f"codes go with text, codes and flags, and {name} is a {column.kind}"
        allowed = _allowed(column, raw)
        for code, ours in _table(shared.get(codes) if isinstance(codes, str) else codes).items():
            if allowed and ours and (str(ours).lower() if column.kind == "flag" else ours) not in allowed:
                yield (*place, code), f"{ours!r} is none of ours; {_near(str(ours), allowed)}"
    for name in _table(source.get("unmapped")):
        if name in columns and name not in _table(source.get("codes")):
            yield ("extract", extract.name, "unmapped", name), "goes with codes, and this column has none"


def _constants(extract: Extract, source: dict[str, Any], raw: dict[str, Any]) -> Iterator[Mistake]:
    """Constants that no row could carry: each would be rejected, or counted under a code that there is none of."""
    shared, columns = _table(raw.get("codes")), {column.name: column for column in extract.columns}
    for name, given in _table(source.get("columns")).items():
        codes = _table(source.get("codes")).get(name)
        recoded = _table(shared.get(codes) if isinstance(codes, str) else codes)
        for part in given if isinstance(given, list) else [given]:
            value = _table(part).get("value")
            if not isinstance(value, str) or not value or name not in columns or value in recoded:
                continue
            if reason := _unfit(columns[name], value, raw):
                yield ("extract", extract.name, "columns", name, "value"), reason


def _unfit(column: Column, value: str, raw: dict[str, Any]) -> str:
    """Why the column cannot hold the value; empty where it can."""
    if column.kind in ("moment", "day"):
        formats = tuple(each for each in _list(raw.get("date_formats")) if isinstance(each, str))
        with contextlib.suppress(pl.exceptions.PolarsError, KeyError, ValueError):  # a zone or format that is none
            if read_moments(pl.Series([value]), formats, str(raw.get("time_zone"))).values.has_nulls():
                return f"{value!r} is no {column.kind} in a format of the profile or ISO 8601"
        return ""
    if column.kind == "count":
        return "" if value.isdecimal() else f"{value!r} is no whole number"
    allowed = _allowed(column, raw)
    known = not allowed or (value.lower() if column.kind == "flag" else value) in allowed
    return "" if known else f"{value!r} is none of ours; {_near(value, allowed)}"


def _allowed(column: Column, raw: dict[str, Any]) -> tuple[str, ...]:
    """What a code of this column may become; nothing where any text will do."""
    if column.kind == "flag":
        return tuple(FLAG_WORDS)
    if column.codes_from == "grade":
        return tuple(_grades(raw))
    return reference_codes(column.codes_from) if column.codes_from else column.allowed


def _grades(raw: dict[str, Any]) -> list[str]:
    """The grades there are: the profile's own, else those of the reference table."""
    if raw.get("grades") is None:
        return list(reference_codes("grade"))
    return [str(grade.get("code")) for grade in _list(raw.get("grades")) if isinstance(grade, dict)]


def _normalise(raw: dict[str, Any]) -> Iterator[Mistake]:
    for name in _table(raw.get("normalise")):
        if name not in IDENTIFIERS:
            yield ("normalise", name), f"no such identifier; {_near(name, IDENTIFIERS)}"


def _grades_twice(raw: dict[str, Any]) -> Iterator[Mistake]:
    grades = _grades(raw)
    for place, code in enumerate(grades):
        if code in grades[:place]:
            yield ("grades", place, "code"), f"{code!r} is given twice"


def _targets(raw: dict[str, Any]) -> Iterator[Mistake]:
    """Targets that no log could be held against, and would leave their measure with nothing to count."""
    grades = _grades(raw)
    for place, target in enumerate(_list(raw.get("targets"))):
        if not isinstance(target, dict):
            continue
        target_id, code, unit = target.get("target_id"), target.get("grade_code"), target.get("unit")
        is_time = target_id in TIMES
        if code is not None and code not in grades:
            yield ("targets", place, "grade_code"), f"{code!r} is no grade; {_near(str(code), grades)}"
        if code is None and is_time:
            yield ("targets", place, "grade_code"), "is missing: the target holds for the logs of a grade"
        if is_time and unit == "checks":
            yield ("targets", place, "unit"), f"{unit!r} is no unit of time; give {', '.join(UNITS_OF_TIME)}"
        if target_id == "closure_checks_per_day" and unit in UNITS_OF_TIME:
            yield ("targets", place, "unit"), f"{unit!r} is a unit of time; give checks"
        first, last = target.get("valid_from"), target.get("valid_to")
        if first and last and type(first) is type(last) and first >= last:
            yield ("targets", place, "valid_to"), f"{last} is not after valid_from, {first}"

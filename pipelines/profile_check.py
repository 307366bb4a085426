"""What the parts of a profile must agree on with each other and with the extracts.

Works on the raw tables, so that these mistakes are found even where the profile's shape is wrong as well.
"""

import difflib
from collections.abc import Iterable, Iterator
from typing import Any

from pipelines.extracts import EXTRACTS, Column, Extract
from pipelines.reading.vocabulary import FLAG_WORDS, IDENTIFIERS, reference_codes

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
    return [*_extracts(raw), *_normalise(raw), *_targets(raw)]


def _extracts(raw: dict[str, Any]) -> Iterator[Mistake]:
    known = {extract.name: extract for extract in EXTRACTS}
    for name, source in _table(raw.get("extract")).items():
        if name not in known:
            yield ("extract", name), f"no such extract; {_near(name, known)}"
        else:
            yield from _columns(known[name], _table(source))
            yield from _codes(known[name], _table(source), raw)


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


def _allowed(column: Column, raw: dict[str, Any]) -> tuple[str, ...]:
    """What a code of this column may become; nothing where any text will do."""
    if column.kind == "flag":
        return tuple(FLAG_WORDS)
    table = column.codes_from
    if table == "grade" and raw.get("grades") is not None:
        return tuple(_grades(raw))
    return reference_codes(table) if table else column.allowed


def _grades(raw: dict[str, Any]) -> list[str]:
    return [str(grade.get("code")) for grade in _list(raw.get("grades")) if isinstance(grade, dict)]


def _normalise(raw: dict[str, Any]) -> Iterator[Mistake]:
    for name in _table(raw.get("normalise")):
        if name not in IDENTIFIERS:
            yield ("normalise", name), f"no such identifier; {_near(name, IDENTIFIERS)}"


def _targets(raw: dict[str, Any]) -> Iterator[Mistake]:
    grades = _grades(raw)
    for place, code in enumerate(grades):
        if code in grades[:place]:
            yield ("grades", place, "code"), f"{code!r} is given twice"
    for place, target in enumerate(_list(raw.get("targets"))):
        if not isinstance(target, dict):
            continue
        code = target.get("grade_code")
        if code is not None and raw.get("grades") is not None and code not in grades:
            hint = _near(str(code), grades)
            yield ("targets", place, "grade_code"), f"{code!r} is no grade of this profile; {hint}"
        first, last = target.get("valid_from"), target.get("valid_to")
        if first and last and type(first) is type(last) and first >= last:
            yield ("targets", place, "valid_to"), f"{last} is not after valid_from, {first}"

"""The keys that figures are grouped and filtered by, and a reader's filters as a SQL condition."""

import difflib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from sql.door.errors import UnknownKey

DIMENSIONS = ("district", "team_id", "offence_group", "is_domestic_abuse", "channel", "grade")
GRAINS = ("month", "week")
KEYS = (*GRAINS, *DIMENSIONS)
PERIOD_KEYS = ("from", "to")
FILTERS = (*KEYS, *PERIOD_KEYS)
Where = Mapping[str, Any]


def checked(
    by: Sequence[str], where: Where, filters: Sequence[str] = FILTERS, also_by: str | None = None
) -> dict[str, list[Any]]:
    """The filters with their values as typed lists; UnknownKey where a key or a value is none. `also_by` is a key of
    the metric's own."""
    own = () if also_by is None else (also_by,)
    filters = (*filters, *own)
    for key in by:
        if key not in (*KEYS, *own):
            raise UnknownKey(unknown(key, (*KEYS, *own)))
    found: dict[str, list[Any]] = {}
    for key, value in where.items():
        if key not in filters:
            raise UnknownKey(unknown(key, filters))
        found[key] = [typed(key, one) for one in several(value)]
        if key in PERIOD_KEYS and len(found[key]) != 1:
            raise UnknownKey(f"{key} is several months: give one, such as 2018-05")
    return {key: values for key, values in found.items() if not (key in PERIOD_KEYS and values == [None])}


def several(value: Any) -> list[Any]:
    """A value, or several, as a list."""
    return list(value) if isinstance(value, list | tuple | set) else [value]


def limited(limit: int | None) -> str:
    """The clause that ends a query after so many rows; nothing for all of them."""
    return "" if limit is None else f"limit {int(limit)}"


def typed(key: str, value: Any) -> Any:
    """A value as the type of its key: a day, a flag or text. UnknownKey where it is none."""
    if value is None:
        return None
    if key in (*GRAINS, *PERIOD_KEYS):
        return _period("week" if key == "week" else "month", key, value)
    if key in ("is_domestic_abuse", "is_met"):
        if isinstance(value, bool) or str(value).lower() in ("true", "false"):
            return str(value).lower() == "true"
        raise UnknownKey(f"{key} is {value!r}: give true or false")
    return str(value)


def _period(grain: str, key: str, value: Any) -> date:
    """First day of the month, or the Monday of the week, that a value of the key names."""
    day = date(value.year, value.month, value.day) if isinstance(value, date) else None
    with suppress(ValueError):
        day = day or date.fromisoformat(str(value) if grain == "week" else f"{value}-01")
    if day is None or (grain == "week" and day.weekday() > 0):
        form = "a Monday such as 2018-05-07" if grain == "week" else "a month such as 2018-05"
        raise UnknownKey(f"{key} is {value!r}: give {form}")
    return day if grain == "week" else day.replace(day=1)


def period_days(where: Where) -> tuple[date | None, date | None]:
    """The first and the last day of the filters' period; None where it is open."""
    first, last = (checked((), {key: where.get(key)}).get(key, [None])[0] for key in PERIOD_KEYS)
    return first, last and (last + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def unknown(key: str, valid: Sequence[str], what: str = "") -> str:
    """What to say of a key, or of `what`, that there is none of: the nearest of the valid ones, and all of them."""
    near = difflib.get_close_matches(key, valid, n=1)
    hint = f"did you mean {near[0]}? " if near else ""
    return f"there is no {what or f'key {key!r}'}: {hint}valid are {', '.join(valid)}"


def as_condition(where: Mapping[str, list[Any]], rename: Mapping[str, str] | None = None) -> tuple[str, dict[str, Any]]:
    """A SQL condition for the filters, with its bound values. A None among the values asks for records without one."""
    parts, values = ["true"], {}
    for key, several in where.items():
        if key in PERIOD_KEYS:
            values[f"{key}_month"] = several[0]
            parts.append(f"{(rename or {}).get('month', 'month')} {'>=' if key == 'from' else '<='} ${key}_month")
            continue
        column = (rename or {}).get(key, key)
        known = {f"{key}_{number}": value for number, value in enumerate(several) if value is not None}
        values |= known
        choices = [f"{column} in ({', '.join('$' + name for name in known)})"] if known else []
        choices += [f"{column} is null"] if None in several else []
        parts.append(f"({' or '.join(choices) or 'false'})")
    return " and ".join(parts), values

"""Text or typed times to moments: naive UTC, in microseconds.

A time without a zone is the source's local time. A local time that the clocks skip is no moment at all; one that they
repeat is read as the first of the two, and counted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

import polars as pl

EARLIEST_YEAR = 1900  # `%Y` also reads the 19 of 01/02/19: such a year is a date in another format

# Each stands for one way to write ISO 8601; no text matches two of them.
_ISO_LOCAL = tuple(
    f"%Y-%m-%d{gap}%H:%M{rest}" for rest, gap in product((":%S", "", ":%S%.f"), ("T", " "))
)
_ISO_ZONED = tuple(f"{form}{zone}" for zone, form in product(("Z", "%#z"), _ISO_LOCAL))
_ISO_DATE = "%Y-%m-%d"
_ISO = (*_ISO_LOCAL, *_ISO_ZONED, _ISO_DATE)


@dataclass(frozen=True)
class Moments:
    """What a column of times came to. `bad` and `skipped` are row positions in the column that was read."""

    values: pl.Series
    bad: pl.Series
    skipped: pl.Series
    n_repeated: int
    n_dates: int


_NO_ROWS = pl.Series(dtype=pl.UInt32)


def read_moments(given: pl.Series, formats: tuple[str, ...], time_zone: str) -> Moments:
    """Read a column (text, dates, or times with or without a zone) into UTC.

    `formats` are tried first, in their order; then ISO 8601 with T or a space, with or without seconds, fraction, and
    zone. A date alone is the midnight it begins with, local, and counted in `n_dates`.
    """
    if given.dtype == pl.Date:
        return _from_local(given.cast(pl.Datetime("us")), _NO_ROWS, time_zone, given.len() - given.null_count())
    if isinstance(given.dtype, pl.Datetime):
        if given.dtype.time_zone is not None:
            return Moments(_to_utc(given), _NO_ROWS, _NO_ROWS, 0, 0)
        return _from_local(given.dt.cast_time_unit("us"), _NO_ROWS, time_zone, 0)
    return _from_text(given, formats, time_zone)


def _to_utc(zoned: pl.Series) -> pl.Series:
    return zoned.dt.convert_time_zone("UTC").dt.replace_time_zone(None).dt.cast_time_unit("us")


def _parse(text: pl.Series, form: str) -> pl.Series:
    """Values of that format, null elsewhere; a zoned format gives values in UTC with their zone."""
    parsed = text.str.to_datetime(form, strict=False, cache=False, time_unit="us")
    lowest = parsed.dt.replace_time_zone(None).min() if parsed.dtype.time_zone else parsed.min()  # type: ignore[union-attr]
    if lowest is not None and lowest.year < EARLIEST_YEAR:  # type: ignore[union-attr]
        parsed = parsed.set(parsed.dt.year() < EARLIEST_YEAR, None)
    return parsed


@cache
def _likely(shape: str) -> tuple[str, ...]:
    """The ISO forms with the one first that reads text of that shape (each digit a 1)."""
    sample = pl.Series([shape])
    return tuple(sorted(_ISO, key=lambda form: sample.str.to_datetime(form, strict=False, time_unit="us").has_nulls()))


def _from_text(text: pl.Series, formats: tuple[str, ...], time_zone: str) -> Moments:
    """Try one format after the other, each on what the ones before it left unread."""
    rows = pl.int_range(text.len(), dtype=pl.UInt32, eager=True).filter(text.is_not_null())
    left = text.drop_nulls()
    found: list[tuple[pl.Series, pl.Series]] = []
    skipped, n_repeated, n_dates = [_NO_ROWS], 0, 0
    for form in _forms(left, formats):
        if left.is_empty():
            break
        parsed = _parse(left, form)
        read = parsed.is_not_null()
        if not read.any():
            continue
        at, values = rows.filter(read), parsed.drop_nulls()
        if values.dtype.time_zone or form.endswith("Z"):  # type: ignore[union-attr]
            values = _to_utc(values) if values.dtype.time_zone else values  # type: ignore[union-attr]
        else:
            local = _from_local(values, _NO_ROWS, time_zone, values.len() if form == _ISO_DATE else 0)
            values = local.values
            skipped.append(at.gather(local.skipped))
            n_repeated, n_dates = n_repeated + local.n_repeated, n_dates + local.n_dates
        found.append((at, values))
        rows, left = rows.filter(~read), left.filter(~read)
    return Moments(_assemble(text, found), rows, pl.concat(skipped), n_repeated, n_dates)


def _forms(left: pl.Series, formats: tuple[str, ...]) -> Iterator[str]:
    """The profile's formats, then the ISO forms, most likely first: as no two read the same text, it is only faster."""
    yield from formats
    if not left.is_empty():
        yield from _likely(re.sub(r"\d", "1", left[0]))


def _assemble(text: pl.Series, found: list[tuple[pl.Series, pl.Series]]) -> pl.Series:
    if len(found) == 1 and found[0][0].len() == text.len():
        return found[0][1].alias(text.name)
    values = pl.Series(text.name, [None], dtype=pl.Datetime("us")).new_from_index(0, text.len())
    for at, part in found:
        values = values.scatter(at, part)
    return values


def _from_local(local: pl.Series, bad: pl.Series, time_zone: str, n_dates: int) -> Moments:
    zoned = local.dt.replace_time_zone(time_zone, ambiguous="null", non_existent="null")
    lost = zoned.is_null() & local.is_not_null()
    values = _to_utc(zoned)
    if not lost.any():
        return Moments(values, bad, _NO_ROWS, 0, n_dates)
    rows = lost.arg_true()
    first = _to_utc(local.gather(rows).dt.replace_time_zone(time_zone, ambiguous="earliest", non_existent="null"))
    n_repeated = first.len() - first.null_count()
    return Moments(values.scatter(rows, first), bad, rows.filter(first.is_null()), n_repeated, n_dates)

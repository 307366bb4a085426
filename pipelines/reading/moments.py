"""Times as a source writes or types them to moments: naive UTC, in microseconds.

A time without a zone is the source's local time. A local time that the clocks skip is no moment at all; one that they
repeat is read as the first of the two, and counted.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from itertools import product

import polars as pl

_MICROSECOND, _EPOCH = timedelta(microseconds=1), datetime(1970, 1, 1)
# In microseconds since 1970. `%Y` also reads the 19 of 01/02/19: such a year is a date in another format. What some
# databases write for no moment, -0001-11-30, is none either, and Python has none after 9999.
EARLIEST, LATEST = (datetime(1900, 1, 1) - _EPOCH) // _MICROSECOND, (datetime.max - _EPOCH) // _MICROSECOND

# Each stands for one way to write ISO 8601; no text matches two of them.
_LOCAL = tuple(f"%Y-%m-%d{gap}%H:%M{rest}" for rest, gap in product((":%S", "", ":%S%.f"), ("T", " ")))
_ZONED = tuple(f"{form}{zone}" for zone, form in product(("Z", "%#z"), _LOCAL))
_DATE = "%Y-%m-%d"


def _no_rows() -> pl.Series:
    return pl.Series(dtype=pl.UInt32)


@dataclass(frozen=True)
class Moments:
    """What a column of times came to; null where it holds none.

    `unread` and `skipped` are the positions of values in no known form, and of local times that do not exist;
    `n_repeated` counts local times that came twice, `n_dates` dates without a time.
    """

    values: pl.Series
    unread: pl.Series = field(default_factory=_no_rows)
    skipped: pl.Series = field(default_factory=_no_rows)
    n_repeated: int = 0
    n_dates: int = 0


def typed_moments(given: pl.Series, time_zone: str) -> Moments:
    """Moments of a column of type Datetime, with or without a zone, or Date: its midnight, local."""
    if isinstance(given.dtype, pl.Datetime) and given.dtype.time_zone:
        return Moments(_to_utc(given))
    values, skipped, n_repeated = _from_local(given.cast(pl.Datetime("us")), time_zone)
    n_dates = given.len() - given.null_count() if given.dtype == pl.Date else 0
    return Moments(values, skipped=skipped, n_repeated=n_repeated, n_dates=n_dates)


def read_moments(text: pl.Series, formats: tuple[str, ...], time_zone: str) -> Moments:
    """Moments of a column of text.

    `formats` are tried first, in their order, then ISO 8601 with T or a space, with or without seconds, fraction, and
    zone; each on what the ones before it left unread. A date alone is its midnight, local, and counted in `n_dates`.
    """
    rows = pl.int_range(text.len(), dtype=pl.UInt32, eager=True).filter(text.is_not_null())
    left = text.drop_nulls()
    first = left.first()
    found: list[tuple[pl.Series, pl.Series]] = []
    skipped, beyond, n_repeated, n_dates = [_no_rows()], [_no_rows()], 0, 0
    for form in (*formats, *_iso_forms(re.sub(r"\d", "1", first) if isinstance(first, str) else "")):
        if left.is_empty():
            break
        parsed = _parse(left, form)
        if parsed.null_count() == parsed.len():
            continue
        is_read = parsed.is_not_null()
        # a column is mostly written in one format, which then leaves nothing to sort apart
        at, values = (rows.filter(is_read), parsed.drop_nulls()) if parsed.has_nulls() else (rows, parsed)
        if isinstance(values.dtype, pl.Datetime) and values.dtype.time_zone:
            values = _to_utc(values)
        elif not form.endswith("Z"):
            values, gone, n_twice = _from_local(values, time_zone)
            skipped.append(at.gather(gone))
            n_repeated += n_twice
            n_dates += values.len() if form == _DATE else 0
        if (is_beyond := _beyond(values)) is not None:  # in UTC, where the local time was not
            beyond.append(at.filter(is_beyond))
            values = values.set(is_beyond, None)
        found.append((at, values))
        rows, left = rows.filter(~is_read), left.filter(~is_read)
    return Moments(_assemble(text.len(), found), pl.concat([rows, *beyond]), pl.concat(skipped), n_repeated, n_dates)


@cache
def _iso_forms(shape: str) -> tuple[str, ...]:
    """Every ISO form, first the one that reads text of that shape (each digit a 1), which only makes it faster."""
    sample = pl.Series([shape])
    forms = (*_LOCAL, *_ZONED, _DATE)
    return tuple(sorted(forms, key=lambda form: sample.str.to_datetime(form, strict=False, time_unit="us").has_nulls()))


def _parse(text: pl.Series, form: str) -> pl.Series:
    """Values of that format, null elsewhere; a format with a zone gives values in UTC that say so."""
    parsed = text.str.to_datetime(form, strict=False, cache=False, time_unit="us")
    is_beyond = _beyond(parsed)
    return parsed if is_beyond is None else parsed.set(is_beyond, None)


def _beyond(moments: pl.Series) -> pl.Series | None:
    """Which moments lie outside the years that moments are of; None where none does, as in nearly every column."""
    counted = moments.to_physical()
    least, most = counted.min(), counted.max()
    if not isinstance(least, int) or not isinstance(most, int) or (least >= EARLIEST and most <= LATEST):
        return None
    return ((counted < EARLIEST) | (counted > LATEST)).fill_null(False)


def _to_utc(zoned: pl.Series) -> pl.Series:
    return zoned.dt.convert_time_zone("UTC").dt.replace_time_zone(None).dt.cast_time_unit("us")


def _from_local(local: pl.Series, time_zone: str) -> tuple[pl.Series, pl.Series, int]:
    """Local times to UTC; the positions of those that the clocks skip, and how many they repeat."""
    zoned = local.dt.replace_time_zone(time_zone, ambiguous="null", non_existent="null")
    is_odd = zoned.is_null() & local.is_not_null()
    values = _to_utc(zoned)
    if not is_odd.any():
        return values, _no_rows(), 0
    rows = is_odd.arg_true()
    first = _to_utc(local.gather(rows).dt.replace_time_zone(time_zone, ambiguous="earliest", non_existent="null"))
    return values.scatter(rows, first), rows.filter(first.is_null()), first.len() - first.null_count()


def _assemble(n_rows: int, found: list[tuple[pl.Series, pl.Series]]) -> pl.Series:
    """One column from what each format read, by position."""
    if len(found) == 1 and found[0][0].len() == n_rows:
        return found[0][1]
    values = pl.Series([None], dtype=pl.Datetime("us")).new_from_index(0, n_rows)
    for at, part in found:
        values = values.scatter(at, part)
    return values

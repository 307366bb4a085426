"""Source rows to typed rows of an extract: names, codes, identifiers, flags, counts and moments.

Works on one batch of rows at a time, as eager frames: what is rare (a second date format, a reject) costs nothing
where it does not occur.
"""

import hmac
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial
from threading import Lock

import polars as pl

from expectations.predicates import SPREADSHEET_DAMAGE
from pipelines.extracts import Column, Extract
from pipelines.profile import Normalise, Part, Profile
from pipelines.reading.moments import Moments, read_moments, typed_moments
from pipelines.reading.vocabulary import FLAG_WORDS, IDENTIFIERS, plain_spelling, reference_codes, spellings

REJECT_SCHEMA = {"line": pl.Int64(), "reason": pl.String()}
SHOWN = 80  # characters of a value that are shown in a reason

Faults = list[pl.DataFrame]  # each: row (position in the batch), reason


@dataclass(frozen=True)
class ColumnPlan:
    """How one canonical column is made from a file's columns."""

    column: Column
    parts: tuple[Part, ...]
    codes: dict[str, str]
    unmapped: str
    separator: str | None
    normalise: Normalise | None

    @property
    def only_source(self) -> str | None:
        """The source column this one is taken from as it is; None where it takes more than that."""
        return self.parts[0].source if self.parts == (Part.of(self.parts[0].source),) else None

    @property
    def label(self) -> str:
        """The column as named in a reason, with its name in the source where that differs."""
        sources = list(dict.fromkeys(part.source for part in self.parts if part.source))
        name = self.column.name
        return f"{name} ({', '.join(sources)})" if sources and sources != [name] else name


def plan_columns(extract: Extract, profile: Profile, present: set[str]) -> list[ColumnPlan]:
    """Plans for the columns that a file with the columns `present` can fill."""
    source = profile.extract[extract.name]
    kinds = {name: profile.normalise.get(kind) for kind, names in IDENTIFIERS.items() for name in names}
    plans = []
    for name, parts in source.parts(extract).items():
        usable = tuple(part for part in parts if part.needs <= present)
        if usable:
            plans.append(
                ColumnPlan(
                    column=extract.column(name),
                    parts=usable,
                    codes=profile.codes_of(extract.name, name),
                    unmapped=source.unmapped.get(name, "keep"),
                    separator=source.separators.get(name),
                    normalise=kinds.get(name),
                )
            )
    return plans


@dataclass
class Cleaner:
    """Turns batches of a file's rows (source columns and `_line`) into typed rows, and gathers what it rejects.

    Called by several of Polars' threads at once. Typed rows carry `_file`, `_row` (first_row + line) and `_line`.
    """

    extract: Extract
    plans: list[ColumnPlan]
    profile: Profile
    file: str
    first_row: int
    staff_key: bytes
    rejects: list[pl.DataFrame] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)
    _hashes: dict[str, str] = field(default_factory=dict)

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """Columns of a typed row."""
        return staged_schema(self.extract)

    def __call__(self, batch: pl.DataFrame) -> pl.DataFrame:
        """Typed rows of the batch, in its order, without the rejected ones."""
        faults: Faults = []
        counts: Counter[str] = Counter(read=batch.height)
        made = {plan.column.name: self._column(batch, plan, faults, counts) for plan in self.plans}
        empty = {name: pl.lit(None, dtype=kind) for name, kind in self.extract.schema.items() if name not in made}
        line = batch["_line"].cast(pl.Int64)
        typed = pl.DataFrame({**made, "_line": line}).with_columns(
            **empty, _file=pl.lit(self.file), _row=pl.col("_line") + self.first_row
        )
        rejected = pl.DataFrame(schema=REJECT_SCHEMA)
        if faults:
            bad = pl.concat(faults).unique("row", keep="first", maintain_order=True)
            counts["rejected"] = bad.height
            rejected = pl.DataFrame({"line": line.gather(bad["row"]), "reason": bad["reason"]}, schema=REJECT_SCHEMA)
            typed = typed.filter(~pl.int_range(pl.len()).is_in(bad["row"].implode()))
        with self._lock:
            self.counts += counts
            self.rejects.append(rejected)
        return typed.select(list(self.schema))

    def rejected(self) -> pl.DataFrame:
        """Line and reason of every row rejected so far, in the order of the file."""
        return pl.concat([pl.DataFrame(schema=REJECT_SCHEMA), *self.rejects]).sort("line")

    def _column(self, batch: pl.DataFrame, plan: ColumnPlan, faults: Faults, counts: Counter[str]) -> pl.Series:
        column = plan.column
        if column.kind == "moment":
            values = self._moments(batch, plan, faults, counts)
        elif column.kind == "day":
            values = self._days(batch, plan, faults)
        else:
            values = self._text(batch, plan)
            if plan.codes or plan.separator:
                values = _recode(values, plan, faults)
            if plan.normalise:
                written = values
                values = _normalise(written, plan.normalise)
                if column.name in self.extract.key:
                    counts["merged"] += written.n_unique() - values.n_unique()
            if column.kind == "staff":
                values = _by_value(values, partial(self._staff_hash, roles=column.roles), pl.String())
            elif column.kind == "flag":
                values = _flags(values, plan, faults)
            elif column.kind == "count":
                values = _whole(values, plan, faults)
            elif column.codes_from == "offence_class":
                values = _respelled(values, column.codes_from)
            elif column.allowed:
                reason = f'{plan.label}: "{{}}" is none of {", ".join(column.allowed)}'
                _fault(faults, values, ~values.is_in(column.allowed), reason)
        if column.is_required and values.has_nulls():
            _fault(faults, None, values.is_null(), f"{plan.label} is missing")
        return values.alias(column.name)

    def _staff_hash(self, person: str, roles: tuple[str, ...] = ()) -> str:
        """The same person is the same hash in every file, and no one without the key can tell who. A role is no one."""
        if person.lower() in roles:
            return person.lower()
        if person not in self._hashes:  # the same few people stand in every batch
            self._hashes[person] = hmac.digest(self.staff_key, person.encode(), "sha256").hex()[:16]
        return self._hashes[person]

    def _moments(self, batch: pl.DataFrame, plan: ColumnPlan, faults: Faults, counts: Counter[str]) -> pl.Series:
        zone = self.profile.time_zone
        given, moments = self._read(batch, plan)
        unread = f'{plan.label}: "{{}}" is no moment in a format of the profile or ISO 8601'
        skipped = f"{plan.label}: {{}} does not exist in {zone}: the clocks go forward"
        _fault_at(faults, given, moments.unread, unread)
        _fault_at(faults, given, moments.skipped, skipped)
        counts["repeated"] += moments.n_repeated
        counts["dates"] += moments.n_dates
        return moments.values

    def _days(self, batch: pl.DataFrame, plan: ColumnPlan, faults: Faults) -> pl.Series:
        """Days of the local calendar: dates as they are, moments by the day they fall on."""
        given, moments = self._read(batch, plan)
        bad = pl.concat([moments.unread, moments.skipped])
        _fault_at(faults, given, bad, f'{plan.label}: "{{}}" is no day in a format of the profile or ISO 8601')
        local = moments.values.dt.replace_time_zone("UTC").dt.convert_time_zone(self.profile.time_zone)
        return local.dt.date()

    def _read(self, batch: pl.DataFrame, plan: ColumnPlan) -> tuple[pl.Series, Moments]:
        """A column of times as given, and what it came to."""
        zone, source = self.profile.time_zone, plan.only_source
        if source is not None and batch[source].dtype in (pl.Date, pl.Datetime):
            return batch[source], typed_moments(batch[source], zone)
        given = self._text(batch, plan)
        return given, read_moments(given, self.profile.date_formats, zone)

    def _text(self, batch: pl.DataFrame, plan: ColumnPlan) -> pl.Series:
        """The first part that is not empty, as text without surrounding blanks; empty is null."""
        value = self._part(batch, plan.parts[0])
        for part in plan.parts[1:]:
            if value.has_nulls():
                value = value.zip_with(value.is_not_null(), self._part(batch, part))
        return value

    def _part(self, batch: pl.DataFrame, part: Part) -> pl.Series:
        if part.source is None:
            value = pl.Series([part.value], dtype=pl.String).new_from_index(0, batch.height)
        else:
            value = _as_text(batch[part.source], self.profile.empty)
        if part.take is not None:
            value = value.str.extract(part.take, min(re.compile(part.take).groups, 1))
        elif part.matches is not None:
            value = value.str.contains(part.matches).cast(pl.String)
        if part.unless is not None:
            holds = _as_text(batch[part.unless.column], ()).str.contains(part.unless.matches).fill_null(False)
            value = value.set(holds, None)
        return value


def staged_schema(extract: Extract) -> dict[str, pl.DataType]:
    """Columns of a staged file: the declared ones, then where each row came from."""
    return {**extract.schema, "_file": pl.String(), "_row": pl.Int64(), "_line": pl.Int64()}


def _as_text(given: pl.Series, empty: tuple[str, ...]) -> pl.Series:
    """Text without surrounding blanks, null where nothing is left or a word of `empty` is."""
    if isinstance(given.dtype, pl.Datetime):
        zoned = given.dt.convert_time_zone("UTC") if given.dtype.time_zone else given
        text = zoned.dt.strftime("%Y-%m-%dT%H:%M:%S%.6f" + ("Z" if given.dtype.time_zone else ""))
    elif given.dtype.is_float():
        is_whole = (given.round() == given).fill_null(True)
        text = given.cast(pl.String).zip_with(~is_whole, given.cast(pl.Int64, strict=False).cast(pl.String))
    else:
        text = given.cast(pl.String)
    text = text.str.strip_chars()
    is_empty = text.is_in(["", *empty]) if empty else text == ""
    return text.set(is_empty.fill_null(False), None) if is_empty.any() else text


def _recode(values: pl.Series, plan: ColumnPlan, faults: Faults) -> pl.Series:
    """Source codes to ours, each piece apart where the column holds several; an empty one of ours leaves it out."""
    unknown: list[str] = []

    def ours(value: str) -> str | None:
        pieces = [piece.strip() for piece in value.split(plan.separator)] if plan.separator else [value]
        known = [plan.codes.get(piece, piece if plan.unmapped == "keep" else "") for piece in pieces if piece]
        if plan.unmapped == "reject" and any(piece and piece not in plan.codes for piece in pieces):
            unknown.append(value)
        return ";".join(dict.fromkeys(code for code in known if code)) or None

    recoded = _by_value(values, ours, pl.String())
    if unknown:
        _fault(faults, values, values.is_in(unknown), f'{plan.label}: the profile has no code for "{{}}"')
    return recoded


def _respelled(values: pl.Series, table: str) -> pl.Series:
    """Codes as the reference table spells them: the Home Office's own lists write one class in several ways."""
    if values.is_in(reference_codes(table)).all():  # where it is null, nothing is asked
        return values
    return _by_value(values, lambda code: spellings(table).get(plain_spelling(code), code), pl.String())


def _flags(values: pl.Series, plan: ColumnPlan, faults: Faults) -> pl.Series:
    words = values.unique().drop_nulls().to_list()
    flags = values.is_in([word for word in words if FLAG_WORDS.get(word.lower())])
    if unknown := [word for word in words if word.lower() not in FLAG_WORDS]:
        is_unknown = values.is_in(unknown).fill_null(False)
        _fault(faults, values, is_unknown, f'{plan.label}: "{{}}" is neither yes nor no')
        flags = flags.set(is_unknown, None)
    return flags


def _whole(values: pl.Series, plan: ColumnPlan, faults: Faults) -> pl.Series:
    whole = values.cast(pl.Int32, strict=False)
    if whole.null_count() > values.null_count() or values.str.contains("-", literal=True).any():
        whole = values.str.extract(r"^\+?(\d+)(?:\.0*)?$").cast(pl.Int32, strict=False)
        _fault(faults, values, whole.is_null() & values.is_not_null(), f'{plan.label}: "{{}}" is no whole number')
    return whole


def _normalise(values: pl.Series, rule: Normalise) -> pl.Series:
    """One shape for an identifier. What a spreadsheet has damaged stays as it is: brought to the shape of the others,
    2.02E+12 would no longer show, and every log rounded to it would be one."""
    to_change = values.str.contains(_changing(rule.remove, rule.case)).fill_null(False)
    if not to_change.any():
        return values
    changed = given = values.filter(to_change)
    if rule.case == "upper":
        changed = changed.str.to_uppercase()
    elif rule.case == "lower":
        changed = changed.str.to_lowercase()
    if rule.remove is not None:
        changed = changed.str.replace_all(rule.remove, "")
        changed = changed.set(changed == "", None)
    changed = given.zip_with(given.str.contains(SPREADSHEET_DAMAGE), changed)
    return values.clone().scatter(to_change.arg_true(), changed)


@cache
def _changing(remove: str | None, case: str | None) -> str:
    """A pattern of what normalising changes: few identifiers hold any of it, and the others need no look."""
    cased = {"upper": r"[\p{Lowercase}\p{Lt}]", "lower": r"[\p{Uppercase}\p{Lt}]"}
    patterns = [pattern for pattern in (remove, cased.get(case or "")) if pattern is not None]
    return "|".join(f"(?:{pattern})" for pattern in patterns) or "$^"


def _by_value(values: pl.Series, function: Callable[[str], object], kind: pl.DataType) -> pl.Series:
    """Apply a Python function once a distinct value."""
    old = values.unique().drop_nulls()
    new = pl.Series([function(value) for value in old], dtype=kind)
    return values.replace_strict(old, new, default=None, return_dtype=kind)


def _fault(faults: Faults, values: pl.Series | None, is_bad: pl.Series, reason: str) -> None:
    """Note the rows where `is_bad` holds; `{}` in the reason stands for the value."""
    if is_bad.any():
        _fault_at(faults, values, is_bad.arg_true(), reason)


def _fault_at(faults: Faults, values: pl.Series | None, rows: pl.Series, reason: str) -> None:
    if rows.is_empty():
        return
    if values is None:
        reasons = pl.Series([reason], dtype=pl.String).new_from_index(0, rows.len())
    else:
        bad = values.gather(rows)
        shown = (bad.dt.to_string("%Y-%m-%d %H:%M:%S") if bad.dtype.is_temporal() else bad).str.slice(0, SHOWN)
        before, after = reason.split("{}")
        reasons = pl.select(pl.concat_str(pl.lit(before), shown, pl.lit(after))).to_series()
    faults.append(pl.DataFrame({"row": rows.cast(pl.UInt32), "reason": reasons}))

"""A profile: where a source's files lie, and its names, codes, times and targets for ours.

One TOML file a source. `load_profile` reads one and reports every mistake in it together, before any data is read.
"""

import difflib
import re
import tomllib
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

import polars as pl
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from pipelines.extracts import Extract
from pipelines.profile_check import cross_check
from pipelines.refusal import ProfileError

SHIPPED = Path(__file__).parent / "profiles"


def _regex(pattern: str) -> str:
    try:
        re.compile(pattern)
        pl.Series([""]).str.contains(pattern)
    except (re.error, pl.exceptions.ComputeError) as error:
        raise ValueError(f"{pattern!r} is no regular expression: {error}") from error
    return pattern


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is no known time zone; write it as Europe/London or America/Chicago") from error
    return name


def _date_format(text: str) -> str:
    """A format must give back the date it was written with, or some part of the date is missing or unreadable."""
    sample = datetime(2019, 11, 25, 13, 45, 50)
    try:
        back = pl.Series([sample.strftime(text)]).str.to_datetime(text, strict=False, time_unit="us").item()
    except (pl.exceptions.PolarsError, ValueError):
        back = None
    if back is None or back.date() != sample.date() or "%Z" in text:
        raise ValueError(f"{text!r} does not read back a whole date; use such as %d/%m/%Y %H:%M:%S")
    return text


def _delimiter(text: str) -> str:
    if len(text) != 1 or not text.isascii() or text in '"\r\n':
        raise ValueError(f'{text!r} is no delimiter; use one character such as , ; | or a tab ("\\t")')
    return text


def _codes(given: Any) -> Any:
    if isinstance(given, str) or (isinstance(given, dict) and all(isinstance(code, str) for code in given.values())):
        return given
    raise ValueError('give a table of codes ({ theirs = "ours" }), or the name of a table [codes.NAME]')


def _parts(given: Any) -> Any:
    """Bring the three ways to name a column's source (a name, a table, a list of them) to a list of tables."""
    several = given if isinstance(given, list) else [given]
    return [{"from": part} if isinstance(part, str) else part for part in several]


Regex = Annotated[str, AfterValidator(_regex)]
Name = Annotated[str, Field(min_length=1)]


class Strict(BaseModel):
    """A table of a profile: what it does not know is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Unless(Strict):
    """Holds where another source column matches a pattern."""

    column: Name
    matches: Regex


class Part(Strict):
    """One way to a value: a source column, whole or in part, or a constant. The first that is not empty is taken.

    `take` keeps what the pattern matches (its first group, if it has one); `matches` gives true or false; `unless`
    gives nothing where another column matches.
    """

    source: Name | None = Field(None, alias="from")
    value: str | None = None
    take: Regex | None = None
    matches: Regex | None = None
    unless: Unless | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "Part":
        if (self.source is None) == (self.value is None):
            raise ValueError("give either `from` (a source column) or `value` (a constant)")
        if self.take is not None and self.matches is not None:
            raise ValueError("give `take` or `matches`, not both")
        if self.value is not None and (self.take is not None or self.matches is not None):
            raise ValueError("`take` and `matches` go with `from`, not with `value`")
        return self

    @staticmethod
    def of(column: str | None) -> "Part":
        """A source column as it is."""
        return Part.model_construct(source=column)

    @property
    def needs(self) -> set[str]:
        """Source columns without which this part gives nothing."""
        return {name for name in (self.source, self.unless and self.unless.column) if name}


class ExtractSource(Strict):
    """How a source delivers one extract."""

    files: tuple[Name, ...] = Field(min_length=1)
    delivery: Literal["full", "incremental"] = "full"
    encoding: Literal["utf-8", "windows-1252"] | None = None
    delimiter: Annotated[str, AfterValidator(_delimiter)] | None = None
    sheet: str | None = None
    columns: dict[str, Annotated[tuple[Part, ...], BeforeValidator(_parts), Field(min_length=1)]] = {}
    codes: dict[str, Annotated[str | dict[str, str], BeforeValidator(_codes)]] = {}
    unmapped: dict[str, Literal["keep", "reject", "null"]] = {}
    separators: dict[str, str] = {}

    def parts(self, extract: Extract) -> dict[str, tuple[Part, ...]]:
        """Parts by canonical column. Without a columns table the source uses our own names."""
        if self.columns:
            return {column.name: self.columns[column.name] for column in extract.columns if column.name in self.columns}
        return {column.name: (Part.of(column.name),) for column in extract.columns}


class Normalise(Strict):
    """Brings an identifier to one shape, wherever it stands."""

    remove: Regex | None = None
    case: Literal["upper", "lower"] | None = None


class Grade(Strict):
    """A grade of response; rank 1 is the most urgent."""

    code: Name
    name: Name
    rank: int = Field(ge=1, strict=True)
    needs_attendance: bool = Field(strict=True)


class Target(Strict):
    """A target and the dates it holds for: from the first day on, up to but without the last."""

    target_id: Literal["response", "appointment_wait", "closure_checks_per_day"]
    grade_code: str | None = None
    value: float = Field(gt=0, strict=True)
    unit: Literal["minutes", "hours", "days", "checks"]
    valid_from: date | None = None
    valid_to: date | None = None
    source: str


class Profile(Strict):
    """One source. `grades` and `targets` stand in place of the reference tables; None leaves those as they are."""

    name: str
    description: str
    time_zone: Annotated[str, AfterValidator(_time_zone)]
    date_formats: tuple[Annotated[str, AfterValidator(_date_format)], ...] = ()
    empty: tuple[str, ...] = ()
    extract: dict[str, ExtractSource] = Field(min_length=1)
    codes: dict[str, dict[str, str]] = {}
    normalise: dict[str, Normalise] = {}
    grades: tuple[Grade, ...] | None = None
    targets: tuple[Target, ...] | None = None
    adds_to_reference_targets: bool = Field(False, strict=True)

    def codes_of(self, extract: str, column: str) -> dict[str, str]:
        """Source code to ours for one column; empty where the profile gives none."""
        given = self.extract[extract].codes.get(column, {})
        return self.codes[given] if isinstance(given, str) else given


@cache
def shipped_profiles() -> tuple[str, ...]:
    """Names of the profiles that come with the software."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.toml")))


def _find(name_or_path: str) -> Path:
    if name_or_path in shipped_profiles():
        return SHIPPED / f"{name_or_path}.toml"
    path = Path(name_or_path)
    if path.suffix == ".toml" and path.is_file():
        return path
    if path.suffix == ".toml":
        raise ProfileError(f"{path}: there is no such profile file")
    near = difflib.get_close_matches(name_or_path, shipped_profiles(), 1)
    hint = f"did you mean {near[0]}?" if near else f"shipped are {', '.join(shipped_profiles())}."
    raise ProfileError(f"there is no profile {name_or_path}; {hint} Give a profile of your own by its path (.toml).")


def _place(location: tuple[int | str, ...]) -> str:
    """Where a mistake stands, as people find it in the file: `[extract.incident] files`, `[[targets]] 2 value`."""
    first, *rest = [str(part + 1) if isinstance(part, int) else part for part in location]
    if not rest:
        return first
    if first in ("grades", "targets"):
        return " ".join([f"[[{first}]]", *rest])
    depth = {"extract": 1, "codes": 1, "normalise": 1}.get(first, 0)
    if first == "extract" and len(rest) > 2 and rest[1] in ("columns", "codes", "unmapped", "separators"):
        depth = 2
    if depth == 0:
        return " ".join([first, *rest])
    depth = min(depth, len(rest) - 1)
    return " ".join([f"[{'.'.join([first, *rest[:depth]])}]", *rest[depth:]])


def _said(kind: str, location: tuple[int | str, ...], message: str) -> str:
    """A mistake in plain words."""
    if kind == "extra_forbidden":
        tables = (Profile, ExtractSource, Part, Unless, Normalise, Grade, Target)
        known = {field.alias or name for table in tables for name, field in table.model_fields.items()}
        near = difflib.get_close_matches(str(location[-1]), sorted(known), 1)
        return f"no such key; did you mean {near[0]}?" if near else "no such key here"
    plain = {
        "missing": "is missing",
        "too_short": "give at least one",
        "string_too_short": "is empty",
        "int_type": "give a whole number, without quotes",
        "float_type": "give a number, without quotes",
        "bool_type": "give true or false, without quotes",
    }
    return plain.get(kind, message.removeprefix("Value error, "))


def load_profile(name_or_path: str) -> Profile:
    """Read the shipped profile of that name, or the TOML file at that path.

    Raises ProfileError whose message holds every mistake with its place, one a line.
    """
    path = _find(name_or_path)
    shown = f"profiles/{path.name}" if path.parent == SHIPPED else str(path)
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ProfileError(f"{shown}: not readable as TOML: {error}") from error
    mistakes: list[str] = []
    profile = None
    try:
        profile = Profile.model_validate(raw)
    except ValidationError as error:
        mistakes += [f"{_place(one['loc'])}: {_said(one['type'], one['loc'], one['msg'])}" for one in error.errors()]
    mistakes += [f"{_place(location)}: {message}" for location, message in cross_check(raw)]
    if mistakes or profile is None:
        raise ProfileError("\n".join(f"{shown}: {mistake}" for mistake in mistakes))
    return profile

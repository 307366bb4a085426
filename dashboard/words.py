"""How figures, dates and codes are said on screen."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

DIMENSION_NAMES = {
    "district": "District",
    "team_id": "Team",
    "offence_group": "Offence group",
    "is_domestic_abuse": "Domestic abuse",
    "channel": "Channel",
    "grade": "Grade",
}
RECORD_NAMES = {
    "incident": ("incident log", "incident logs"),
    "crime": ("crime", "crimes"),
    "appointment": ("appointment", "appointments"),
    "closure": ("closure", "closures"),
    "audit_log": ("audited log", "audited logs"),
    "audit_crime": ("audited crime", "audited crimes"),
    "record_check": ("record check", "record checks"),
    "training": ("training record", "training records"),
}
BETTER = {
    "higher": "Higher is better.",
    "lower": "Lower is better.",
    "neither": "Neither high nor low is better in itself.",
}
PARTS_OF_CRIME = {
    "all": "all reported crime",
    "violence": "violent crime",
    "sexual": "sexual offences",
    "other": "other crime",
    "stalking_controlling": "stalking and controlling behaviour",
}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
# The last word of the name of a column that holds codes; any other holds numbers, names or texts.
CODED = {
    "category", "channel", "code", "family", "grade", "group", "kind", "match", "module", "place", "qualifiers",
    "reason", "result", "role", "state", "status", "stratum", "training",
}  # fmt: skip
ABBREVIATIONS = {"101": "101", "999": "999", "asb": "ASB", "thrive": "THRIVE", "n100": "N100", "id": "ID"}


def percent(rate: float | None) -> str:
    """0.7531 as 75.3%; a dash where nothing is counted."""
    return "–" if rate is None else f"{rate * 100:.1f}%"


def interval(lower: float | None, upper: float | None) -> str:
    """The ends of an interval: 88.1% to 92.3%; a dash where there is none."""
    return "–" if lower is None or upper is None else f"{percent(lower)} to {percent(upper)}"


def part_of_crime(domain: str) -> str:
    """A part of crime that an audit tells apart: violence as violent crime."""
    return PARTS_OF_CRIME.get(domain) or plain(domain)


def count(number: int) -> str:
    """12345 as 12,345."""
    return signed(f"{number:,}")


def number(value: int) -> str:
    """A number within a sentence: ten; in figures from 13 on."""
    return NUMBERS[value] if value < len(NUMBERS) else count(value)


def of(met: int, counted: int) -> str:
    """How many of how many: 247 of 328."""
    return f"{met:,} of {counted:,}"


def rate_in_full(row: dict[str, Any]) -> str:
    """A figure with its numerator and denominator: 75.3% (247 of 328); one of an audit with its interval too, or as
    counts alone where the audit gives no rate."""
    if not row["of"]:
        return "nothing counted"
    if row["rate"] is None:
        return of(row["met"], row["of"])
    ends = f", 95% interval {interval(row['lower'], row['upper'])}" if row.get("lower") is not None else ""
    return f"{percent(row['rate'])} ({of(row['met'], row['of'])}{ends})"


def points(difference: float) -> str:
    """A difference of two rates in percentage points: +5.1 points."""
    return signed(f"{difference * 100:+.1f} points")


def signed(text: str) -> str:
    """A text with minus signs before its numbers in place of hyphens: −0.2 to +5.2."""
    return re.sub(r"(?<!\w)-(?=\d)", "−", text)


def month(key: str) -> str:
    """2018-05 as May 2018."""
    return date.fromisoformat(f"{key}-01").strftime("%B %Y")


def grain_value(grain: str, key: str) -> str:
    """A month as May 2018, a week by its Monday: week of 7 May 2018."""
    return month(key) if grain == "month" else f"week of {day(date.fromisoformat(key))}"


def period(first: str, last: str, grain: str = "month") -> str:
    """Two months, or weeks, as a period: May 2018 to October 2019."""
    ends = [grain_value(grain, key) for key in (first, last)]
    return ends[0] if first == last else " to ".join(ends)


def day(value: date) -> str:
    """A day as 5 May 2018."""
    return f"{value.day} {value.strftime('%B %Y')}"


def moment(value: datetime | None, time_zone: str) -> str:
    """A moment in UTC, said in the force's own time: 5 May 2018, 14:03."""
    if value is None:
        return "not known"
    local = local_moment(value, time_zone)
    return f"{day(local)}, {local:%H:%M}"


def local_moment(value: datetime, time_zone: str) -> datetime:
    """A naive UTC moment as a naive moment of the force's own time."""
    return value.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(time_zone)).replace(tzinfo=None)


def hours(minutes: float) -> str:
    """A length of time as people say it: 45 minutes, 3 h 20 min, 5 days."""
    if minutes < 60:
        return f"{minutes:.0f} minutes"
    if minutes < 48 * 60:
        return f"{int(minutes // 60)} h {int(minutes % 60):02} min"
    return f"{minutes / 1440:.0f} days"


def plain(name: str) -> str:
    """A code or column name as words: closure_checked_at as closure checked at."""
    return " ".join(ABBREVIATIONS.get(word, word) for word in name.strip("_").split("_"))


def in_plain(text: str) -> str:
    """A sentence with words in place of the codes it names: stratum hidden_duplicate as stratum hidden duplicate."""
    return re.sub(r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b", lambda code: plain(code[0]), text)


def cell(name: str, value: Any) -> Any:
    """A value of a record's column as tables show it: flags as yes or no, codes as words, numbers with one decimal at
    most; all else as it is."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        short = round(value, 1)
        return int(short) if short.is_integer() else short
    if isinstance(value, str) and name.rsplit("_", 1)[-1] in CODED:
        return "; ".join(plain(code) for code in value.split(";"))
    return value


def said(name: str, value: Any, time_zone: str) -> str:
    """A value of a record's column as a text: 29.4, front counter, yes, 5 May 2018, 14:03:20."""
    if isinstance(value, datetime):
        return f"{moment(value, time_zone)}:{value:%S}"
    if isinstance(value, date):
        return day(value)
    shown = str(cell(name, value))
    return signed(shown) if isinstance(value, int | float) else shown


def dimension(name: str) -> str:
    """What to call a dimension, or a metric's own key: District, Cancellation code."""
    return DIMENSION_NAMES.get(name) or sentence_case(plain(name))


def sentence_case(text: str) -> str:
    """The first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def listed(parts: Sequence[str]) -> str:
    """a, b and c."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def missing(columns: Iterable[str]) -> str:
    """The sentence for a metric whose columns the source lacks."""
    return f"not available: needs {', '.join(columns)}"


def left_out(asked: Sequence[str]) -> str:
    """The sentence for what an address asks for and is not there, such as team=Unknown."""
    return f"Left out of the address, as there is nothing here by that name: {escaped(listed(asked))}."


def records(record: str, number: int) -> str:
    """1 crime, 12 crimes."""
    one, many = RECORD_NAMES[record]
    return f"{number:,} {one if number == 1 else many}"


def is_period(grain: str, text: str) -> bool:
    """Whether a text is a month such as 2018-05, or the Monday of a week such as 2018-05-07."""
    try:
        day = date.fromisoformat(f"{text}-01" if grain == "month" else text)
    except ValueError:
        return False
    return grain == "month" or day.weekday() == 0


def escaped(text: str) -> str:
    """A text from the data or the address as Markdown shows it: literally, on one line, and never as a link or an icon.

    Streamlit makes addresses into links, and names such as :material/home: into icons, after it has taken the escapes
    away: these are parted by a character that has no width.
    """
    parted = re.sub(r"(?<=:)(?=//|[a-z])|(?<=@)|(?<=www)(?=\.)", "\u2060", " ".join(text.split()), flags=re.IGNORECASE)
    literal = re.sub(r"([\\`*_\[\]$:<>~|#&])", r"\\\1", parted)
    return re.sub(r"^(?:(?=[-+])|(\d+)(?=[.)](?:\s|$)))", r"\1\\", literal)  # which would begin a list

"""What the text of a cell means, by the kind of its column."""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from pipelines.audit.choices import Choices
from pipelines.audit.columns import MOST_CRIMES, Field
from pipelines.reading.vocabulary import FLAG_WORDS

BRITISH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def cell_value(column: Field, text: str, choices: Choices, zone: ZoneInfo) -> bool | int | str | None:
    """The value of a cell; None where it is empty, or cannot be read as what the column holds."""
    match column.kind:
        case "flag":
            return FLAG_WORDS.get(text.lower())
        case "count":
            return int(text) if text.isascii() and text.isdigit() and int(text) <= MOST_CRIMES else None
        case "day":
            return start_of_day(text, zone)
        case "class" | "reason":
            return choices.code(column.kind, text)
        case _:
            return text or None


def unreadable(column: Field, text: str) -> str:
    """What is wrong with a cell that cannot be read."""
    wanted = {
        "flag": "neither yes nor no",
        "count": f"no whole number from 0 to {MOST_CRIMES}",
        "day": "no day such as 2019-08-14",
    }
    return f'"{column.title}" is "{text}", {wanted.get(column.kind, "none of those that can be chosen")}'


def start_of_day(text: str, zone: ZoneInfo) -> str | None:
    """The beginning of a day in the force's time zone, as a UTC moment; None where the text is no day."""
    british = BRITISH_DAY.fullmatch(text)
    try:
        if british:
            day = date(int(british[3]), int(british[2]), int(british[1]))
        else:
            day = datetime.fromisoformat(text).date()
        return datetime.combine(day, time(), zone).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return None

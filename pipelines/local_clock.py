"""The SQL macro `local_date(moment)`: the local day of a UTC moment in the force's time zone.

Within the years the data spans, the zone's clock changes are written out as a CASE, which DuckDB runs seven times as
fast as its own time-zone conversion (6 ms against 44 ms for 540,000 moments); outside them it converts.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


def clock_changes(zone: ZoneInfo, first: datetime, last: datetime) -> list[tuple[datetime, int]]:
    """Naive UTC moments at which the zone's offset changes within [first, last], each with the offset from then on in
    minutes. The first entry is `first` itself."""
    changes = [(first, _offset(zone, first))]
    step = first
    while step < last:
        following = min(step + timedelta(days=7), last)
        if _offset(zone, following) != changes[-1][1]:
            low, high = step, following
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) / 2
                low, high = (middle, high) if _offset(zone, middle) == changes[-1][1] else (low, middle)
            moment = (high + timedelta(seconds=30)).replace(second=0, microsecond=0)
            changes.append((moment, _offset(zone, moment)))
        step = following
    return changes


def local_date_macro(time_zone: str, first: datetime, last: datetime) -> str:
    """CREATE MACRO for `local_date`, quick for moments in [first, last] and right for all others."""
    converted = f"cast(timezone('{time_zone}', timezone('UTC', moment)) as date)"
    first = first.replace(hour=0, minute=0, second=0, microsecond=0)
    changes = clock_changes(ZoneInfo(time_zone), first, last)
    branches = " ".join(
        f"when moment >= timestamp '{start}' then cast(moment + to_minutes({offset}) as date)"
        for start, offset in reversed(changes)
    )
    return (
        f"create or replace macro local_date(moment) as case when moment > timestamp '{last}' then {converted} "
        f"{branches} else {converted} end"
    )


def _offset(zone: ZoneInfo, moment: datetime) -> int:
    offset = moment.replace(tzinfo=UTC).astimezone(zone).utcoffset()
    assert offset is not None
    return round(offset.total_seconds() / 60)

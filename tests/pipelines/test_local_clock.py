"""The local day of a UTC moment, against the zone database of Python."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import duckdb
import pytest

from pipelines.build import define_clock
from pipelines.local_clock import clock_changes, local_date_macro

ZONES = ("Europe/London", "America/Chicago", "Europe/Dublin", "Asia/Kolkata", "Australia/Lord_Howe", "UTC")
FIRST, LAST = datetime(2017, 5, 1, 13, 30), datetime(2019, 12, 31, 18, 15)


def local_dates(con: duckdb.DuckDBPyConnection, moments: list[datetime]) -> list[date]:
    found = con.execute("select local_date(unnest($moments::timestamp[]))", {"moments": moments}).fetchall()
    return [day for (day,) in found]


def expected(zone: str, moments: list[datetime]) -> list[date]:
    return [moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date() for moment in moments]


@pytest.mark.parametrize("zone", ZONES)
def test_thousands_of_moments_within_and_outside_the_span(zone: str) -> None:
    con, draw = duckdb.connect(), Random(zone)
    con.execute(local_date_macro(zone, FIRST, LAST))
    span = [FIRST + timedelta(seconds=draw.randrange(int((LAST - FIRST).total_seconds()))) for _ in range(4_000)]
    outside = [datetime(1971, 1, 1) + timedelta(minutes=draw.randrange(60 * 366 * 1440)) for _ in range(2_000)]
    moments = [*span, *outside, FIRST, LAST, FIRST - timedelta(microseconds=1), LAST + timedelta(microseconds=1)]
    assert local_dates(con, moments) == expected(zone, moments)


@pytest.mark.parametrize("zone", ZONES)
def test_every_second_around_midnights_and_clock_changes(zone: str) -> None:
    con = duckdb.connect()
    con.execute(local_date_macro(zone, FIRST, LAST))
    changes = [moment for moment, _ in clock_changes(ZoneInfo(zone), FIRST, LAST)][1:]
    midnights = [
        datetime.combine(day, datetime.min.time(), ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None)
        for change in changes or [FIRST]
        for day in (change.date() + timedelta(days=offset) for offset in (-1, 0, 1, 2))
    ]
    moments = [
        moment + timedelta(seconds=seconds) for moment in (*changes, *midnights) for seconds in (-3600, -1, 0, 1, 3600)
    ]
    assert local_dates(con, moments) == expected(zone, moments)


def test_the_clock_changes_are_those_published() -> None:
    assert clock_changes(ZoneInfo("Europe/London"), datetime(2018, 1, 1), datetime(2018, 12, 31)) == [
        (datetime(2018, 1, 1), 0),
        (datetime(2018, 3, 25, 1), 60),
        (datetime(2018, 10, 28, 1), 0),
    ]
    assert clock_changes(ZoneInfo("America/Chicago"), datetime(2022, 1, 1), datetime(2022, 12, 31)) == [
        (datetime(2022, 1, 1), -360),
        (datetime(2022, 3, 13, 8), -300),
        (datetime(2022, 11, 6, 7), -360),
    ]
    assert clock_changes(ZoneInfo("UTC"), FIRST, LAST) == [(FIRST, 0)]


def test_no_moment_has_no_day() -> None:
    con = duckdb.connect()
    con.execute(local_date_macro("Europe/London", FIRST, LAST))
    assert con.execute("select local_date(null::timestamp)").fetchone() == (None,)


def test_many_years_are_converted_as_rightly() -> None:
    con, draw = duckdb.connect(), Random(1)
    con.execute(local_date_macro("Europe/London", datetime(1990, 1, 1), datetime(2020, 1, 1)))
    moments = [datetime(1985, 1, 1) + timedelta(minutes=draw.randrange(40 * 366 * 1440)) for _ in range(2_000)]
    assert local_dates(con, moments) == expected("Europe/London", moments)


@pytest.mark.parametrize("mistyped", [datetime(1018, 5, 1), datetime(1900, 1, 1), datetime(9018, 5, 1)])
def test_a_mistyped_year_does_not_make_the_clock_slow_or_wrong(mistyped: datetime) -> None:
    con = duckdb.connect()
    con.execute("create schema staged")
    con.execute("create table staged.incident as select $moment as reported_at", {"moment": mistyped})
    con.execute("insert into staged.incident values ('2018-05-01')")
    con.execute("create table staged.crime (reported_at timestamp)")
    define_clock(con, "Europe/London", datetime(2019, 10, 31, 23, 55))
    macro = con.execute("select macro_definition from duckdb_functions() where function_name = 'local_date'").fetchone()
    assert macro is not None
    assert "2018-10-28 01:00:00" in macro[0]
    assert len(macro[0]) < 4_000
    moments = [
        datetime(2018, 6, 30, 22, 59),
        datetime(2018, 6, 30, 23),
        datetime(2019, 12, 1),
        datetime(2024, 7, 1, 23),
    ]
    assert local_dates(con, moments) == expected("Europe/London", moments)

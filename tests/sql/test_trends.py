"""Months, weeks and totals against a count by hand of the same rows."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest

import sql
from pipelines.build import SQL
from pipelines.local_clock import local_date_macro

START, DAYS = datetime(2018, 2, 20), 80  # over the spring clock change, which a month and a week begin near
ROWS = 600
TOTALS = "with given_cells as (select 'given' as metric_id, * from cells('given'))"


def opened(zone: str) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute(local_date_macro(zone, START, START + timedelta(days=DAYS)))
    for macro in ("placed", "cells", "totals"):
        con.execute((SQL / f"trends/{macro}.sql").read_text("utf-8"))
    con.execute(
        "create table given (record_id varchar, placed_at timestamp, district varchar, team_id varchar, "
        "offence_group varchar, is_domestic_abuse boolean, channel varchar, grade varchar, is_met boolean)"
    )
    return con


def random_rows(seed: int) -> list[tuple[Any, ...]]:
    draw = Random(seed)
    return [
        (
            str(number),
            START + timedelta(minutes=draw.randrange(DAYS * 1440)) if draw.random() < 0.98 else None,
            draw.choice(("North", "South", "all", "", None)),
            draw.choice([*map(str, range(9)), None]),
            draw.choice(("Robbery", "force", None)),
            draw.choice((True, False, None)),
            draw.choice(("999", "true", None)),
            draw.choice(("emergency", None)),
            draw.choice((True, False, None)),
        )
        for number in range(ROWS)
    ]


def local_periods(moment: datetime | None, zone: str) -> dict[str, date | None]:
    if moment is None:
        return {"all": None, "month": None, "week": None}
    day = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date()
    return {"all": None, "month": day.replace(day=1), "week": day - timedelta(days=day.weekday())}


@pytest.mark.parametrize("zone", ["Europe/London", "America/Chicago", "Asia/Kolkata"])
def test_totals_are_what_a_count_by_hand_gives(zone: str) -> None:
    con, rows = opened(zone), random_rows(seed=7)
    con.executemany("insert into given values (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    counted, met = Counter[tuple[Any, ...]](), Counter[tuple[Any, ...]]()
    for _, placed_at, *values, is_met in rows:
        texts = [str(value).lower() if isinstance(value, bool) else value for value in values]
        for grain, period in local_periods(placed_at, zone).items():
            for dimension, value in zip(("force", *sql.DIMENSIONS), (None, *texts), strict=True):
                counted[grain, period, dimension, value] += 1
                met[grain, period, dimension, value] += is_met is True
    found = con.execute(
        f"{TOTALS} select grain, period, dimension, value, met, counted from totals('given_cells')"
    ).fetchall()
    assert {tuple(cell): (m, c) for *cell, m, c in found} == {cell: (met[cell], counted[cell]) for cell in counted}
    assert len(found) == len(counted)


def test_months_and_weeks_are_the_forces_own() -> None:
    def placed(zone: str, moment: str) -> tuple[str, str]:
        con = opened(zone)
        con.execute("insert into given (record_id, placed_at) values ('1', $moment)", {"moment": moment})
        found = con.execute("select month::varchar, week::varchar from placed('given')").fetchone()
        assert found is not None
        return found

    assert placed("Europe/London", "2018-03-31 22:59") == ("2018-03-01", "2018-03-26")
    assert placed("Europe/London", "2018-03-31 23:00") == ("2018-04-01", "2018-03-26")  # summer time
    assert placed("Europe/London", "2018-04-01 22:59") == ("2018-04-01", "2018-03-26")
    assert placed("Europe/London", "2018-04-01 23:00") == ("2018-04-01", "2018-04-02")  # Monday has begun
    assert placed("America/Chicago", "2018-04-01 04:59") == ("2018-03-01", "2018-03-26")
    assert placed("America/Chicago", "2018-04-01 05:00") == ("2018-04-01", "2018-03-26")


def test_no_rows_have_no_totals() -> None:
    assert opened("UTC").execute(f"{TOTALS} select * from totals('given_cells')").fetchall() == []


def test_a_callers_cte_is_taken_by_name() -> None:
    con = opened("UTC")
    con.executemany("insert into given values (?, ?, ?, ?, ?, ?, ?, ?, ?)", random_rows(seed=1))
    found = con.execute(
        "with metric_rows as (select * from given where record_id < $most) "
        "select sum(counted) from cells('metric_rows') where not is_of_grade",
        {"most": "2"},
    ).fetchall()
    assert found == con.execute("select count(*) from given where record_id < '2'").fetchall()

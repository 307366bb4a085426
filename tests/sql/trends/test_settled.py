# ruff: noqa: E501  (a change is read as one line: what stands there, and what stands there instead)
"""Which periods a chart may judge and where it starts anew: by hand, and each change of the SQL is caught by a case."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import duckdb
import pytest

import sql

TRENDS = sql.FOLDER / "trends"
DAYS = {"first_day": date(2018, 1, 1), "last_day": date(2018, 6, 30), "from_day": None, "to_day": None}
Con = duckdb.DuckDBPyConnection


@pytest.fixture
def con() -> Iterator[Con]:
    with duckdb.connect() as con:
        for name in ("settled", "rebased"):
            con.execute((TRENDS / f"{name}.sql").read_text("utf-8"))
        yield con


def states(
    con: Con, counts: dict[str, tuple[int, int]], maturity: int, grain: str = "month", **days: Any
) -> dict[str, str]:
    """The state of each period: `counts` has its numerator and denominator."""
    return {f"{row['period_start']}": row["state"] for row in periods(con, {0: counts}, {0: maturity}, grain, **days)}


def periods(
    con: Con, counts: dict[int, dict[str, tuple[int, int]]], maturity: dict[int, int], grain: str = "month", **days: Any
) -> list[dict[str, Any]]:
    """What the macro yields of series by their slice, in order."""
    con.execute("create or replace temp table series (slice bigint, maturity_days integer, better varchar)")
    con.execute(
        "create or replace temp table counts (slice bigint, period_start date, numerator bigint, denominator bigint)"
    )
    for number, rows in counts.items():
        con.execute("insert into series values (?, ?, 'higher')", [number, maturity[number]])
        for period, (met, of) in rows.items():
            con.execute("insert into counts values (?, ?, ?, ?)", [number, period, met, of])
    query = (
        "from settled('series', 'counts', $grain, $first_day::date, $last_day::date, $from_day::date, $to_day::date) "
        "order by slice, period_start"
    )
    return sql.rows(con, query, {**DAYS, **days, "grain": grain})


def whole_months(con: Con) -> None:
    counts = {"2018-01-01": (1, 2), "2018-03-01": (3, 4), "2018-04-01": (0, 0), "2018-06-01": (1, 1)}
    assert states(con, counts, 0) == {
        "2018-01-01": "settled", "2018-02-01": "empty", "2018-03-01": "settled", "2018-04-01": "empty",
        "2018-05-01": "empty", "2018-06-01": "settled",
    }  # fmt: skip
    found = periods(con, {0: counts}, {0: 0})
    assert [row["value"] for row in found] == [0.5, None, 0.75, None, None, 1]
    assert [(row["numerator"], row["denominator"]) for row in found][:2] == [(1, 2), (None, None)]
    assert {row["better"] for row in found} == {"higher"}


def the_ends_of_the_data(con: Con) -> None:
    counts = {"2018-01-01": (1, 2), "2018-02-01": (1, 2), "2018-06-01": (1, 2)}
    late = states(con, counts, 0, first_day=date(2018, 1, 2), last_day=date(2018, 6, 29))
    assert (late["2018-01-01"], late["2018-02-01"], late["2018-06-01"]) == ("incomplete", "settled", "incomplete")


def maturity(con: Con) -> None:
    # 31 May and 30 days is 30 June, the last day of the data
    counts = {f"2018-0{month}-01": (1, 2) for month in range(1, 7)}
    for days, still in ((30, ["06"]), (31, ["05", "06"]), (0, [])):
        assert [period[5:7] for period, state in states(con, counts, days).items() if state == "moving"] == still
    assert states(con, {"2018-06-01": (0, 0)}, 1) == {"2018-06-01": "moving"}
    assert states(con, {"2018-06-01": (1, 1)}, 1, last_day=date(2018, 6, 29)) == {"2018-06-01": "incomplete"}


def weeks(con: Con) -> None:
    # 25 June to 1 July is not whole on 30 June; 18 to 24 June and 6 days is 30 June
    counts = {"2018-06-11": (1, 2), "2018-06-25": (1, 2), "2018-06-18": (1, 2)}
    assert states(con, counts, 6, "week") == {
        "2018-06-11": "settled", "2018-06-18": "settled", "2018-06-25": "incomplete",
    }  # fmt: skip
    assert states(con, counts, 7, "week")["2018-06-18"] == "moving"


def the_readers_period(con: Con) -> None:
    counts = {f"2018-0{month}-01": (1, 2) for month in range(2, 5)}
    asked = {"from_day": date(2018, 2, 1), "to_day": date(2018, 4, 30)}
    assert set(states(con, counts, 0, "month", **asked).values()) == {"settled"}
    # 1 February 2018 is a Thursday; the week of 5 February is the first whole one, that of 19 February the last by the 28th
    cut = {"from_day": date(2018, 2, 1), "to_day": date(2018, 2, 28)}
    found = states(
        con, {f"2018-{day}": (1, 2) for day in ("01-29", "02-05", "02-12", "02-19", "02-26")}, 0, "week", **cut
    )
    assert list(found.values()) == ["incomplete", "settled", "settled", "settled", "incomplete"]


def series_apart(con: Con) -> None:
    counts = {0: {"2018-01-01": (1, 2), "2018-02-01": (2, 2)}, 1: {"2018-02-01": (0, 4), "2018-04-01": (1, 4)}}
    found = periods(con, counts, {0: 0, 1: 70})
    assert [(row["slice"], f"{row['period_start']:%m}", row["value"], row["state"]) for row in found] == [
        (0, "01", 0.5, "settled"), (0, "02", 1, "settled"),
        (1, "02", 0, "settled"), (1, "03", None, "empty"), (1, "04", 0.25, "moving"),
    ]  # fmt: skip


def starts(con: Con) -> None:
    con.execute(
        "create or replace temp table periods (slice bigint, period_start date, state varchar, rebased_on date[])"
    )
    declared = "['2018-03-01', '2018-04-01', '2018-09-01']"
    for number, of in ((0, declared), (1, "[]"), (2, "['2018-01-01', '2017-06-01', '2018-02-01']")):
        for month in range(1, 7):
            state = "empty" if month in (3, 4) else "settled"
            con.execute(f"insert into periods values ({number}, '2018-0{month}-01', '{state}', {of}::date[])")
    found = sql.rows(con, "select slice, period_start from rebased('periods') where is_rebased order by all")
    assert [(row["slice"], row["period_start"].month) for row in found] == [(0, 5), (2, 2)]
    assert len(sql.rows(con, "from rebased('periods')")) == 12


CASES: list[Callable[[Con], None]] = [
    whole_months, the_ends_of_the_data, maturity, weeks, the_readers_period, series_apart, starts,
]  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_by_hand(con: Con, case: Callable[[Con], None]) -> None:
    case(con)


SETTLED, REBASED = "settled.sql", "rebased.sql"
CHANGES = [
    (SETTLED, "cast(min(period_start) as timestamp)", "cast(max(period_start) as timestamp)"),
    (SETTLED, "            if(grain = 'week', interval 7 day, interval 1 month)\n", "            interval 1 month\n"),
    (SETTLED, "        group by slice", "        group by all"),
    (SETTLED, "on periods.slice = own.slice", "on true"),
    (SETTLED, "cast(periods.period_start + if(grain = 'week', interval 7 day, interval 1 month) as date) - 1", "cast(periods.period_start + if(grain = 'week', interval 7 day, interval 1 month) as date)"),
    (SETTLED, "cast(periods.period_start + if(grain = 'week', interval 7 day, interval 1 month) as date) - 1", "cast(periods.period_start + interval 7 day as date) - 1"),
    (SETTLED, "cast(periods.period_start + if(grain = 'week', interval 7 day, interval 1 month) as date) - 1", "cast(periods.period_start + interval 1 month as date) - 1"),
    (SETTLED, "ends.period_start < greatest(first_day, from_day)", "ends.period_start <= greatest(first_day, from_day)"),
    (SETTLED, "ends.period_start < greatest(first_day, from_day)", "ends.period_start < first_day"),
    (SETTLED, "ends.period_start < greatest(first_day, from_day)", "ends.period_start < from_day"),
    (SETTLED, "ends.period_start < greatest(first_day, from_day)", "false"),
    (SETTLED, "ends.ends_on > least(last_day, to_day)", "ends.ends_on >= least(last_day, to_day)"),
    (SETTLED, "ends.ends_on > least(last_day, to_day)", "ends.ends_on > last_day"),
    (SETTLED, "ends.ends_on > least(last_day, to_day)", "ends.ends_on > to_day"),
    (SETTLED, "ends.ends_on > least(last_day, to_day)", "false"),
    (SETTLED, "+ cast(ends.maturity_days as integer) > last_day", "+ cast(ends.maturity_days as integer) >= last_day"),
    (SETTLED, "ends.ends_on + cast(ends.maturity_days as integer)", "ends.period_start + cast(ends.maturity_days as integer)"),
    (SETTLED, "ends.ends_on + cast(ends.maturity_days as integer)", "ends.ends_on"),
    (SETTLED, "coalesce(counts.denominator, 0) = 0", "counts.denominator = 0"),
    (SETTLED, "coalesce(counts.denominator, 0) = 0", "counts.denominator is null"),
    (SETTLED, "counts.numerator / nullif(counts.denominator, 0)", "coalesce(counts.numerator, 0) / 1"),
    (SETTLED, "    left join query_table(counts)", "    inner join query_table(counts)"),
    (SETTLED, "on ends.slice = counts.slice and ends.period_start = counts.period_start", "on ends.period_start = counts.period_start"),
    (REBASED, "lambda declared: declared <= period_start", "lambda declared: declared < period_start"),
    (REBASED, "lambda declared: declared <= coalesce(", "lambda declared: declared < coalesce("),
    (REBASED, "over (partition by slice order by period_start)", "over (order by period_start, slice desc)"),
    (REBASED, "over (partition by slice order by period_start), period_start", "over (partition by slice order by period_start), date '1900-01-01'"),
    (REBASED, "where state = 'settled'", "where true"),
]  # fmt: skip


@pytest.mark.mutation
@pytest.mark.parametrize(("file", "before", "after"), CHANGES)
def test_a_change_is_caught(con: Con, file: str, before: str, after: str) -> None:
    text = (TRENDS / file).read_text("utf-8")
    assert text.count(before) == 1, "the text to be changed is no longer there, or there twice"
    con.execute(text.replace(before, after))
    with pytest.raises((AssertionError, duckdb.Error, KeyError)):
        for case in CASES:
            case(con)

"""Young months: by hand, against loops in Python, and the interval tried on made-up months."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from math import prod, sqrt
from pathlib import Path
from typing import Any

import duckdb
import pytest

import sql
from tests.sql.world import Row, world

TRENDS = sql.FOLDER / "trends"
FIRST = date(2018, 1, 1)
Days = Counter[tuple[date, int | None]]


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        for name in ("beta_quantile", "t_quantile", "completeness"):
            con.execute((TRENDS / f"{name}.sql").read_text("utf-8"))
        yield con


def completeness(con: duckdb.DuckDBPyConnection, days: Days, last_day: date) -> dict[str, dict[str, Any]]:
    """The macro on the logs by day of report and delay, of which only what happened by the last day is known."""
    known: Days = Counter()
    for (day, delay), logs in days.items():
        if day <= last_day:
            known[day, delay if delay is not None and day + timedelta(days=delay) < last_day else None] += logs
    given = [(day, delay, logs) for (day, delay), logs in known.items()]
    query = (
        "with days as (select unnest($day::date[]) as reported_on, unnest($delay::bigint[]) as delay, "
        "unnest($logs::bigint[]) as logs) from completeness('days', $last_day::date)"
    )
    values = {name: [row[i] for row in given] for i, name in enumerate(("day", "delay", "logs"))}
    return {f"{row['month']:%Y-%m}": row for row in sql.rows(con, query, {**values, "last_day": last_day})}


def test_days_that_are_all_alike(con: duckdb.DuckDBPyConnection) -> None:
    # of ten logs a day five are recorded at once, one after five days, and four never
    days: Days = Counter()
    for i in range(760):
        for delay, logs in ((0, 5), (5, 1), (None, 4)):
            days[FIRST + timedelta(days=i), delay] = logs
    found = completeness(con, days, date(2019, 12, 31))
    young, old = found["2019-12"], found["2019-09"]
    assert (old["recorded"], old["is_settled"], old["final_rate"], old["complete"]) == (180, True, 0.6, 1)
    assert (old["lower"], old["upper"]) == (0.6, 0.6)
    assert [month for month, row in found.items() if not row["is_settled"]] == ["2019-10", "2019-11", "2019-12"]
    # the log days of 27 to 30 December and, in whole days, of the 26th still have one to come, the 31st all six
    assert (young["logs"], young["recorded"], young["tested_months"]) == (310, 30 * 5 + 25, 12)
    assert young["final_rate"] == pytest.approx(0.6)
    assert young["complete"] == pytest.approx(175 / 186)
    # open: 10 with a chance of 0.6; on each of five days 5 with one of 1/5; t on 12 degrees is 2.178813
    half = 2.178813 * sqrt(10 * 0.6 * 0.4 + 5 * 5 * 0.2 * 0.8) / 310
    assert young["upper"] == pytest.approx(0.6 + half, abs=1e-6)
    assert young["lower"] == pytest.approx(0.6 - half, abs=1e-6)


@pytest.mark.parametrize(("last_day", "newest"), [(date(2019, 12, 31), 9), (date(2019, 12, 15), 8)])
def test_misses_of_months_before_widen_the_interval(
    con: duckdb.DuckDBPyConnection, last_day: date, newest: int
) -> None:
    # in every other month none of the late ones comes, so that forecasts miss by turns; told again with loops. In the
    # middle of December the months before are tried as of the middle of theirs
    days: Days = Counter()
    for i in range(760):
        day = FIRST + timedelta(days=i)
        late = 5 if day.month % 2 else None
        for delay, logs in ((0, 5), (late, 3), (None, 2)):
            days[day, delay] += logs
    row = completeness(con, days, last_day)["2019-12"]
    tries, of = [], range(12)
    for number in of:
        ends_on = date(2019, newest + 1, 1) - timedelta(days=1)
        for _ in range(number):
            ends_on = ends_on.replace(day=1) - timedelta(days=1)
        known_to = ends_on - (date(2019, 12, 31) - last_day)
        coming, variance = _to_come(days, known_to, f"{ends_on:%Y-%m}")
        came = sum(
            logs for (day, delay), logs in days.items()
            if f"{day:%Y-%m}" == f"{ends_on:%Y-%m}" and day <= known_to and delay is not None
            and delay >= (known_to - day).days
        )  # fmt: skip
        tries.append((came, coming, variance))
    share = sum((came - coming) ** 2 - variance for came, coming, variance in tries) / sum(c**2 for _, c, _ in tries)
    coming, variance = _to_come(days, last_day, "2019-12")
    half = 2.178813 * sqrt(variance + share * coming**2)
    assert row["tested_months"] == len(of)
    assert share > 0.1
    assert row["upper"] * row["logs"] - row["final_rate"] * row["logs"] == pytest.approx(half, rel=1e-6)


def test_a_month_is_settled_when_its_last_day_is_ninety_days_old(con: duckdb.DuckDBPyConnection) -> None:
    days: Days = Counter({(FIRST + timedelta(days=i), delay): 5 for i in range(400) for delay in (0, None)})
    # 30 September and 90 days is 29 December; tried in months settled by then whose forecast has 120 days behind it
    before, after = (completeness(con, days, date(2018, 12, day)) for day in (28, 29))
    assert [found["2018-09"]["is_settled"] for found in (before, after)] == [False, True]
    assert [found["2018-09"]["tested_months"] for found in (before, after)] == [7, 0]
    assert [found["2018-12"]["tested_months"] for found in (before, after)] == [4, 5]
    # September, on 1 October: April was as old on 1 May, when 120 days lay behind it; three are enough for an interval
    found = completeness(con, days, date(2018, 10, 1))["2018-09"]
    assert (found["tested_months"], found["upper"]) == (3, pytest.approx(0.5))


def test_the_ninetieth_day_counts_and_none_after(con: duckdb.DuckDBPyConnection) -> None:
    # of four logs a day two are recorded at once and one after 89 days, but for those of 1 and 2 October 2019, which
    # are 91 and 90 days old: theirs is over
    days: Days = Counter()
    for i in range(760):
        day = FIRST + timedelta(days=i)
        is_over = day in (date(2019, 10, 1), date(2019, 10, 2))
        for delay, logs in ((0, 2), (89, 0 if is_over else 1), (None, 2 if is_over else 1)):
            days[day, delay] += logs
    found = completeness(con, days, date(2019, 12, 31))
    assert (found["2019-09"]["final_rate"], found["2019-09"]["recorded"]) == (0.75, 90)
    # from 5 July to 2 October: 88 recorded on their last day, of 180
    assert found["2019-10"]["final_rate"] == pytest.approx((2 * 2 + 29 * (2 + 2 * 88 / 180)) / 124)


def test_where_nothing_is_to_come_nothing_is_forecast(con: duckdb.DuckDBPyConnection) -> None:
    spans = [FIRST + timedelta(days=i) for i in range(760)]
    all_at_once = completeness(con, Counter({(day, 0): 3 for day in spans}), date(2019, 12, 31))
    assert (all_at_once["2019-11"]["final_rate"], all_at_once["2019-11"]["lower"]) == (1, 1)
    assert all_at_once["2019-12"]["final_rate"] == pytest.approx(1)
    some = completeness(con, Counter({(day, delay): 2 for day in spans for delay in (0, None)}), date(2019, 12, 31))
    assert (some["2019-11"]["lower"], some["2019-11"]["upper"], some["2019-11"]["complete"]) == (0.5, 0.5, 1)
    # all but one at once: of such a day, 11 days old, the 90 days before it say nothing
    left = Counter({(day, None if day == date(2019, 12, 20) else 0): 3 for day in spans})
    assert completeness(con, left, date(2019, 12, 31))["2019-12"]["final_rate"] == pytest.approx((29 + 89 / 90) / 31)
    none = completeness(con, Counter({(day, None): 3 for day in spans}), date(2019, 12, 31))["2019-11"]
    assert (none["final_rate"], none["complete"]) == (0, None)


def test_delays_are_whole_days_and_end_at_ninety(con: duckdb.DuckDBPyConnection) -> None:
    moments = {
        "2019-01-01 11:00": 0, "2019-01-01 12:00": 0, "2019-01-02 11:59:59": 0, "2019-01-02 12:00": 1,
        "2019-04-01 11:59:59": 89, "2019-04-01 12:00": None, None: None,
    }  # fmt: skip
    con.execute("create or replace temp table logs (reported_date date, reported_at timestamp, "
                "first_recorded_at timestamp, recording_state varchar)")  # fmt: skip
    for moment, delay in moments.items():
        con.execute("delete from logs")
        for state in ("recorded_late", "explained", "out_of_scope", "duplicate", "pending"):
            con.execute("insert into logs values ('2019-01-01', '2019-01-01 12:00', ?, ?)", [moment, state])
        assert sql.rows(con, "from recorded_delays('logs')") == [
            {"reported_on": date(2019, 1, 1), "delay": delay, "logs": 3}
        ], moment


def test_an_unfinished_month_is_forecast_for_the_days_so_far(con: duckdb.DuckDBPyConnection) -> None:
    days: Days = Counter({(FIRST + timedelta(days=i), 0): 6 for i in range(400)})
    days.update({(FIRST + timedelta(days=i), None): 4 for i in range(400)})
    found = completeness(con, days, date(2018, 12, 10))["2018-12"]
    assert (found["logs"], found["recorded"], found["is_settled"]) == (100, 54, False)
    assert found["final_rate"] == pytest.approx(0.6)


@pytest.mark.parametrize(("last_day", "tested"), [(date(2018, 3, 31), 0), (date(2018, 9, 30), 2)])
def test_before_three_months_were_tried_the_interval_is_what_is_certain(
    con: duckdb.DuckDBPyConnection, last_day: date, tested: int
) -> None:
    days: Days = Counter({(FIRST + timedelta(days=i), delay): 5 for i in range(300) for delay in (0, None)})
    found = completeness(con, days, last_day)[f"{last_day:%Y-%m}"]
    assert found["tested_months"] == tested
    assert (found["lower"], found["upper"]) == (found["recorded"] / found["logs"], 1)


def _made_up(seed: int, months: int, a_day: int, spread: float) -> tuple[Days, dict[str, float]]:
    """Logs by day, where the share recorded late varies between months; and every month's final rate."""
    draw, days, final = random.Random(seed), Counter(), defaultdict(lambda: [0, 0])
    day, effect, month = FIRST, 0.0, -1
    while (day.year - 2018) * 12 + day.month <= months:
        if day.month != month:
            month, effect = day.month, draw.gauss(0, spread)
        late = min(0.4, max(0.02, 0.15 + effect))
        for _ in range(round(draw.gauss(a_day, sqrt(a_day)))):
            kind = draw.random()
            delay = 0 if kind < 0.55 else int(draw.expovariate(1 / 12)) if kind < 0.55 + late else None
            days[day, delay if delay is not None and delay < 90 else None] += 1
            final[f"{day:%Y-%m}"][0] += delay is not None and delay < 90
            final[f"{day:%Y-%m}"][1] += 1
        day += timedelta(days=1)
    return days, {key: met / of for key, (met, of) in final.items()}


def _hazards(by_day: dict[date, Counter[int | None]], last_day: date) -> list[float]:
    """The chance of each day of delay, from the last 90 calendar days."""
    hazards = []
    for delay in range(90):
        recorded = exposed = 0
        for back in range(1, 91):
            day = last_day - timedelta(days=delay + back)
            if day in by_day:
                recorded += by_day[day][delay]
                exposed += sum(n for d, n in by_day[day].items() if d is None or d >= delay)
        hazards.append(recorded / exposed if exposed else 0)
    return hazards


def _open(days: Days, last_day: date, month: str) -> Iterator[tuple[int, int, float]]:
    """For each day of report: logs, those recorded by the last day, and the chance of each of the others."""
    by_day = {day: Counter[int | None]() for day, _ in days}
    for (day, delay), n in days.items():
        by_day[day][delay] += n
    hazards = _hazards(by_day, last_day)
    for day, delays in by_day.items():
        if f"{day:%Y-%m}" == month and day <= last_day:
            age = min(90, (last_day - day).days)
            yield (
                sum(delays.values()),
                sum(n for d, n in delays.items() if d is not None and d < age),
                1 - prod(1 - hazard for hazard in hazards[age:]),
            )


def _to_come(days: Days, last_day: date, month: str) -> tuple[float, float]:
    """How many of the month are still to be recorded, forecast on the last day, and the binomial variance of it."""
    found = [((logs - known) * chance, chance) for logs, known, chance in _open(days, last_day, month)]
    return sum(coming for coming, _ in found), sum(coming * (1 - chance) for coming, chance in found)


def _oracle(days: Days, last_day: date, month: str) -> float:
    """The final rate of a month, forecast with loops."""
    found = list(_open(days, last_day, month))
    return sum(known + (logs - known) * chance for logs, known, chance in found) / sum(logs for logs, _, _ in found)


@pytest.mark.parametrize("last_day", [date(2018, 9, 30), date(2018, 10, 17), date(2018, 12, 31)])
def test_against_loops(con: duckdb.DuckDBPyConnection, last_day: date) -> None:
    days, _ = _made_up(3, 14, 12, 0.05)
    found = completeness(con, days, last_day)
    for month in (f"{last_day:%Y-%m}", "2018-08"):
        assert found[month]["final_rate"] == pytest.approx(_oracle(days, last_day, month), rel=1e-9)


def test_nine_intervals_in_ten_hold_the_final_figure(con: duckdb.DuckDBPyConnection) -> None:
    held = tried = 0
    for seed in range(3):
        days, final = _made_up(seed, 24, 30, 0.04)
        for number in range(10, 21):
            following = date(2018 + number // 12, number % 12 + 1, 1)
            found = list(completeness(con, days, following - timedelta(days=1)).items())[-1]
            held += found[1]["lower"] <= final[found[0]] <= found[1]["upper"]
            tried += 1
            assert found[1]["upper"] - found[1]["lower"] < 0.2
    assert held / tried >= 0.9, f"{held} of {tried}"


def test_the_door_keeps_closed_logs_at_risk() -> None:
    log: Row = {"opening_code": "shoplifting", "district": "North"}
    logs = [
        {**log, "incident_id": "now", "reported_at": "2019-01-05 12:00", "crime_ref": "a"},
        {**log, "incident_id": "late", "reported_at": "2019-01-05 12:00", "crime_ref": "b"},
        {**log, "incident_id": "too late", "reported_at": "2019-01-05 12:00", "crime_ref": "c"},
        {**log, "incident_id": "closed", "reported_at": "2019-01-05 12:00", "closed_at": "2019-01-06 12:00",
         "no_crime_reason": "victim_untraced"},
        {**log, "incident_id": "young", "reported_at": "2019-05-05 12:00", "closed_at": "2019-05-06 12:00",
         "no_crime_reason": "victim_untraced", "district": "South"},
    ]  # fmt: skip
    crimes: list[Row] = [
        {"crime_ref": "a", "recorded_at": "2019-01-05 13:00"},
        {"crime_ref": "b", "recorded_at": "2019-04-05 11:00"},
        {"crime_ref": "c", "recorded_at": "2019-04-05 12:00"},
    ]
    con = world(logs, crimes, data_cut="2019-05-31 12:00")
    snapshot = sql.Snapshot("fixture", Path("fixture"), con, sql.rows(con, "select * from snapshot_info")[0])
    old, young = sql.completeness(snapshot)
    assert (old["logs"], old["recorded"], old["is_settled"], old["final_rate"]) == (4, 2, True, 0.5)
    assert (young["logs"], young["is_settled"]) == (1, False)
    assert [row["logs"] for row in sql.completeness(snapshot, {"district": "South"})] == [1]
    con.close()
    con = world(logs, [{"crime_ref": "a"}], data_cut="2019-05-31 12:00")
    snapshot = sql.Snapshot("fixture", Path("fixture"), con, sql.rows(con, "select * from snapshot_info")[0])
    with pytest.raises(sql.NotAvailable, match="needs crime.recorded_at"):
        sql.completeness(snapshot)
    con.close()

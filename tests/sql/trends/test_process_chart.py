"""A metric's control chart: which periods enter it, and which are given apart."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

import sql
from sql.door import process_control
from tests.sql.trends.spc_oracle import oracle
from tests.sql.world import Row, world

Declare = Callable[..., None]

METRIC = "logs_recorded"  # matures in 90 days; higher is better; no target


def _logs() -> list[Row]:
    """Ten logs or more a month from 10 January 2018 to October 2019, none in May 2018, some of them recorded."""
    logs: list[Row] = []
    for number in range(22):
        year, month = 2018 + number // 12, number % 12 + 1
        for i in range(0 if number == 4 else 10 + number % 3):
            moment = datetime(year, month, 11 + i, 12)
            log = {"incident_id": f"{number}-{i}", "reported_at": f"{moment:%Y-%m-%d %H:%M}", "district": "North"}
            log |= {"opening_code": "shoplifting", "crime_ref": f"c{number}" if i == 0 else None}
            logs.append(log | ({"is_domestic_abuse": True} if i % 2 else {}))
    return [{**logs[0], "incident_id": "first", "reported_at": "2018-01-10 12:00", "crime_ref": None,
             "no_crime_reason": "victim_untraced"}, *logs]  # fmt: skip


@pytest.fixture(scope="module")
def snapshot() -> Iterator[sql.Snapshot]:
    crimes = [{"crime_ref": f"c{number}"} for number in range(22)]
    con = world(_logs(), crimes, data_cut="2019-11-29 12:00")
    yield sql.Snapshot("fixture", Path("fixture"), con, sql.rows(con, "select * from snapshot_info")[0])
    con.close()


def test_a_chart_is_drawn_by_the_sql_that_the_snapshot_tells_of(snapshot: sql.Snapshot) -> None:
    def reach(drawn: sql.Snapshot) -> float:
        point = sql.process_chart(drawn, METRIC).points[0]
        return point["upper_limit"] - point["mean"]

    narrowed = "update method set text = replace(text, $was, $becomes) where name = 'spc_limits'"
    snapshot.con.execute(narrowed, {"was": "3 * sigma_z", "becomes": "1.5 * sigma_z"})
    other = sql.Snapshot(snapshot.name, snapshot.path, snapshot.con, snapshot.info)
    halved = reach(other)
    snapshot.con.execute(narrowed, {"was": "1.5 * sigma_z", "becomes": "3 * sigma_z"})
    assert halved == pytest.approx(reach(snapshot) / 2)


def test_the_signals_expected_are_the_same_to_the_digit_whatever_order_they_are_added_in(
    snapshot: sql.Snapshot,
) -> None:
    lengths = [13 + number * 7 % 60 for number in range(400)]
    one = process_control._expected(snapshot, "nhsr_0_2_2", "p_prime", lengths)
    assert {process_control._expected(snapshot, "nhsr_0_2_2", "p_prime", lengths[::-1]) for _ in range(20)} == {one}


def test_only_settled_periods_enter(snapshot: sql.Snapshot) -> None:
    chart = sql.process_chart(snapshot, METRIC)
    assert (chart.profile, chart.chart) == ("nhsr_0_2_2", "p_prime")
    states = {row["period_start"]: row["state"] for row in chart.apart}
    # the data begin on 10 January; nothing is counted in May; 31 August and 90 days is 29 November, the data cut
    assert states == {
        date(2018, 1, 1): "incomplete",
        date(2018, 5, 1): "empty",
        date(2019, 9, 1): "moving",
        date(2019, 10, 1): "moving",
    }
    assert [point["period_start"] for point in chart.points][:5] == [date(2018, m, 1) for m in (2, 3, 4, 6, 7)]
    assert chart.points[-1]["period_start"] == date(2019, 8, 1)
    series = [{**point, "is_rebased": False} for point in chart.points]
    assert [point["signal"] for point in chart.points] == [
        p["signal"] for p in oracle(series, chart.profile, "p_prime")
    ]
    assert chart.points[0]["mean"] == sum(p["numerator"] for p in chart.points) / sum(
        p["denominator"] for p in chart.points
    )


@pytest.mark.parametrize("grain", ["month", "week"])
@pytest.mark.parametrize("where", [{}, {"district": "North", "is_domestic_abuse": True}, {"from": "2018-06"}])
def test_the_points_are_the_figures(snapshot: sql.Snapshot, grain: str, where: dict[str, object]) -> None:
    chart = sql.process_chart(snapshot, METRIC, grain, where, "mdc_2023", chart="xmr")
    found = {
        f"{row['period_start']:%Y-%m-%d}"[: 7 if grain == "month" else 10]: row for row in chart.points + chart.apart
    }
    figures = sql.figures(snapshot, METRIC, (grain,), where)
    assert {row[grain]: (row["met"], row["of"], row["rate"]) for row in figures} == {
        period: (row["numerator"], row["denominator"], row["value"])
        for period, row in found.items()
        if row["value"] is not None
    }
    if grain == "week":
        assert all(point["period_start"] + timedelta(days=6 + 90) <= date(2019, 11, 29) for point in chart.points)


REBASE = {
    "metric_id": METRIC, "grain": "month", "period": "2019-01", "dimension": None, "value": None,
    "reason": "a new control room system", "declared_by_role": "force crime registrar",
}  # fmt: skip


@pytest.fixture
def declared(snapshot: sql.Snapshot) -> Iterator[Declare]:
    """Declare rebases: each call stands in place of those before, and none is left when the test is over."""

    def declare(*rebases: Row) -> None:
        snapshot.con.execute("delete from ref_rebase")
        for row in rebases:
            cells = {**REBASE, **row}
            snapshot.con.execute(
                f"insert into ref_rebase by name select {', '.join(f'${key} as {key}' for key in cells)}", cells
            )

    yield declare
    snapshot.con.execute("delete from ref_rebase")


def _phases(chart: sql.ProcessChart) -> list[int]:
    return [point["phase"] for point in chart.points]


def test_a_declared_rebase_begins_a_phase(snapshot: sql.Snapshot, declared: Declare) -> None:
    declared({})
    chart = sql.process_chart(snapshot, METRIC)
    assert _phases(chart) == [0] * 10 + [1] * 8
    assert {point["is_trial"] for point in chart.points} == {True}
    assert [(row["reason"], row["starts_on"], row["problem"]) for row in chart.rebases] == [
        ("a new control room system", date(2019, 1, 1), "")
    ]
    first, last = chart.points[:10], chart.points[10:]
    for phase in (first, last):
        pooled = sum(point["numerator"] for point in phase) / sum(point["denominator"] for point in phase)
        assert all(point["mean"] == pytest.approx(pooled) for point in phase)
    other = sql.process_chart(snapshot, "logs_unexplained")
    assert (set(_phases(other)), other.rebases) == ({0}, [])
    assert set(_phases(sql.process_chart(snapshot, METRIC, "week"))) == {0}


@pytest.mark.parametrize(
    ("period", "phases"),
    [
        ("2018-05", [0] * 3 + [1] * 15),  # nothing is counted in May: from June on
        ("2018-02", [0] * 18),  # the chart's first settled month: nothing before it to part from
        ("2017-06", [0] * 18),
        ("2019-08", [0] * 17 + [1]),
        ("2019-09", [0] * 18),  # still moving: from when it has settled
    ],
)
def test_a_rebase_takes_effect_at_the_first_settled_period(
    snapshot: sql.Snapshot, declared: Declare, period: str, phases: list[int]
) -> None:
    declared({"period": period})
    assert _phases(sql.process_chart(snapshot, METRIC)) == phases


def test_two_rebases_before_one_point_are_one(snapshot: sql.Snapshot, declared: Declare) -> None:
    declared({"period": "2018-05"}, {"period": "2018-06"}, {"period": "2019-01"})
    assert _phases(sql.process_chart(snapshot, METRIC)) == [0] * 3 + [1] * 7 + [2] * 8


def test_a_rebase_of_a_slice_holds_for_it_and_what_lies_within(snapshot: sql.Snapshot, declared: Declare) -> None:
    declared({"dimension": "district", "value": "North"})
    flagged = {"is_domestic_abuse": True}
    for where, is_rebased in (
        ({}, False), ({"district": "North"}, True), ({"district": ["North"], **flagged}, True),
        ({"district": ["North", "South"]}, False), (flagged, False),
    ):  # fmt: skip
        chart = sql.process_chart(snapshot, METRIC, where=where)
        assert (1 in _phases(chart), len(chart.rebases)) == (is_rebased, int(is_rebased)), where
    declared({"dimension": "is_domestic_abuse", "value": "true"})
    assert [1 in _phases(sql.process_chart(snapshot, METRIC, where={"is_domestic_abuse": flag}))
            for flag in (True, None)] == [True, False]  # fmt: skip
    declared({})
    assert 1 in _phases(sql.process_chart(snapshot, METRIC, where=flagged))


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"metric_id": "logs_record"}, "there is no metric 'logs_record': did you mean logs_recorded"),
        ({"metric_id": None}, "there is no metric ''"),
        ({"period": "2018-13"}, "month is '2018-13': give a month such as 2018-05"),
        ({"period": None}, "month is ''"),
        ({"grain": "week", "period": "2018-05-08"}, "give a Monday such as 2018-05-07"),
        ({"grain": "year"}, "its grain is 'year': give month or week"),
        ({"dimension": "colour", "value": "red"}, "there is no key 'colour'"),
        ({"dimension": "district", "value": "Atlantis"}, "no record has the district 'Atlantis'"),
        ({"reason": " "}, "it gives no reason"),
        ({"reason": None}, "it gives no reason"),
    ],
)
def test_a_rebase_that_means_nothing_is_said_and_breaks_no_chart(
    snapshot: sql.Snapshot, declared: Declare, row: Row, problem: str
) -> None:
    before = sql.process_chart(snapshot, METRIC)
    declared(row)
    (found,) = sql.rebases(snapshot)
    assert problem in found["problem"]
    assert found["starts_on"] is None
    for grain in ("month", "week"):
        assert set(_phases(sql.process_chart(snapshot, METRIC, grain))) == {0}
    assert sql.process_chart(snapshot, METRIC).points == before.points


def test_a_week_across_the_end_of_the_readers_period_is_incomplete(snapshot: sql.Snapshot) -> None:
    # 1 June 2018 is a Friday, 28 February 2019 a Thursday
    chart = sql.process_chart(snapshot, METRIC, "week", {"from": "2018-06", "to": "2018-07"})
    whole = sql.process_chart(snapshot, METRIC, "week")
    kept = [point["period_start"] for point in chart.points]
    assert kept == [
        point["period_start"]
        for point in whole.points
        if date(2018, 6, 4) <= point["period_start"] <= date(2018, 7, 23)
    ]
    assert all(row["state"] != "settled" for row in chart.apart)


def test_charts_asked_together_are_those_asked_one_by_one(snapshot: sql.Snapshot, declared: Declare) -> None:
    declared({"metric_id": "logs_unexplained"})
    names = (METRIC, "logs_unexplained", "logs_explained")
    found = sql.process_charts(snapshot, names, where={"district": "North"})
    assert list(found) == list(names)
    for name, chart in found.items():
        alone = sql.process_chart(snapshot, name, where={"district": "North"})
        assert _unplaced(chart.points + chart.apart) == _unplaced(alone.points + alone.apart)
    assert 1 in _phases(found["logs_unexplained"])
    assert sql.process_charts(snapshot, ()) == {}


def _unplaced(points: list[Row]) -> list[Row]:
    return [{name: value for name, value in point.items() if name != "slice"} for point in points]


def test_what_is_no_chart_is_refused(snapshot: sql.Snapshot) -> None:
    with pytest.raises(sql.UnknownKey, match="no chart by 'year', whose periods overlap or are none"):
        sql.process_chart(snapshot, METRIC, "year")
    with pytest.raises(sql.UnknownKey, match="no process control by 'nhs'"):
        sql.process_chart(snapshot, METRIC, profile="nhs")
    with pytest.raises(sql.UnknownMetric):
        sql.process_chart(snapshot, "none")


def test_nothing_counted_is_no_points(snapshot: sql.Snapshot) -> None:
    chart = sql.process_chart(snapshot, METRIC, where={"district": "South"})
    assert (chart.points, chart.apart) == ([], [])


def test_signals_are_listed_with_how_many_chance_gives(snapshot: sql.Snapshot) -> None:
    found = sql.signals(snapshot, METRIC, "is_domestic_abuse")
    charts = [sql.process_chart(snapshot, METRIC, where={"is_domestic_abuse": value}) for value in (True, None)]
    assert (found.examined, found.too_short) == (2, 0)
    assert [len(chart.points) for chart in charts] == [18, 18]
    by_chance = sql.table(snapshot, "ref_spc_false_signal", {"profile": "nhsr_0_2_2", "chart": "p_prime", "n": 18})
    assert found.expected == pytest.approx(2 * by_chance[0]["value"])
    assert 0 < by_chance[0]["value"] < 0.1
    assert len(found.points) == sum(chart.points[-1]["signal"] is not None for chart in charts)
    short = sql.signals(snapshot, METRIC, "district", where={"from": "2019-01"})
    assert (short.examined, short.too_short, short.expected, short.points) == (0, 1, 0, [])

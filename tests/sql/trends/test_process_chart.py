"""A metric's control chart: which periods enter it, and which are given apart."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

import sql
from tests.sql.trends.spc_oracle import oracle
from tests.sql.world import Row, world

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
    return [{**logs[0], "incident_id": "first", "reported_at": "2018-01-10 12:00", "crime_ref": None}, *logs]


@pytest.fixture(scope="module")
def snapshot() -> Iterator[sql.Snapshot]:
    crimes = [{"crime_ref": f"c{number}"} for number in range(22)]
    con = world(_logs(), crimes, data_cut="2019-11-29 12:00")
    yield sql.Snapshot("fixture", Path("fixture"), con, sql.rows(con, "select * from snapshot_info")[0])
    con.close()


def test_only_settled_periods_enter(snapshot: sql.Snapshot) -> None:
    chart = sql.process_chart(snapshot, METRIC)
    assert (chart.profile, chart.chart) == ("nhsr_0_2_2", "p_prime")
    states = {row["period_at"]: row["state"] for row in chart.apart}
    # the data begin on 10 January; nothing is counted in May; 31 August and 90 days is 29 November, the data cut
    assert states == {
        date(2018, 1, 1): "incomplete",
        date(2018, 5, 1): "empty",
        date(2019, 9, 1): "moving",
        date(2019, 10, 1): "moving",
    }
    assert [point["period_at"] for point in chart.points][:5] == [date(2018, m, 1) for m in (2, 3, 4, 6, 7)]
    assert chart.points[-1]["period_at"] == date(2019, 8, 1)
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
    found = {f"{row['period_at']:%Y-%m-%d}"[: 7 if grain == "month" else 10]: row for row in chart.points + chart.apart}
    figures = sql.figures(snapshot, METRIC, (grain,), where)
    assert {row[grain]: (row["met"], row["of"], row["rate"]) for row in figures} == {
        period: (row["numerator"], row["denominator"], row["value"])
        for period, row in found.items()
        if row["value"] is not None
    }
    if grain == "week":
        assert all(point["period_at"] + timedelta(days=6 + 90) <= date(2019, 11, 29) for point in chart.points)


def test_a_rebase_is_declared_with_a_reason(snapshot: sql.Snapshot) -> None:
    chart = sql.process_chart(snapshot, METRIC, rebased={"2019-01": "a new control room system"})
    assert [point["phase"] for point in chart.points] == [0] * 10 + [1] * 8
    assert {point["is_trial"] for point in chart.points} == {True}
    for rebased in ({"2019-01": " "}, {"2019-09": "still moving"}, {"2018-05": "empty"}):
        with pytest.raises(sql.UnknownKey, match="a rebase needs a settled month of the chart, and a reason"):
            sql.process_chart(snapshot, METRIC, rebased=rebased)


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

"""Stored totals and counted records give the same figures; a snapshot file is opened to be read and nothing else."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import duckdb
import pytest

import sql
from tests.sql.metrics.busy_world import busy_world

METRICS = ("logs_recorded", "crimes_in_time", "closures_supervised", "appointments_kept")
BY = [
    [*grain, *dimension]
    for grain, dimension in product([[], ["month"], ["week"]], [[], *([d] for d in sql.DIMENSIONS)])
]
SEVERAL_BY = [["week", "month"], ["month", "channel", "offence_group"], ["district", "team_id"], ["team_id", "grade"]]
WHERE: list[dict[str, Any]] = [
    {},
    {"month": "2018-04"},
    {"month": ["2018-03", "2018-04"]},
    {"week": ["2018-03-26", "2018-04-02"]},
    {"from": "2018-04"},
    {"from": "2018-03", "to": "2018-04"},
    {"channel": ["999", None]},
    {"is_domestic_abuse": [True, None]},
    {"district": None, "to": "2018-03"},
    {"grade": "emergency", "team_id": "no_such_team"},
    {"offence_group": []},
]
SEVERAL_WHERE: list[dict[str, Any]] = [
    {"week": "2018-03-26", "month": "2018-04"},
    {"is_domestic_abuse": True, "channel": ["999", None], "from": "2018-04"},
    {"district": [None, "North"], "offence_group": "Violence against the person", "is_domestic_abuse": False},
    {"grade": "emergency", "district": "North"},
]


@pytest.fixture(scope="module")
def busy() -> Iterator[sql.Snapshot]:
    con = busy_world(seed=9207)
    yield sql.Snapshot("fixture", Path("fixture"), con, sql.rows(con, "select * from snapshot_info")[0])
    con.close()


@pytest.mark.parametrize("metric_id", METRICS)
def test_stored_and_counted_figures_are_equal(busy: sql.Snapshot, metric_id: str) -> None:
    several = [*product(SEVERAL_BY, [{}, *SEVERAL_WHERE]), *product([[], ["month"], ["channel"]], SEVERAL_WHERE)]
    for by, where in [*product(BY, WHERE), *several]:
        stored = sql.figures(busy, metric_id, by, where, median=False)
        assert stored == sql.figures(busy, metric_id, by, where, median=False, stored=False), (by, where)


def test_the_cells_answer_without_counting_but_by_grade(busy: sql.Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = sql.figures(busy, "logs_recorded", ["month", "channel"], {"district": "North"})
    charts = sql.process_charts(busy, METRICS, where={"district": "North", "is_domestic_abuse": True})

    def count(*_: Any) -> tuple[str, dict[str, Any]]:
        raise AssertionError("the records are counted")

    monkeypatch.setattr("sql.door.figures._counted", count)
    assert sql.figures(busy, "logs_recorded", ["month", "channel"], {"district": "North"}) == counted
    assert sql.process_charts(busy, METRICS, where={"district": "North", "is_domestic_abuse": True}) == charts
    assert sql.figures(busy, "logs_recorded", ["grade"])
    with pytest.raises(AssertionError, match="the records are counted"):
        sql.figures(busy, "logs_recorded", ["grade"], {"district": "North"})


@pytest.mark.parametrize("metric_id", METRICS)
def test_the_parts_of_a_figure_add_up_to_it(busy: sql.Snapshot, metric_id: str) -> None:
    (whole,) = sql.figures(busy, metric_id, median=False)
    assert whole["of"] > 0
    for by in (["month"], ["week"], *([d] for d in sql.DIMENSIONS), ["month", "district", "channel"]):
        parts = sql.figures(busy, metric_id, by, median=False)
        assert (sum(row["met"] for row in parts), sum(row["of"] for row in parts)) == (whole["met"], whole["of"])


def test_a_measure_comes_with_its_median(busy: sql.Snapshot) -> None:
    (figure,) = sql.figures(busy, "appointments_in_wait")
    measures = sorted(row["measure"] for row in sql.records(busy, "appointments_in_wait"))
    middle = len(measures) // 2
    expected = measures[middle] if len(measures) % 2 else (measures[middle - 1] + measures[middle]) / 2
    assert figure["median"] == pytest.approx(expected)


@pytest.mark.parametrize("metric_id", [*METRICS, "appointments_in_wait", "grade_correct"])
@pytest.mark.parametrize("median", [False, True])
def test_one_query_gives_the_months_and_the_whole(busy: sql.Snapshot, metric_id: str, median: bool) -> None:
    for where in [*WHERE, *SEVERAL_WHERE]:
        (figure,) = sql.figures(busy, metric_id, (), where, median=median)
        months = sql.figures(busy, metric_id, ["month"], where, median=median)
        found = sql.figures(busy, metric_id, ["month"], where, median=median, whole=True)
        assert [row for row in found if not row["is_whole"]] == [{**row, "is_whole": False} for row in months]
        assert [row for row in found if row["is_whole"]] == [{"month": None, **figure, "is_whole": True}]
        chart = sql.process_charts(busy, [metric_id], where=where, median=median)[metric_id]
        assert chart.whole == {"month": None, **figure, "is_whole": True}


def test_charts_asked_at_once_are_those_asked_alone(busy: sql.Snapshot) -> None:
    ids = [*METRICS, "appointments_in_wait", "grade_correct"]
    for where in WHERE:
        at_once = sql.process_charts(busy, ids, where=where, median=True)
        for metric_id in ids:
            alone = sql.process_charts(busy, [metric_id], where=where, median=True)[metric_id]
            assert _without_place(at_once[metric_id]) == _without_place(alone), (metric_id, where)
            months = sql.figures(busy, metric_id, ["month"], where, median=False)
            ends = {row["month"]: (row["lower"], row["upper"]) for row in months if "lower" in row}
            assert alone.intervals == ends, (metric_id, where)
            assert bool(ends) == (metric_id == "grade_correct" and bool(months))


def _without_place(chart: sql.ProcessChart) -> sql.ProcessChart:
    """The chart but for where it stood among those asked at once."""
    points, apart = ([row | {"slice": None} for row in rows] for rows in (chart.points, chart.apart))
    return replace(chart, points=points, apart=apart)


def test_before_the_first_refresh_there_is_none_and_the_message_says_what_to_run(empty_home: Path) -> None:
    assert sql.current_name(empty_home) is None
    with pytest.raises(sql.NoSnapshot, match="nothing is published in .*: run `cdi demo`, or `cdi refresh FOLDER`"):
        sql.open_snapshot(empty_home)


def test_a_snapshot_that_is_gone_is_named(empty_home: Path) -> None:
    empty_home.mkdir()
    (empty_home / "CURRENT").write_text("snap_r0007.duckdb\n", "utf-8")
    assert sql.current_name(empty_home) == "snap_r0007.duckdb"
    with pytest.raises(sql.NoSnapshot, match=r"has no snapshot snap_r0007\.duckdb: make an earlier run current with"):
        sql.open_snapshot(empty_home)
    (empty_home / "snapshots").mkdir()
    (empty_home / "snapshots" / "snap_r0007.duckdb").write_bytes(b"cut off")
    with pytest.raises(
        sql.NoSnapshot, match=r"snap_r0007\.duckdb cannot be read \(.*\): make an earlier run current with"
    ):
        sql.open_snapshot(empty_home)
    (empty_home / "CURRENT").write_text("", "utf-8")
    assert sql.current_name(empty_home) is None


@pytest.fixture
def published(sample_home: Path) -> Iterator[sql.Snapshot]:
    snapshot = sql.open_snapshot(sample_home)
    yield snapshot
    snapshot.close()


def test_a_published_snapshot_is_read_and_never_written(published: sql.Snapshot, tmp_path: Path) -> None:
    assert published.name == published.path.name == f"snap_{published.info['run']}.duckdb"
    with pytest.raises(duckdb.InvalidInputException, match="read-only"):
        published.con.execute("delete from metric_total")
    with pytest.raises(duckdb.PermissionException):
        published.con.execute(f"copy metric_total to '{tmp_path / 'out.csv'}'")
    with pytest.raises(duckdb.PermissionException):
        published.con.execute(f"select * from read_csv('{Path(__file__)}')")


def test_a_published_snapshot_stands_alone(published: sql.Snapshot) -> None:
    schemas = {row["schema_name"] for row in sql.rows(published.con, "select schema_name from duckdb_tables()")}
    assert schemas == {"main"}
    for name in ("incident", "crime", "appointment", "team", "fact_closure"):
        assert sql.table(published, name, limit=1)
    assert sql.rows(published.con, "select local_date('1950-07-01 23:30'::timestamp)::varchar as day") == [
        {"day": "1950-07-02"}
    ]


def test_threads_ask_side_by_side(published: sql.Snapshot) -> None:
    ids = [metric.metric_id for metric in sql.metrics(published) if metric.is_available] * 3
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda metric_id: sql.figures(published, metric_id, ["month"]), ids))
    third = len(ids) // 3
    assert found[:third] == found[third : 2 * third] == found[2 * third :]


def test_every_available_metric_of_the_sample_can_be_opened_to_its_records(published: sql.Snapshot) -> None:
    for metric in sql.metrics(published):
        if metric.is_available:
            (figure,) = sql.figures(published, metric.metric_id, median=False)
            assert len(sql.records(published, metric.metric_id)) == figure["of"], metric.metric_id
            failing = sql.records(published, metric.metric_id, {"is_met": False})
            assert len(failing) == figure["of"] - figure["met"], metric.metric_id

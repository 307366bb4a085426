"""The door to a snapshot, on a few logs whose figures can be counted by hand."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import sql
from tests.sql.world import Row, world

LOG: Row = {"opening_code": "shoplifting", "district": "North", "team_id": "A", "channel": "999"}
LOGS: list[Row] = [
    {**LOG, "incident_id": "1", "reported_at": "2018-04-30 22:59", "crime_ref": "c1"},  # the last minute of April
    {**LOG, "incident_id": "2", "reported_at": "2018-04-30 23:00"},  # the first of May, a Tuesday
    {**LOG, "incident_id": "3", "reported_at": "2018-05-06 23:00", "is_domestic_abuse": True},  # a Monday
    {**LOG, "incident_id": "4", "reported_at": "2018-05-20 10:00", "district": "South", "team_id": "B"},
    {**LOG, "incident_id": "5", "reported_at": "2018-06-01 10:00", "district": None, "is_domestic_abuse": False},
    {**LOG, "incident_id": "6", "reported_at": "2018-06-01 10:00", "district": "O'Hara; --", "crime_ref": "c6"},
]
METRIC = "logs_recorded"


@pytest.fixture(scope="module")
def snapshot() -> Iterator[sql.Snapshot]:
    con = world(
        LOGS,
        [{"crime_ref": "c1"}, {"crime_ref": "c6"}],
        team=[{"team_id": "A", "name": "Team A"}],
        estimates=True,
        described=True,
    )
    yield sql.Snapshot("fixture", Path("fixture"), con, sql.rows(con, "select * from snapshot_info")[0])
    con.close()


def cells(found: list[dict[str, Any]], *by: str) -> dict[Any, tuple[int, int]]:
    keys = [tuple(row[key] for key in by) for row in found]
    return {key if len(by) > 1 else key[0]: (row["met"], row["of"]) for key, row in zip(keys, found, strict=True)}


def test_figures_without_a_key_are_one_row(snapshot: sql.Snapshot) -> None:
    assert sql.figures(snapshot, METRIC) == [{"met": 2, "of": 6, "rate": 2 / 6}]


@pytest.mark.parametrize("stored", [True, False])
def test_figures_by_each_key(snapshot: sql.Snapshot, stored: bool) -> None:
    def by(*keys: str) -> dict[Any, tuple[int, int]]:
        return cells(sql.figures(snapshot, METRIC, keys, stored=stored), *keys)

    assert by("month") == {"2018-04": (1, 1), "2018-05": (0, 3), "2018-06": (1, 2)}
    assert by("week") == {"2018-04-30": (1, 2), "2018-05-07": (0, 1), "2018-05-14": (0, 1), "2018-05-28": (1, 2)}
    assert by("district") == {"North": (1, 3), "South": (0, 1), "O'Hara; --": (1, 1), None: (0, 1)}
    assert by("team_id") == {"A": (2, 5), "B": (0, 1)}
    assert by("offence_group") == {"Theft offences": (2, 6)}
    assert by("is_domestic_abuse") == {True: (0, 1), False: (0, 1), None: (2, 4)}
    assert by("channel") == {"999": (2, 6)}
    assert by("grade") == {None: (2, 6)}
    assert by("month", "team_id")["2018-05", "B"] == (0, 1)
    assert by("team_id", "district")["A", None] == (0, 1)


def test_rows_come_in_the_order_of_their_keys_and_those_without_last(snapshot: sql.Snapshot) -> None:
    for stored in (True, False):
        assert [row["district"] for row in sql.figures(snapshot, METRIC, ["district"], stored=stored)] == [
            "North",
            "O'Hara; --",
            "South",
            None,
        ]


@pytest.mark.parametrize("stored", [True, False])
@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"district": "North"}, (1, 3)),
        ({"district": ["North", "South"]}, (1, 4)),
        ({"district": ("North", None)}, (1, 4)),
        ({"district": None}, (0, 1)),
        ({"district": []}, (0, 0)),
        ({"district": "West"}, (0, 0)),
        ({"district": "O'Hara; --"}, (1, 1)),
        ({"district": "' or true --"}, (0, 0)),
        ({"district": "North') or ('1' = '1"}, (0, 0)),
        ({"district": "North", "team_id": "B"}, (0, 0)),
        ({"is_domestic_abuse": True}, (0, 1)),
        ({"is_domestic_abuse": "false"}, (0, 1)),
        ({"is_domestic_abuse": [True, None]}, (2, 5)),
        ({"month": "2018-05"}, (0, 3)),
        ({"month": ["2018-04", "2018-06"]}, (2, 3)),
        ({"month": date(2018, 5, 20)}, (0, 3)),
        ({"month": None}, (0, 0)),
        ({"week": "2018-04-30"}, (1, 2)),
        ({"week": ["2018-04-30", date(2018, 5, 28)]}, (2, 4)),
        ({"from": "2018-05"}, (1, 5)),
        ({"to": "2018-05"}, (1, 4)),
        ({"from": "2018-05", "to": "2018-05"}, (0, 3)),
        ({"from": "2018-06", "to": "2018-05"}, (0, 0)),
        ({"from": None, "to": None}, (2, 6)),
        ({"from": "2018-05", "month": "2018-04"}, (0, 0)),
        ({"from": "2018-05", "team_id": "A"}, (1, 4)),
        ({"week": "2018-04-30", "month": "2018-05"}, (0, 1)),
    ],
    ids=str,
)
def test_filters(snapshot: sql.Snapshot, where: dict[str, Any], expected: tuple[int, int], stored: bool) -> None:
    met, of = expected
    found = sql.figures(snapshot, METRIC, where=where, stored=stored)
    assert found == [{"met": met, "of": of, "rate": met / of if of else None}]
    # the lists behind a figure are as long as the figure says
    assert len(sql.records(snapshot, METRIC, where)) == of
    assert len(sql.records(snapshot, METRIC, {**where, "is_met": False})) == of - met


def test_nothing_by_a_key_is_no_row(snapshot: sql.Snapshot) -> None:
    for stored in (True, False):
        assert sql.figures(snapshot, METRIC, ["month"], {"district": "West"}, stored=stored) == []


@pytest.mark.parametrize(
    ("by", "where", "message"),
    [
        (["distrct"], {}, "there is no key 'distrct': did you mean district? valid are month, week, district"),
        (["from"], {}, "there is no key 'from': valid are month"),
        (["month; drop table metric"], {}, "there is no key"),
        ([], {"teams": "A"}, "there is no key 'teams': did you mean team_id?"),
        ([], {"true or district": "A"}, "there is no key"),
        ([], {"is_met": True}, "there is no key 'is_met'"),
        ([], {"month": "May 2018"}, "month is 'May 2018': give a month such as 2018-05"),
        ([], {"month": "2018-05-07"}, "month is '2018-05-07': give a month such as 2018-05"),
        ([], {"month": "2018-13"}, "give a month such as 2018-05"),
        ([], {"from": ["2018-05", "2018-06"]}, "from is several months: give one, such as 2018-05"),
        ([], {"to": "2018"}, "to is '2018': give a month such as 2018-05"),
        ([], {"week": "2018-05-01"}, "week is '2018-05-01': give a Monday such as 2018-05-07"),
        ([], {"week": "2018-05"}, "week is '2018-05': give a Monday such as 2018-05-07"),
        ([], {"is_domestic_abuse": "maybe"}, "is_domestic_abuse is 'maybe': give true or false"),
    ],
)
def test_what_is_unknown_is_named_with_what_is_known(
    snapshot: sql.Snapshot, by: list[str], where: dict[str, Any], message: str
) -> None:
    for stored in (True, False):
        with pytest.raises(sql.UnknownKey) as raised:
            sql.figures(snapshot, METRIC, by, where, stored=stored)
        assert message in str(raised.value)


def test_an_unknown_metric_is_answered_with_the_nearest(snapshot: sql.Snapshot) -> None:
    with pytest.raises(sql.UnknownMetric, match=r"'log_recorded': did you mean logs_recorded"):
        sql.figures(snapshot, "log_recorded")
    with pytest.raises(sql.UnknownMetric, match="`cdi metrics` lists them"):
        sql.records(snapshot, "'; drop table metric; --")
    assert sql.metric(snapshot, METRIC).title == "In-scope logs with a crime recorded"


def test_a_metric_that_lacks_a_column_is_not_available(snapshot: sql.Snapshot) -> None:
    for ask in (sql.figures, sql.records):
        with pytest.raises(
            sql.NotAvailable, match="crimes_in_time is not available: needs crime.recorded_at"
        ) as raised:
            ask(snapshot, "crimes_in_time")
        assert raised.value.missing == ("crime.recorded_at",)
    assert "crimes_in_time" in [metric.metric_id for metric in sql.metrics(snapshot) if not metric.is_available]


def test_records_are_the_latest_first_with_their_own_columns(snapshot: sql.Snapshot) -> None:
    found = sql.records(snapshot, METRIC)
    assert [row["record_id"] for row in found] == ["5", "6", "4", "3", "2", "1"]
    assert list(found[0])[:9] == ["record_id", "placed_at", *sql.DIMENSIONS, "is_met"]
    assert found[5]["recording_state"] == "recorded_time_unknown"
    assert found[5]["opening_code"] == "shoplifting"
    assert not {"incident_id", "month", "week"} & set(found[0])


def test_failing_and_limited_records(snapshot: sql.Snapshot) -> None:
    def ids(**options: Any) -> list[str]:
        return [row["record_id"] for row in sql.records(snapshot, METRIC, **options)]

    assert ids(where={"is_met": False}) == ["5", "4", "3", "2"]
    assert ids(limit=2) == ["5", "6"]
    assert ids(where={"is_met": False}, limit=1) == ["5"]
    assert ids(limit=0) == []
    assert ids(where={"is_met": True}) == ["6", "1"]
    assert ids(where={"is_met": [False], "team_id": "B"}) == ["4"]
    assert ids(where={"month": "2018-05"}, limit=9) == ["4", "3", "2"]


def test_a_record_without_a_verdict_does_not_meet_the_metric(snapshot: sql.Snapshot) -> None:
    own = sql.metric(snapshot, METRIC)
    doubtful = own.sql.replace("is_recorded as is_met", "nullif(is_recorded, incident_id = '2') as is_met")
    altered = sql.Snapshot(snapshot.name, snapshot.path, snapshot.con, snapshot.info)
    altered.metrics[METRIC] = sql.Metric(**{**vars(own), "sql": doubtful + "  -- ends in a comment"})
    assert doubtful != own.sql
    (figure,) = sql.figures(altered, METRIC, stored=False)
    assert figure["of"] - figure["met"] == len(sql.records(altered, METRIC, {"is_met": False})) == 4
    assert len(sql.records(altered, METRIC, {"is_met": False})) == 4


def test_states_by_every_filter(snapshot: sql.Snapshot) -> None:
    assert sql.states(snapshot) == {"unexplained": 4, "recorded_time_unknown": 2}
    assert sql.states(snapshot, {"from": "2018-05", "district": "North"}) == {"unexplained": 2}
    assert sql.states(snapshot, {"week": "2018-04-30"}) == {"unexplained": 1, "recorded_time_unknown": 1}
    assert sql.states(snapshot, {"district": "West"}) == {}


def test_tables_by_name(snapshot: sql.Snapshot) -> None:
    assert sql.table(snapshot, "team") == [{"team_id": "A", "name": "Team A", "command": None, "district": None}]
    found = sql.table(snapshot, "incident", {"district": ["South", None]}, order="reported_at desc", limit=1)
    assert [row["incident_id"] for row in found] == ["5"]
    assert sql.table(snapshot, "incident", {"incident_id": "' or true --"}) == []


@pytest.mark.parametrize(
    ("name", "where", "order", "message"),
    [
        ("teams", {}, "", "there is no table 'teams'"),
        ("", {}, "", "there is no table ''"),
        ("team; drop table team", {}, "", "there is no table"),
        ("team", {"nam": "x"}, "", "there is no column 'nam' in team: did you mean name?"),
        ("team", {}, "name, 1", "there is no column 'name, 1' in team"),
    ],
)
def test_unknown_tables_and_columns(
    snapshot: sql.Snapshot, name: str, where: dict[str, Any], order: str, message: str
) -> None:
    with pytest.raises(sql.UnknownKey) as raised:
        sql.table(snapshot, name, where, order=order)
    assert message in str(raised.value)


def test_values_months_and_span(snapshot: sql.Snapshot) -> None:
    assert sql.values_of(snapshot, "district") == ["North", "O'Hara; --", "South"]
    assert sql.values_of(snapshot, "is_domestic_abuse") == ["false", "true"]
    with pytest.raises(sql.UnknownKey, match="valid are district"):
        sql.values_of(snapshot, "month")
    assert sql.months(snapshot) == ["2018-04", "2018-05", "2018-06"]
    assert snapshot.span == (date(2018, 4, 30), date(2019, 12, 31))
    assert sql.meanings(snapshot, "team")["name"] == "Name of the team as people say it."

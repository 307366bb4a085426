"""The door on metrics of an audit, and on one with a key of its own: logs recast as yes/no checks, counted by hand."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import sql
from tests.sql.world import Row, world

METRIC = "grade_unchanged"
LOG: Row = {"reported_at": "2018-05-01 10:00", "initial_grade": "priority", "team_id": "A", "district": "North"}
LOGS: list[Row] = [
    {**LOG, "incident_id": "1", "final_grade": "priority", "opening_code": "alarm"},
    {**LOG, "incident_id": "2", "final_grade": "priority", "opening_code": "rape", "reported_at": "2018-06-01 10:00"},
    {**LOG, "incident_id": "3", "final_grade": "standard", "opening_code": "rape"},
    {**LOG, "incident_id": "4", "final_grade": "standard", "district": "South", "opening_code": "rape"},
    {**LOG, "incident_id": "5", "final_grade": "standard"},
    {**LOG, "incident_id": "6", "final_grade": "standard", "team_id": "B", "opening_code": "alarm"},
]
# of 2 in 6, of 2 in 5 and of 0 in 1, as tables of the two intervals give them
WILSON = {(2, 6): (0.0968, 0.7000), (2, 5): (0.1176, 0.7693), (0, 1): (0.0, 0.7935)}
EXACT = {(2, 6): (0.0433, 0.7772), (2, 5): (0.0527, 0.8534), (0, 1): (0.0, 0.9750)}


def of_kind(kind: str) -> sql.Snapshot:
    """A snapshot whose metric is of that kind, with the code a log was opened with as its own key."""
    con = world(LOGS)
    con.execute(
        "update metric set kind = $kind, also_by = 'opening_code', "
        "sql = replace(sql, 'grade,', 'grade, opening_code,') where metric_id = $id",
        {"kind": kind, "id": METRIC},
    )
    return sql.Snapshot("fixture", Path("fixture"), con, sql.rows(con, "select * from snapshot_info")[0])


@pytest.fixture(scope="module")
def audited() -> Iterator[sql.Snapshot]:
    snapshot = of_kind(sql.AUDITED)
    yield snapshot
    snapshot.close()


def ends(row: dict[str, Any]) -> tuple[float, float]:
    return round(row["lower"], 4), round(row["upper"], 4)


@pytest.mark.parametrize("stored", [True, False])
def test_an_audited_rate_comes_with_its_interval(audited: sql.Snapshot, stored: bool) -> None:
    for exact, table in ((False, WILSON), (True, EXACT)):
        [whole] = sql.figures(audited, METRIC, stored=stored, exact=exact)
        assert list(whole) == ["met", "of", "rate", "lower", "upper"]
        assert (whole["met"], whole["of"], whole["rate"], *ends(whole)) == (2, 6, 2 / 6, *table[2, 6])
        north, south = sql.figures(audited, METRIC, ["district"], stored=stored, exact=exact)
        assert [(row["district"], row["met"], row["of"]) for row in (north, south)] == [
            ("North", 2, 5),
            ("South", 0, 1),
        ]
        assert [ends(row) for row in (north, south)] == [table[2, 5], table[0, 1]]
    [nothing] = sql.figures(audited, METRIC, where={"district": "West"}, stored=stored)
    assert nothing == {"met": 0, "of": 0, "rate": None, "lower": None, "upper": None}
    assert [row["month"] for row in sql.figures(audited, METRIC, ["month"], stored=stored)] == ["2018-05", "2018-06"]


@pytest.mark.parametrize("stored", [True, False])
def test_of_single_teams_an_audit_gives_counts_alone(audited: sql.Snapshot, stored: bool) -> None:
    none = {"rate": None, "lower": None, "upper": None}
    assert sql.figures(audited, METRIC, ["team_id"], stored=stored) == [
        {"team_id": "A", "met": 2, "of": 5, **none},
        {"team_id": "B", "met": 0, "of": 1, **none},
    ]
    assert sql.figures(audited, METRIC, where={"team_id": "A"}, stored=stored) == [{"met": 2, "of": 5, **none}]


def test_what_an_audit_says_of_teams_is_not_charted(audited: sql.Snapshot) -> None:
    with pytest.raises(sql.UnknownKey, match="too small to compare teams"):
        sql.funnel(audited, METRIC)
    of_team = sql.process_chart(audited, METRIC, where={"team_id": "A"})
    assert of_team.points == []
    assert [(row["numerator"], row["denominator"], row["value"], row["state"]) for row in of_team.apart] == [
        (1, 4, None, "counts"),
        (1, 1, None, "counts"),
    ]
    assert sql.signals(audited, METRIC, "team_id") == sql.Signals(0, 2, 0.0, [])
    assert len(sql.process_chart(audited, METRIC, where={"district": "North"}).points) == 2


def test_counts_of_an_audit_have_no_rate_at_all() -> None:
    snapshot = of_kind(sql.AUDITED_COUNTS)
    assert sql.figures(snapshot, METRIC) == [{"met": 2, "of": 6, "rate": None}]
    assert {row["rate"] for row in sql.figures(snapshot, METRIC, ["district"])} == {None}
    chart = sql.process_chart(snapshot, METRIC)
    assert (chart.points, {row["state"] for row in chart.apart}) == ([], {"counts"})
    with pytest.raises(sql.UnknownKey, match="too small to compare teams"):
        sql.funnel(snapshot, METRIC)
    snapshot.close()


def test_a_metric_s_own_key_groups_filters_and_lists(audited: sql.Snapshot) -> None:
    found = sql.figures(audited, METRIC, ["opening_code"])
    assert [(row["opening_code"], row["met"], row["of"]) for row in found] == [
        ("alarm", 1, 2),
        ("rape", 1, 3),
        (None, 0, 1),
    ]
    assert sql.figures(audited, METRIC, ["opening_code"], stored=False) == found
    of_rape = sql.figures(audited, METRIC, ["month"], {"opening_code": ["rape"]})
    assert [(row["month"], row["met"], row["of"]) for row in of_rape] == [("2018-05", 0, 2), ("2018-06", 1, 1)]
    listed = sql.records(audited, METRIC, {"opening_code": "rape", "is_met": False})
    assert [(row["record_id"], row["opening_code"]) for row in listed] == [("3", "rape"), ("4", "rape")]
    assert sql.records_table(audited, METRIC, {"opening_code": "rape"}).num_rows == 3


def test_the_key_of_one_metric_is_none_of_another_s(audited: sql.Snapshot) -> None:
    for asking in (sql.figures, sql.records):
        with pytest.raises(sql.UnknownKey, match="there is no key 'opening_code'"):
            asking(audited, "vulnerable_downgraded", where={"opening_code": "rape"})
    with pytest.raises(sql.UnknownKey, match="there is no key 'closing_code': .*opening_code"):
        sql.figures(audited, METRIC, ["closing_code"])

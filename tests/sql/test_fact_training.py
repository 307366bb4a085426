"""The training that staff need for their role, and whether they hold it at the data cut, by hand."""

from typing import Any

import duckdb
import pytest

from tests.sql.world import Row, column, facts

CUT = "2019-06-30 22:00"  # 23:00 in the force's time
MODULES: list[Row] = [
    {"module": "calls", "serves": "R3a", "roles": "call_handler; supervisor"},
    {"module": "all", "serves": "R3c", "roles": None},
]
PERSON: Row = {"staff_id": "p", "role": "supervisor", "team_id": "t1"}


def trained(staff: list[Row], training: list[Row] | None = None) -> duckdb.DuckDBPyConnection:
    return facts(
        team=[{"team_id": "t1", "district": "north"}],
        staff=staff,
        training=training or [],
        references={"ref_training_module": MODULES},
        data_cut=CUT,
    )


def one(con: duckdb.DuckDBPyConnection, name: str) -> dict[str, Any]:
    return column(con, "fact_training", "training_id", name)


def test_a_role_needs_the_modules_that_name_it_and_those_that_name_none():
    con = trained([
        PERSON, {**PERSON, "staff_id": "c", "role": "call_handler"}, {**PERSON, "staff_id": "o", "role": "officer"},
        {**PERSON, "staff_id": "n", "role": None}, {**PERSON, "staff_id": "h", "role": "handler"},
    ])  # fmt: skip
    needed = {"p calls", "p all", "c calls", "c all", "o all", "n all", "h all"}
    assert set(one(con, "module")) == needed
    assert set(one(con, "is_current").values()) == {False}
    assert one(con, "serves")["p calls"] == "R3a" and one(con, "district")["p all"] == "north"


@pytest.mark.parametrize(
    ("days", "is_there"),
    [
        ({}, True),
        ({"started_on": "2019-06-30"}, True),
        ({"started_on": "2019-07-01"}, False),
        ({"left_on": "2019-06-30"}, True),
        ({"left_on": "2019-06-29"}, False),
    ],
)
def test_only_current_staff_count(days: Row, is_there: bool):
    assert bool(one(trained([{**PERSON, **days}]), "module")) is is_there


@pytest.mark.parametrize(
    ("held", "is_current"),
    [
        ({"completed_at": CUT}, True),
        ({"completed_at": "2019-06-30 22:01"}, False),
        ({"completed_at": None}, False),
        ({"completed_at": "2018-01-01", "expires_at": CUT}, False),
        ({"completed_at": "2018-01-01", "expires_at": "2019-06-30 22:01"}, True),
        ({"completed_at": "2018-01-01", "module": "all"}, False),
        ({"completed_at": "2018-01-01", "staff_id": "q"}, False),
    ],
)
def test_training_is_held_from_completion_until_it_expires(held: Row, is_current: bool):
    con = trained([PERSON], [{"staff_id": "p", "module": "calls", **held}])
    assert one(con, "is_current")["p calls"] is is_current

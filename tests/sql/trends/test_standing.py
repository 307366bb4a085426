"""The months over which a recommendation's measure is compared, worked out by hand from the calendar."""

from datetime import date
from typing import Any

import duckdb
import pytest

import sql

BASELINE = "(true, date '2018-08-07', date '2017-05-01', date '2017-10-31')"
DUE = date(2018, 11, 7)


def standing(
    maturity_days: int = 0,
    due_date: date = DUE,
    first_day: date | None = date(2017, 5, 1),
    last_day: date = date(2019, 11, 1),
    baselines: str = BASELINE,
    changed: tuple[str, str] = ("", ""),
) -> dict[str, tuple[Any, ...]]:
    """From month, to month and whether the data covers them, by moment."""
    con = duckdb.connect()
    con.execute(
        f"create table ref_inspection_baseline as from (values {baselines}) "
        "as t(is_own_force, published, period_from, period_to)"
    )
    text = (sql.FOLDER / "trends/standing.sql").read_text("utf-8")
    assert changed[0] in text
    con.execute(text.replace(*changed) if changed[0] else text)
    values = {"maturity": maturity_days, "due": due_date, "first": first_day, "last": last_day}
    found = sql.rows(con, "from standing($maturity, $due::date, $first::date, $last::date)", values)
    return {
        row["moment"]: (f"{row['from_month']:%Y-%m}", f"{row['to_month']:%Y-%m}", row["is_covered"]) for row in found
    }


def test_the_spans_are_as_long_as_the_inspection_and_end_with_the_last_whole_month() -> None:
    assert standing() == {
        "at the inspection": ("2017-05", "2017-10", True),
        "at the due date": ("2018-05", "2018-10", True),
        "now": ("2019-05", "2019-10", True),
    }


def test_they_come_in_the_order_of_the_moments_of_the_door() -> None:
    assert tuple(standing()) == sql.MOMENTS


@pytest.mark.parametrize(
    ("last_day", "to_month"),
    [
        (date(2019, 10, 30), "2019-09"),
        (date(2019, 10, 31), "2019-10"),
        (date(2019, 11, 1), "2019-10"),
        (date(2019, 3, 1), "2019-02"),
        (date(2019, 1, 31), "2019-01"),
    ],
)
def test_a_month_is_over_with_its_last_day(last_day: date, to_month: str) -> None:
    assert standing(last_day=last_day)["now"][1] == to_month


@pytest.mark.parametrize(
    ("maturity_days", "to_month"), [(1, "2019-10"), (2, "2019-09"), (93, "2019-07"), (94, "2019-06")]
)
def test_a_month_counts_once_the_measure_has_matured(maturity_days: int, to_month: str) -> None:
    assert standing(maturity_days)["now"][1] == to_month


def test_a_due_date_at_a_months_end_takes_that_month() -> None:
    assert standing(due_date=date(2018, 10, 31))["at the due date"][:2] == ("2018-05", "2018-10")
    assert standing(due_date=date(2018, 10, 30))["at the due date"][:2] == ("2018-04", "2018-09")


def test_a_due_date_still_to_come_is_as_of_now() -> None:
    found = standing(30, due_date=date(2020, 1, 1))
    assert found["at the due date"][:2] == found["now"][:2] == ("2019-04", "2019-09")


@pytest.mark.parametrize(
    ("first_day", "is_covered"), [(date(2017, 5, 1), True), (date(2017, 5, 2), False), (None, False)]
)
def test_a_span_that_begins_before_the_data_is_not_covered(first_day: date | None, is_covered: bool) -> None:
    assert standing(first_day=first_day)["at the inspection"][2] is is_covered


def test_a_span_that_ends_after_the_data_is_not_covered() -> None:
    assert standing(last_day=date(2017, 10, 30))["at the inspection"][2] is False
    assert standing(last_day=date(2017, 10, 31))["at the inspection"][2] is True


def test_the_latest_inspection_of_the_own_force_counts() -> None:
    several = (
        f"{BASELINE}, (true, date '2014-05-01', date '2013-11-01', date '2013-12-31'), "
        "(true, date '2020-01-01', null, null), (false, date '2019-07-01', date '2018-09-01', date '2018-09-30')"
    )
    assert standing(baselines=several) == standing()


def test_without_an_inspection_of_its_own_six_months_are_compared() -> None:
    found = standing(baselines=BASELINE.replace("true", "false"))
    assert found == {"at the due date": ("2018-05", "2018-10", True), "now": ("2019-05", "2019-10", True)}


@pytest.mark.parametrize(
    "changed",
    [
        ("+ 1, 6)", ", 6)"),
        (">= first_day", "> first_day"),
        ("<= last_day,", "< last_day,"),
        ("least(cast", "greatest(cast"),
        ("settled_on.day + 1) - interval 1 month", "settled_on.day) - interval 1 month"),
        ("where is_own_force and", "where"),
        ("arg_max(period_from", "arg_min(period_from"),
    ],
)
def test_a_changed_rule_gives_other_months(changed: tuple[str, str]) -> None:
    several = f"{BASELINE}, (true, date '2014-05-01', date '2013-11-01', date '2013-12-31'), " \
              "(false, date '2019-07-01', date '2018-09-01', date '2018-09-30')"  # fmt: skip

    def cases(changed: tuple[str, str]) -> list[dict[str, tuple[Any, ...]]]:
        return [
            standing(baselines=several, changed=changed),
            standing(30, due_date=date(2020, 1, 1), changed=changed),
            standing(last_day=date(2017, 10, 31), changed=changed),
        ]

    assert cases(changed) != cases(("", ""))

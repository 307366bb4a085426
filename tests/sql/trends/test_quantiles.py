"""Quantiles and intervals of proportions, against scipy and published figures."""

import duckdb
import pytest
from scipy import stats

from tests.sql.trends.database import rows

Database = duckdb.DuckDBPyConnection


def test_t_is_that_of_student(con: Database):
    degrees = [*range(1, 41), 57, 100, 147, 597, 1497, 5000, 20000]
    found = rows(con, f"select degrees, t_quantile(degrees) as t from (select unnest({degrees}) as degrees)")
    for row in found:
        assert row["t"] == pytest.approx(stats.t.ppf(0.975, row["degrees"]), rel=1e-10)
    assert rows(con, "select t_quantile(0) as none, t_quantile(null) as nothing") == [{"none": None, "nothing": None}]


@pytest.mark.parametrize("p", [0.025, 0.3, 0.95, 0.975])
def test_beta_shares_and_quantiles_hold_at_every_size(con: Database, p: float):
    sizes = [(a, b) for a in (0.5, 1, 2.5, 20, 500, 20000) for b in (0.5, 1, 3, 77.7, 2000, 20000)]
    values = ", ".join(map(str, sizes))
    query = f"""
        with sizes as (select cast(a as double) as a, cast(b as double) as b from (values {values}) as given(a, b))
        select a, b, beta_quantile({p}, a, b) as x, beta_below({p}, a, b) as share from sizes
    """
    for row in rows(con, query):
        assert row["x"] == pytest.approx(stats.beta.ppf(p, row["a"], row["b"]), abs=1e-11)
        assert row["share"] == pytest.approx(stats.beta.cdf(p, row["a"], row["b"]), abs=1e-11)


def test_wilson_is_the_score_interval(con: Database):
    for k, n in ((67, 85), (47, 84), (0, 20), (20, 20), (1, 2), (1834, 1900)):
        (row,) = rows(con, f"select wilson({k}, {n}) as i, exact_interval({k}, {n}) as e")
        score = stats.binomtest(k, n).proportion_ci(method="wilson")
        exact = stats.binomtest(k, n).proportion_ci(method="exact")
        assert (row["i"]["lower"], row["i"]["upper"]) == pytest.approx((score.low, score.high), abs=1e-12)
        assert (row["e"]["lower"], row["e"]["upper"]) == pytest.approx((exact.low, exact.high), abs=1e-11)


def test_the_2014_interval_is_wilsons(con: Database):
    (row,) = rows(con, "select unnest(wilson(67, 85))")
    assert (round(100 * row["lower"], 1), round(100 * row["upper"], 1)) == (69.0, 86.2)


def test_nothing_found_has_a_bound_that_can_be_done_by_hand(con: Database):
    (row,) = rows(con, "select exact_interval(0, 30) as none, exact_interval(30, 30) as every, wilson(0, 20) as few")
    assert row["none"] == {"lower": 0, "upper": pytest.approx(1 - 0.025 ** (1 / 30))}
    assert row["every"] == {"lower": pytest.approx(0.025 ** (1 / 30)), "upper": 1}
    assert row["few"]["lower"] == 0 and row["few"]["upper"] == pytest.approx(1.959964**2 / (20 + 1.959964**2))


def test_no_interval_leaves_0_or_1_by_a_rounding(con: Database):
    query = "select n, wilson(0, n) as none, wilson(n, n) as every from (select unnest(range(1, 4000)) as n)"
    assert {(row["none"]["lower"], row["every"]["upper"]) for row in rows(con, query)} == {(0, 1)}


@pytest.mark.parametrize("counts", ["0, 0", "3, 2", "-1, 5", "null, 5", "1, null"])
def test_no_records_and_impossible_counts_have_no_interval(con: Database, counts: str):
    assert rows(con, f"select wilson({counts}) as w, exact_interval({counts}) as e") == [{"w": None, "e": None}]


def test_quantiles_of_nothing_are_nothing(con: Database):
    (row,) = rows(con, "select beta_below(0, 2, 3) as low, beta_below(1, 2, 3) as high, beta_quantile(null, 2, 3) as q")
    assert row == {"low": 0, "high": 1, "q": None}

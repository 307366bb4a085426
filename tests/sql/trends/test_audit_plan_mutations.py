"""The plan of an audit, got wrong in one place at a time: some test must notice."""

from collections.abc import Callable

import duckdb
import pytest

from tests.sql.trends import test_audit_plan as plan
from tests.sql.trends.database import trends_database

pytestmark = pytest.mark.mutation

Check = Callable[[duckdb.DuckDBPyConnection], None]

YIELD = plan.test_yield_design_effect_and_population_count
BEST = plan.test_neymans_shares_are_the_best_there_are
PARTS = plan.test_the_parts_of_a_plan_add_up_to_what_they_buy
SHARES = plan.test_proportional_shares_follow_the_strata
STEPS = plan.test_each_further_50_logs_are_priced
LIMITS = plan.test_no_more_logs_are_asked_for_than_there_are_and_no_fewer_than_two
HIDDEN = plan.test_logs_that_may_hide_crime_are_planned_for_20_that_held_one

MUTATIONS: list[tuple[str, str, Check]] = [
    ("design_effect * crimes_per_log * rate", "crimes_per_log * rate", YIELD),
    ("design_effect * crimes_per_log * rate", "design_effect * rate", YIELD),
    ("rate * (1 - rate)", "rate", YIELD),
    ("(population / least_logs - 1)", "population / least_logs", YIELD),
    ("sum(population * crimes_per_log)", "sum(population)", YIELD),
    ("frame.least_crimes + sum(worth.crimes_per_log)", "frame.least_crimes + count(*)", YIELD),
    ("min(logs) filter (half_width <= wanted_half_width) as logs\n", "max(logs) as logs\n", PARTS),
    ("z_quantile() * sqrt", "1.65 * sqrt", YIELD),
    ("population ^ 2 * log_variance / (log_number", "population * log_variance / (log_number", YIELD),
    (
        "population * sqrt(log_variance / (log_number * (log_number - 1)))",
        "population * log_variance / (log_number * (log_number - 1))",
        BEST,
    ),
    (
        "population * sqrt(log_variance / (log_number * (log_number - 1)))",
        "sqrt(log_variance / (log_number * (log_number - 1)))",
        BEST,
    ),
    (
        "population * sqrt(log_variance / (log_number * (log_number - 1)))",
        "population * sqrt(log_variance / (log_number * log_number))",
        BEST,
    ),
    ("population / (2 * log_number - 1)", "population / (log_number * log_number)", SHARES),
    ("population / (2 * log_number - 1)", "1 / (2 * log_number - 1)", SHARES),
    ("least(2, population) as least_logs", "least(3, population) as least_logs", LIMITS),
    ("least(2, population) as least_logs", "2 as least_logs", LIMITS),
    ("range(least_logs + 1, population + 1)", "range(least_logs + 1, population)", LIMITS),
    ("where not may_hide and population > 0", "where not may_hide", LIMITS),
    ("where not may_hide and population > 0", "where population > 0", HIDDEN),
    ("path.logs <= needed.logs and", "path.logs < needed.logs and", PARTS),
    ("1.2816 ^ 2 + 4 * 20", "1.2816 ^ 2 + 4 * 19", HIDDEN),
    ("nullif(strata.held_share, 0)", "nullif(strata.crimes_per_log, 0) * 2", HIDDEN),
    ("step := 50", "step := 51", STEPS),
    ("steps := 6", "steps := 5", STEPS),
    ("range(0, steps + 1)", "range(0, steps)", STEPS),
    ("least(logs + step * place, most_logs)", "logs + step * place", LIMITS),
]


@pytest.mark.parametrize(("before", "after", "check"), MUTATIONS)
def test_a_change_is_caught(before: str, after: str, check: Check) -> None:
    with trends_database(("audit_plan", before, after)) as con, pytest.raises((AssertionError, duckdb.Error)):
        check(con)

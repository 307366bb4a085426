# ruff: noqa: E501  (a change is read as one line: what stands there, and what stands there instead)
"""The tests by hand hold the SQL of funnel and young months fast: each of these changes makes one of them fail."""

from collections.abc import Callable
from typing import Any

import duckdb
import pytest

import sql
from tests.sql.trends import test_completeness as months
from tests.sql.trends import test_funnel as funnel

pytestmark = pytest.mark.mutation

TRENDS = sql.FOLDER / "trends"

# The quickest, and those that most changes fail, come first, as the first to fail decides.
FUNNEL_CASES: list[Callable[[duckdb.DuckDBPyConnection], Any]] = [
    lambda con: funnel.test_the_chi_square_point(con, 16),
    lambda con: funnel.test_a_limit_at_the_ends(con, 0.0, 12.0, 0.025, 0),
    lambda con: funnel.test_a_limit_at_the_ends(con, 1.0, 12.0, 0.025, 12),
    lambda con: funnel.test_a_limit_at_the_ends(con, 0.9, 9.0, 0.001, 9),
    lambda con: funnel.test_a_limit_of_records_that_are_not_whole(con, 60.25, 0.28, 0.001),
    lambda con: funnel.test_a_limit_of_records_that_are_not_whole(con, 3.5, 1e-9, 0.001),
    funnel.test_one_scale_for_teams_of_different_mixes,
    funnel.test_the_sum_of_the_scores_as_they_are_tells_over_dispersion,
    lambda con: funnel.test_against_fractions(con, 1, 0.0),
    lambda con: funnel.test_against_fractions(con, 3, 0.15),
    funnel.test_the_sum_at_the_point_of_its_degrees_and_just_below,
    funnel.test_limits_are_not_narrowed_where_few_teams_alone_stand_out,
    funnel.test_expected_follows_the_mix,
    funnel.test_places,
    funnel.test_small_is_fewer_than_five_expected_either_way,
    lambda con: funnel.test_each_part_of_the_mix_counts(con, 1, ("a", "b")),
    lambda con: funnel.test_each_part_of_the_mix_counts(con, 2, (True, None)),
    lambda con: funnel.test_each_part_of_the_mix_counts(con, 3, ("999", "online")),
]
MONTH_CASES: list[Callable[[duckdb.DuckDBPyConnection], Any]] = [
    months.test_delays_are_whole_days_and_end_at_ninety,
    lambda con: months.test_before_three_months_were_tried_the_interval_is_what_is_certain(
        con, months.date(2018, 3, 31), 0
    ),
    lambda con: months.test_before_three_months_were_tried_the_interval_is_what_is_certain(
        con, months.date(2018, 9, 30), 2
    ),
    months.test_an_unfinished_month_is_forecast_for_the_days_so_far,
    months.test_the_ninetieth_day_counts_and_none_after,
    months.test_days_that_are_all_alike,
    months.test_a_month_is_settled_when_its_last_day_is_ninety_days_old,
    lambda con: months.test_against_loops(con, months.date(2018, 10, 17)),
    lambda con: months.test_against_loops(con, months.date(2018, 9, 30)),
    months.test_where_nothing_is_to_come_nothing_is_forecast,
    lambda con: months.test_misses_of_months_before_widen_the_interval(con, months.date(2019, 12, 15), 8),
    lambda con: months.test_misses_of_months_before_widen_the_interval(con, months.date(2019, 12, 31), 9),
]

FUNNEL_CHANGES = [
    ("partition by offence_group, is_domestic_abuse, channel", "partition by is_domestic_abuse, channel"),
    ("partition by offence_group, is_domestic_abuse, channel", "partition by offence_group, channel"),
    ("partition by offence_group, is_domestic_abuse, channel", "partition by offence_group, is_domestic_abuse"),
    ("where team_id is not null", "where true"),
    ("quantile_cont(z, 0.1)", "quantile_cont(z, 0.05)"),
    ("quantile_cont(z, 0.9)", "quantile_cont(z, 0.95)"),
    ("avg(winsorised_z ^ 2) over ()", "avg(z ^ 2) over ()"),
    ("> 0.95 and dispersion > 1, false", "> 0.0 and dispersion > 1, false"),
    ("> 0.95 and dispersion > 1, false", "> 0.9 and dispersion > 1, false"),
    ("> 0.95 and dispersion > 1, false", "> 0.99 and dispersion > 1, false"),
    ("> 0.95 and dispersion > 1, false", "> 0.95, false"),
    ("chi_square_below(sum(z ^ 2) over ()", "chi_square_below(sum(winsorised_z ^ 2) over ()"),
    ("count(z) over () - 1)", "count(z) over ())"),
    ("count(z) over () - 1)", "count(z) over () - 2)"),
    ("quantile_cont(z, 0.1)", "quantile_cont(z, 0.2)"),
    ("quantile_cont(z, 0.9)", "quantile_cont(z, 0.8)"),
    ("quantile_cont(z, 0.1)", "quantile_disc(z, 0.1)"),
    ("range(10)", "range(2)"),
    ("when p <= 0 then 0\n    when p", "when p"),
    ("ln(share / tail)", "ln(share / tail / 1.2)"),
    ("lgamma(n + 1) - lgamma(k + 1)", "lgamma(n + 1) - lgamma(k)"),
    ("dispersed.force_rate / nullif(dispersed.expected_rate, 0)", "1"),
    ("rate * to_force as standardised_rate", "rate as standardised_rate"),
    ("lower_95 * to_force as standardised_lower_95", "lower_95 as standardised_lower_95"),
    ("upper_95 * to_force as standardised_upper_95", "upper_998 * to_force as standardised_upper_95"),
    ("lower_998 * to_force as standardised_lower_998", "lower_95 * to_force as standardised_lower_998"),
    ("upper_998 * to_force as standardised_upper_998", "upper_998 as standardised_upper_998"),
    ("when rate < lower_998 then 'below_998'", ""),
    ("when rate > upper_95 then 'above_95'", ""),
    ("when rate < lower_95 then 'below_95'", ""),
    ("+ 0.841621", "+ 1.281552"),
    ("sqrt(expected_rate * (1 - expected_rate) / effective) as detectable", "sqrt(expected_rate * (1 - expected_rate) / counted) as detectable"),
    ("then dispersion else 1 end", "then 1 else 1 end"),
    ("per_cent = 95.0 and is_upper", "per_cent = 99.8 and is_upper"),
    ("per_cent = 95.0 and not is_upper", "per_cent = 99.8 and not is_upper"),
    ("per_cent = 99.8 and is_upper", "per_cent = 95.0 and is_upper"),
    ("per_cent = 99.8 and not is_upper", "per_cent = 95.0 and not is_upper"),
    ("(100 - tail.per_cent) / 200", "(100 - tail.per_cent) / 100"),
    ("if(tail.is_upper, dispersed.expected_rate, 1 - dispersed.expected_rate)", "dispersed.expected_rate"),
    ("binomial_above(\n                if(", "1 - binomial_above(\n                if("),
    ("when rate > upper_998 then 'above_998'", ""),
    ("1.959964 + 0.841621", "1.959964"),
    ("< 5 as is_small", "<= 5 as is_small"),
    ("least(expected, counted - expected)", "expected"),
    ("df / 2 + term + 1", "df / 2 + term"),
]  # fmt: skip
MONTH_CHANGES = [
    ("known_to - 90 - cast", "known_to - 60 - cast"),
    ("known_to - 1 - cast", "known_to - cast"),
    ("sum(grid.logs - grid.recorded_before)", "sum(grid.logs)"),
    ("rows between unbounded preceding and 1 preceding", "rows between unbounded preceding and current row"),
    ("order by delay desc", "order by delay"),
    ("least(90, asked.known_to - grid.reported_on)", "least(90, asked.known_to - grid.reported_on + 1)"),
    ("where not is_target", "where is_target"),
    ("sum(open * chance * (1 - chance)) as binomial_variance", "sum(open * chance) as binomial_variance"),
    ("sqrt(binomial_variance + misses.share_squared * coming ^ 2)", "sqrt(misses.share_squared * coming ^ 2)"),
    ("sqrt(binomial_variance + misses.share_squared * coming ^ 2)", "sqrt(binomial_variance)"),
    ("(came - coming) ^ 2 - binomial_variance", "(came - coming) ^ 2"),
    ("t_quantile(tested_months)", "1.96"),
    ("when tested_months >= 3", "when tested_months >= 2"),
    ("newest <= 13", "newest <= 3"),
    ("interval 89 day", "interval 88 day"),
    ("interval 89 day", "interval 90 day"),
    ("when tested_months >= 3", "when tested_months > 3"),
    ("target.ends_on + 90 > last_day", "target.ends_on + 90 >= last_day"),
    ("target.ends_on + 90 > last_day", "target.ends_on + 89 > last_day"),
    ("tested.ends_on + 90 <= last_day", "tested.ends_on + 90 < last_day"),
    ("tested.ends_on + 90 <= last_day", "tested.ends_on + 89 <= last_day"),
    ("known_to - 120 >=", "known_to - 120 >"),
    ("known_to - 120 >=", "known_to - 119 >="),
    ("tested.ends_on + cast(last_day - target.ends_on", "tested.ends_on - cast(last_day - target.ends_on"),
    ("where grid.delay < 90", "where grid.delay < 89"),
    ("least(90, asked.known_to", "least(89, asked.known_to"),
    ("last_grid.delay = 90", "last_grid.delay = 89"),
    ("1 - coalesce(hazard, 0)", "1 - coalesce(hazard, 1)"),
    ("interval 90 day\n", "interval 91 day\n"),
    ("first_recorded_at < reported_at", "first_recorded_at <= reported_at"),
    ("// 86400", "// 86401"),
    ("greatest(0, date_diff", "least(0, date_diff"),
    ("'explained', 'unexplained'", "'unexplained'"),
    ("seen / nullif(expected, 0)", "seen / expected"),
    ("nullif(sum(coming ^ 2), 0)", "sum(coming ^ 2)"),
    ("coalesce(misses.tested_months, 0)", "coalesce(misses.tested_months, 1)"),
]


def _is_caught(file: str, before: str, after: str, cases: list[Callable[[duckdb.DuckDBPyConnection], Any]]) -> bool:
    text = (TRENDS / file).read_text("utf-8")
    assert text.count(before) == 1, "the text to be changed is no longer there, or there twice"
    with duckdb.connect() as con:
        for name in ("beta_quantile", "t_quantile"):
            con.execute((TRENDS / f"{name}.sql").read_text("utf-8"))
        con.execute(text.replace(before, after))
        for case in cases:
            try:
                case(con)
            except (AssertionError, KeyError, TypeError, duckdb.Error):  # a number that is null compares with none
                return True
    return False


@pytest.mark.parametrize(("before", "after"), FUNNEL_CHANGES)
def test_a_change_of_the_funnel_is_caught(before: str, after: str) -> None:
    assert _is_caught("funnel.sql", before, after, FUNNEL_CASES)


@pytest.mark.parametrize(("before", "after"), MONTH_CHANGES)
def test_a_change_of_the_young_months_is_caught(before: str, after: str) -> None:
    assert _is_caught("completeness.sql", before, after, MONTH_CASES)

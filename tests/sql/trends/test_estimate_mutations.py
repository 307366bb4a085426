"""Quantiles, scopes, rolling years, agreement, baselines and extrapolations, got wrong in one place at a time."""

from collections.abc import Callable

import duckdb
import pytest

from tests.sql.trends import test_against_baseline as baseline
from tests.sql.trends import test_audited_rate as audited
from tests.sql.trends import test_quantiles as quantiles
from tests.sql.trends import test_ratio_estimate as ratio
from tests.sql.trends.database import trends_database

pytestmark = pytest.mark.mutation

Check = Callable[[duckdb.DuckDBPyConnection], None]

STRATA = ratio.test_each_stratum_states_its_bound
DOMAIN = ratio.test_a_domain_keeps_every_log_and_its_n
T = quantiles.test_t_is_that_of_student
WILSON = quantiles.test_wilson_is_the_score_interval
NOTHING = quantiles.test_nothing_found_has_a_bound_that_can_be_done_by_hand
SCOPES = audited.test_the_headline_leaves_out_what_may_hide_crime
HIDDEN = audited.test_too_few_hidden_crimes_give_no_whole_frame_rate
YEAR = audited.test_a_rolling_year_is_one_ratio_over_its_cells
MERGED = audited.test_one_log_cells_are_merged_with_the_next_quarter_and_it_is_said
CHECKS = audited.test_checks_have_k_n_and_wilsons_interval
PICKED = audited.test_picked_records_are_never_pooled_with_drawn_ones
KAPPA = audited.test_kappa_by_hand
ONE_VOICE = audited.test_kappa_of_one_voice_is_not_told
LOPSIDED = baseline.test_lopsided_ends_stand_on_their_own_sides
ENDS = baseline.test_extrapolations_take_their_ends_from_those_of_the_rate
CRIMES = baseline.test_the_crimes_of_a_year


def beta(p: float) -> Check:
    return lambda con: quantiles.test_beta_shares_and_quantiles_hold_at_every_size(con, p)


def verdict(ratio: float, lower: float, upper: float, words: str) -> Check:
    return lambda con: baseline.test_the_difference_counts_both_intervals(con, ratio, lower, upper, words)


def whole(first: str, last: str, is_whole: bool) -> Check:
    return lambda con: baseline.test_crimes_that_begin_late_or_end_early_are_not_the_whole_year(
        con, first, last, is_whole
    )


MUTATIONS: list[tuple[str, str, str, Check]] = [
    ("t_quantile", "0.95, 0.5", "0.975, 0.5", T),
    ("t_quantile", "degrees / 2)", "(degrees + 1) / 2)", T),
    ("t_quantile", "degrees >= 1", "degrees >= 0", T),
    ("beta_quantile", "(a + 1) / (a + b + 2)", "1", beta(0.975)),
    ("beta_quantile", "40 + 8 *", "4 + 0 *", beta(0.3)),
    ("beta_quantile", "range(2, 58)", "range(2, 30)", beta(0.3)),
    ("proportion", "1.959963984540054", "1.96", WILSON),
    ("proportion", "z_quantile() ^ 2 / 4", "z_quantile() ^ 2 / 2", WILSON),
    ("proportion", "k, n - k + 1", "k, n - k", WILSON),
    ("proportion", "k + 1, n - k", "k, n - k + 1", WILSON),
    ("proportion", "0.025", "0.05", WILSON),
    (
        "proportion",
        "case when k = n then 1 else wilson",
        "case when false then 1 else wilson",
        quantiles.test_no_interval_leaves_0_or_1_by_a_rounding,
    ),
    ("proportion", "upper := case when k = n then 1 else beta", "upper := case when false then 1 else beta", NOTHING),
    ("ratio_by_stratum", "sum(required) ^ 2", "sum(required)", STRATA),
    ("ratio_by_stratum", "filter (required > 0)", "", STRATA),
    ("ratio_by_stratum", "found.recorded in (0, found.required) and", "", STRATA),
    ("ratio_by_stratum", "case when recorded > 0 then bound.lower", "case when true then bound.lower", STRATA),
    ("ratio_by_domain", "left join found", "inner join found", DOMAIN),
    ("ratio_by_domain", "and wanted.domain = found.domain", "", DOMAIN),
    ("ratio_by_domain", "then count(*) filter (is_recorded)", "then count(*)", DOMAIN),
    ("ratio_by_domain", "case when count(is_recorded) = count(*) then", "case when true then", DOMAIN),
    ("audited_rate", "where not may_hide", "where true", SCOPES),
    ("audited_rate", "where scopes.scope = 'whole_frame' or", "where true or", SCOPES),
    (
        "audited_rate",
        "not coalesce(drawn.may_hide, false)",
        "not coalesce(drawn.may_hide, true)",
        audited.test_a_log_of_no_stratum_is_found_at_fault_in_both_scopes,
    ),
    ("audited_rate", "held >= least_held", "held > least_held", HIDDEN),
    ("audited_rate", "filter (marked.required > 0)", "filter (marked.required > 1)", HIDDEN),
    ("audited_rate", "count(*) filter (marked.required > 0)", "sum(marked.required)", HIDDEN),
    ("audited_rate", "filter (not is_enough)", "filter (false)", HIDDEN),
    ("audited_rate", "exact_interval(held, sampled)", "wilson(held, sampled)", HIDDEN),
    (
        "audited_rate",
        "if(frames.sample_id is null,",
        "if(false,",
        audited.test_no_hidden_stratum_no_whole_frame,
    ),
    ("rolling_year", "interval 1 year", "interval 9 month", YEAR),
    ("rolling_year", "interval 1 year", "interval 15 month", YEAR),
    ("rolling_year", "years.quarters < 4", "years.quarters < 3", YEAR),
    ("rolling_year", "drawn.sampled < 2 and", "drawn.sampled < 1 and", MERGED),
    ("rolling_year", "min(quarter) filter (sampled >= 2)", "min(quarter) filter (sampled >= 1)", MERGED),
    ("rolling_year", "max(quarter) filter (sampled >= 2)", "max(quarter) filter (sampled >= 0)", MERGED),
    ("rolling_year", "and drawn.sampled < drawn.population", "", MERGED),
    (
        "rolling_year",
        "rows between current row and unbounded following",
        "rows between unbounded preceding and current row",
        MERGED,
    ),
    ("rolling_year", "sum(cells.population) as population", "max(cells.population) as population", MERGED),
    (
        "rolling_year",
        "format('{} {}', stratum, strftime(cell_quarter",
        "format('{} {}', stratum, strftime(last_quarter",
        YEAR,
    ),
    (
        "rolling_year",
        "years.draws > years.quarters",
        "false",
        audited.test_a_quarter_has_one_draw,
    ),
    (
        "rolling_year",
        "left join cells",
        "inner join cells",
        audited.test_a_log_of_no_cell_gives_no_rolling_year,
    ),
    ("agreement", "first_yes * second_yes + (1 - first_yes) * (1 - second_yes)", "0.5", ONE_VOICE),
    ("checked_rate", "where is_correct is not null", "", CHECKS),
    ("checked_rate", "wilson(correct", "exact_interval(correct", CHECKS),
    ("checked_rate", "case when not is_targeted then wilson(", "case when true then wilson(", PICKED),
    ("checked_rate", "coalesce(is_targeted, true) as is_targeted", "false as is_targeted", PICKED),
    ("agreement", "first_yes * second_yes +", "first_yes * first_yes +", KAPPA),
    ("agreement", "/ (1 - chance_agreement) end", "end", KAPPA),
    ("agreement", "and second_verdict is not null", "", KAPPA),
    ("agreement", "case when chance_agreement < 1 then", "case when true then", ONE_VOICE),
    ("against_baseline", "+ (baseline_upper - baseline_rate) ^ 2", "", verdict(0.9, 0.87, 0.92, "higher than")),
    ("against_baseline", "(baseline_upper - baseline_rate)", "(baseline_rate - baseline_lower)", LOPSIDED),
    ("against_baseline", "(upper - ratio) ^ 2", "(ratio - lower) ^ 2", LOPSIDED),
    (
        "against_baseline",
        "difference_lower > 0",
        "difference > 0",
        verdict(0.86, 0.84, 0.88, "not distinguishable from"),
    ),
    ("against_baseline", "difference_upper < 0", "difference_upper > 0", verdict(0.8, 0.77, 0.82, "lower than")),
    (
        "against_baseline",
        "published.rate_pct / 100",
        "published.rate_pct / 101",
        verdict(0.9, 0.87, 0.92, "higher than"),
    ),
    ("against_baseline", "where estimated.scope = 'inspection'", "", baseline.test_the_whole_frame_is_never_compared),
    (
        "against_baseline",
        "on estimated.measure = published.measure",
        "on true",
        baseline.test_violence_is_set_beside_violence,
    ),
    (
        "against_baseline",
        "published.half_width_points is not null as is_tested",
        "published.has_interval as is_tested",
        baseline.test_figures_published_without_an_interval_are_not_tested,
    ),
    ("against_baseline", "when ratio is null then 'no rate'", "", baseline.test_no_rate_and_no_interval_are_said),
    ("extrapolation", "whole_year * (1 - ratio) / nullif(ratio, 0)", "whole_year * (1 - ratio)", ENDS),
    (
        "extrapolation",
        "whole_year * (1 - upper) / nullif(upper, 0) as lower",
        "whole_year * (1 - lower) / nullif(lower, 0) as lower",
        ENDS,
    ),
    (
        "extrapolation",
        "whole_year * (1 - baseline_rate / nullif(ratio, 0))",
        "whole_year * (ratio - baseline_rate)",
        ENDS,
    ),
    ("extrapolation", "on estimated.sample_id = counted.sample_id and", "on", ENDS),
    (
        "extrapolation",
        "case when counted.reason is null then counted.recorded end",
        "counted.recorded",
        baseline.test_nothing_is_made_of_part_of_a_year,
    ),
    ("extrapolation", "baseline_rate / nullif(lower, 0)", "baseline_rate / nullif(upper, 0)", ENDS),
    (
        "extrapolation",
        "distinct on (sample_id, measure)",
        "",
        baseline.test_several_baselines_do_not_repeat_what_is_not_recorded,
    ),
    ("recorded_year", "and cancelled_at is null", "", CRIMES),
    ("recorded_year", "and not is_n100", "", CRIMES),
    ("recorded_year", "coalesce(offence_group, '') <> 'Fraud'", "true", CRIMES),
    ("recorded_year", "coalesce(offence_group, '') <> 'Fraud'", "offence_group <> 'Fraud'", CRIMES),
    ("recorded_year", "between years.first_day and years.last_day", "> years.first_day", CRIMES),
    ("recorded_year", "filter (not has_log) as", "filter (has_log) as", CRIMES),
    ("recorded_year", "count(*) as recorded,", "1 as recorded,", CRIMES),
    ("recorded_year", "first_day + 31", "first_day + 30", whole("2018-02-01", "2018-11-30", True)),
    ("recorded_year", "first_day + 31", "first_day + 32", whole("2018-02-02", "2018-11-30", False)),
    ("recorded_year", "last_day - 31", "last_day - 30", whole("2018-02-01", "2018-11-30", True)),
    ("recorded_year", "last_day - 31", "last_day - 32", whole("2018-02-01", "2018-11-29", False)),
]


@pytest.mark.parametrize(("file", "before", "after", "check"), MUTATIONS)
def test_a_change_is_caught(file: str, before: str, after: str, check: Check) -> None:
    with trends_database((file, before, after)) as con, pytest.raises((AssertionError, duckdb.Error, TypeError)):
        check(con)

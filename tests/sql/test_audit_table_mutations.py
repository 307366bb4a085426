"""The tables of estimates and the frame, got wrong in one place at a time: some test must notice."""

from pathlib import Path

import pytest

from tests.sql import test_audit_estimates as estimates
from tests.sql import test_audit_frame as frame
from tests.sql import test_audit_tables as tables
from tests.sql.mutation import Check, is_caught

pytestmark = pytest.mark.mutation

TWO = tables.test_two_auditors_are_set_against_each_other_and_the_registrar_where_one_was_alone
HIDDEN = tables.test_hidden_crimes_are_counted_over_the_year
SIGNED_YEAR = tables.test_a_rolling_year_is_signed_when_its_last_draw_and_all_before_are
YEAR = tables.test_crimes_a_year_are_those_of_the_12_months_to_the_end_of_the_audit
CHECKS = tables.test_checks_are_counted_by_sample_kind_and_code_and_targeted_ones_apart
STRATA = frame.test_the_strata_follow_every_code_a_log_ever_held
COPIES = frame.test_duplicates_are_a_stratum_of_their_own_and_lend_their_codes_to_the_root
LAST = frame.test_the_last_audit_tells_what_it_can


def signed(role: str, day: str | None, status: str) -> Check:
    return lambda: tables.test_estimates_are_provisional_until_the_registrar_has_signed(role, day, status)


MUTATIONS: list[tuple[str, str, str, Check]] = [
    # the tables of estimates
    (
        "trends/audit_sample",
        "contains(lower(role), 'registrar') and",
        "",
        signed("audit lead", "2019-08-01", "provisional"),
    ),
    ("trends/audit_sample", "lower(role)", "role", signed("Force Crime Registrar", "2019-08-01", "signed")),
    ("trends/audit_sample", "and signed_date is not null", "", signed("registrar", None, "provisional")),
    ("trends/audit_sample", "filter (is_marked)", "", tables.test_an_unmarked_log_gives_no_rate),
    (
        "trends/audit_agreement",
        "list(is_all_recorded order by is_registrar, precedence)[2]",
        "list(is_all_recorded order by precedence)[2]",
        TWO,
    ),
    (
        "trends/audit_agreement",
        "list(is_all_recorded order by is_registrar, precedence)[2]",
        "list(is_all_recorded order by is_registrar, auditor)[2]",
        tables.test_the_third_to_mark_a_log_is_not_compared,
    ),
    ("trends/audit_estimate", "where is_marked", "", tables.test_an_unmarked_log_gives_no_rate),
    (
        "trends/audit_estimate",
        "case when not exists (select 1 from fact_crime)",
        "case when false",
        tables.test_without_a_crime_extract_there_is_nothing_to_match_with,
    ),
    (
        "trends/audit_estimate",
        "drawn_stratum as stratum\n    from period_logs",
        "stratum\n    from period_logs",
        HIDDEN,
    ),
    ("trends/audit_estimate", "bool_and(draws.is_signed)", "bool_or(draws.is_signed)", SIGNED_YEAR),
    ("trends/audit_estimate", "min(draws.period_from)", "max(draws.period_from)", SIGNED_YEAR),
    (
        "trends/audit_estimate",
        "if(is_domestic_abuse, 'domestic_abuse', null)",
        "'domestic_abuse'",
        lambda: estimates.test_every_estimate_agrees_with_numpy(0),
    ),
    (
        "trends/audit_estimate",
        "filter (not may_hide) as in_scope",
        "filter (may_hide) as in_scope",
        lambda: estimates.test_every_estimate_agrees_with_numpy(0),
    ),
    ("trends/rolling_year", "when bool_or(cells.may_hide) and years.hidden_quarters < 4", "when false", HIDDEN),
    ("trends/audit_extrapolation", "interval 1 day - interval 1 year", "interval 2 day - interval 1 year", YEAR),
    ("trends/audit_extrapolation", "interval 1 day - interval 1 year", "interval 0 day - interval 1 year", YEAR),
    ("trends/audit_extrapolation", "and compared.is_own_force", "", YEAR),
    ("trends/audit_extrapolation", "and compared.is_tested", "", YEAR),
    ("trends/audit_check", "list_distinct([cancellation_code])", "[cancellation_code]", CHECKS),
    ("trends/audit_check", "unnest([sample_id, null])", "unnest([sample_id])", CHECKS),
    # the frame, and what the last audit tells
    ("trends/audit_frame", "when reported.is_duplicate then 'hidden_duplicate'", "when false then ''", COPIES),
    ("trends/audit_frame", "closing_code, qualifiers)", "closing_code)", STRATA),
    ("trends/audit_frame", "where category.may_hide_crime", "", STRATA),
    ("trends/audit_frame", "arg_min(category.nsir_category", "arg_max(category.nsir_category", STRATA),
    (
        "trends/audit_frame",
        "reported_date between",
        "cast(reported_at as date) between",
        lambda: frame.test_the_days_are_the_forces_own_and_both_included("2019-06-30 23:00", False),
    ),
    ("trends/audit_prior", "and scope = 'inspection'", "", LAST),
    ("trends/audit_prior", "and domain = 'all'", "", LAST),
    ("trends/audit_prior", "period_kind = 'sample' and", "", LAST),
    ("trends/audit_prior", "order by quarter desc", "order by quarter asc", LAST),
    (
        "trends/audit_prior",
        "found.required >= 20",
        "found.required > 20",
        lambda: frame.test_a_few_crimes_of_a_stratum_are_no_rate_of_its_own(20, 19 / 22),
    ),
    (
        "trends/audit_prior",
        "found.required >= 20",
        "found.required >= 19",
        lambda: frame.test_a_few_crimes_of_a_stratum_are_no_rate_of_its_own(19, 0.9),
    ),
    (
        "trends/audit_prior",
        "is_own_force and",
        "",
        frame.test_without_an_inspection_of_ones_own_the_most_demanding_rate_is_taken,
    ),
]


@pytest.mark.parametrize(("file", "before", "after", "check"), MUTATIONS)
def test_a_change_is_caught(
    file: str, before: str, after: str, check: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_caught(file, before, after, check, tmp_path, monkeypatch)

"""The ratio estimate, got wrong in one place at a time: some test must notice."""

from collections.abc import Callable

import duckdb
import pytest

from tests.sql.trends import test_ratio_estimate as ratio
from tests.sql.trends.database import trends_database

pytestmark = pytest.mark.mutation

Check = Callable[[duckdb.DuckDBPyConnection], None]

HAND = ratio.test_a_small_sample_by_hand
BOUND = ratio.test_no_failure_is_a_bound_and_no_certainty
ALIKE = ratio.test_alike_failures_show_no_spread_and_are_no_certainty_either
CENSUS = ratio.test_a_sample_of_every_log_is_a_census
FEW = ratio.test_fewer_than_20_required_crimes_have_no_rate


def at_fault(change: str, reason: str) -> Check:
    return lambda con: ratio.test_what_was_drawn_and_what_was_marked_must_agree(con, change, reason)


MUTATIONS: list[tuple[str, str, Check]] = [
    # n for n - H; H + 1
    ("sampled - totals_of_sample.stratum_count as degrees", "sampled as degrees", HAND),
    ("sampled - totals_of_sample.stratum_count as degrees", "sampled - 1 as degrees", HAND),
    # no finite-population correction; N for n, and n for N
    ("* (1 - cells.sampled / cells.population)", "", HAND),
    ("cells.sampled / cells.population)", "cells.population / cells.sampled)", HAND),
    ("residual_variance / cells.sampled", "residual_variance / cells.population", HAND),
    ("cells.population ^ 2 *", "cells.population *", HAND),
    ("cells.population ^ 2 *", "cells.sampled ^ 2 *", HAND),
    ("var_samp(", "var_pop(", HAND),
    ("totals_of_sample.ratio * logs_of_sample.required", "logs_of_sample.required", HAND),
    ("drawn.population / nullif(drawn.sampled, 0) as weight", "1 as weight", HAND),
    ("drawn.population / nullif(drawn.sampled, 0) as weight", "drawn.population as weight", HAND),
    ("case when default_interval = 'logit' then t *", "case when default_interval = 'logit' then 1.96 *", HAND),
    ("t * standard_error / (ratio * (1 - ratio))", "t * standard_error / ratio", HAND),
    ("ln(ratio / (1 - ratio))", "ln(ratio)", HAND),
    ("then ratio - t * standard_error end", "then ratio - standard_error end", HAND),
    ("(1 - sampled / population) * ratio", "ratio", HAND),
    ("standard_error ^ 2 * required /", "standard_error ^ 2 * sampled * 2 /", HAND),
    # a failure in no stratum
    ("published.standard_error > 0 and published.ratio > 0 and published.ratio < 1", "true", BOUND),
    ("published.standard_error > 0 and", "", ALIKE),
    ("case when default_interval <> 'bound' then ratio - t", "case when true then ratio - t", BOUND),
    ("totals_of_sample.estimated_required ^ 2", "totals_of_sample.required ^ 2", BOUND),
    ("cells.weight ^ 2 * spread", "cells.weight * spread", BOUND),
    ("logs_of_sample.required as double) ^ 2", "logs_of_sample.required as double)", BOUND),
    ("required > 0 and recorded = required", "required > 0", CENSUS),
    ("when published.is_census then 'census'", "", CENSUS),
    ("bool_and(sampled = population)", "bool_or(sampled = population)", CENSUS),
    ("drawn.sampled = 1 and drawn.population > 1", "drawn.sampled = 1", CENSUS),
    ("drawn.sampled = 1 and drawn.population > 1", "drawn.sampled < 1", ratio.test_one_log_of_several_shows_no_spread),
    # under 20 required crimes
    ("totals_of_sample.required < least_required", "totals_of_sample.required <= least_required", FEW),
    ("totals_of_sample.required < least_required", "totals_of_sample.sampled < least_required - 1", FEW),
    ("least_required := 20", "least_required := 21", FEW),
    ("case when reason is null then standard_error end", "standard_error", FEW),
    # what was drawn and what was marked
    ("<> drawn.sampled", "< drawn.sampled", at_fault("insert into logs values ('s', 'a', 'a9', 0, 0)", "5 marked")),
    ("<> drawn.sampled", "> drawn.sampled", at_fault("delete from logs where incident_id = 'a2'", "3 marked")),
    (
        "count(required + recorded)",
        "count(*)",
        at_fault("update logs set recorded = null where incident_id = 'a2'", "3 marked"),
    ),
    (
        "full join marked",
        "left join marked",
        at_fault("update logs set stratum = 'c' where stratum = 'b'", "stratum c of"),
    ),
    (
        "drawn.sampled > drawn.population",
        "false",
        at_fault("update strata set population = 3 where stratum = 'a'", "4 drawn"),
    ),
    (
        "when count(*) over",
        "when 0 * count(*) over",
        at_fault("insert into strata values ('s', 'a', 100, 4, false)", "twice"),
    ),
    (
        "when drawn.sampled = 0",
        "when false",
        at_fault("insert into strata values ('s', 'c', 9, 0, false)", "no sampled log"),
    ),
    ("recorded > required or", "", at_fault("update logs set recorded = 2 where incident_id = 'a0'", "more crimes")),
    ("or recorded < 0", "", at_fault("update logs set recorded = -1 where incident_id = 'a2'", "more crimes")),
    ("coalesce(drawn.population, 1) > 0 or", "true or", ratio.test_an_empty_stratum_is_no_stratum),
    (
        "on totals_of_sample.sample_id = errors.sample_id",
        "on true",
        ratio.test_samples_in_one_table_do_not_touch_one_another,
    ),
]


@pytest.mark.parametrize(("before", "after", "check"), MUTATIONS)
def test_a_change_is_caught(before: str, after: str, check: Check) -> None:
    with trends_database(("ratio_estimate", before, after)) as con, pytest.raises((AssertionError, duckdb.Error)):
        check(con)

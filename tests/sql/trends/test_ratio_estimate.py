"""The audited rate: samples small enough to do by hand, R's published figures, and what gives no rate."""

import csv
from fractions import Fraction
from math import exp, log, sqrt
from pathlib import Path

import duckdb
import pytest

from tests.sql.trends.database import Mark, estimate, insert, rows, sample

Database = duckdb.DuckDBPyConnection
# Two strata. R = (100 · 3/4 + 50 · 2/3) / (100 · 1 + 50 · 1) = 13/18; residuals in 18ths: 5, -8, 0, 5 and -13, 5, 5.
SMALL: dict[str, tuple[int, list[Mark]]] = {
    "a": (100, [(1, 1), (2, 1), (0, 0), (1, 1)]),
    "b": (50, [(1, 0), (1, 1), (1, 1)]),
}
SMALL_ERROR = sqrt(
    100**2 * Fraction(96, 100) * Fraction(113, 3 * 324) / 4 + 50**2 * Fraction(47, 50) * Fraction(216, 2 * 324) / 3
) / (100 + 50)
T_5 = 2.5705818356363141  # 97.5% of t on 7 logs - 2 strata


def test_a_small_sample_by_hand(con: Database):
    sample(con, SMALL)
    row = estimate(con)
    assert row["ratio"] == pytest.approx(13 / 18, abs=1e-12)
    assert row["standard_error"] == pytest.approx(SMALL_ERROR, abs=1e-12)
    assert (row["population"], row["sampled"], row["stratum_count"], row["degrees"]) == (150, 7, 2, 5)
    assert (row["recorded"], row["required"], row["reason"]) == (5, 7, None)
    assert row["t"] == pytest.approx(T_5)
    assert row["plain_lower"] == pytest.approx(13 / 18 - T_5 * SMALL_ERROR)
    assert row["plain_upper"] == pytest.approx(13 / 18 + T_5 * SMALL_ERROR)
    reach = T_5 * SMALL_ERROR / (13 / 18 * 5 / 18)
    ends = [1 / (1 + exp(-log(13 / 5) - sign * reach)) for sign in (-1, 1)]
    assert [row["logit_lower"], row["logit_upper"]] == pytest.approx(ends)
    assert (row["default_interval"], row["lower"], row["upper"]) == ("logit", row["logit_lower"], row["logit_upper"])
    assert row["design_effect"] == pytest.approx(SMALL_ERROR**2 * 7 / (143 / 150 * 13 / 18 * 5 / 18))


def test_r_survey_gives_the_same_for_apistrat(con: Database):
    """R's survey package: ratio api.stu / enroll 0.8369568873, SE 0.0077571031 (Californian schools, its data set)."""
    sizes = {"E": 4421, "M": 1018, "H": 755}
    with (Path(__file__).parent / "apistrat.csv").open() as file:
        schools = [(row["stype"], int(row["enroll"]), int(row["api_stu"])) for row in csv.DictReader(file)]
    sample(con, {name: (size, [(x, y) for kind, x, y in schools if kind == name]) for name, size in sizes.items()})
    row = estimate(con, any_ratio=True)
    assert len(schools) == 200 == row["sampled"] and row["degrees"] == 197
    assert (round(row["ratio"], 10), round(row["standard_error"], 10)) == (0.8369568873, 0.0077571031)


def test_r_survey_gives_the_same_for_its_fpc_example(con: Database):
    """R's survey package, data set fpc: mean 5.4481, SE 0.616. A mean is a ratio to 1."""
    first, second = [2.8, 4.1, 6.8, 6.8, 9.2], [3.7, 6.6, 4.2]
    sample(con, {"1": (15, [(1, y) for y in first]), "2": (12, [(1, y) for y in second])}, kind="double")
    row = estimate(con, any_ratio=True)
    assert (round(row["ratio"], 4), round(row["standard_error"], 4)) == (5.4481, 0.616)
    assert (row["default_interval"], row["lower"], row["logit_upper"]) == ("none", None, None)


def test_decimals_are_no_coarser_than_doubles(con: Database):
    sample(con, SMALL, kind="decimal(4, 1)")
    assert estimate(con)["standard_error"] == pytest.approx(SMALL_ERROR, abs=1e-12)


def test_samples_in_one_table_do_not_touch_one_another(con: Database):
    sample(con, SMALL)
    alone = estimate(con)
    con.execute("insert into logs select 'other', stratum, incident_id, 1, 0 from logs")
    con.execute("insert into strata select 'other', stratum, 900, sampled, false from strata")
    found = rows(con, "from ratio_estimate('logs', 'strata', least_required := 0)")
    both = {row["sample_id"]: row for row in found}
    assert (
        len(found) == 2
        and both["s"] == alone
        and (both["other"]["ratio"], both["other"]["default_interval"]) == (0, "bound")
    )


def test_fewer_than_20_required_crimes_have_no_rate(con: Database):
    sample(con, {"a": (400, [(1, 1)] * 17 + [(1, 0)] * 2)})
    row = estimate(con, least_required=20)
    assert (row["recorded"], row["required"]) == (17, 19)
    assert row["reason"] == "17 of 19 crimes: fewer than 20 are too few for a rate"
    made = ("ratio", "standard_error", "t", "lower", "upper", "plain_lower", "logit_upper", "design_effect")
    assert [row[name] for name in (*made, "default_interval")] == [None] * 9
    sample(con, {"a": (400, [(1, 1)] * 17 + [(1, 0)] * 3)})
    (row,) = rows(con, "from ratio_estimate('logs', 'strata')")
    assert row["ratio"] == 0.85 and row["reason"] is None


def test_no_failure_is_a_bound_and_no_certainty(con: Database):
    # weights 5 and 10, two logs of two crimes in the first: (5·2·2 + 5·18 + 10·10)² / (25·(2·4 + 18) + 100·10)
    sample(con, {"a": (100, [(2, 2)] * 2 + [(1, 1)] * 18), "b": (100, [(1, 1)] * 10)})
    row = estimate(con)
    equal = (20 + 90 + 100) ** 2 / (25 * 26 + 100 * 10)
    assert (row["ratio"], row["standard_error"], row["default_interval"]) == (1, 0, "bound")
    assert row["lower"] == pytest.approx(0.025 ** (1 / equal)) and row["upper"] == 1
    assert (row["plain_lower"], row["plain_upper"], row["logit_lower"]) == (None, None, None)
    assert row["without_failure"] == "a, b"
    con.execute("update logs set recorded = 0")
    row = estimate(con)
    assert row["lower"] == 0 and row["upper"] == pytest.approx(1 - 0.025 ** (1 / equal))


def test_alike_failures_show_no_spread_and_are_no_certainty_either(con: Database):
    sample(con, {"a": (100, [(2, 1)] * 20)})
    row = estimate(con)
    assert (row["ratio"], row["standard_error"], row["default_interval"]) == (0.5, 0, "bound")
    assert row["lower"] == pytest.approx(0.2719578) and row["upper"] == pytest.approx(0.7280422)


def test_a_sample_of_every_log_is_a_census(con: Database):
    sample(con, {"a": (4, SMALL["a"][1]), "b": (3, SMALL["b"][1])})
    row = estimate(con)
    assert (row["default_interval"], row["lower"], row["upper"]) == ("census", 5 / 7, 5 / 7)
    assert row["design_effect"] is None
    sample(con, {"a": (1, [(1, 1)]), "b": (50, SMALL["b"][1])})
    row = estimate(con)
    assert row["reason"] is None and row["standard_error"] > 0 and row["degrees"] == 2
    assert (row["without_failure"], row["default_interval"]) == ("a", "logit")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("delete from logs where incident_id = 'a2'", "stratum a has 4 logs drawn and 3 marked"),
        ("insert into logs values ('s', 'a', 'a9', 0, 0)", "stratum a has 4 logs drawn and 5 marked"),
        ("update logs set recorded = null where incident_id = 'a2'", "stratum a has 4 logs drawn and 3 marked"),
        ("update logs set stratum = 'c' where stratum = 'b'", "stratum b has 3 logs drawn and 0 marked; stratum c of"),
        ("update strata set population = 3 where stratum = 'a'", "stratum a has 3 logs, and 4 drawn"),
        ("insert into strata values ('s', 'a', 100, 4, false)", "stratum a is in the draw twice"),
        ("insert into strata values ('s', 'c', 9, 0, false)", "stratum c has no sampled log"),
        ("update strata set population = null where stratum = 'b'", "stratum b of the logs is not in the draw"),
        (
            "update logs set recorded = 2 where incident_id = 'a0'",
            "stratum a has 1 logs with more crimes recorded than",
        ),
        (
            "update logs set recorded = -1 where incident_id = 'a2'",
            "stratum a has 1 logs with more crimes recorded than",
        ),
        ("update logs set required = 0, recorded = 0", "no crime should have been recorded in the sample"),
    ],
)
def test_what_was_drawn_and_what_was_marked_must_agree(con: Database, change: str, reason: str):
    sample(con, SMALL)
    con.execute(change)
    row = estimate(con)
    assert row["ratio"] is None and row["lower"] is None and reason in row["reason"]


def test_one_log_of_several_shows_no_spread(con: Database):
    sample(con, {**SMALL, "c": (9, [(1, 1)])})
    assert estimate(con)["reason"] == "stratum c has one sampled log, which shows no spread: merge it"


def test_an_empty_stratum_is_no_stratum(con: Database):
    sample(con, {**SMALL, "c": (0, [])})
    assert estimate(con)["standard_error"] == pytest.approx(SMALL_ERROR, abs=1e-12)


def test_each_stratum_states_its_bound(con: Database):
    sample(con, {"a": (90, [(2, 2)] * 2 + [(1, 1)] * 4 + [(0, 0)]), "b": (90, [(1, 0)] * 3), "c": SMALL["a"]})
    found = {row["stratum"]: row for row in rows(con, "from ratio_by_stratum('logs', 'strata')")}
    assert found["a"]["at_least"] == pytest.approx(0.025 ** (1 / (64 / 12))) and found["a"]["at_most"] is None
    assert found["b"]["at_most"] == pytest.approx(1 - 0.025 ** (1 / 3)) and found["b"]["at_least"] is None
    assert (found["c"]["at_least"], found["c"]["at_most"]) == (None, None)
    assert [found["a"][name] for name in ("population", "sampled", "held", "recorded", "required")] == [90, 7, 6, 8, 8]


def test_a_domain_keeps_every_log_and_its_n(con: Database):
    sample(con, SMALL)
    crimes = [("a0", "violence", True), ("a1", "violence", False), ("b0", "violence", False), ("a1", "theft", True)]
    insert(con, "crimes", "sample_id varchar, incident_id varchar, domain varchar, is_recorded boolean", (
        ("s", *crime) for crime in crimes
    ))  # fmt: skip
    insert(con, "domains", "domain varchar", [("violence",), ("theft",), ("arson",)])
    query = "from ratio_by_domain('logs', 'strata', 'crimes', 'domains', least_required := 0)"
    found = {row["domain"]: row for row in rows(con, query)}
    sample(con, {"a": (100, [(1, 1), (1, 0), (0, 0), (0, 0)]), "b": (50, [(1, 0), (0, 0), (0, 0)])})
    by_hand = estimate(con)
    assert by_hand["ratio"] == pytest.approx(25 / (50 + 50 / 3))
    violence = {name: value for name, value in found["violence"].items() if name != "domain"}
    assert violence == by_hand
    assert found["theft"]["default_interval"] == "bound" and found["theft"]["degrees"] == 5
    assert found["arson"]["reason"] == "no crime should have been recorded in the sample"
    few = rows(con, query.replace(", least_required := 0", ""))
    assert {row["ratio"] for row in few} == {None}
    sample(con, SMALL)
    con.execute("update crimes set is_recorded = null where domain = 'theft'")
    reasons = {row["domain"]: row["reason"] for row in rows(con, query)}
    assert reasons["theft"] == "stratum a has 4 logs drawn and 3 marked" and reasons["violence"] is None

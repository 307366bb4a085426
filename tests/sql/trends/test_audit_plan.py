"""How many logs to draw for a wanted half-width, in which strata, and what more would buy."""

from itertools import pairwise, product
from math import ceil, isclose, sqrt
from typing import Any

import duckdb
import pytest

from tests.sql.trends.database import insert, rows

Database = duckdb.DuckDBPyConnection
Z = 1.959963984540054
COLUMNS = (
    "stratum varchar, may_hide boolean, population integer, crimes_per_log double, held_share double, rate double, "
    "design_effect double, basis varchar"
)


def prior(con: Database, *strata: tuple[str, int, float, float], design_effect: float = 1.0) -> None:
    """Make the table `prior`: stratum, logs, crimes a log, rate; a stratum called hidden may hide crime."""
    insert(con, "prior", COLUMNS, (
        (name, name.startswith("hidden"), size, crimes, min(crimes, 1), rate, design_effect, "last audit")
        for name, size, crimes, rate in strata
    ))  # fmt: skip


def plan(con: Database, half_width: float) -> dict[tuple[str, str], dict[str, Any]]:
    found = rows(con, f"from audit_plan('prior', {half_width})")
    return {(row["allocation"], row["stratum"]): row for row in found}


def steps(con: Database, half_width: float, allocation: str, options: str = "") -> list[dict[str, Any]]:
    query = f"from audit_steps('prior', {half_width}{options}) where allocation = '{allocation}' order by logs"
    return rows(con, query)


def half_width(strata: list[tuple[int, float, float]], logs: list[int], design_effect: float = 1.0) -> float:
    """By the formula, of strata (N, crimes a log, rate) and the logs drawn from each."""
    variance = sum(
        N**2 * (1 - n / N) * design_effect * crimes * p * (1 - p) / n
        for (N, crimes, p), n in zip(strata, logs, strict=True)
    )
    return Z * sqrt(variance) / sum(N * crimes for N, crimes, _ in strata)


@pytest.mark.parametrize(("wanted", "crimes"), [(0.02, 1330), (0.03, 591)])
def test_the_known_sizes_come_out(con: Database, wanted: float, crimes: int):
    """At 83.4%, 1,330 crimes for 2 points and 591 for 3, before the correction for the population."""
    prior(con, ("violence", 60_000, 1, 0.834), ("other", 40_000, 1, 0.834))
    corrected = crimes / (1 + crimes / 100_000)
    assert steps(con, wanted, "proportional")[0]["logs"] == pytest.approx(corrected, abs=1)
    found = plan(con, wanted)
    assert found["proportional", "violence"]["logs"] == pytest.approx(0.6 * corrected, abs=1)


def test_yield_design_effect_and_population_count(con: Database):
    # 0.5 crimes a log double the logs; a design effect of 1.5 adds half; 2,000 crimes in all cut them
    prior(con, ("violence", 4000, 0.5, 0.834), design_effect=1.5)
    wanted = 1.5 * Z**2 * 0.834 * 0.166 / 0.03**2
    needed = wanted / (1 + wanted / 2000)
    first = steps(con, 0.03, "neyman")[0]
    assert first["logs"] == ceil(needed / 0.5) and first["crimes"] == pytest.approx(first["logs"] / 2)
    assert first["half_width"] == pytest.approx(half_width([(4000, 0.5, 0.834)], [first["logs"]], 1.5))
    assert first["half_width"] <= 0.03 < half_width([(4000, 0.5, 0.834)], [first["logs"] - 1], 1.5)


STRATA = [(60, 1.2, 0.9), (25, 2.0, 0.6), (40, 0.4, 0.8)]


def test_neymans_shares_are_the_best_there_are(con: Database):
    prior(con, *((f"s{place}", *stratum) for place, stratum in enumerate(STRATA)))
    found = {row["logs"]: row for row in rows(con, "from audit_path('prior') where allocation = 'neyman'")}
    assert sorted(found) == list(range(6, 126))
    for total in range(6, 60):
        best = min(
            half_width(STRATA, [*two, total - sum(two)])
            for two in product(range(2, 61), range(2, 26))
            if 2 <= total - sum(two) <= 40
        )
        assert found[total]["half_width"] == pytest.approx(best)


def test_the_parts_of_a_plan_add_up_to_what_they_buy(con: Database):
    prior(con, *((f"s{place}", *stratum) for place, stratum in enumerate(STRATA)))
    for allocation in ("proportional", "neyman"):
        parts = [plan(con, 0.08)[allocation, f"s{place}"] for place in range(3)]
        first = steps(con, 0.08, allocation)[0]
        assert sum(part["logs"] for part in parts) == first["logs"]
        assert sum(part["crimes"] for part in parts) == pytest.approx(first["crimes"])
        assert half_width(STRATA, [part["logs"] for part in parts]) == pytest.approx(first["half_width"])
    assert steps(con, 0.08, "neyman")[0]["logs"] < steps(con, 0.08, "proportional")[0]["logs"]


def test_proportional_shares_follow_the_strata(con: Database):
    prior(con, ("large", 600, 1, 0.6), ("middle", 300, 1, 0.99), ("small", 100, 1, 0.6))
    found = plan(con, 0.05)
    sizes = [found["proportional", name]["logs"] for name in ("large", "middle", "small")]
    assert [size / sum(sizes) for size in sizes] == pytest.approx([0.6, 0.3, 0.1], abs=0.005)


def test_each_further_50_logs_are_priced(con: Database):
    prior(con, ("violence", 9000, 1, 0.834))
    found = steps(con, 0.03, "neyman")
    assert [row["logs"] - found[0]["logs"] for row in found] == [0, 50, 100, 150, 200, 250, 300]
    assert found[0]["gain"] is None
    for before, row in pairwise(found):
        assert row["half_width"] == pytest.approx(half_width([(9000, 1, 0.834)], [row["logs"]]))
        assert row["gain"] == pytest.approx(before["half_width"] - row["half_width"]) and row["gain"] > 0
    assert [row["logs"] for row in steps(con, 0.03, "neyman", ", step := 7, steps := 1")] == [
        found[0]["logs"], found[0]["logs"] + 7,
    ]  # fmt: skip


def test_no_more_logs_are_asked_for_than_there_are_and_no_fewer_than_two(con: Database):
    prior(con, ("few", 30, 1, 0.5), ("one", 1, 1, 0.5), ("safe", 5000, 1, 0.9999), ("empty", 0, 1, 0.5))
    everything = plan(con, 1e-9)
    assert {name: row["logs"] for (how, name), row in everything.items() if how == "neyman"} == {
        "few": 30, "one": 1, "safe": 5000,
    }  # fmt: skip
    last = steps(con, 1e-9, "neyman")
    assert [row["logs"] for row in last] == [5031] and isclose(last[0]["half_width"], 0, abs_tol=1e-9)
    before_last = steps(con, 0.001, "neyman", ", step := 4000")
    assert before_last[-1]["logs"] == 5031 and len(before_last) < 7
    nothing = plan(con, 1)
    assert {name: row["logs"] for (how, name), row in nothing.items() if how == "proportional"} == {
        "few": 2, "one": 1, "safe": 2,
    }  # fmt: skip


def test_logs_that_may_hide_crime_are_planned_for_20_that_held_one(con: Database):
    prior(con, ("violence", 900, 1, 0.834), ("hidden asb", 50_000, 0.02, 0.5), ("hidden other", 500, 0.02, 0.5),
          ("hidden unknown", 500, 0, 0.5))  # fmt: skip
    found = plan(con, 0.03)
    assert found["neyman", "hidden asb"]["logs"] == ceil(26.612 / 0.02)
    assert found["neyman", "hidden other"]["logs"] == 500 and found["neyman", "hidden unknown"]["logs"] == 500
    assert found["neyman", "hidden asb"]["crimes"] is None
    # at that size 9 draws of 10 find 20: the mean is 1.2816 deviations above
    mean = found["neyman", "hidden asb"]["logs"] * 0.02
    assert (mean - 20) / sqrt(mean) == pytest.approx(1.2816, abs=0.002)
    prior(con, ("violence", 900, 1, 0.834))
    assert plan(con, 0.03)["neyman", "violence"]["logs"] == found["neyman", "violence"]["logs"]

"""Process control: by hand, and against plain Python that follows the words of the rules."""

import random
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

import sql
from tests.sql.trends.spc_cases import CASES, Case, differences
from tests.sql.trends.spc_oracle import oracle


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with sql.process_control() as con:
        yield con


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_by_hand(con: duckdb.DuckDBPyConnection, case: Case) -> None:
    assert differences(con, case) == []


def _series(random_: random.Random, chart: str) -> list[dict[str, Any]]:
    """A random walk or noise of whole numbers or decimals, many ties and rebases among them."""
    spread, decimals = random_.choice([2, 5, 30, 200]), random_.choice([0, 0, 1, 2])
    level, series = float(random_.randint(-20, 120)), []
    for _ in range(random_.randint(1, 40)):
        level = level * random_.choice([0, 1]) + random_.randint(-spread, spread) / 10**decimals
        point = {"value": round(level, decimals), "numerator": None, "denominator": None}
        if chart == "p_prime":
            of = random_.randint(1, 400)
            met = min(of, max(0, round(of * random_.choice([0.02, 0.5, 0.8, 0.99]) + random_.gauss(0, 4))))
            point = {"value": met / of, "numerator": met, "denominator": of}
        series.append({**point, "is_rebased": random_.random() < 0.04})
    return series


@pytest.mark.parametrize("profile", sql.PROFILES)
@pytest.mark.parametrize("chart", sql.CHARTS)
def test_random_series(con: duckdb.DuckDBPyConnection, profile: str, chart: str) -> None:
    random_ = random.Random(2018)
    for _ in range(40):
        series = _series(random_, chart)
        found = sql.process_points(con, series, profile, chart)
        for point, expected in zip(found, oracle(series, profile, chart), strict=True):
            for name in ("mean", "lower_limit", "upper_limit"):
                value = expected[name]
                assert point[name] == (None if value is None else pytest.approx(float(value), rel=1e-9, abs=1e-9)), (
                    series
                )
            assert (point["signal"], point["is_trial"]) == (expected["signal"], expected["is_trial"]), series


def test_an_unknown_profile_or_chart(con: duckdb.DuckDBPyConnection) -> None:
    point = {"value": 1, "numerator": None, "denominator": None, "is_rebased": False}
    with pytest.raises(sql.UnknownKey, match="no process control by 'nhs': give nhsr_0_2_2 or mdc_2023"):
        sql.process_points(con, [point], "nhs", "xmr")
    with pytest.raises(sql.UnknownKey, match="no process control by 'u': give p_prime or xmr"):
        sql.process_points(con, [point], sql.PROFILES[0], "u")

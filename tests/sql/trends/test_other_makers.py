"""The audited rate against two survey packages of other makers, on random stratified samples.

Needs the dependency group `survey` (`uv sync --all-groups`); skipped, and saying so, without it.
"""

import warnings
from typing import Any

import duckdb
import numpy as np
import polars as pl
import pytest

from tests.sql.trends.database import rows

DESIGNS = 240


def random_design(number: int) -> pl.DataFrame:
    """A stratified sample with n of 2 or more: one row a log, with its stratum, N and weight."""
    random = np.random.default_rng([17, number])
    parts = []
    for stratum in range(random.integers(1, 9)):
        sampled = int(random.integers(2, 60))
        population = sampled + int(random.integers(1, 2000) if random.random() < 0.9 else 0)
        required = random.poisson(random.uniform(0.1, 2.5), sampled)
        required[0] = max(1, required[0])
        parts.append(
            pl.DataFrame(
                {
                    "stratum": f"s{stratum}",
                    "required": required,
                    "recorded": random.binomial(required, random.uniform(0.3, 0.99)),
                    "population": population,
                    "sampled": sampled,
                    "weight": population / sampled,
                }
            )
        )
    return pl.concat(parts)


def makers() -> tuple[Any, Any, Any]:
    """svy, samplics.estimation and its PopParam: as long to import as the rest of this file takes to run."""
    svy = pytest.importorskip("svy", reason="svy is not installed: uv sync --group survey")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # samplics says that it is no longer maintained
        estimation = pytest.importorskip(
            "samplics.estimation", reason="samplics is not installed: uv sync --group survey", exc_type=ImportError
        )
        return svy, estimation, pytest.importorskip("samplics.utils.types").PopParam


def of_svy(svy: Any, design: pl.DataFrame) -> tuple[float, float]:
    sample = svy.Sample(design, svy.Design(stratum="stratum", wgt="weight", pop_size="population"))
    (found,) = sample.estimation.ratio("recorded", "required").estimates
    return found.est, found.se


def of_samplics(estimation: Any, pop_param: Any, design: pl.DataFrame) -> tuple[float, float]:
    strata = design.unique("stratum").sort("stratum")
    fpc = dict(zip(strata["stratum"], 1 - strata["sampled"] / strata["population"], strict=True))
    found = estimation.TaylorEstimator(pop_param.ratio)
    found.estimate(
        y=design["recorded"].to_numpy(),
        x=design["required"].to_numpy(),
        samp_weight=design["weight"].to_numpy(),
        stratum=design["stratum"].to_numpy(),
        fpc=fpc,
    )
    return found.point_est, found.stderror


def test_estimate_and_error_agree_to_one_in_a_thousand_million(con: duckdb.DuckDBPyConnection):
    svy, estimation, pop_param = makers()
    designs = [random_design(number) for number in range(DESIGNS)]
    logs = pl.concat([design.with_columns(sample_id=number) for number, design in enumerate(designs)])
    con.register("logs", logs.to_arrow())
    con.register("strata", logs.select("sample_id", "stratum", "population", "sampled").unique().to_arrow())
    found = rows(con, "from ratio_estimate('logs', 'strata', least_required := 0) order by sample_id")
    assert len(found) == DESIGNS and logs["sampled"].min() == 2
    worst = 0.0
    for design, row in zip(designs, found, strict=True):
        ours = np.array([row["ratio"], row["standard_error"]])
        for theirs in (of_svy(svy, design), of_samplics(estimation, pop_param, design)):
            worst = max(worst, float(np.abs(ours - theirs).max()))
    assert worst < 1e-9

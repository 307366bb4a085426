"""How often the audit's 95% interval holds the truth, over many samples of a force whose every crime is known.

    uv run python -m tests.benchmarks.coverage [--draws N] [--incidents N]

Draws stratified samples of logs from the synthetic force, estimates each with the SQL macro itself, and prints for
each true rate and size: coverage, misses in each tail, mean half-width; by default interval and by plain t, and for the
whole frame. Exits 1 where the default interval of the inspection scope falls short.

The inspection scope is sampled over strata of violence, sexual and other offences by the log's gravest code, in
proportion to their size; the whole frame adds as many logs again from one stratum of logs that may hide crime,
duplicates among them. Logs that neither indicate nor may hide a crime hold none, and are in neither frame.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl

from pipelines.sample import write_sample
from tests.sql.trends.database import trends_database

RATES = (0.83, 0.93, 0.98)
SIZES = (150, 600, 1500)
LEAST = {150: 0.93, 600: 0.935, 1500: 0.935}
GROUPS = {"Violence against the person": "violence", "Sexual offences": "sexual"}
CATEGORIES = Path(__file__).parents[2] / "sql" / "reference" / "incident_category.csv"

MEASURE = """
    select
        count(*) as draws,
        count(estimate.ratio) as rated,
        avg(cast($truth between estimate.lower and estimate.upper as int)) as covered,
        avg(cast(estimate.lower > $truth as int)) as too_high,
        avg(cast(estimate.upper < $truth as int)) as too_low,
        avg(estimate.upper - estimate.lower) / 2 as half_width,
        avg(cast(estimate.default_interval = 'bound' as int)) as bounds,
        avg(cast(coalesce($truth between estimate.plain_lower and estimate.plain_upper, false) as int)) as plain
    from ratio_estimate('logs', 'strata', least_required := 0) as estimate
"""
ALLOWED = """
    with samples as (
        select bool_and(is_enough) as is_allowed from hidden_strata('logs', 'strata') group by sample_id
    )

    select avg(cast(is_allowed as int)) from samples
"""


def frame(folder: Path, rate: float, incidents: int) -> pl.DataFrame:
    """The force's logs that the audit may draw, with `stratum`, `may_hide`, `required` and `recorded`, of the truth."""
    write_sample(folder, incidents=incidents, rate=rate, file_format="parquet")
    codes = pl.read_csv(CATEGORIES)
    graded = codes.select("category_code", "offence_group", "may_hide_crime", "rank")
    held = (
        pl.read_parquet(folder / "incident.parquet", columns=["incident_id", "opening_code", "closing_code"])
        .unique("incident_id", keep="last", maintain_order=True)
        .unpivot(index="incident_id", value_name="category_code", variable_name="which")
        .join(graded, on="category_code", how="inner")
        .sort("incident_id", "rank", nulls_last=True)
        .group_by("incident_id", maintain_order=True)
        .agg(
            pl.col("offence_group").drop_nulls().first(),
            pl.col("may_hide_crime").any(),
        )
    )
    logs = pl.read_parquet(folder / "truth" / "log.parquet").join(held, on="incident_id", how="left")
    scope = pl.col("is_in_inspection_scope")
    offence = pl.col("offence_group").replace_strict(GROUPS, default="other", return_dtype=pl.String)
    return logs.filter(scope | pl.col("may_hide_crime")).select(
        pl.when(scope).then(offence).otherwise(pl.lit("may hide crime")).alias("stratum"),
        (~scope).alias("may_hide"),
        "required",
        "recorded",
    )


def allocate(sizes: np.ndarray, wanted: int) -> np.ndarray:
    """Logs to draw from strata of the sizes given: in proportion, the largest making up the sum, two at least."""
    shares = np.maximum(2, np.floor(wanted * sizes / sizes.sum())).astype(int)
    shares[np.argmax(sizes)] += wanted - shares.sum()
    return shares


def draw(part: pl.DataFrame, wanted: int, draws: int, rng: np.random.Generator) -> tuple[pl.DataFrame, pl.DataFrame]:
    """`draws` samples of the frame's logs without replacement: the logs and strata of each, as the macro takes them."""
    strata = part.group_by("stratum", maintain_order=True).agg(pl.len())
    drawn, cells = [], []
    for name, size, sampled in zip(
        strata["stratum"], strata["len"], allocate(strata["len"].to_numpy(), wanted), strict=True
    ):
        own = part.filter(pl.col("stratum") == name)
        chosen = np.concatenate([rng.choice(size, sampled, replace=False, shuffle=False) for _ in range(draws)])
        drawn.append(
            own[chosen]
            .with_columns(sample_id=np.repeat(np.arange(draws), sampled))
            .select("sample_id", "stratum", "required", "recorded")
        )
        cells.append({"stratum": name, "may_hide": own["may_hide"][0], "population": size, "sampled": int(sampled)})
    ids = pl.DataFrame({"sample_id": np.arange(draws)})
    return pl.concat(drawn), ids.join(pl.DataFrame(cells), how="cross")


def measure(
    con: duckdb.DuckDBPyConnection, part: pl.DataFrame, logs: pl.DataFrame, strata: pl.DataFrame
) -> dict[str, Any]:
    """What the intervals of all draws come to, beside the truth of the part of the frame they were drawn from."""
    recorded, required = part.select(pl.col("recorded", "required").sum()).row(0)
    truth = recorded / required
    con.register("drawn_logs", logs.to_arrow())
    con.register("drawn_strata", strata.to_arrow())
    con.execute("create or replace temp table logs as from drawn_logs")
    con.execute("create or replace temp table strata as from drawn_strata")
    result = con.execute(MEASURE, {"truth": truth})
    names = [column[0] for column in result.description]
    row = dict(zip(names, result.fetchall()[0], strict=True))
    return {"truth": truth, "allowed": con.execute(ALLOWED).fetchall()[0][0], **row}


def main() -> int:
    """Print the table; 1 where coverage falls short."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--draws", type=int, default=4000)
    parser.add_argument("--incidents", type=int, default=120_000)
    given = parser.parse_args()
    start, short = time.perf_counter(), 0
    con = trends_database()
    print(f"{given.draws} draws a cell from a force of {given.incidents} logs; logit is the default interval")
    print("too high, too low: the whole interval lies above, below the truth; bound: draws without a failure found;")
    print("rated: draws whose hidden-crime stratum allows a whole-frame rate (coverage is over all draws)")
    print("scope         truth   logs  held by default  too high  too low  half-width  bound  held by plain t   rated")
    for rate in RATES:
        with tempfile.TemporaryDirectory() as folder:
            logs = frame(Path(folder), rate, given.incidents)
        scope, hidden = (logs.filter(pl.col("may_hide") == flag) for flag in (False, True))
        for size in SIZES:
            rng = np.random.default_rng([2018, int(100 * rate), size])
            inspected = draw(scope, size, given.draws, rng)
            found = draw(hidden, size, given.draws, rng)
            whole = tuple(pl.concat(pair) for pair in zip(inspected, found, strict=True))
            for name, part, drawn, least in (
                ("inspection", scope, inspected, LEAST[size]),
                ("whole frame", logs, whole, 0.0),
            ):
                row = measure(con, part, *drawn)
                is_short = row["covered"] < least or row["rated"] < row["draws"]
                short += is_short
                print(
                    f"{name:12} {row['truth']:6.2%}  {drawn[0].height // given.draws:5}  "
                    f"{row['covered']:15.2%}  {row['too_high']:8.2%}  {row['too_low']:7.2%}  "
                    f"{row['half_width']:10.2%}  {row['bounds']:5.1%}  {row['plain']:15.2%}  "
                    f"{1 if row['allowed'] is None else row['allowed']:6.1%}{'  SHORT' if is_short else ''}",
                    flush=True,
                )
    print(f"{time.perf_counter() - start:.0f} s; {'falls short' if short else 'enough'} in the inspection scope")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())

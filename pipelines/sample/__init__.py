"""The synthetic force: extracts of a made-up police force, and beside them the hidden truth.

`force` draws the parts in turn: what is reported and when (`levels`, `rhythm`, `incidents`, `required`), by whom and to
whom (`callers`, `teams`, `staff`), how it is answered (`response`, `appointments`, `closures`), what is recorded
(`rate`, `recording`, `crimes`, `decisions`), what the logs say of it (`codes`, `outcomes`, `links`) and what is wrong
in them (`dirt`); then what audits find (`audits`, `record_checks`), who was trained (`training`) and what the force has
decided for itself (`own_reference`). Each part takes its own stream of random numbers, so that a change in one leaves
the draws of others alone.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import polars as pl

from pipelines.extracts import EXTRACTS, Extract
from pipelines.sample.calendar import DATA_CUT, MONTHS
from pipelines.sample.force import make_force
from pipelines.sample.levels import LOGS_A_MONTH
from pipelines.sample.rate import check_rate

DEFAULT_INCIDENTS = LOGS_A_MONTH * len(MONTHS)
MOMENT_FORMAT = "%Y-%m-%dT%H:%M:%SZ"

DELIVERY = f"""\
# Says what these extracts are; read with them.
force = "Synthetic force"
is_synthetic = true
data_cut = {DATA_CUT.strftime(MOMENT_FORMAT)}
delivery = "full"
"""

__all__ = ["DEFAULT_INCIDENTS", "write_sample"]


def write_sample(
    out: Path,
    *,
    incidents: int | None = None,
    seed: int = 2018,
    file_format: Literal["csv", "parquet"] = "csv",
    rate: float | None = None,
    report: Callable[[str], None] = lambda message: None,
) -> Path:
    """Write the extracts of the synthetic force to the folder `out`, its own reference tables to `out`/reference, its
    hidden truth to `out`/truth; return `out`.

    `incidents` logs are spread over 1 May 2017 to 31 October 2019 (default: some 18,000 a month). The same arguments
    give the same bytes. `rate` fixes the share of crimes recorded, over logs whose codes indicate a crime,
    throughout; without it the rate is that of the inspection until the reform. `report` is told what is being done.
    Raises ValueError where an argument makes no sense.
    """
    check_rate(rate)
    count = DEFAULT_INCIDENTS if incidents is None else incidents
    if count < 1:
        raise ValueError(f"incidents is {count}; it is the number of logs to make and must be 1 or more")
    if seed < 0:
        raise ValueError(f"seed is {seed}; it must be 0 or more")
    if file_format not in ("csv", "parquet"):
        raise ValueError(f"format is {file_format!r}; it must be csv or parquet")
    force = make_force(count, seed, rate, report)
    report(f"writing {file_format} to {out}")
    for folder in ("reference", "truth"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    for declared in EXTRACTS:
        write_table(as_declared(force.extracts[declared.name], declared), out / declared.name, file_format)
    for name, frame in force.truth.items():
        write_table(frame, out / "truth" / name, file_format)
    for name, frame in force.reference.items():
        write_table(frame, out / "reference" / name, "csv")
    (out / "delivery.toml").write_text(DELIVERY, encoding="utf-8")
    return out


def as_declared(frame: pl.DataFrame, declared: Extract) -> pl.DataFrame:
    """The frame in the columns of the extract; one that is declared and that no part of the force draws stays empty."""
    absent = [pl.lit(None, kind).alias(name) for name, kind in declared.schema.items() if name not in frame.columns]
    return frame.with_columns(absent).select(list(declared.schema))


def write_table(frame: pl.DataFrame, stem: Path, file_format: Literal["csv", "parquet"]) -> None:
    """Write one table beside its stem, and remove what an earlier sample left in the other format."""
    for other in ("csv", "parquet"):
        stem.with_suffix(f".{other}").unlink(missing_ok=True)
    if file_format == "csv":
        frame.write_csv(stem.with_suffix(".csv"), datetime_format=MOMENT_FORMAT)
    else:
        # A time without a zone would be taken for the force's local one.
        zoned = frame.with_columns(pl.selectors.datetime().dt.replace_time_zone("UTC"))
        zoned.write_parquet(stem.with_suffix(".parquet"))

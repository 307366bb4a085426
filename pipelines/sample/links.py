"""Numbers and references: how logs and crimes are named, and how each names the other, mistakes included."""

import numpy as np
import polars as pl

from pipelines.sample.arrays import Flags, Floats, Ints, decode, happens, pick, stream
from pipelines.sample.calendar import ZONE
from pipelines.sample.crimes import REQUIRED, Crimes
from pipelines.sample.incidents import Logs

MISTYPED = 0.005
"""Share of references written in another shape than the number's own."""


def _local(at: Floats) -> pl.Series:
    return pl.from_epoch(pl.Series(at.astype(np.int64)), time_unit="s").dt.convert_time_zone(ZONE)


def incident_ids(logs: Logs) -> pl.Series:
    """Numbers of the logs: local date and running number of the day, such as 20170501-00012."""
    day = _local(logs.reported).dt.strftime("%Y%m%d")
    frame = pl.DataFrame({"day": day})
    number = pl.int_range(1, pl.len() + 1).over("day").cast(pl.String).str.zfill(5)
    return frame.select(pl.col("day") + "-" + number).to_series()


def crime_refs(crimes: Crimes) -> pl.Series:
    """Numbers of the crimes: year and running number of the year, such as CR20180012345."""
    frame = pl.DataFrame({"year": _local(crimes.recorded).dt.year().cast(pl.String)})
    number = pl.int_range(1, pl.len() + 1).over("year").cast(pl.String).str.zfill(7)
    return frame.select("CR" + pl.col("year") + number).to_series()


def lead_crimes(logs: Logs, crimes: Crimes, existing: Ints) -> Ints:
    """The crime each log names: the first recorded of those it had to lead to, else another of its own, else the
    earlier crime it belongs to (third argument); -1 for none."""
    lead = existing.copy()
    own = np.flatnonzero(crimes.log >= 0)[::-1]  # the last to be written is the first recorded
    for positions in (own, own[crimes.origin[own] == REQUIRED]):
        lead[crimes.log[positions]] = positions
    lead[logs.is_duplicate] = -1
    return lead


def mistype_refs(rng: np.random.Generator, refs: pl.Series) -> pl.Series:
    """Crime references with some in another shape: CR/2018 0012345, cr-2018-0012345, or a digit short (beyond
    repair)."""
    count = len(refs)
    manner = np.where(happens(rng, MISTYPED, count), pick(rng, (4, 3, 2, 1), count), -1)
    year, number = refs.str.slice(2, 4), refs.str.slice(6)
    frame = pl.DataFrame({"ref": refs, "year": year, "number": number, "manner": manner})
    return frame.select(
        pl.when(pl.col("manner") < 0)
        .then("ref")
        .when(pl.col("manner") == 0)
        .then("CR/" + pl.col("year") + " " + pl.col("number"))
        .when(pl.col("manner") == 1)
        .then("cr-" + pl.col("year") + "-" + pl.col("number"))
        .when(pl.col("manner") == 2)
        .then(pl.col("ref").str.to_lowercase())
        .otherwise(pl.col("ref").str.slice(0, 12))
    ).to_series()


def refs_on_logs(seed: int, refs: pl.Series, lead: Ints) -> pl.Series:
    """Crime reference as each log gives it; one in twelve is left out and stands on the crime alone."""
    rng = stream(seed, "refs")
    shown = np.where((lead >= 0) & happens(rng, 0.92, len(lead)), lead, -1)
    return mistype_refs(rng, decode(shown, refs))


def ids_on_crimes(seed: int, ids: pl.Series, crimes: Crimes) -> pl.Series:
    """Log number as each crime gives it; some are left out, some written with another separator."""
    rng = stream(seed, "ids")
    count = len(crimes)
    shown = (crimes.log >= 0) & happens(rng, 0.955, count)
    slash, space = happens(rng, 0.002, count), happens(rng, 0.002, count)
    frame = pl.DataFrame({"id": ids.gather(crimes.log.clip(min=0)), "shown": shown, "slash": slash, "space": space})
    return frame.select(
        pl.when(~pl.col("shown"))
        .then(pl.lit(None, dtype=pl.String))
        .when("slash")
        .then(pl.col("id").str.replace("-", "/", literal=True))
        .when("space")
        .then(pl.col("id").str.replace("-", " ", literal=True))
        .otherwise("id")
    ).to_series()


def duplicates_of(seed: int, ids: pl.Series, logs: Logs) -> pl.Series:
    """The log that each duplicate names: mostly the first report; sometimes another duplicate of it (chains), none, one
    that does not exist, or, rarely, each the other (cycles)."""
    rng = stream(seed, "duplicates")
    copies = np.flatnonzero(logs.is_duplicate)
    order = copies[np.argsort(logs.root[copies], kind="stable")]
    named = logs.root.copy()
    same = np.flatnonzero(np.diff(logs.root[order]) == 0) if len(order) > 1 else np.zeros(0, dtype=np.int64)
    earlier, later = order[same], order[same + 1]
    chained = happens(rng, 0.3, len(same))
    named[later[chained]] = earlier[chained]
    cycle = happens(rng, 0.008, len(same))
    named[later[cycle]], named[earlier[cycle]] = earlier[cycle], later[cycle]
    forgotten: Flags = happens(rng, 0.02, len(logs))
    unknown = happens(rng, 0.004, len(logs))
    shown = logs.is_duplicate & ~forgotten
    frame = pl.DataFrame({"id": ids.gather(named.clip(min=0)), "shown": shown, "unknown": unknown})
    return frame.select(
        pl.when(~pl.col("shown"))
        .then(pl.lit(None, dtype=pl.String))
        .when("unknown")
        .then(pl.col("id").str.replace("-0", "-9", literal=True))
        .otherwise("id")
    ).to_series()

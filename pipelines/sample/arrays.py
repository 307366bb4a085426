"""What the sample computes with: the names of the array types, and draws that several concepts share."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np
import numpy.typing as npt
import polars as pl

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def stream(seed: int, concept: str) -> np.random.Generator:
    """The random numbers of one concept: a change in one concept's draws leaves the others' as they were."""
    return np.random.default_rng([seed, crc32(concept.encode())])


def happens(rng: np.random.Generator, chance: Floats | float, size: int) -> Flags:
    """Whether a thing happens in each of `size` rows, given its chance in each."""
    return rng.random(size) < chance


def lognormal(rng: np.random.Generator, median: Floats | float, sigma: Floats | float, size: int) -> Floats:
    """Heavy-tailed waits with the given median, in the median's unit."""
    return median * np.exp(sigma * rng.standard_normal(size))


def pick(rng: np.random.Generator, weights: Sequence[float], size: int) -> Ints:
    """`size` indices, each in proportion to its weight."""
    edges = np.cumsum(np.asarray(weights, dtype=np.float64))
    return np.searchsorted(edges, rng.random(size) * edges[-1], side="right").clip(max=len(edges) - 1)


def pick_by_row(rng: np.random.Generator, weights: Floats, row: Ints) -> Ints:
    """One index for each element of `row`, in proportion to the weights in that row of the matrix `weights`."""
    edges = np.cumsum(weights, axis=1)
    point = rng.random(len(row)) * edges[row, -1]
    chosen = np.zeros(len(row), dtype=np.int64)
    for column in range(weights.shape[1] - 1):
        chosen += point >= edges[row, column]
    return chosen


def decode(index: Ints, names: Sequence[str | None] | pl.Series) -> pl.Series:
    """Names by index; null where the index is negative."""
    series = names if isinstance(names, pl.Series) else pl.Series(names, dtype=pl.String)
    known = pl.Series(index >= 0)
    return series.gather(pl.select(pl.when(known).then(pl.Series(index))).to_series())


def moments(at: Floats) -> pl.Series:
    """Moments as UTC datetimes to the second; null where NaN."""
    whole = np.where(np.isnan(at), 0.0, np.floor(at)).astype(np.int64) * 1_000_000
    values = pl.Series(whole).cast(pl.Datetime("us"))
    return pl.select(pl.when(pl.Series(~np.isnan(at))).then(values)).to_series()

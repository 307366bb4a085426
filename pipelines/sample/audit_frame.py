"""The frame that audits are drawn from: which stratum each log belongs to, by its codes alone.

It counts as `sql/facts/fact_incident.sql` does, by every code a log ever held; the codes of its duplicates, which count
there too, add none here. Logs that indicate a crime are the inspection scope, by the offence group of the gravest;
apart from them lie logs that may hide one, and duplicates.
"""

import numpy as np
import polars as pl

from pipelines.sample.arrays import Flags, Ints
from pipelines.sample.catalogue import CATEGORIES, REFERENCE
from pipelines.sample.codes import Codes

STRATA = (
    "violence",
    "sexual",
    "other",
    "hidden_anti_social_behaviour",
    "hidden_public_safety",
    "hidden_other",
    "hidden_duplicate",
)
INSPECTED = 3
"""How many of STRATA, the first ones, make up the inspection scope."""

NONE = 10_000
"""Rank of no category at all, behind every other."""

GROUP_STRATA = {"Violence against the person": "violence", "Sexual offences": "sexual"}
NSIR_STRATA = {
    "Anti-social behaviour": "hidden_anti_social_behaviour",
    "Public safety and welfare": "hidden_public_safety",
}


def gravest(codes: Codes, rank: Ints) -> Ints:
    """The lowest rank among all codes each log ever held."""
    known = np.append(rank, NONE)  # position -1
    return np.minimum.reduce([known[codes.opening], known[codes.closing], known[codes.besides], known[codes.held]])


def draw_strata(codes: Codes, is_copy: Flags) -> Ints:
    """Position in STRATA of each log, -1 where it is in no frame: it neither indicates nor may hide a crime. `is_copy`
    says which logs name another that they repeat."""
    reference = pl.DataFrame({"category_code": CATEGORIES}).join(
        pl.read_csv(REFERENCE / "incident_category.csv"), on="category_code", how="left", maintain_order="left"
    )
    is_crime, may_hide = reference["indicates_crime"].to_numpy(), reference["may_hide_crime"].to_numpy()
    rank = reference["rank"].to_numpy()
    crime = gravest(codes, np.where(is_crime, rank, NONE))
    hiding = gravest(codes, np.where(may_hide, rank, NONE))

    by_group = reference["offence_group"].replace_strict(GROUP_STRATA, default="other", return_dtype=pl.String)
    by_nsir = reference["nsir_category"].replace_strict(NSIR_STRATA, default="hidden_other", return_dtype=pl.String)
    stratum_of = np.full(NONE + 1, -1)
    stratum_of[rank] = [STRATA.index(name) for name in np.where(is_crime, by_group, by_nsir)]
    own = np.where(crime < NONE, stratum_of[crime], stratum_of[hiding])
    return np.where(is_copy, STRATA.index("hidden_duplicate"), own)

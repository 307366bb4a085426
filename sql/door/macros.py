"""Which macros of `sql/` readers call through the door: the build leaves them in every snapshot."""

from collections.abc import Iterable
from pathlib import Path

import duckdb

FOLDER = Path(__file__).parents[1]

PROCESS_MACROS = ("trends/spc_limits", "trends/spc", "trends/settled", "trends/rebased")
# The audit's estimates, in the order in which they call on one another.
ESTIMATE_MACROS = (
    "trends/beta_quantile",
    "trends/t_quantile",
    "trends/proportion",
    "trends/ratio_estimate",
    "trends/ratio_by_stratum",
    "trends/ratio_by_domain",
    "trends/audited_rate",
    "trends/rolling_year",
    "trends/agreement",
    "trends/checked_rate",
    "trends/against_baseline",
    "trends/extrapolation",
    "trends/recorded_year",
    "trends/audit_plan",
)
# What a draw and its worksheet are planned and made from; these read the facts, and so follow them.
DRAW_MACROS = ("trends/audit_frame", "trends/audit_prior", "trends/audit_worksheet", "trends/audit_choices")


def charting(texts: Iterable[str]) -> duckdb.DuckDBPyConnection:
    """A database in memory that control charts are drawn in, with the macros of files that hold these texts. The query
    of a chart is long and its rows are few: optimising it, or sharing it out, takes longer than it saves."""
    con = duckdb.connect(config={"threads": 1, "memory_limit": "800MB", "enable_external_access": "false"})
    names = con.execute("select string_agg(name, ',') as names from duckdb_optimizers()").fetchall()[0][0]
    con.execute("set disabled_optimizers = $names", {"names": names})
    for text in texts:
        con.execute(text)
    return con

"""Metrics that count crime records."""

import polars as pl

from tests.oracle.crimes import INDEPENDENT
from tests.oracle.metrics.definition import Definition

code = pl.col("cancellation_code")
family, first_family = pl.col("family"), pl.col("first_family")
is_part = pl.col("is_part_of_another")
began_as_n100 = (first_family == "n100").fill_null(False)
is_n100 = (family == "n100").fill_null(False)
is_crime = ~is_part & ~began_as_n100 & ~is_n100
was_crime = ~(began_as_n100 & is_n100)
is_placed = pl.col("received_at").is_not_null()
is_timed, is_in_time = pl.col("is_timed"), pl.col("is_in_time")
is_cancelled = pl.col("cancelled_at").is_not_null()
has_report = pl.col("first_report_id").is_not_null()
is_closed_before = (pl.col("first_closure_at") < pl.col("received_at")).fill_null(False)
by_first_closure = pl.col("first_closure_at").is_null() | (pl.col("recorded_at") <= pl.col("first_closure_at"))
takes_registrar = (code == "C2") & (family.is_in(["rape", "homicide"]) | first_family.is_in(["rape", "homicide"]))
days_to_confirm = (pl.col("reclassified_at") - pl.col("recorded_at")).dt.total_microseconds() / 86400e6


def _crime(
    counted: pl.Expr, met: pl.Expr, placed_at: str = "received_at", measure: pl.Expr | None = None
) -> Definition:
    return Definition("crime", "crime_ref", counted, met, placed_at, "team_id", measure)


OF_CRIMES = {
    "crimes_in_time": _crime(is_crime & is_timed, is_in_time),
    "crimes_first_opportunity": _crime(
        is_crime & is_timed & has_report & ~is_closed_before, is_in_time & by_first_closure
    ),
    "diary_crime_in_time": _crime(is_crime & is_timed & pl.col("has_diary"), is_in_time),
    "late_approved": _crime(
        is_crime & is_timed & ~is_in_time,
        pl.col("late_reason").is_not_null() & pl.col("late_approved_by_role").is_in(INDEPENDENT),
    ),
    "cancellations_right_authority": _crime(
        was_crime & is_cancelled & code.is_in(["C2", "C3", "C4", "C5"]),
        pl.when(takes_registrar.fill_null(False))
        .then(pl.col("cancelled_by_role") == "registrar")
        .otherwise(pl.col("cancelled_by_role").is_in(INDEPENDENT)),
        "cancelled_at",
    ),
    "cancellations_victim_informed": _crime(
        was_crime & is_cancelled & code.is_in(["C1", "C2", "C5"]),
        pl.col("victim_informed_at") <= pl.col("cancelled_at"),
        "cancelled_at",
    ),
    "transfers_with_reference": _crime(
        was_crime & is_cancelled & (code == "C1"), pl.col("transferred_ref").is_not_null(), "cancelled_at"
    ),
    "reclassifications_with_authority": _crime(
        pl.col("is_lesser") & pl.col("reclassified_at").is_not_null(),
        pl.col("reclassified_by_role").is_in(INDEPENDENT),
        "reclassified_at",
    ),
    "rape_recorded_as_rape": _crime(
        ~is_part & is_placed & (family.is_in(["rape", "n100"]).fill_null(False) | first_family.is_in(["rape", "n100"])),
        first_family == "rape",
    ),
    "n100_in_time": _crime(began_as_n100 & ~is_part & is_timed, is_in_time),
    "n100_confirmed": _crime(
        began_as_n100 & ~is_part & is_placed,
        family == "rape",
        measure=pl.when((family == "rape") & (pl.col("reclassified_at") >= pl.col("recorded_at"))).then(
            days_to_confirm
        ),
    ),
}

"""The force's own days, weeks and months, and what is in force on a day."""

from datetime import date

import polars as pl


def local_day(moment: str | pl.Expr, time_zone: str) -> pl.Expr:
    """Local day of a UTC moment."""
    return _local(moment, time_zone).dt.date()


def local_month(moment: str | pl.Expr, time_zone: str) -> pl.Expr:
    """First day of the local month of a UTC moment."""
    return local_day(moment, time_zone).dt.truncate("1mo")


def local_week(moment: str | pl.Expr, time_zone: str) -> pl.Expr:
    """Monday of the local week of a UTC moment."""
    return local_day(moment, time_zone).dt.truncate("1w")


def in_force(periods: pl.DataFrame, day: date | None, grade: str | None = None) -> float | None:
    """Value of the row of `periods` that holds on the day: from `valid_from` on, up to but without `valid_to`.

    Of several the smallest, which is the strictest; with a grade, only rows of that grade are looked at. None where
    none holds.
    """
    if day is None:
        return None
    holding = [
        row["value"]
        for row in periods.iter_rows(named=True)
        if grade in (None, row.get("grade_code"))
        and (row["valid_from"] or date.min) <= day < (row["valid_to"] or date.max)
    ]
    return min(holding, default=None)


def _local(moment: str | pl.Expr, time_zone: str) -> pl.Expr:
    expression = pl.col(moment) if isinstance(moment, str) else moment
    return expression.dt.replace_time_zone("UTC").dt.convert_time_zone(time_zone)

"""Which crime the codes of a log indicate. Every code the log ever held counts."""

import polars as pl

from tests.oracle.reference import Reference


def own_crime_rank(incident: pl.DataFrame, reference: Reference) -> pl.DataFrame:
    """incident_id and the rank of the gravest crime that a code of the log indicates, for logs with such a code."""
    codes = pl.concat_list(
        pl.col("opening_code").fill_null(""),
        pl.col("closing_code").fill_null(""),
        pl.col("qualifiers").fill_null("").str.split(";"),
    )
    held = incident.select("incident_id", category_code=codes).explode("category_code")
    return (
        held.with_columns(pl.col("category_code").str.strip_chars())
        .join(_crimes(reference), on="category_code")
        .group_by("incident_id")
        .agg(own_rank=pl.col("rank").min())
    )


def indicates_crime(code: str, reference: Reference) -> pl.Expr:
    """Whether the code in that column indicates a notifiable crime; a code nobody knows does not."""
    return pl.col(code).is_in(_crimes(reference)["category_code"].to_list()).fill_null(False)


def indicated(reference: Reference) -> pl.DataFrame:
    """By the rank of a crime category (`crime_rank`), its offence group and focus group."""
    return _crimes(reference).select("offence_group", "focus_group", crime_rank="rank")


def _crimes(reference: Reference) -> pl.DataFrame:
    return reference.category.filter("indicates_crime")

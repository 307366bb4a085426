"""Which crime stands against which report, whichever side names the other."""

import polars as pl

from tests.oracle.chains import survivors


def links(reports: pl.DataFrame, crime: pl.DataFrame) -> pl.DataFrame:
    """report_id and crime_ref, a pair once.

    A link of a duplicate is its root's; a link to a crime cancelled as C3 is the surviving crime's too.
    """
    named = named_links(reports, crime)
    surviving = named.with_columns(pl.col("crime_ref").replace(survivors(crime)))
    return pl.concat([named, surviving]).unique()


def named_links(reports: pl.DataFrame, crime: pl.DataFrame) -> pl.DataFrame:
    """report_id and crime_ref, where the log or its duplicate names the crime or the crime names the log."""
    by_log = reports.select("incident_id", "crime_ref")
    by_crime = crime.select("incident_id", "crime_ref")
    named = pl.concat([by_log, by_crime]).drop_nulls().unique()
    known = named.join(crime.select("crime_ref"), on="crime_ref").join(
        reports.select("incident_id", "report_id"), on="incident_id"
    )
    return known.select("report_id", "crime_ref").unique()

"""Chains of records that point to one another, followed to their end: A > B > C leads from A to C."""

import polars as pl


def end_of_chain(start: str, after: dict[str, str]) -> str | None:
    """The record a chain ends at, which points to no other; None where the chain turns in a circle."""
    seen = {start}
    while start in after:
        start = after[start]
        if start in seen:
            return None
        seen.add(start)
    return start


def duplicate_roots(incident: pl.DataFrame) -> dict[str, str | None]:
    """For each log said to be a duplicate, the log at the root of its chain.

    None where the chain turns in a circle or leads to a log that was not delivered.
    """
    after = _pairs(incident, "incident_id", "duplicate_of")
    return _ends(after, set(incident["incident_id"]))


def survivors(crime: pl.DataFrame) -> dict[str, str]:
    """For each crime cancelled as part of another (C3) whose chain ends at a crime that stands: that crime.

    Left out where the chain turns in a circle, or leads to a crime that was not delivered or is cancelled as C3 itself.
    A code without a time cancels nothing.
    """
    cancelled = crime.filter((pl.col("cancellation_code") == "C3") & pl.col("cancelled_at").is_not_null())
    after = _pairs(cancelled, "crime_ref", "surviving_crime_ref")
    standing = set(crime["crime_ref"]) - set(cancelled["crime_ref"])
    return {ref: end for ref, end in _ends(after, standing).items() if end is not None}


def _pairs(rows: pl.DataFrame, key: str, target: str) -> dict[str, str]:
    return dict(rows.filter(pl.col(target).is_not_null()).select(key, target).iter_rows())


def _ends(after: dict[str, str], valid: set[str]) -> dict[str, str | None]:
    ends = {start: end_of_chain(start, after) for start in after}
    return {start: end if end in valid else None for start, end in ends.items()}

"""What the rules make of each crime record: its class, its receipt, whether it was recorded in time."""

import polars as pl

from tests.oracle.chains import survivors
from tests.oracle.reference import Reference
from tests.oracle.reports import limit_after

GRAVEST = ("homicide", "rape")
INDEPENDENT = ("decision_maker", "registrar")


def crimes(crime: pl.DataFrame, reports: pl.DataFrame, links: pl.DataFrame, reference: Reference) -> pl.DataFrame:
    """The crime's rows with:

    district (the first report's where the crime has none), offence_group, family and first_family (rape, n100,
    homicide, ...), is_lesser, is_part_of_another (C3), first_report_id and its channel and grade, received_at,
    limit_at, first_closure_at of its reports, is_timed (times known and in order), is_in_time.
    """
    judged = _classed(crime, reference).with_columns(
        is_part_of_another=pl.col("crime_ref").is_in(list(survivors(crime)))
    )
    judged = judged.join(_first_reports(reports, links), on="crime_ref", how="left")
    judged = judged.with_columns(
        received_at=pl.min_horizontal("reported_at", "report_received_at"),
        district=pl.coalesce("district", "report_district"),
    )
    judged = judged.with_columns(limit_at=limit_after("received_at", reference))
    return judged.with_columns(
        is_timed=(pl.col("recorded_at") >= pl.col("received_at")).fill_null(False),
        is_in_time=(pl.col("recorded_at") <= pl.col("limit_at")).fill_null(False),
    )


def _classed(crime: pl.DataFrame, reference: Reference) -> pl.DataFrame:
    by_code = reference.offence_code.select("offence_code", code_class="offence_class")
    classes = reference.offence_class.select(
        "offence_group", klass="offence_class", family="offence_family", years="comparison_years"
    )
    judged = crime.join(by_code, on="offence_code", how="left")
    judged = judged.with_columns(klass=pl.coalesce("offence_class", "code_class"))
    judged = judged.with_columns(first_klass=pl.coalesce("first_offence_class", "klass"))
    first = classes.drop("offence_group").rename({name: f"first_{name}" for name in ("klass", "family", "years")})
    judged = judged.join(classes, on="klass", how="left").join(first, on="first_klass", how="left")
    judged = judged.with_columns(
        family=_n100_by_name("klass", "family"), first_family=_n100_by_name("first_klass", "first_family")
    )
    family, first = pl.col("family"), pl.col("first_family").fill_null("")
    is_lesser = (
        pl.when(pl.col("klass") == pl.col("first_klass"))
        .then(False)
        .when(family == "n100")
        .then(first != "n100")
        .when(first.is_in(GRAVEST))
        .then(~family.is_in(GRAVEST))
        .otherwise(pl.col("years") < pl.col("first_years"))
    )
    return judged.with_columns(is_lesser=is_lesser.fill_null(False))


def _n100_by_name(klass: str, family: str) -> pl.Expr:
    """A class whose name begins with N100 is a reported incident, whether or not the list holds it."""
    return pl.when(pl.col(klass).str.starts_with("N100")).then(pl.lit("n100")).otherwise(pl.col(family))


def _first_reports(reports: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """For each crime with a report: the report that came first, and the earliest closure among its reports."""
    linked = links.join(reports, left_on="report_id", right_on="incident_id")
    return (
        linked.sort("received_at", "report_id")
        .group_by("crime_ref", maintain_order=True)
        .agg(
            first_report_id=pl.col("report_id").first(),
            report_received_at=pl.col("received_at").min(),
            first_closure_at=pl.col("first_closure_at").min(),
            channel=pl.col("channel").first(),
            grade=pl.col("grade").first(),
            report_district=pl.col("district").first(),
        )
    )

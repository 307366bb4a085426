"""What audits found: logs drawn, crimes that should have been recorded, and decisions checked."""

from collections import defaultdict

import polars as pl

from tests.oracle.matching import Register, drawn_crimes, matched
from tests.oracle.reference import Reference
from tests.oracle.stage import Stage

LOG = ["sample_id", "incident_id"]
MARKER = [*LOG, "auditor"]
IS_REGISTRAR = pl.col("auditor") == "registrar"


def audit_logs(stage: Stage, incidents: pl.DataFrame) -> pl.DataFrame:
    """A row a log drawn: audit_log_id, may_hide and cut_at of its stratum, the verdicts of the return that prevails
    (the registrar's, else the earliest, else the first by the auditor's code) and the log's own columns."""
    drawn = _drawn(stage)
    returned = stage.rows["audit_return"].drop("stratum").sort(~IS_REGISTRAR, "audited_at", "auditor", nulls_last=True)
    prevailing = returned.unique(LOG, keep="first", maintain_order=True)
    return (
        drawn.join(prevailing, on=LOG, how="left")
        .join(_of_log(incidents), on="incident_id", how="left")
        .with_columns(audit_log_id=pl.concat_str(*LOG, separator=" "))
    )


def audit_crimes(
    stage: Stage, logs: pl.DataFrame, incidents: pl.DataFrame, named: pl.DataFrame, crimes: pl.DataFrame,
    reference: Reference,
) -> pl.DataFrame:  # fmt: skip
    """A row a crime that the marker who prevails found should have been recorded, with is_recorded as the matching
    makes it, the groups of the auditor's class and the log's columns."""
    drawn = _drawn(stage)
    required = stage.rows["audit_crime"].join(drawn.select(LOG), on=LOG, how="semi")
    register = Register(crimes, stage.rows["record_check"])
    known = drawn_crimes(drawn, required, incidents, named, register)
    by_marker = defaultdict(list)
    for row in required.iter_rows(named=True):
        by_marker[row["sample_id"], row["incident_id"], row["auditor"]].append(row)
    found = [(*marker, n) for marker, rows in by_marker.items() for n in matched(rows, known.get(marker[:2], {}))]
    schema = {name: required.schema[name] for name in (*MARKER, "n")}
    matches = pl.DataFrame(found, schema=schema, orient="row").with_columns(is_matched=pl.lit(True))
    classes = reference.offence_class.select("offence_group", "focus_group", required_class="offence_class")
    of_log = logs.select(*MARKER, "may_hide", "reported_at", "district", "team_id", "channel", "grade")
    return (
        required.join(of_log, on=MARKER)
        .join(matches, on=[*MARKER, "n"], how="left")
        .join(classes, on="required_class", how="left")
        .with_columns(
            audit_crime_id=pl.concat_str(*LOG, "n", separator=" "),
            is_recorded=pl.when(pl.col("is_recorded"))
            .then(pl.col("is_matched").fill_null(False))
            .otherwise("is_recorded"),
        )
    )


def record_checks(stage: Stage, crimes: pl.DataFrame) -> pl.DataFrame:
    """A row a decision checked: of several checks one with a verdict, then the registrar's, then by the auditor's code;
    with decided_at and the crime's columns."""
    checks = stage.rows["record_check"].sort(pl.col("is_correct").is_null(), ~IS_REGISTRAR, "auditor")
    checks = checks.unique(["sample_id", "kind", "crime_ref"], keep="first", maintain_order=True)
    of_crime = crimes.select(
        "crime_ref", "cancelled_at", "reclassified_at", "recorded_at", "cancellation_code", "district", "team_id",
        "offence_group", "is_domestic_abuse", "channel", "grade",
    )  # fmt: skip
    moments = {"cancellation": "cancelled_at", "reclassification": "reclassified_at", "n100": "recorded_at"}
    return checks.join(of_crime, on="crime_ref", how="left").with_columns(
        record_check_id=pl.concat_str("sample_id", "kind", "crime_ref", separator=" "),
        decided_at=pl.coalesce(pl.when(pl.col("kind") == kind).then(moment) for kind, moment in moments.items()),
    )


def _drawn(stage: Stage) -> pl.DataFrame:
    strata = stage.rows["audit_stratum"].select("sample_id", "stratum", "may_hide", "cut_at")
    return stage.rows["audit_log"].join(strata, on=["sample_id", "stratum"], how="left")


def _of_log(incidents: pl.DataFrame) -> pl.DataFrame:
    return incidents.select(
        "incident_id", "reported_at", "district", "team_id", "attending_team_id", "offence_group", "is_domestic_abuse",
        "channel", "grade",
    )  # fmt: skip

"""The reference tables, as typed frames, with the grades and targets of a profile where it brings its own."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import polars as pl

REFERENCE = Path(__file__).parents[2] / "sql" / "reference"
FLAGS = ("indicates_crime", "is_accepted", "needs_attendance")
NUMBERS = ("rank", "comparison_years", "limit_minutes", "value")
DATES = ("valid_from", "valid_to")


@dataclass(frozen=True)
class Reference:
    """The tables the oracle needs, by what they hold, and the time zone of the source."""

    category: pl.DataFrame
    offence_class: pl.DataFrame
    offence_code: pl.DataFrame
    accepted_reasons: set[str]
    grade: pl.DataFrame
    recording_limit: pl.DataFrame
    target: pl.DataFrame
    training_module: pl.DataFrame
    time_zone: str


def read_reference(profile: Path) -> Reference:
    """The tables as they hold for the source of that profile file."""
    own = tomllib.loads(profile.read_text("utf-8"))
    reasons = _table("no_crime_reason").filter("is_accepted")
    limits = _table("recording_rule").filter(pl.col("rule_id") == "recording_limit")
    return Reference(
        category=_table("incident_category"),
        offence_class=_table("offence_class"),
        offence_code=_table("offence_code"),
        accepted_reasons=set(reasons["reason_code"]),
        grade=_grades(own),
        recording_limit=limits.rename({"limit_minutes": "value"}).select("value", *DATES),
        target=_targets(own).with_columns(value=_in_minutes()),
        training_module=_table("training_module"),
        time_zone=own["time_zone"],
    )


def _grades(own: dict) -> pl.DataFrame:
    if "grades" not in own:
        return _table("grade").select("grade_code", "rank", "needs_attendance")
    rows = [(row["code"], float(row["rank"]), row["needs_attendance"]) for row in own["grades"]]
    return pl.DataFrame(rows, schema=["grade_code", "rank", "needs_attendance"], orient="row")


def _targets(own: dict) -> pl.DataFrame:
    columns = ["target_id", "grade_code", "value", "unit", *DATES]
    shipped = _table("target").select(columns)
    if "targets" not in own:
        return shipped
    rows = [{name: row.get(name) for name in columns} for row in own["targets"]]
    given = pl.DataFrame(rows, schema=shipped.schema)
    return pl.concat([shipped, given]) if own.get("adds_to_reference_targets") else given


def _in_minutes() -> pl.Expr:
    """Times in minutes, whatever their unit; other targets as they are."""
    return pl.col("value") * pl.col("unit").replace_strict({"hours": 60, "days": 1440}, default=1)


def _table(name: str) -> pl.DataFrame:
    table = pl.read_csv(REFERENCE / f"{name}.csv", infer_schema=False)
    present = set(table.columns)
    return table.with_columns(
        *(pl.col(name) == "true" for name in FLAGS if name in present),
        *(pl.col(name).cast(pl.Float64) for name in NUMBERS if name in present),
        *(pl.col(name).str.to_date() for name in DATES if name in present),
    )

"""The sample's staff, their training, the checks of records, and what the force has decided for itself."""

from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest

from pipelines.sample.force import Force, make_force

SIZE = 60_000
REFERENCE = Path(__file__).parents[2] / "sql" / "reference"
CUT = datetime(2019, 11, 1)


@pytest.fixture(scope="module")
def force() -> Force:
    return make_force(SIZE, 41, None, lambda message: None)


@pytest.fixture(scope="module")
def crime(force: Force) -> pl.DataFrame:
    return force.extracts["crime"].unique("crime_ref", keep="last")


def local_date(column: str) -> pl.Expr:
    return pl.col(column).dt.replace_time_zone("UTC").dt.convert_time_zone("Europe/London").dt.date()


@pytest.mark.parametrize(
    ("who", "when"),
    [("handler_id", "reported_at"), ("closed_by", "closed_at"), ("closure_checked_by", "closure_checked_at")],
)
def test_whoever_works_on_a_log_is_a_member_of_staff_on_that_day(force: Force, who: str, when: str) -> None:
    incident = force.extracts["incident"].unique("incident_id", keep="last")
    worked = incident.filter(pl.col(who).is_not_null()).select(staff_id=who, day=local_date(when))
    staff = force.extracts["staff"]
    known = worked.join(staff, on="staff_id", how="left")
    assert known["role"].null_count() == 0
    wrong = known.filter((pl.col("day") < pl.col("started_on")) | (pl.col("day") > pl.col("left_on")))
    # A few moments of closure are wrong on purpose, by hours.
    assert wrong.height <= (0.0002 * known.height if who == "closed_by" else 0)
    assert worked["staff_id"].n_unique() > 20


def test_everyone_has_a_team_a_role_and_a_first_day_and_who_left_was_followed(force: Force) -> None:
    staff = force.extracts["staff"]
    assert staff["staff_id"].is_unique().all()
    assert staff.select(pl.col("team_id", "role", "started_on").null_count()).row(0) == (0, 0, 0)
    assert set(staff["team_id"]) == set(force.extracts["team"]["team_id"])
    assert set(staff["role"]) == {"call_handler", "response_officer", "crime_recorder", "supervisor"}
    control = staff.filter(pl.col("team_id").str.starts_with("CTL"))
    assert set(control["role"]) == {"call_handler", "supervisor"}
    left = staff.filter(pl.col("left_on").is_not_null())
    assert 0.05 < left.height / staff.height < 0.12
    came = staff.filter(pl.col("started_on") >= date(2017, 5, 1))
    followed = left.select("team_id", "role", first=pl.col("left_on") + pl.duration(days=1)).sort(pl.all())
    assert followed.equals(came.select("team_id", "role", first="started_on").sort(pl.all()))


def test_supervisors_check_and_handlers_take_calls(force: Force) -> None:
    incident, staff = force.extracts["incident"], force.extracts["staff"]
    roles = {
        who: set(incident.select(staff_id=who).drop_nulls().join(staff, on="staff_id")["role"])
        for who in ("handler_id", "closure_checked_by", "closed_by")
    }
    assert roles == {
        "handler_id": {"call_handler"},
        "closure_checked_by": {"supervisor"},
        "closed_by": {"call_handler", "response_officer"},
    }


def test_people_are_trained_in_what_their_role_needs_while_they_are_there(force: Force) -> None:
    modules = pl.read_csv(REFERENCE / "training_module.csv", infer_schema=False)
    needed = modules.select("module", role=pl.col("roles").str.split(";")).explode("role")
    training = force.extracts["training"]
    assert training.select("staff_id", "module").is_unique().all()
    held = training.join(force.extracts["staff"], on="staff_id")
    assert held.height == training.height
    assert held.join(needed, on=["module", "role"], how="anti").height == 0
    assert set(held["module"]) == set(modules["module"])
    during = held.select(
        (local_date("completed_at") >= pl.col("started_on"))
        & (local_date("completed_at") <= pl.col("left_on")).fill_null(True)
    ).to_series()
    assert during.all()
    assert (training["completed_at"] < CUT).all()


def test_teams_are_trained_unevenly_and_some_certificates_have_run_out(force: Force) -> None:
    staff = force.extracts["staff"].filter(pl.col("left_on").is_null())
    modules = pl.read_csv(REFERENCE / "training_module.csv", infer_schema=False)
    needed = modules.select("module", role=pl.col("roles").str.split(";")).explode("role")
    wanted = staff.join(needed, on="role").join(force.extracts["training"], on=["staff_id", "module"], how="left")

    def trained(team: str, by: datetime) -> float:
        current = (pl.col("completed_at") < by) & (pl.col("expires_at") > by)
        return wanted.filter(pl.col("team_id") == team).select(current.fill_null(False).mean()).item()

    assert trained("CTL-A", datetime(2018, 9, 1)) < 0.35
    assert trained("CTL-A", datetime(2019, 2, 1)) > 0.9
    assert trained("CTL-B", datetime(2019, 2, 1)) < 0.35
    assert trained("CTL-B", CUT) < 0.65 < trained("CTL-D", CUT)
    expired = wanted.filter(pl.col("expires_at") <= CUT)
    assert 0.02 < expired.height / wanted.height < 0.2


def test_each_check_is_of_a_decision_that_was_made(force: Force, crime: pl.DataFrame) -> None:
    checks = force.extracts["record_check"]
    assert checks.select("sample_id", "crime_ref", "kind", "auditor").is_unique().all()
    known = checks.join(crime, on="crime_ref")
    assert known.height == checks.height
    cancelled = known.filter(pl.col("kind") == "cancellation")
    assert cancelled["cancellation_code"].null_count() == 0
    changed = known.filter(pl.col("kind") == "reclassification")
    assert (changed["offence_class"] != changed["first_offence_class"]).all()
    assert not changed["first_offence_class"].eq("N100").any()
    incidents = known.filter(pl.col("kind") == "n100")
    assert set(incidents["offence_class"]) == {"N100"}
    decided = known.with_columns(
        at=pl.when(pl.col("kind") == "cancellation")
        .then("cancelled_at")
        .when(pl.col("kind") == "reclassification")
        .then("reclassified_at")
        .otherwise("recorded_at")
    ).with_columns(year=pl.format("{}-checks", local_date("at").dt.year()))
    assert (decided["sample_id"] == decided["year"]).all()


def test_samples_of_checks_are_small_whole_where_few_and_a_few_are_picked(force: Force, crime: pl.DataFrame) -> None:
    codes = crime.select("crime_ref", "cancellation_code")
    checks = force.extracts["record_check"].filter(pl.col("auditor") != "registrar").join(codes, on="crime_ref")
    group = pl.when(pl.col("kind") == "cancellation").then("cancellation_code").otherwise("kind")
    sizes = checks.group_by("sample_id", group.alias("group"), "is_targeted").len()
    drawn, picked = sizes.filter(~pl.col("is_targeted")), sizes.filter("is_targeted")
    assert drawn["len"].max() == 30
    assert drawn.filter(pl.col("len") < 20).height > 0
    assert set(picked["len"]) == {4}
    full = drawn.join(picked, on=["sample_id", "group"], how="semi")
    assert set(full["len"]) == {30}
    per_kind = checks.group_by("kind").agg(pl.col("is_correct").mean())
    assert per_kind["is_correct"].is_between(0.6, 0.97).all()
    assert (checks["reason"].is_null() == checks["is_correct"]).all()


def test_a_rape_kept_as_a_reported_incident_is_found_wrong(force: Force) -> None:
    rapes = ["19C", "19D", "19E", "19F"]
    missed = force.truth["crime"].filter("is_required", pl.col("offence_class").is_in(rapes))["incident_id"]
    kept = force.truth["crime"].filter(pl.col("offence_class") == "N100", pl.col("incident_id").is_in(missed.to_list()))
    checks = force.extracts["record_check"].filter(pl.col("kind") == "n100")
    wrong = checks.filter(pl.col("crime_ref").is_in(kept["crime_ref"].to_list()))
    assert wrong.height >= 5
    assert wrong.select(pl.col("is_correct").mean()).item() < 0.2


def test_the_registrar_has_signed_every_sample_but_the_last(force: Force) -> None:
    samples = force.extracts["audit_stratum"]["sample_id"].unique().sort().to_list()
    signed = force.reference["audit_signature"]
    assert signed["sample_id"].to_list() == samples[:-1]
    assert set(signed["role"]) == {"Force Crime Registrar"}
    marked = force.extracts["audit_return"].group_by("sample_id").agg(last=local_date("audited_at").max())
    both = signed.join(marked, on="sample_id")
    assert (both["signed_date"] > both["last"]).all()
    assert (both["signed_date"] < CUT.date()).all()


def test_progress_names_every_recommendation_and_most_await_review(force: Force) -> None:
    progress = force.reference["recommendation_progress"]
    shipped = pl.read_csv(REFERENCE / "recommendation_progress.csv", infer_schema=False)
    assert progress.columns == shipped.columns
    known = pl.read_csv(REFERENCE / "recommendation.csv", infer_schema=False)["ref"]
    assert set(progress["ref"]) == set(known)
    assert progress.select("ref", "part").is_unique().all()
    waiting = progress.filter(pl.col("status") == "awaiting review")
    assert 0.5 * progress.height < waiting.height < progress.height
    assert progress["evidence_reference"].drop_nulls().str.starts_with("SYNTHETIC-").all()
    assert (progress["evidence_reference"].is_null() == progress["delivered_date"].is_null()).all()
    assert progress["note"].str.contains("ade up").all()

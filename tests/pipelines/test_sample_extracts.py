"""The sample's extracts as a reader meets them: keys, vocabularies, links, times, and how much of each oddity."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import polars as pl
import pytest

import sql
from pipelines.extracts import EXTRACTS
from pipelines.sample.force import Force, make_force

SIZE = 60_000
BEGINS, CUT = datetime(2017, 4, 30, 23), datetime(2019, 11, 1)
REFERENCE = sql.FOLDER / "reference"


@pytest.fixture(scope="module")
def force() -> Force:
    return make_force(SIZE, 11, None, lambda message: None)


@pytest.fixture(scope="module")
def incident(force: Force) -> pl.DataFrame:
    """The logs as loaded: the later row of a repeated key stands."""
    return force.extracts["incident"].unique("incident_id", keep="last", maintain_order=True)


@pytest.fixture(scope="module")
def crime(force: Force) -> pl.DataFrame:
    return force.extracts["crime"].unique("crime_ref", keep="last", maintain_order=True)


@pytest.fixture(scope="module")
def appointment(force: Force) -> pl.DataFrame:
    return force.extracts["appointment"].unique("appointment_id", keep="last", maintain_order=True)


def reference(name: str, column: str) -> set[str]:
    return set(pl.read_csv(REFERENCE / f"{name}.csv", infer_schema=False)[column].drop_nulls())


def near(share: float, expected: float, of: int) -> bool:
    """Whether a share lies within four standard errors of what was aimed at."""
    return abs(share - expected) < 4 * (expected * (1 - expected) / of) ** 0.5


def open_vocabularies() -> Iterator[tuple[str, str, str, str]]:
    for column in ("opening_code", "closing_code"):
        yield "incident", column, "incident_category", "category_code"
    for column in ("initial_grade", "final_grade"):
        yield "incident", column, "grade", "grade_code"
    yield "incident", "no_crime_reason", "no_crime_reason", "reason_code"
    yield "crime", "offence_code", "offence_code", "offence_code"
    for column in ("offence_class", "first_offence_class"):
        yield "crime", column, "offence_class", "offence_class"
    yield "audit_crime", "required_class", "offence_class", "offence_class"
    yield "audit_crime", "failure_reason", "failure_reason", "reason_code"
    yield "training", "module", "training_module", "module"


@pytest.mark.parametrize("extract", EXTRACTS, ids=lambda extract: extract.name)
def test_required_columns_are_filled_and_closed_vocabularies_kept(force: Force, extract) -> None:
    frame = force.extracts[extract.name]
    for column in extract.columns:
        if column.name not in frame.columns and not column.is_required:
            continue  # no part of the force draws it
        values = frame[column.name]
        assert not (column.is_required and values.has_nulls()), column.name
        assert not column.allowed or set(values.drop_nulls()) <= set(column.allowed), column.name


@pytest.mark.parametrize(("extract", "column", "table", "key"), list(open_vocabularies()))
def test_codes_are_those_of_the_reference_tables(force: Force, extract: str, column: str, table: str, key: str) -> None:
    assert set(force.extracts[extract][column].drop_nulls()) <= reference(table, key)


def test_qualifiers_are_categories(incident: pl.DataFrame) -> None:
    codes = incident["qualifiers"].drop_nulls().str.split(";").explode(empty_as_null=True, keep_nulls=True)
    assert set(codes) <= reference("incident_category", "category_code")


def test_keys_repeat_only_where_a_row_was_delivered_before(force: Force) -> None:
    for extract in EXTRACTS:
        frame = force.extracts[extract.name]
        repeats = frame.height - frame.select(extract.key).n_unique()
        if extract.name in ("incident", "crime", "appointment"):
            assert 0 < repeats < 0.0015 * frame.height, extract.name
        else:
            assert repeats == 0, extract.name
    assert force.extracts["incident"]["incident_id"].n_unique() == SIZE


def test_every_report_lies_in_the_period_and_nothing_beyond_the_data_cut(force: Force) -> None:
    reported = force.extracts["incident"]["reported_at"]
    assert reported.is_sorted()
    assert reported.is_between(BEGINS, CUT, closed="left").all()
    assert reported.dt.offset_by("1h").dt.month().n_unique() == 12
    still_to_come = {"starts_at", "ends_at", "expires_at"}
    for extract in EXTRACTS:
        for column in extract.columns:
            if column.kind == "moment" and column.name not in still_to_come:
                latest = force.extracts[extract.name][column.name].max()
                assert isinstance(latest, datetime), column.name
                assert latest < CUT, column.name


def test_crimes_are_recorded_after_their_report(crime: pl.DataFrame) -> None:
    assert (crime["recorded_at"] > crime["reported_at"]).all()
    assert (crime["occurred_at"] < crime["reported_at"]).all()
    assert crime["recorded_at"].is_sorted()


def test_links_resolve_after_normalising_but_for_a_few(incident: pl.DataFrame, crime: pl.DataFrame) -> None:
    def plain(written: pl.Series) -> pl.Series:
        return written.str.to_uppercase().str.replace_all("[^0-9A-Z]", "")

    refs, ids = set(crime["crime_ref"]), set(plain(incident["incident_id"]))
    written = incident["crime_ref"].drop_nulls()
    mistyped = (~written.is_in(refs)).mean()
    beyond_repair = (~plain(written).is_in(refs)).mean()
    assert isinstance(mistyped, float) and near(mistyped, 0.005, len(written))
    assert isinstance(beyond_repair, float) and 0 < beyond_repair < 0.0015
    assert plain(crime["incident_id"].drop_nulls()).is_in(ids).all()
    assert set(crime["surviving_crime_ref"].drop_nulls()) <= refs
    assert (crime["surviving_crime_ref"] != crime["crime_ref"]).all()


def test_some_crimes_have_no_log_and_some_logs_a_crime_recorded_before(
    incident: pl.DataFrame, crime: pl.DataFrame
) -> None:
    named = incident.join(crime, on="crime_ref", suffix="_of_crime")
    earlier = named.filter(pl.col("recorded_at") < pl.col("reported_at"))
    assert earlier.height > 100
    unlinked = crime.filter(
        pl.col("incident_id").is_null() & ~pl.col("crime_ref").is_in(incident["crime_ref"].to_list())
    )
    assert 0.03 < unlinked.height / crime.height < 0.12


def test_duplicates_come_in_chains_and_a_few_lead_nowhere(incident: pl.DataFrame) -> None:
    copies = incident.filter(pl.col("duplicate_of").is_not_null())
    assert near(copies.height / SIZE, 0.05 * 0.98, SIZE)
    roots = copies.join(incident, left_on="duplicate_of", right_on="incident_id", how="left", suffix="_of_root")
    missing = roots["reported_at_of_root"].null_count()
    assert 0 < missing < 0.01 * copies.height
    chains = roots["duplicate_of_of_root"].is_not_null().sum()
    assert chains > 20
    earlier = roots.filter(
        pl.col("duplicate_of_of_root").is_null() & (pl.col("reported_at_of_root") > pl.col("reported_at"))
    )
    assert earlier.height == 0


def test_appointments_are_chained_and_some_are_still_to_come(appointment: pl.DataFrame) -> None:
    ids = appointment["appointment_id"]
    assert set(appointment["replaces"].drop_nulls()) <= set(ids)
    assert appointment["replaces"].drop_nulls().is_unique().all()
    to_come = appointment.filter(pl.col("starts_at") >= CUT)
    assert to_come.height > 0
    replaced = appointment.join(
        appointment.select(replaces="appointment_id", status_before="status", log_before="incident_id"), on="replaces"
    )
    assert set(replaced["status_before"]) <= {"cancelled", "missed"}
    assert (replaced["log_before"] == replaced["incident_id"]).all()
    assert appointment.filter(pl.col("status") == "kept")["attended_at"].null_count() == 0
    failed = appointment.filter(pl.col("status").is_in(["cancelled", "missed"]))
    assert failed["cancelled_by"].null_count() == 0


def test_the_dirty_tail_is_there_and_small(incident: pl.DataFrame) -> None:
    def share(condition: pl.Expr) -> float:
        return incident.select(condition.sum()).item() / incident.height

    arrived, dispatched, reported = pl.col("arrived_at"), pl.col("dispatched_at"), pl.col("reported_at")
    assert 0.002 < share(arrived < dispatched) < 0.008
    assert 0 < share(arrived > reported + timedelta(days=300)) < 0.001
    assert 0 < share(arrived < reported - timedelta(days=300)) < 0.001
    assert 0 < share(pl.col("first_closed_at") < reported) < 0.002
    assert 0 < share(pl.col("closed_at") < pl.col("first_closed_at")) < 0.002


def test_a_reopened_log_was_closed_twice(incident: pl.DataFrame) -> None:
    reopened = incident.filter(pl.col("reopened_count") > 0)
    assert 0.03 < reopened.height / SIZE < 0.09
    assert reopened["first_closed_at"].null_count() == 0
    apart = reopened.select((pl.col("closed_at") != pl.col("first_closed_at")).mean()).item()
    assert apart > 0.99


def test_cancellations_carry_what_their_code_asks_for(crime: pl.DataFrame) -> None:
    cancelled = crime.filter(pl.col("cancellation_code").is_not_null())
    assert set(cancelled["cancellation_code"]) == {"C1", "C2", "C3", "C4", "C5"}
    assert cancelled.select(pl.col("cancelled_at", "cancelled_by_role").null_count()).row(0) == (0, 0)
    assert crime.filter(pl.col("cancellation_code") == "C3")["surviving_crime_ref"].null_count() == 0
    assert crime.filter(pl.col("cancellation_code") == "C1")["transferred_to"].null_count() == 0
    assert (cancelled["cancelled_at"] > cancelled["recorded_at"]).all()
    assert set(crime.filter(pl.col("cancellation_code") == "C5")["offence_class"]) <= {"8N", "105A"}


def test_some_rapes_are_first_put_down_as_a_reported_incident(crime: pl.DataFrame) -> None:
    confirmed = crime.filter((pl.col("first_offence_class") == "N100") & (pl.col("offence_class") != "N100"))
    assert set(confirmed["offence_class"]) <= {"19C", "19D", "19E", "19F"}
    assert confirmed.height > 0
    assert confirmed["reclassified_at"].null_count() == 0
    assert crime.filter(pl.col("offence_class") == "N100").height > confirmed.height


def test_nights_at_the_weekend_are_busier(incident: pl.DataFrame) -> None:
    local = incident.select(
        pl.col("reported_at").dt.replace_time_zone("UTC").dt.convert_time_zone("Europe/London").alias("local"),
        violent=pl.col("opening_code").is_in(["violence_with_injury", "violence_without_injury", "public_order"]),
    ).filter("violent")
    night = local.filter(pl.col("local").dt.hour() >= 21)["local"].dt.weekday().value_counts()
    by_day = dict(night.iter_rows())
    assert min(by_day[5], by_day[6]) > 1.25 * max(by_day[1], by_day[2], by_day[3])


def test_people_are_hashes(incident: pl.DataFrame) -> None:
    for column in ("handler_id", "closed_by", "closure_checked_by"):
        assert incident[column].drop_nulls().str.contains("^[0-9a-f]{12}$").all(), column


def test_trends_differ(incident: pl.DataFrame, appointment: pl.DataFrame) -> None:
    before, after = pl.col("reported_at") < datetime(2018, 8, 7), pl.col("reported_at") > datetime(2019, 5, 1)

    def change(frame: pl.DataFrame, condition: pl.Expr) -> float:
        share = frame.select(then=condition.filter(before).mean(), now=condition.filter(after).mean())
        return share["now"].item() - share["then"].item()

    assert change(incident, pl.col("closure_checked_at").is_not_null()) > 0.15
    assert change(incident, pl.col("thrive_recorded")) > 0.3
    kept = appointment.filter(pl.col("status") != "booked").rename({"booked_at": "reported_at"})
    assert change(kept, pl.col("status") == "kept") > 0.08
    emergencies = incident.filter(
        (pl.col("final_grade") == "emergency") & (pl.col("arrived_at") > pl.col("reported_at"))
    )
    within = (pl.col("arrived_at") - pl.col("reported_at")) <= timedelta(minutes=15)
    assert abs(change(emergencies, within)) < 0.05
    assert near(emergencies.filter(before).select(within.mean()).item(), 0.803, emergencies.height // 4)


def test_what_a_check_returned_is_mostly_taken_up_again(incident: pl.DataFrame) -> None:
    returned = incident.filter(pl.col("closure_check_result") == "returned")
    again = returned.filter(pl.col("closed_at") > pl.col("closure_checked_at"))
    assert 0.5 < again.height / returned.height < 0.95

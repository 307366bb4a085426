"""The hidden truth: that it agrees with the extracts, and that the true rate is what it was meant to be."""

import polars as pl
import pytest

import sql
from pipelines.sample.calendar import MONTHS
from pipelines.sample.force import Force, make_force
from pipelines.sample.rate import true_rate

SIZE = 60_000
VIOLENCE = pl.col("offence_group") == "Violence against the person"


def force_of(size: int = SIZE, seed: int = 4, rate: float | None = None) -> Force:
    return make_force(size, seed, rate, lambda message: None)


@pytest.fixture(scope="module")
def force() -> Force:
    return force_of()


def in_scope(force: Force) -> pl.DataFrame:
    """Required crimes of logs whose codes indicate a crime, with the month of the log as yyyymm and its team."""
    logs = force.extracts["incident"].unique("incident_id", keep="last").select("incident_id", "team_id")
    scope = force.truth["crime"].filter("is_required", "is_in_inspection_scope")
    return scope.join(logs, on="incident_id").with_columns(month=pl.col("incident_id").str.slice(0, 6))


def between(first: str, last: str) -> pl.Expr:
    return pl.col("month").is_between(pl.lit(first), pl.lit(last))


def rate(rows: pl.DataFrame) -> float:
    return rows.filter("is_recorded").height / rows.height


def error(rows: pl.DataFrame) -> float:
    """Standard error of a rate over so many crimes."""
    share = rate(rows)
    return (share * (1 - share) / rows.height) ** 0.5


@pytest.mark.parametrize(("size", "seed"), [(SIZE, 4), (SIZE, 5), (5_000, 6)])
def test_the_audited_period_has_the_rates_of_the_inspection(size: int, seed: int) -> None:
    audited = in_scope(force_of(size, seed)).filter(between("201705", "201710"))
    violence = audited.filter(VIOLENCE)
    # The number recorded is held to its sum, so that only rounding is left, not sampling error.
    assert rate(audited) == pytest.approx(0.834, abs=3 / audited.height)
    assert rate(violence) == pytest.approx(0.811, abs=3 / violence.height)


def test_nothing_changes_until_the_inspection_and_then_it_rises_to_the_end(force: Force) -> None:
    crimes = in_scope(force)
    until = crimes.filter(between("201711", "201808"))
    assert abs(rate(until) - 0.834) < 4 * error(until)
    quarters = [("201809", "201812"), ("201901", "201903"), ("201904", "201906"), ("201907", "201910")]
    rates = [rate(crimes.filter(between(*quarter))) for quarter in quarters]
    assert rates == sorted(rates)
    last = crimes.filter(between("201909", "201910"))
    assert abs(rate(last) - 0.945) < 4 * error(last)


def test_teams_improve_unevenly(force: Force) -> None:
    crimes = in_scope(force)

    def of(team: str, first: str, last: str) -> float:
        return rate(crimes.filter(between(first, last), pl.col("team_id") == team))

    rise = {team: of(team, "201905", "201910") - of(team, "201705", "201808") for team in ("CTL-A", "CTL-B", "CTL-D")}
    assert rise["CTL-B"] < min(rise["CTL-A"], rise["CTL-D"])
    in_winter = of("CTL-C", "201812", "201904") - of("CTL-C", "201705", "201808")
    others = of("CTL-A", "201812", "201904") - of("CTL-A", "201705", "201808")
    assert in_winter < others - 0.03


@pytest.mark.parametrize("fixed", [0.0, 0.5, 0.9, 1.0])
def test_a_fixed_rate_holds_throughout(fixed: float) -> None:
    crimes = in_scope(force_of(20_000, 9, fixed))
    not_yet = crimes.filter(pl.col("missed_reason") == "not_recorded_yet").height
    assert rate(crimes) == pytest.approx(fixed, abs=(3 + not_yet) / crimes.height)
    for half in (("201705", "201710"), ("201805", "201810"), ("201905", "201910")):
        part = crimes.filter(between(*half))
        assert rate(part) == pytest.approx(fixed, abs=(3 + not_yet) / part.height)


def test_the_rates_by_month_begin_and_end_as_documented() -> None:
    given = true_rate(None)
    assert given.violence is not None
    assert len(given.overall) == len(given.violence) == len(MONTHS)
    assert (given.overall[0], given.violence[0], given.overall[15]) == (0.834, 0.811, 0.834)
    assert (given.overall[-1], given.violence[-1]) == (0.945, 0.935)


def test_every_recorded_crime_with_a_log_is_in_the_truth(force: Force) -> None:
    known = force.truth["crime"]["crime_ref"].drop_nulls()
    crime = force.extracts["crime"]
    assert known.is_unique().all()
    assert set(known) <= set(crime["crime_ref"])
    assert set(crime.filter(pl.col("incident_id").is_not_null())["crime_ref"]) <= set(known)
    joined = force.truth["crime"].join(crime.unique("crime_ref", keep="last"), on="crime_ref", suffix="_recorded")
    assert (joined["offence_class"] == joined["offence_class_recorded"]).all()
    named = joined.filter(pl.col("incident_id_recorded").is_not_null())
    plain = named["incident_id_recorded"].str.replace("[/ ]", "-")
    assert (plain == named["incident_id"]).all()


def test_a_crime_is_either_recorded_or_has_a_reason(force: Force) -> None:
    required = force.truth["crime"].filter("is_required")
    assert (required["is_recorded"] == required["crime_ref"].is_not_null()).all()
    assert (required["is_recorded"] == required["missed_reason"].is_null()).all()
    needless = force.truth["crime"].filter(~pl.col("is_required"))
    assert needless["crime_ref"].null_count() == 0
    incidents = needless.filter(pl.col("offence_class") == "N100")
    assert not incidents["is_recorded"].any()
    assert needless.filter(pl.col("offence_class") != "N100")["is_recorded"].all()


def test_the_totals_of_the_logs_are_those_of_the_crimes(force: Force) -> None:
    logs, crimes = force.truth["log"], force.truth["crime"]
    assert logs["incident_id"].is_unique().all()
    assert set(logs["incident_id"]) == set(force.extracts["incident"]["incident_id"])
    counted = crimes.group_by("incident_id").agg(
        required=pl.col("is_required").sum().cast(pl.Int64),
        recorded=(pl.col("is_required") & pl.col("is_recorded")).sum().cast(pl.Int64),
        recorded_without_need=(~pl.col("is_required")).sum().cast(pl.Int64),
    )
    columns = ["incident_id", "required", "recorded", "recorded_without_need"]
    some = logs.filter(pl.sum_horizontal("required", "recorded_without_need") > 0).select(columns)
    assert some.sort("incident_id").equals(counted.select(columns).sort("incident_id"))
    assert (logs.filter(pl.col("repeats").is_not_null())["required"] == 0).all()


def test_the_scope_is_that_of_the_codes_a_log_ever_held(force: Force) -> None:
    reference = pl.read_csv(sql.FOLDER / "reference" / "incident_category.csv", infer_schema=False)
    crime_codes = reference.filter(pl.col("indicates_crime") == "true")["category_code"].to_list()
    logs = force.extracts["incident"].unique("incident_id", keep="last").join(force.truth["log"], on="incident_id")
    held = (
        pl.col("opening_code").is_in(crime_codes)
        | pl.col("closing_code").is_in(crime_codes).fill_null(False)
        | pl.col("qualifiers").str.split(";").list.set_intersection(crime_codes).list.len().gt(0).fill_null(False)
    )
    assert logs.filter(held != pl.col("is_in_inspection_scope")).height == 0


def test_some_crimes_hide_where_no_code_names_one(force: Force) -> None:
    hidden = force.truth["crime"].filter("is_required", ~pl.col("is_in_inspection_scope"))
    assert 0.02 < hidden.height / force.truth["crime"].height < 0.06
    assert 0.4 < rate(hidden) < 0.65


def test_contact_crimes_of_domestic_abuse_are_missed_most(force: Force) -> None:
    crimes = in_scope(force).filter(between("201705", "201808"))
    contact = crimes.filter("is_domestic_abuse", pl.col("offence_class").is_in(["8L", "8R"]))
    assert rate(contact) + 4 * error(contact) < rate(crimes)


def test_reasons_fit_their_crimes(force: Force) -> None:
    missed = force.truth["crime"].filter(pl.col("missed_reason").is_not_null())
    assert missed["missed_reason"].n_unique() >= 9
    online = force.extracts["incident"].filter(pl.col("channel").is_not_null() & (pl.col("channel") != "online"))
    not_triaged = missed.filter(pl.col("missed_reason") == "online_report_not_triaged")
    assert not_triaged.join(online, on="incident_id").height == 0
    several = missed.filter(pl.col("missed_reason") == "several_crimes_in_log").join(
        force.truth["log"], on="incident_id"
    )
    assert (several["required"] > 1).all()

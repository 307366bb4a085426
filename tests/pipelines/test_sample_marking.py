"""What the sample's auditors find: near the hidden truth as of each draw's cut, and the registrar exactly on it."""

import math

import numpy as np
import polars as pl
import pytest

from pipelines.sample.calendar import DAY
from pipelines.sample.crimes import Crimes
from pipelines.sample.decisions import draw_decisions
from pipelines.sample.draws import CUTS, Draws
from pipelines.sample.force import Force, make_force
from pipelines.sample.incidents import Logs
from pipelines.sample.marking import true_findings
from pipelines.sample.recording import REASONS
from pipelines.sample.required import Required

SIZE = 120_000
KEY = ["sample_id", "incident_id"]


@pytest.fixture(scope="module")
def force() -> Force:
    return make_force(SIZE, 31, None, lambda message: None)


def moments_of_crimes(force: Force) -> pl.DataFrame:
    crime = force.extracts["crime"].unique("crime_ref", keep="last")
    return crime.select("crime_ref", "recorded_at", "reclassified_at")


@pytest.fixture(scope="module")
def truth(force: Force) -> pl.DataFrame:
    """Crimes that the logs drawn should have led to, with `sample_id`, `stratum` and what was recorded by the cut."""
    required = force.truth["crime"].filter("is_required")
    cuts = force.extracts["audit_stratum"].select("sample_id", "cut_at").unique()
    reported = force.extracts["incident"].unique("incident_id", keep="last").select("incident_id", "reported_at")
    drawn = force.extracts["audit_log"].join(cuts, on="sample_id").join(reported, on="incident_id")
    return (
        drawn.join(required, on="incident_id")
        .join(moments_of_crimes(force), on="crime_ref", how="left")
        .with_columns(by_cut=(pl.col("recorded_at") <= pl.col("cut_at")).fill_null(False))
    )


@pytest.fixture(scope="module")
def marked(force: Force) -> pl.DataFrame:
    """One row a log and marker, with `found`: what the marker says should have been recorded, sorted."""
    found = force.extracts["audit_crime"].group_by(*KEY, "auditor").agg(found=verdicts("required_class", "is_recorded"))
    returns = force.extracts["audit_return"]
    return returns.join(found, on=[*KEY, "auditor"], how="left").with_columns(pl.col("found").fill_null([]))


def verdicts(offence: str, is_recorded: str) -> pl.Expr:
    return pl.format("{} {}", offence, is_recorded).sort()


def test_every_log_drawn_is_marked_by_an_auditor_and_some_by_two(force: Force, marked: pl.DataFrame) -> None:
    auditors = marked.filter(pl.col("auditor") != "registrar").group_by(KEY).agg(pl.col("auditor").sort())
    assert auditors.select(KEY).sort(KEY).equals(force.extracts["audit_log"].select(KEY).sort(KEY))
    by_whom = set(map(tuple, auditors["auditor"].to_list()))
    assert by_whom == {("A",), ("B",), ("A", "B")}
    assert 0.13 < (auditors["auditor"].list.len() == 2).sum() / auditors.height < 0.17


def test_the_registrar_rules_where_two_auditors_disagree_and_nowhere_else(marked: pl.DataFrame) -> None:
    said = marked.filter(pl.col("auditor") != "registrar").group_by(KEY).agg(pl.col("found"))
    disagree = said.filter(pl.col("found").list.n_unique() > 1).select(KEY).sort(KEY)
    ruled = marked.filter(pl.col("auditor") == "registrar").select(KEY).sort(KEY)
    assert 5 < ruled.height < 0.25 * said.filter(pl.col("found").list.len() == 2).height
    assert ruled.equals(disagree)


def test_the_registrar_follows_the_truth_exactly(force: Force, truth: pl.DataFrame, marked: pl.DataFrame) -> None:
    true = truth.group_by(KEY).agg(true=verdicts("offence_class", "by_cut"))
    ruled = marked.filter(pl.col("auditor") == "registrar").join(true, on=KEY, how="left")
    assert (ruled["found"] == ruled["true"].fill_null([])).all()
    crimes = force.extracts["audit_crime"].filter(pl.col("auditor") == "registrar", "is_recorded")
    known = truth.filter("by_cut")["crime_ref"].to_list()
    plain = crimes["crime_ref"].str.to_uppercase().str.replace_all("[/ -]", "")
    assert plain.is_in(known).sum() > 0.97 * crimes.height
    reasons = force.extracts["audit_crime"].filter(pl.col("auditor") == "registrar", ~pl.col("is_recorded"))
    missed = truth.filter(~pl.col("by_cut")).select(
        *KEY, "offence_class", reason=pl.col("missed_reason").fill_null("not_recorded_yet")
    )
    left = reasons.join(
        missed,
        left_on=[*KEY, "required_class", "failure_reason"],
        right_on=[*KEY, "offence_class", "reason"],
        how="anti",
    )
    assert left.height == 0


def test_auditors_err_a_little(truth: pl.DataFrame, marked: pl.DataFrame) -> None:
    true = truth.group_by(KEY).agg(true=verdicts("offence_class", "by_cut"))
    holds_crime = marked.filter(pl.col("auditor") != "registrar").join(true, on=KEY)
    right = (holds_crime["found"] == holds_crime["true"]).sum() / holds_crime.height
    assert 0.88 < right < 0.97


def test_auditors_misread_the_record_as_often_one_way_as_the_other(truth: pl.DataFrame, marked: pl.DataFrame) -> None:
    """Over markings that name the crimes there truly are, as many recorded ones, but for a few in a hundred."""
    true = truth.group_by(KEY).agg(pl.col("offence_class").sort(), true=pl.col("by_cut").sum())
    said = marked.filter(pl.col("auditor") != "registrar").with_columns(
        offence_class=pl.col("found").list.eval(pl.element().str.replace(" .*", "")),
        said=pl.col("found").list.eval(pl.element().str.ends_with("true")).list.sum(),
    )
    same = said.join(true, on=KEY).filter(pl.col("offence_class") == pl.col("offence_class_right"))
    over, under = ((same["said"] > same["true"]).sum(), (same["said"] < same["true"]).sum())
    assert 0 < over < 0.01 * same.height
    assert 0 < under < 0.01 * same.height


def test_the_rate_estimated_from_a_year_of_samples_is_near_the_truth(force: Force, truth: pl.DataFrame) -> None:
    """The combined ratio over the cells of four quarters, with its standard error, against the whole frame's rate."""
    year = ["2017-Q3", "2017-Q4", "2018-Q1", "2018-Q2"]
    strata = force.extracts["audit_stratum"].filter(pl.col("sample_id").is_in(year), ~pl.col("may_hide"))
    returns, crimes = force.extracts["audit_return"], force.extracts["audit_crime"]
    first = returns.sort(pl.col("auditor") != "registrar", "audited_at").unique(KEY, keep="first", maintain_order=True)
    counts = crimes.group_by(*KEY, "auditor").agg(x=pl.len(), y=pl.col("is_recorded").sum())
    logs = (
        first.join(counts, on=[*KEY, "auditor"], how="left")
        .join(strata, on=["sample_id", "stratum"])
        .with_columns(pl.col("x", "y").fill_null(0).cast(pl.Float64))
    )
    assert 1_100 < logs.height < 1_400
    cell = ["sample_id", "stratum"]
    cells = logs.group_by(cell).agg(
        big=pl.col("population").first(), n=pl.len(), x=pl.col("x").mean(), y=pl.col("y").mean()
    )
    assert (cells["n"].sort() == strata["sampled"].sort()).all()
    needed, recorded = cells.select(pl.col("big").dot(of).alias(of) for of in ("x", "y")).row(0)
    ratio = recorded / needed
    spread = logs.group_by(cell).agg(
        big=pl.col("population").first(), n=pl.len(), s2=(pl.col("y") - ratio * pl.col("x")).var()
    )
    variance = spread.select(
        (pl.col("big") ** 2 * (1 - pl.col("n") / pl.col("big")) * pl.col("s2") / pl.col("n")).sum()
    )
    error = math.sqrt(variance.item()) / needed

    incident = force.extracts["incident"].unique("incident_id", keep="last")
    outside = incident.filter(pl.col("duplicate_of").is_not_null())["incident_id"]
    cuts = strata.select("sample_id", "cut_at").unique()
    whole = (
        force.truth["crime"]
        .filter("is_required", "is_in_inspection_scope", ~pl.col("incident_id").is_in(outside.to_list()))
        .with_columns(month=pl.col("incident_id").str.slice(0, 6).str.to_date("%Y%m"))
        .with_columns(sample_id=pl.format("{}-Q{}", pl.col("month").dt.year(), pl.col("month").dt.quarter()))
        .join(cuts, on="sample_id")
        .join(moments_of_crimes(force), on="crime_ref", how="left")
        .select((pl.col("recorded_at") <= pl.col("cut_at")).fill_null(False).mean())
        .item()
    )
    assert 0.005 < error < 0.02
    assert abs(ratio - whole) < 3 * error
    assert 0.8 < whole < 0.85


def test_what_counts_as_recorded_missed_and_in_time() -> None:
    """Six crimes of one log reported at 0, drawn with a cut of its own and first marked ten days later: recorded within
    24 hours, a second after, at the cut, a second after the cut, once the audit was over, and never."""
    quarter = 4  # 2018-Q3
    cut = float(CUTS[quarter])
    reported, marked = cut - 100 * DAY, cut + 10 * DAY
    at = [reported + DAY, reported + DAY + 1, cut, cut + 1, cut + 20 * DAY]
    none, one = np.zeros(0, dtype=np.int64), np.zeros(1, dtype=np.int64)
    size = len(at)
    crimes = Crimes(
        log=np.zeros(size, dtype=np.int64),
        required=np.arange(size),
        origin=np.zeros(size, dtype=np.int64),
        offence=np.zeros(size, dtype=np.int64),
        reported=np.full(size, reported),
        recorded=np.array(at),
        district=np.zeros(size, dtype=np.int64),
        is_abuse=np.zeros(size, dtype=bool),
    )
    found = true_findings(
        seed=1,
        draws=Draws(one, np.array([quarter]), one, none, none),
        first_marked=np.array([marked]),
        logs=Logs(np.array([reported]), one, one, one, one, one - 1),
        is_abuse=np.array([True]),
        required=Required(np.zeros(6, dtype=np.int64), np.arange(6), np.arange(6), np.zeros(6, dtype=bool)),
        reasons=np.array([-1, -1, -1, -1, -1, REASONS.index("account_not_believed")]),
        crimes=crimes,
        decided=draw_decisions(1, crimes),
    )
    assert found.is_recorded.tolist() == [True, True, True, False, False, False]
    assert found.record.tolist() == [0, 1, 2, -1, -1, -1]
    assert found.is_in_time.tolist() == [True, False, False, False, False, False]
    said = [REASONS[at] if at >= 0 else None for at in found.reason]
    assert said == [None, None, None, "not_recorded_yet", "not_recorded_yet", "account_not_believed"]
    assert np.isnan(found.remedied[:3]).all()
    assert found.remedied[3:5].tolist() == [marked, cut + 20 * DAY]
    assert found.is_abuse.all()


def test_crimes_are_numbered_within_log_and_marker(force: Force) -> None:
    crimes = force.extracts["audit_crime"]
    numbered = crimes.group_by(*KEY, "auditor", maintain_order=True).agg("n")["n"].to_list()
    assert all(list(n) == list(range(1, len(n) + 1)) for n in numbered)
    assert max(map(len, numbered)) >= 2
    returns = force.extracts["audit_return"]
    assert crimes.join(returns, on=[*KEY, "auditor"], how="anti").height == 0


def test_what_is_asked_of_a_crime_depends_on_whether_it_is_recorded(force: Force) -> None:
    crimes = force.extracts["audit_crime"]
    recorded, missed = crimes.filter("is_recorded"), crimes.filter(~pl.col("is_recorded"))
    for column in ("class_correct", "recorded_within_24h"):
        assert recorded[column].null_count() == 0
        assert missed[column].null_count() == missed.height
    assert missed["failure_reason"].null_count() == 0
    assert recorded["failure_reason"].null_count() == recorded.height
    assert missed["crime_ref"].null_count() == missed.height
    assert 0.01 < recorded["crime_ref"].null_count() / recorded.height < 0.06
    asked = crimes.filter(pl.col("safeguarded").is_not_null())
    assert asked.equals(missed.filter("is_domestic_abuse"))
    assert 0.93 < recorded.select(pl.col("class_correct").mean()).item() < 0.99
    assert recorded["remedied_at"].null_count() == recorded.height


def test_recorded_in_time_is_what_the_times_say(force: Force, truth: pl.DataFrame) -> None:
    crimes = force.extracts["audit_crime"].filter("is_recorded").join(truth, on=[*KEY, "crime_ref"], suffix="_true")
    within = (crimes["recorded_at"] - crimes["reported_at"]).dt.total_seconds() <= 24 * 3600
    assert crimes.height > 500
    assert (crimes["recorded_within_24h"] == within).all()


def test_domestic_abuse_is_the_truth_and_not_the_flag(force: Force) -> None:
    known = force.truth["crime"].select("incident_id", true="is_domestic_abuse").unique()
    crimes = force.extracts["audit_crime"].join(known, on="incident_id")
    assert (crimes["is_domestic_abuse"] == crimes["true"]).all()
    assert crimes["is_domestic_abuse"].sum() > 100


def test_markings_follow_the_draw_and_rulings_the_markings(force: Force) -> None:
    cuts = force.extracts["audit_stratum"].select("sample_id", "cut_at").unique()
    returns = force.extracts["audit_return"].join(cuts, on="sample_id")
    assert (returns["audited_at"] > returns["cut_at"]).all()
    assert ((returns["audited_at"] - returns["cut_at"]).dt.total_days() <= 26).all()
    registrar = returns.filter(pl.col("auditor") == "registrar")
    others = returns.filter(pl.col("auditor") != "registrar").group_by(KEY).agg(last=pl.col("audited_at").max())
    ruled = registrar.join(others, on=KEY)
    assert (ruled["audited_at"] > ruled["last"]).all()


def test_handling_gets_better_after_the_inspection_but_not_alike(force: Force) -> None:
    returns = force.extracts["audit_return"]
    before, after = pl.col("sample_id") < "2018-Q3", pl.col("sample_id") == "2019-Q2"

    def rise(column: str) -> float:
        return returns.select(pl.col(column).filter(after).mean() - pl.col(column).filter(before).mean()).item()

    assert rise("passed_to_officers") > 0.1
    assert rise("account_full") > 0.1
    assert abs(rise("grade_correct")) < 0.1
    hidden = returns.filter(pl.col("stratum") == "hidden_duplicate")
    assert hidden["grade_correct"].null_count() == 0
    for column in ("crime_made_clear", "first_account_taken"):
        assert 0.5 < returns[column].null_count() / returns.height < 0.9, column


def test_an_account_that_was_not_written_was_not_taken(force: Force, truth: pl.DataFrame) -> None:
    missed = truth.filter(~pl.col("by_cut"), pl.col("missed_reason") == "first_account_not_written")
    said = force.extracts["audit_return"].join(missed.select(KEY).unique(), on=KEY)
    assert said.height > 10
    assert said.select(pl.col("first_account_taken").mean()).item() < 0.1


def test_most_failures_of_late_are_put_right(force: Force) -> None:
    crimes = force.extracts["audit_crime"].filter(~pl.col("is_recorded"))

    def share(samples: list[str]) -> float:
        of = crimes.filter(pl.col("sample_id").is_in(samples))
        return 1 - of["remedied_at"].null_count() / of.height

    assert share(["2018-Q4", "2019-Q1"]) > 0.5 > 0.4 > share(["2017-Q3", "2017-Q4", "2018-Q1"])
    returns = force.extracts["audit_return"].group_by(KEY).agg(first=pl.col("audited_at").min())
    put_right = crimes.filter(pl.col("remedied_at").is_not_null()).join(returns, on=KEY)
    assert (put_right["remedied_at"] >= put_right["first"]).all()

"""What the tables of estimates say beside the rate: signatures, agreement, comparison, extrapolation, checks."""

from typing import Any

import duckdb
import pytest

import sql
from tests.sql.audited import CRIME, LOG, STRATUM, audited
from tests.sql.world import Row, with_estimates

Database = duckdb.DuckDBPyConnection


def table(con: Database, name: str, where: str = "true") -> list[dict[str, Any]]:
    return sql.rows(con, f"select * from {name} where {where}")


def force(
    recorded: int,
    missed: int,
    *,
    sample: str = "2019-Q1",
    month: str = "2019-01",
    hidden: tuple[int, int] | None = None,
) -> dict[str, Any]:
    """Extracts of one draw: logs of violence with one crime each, recorded or missed, of 1,000; and so many logs that
    may hide crime, of which so many hold one that was missed."""
    logs = [(f"{sample} {n}", "violence", n < recorded, True) for n in range(recorded + missed)]
    logs += [(f"{sample} h{n}", "hidden_other", False, n < hidden[1]) for n in range(hidden[0])] if hidden else []
    key: Row = {"sample_id": sample}
    strata = [{"stratum": "violence", "may_hide": False, "population": 1000, "sampled": recorded + missed}]
    strata += (
        [{"stratum": "hidden_other", "may_hide": True, "population": 5000, "sampled": hidden[0]}] if hidden else []
    )
    days: Row = {"period_from": f"{month}-01", "period_to": f"{month[:5]}{int(month[5:]) + 2:02}-28"}
    return {
        "incident": [{"incident_id": log, "reported_at": f"{month}-10 10:00"} for log, *_ in logs],
        "crime": [
            {**CRIME, "crime_ref": log, "incident_id": log, "reported_at": None, "recorded_at": f"{month}-10 12:00"}
            for log, _, is_recorded, _ in logs if is_recorded
        ],
        "audit_stratum": [{**STRATUM, **key, **days, **stratum} for stratum in strata],
        "audit_log": [{**key, "incident_id": log, "stratum": stratum} for log, stratum, *_ in logs],
        "audit_return": [{**key, "incident_id": log, "auditor": "a"} for log, *_ in logs],
        "audit_crime": [
            {**key, "incident_id": log, "auditor": "a", "n": 1, "required_class": "8N", "is_recorded": is_recorded}
            for log, _, is_recorded, is_held in logs if is_held
        ],
    }  # fmt: skip


def joined(*forces: dict[str, Any]) -> dict[str, Any]:
    return {name: [row for force in forces for row in force[name]] for name in forces[0]}


YEAR = (("2018-Q2", "2018-04"), ("2018-Q3", "2018-07"), ("2018-Q4", "2018-10"), ("2019-Q1", "2019-01"))


@pytest.mark.parametrize(
    ("role", "day", "status"),
    [
        ("Force Crime Registrar", "2019-08-01", "signed"),
        ("registrar", "2019-08-01", "signed"),
        ("audit lead", "2019-08-01", "provisional"),
        ("registrar", None, "provisional"),
    ],
)
def test_estimates_are_provisional_until_the_registrar_has_signed(role: str, day: str | None, status: str):
    signature: Row = {"sample_id": "2019-Q1", "role": role, "signed_date": day}
    con = with_estimates(**force(20, 5), references={"ref_audit_signature": [signature]})
    (row,) = table(con, "audit_sample")
    assert (row["status"], row["is_signed"], row["signed_role"]) == (
        status, status == "signed", role if status == "signed" else None,
    )  # fmt: skip
    assert (row["population"], row["sampled"], row["marked"]) == (1000, 25, 25)
    for name in ("audit_estimate", "audit_comparison", "audit_extrapolation", "audit_stratum_result"):
        assert {row["status"] for row in table(con, name, "true")} == {status}, name


def test_a_rolling_year_is_signed_when_its_last_draw_and_all_before_are():
    extracts = joined(*(force(20, 5, sample=sample, month=month) for sample, month in YEAR))
    signed = [{"sample_id": sample, "role": "registrar", "signed_date": "2019-08-01"} for sample, _ in YEAR[1:]]
    con = with_estimates(**extracts, references={"ref_audit_signature": signed})
    status = {row["period_id"]: row["status"] for row in table(con, "audit_estimate")}
    assert (status["2018-Q2"], status["2018-Q3"], status["2019-Q1"]) == ("provisional", "signed", "signed")
    assert (status["2018-Q4 year"], status["2019-Q1 year"]) == ("provisional", "provisional")
    (year,) = table(con, "audit_estimate", "period_id = '2019-Q1 year' and scope = 'inspection' and domain = 'all'")
    assert (year["ratio"], str(year["period_from"]), str(year["period_to"])) == (0.8, "2018-04-01", "2019-03-28")


def test_an_unmarked_log_gives_no_rate():
    extracts = force(20, 5)
    extracts["audit_return"].pop()
    extracts["audit_crime"].pop()
    con = with_estimates(**extracts)
    (row,) = table(con, "audit_estimate", "period_kind = 'sample' and scope = 'inspection' and domain = 'all'")
    assert (row["ratio"], row["reason"]) == (None, "stratum violence has 25 logs drawn and 24 marked")
    (sample,) = table(con, "audit_sample")
    assert (sample["sampled"], sample["marked"]) == (25, 24)


def test_without_a_crime_extract_there_is_nothing_to_match_with():
    extracts = force(20, 5)
    extracts["crime"] = []
    con = with_estimates(**extracts)
    assert {
        row["reason"] for row in table(con, "audit_estimate", "period_kind = 'sample' and scope = 'inspection'")
    } == {"no crime was delivered to match with"}


def test_a_domain_under_20_required_crimes_gives_k_and_n():
    con = with_estimates(**force(20, 5))
    rows = {
        row["domain"]: row for row in table(con, "audit_estimate", "period_id = '2019-Q1' and scope = 'inspection'")
    }
    assert (rows["violence"]["ratio"], rows["violence"]["recorded"], rows["violence"]["required"]) == (0.8, 20, 25)
    assert (rows["sexual"]["ratio"], rows["sexual"]["required"], rows["sexual"]["sampled"]) == (None, 0, 25)
    assert rows["sexual"]["reason"] == "0 of 0 crimes: fewer than 20 are too few for a rate"


def test_hidden_crimes_are_counted_over_the_year():
    few = joined(*(force(20, 5, sample=sample, month=month, hidden=(30, 7)) for sample, month in YEAR))
    con = with_estimates(**few)
    rows = {row["period_id"]: row for row in table(con, "audit_estimate", "scope = 'whole_frame' and domain = 'all'")}
    assert rows["2019-Q1"]["reason"] == "stratum hidden_other: 7 of 30 sampled logs held a crime, too few"
    assert rows["2019-Q1 year"]["reason"] is None
    # in each quarter 1,000 · 25/25 crimes of the scope, 80% of them recorded, and 5,000 · 7/30 hidden, none recorded
    assert rows["2019-Q1 year"]["ratio"] == pytest.approx(800 / (1000 + 5000 * 7 / 30))
    (hidden,) = table(con, "audit_hidden", "sample_id = '2019-Q1'")
    assert (hidden["held"], hidden["sampled"], hidden["is_enough"]) == (7, 30, False)
    assert hidden["held_upper"] == pytest.approx(0.4228, abs=1e-4)
    few["audit_stratum"] = [row for row in few["audit_stratum"] if row["sample_id"] != "2018-Q3" or not row["may_hide"]]
    few["audit_log"] = [
        row for row in few["audit_log"] if row["sample_id"] != "2018-Q3" or row["stratum"] != "hidden_other"
    ]
    (year,) = table(
        with_estimates(**few),
        "audit_estimate",
        "period_id = '2019-Q1 year' and scope = 'whole_frame' and domain = 'all'",
    )
    assert year["reason"] == "logs that may hide crime were audited in 3 of 4 quarters"


def test_a_stratum_without_failure_states_its_bound():
    con = with_estimates(**force(25, 0))
    (row,) = table(con, "audit_stratum_result")
    assert (row["recorded"], row["required"], row["at_most"], row["may_hide"]) == (25, 25, None, False)
    assert row["at_least"] == pytest.approx(0.025 ** (1 / 25))
    (estimate,) = table(con, "audit_estimate", "period_kind = 'sample' and scope = 'inspection' and domain = 'all'")
    assert (estimate["ratio"], estimate["upper"], estimate["without_failure"]) == (1, 1, "violence")
    assert estimate["lower"] == pytest.approx(0.025 ** (1 / 25))


def test_two_auditors_are_set_against_each_other_and_the_registrar_where_one_was_alone():
    # log: verdicts by auditor
    verdicts = {
        "both yes": {"a": True, "b": True},
        "both no": {"a": False, "b": False},
        "settled": {"a": True, "b": False, "registrar": True},
        "with registrar": {"a": False, "registrar": True},
        "one": {"a": True},
        "open": {"a": True, "b": None},
    }
    not_drawn = {"elsewhere": {"a": True, "b": False}}
    found = [
        {"incident_id": log, "auditor": who, "n": 1, "is_recorded": verdict, "crime_ref": log}
        for log, marks in (verdicts | not_drawn).items() for who, verdict in marks.items()
    ]  # fmt: skip
    con = audited(
        found,
        [{"crime_ref": log, "incident_id": log} for log in verdicts],
        incident=[{**LOG, "incident_id": log} for log in verdicts],
        drawn=list(verdicts),
        estimates=True,
    )
    (row,) = table(con, "audit_agreement")
    assert (row["agreed"], row["logs"], row["raw_agreement"]) == (2, 4, 0.5)
    # yes: 2 of 4 by the first (both yes, settled), 2 of 4 by the second (both yes, with registrar): pe = 0.5
    assert row["kappa"] == 0


def test_the_third_to_mark_a_log_is_not_compared():
    marks = {"a": ("2019-07-03", True), "b": ("2019-07-01", True), "c": ("2019-07-02", False)}
    found = [{"auditor": who, "n": 1, "crime_ref": "x", "is_recorded": mark} for who, (_, mark) in marks.items()]
    con = audited(found, [{"crime_ref": "x"}], estimates=True,
                  returned=[{"auditor": who, "audited_at": day} for who, (day, _) in marks.items()])  # fmt: skip
    (row,) = table(con, "audit_agreement")
    assert (row["agreed"], row["logs"]) == (0, 1)


def test_the_inspection_scope_is_compared_for_all_crime_and_violence():
    con = with_estimates(**force(240, 10))
    rows = {row["baseline_id"]: row for row in table(con, "audit_comparison", "period_kind = 'sample'")}
    own = rows["cleveland_2018_all"]
    (estimate,) = table(con, "audit_estimate", "period_kind = 'sample' and scope = 'inspection' and domain = 'all'")
    assert (own["ratio"], own["lower"], own["upper"]) == (0.96, estimate["lower"], estimate["upper"])
    assert own["difference"] == pytest.approx(0.96 - 0.834) and own["verdict"] == "higher than"
    assert (own["is_own_force"], own["is_tested"]) == (True, True)
    assert rows["cleveland_2018_violence"]["measure"] == "violence" and not rows["gwent_2018_all"]["is_own_force"]
    assert rows["england_wales_2022_all"]["verdict"] == "not tested"


def test_another_force_compares_with_its_own_figure():
    mine: Row = {
        "baseline_id": "mine", "force": "Mine", "measure": "all", "year": 2020, "rate_pct": 96, "half_width_points": 2,
        "lower_pct": 94, "upper_pct": 98, "is_own_force": True,
    }  # fmt: skip
    con = with_estimates(**force(240, 10), references={"ref_inspection_baseline": [mine]})
    rows = table(con, "audit_comparison", "period_kind = 'sample'")
    assert [(row["baseline_id"], row["verdict"]) for row in rows] == [("mine", "not distinguishable from")]


def test_crimes_a_year_are_those_of_the_12_months_to_the_end_of_the_audit():
    extracts = force(240, 10)
    ends = ["2018-03-29 12:00", "2018-12-31 12:00", "2018-03-28 12:00", "2019-03-29 12:00", "2019-03-28 12:00"]
    extracts["crime"] += [
        {"crime_ref": f"x{number}", "recorded_at": moment, "offence_class": "8N"} for number, moment in enumerate(ends)
    ]
    con = with_estimates(**extracts)
    rows = {row["kind"]: row for row in table(con, "audit_extrapolation", "period_kind = 'sample' and measure = 'all'")}
    assert set(rows) == {"not recorded a year", "recorded a year because accuracy improved since 2018"}
    missed = rows["not recorded a year"]
    assert (str(missed["first_day"]), str(missed["last_day"])) == ("2018-03-29", "2019-03-28")
    assert (missed["crimes"], missed["without_log"], missed["label"], missed["reason"]) == (
        243,
        3,
        "extrapolation",
        None,
    )
    assert missed["share_without_log"] == pytest.approx(3 / 243)
    assert missed["estimate"] == pytest.approx(243 * 0.04 / 0.96)
    gained = rows["recorded a year because accuracy improved since 2018"]
    assert gained["estimate"] == pytest.approx(243 * (1 - 0.834 / 0.96))
    measures = {row["measure"] for row in table(con, "audit_extrapolation", "period_kind = 'sample'")}
    assert measures == {"all", "violence"}


def test_checks_are_counted_by_sample_kind_and_code_and_targeted_ones_apart():
    crimes = [
        {"crime_ref": "a", "cancelled_at": "2019-01-02", "cancellation_code": "C2"},
        {"crime_ref": "b", "cancelled_at": "2019-01-02", "cancellation_code": "C4"},
        {"crime_ref": "c", "cancelled_at": "2019-01-02", "cancellation_code": "C2"},
    ]
    check: Row = {"sample_id": "s", "kind": "cancellation", "auditor": "x", "is_correct": True, "is_targeted": False}
    con = with_estimates(
        crime=crimes,
        record_check=[
            {**check, "crime_ref": "a"},
            {**check, "crime_ref": "b", "is_correct": False},
            {**check, "crime_ref": "c", "is_targeted": True, "is_correct": False},
            {**check, "crime_ref": "a", "sample_id": "t"},
            {**check, "crime_ref": "a", "kind": "n100"},
        ],
    )
    found = {
        (row["sample_id"], row["kind"], row["cancellation_code"], row["is_targeted"]): (row["correct"], row["checked"])
        for row in table(con, "audit_check")
    }
    kind = "cancellation"
    assert found == {
        ("s", kind, None, False): (1, 2), ("s", kind, "C2", False): (1, 1), ("s", kind, "C4", False): (0, 1),
        ("s", kind, None, True): (0, 1), ("s", kind, "C2", True): (0, 1),
        ("t", kind, None, False): (1, 1), ("t", kind, "C2", False): (1, 1),
        (None, kind, None, False): (2, 3), (None, kind, "C2", False): (2, 2), (None, kind, "C4", False): (0, 1),
        (None, kind, None, True): (0, 1), (None, kind, "C2", True): (0, 1),
        ("s", "n100", None, False): (1, 1), (None, "n100", None, False): (1, 1),
    }  # fmt: skip
    assert all((row["upper"] is None) == row["is_targeted"] for row in table(con, "audit_check"))

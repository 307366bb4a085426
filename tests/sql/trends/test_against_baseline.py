"""The comparison with published figures, and what the rate comes to in crimes a year."""

from math import sqrt

import duckdb
import pytest

from pipelines import reference
from tests.sql.trends.database import insert, rows

Database = duckdb.DuckDBPyConnection
OWN = "cleveland_2018_all"


def compare(con: Database, *estimates: tuple) -> dict[tuple[str, str], dict]:
    """The comparison of estimates (scope, measure, R, lower, upper) with the reference table, by scope and baseline."""
    if not rows(con, "select 1 from duckdb_tables() where table_name = 'ref_inspection_baseline'"):
        for statement in reference.statements():
            if "inspection_baseline" in statement:
                con.execute(statement)
    columns = "sample_id varchar, scope varchar, measure varchar, ratio double, lower double, upper double"
    insert(con, "estimates", columns, (("s", *estimate) for estimate in estimates))
    found = rows(con, "from against_baseline('estimates', 'ref_inspection_baseline')")
    return {(row["measure"], row["baseline_id"]): row for row in found}


@pytest.mark.parametrize(
    ("ratio", "lower", "upper", "verdict"),
    [
        (0.90, 0.87, 0.92, "higher than"),
        (0.86, 0.84, 0.88, "not distinguishable from"),
        (0.80, 0.77, 0.82, "lower than"),
        (0.834, 0.83, 0.84, "not distinguishable from"),
    ],
)
def test_the_difference_counts_both_intervals(con: Database, ratio: float, lower: float, upper: float, verdict: str):
    row = compare(con, ("inspection", "all", ratio, lower, upper))["all", OWN]
    assert row["difference"] == pytest.approx(ratio - 0.834)
    assert row["difference_lower"] == pytest.approx(ratio - 0.834 - sqrt((ratio - lower) ** 2 + 0.0186**2))
    assert row["difference_upper"] == pytest.approx(ratio - 0.834 + sqrt((upper - ratio) ** 2 + 0.0186**2))
    assert row["verdict"] == verdict and row["statement"].startswith(f"{verdict} 2018 (difference")


def test_it_is_said_in_words(con: Database):
    row = compare(con, ("inspection", "all", 0.90, 0.87, 0.92))["all", OWN]
    assert row["statement"] == (
        "higher than 2018 (difference +6.6 points, 95% interval +3.1 to +9.3; different auditors, rules and routes)"
    )


def test_lopsided_ends_stand_on_their_own_sides(con: Database):
    columns = "baseline_id varchar, force varchar, measure varchar, year integer, rate_pct double, "
    columns += "half_width_points double, lower_pct double, upper_pct double, is_own_force boolean"
    insert(con, "others", columns, [("x", "X", "all", 2020, 80, 3, 76, 82, True)])
    compare(con, ("inspection", "all", 0.9, 0.8, 0.93))
    (row,) = rows(con, "from against_baseline('estimates', 'others')")
    assert row["difference_lower"] == pytest.approx(0.1 - sqrt(0.1**2 + 0.02**2))
    assert row["difference_upper"] == pytest.approx(0.1 + sqrt(0.03**2 + 0.04**2))
    assert row["verdict"] == "not distinguishable from"


def test_violence_is_set_beside_violence(con: Database):
    found = compare(con, ("inspection", "all", 0.9, 0.87, 0.92), ("inspection", "violence", 0.85, 0.83, 0.87))
    assert found["violence", "cleveland_2018_violence"]["difference"] == pytest.approx(0.85 - 0.811)
    assert found["violence", "cleveland_2018_violence"]["verdict"] == "higher than"
    assert ("violence", OWN) not in found and ("all", "cleveland_2018_violence") not in found
    assert not {baseline for _, baseline in found} & {"cleveland_2014_no_crime"}


def test_figures_published_without_an_interval_are_not_tested(con: Database):
    found = compare(con, ("inspection", "all", 0.99, 0.98, 0.995))
    for baseline in ("england_wales_2014_all", "england_wales_2022_all", "cleveland_2014_all"):
        row = found["all", baseline]
        assert (row["verdict"], row["difference"], row["difference_lower"], row["baseline_lower"]) == (
            "not tested", None, None, None,
        )  # fmt: skip
        assert row["baseline_rate"] is not None and "published without an interval, not tested" in row["statement"]


def test_the_whole_frame_is_never_compared(con: Database):
    assert compare(con, ("whole_frame", "all", 0.9, 0.87, 0.92)) == {}


def test_no_rate_and_no_interval_are_said(con: Database):
    found = compare(con, ("inspection", "all", None, None, None), ("inspection", "violence", 0.9, None, None))
    assert found["all", OWN]["statement"] == "2018: not tested, no rate"
    assert found["violence", "cleveland_2018_violence"]["verdict"] == "no interval"


def counted(con: Database, crimes: int, reason: str | None = None) -> None:
    """The crimes of a year, as recorded_year yields them: a quarter of them without a log."""
    columns = "sample_id varchar, measure varchar, first_day date, last_day date, recorded bigint, without_log bigint, "
    columns += "share_without_log double, reason varchar"
    row = ("s", "all", "2018-01-01", "2018-12-31", crimes, crimes // 4, 0.25, reason)
    insert(con, "counted", columns, [row, ("another", *row[1:4], 1, 0, 0, None)])


def extrapolate(con: Database, crimes: int, *estimates: tuple) -> dict[str, dict]:
    compare(con, *estimates)
    counted(con, crimes)
    query = f"""
        with compared as (
            from against_baseline('estimates', 'ref_inspection_baseline') where baseline_id = '{OWN}'
        )
        from extrapolation('compared', 'counted')
    """
    return {row["kind"]: row for row in rows(con, query)}


def test_extrapolations_take_their_ends_from_those_of_the_rate(con: Database):
    found = extrapolate(con, 54000, ("inspection", "all", 0.9, 0.87, 0.92))
    missed = found["not recorded a year"]
    assert missed["estimate"] == pytest.approx(6000)
    assert (missed["lower"], missed["upper"]) == pytest.approx((54000 * 0.08 / 0.92, 54000 * 0.13 / 0.87))
    gained = found["recorded a year because accuracy improved since 2018"]
    assert gained["estimate"] == pytest.approx(54000 / 0.9 * (0.9 - 0.834))
    assert gained["lower"] == pytest.approx(54000 / 0.87 * (0.87 - 0.834))
    assert gained["upper"] == pytest.approx(54000 / 0.92 * (0.92 - 0.834))
    assert {row["label"] for row in found.values()} == {"extrapolation"} and missed["crimes"] == 54000
    assert {(row["without_log"], row["share_without_log"], row["reason"]) for row in found.values()} == {
        (13500, 0.25, None)
    }


def test_the_published_figure_comes_out(con: Database):
    """Over 10,800 crimes a year not recorded at 83.4%: of some 54,300 recorded."""
    found = extrapolate(con, 54300, ("inspection", "all", 0.834, 0.8154, 0.8526))
    assert 10_800 < found["not recorded a year"]["estimate"] < 10_900


def test_nothing_is_made_of_no_rate(con: Database):
    for estimates in (("inspection", "all", None, None, None), ("inspection", "all", 0.0, 0.0, 0.0)):
        found = extrapolate(con, 54300, estimates)
        assert {(row["estimate"], row["lower"], row["upper"]) for row in found.values()} == {(None, None, None)}


def test_nothing_is_made_of_part_of_a_year(con: Database):
    compare(con, ("inspection", "all", 0.9, 0.87, 0.92))
    counted(con, 9000, "from May only")
    con.execute(
        "create or replace temp table compared as from against_baseline('estimates', 'ref_inspection_baseline')"
    )
    found = rows(con, "from extrapolation('compared', 'counted')")
    assert {(row["estimate"], row["lower"], row["upper"], row["reason"]) for row in found} == {
        (None, None, None, "from May only")
    }


@pytest.mark.parametrize(
    ("first", "last", "is_whole"),
    [
        ("2018-01-01", "2018-12-31", True),
        ("2018-02-01", "2018-11-30", True),
        ("2018-02-02", "2018-11-30", False),
        ("2018-02-01", "2018-11-29", False),
    ],
)
def test_crimes_that_begin_late_or_end_early_are_not_the_whole_year(
    con: Database, first: str, last: str, is_whole: bool
):
    columns = "recorded_at timestamp, offence_group varchar, is_n100 boolean, cancelled_at timestamp, has_log boolean"
    insert(con, "crimes", columns, [(day, "Drug offences", False, None, True) for day in (first, last)])
    insert(con, "years", "sample_id varchar, first_day date, last_day date", [("s", "2018-01-01", "2018-12-31")])
    reasons = {row["reason"] for row in rows(con, "from recorded_year('crimes', 'years')")}
    assert (reasons == {None}) is is_whole
    if not is_whole:
        assert reasons == {
            f"the crimes of the 12 months from 2018-01-01 to 2018-12-31 are there from {first} to {last} only"
        }


def test_several_baselines_do_not_repeat_what_is_not_recorded(con: Database):
    compare(con, ("inspection", "all", 0.9, 0.87, 0.92))
    counted(con, 9000)
    con.execute(
        "create or replace temp table compared as from against_baseline('estimates', 'ref_inspection_baseline')"
    )
    kinds = [row["kind"] for row in rows(con, "from extrapolation('compared', 'counted')")]
    assert kinds.count("not recorded a year") == 1 and len(kinds) > 5


def test_the_crimes_of_a_year(con: Database):
    columns = "recorded_at timestamp, offence_group varchar, is_n100 boolean, cancelled_at timestamp, has_log boolean"
    violence, sexual = "Violence against the person", "Sexual offences"
    insert(con, "crimes", columns, [
        ("2018-01-01 00:00", violence, False, None, True),
        ("2018-12-31 23:59", violence, False, None, False),
        ("2018-12-31 23:58", violence, False, None, False),
        ("2018-06-01 10:00", sexual, False, None, True),
        ("2018-06-01 10:00", None, False, None, True),
        ("2018-06-01 10:00", "Fraud", False, None, True),
        ("2018-06-01 10:00", sexual, True, None, True),
        ("2018-06-01 10:00", violence, False, "2018-07-01", False),
        ("2017-12-31 23:59", violence, False, None, True),
        ("2019-01-01 00:00", violence, False, None, True),
        ("2019-01-02 00:00", violence, False, None, True),
    ])  # fmt: skip
    days = [("s", "2018-01-01", "2018-12-31"), ("earlier", "2017-12-31", "2018-01-01")]
    insert(con, "years", "sample_id varchar, first_day date, last_day date", days)
    found = rows(con, "from recorded_year('crimes', 'years')")
    earlier = {row["measure"]: row["recorded"] for row in found if row["sample_id"] == "earlier"}
    assert earlier == {"all": 2, "violence": 2}
    own = [row for row in found if row["sample_id"] == "s"]
    assert {row["reason"] for row in own} == {None}
    assert {row["measure"]: (row["recorded"], row["without_log"], row["share_without_log"]) for row in own} == {
        "all": (5, 2, 0.4),
        "violence": (3, 2, 2 / 3),
        "sexual": (1, 0, 0.0),
        "other": (1, 0, 0.0),
    }

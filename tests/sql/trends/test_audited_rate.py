"""The inspection scope and the whole frame, quarters and rolling years, and two auditors' agreement."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import pytest

from tests.sql.trends.database import Mark, estimate, insert, rows, sample

Database = duckdb.DuckDBPyConnection
SCOPE = [(1, 1)] * 30 + [(2, 1)] * 5 + [(0, 0)] * 5


def by_scope(con: Database, query: str = "from audited_rate('logs', 'strata')") -> dict:
    return {row["scope"]: row for row in rows(con, query)}


def test_the_headline_leaves_out_what_may_hide_crime(con: Database):
    hidden = [(1, 0)] * 12 + [(1, 1)] * 8 + [(0, 0)] * 80
    sample(con, {"violence": (400, SCOPE), "other": (900, SCOPE), "hidden asb": (5000, hidden)})
    found = by_scope(con)
    whole = estimate(con)
    sample(con, {"violence": (400, SCOPE), "other": (900, SCOPE)})
    assert {name: found["inspection"][name] for name in whole} == estimate(con)
    assert {name: found["whole_frame"][name] for name in whole} == {
        name: pytest.approx(value) if isinstance(value, float) else value for name, value in whole.items()
    }
    assert found["inspection"]["population"] == 1300 and found["whole_frame"]["population"] == 6300


def test_too_few_hidden_crimes_give_no_whole_frame_rate(con: Database):
    enough = [(1, 0)] * 20 + [(0, 0)] * 80
    few = [(2, 0)] * 19 + [(0, 0)] * 81
    sample(con, {"violence": (400, SCOPE), "hidden a": (5000, enough), "hidden b": (3000, few)})
    found = by_scope(con)
    assert found["whole_frame"]["ratio"] is None and found["whole_frame"]["upper"] is None
    assert found["whole_frame"]["reason"] == "stratum hidden b: 19 of 100 sampled logs held a crime, too few"
    assert (found["whole_frame"]["recorded"], found["whole_frame"]["required"]) == (35, 98)
    assert found["inspection"]["reason"] is None
    bounds = {row["stratum"]: row for row in rows(con, "from hidden_strata('logs', 'strata')")}
    assert {name: (row["held"], row["sampled"], row["is_enough"]) for name, row in bounds.items()} == {
        "hidden a": (20, 100, True),
        "hidden b": (19, 100, False),
    }
    assert bounds["hidden b"]["held_upper"] == pytest.approx(0.2806, abs=1e-4)


def test_no_hidden_stratum_no_whole_frame(con: Database):
    sample(con, {"violence": (400, SCOPE)})
    assert by_scope(con)["whole_frame"]["reason"] == "no stratum of logs that may hide crime was drawn"


def test_a_log_of_no_stratum_is_found_at_fault_in_both_scopes(con: Database):
    sample(con, {"violence": (400, SCOPE), "hidden a": (90, [(1, 0)] * 20)})
    con.execute("insert into logs values ('s', 'nowhere', 'x', 1, 1)")
    reasons = {row["reason"] for row in by_scope(con).values()}
    assert reasons == {"stratum nowhere of the logs is not in the draw"}


def test_the_limits_can_be_set(con: Database):
    sample(con, {"violence": (400, SCOPE[:15]), "hidden a": (90, [(1, 0), (0, 0)])})
    assert by_scope(con)["inspection"]["reason"] == "15 of 15 crimes: fewer than 20 are too few for a rate"
    found = by_scope(con, "from audited_rate('logs', 'strata', least_required := 15, least_held := 1)")
    assert {row["reason"] for row in found.values()} == {None}


def quarters(con: Database, cells: Mapping[Any, tuple[int, Sequence[Mark]]]) -> None:
    """Tables of samples by quarter: (first day, stratum) -> N and marks."""
    insert(con, "logs", "sample_id varchar, stratum varchar, incident_id varchar, required int, recorded int", (
        (f"audit {day}", stratum, f"{day}{stratum}{number}", *mark)
        for (day, stratum), (_, marks) in cells.items()
        for number, mark in enumerate(marks)
    ))  # fmt: skip
    insert(con, "strata", "sample_id varchar, stratum varchar, population int, sampled int, quarter date", (
        (f"audit {day}", stratum, size, len(marks), day) for (day, stratum), (size, marks) in cells.items()
    ))  # fmt: skip


DAYS = ("2018-01-01", "2018-04-01", "2018-07-01", "2018-10-01", "2019-01-01")
YES, NO = (1, 1), (1, 0)


def test_a_rolling_year_is_one_ratio_over_its_cells(con: Database):
    cells = {(day, name): (100 + 10 * place, [YES] * (6 + place) + [NO] * 2) for place, day in enumerate(DAYS)
             for name in ("violence", "other")}  # fmt: skip
    quarters(con, cells)
    found = {row["quarter"]: row for row in rows(con, "from rolling_year('logs', 'strata')")}
    assert len(found) == 5
    for last in (3, 4):
        year = {
            f"{day} {name}": cells[day, name] for day in DAYS[last - 3 : last + 1] for name in ("violence", "other")
        }
        sample(con, year)
        by_hand, row = estimate(con), found[date.fromisoformat(DAYS[last])]
        assert (row["quarters"], row["merged"], row["reason"], row["stratum_count"]) == (4, None, None, 8)
        for name in ("ratio", "standard_error", "degrees", "lower", "upper", "population", "recorded"):
            assert row[name] == pytest.approx(by_hand[name], abs=1e-12)
    early = found[date(2018, 7, 1)]
    assert early["ratio"] is None and "3 of 4 quarters audited" in early["reason"]


def test_one_log_cells_are_merged_with_the_next_quarter_and_it_is_said(con: Database):
    part = [YES] * 7 + [NO]
    cells: dict[tuple[str, str], tuple[int, Sequence[Mark]]] = {(day, "violence"): (80, part) for day in DAYS[:4]}
    cells |= {(DAYS[0], "other"): (50, part), (DAYS[1], "other"): (40, [NO]), (DAYS[2], "other"): (60, part)}
    cells |= {(DAYS[3], "other"): (30, [YES]), (DAYS[0], "sexual"): (9, [YES]), (DAYS[1], "sexual"): (1, [YES])}
    cells |= {(DAYS[2], "sexual"): (8, [NO]), (DAYS[3], "sexual"): (0, [])}
    quarters(con, cells)
    row = rows(con, "from rolling_year('logs', 'strata') order by quarter")[-1]
    assert row["merged"] == (
        "other of 2018-04 (1 log) with 2018-07; other of 2018-10 (1 log) with 2018-07; "
        "sexual of 2018-07 (1 log) with 2018-01"
    )
    sample(con, {
        **dict.fromkeys(DAYS[:4], (80, part)),
        "other 1": (50, part), "other 2 to 4": (130, [NO, *part, YES]),
        "sexual 1 and 3": (17, [YES, NO]), "sexual 2, all of it": (1, [YES]),
    })  # fmt: skip
    by_hand = estimate(con)
    assert row["reason"] is None
    for name in ("ratio", "standard_error", "degrees", "stratum_count", "population", "sampled", "lower"):
        assert row[name] == pytest.approx(by_hand[name], abs=1e-12)


def test_a_quarter_has_one_draw(con: Database):
    quarters(con, {(day, "violence"): (80, [YES] * 9 + [NO]) for day in DAYS[:4]})
    con.execute("insert into strata select 'second draw', stratum, population, sampled, quarter from strata limit 1")
    row = rows(con, "from rolling_year('logs', 'strata') order by quarter")[-1]
    assert row["ratio"] is None and "a quarter has more than one draw" in row["reason"]


def test_a_log_of_no_cell_gives_no_rolling_year(con: Database):
    quarters(con, {(day, "violence"): (80, [YES] * 9 + [NO]) for day in DAYS[:4]})
    con.execute("update logs set stratum = 'other' where incident_id = '2018-04-01violence3'")
    row = rows(con, "from rolling_year('logs', 'strata') order by quarter")[-1]
    assert row["reason"] == (
        "stratum other of the logs is not in the draw; stratum violence 2018-04 has 10 logs drawn and 9 marked"
    )


def test_kappa_by_hand(con: Database):
    # 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: po = 0.7, pe = 0.5 · 0.6 + 0.5 · 0.4 = 0.5, kappa = 0.4
    pairs = [(True, True)] * 20 + [(True, False)] * 5 + [(False, True)] * 10 + [(False, False)] * 15 + [(True, None)]
    insert(con, "pairs", "sample_id varchar, first_verdict boolean, second_verdict boolean", (("s", *p) for p in pairs))
    (row,) = rows(con, "from agreement('pairs')")
    assert (row["agreed"], row["logs"], row["raw_agreement"]) == (35, 50, 0.7)
    assert row["kappa"] == pytest.approx(0.4)
    assert (row["raw_lower"], row["raw_upper"]) == pytest.approx((0.562, 0.809), abs=5e-4)


def checks(con: Database, *given: tuple) -> dict:
    insert(con, "checks", "kind varchar, is_correct boolean, is_targeted boolean", given)
    return {(row["kind"], row["is_targeted"]): row for row in rows(con, "from checked_rate('checks')")}


def test_checks_have_k_n_and_wilsons_interval(con: Database):
    found = checks(
        con, *[("C2", True, False)] * 16, *[("C2", False, False)] * 4, ("C2", None, False), ("C4", True, False)
    )
    row = found["C2", False]
    assert (row["correct"], row["checked"], row["rate"]) == (16, 20, 0.8)
    assert (row["lower"], row["upper"]) == pytest.approx((0.584, 0.919), abs=5e-4)
    assert (row["exact_lower"], row["exact_upper"]) == pytest.approx((0.563, 0.943), abs=5e-4)
    assert found["C4", False]["checked"] == 1


def test_picked_records_are_never_pooled_with_drawn_ones(con: Database):
    drawn, picked, unknown = ("C2", True, False), ("C2", False, True), ("C2", False, None)
    found = checks(con, *[drawn] * 9, *[picked] * 5, unknown)
    assert {key: (row["correct"], row["checked"]) for key, row in found.items()} == {
        ("C2", False): (9, 9),
        ("C2", True): (0, 6),
    }
    assert found["C2", True]["lower"] is None and found["C2", True]["exact_upper"] is None


def test_kappa_of_one_voice_is_not_told(con: Database):
    insert(con, "pairs", "sample_id varchar, first_verdict boolean, second_verdict boolean", [("s", True, True)] * 9)
    (row,) = rows(con, "from agreement('pairs')")
    assert (row["raw_agreement"], row["kappa"]) == (1, None)
    con.execute("delete from pairs")
    assert rows(con, "from agreement('pairs')") == []

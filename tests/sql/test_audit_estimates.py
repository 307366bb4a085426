"""The tables of estimates from extracts to interval, against a computation of their own in numpy on random designs."""

from dataclasses import dataclass
from math import exp, log
from typing import Any

import numpy as np
import pytest

import sql
from pipelines import build
from tests.sql.world import Row, with_estimates

CUT = "2019-12-01 00:00"
QUARTERS = {"2018-Q3": "2018-07", "2018-Q4": "2018-10", "2019-Q1": "2019-01", "2019-Q2": "2019-04"}
ENDS = {"2018-Q3": "2018-09-30", "2018-Q4": "2018-12-31", "2019-Q1": "2019-03-31", "2019-Q2": "2019-06-30"}
CLASSES = {"8N": "violence", "8L": "violence", "19C": "sexual", "34B": "other"}
STRATA = ("violence", "sexual", "other", "hidden_public_safety")


@dataclass
class Design:
    """One random audit of four quarters: the rows of its extracts, and x and y of every log by domain as drawn."""

    extracts: dict[str, Any]
    sizes: dict[tuple[str, str], int]
    marks: dict[tuple[str, str], list[dict[str, tuple[int, int]]]]


def design(seed: int) -> Design:
    """Four quarters of four strata; the last quarter's sexual stratum has one log, to be merged."""
    random = np.random.default_rng([3, seed])
    extracts: dict[str, Any] = {name: [] for name in (
        "incident", "crime", "audit_stratum", "audit_log", "audit_return", "audit_crime"
    )}  # fmt: skip
    sizes, marks = {}, {}
    for sample, month in QUARTERS.items():
        for stratum in STRATA:
            hides = stratum.startswith("hidden")
            sampled = 1 if (sample, stratum) == ("2019-Q2", "sexual") else int(random.integers(8, 16))
            sizes[sample, stratum] = population = sampled + int(random.integers(1, 400))
            extracts["audit_stratum"].append({
                "sample_id": sample, "stratum": stratum, "may_hide": hides, "population": population,
                "sampled": sampled, "period_from": f"{month}-01", "period_to": ENDS[sample], "cut_at": CUT,
            })  # fmt: skip
            marks[sample, stratum] = []
            for number in range(sampled):
                incident = f"{sample} {stratum} {number}"
                key: Row = {"sample_id": sample, "incident_id": incident}
                extracts["incident"].append({"incident_id": incident, "reported_at": f"{month}-05 10:00"})
                extracts["audit_log"].append({**key, "stratum": stratum})
                extracts["audit_return"].append({**key, "auditor": "a"})
                marks[sample, stratum].append(_crimes(random, extracts, key, month))
    return Design(extracts, sizes, marks)


def _crimes(random: np.random.Generator, extracts: dict[str, Any], key: Row, month: str) -> dict[str, tuple[int, int]]:
    """Up to three required crimes of a log: rows of the extracts; x and y by domain, by how each was made up."""
    totals: dict[str, tuple[int, int]] = dict.fromkeys(
        ("all", "violence", "sexual", "other", "domestic_abuse", "harassment"), (0, 0)
    )
    for n in range(1, int(random.integers(0, 4)) + 1):
        code, is_abuse = str(random.choice(list(CLASSES))), bool(random.random() < 0.4)
        fate = random.choice(
            ["recorded", "not", "too late", "no such crime", "same as the first"], p=[0.7, 0.1, 0.1, 0.05, 0.05]
        )
        crime_ref = f"{key['incident_id']} {1 if fate == 'same as the first' else n}"
        extracts["audit_crime"].append({
            **key, "auditor": "a", "n": n, "required_class": code, "is_domestic_abuse": is_abuse,
            "is_recorded": bool(fate != "not"), "crime_ref": crime_ref,
        })  # fmt: skip
        if fate in ("recorded", "too late"):
            recorded_at = f"{month}-06 10:00" if fate == "recorded" else "2019-12-02 10:00"
            extracts["crime"].append({"crime_ref": crime_ref, "recorded_at": recorded_at, "offence_class": "8N"})
        inside = {
            "all",
            CLASSES[code],
            "domestic_abuse" if is_abuse else "all",
            "harassment" if code == "8L" else "all",
        }
        for domain in inside:
            x, y = totals[domain]
            totals[domain] = (x + 1, y + int(fate == "recorded"))
    return totals


def estimated(cells: list[tuple[int, list[tuple[int, int]]]]) -> dict[str, float]:
    """The combined ratio over strata (N, marks of each log), its error and degrees, from the textbook."""
    arrays = [(size, np.array(marks, dtype=float)) for size, marks in cells]
    required = sum(size * marks[:, 0].mean() for size, marks in arrays)
    ratio = sum(size * marks[:, 1].mean() for size, marks in arrays) / required
    variance = sum(
        size**2 * (1 - len(marks) / size) * np.var(marks[:, 1] - ratio * marks[:, 0], ddof=1) / len(marks)
        for size, marks in arrays
    )
    return {
        "ratio": ratio,
        "standard_error": float(np.sqrt(variance)) / required,
        "degrees": sum(len(marks) for _, marks in arrays) - len(arrays),
        "required": sum(marks[:, 0].sum() for _, marks in arrays),
        "recorded": sum(marks[:, 1].sum() for _, marks in arrays),
        "population": sum(size for size, _ in arrays),
    }


def agrees(row: dict[str, Any], cells: list[tuple[int, list[tuple[int, int]]]]) -> bool:
    """Whether the row has a rate; it must agree, and have none under 20 required crimes or with a one-log cell."""
    required, recorded = (sum(mark[side] for _, marks in cells for mark in marks) for side in (0, 1))
    assert (row["required"], row["recorded"]) == (required, recorded)
    is_short = any(len(marks) < 2 for _, marks in cells)
    assert (row["ratio"] is None) == (required < 20 or is_short)
    if row["ratio"] is None:
        assert row["reason"]
        return False
    for name, value in estimated(cells).items():
        assert row[name] == pytest.approx(value, abs=1e-12), name
    if 0 < row["ratio"] < 1 and row["standard_error"] > 0:
        reach = row["t"] * row["standard_error"] / (row["ratio"] * (1 - row["ratio"]))
        centre = log(row["ratio"] / (1 - row["ratio"]))
        ends = [1 / (1 + exp(side * reach - centre)) for side in (1, -1)]
        assert [row["lower"], row["upper"]] == pytest.approx(ends, abs=1e-12)
    return True


@pytest.mark.parametrize("seed", range(3))
def test_every_estimate_agrees_with_numpy(seed: int):
    made = design(seed)
    con = with_estimates(**made.extracts, data_cut=CUT)
    rows = {
        (row["period_id"], row["scope"], row["domain"]): row for row in sql.rows(con, "select * from audit_estimate")
    }
    domains = {domain for _, _, domain in rows}
    assert domains >= {"all", "violence", "sexual", "other", "domestic_abuse", "harassment", "public_order"}
    rated = 0
    for domain in ("all", "violence", "sexual", "other", "domestic_abuse", "harassment"):
        for sample in QUARTERS:
            cells = [_cell(made, [(sample, stratum)], domain) for stratum in STRATA[:3]]
            rated += agrees(rows[sample, "inspection", domain], cells)
            held = sum(mark["all"][0] > 0 for mark in made.marks[sample, STRATA[3]])
            assert held < 20 and rows[sample, "whole_frame", domain]["ratio"] is None
        year = _year(made, domain)
        rated += agrees(rows["2019-Q2 year", "inspection", domain], year)
        hidden = [_cell(made, [(sample, STRATA[3])], domain) for sample in QUARTERS]
        rated += agrees(rows["2019-Q2 year", "whole_frame", domain], [*year, *hidden])
    assert rated >= 12
    merged = "sexual of 2019-04 (1 log) with 2019-01"
    assert {row["merged"] for (period, *_), row in rows.items() if period == "2019-Q2 year"} == {merged}
    assert rows["2019-Q1 year", "inspection", "all"]["reason"] == "3 of 4 quarters audited"


def _cell(made: Design, places: list[tuple[str, str]], domain: str) -> tuple[int, list[tuple[int, int]]]:
    """Strata of quarters estimated together: N, and the marks of every log in the domain."""
    return sum(made.sizes[place] for place in places), [mark[domain] for place in places for mark in made.marks[place]]


def _year(made: Design, domain: str) -> list[tuple[int, list[tuple[int, int]]]]:
    """The cells of the year's inspection scope: the last quarter's one sexual log goes with the quarter before."""
    cells = [[(sample, stratum)] for sample in QUARTERS for stratum in STRATA[:3]]
    cells.remove([("2019-Q2", "sexual")])
    cells[cells.index([("2019-Q1", "sexual")])].append(("2019-Q2", "sexual"))
    return [_cell(made, places, domain) for places in cells]


def test_a_force_without_an_audit_has_the_tables_and_they_are_empty():
    con = with_estimates(described=True)
    tables = [step.removeprefix("trends/") for step in build.ESTIMATES]
    assert "audit_estimate" in tables
    for table in tables:
        assert con.execute(f"select count(*) from {table}").fetchall() == [(0,)]
        meanings = con.execute(f"select comment from duckdb_columns() where table_name = '{table}'").fetchall()
        assert meanings and all(meaning for (meaning,) in meanings)

"""Teams fairly compared: by hand, and against exact binomial sums and fractions in Python."""

import random
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from math import comb, sqrt
from pathlib import Path
from typing import Any

import duckdb
import pytest
from scipy.stats import beta

import sql
from tests.sql.world import Row, world

TRENDS = sql.FOLDER / "trends"
CHI_SQUARE_95 = {1: 3.841459, 2: 5.991465, 5: 11.070498, 10: 18.307038, 16: 26.296228, 30: 43.772972, 100: 124.342113}


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        for name in ("beta_quantile", "funnel"):
            con.execute((TRENDS / f"{name}.sql").read_text("utf-8"))
        yield con


Cell = tuple[str | None, str, bool | None, str | None, int, int]  # team, group, domestic abuse, channel, met, of


def funnel(con: duckdb.DuckDBPyConnection, cells: list[Cell]) -> dict[str, dict[str, Any]]:
    con.execute("create or replace temp table cell (t varchar, g varchar, d boolean, c varchar, k integer, n integer)")
    con.executemany("insert into cell values (?, ?, ?, ?, ?, ?)", cells)
    con.execute(
        "create or replace temp table chosen as select t as team_id, g as offence_group, d as is_domestic_abuse, "
        "c as channel, i < k as is_met from (select *, unnest(range(n)) as i from cell)"
    )
    return {row["team_id"]: row for row in sql.rows(con, "from funnel('chosen')")}


def at_least(k: int, n: int, p: Fraction) -> Fraction:
    """P(X >= k) of n records each met with probability p, exactly: whole numbers over one denominator, for speed."""
    met, missed = p.numerator, p.denominator - p.numerator
    return Fraction(sum(comb(n, i) * met**i * missed ** (n - i) for i in range(max(k, 0), n + 1)), p.denominator**n)


@pytest.mark.parametrize("df", CHI_SQUARE_95)
def test_the_chi_square_point(con: duckdb.DuckDBPyConnection, df: int) -> None:
    found = con.execute("select chi_square_below(?::double, ?::double)", [CHI_SQUARE_95[df], df]).fetchone()
    assert found == (pytest.approx(0.95, abs=1e-6),)


@pytest.mark.parametrize("n", [1, 7, 40, 200])
@pytest.mark.parametrize("p", [Fraction(1, 100), Fraction(1, 2), Fraction(83, 100)])
@pytest.mark.parametrize("tail", [0.025, 0.001])
def test_a_limit_stands_between_the_counts_that_chance_passes_and_does_not(
    con: duckdb.DuckDBPyConnection, n: int, p: Fraction, tail: float
) -> None:
    found = con.execute("select binomial_above(?::double, ?::double, ?::double)", [float(p), n, tail]).fetchone()
    assert found
    assert all((k > found[0]) == (at_least(k, n, p) < tail) for k in range(n + 1))


def test_expected_follows_the_mix(con: duckdb.DuckDBPyConnection) -> None:
    # burglary is met 90 of 100 times, assault 40 of 100: A has the hard mix and does as well as B, which has the easy
    cells: list[Cell] = [
        ("A", "burglary", None, None, 18, 20),
        ("A", "assault", None, None, 32, 80),
        ("B", "burglary", None, None, 72, 80),
        ("B", "assault", None, None, 8, 20),
        (None, "assault", None, None, 50, 50),
    ]
    found = funnel(con, cells)
    assert set(found) == {"A", "B"}
    for team, met, expected in (("A", 50, 50), ("B", 80, 80)):
        row = found[team]
        assert (row["met"], row["counted"], row["expected"]) == (met, 100, pytest.approx(expected))
        assert (row["rate"], row["standardised_rate"]) == (met / 100, pytest.approx(0.65))
        assert (row["z"], row["place"], row["is_small"]) == (pytest.approx(0), "within", False)
    assert found["A"]["lower_95"] < 0.5 < found["A"]["upper_95"]
    assert found["A"]["detectable"] == pytest.approx(2.8016 * 0.05, rel=1e-4)


@pytest.mark.parametrize(("position", "values"), [(1, ("a", "b")), (2, (True, None)), (3, ("999", "online"))])
def test_each_part_of_the_mix_counts(con: duckdb.DuckDBPyConnection, position: int, values: tuple[Any, Any]) -> None:
    cells = []
    for team, value, met, of in (("A", 0, 9, 10), ("A", 1, 4, 10), ("B", 0, 9, 10), ("C", 1, 4, 10)):
        cell: list[Any] = [team, "x", False, "101", met, of]
        cell[position] = values[value]
        cells.append(tuple(cell))
    assert [round(row["expected"], 9) for row in funnel(con, cells).values()] == [13, 9, 4]


def test_places(con: duckdb.DuckDBPyConnection) -> None:
    # the force's rate is 1/2; of 100 records 61 and more, or 67 and more, have tails below 2.5% and 0.1%
    cells: list[Cell] = [(f"T{i:02}", "x", None, None, 50, 100) for i in range(40)]
    cells += [("above", "x", None, None, 62, 100), ("below", "x", None, None, 38, 100)]
    cells += [("just within", "x", None, None, 60, 100), ("just in it", "x", None, None, 40, 100)]
    cells += [("far above", "x", None, None, 70, 100), ("far below", "x", None, None, 30, 100)]
    found = funnel(con, cells)
    assert found["T00"]["dispersion"] == 0  # the tenths beyond count as the quantiles, which are 50 of 100
    assert {name: row["place"] for name, row in found.items() if name[0] != "T"} == {
        "just within": "within", "just in it": "within",
        "above": "above_95", "below": "below_95", "far above": "above_998", "far below": "below_998",
    }  # fmt: skip
    assert {row["place"] for name, row in found.items() if name[0] == "T"} == {"within"}


def test_small_is_fewer_than_five_expected_either_way(con: duckdb.DuckDBPyConnection) -> None:
    found = funnel(con, [("A", "x", None, None, 5, 10), ("B", "x", None, None, 4, 8), ("C", "x", None, None, 50, 100)])
    assert [row["is_small"] for row in found.values()] == [False, True, False]
    found = funnel(con, [("A", "x", None, None, 10, 10), ("B", "x", None, None, 0, 0)])
    assert [row["is_small"] for row in found.values()] == [True]
    assert (found["A"]["place"], found["A"]["z"], found["A"]["upper_95"]) == ("within", None, 1)


def _at_half(z: dict[str, int]) -> list[Cell]:
    """Teams of 100 records each where half are met, so that each lies so many half standard errors from the force."""
    return [(team, "x", None, None, 50 + half * 5 // 2, 100) for team, half in z.items()]


def test_the_sum_of_the_scores_as_they_are_tells_over_dispersion(con: duckdb.DuckDBPyConnection) -> None:
    # 16 teams at z = 1 and -1, four at 3 and -3: 52 passes 30.14, the point of 19 degrees. Winsorised, the four lie at
    # 1.2, a tenth of the way from the third to the second: 16 + 4 x 1.44 = 21.76 would not
    z = {f"T{i:02}": 2 if i % 2 else -2 for i in range(16)} | {"a": 6, "b": 6, "c": -6, "d": -6}
    found = funnel(con, _at_half(z))
    assert found["a"]["z"] == pytest.approx(3)
    assert found["a"]["dispersion"] == pytest.approx(21.76 / 20)
    assert {row["is_over_dispersed"] for row in found.values()} == {True}
    error = sqrt(0.25 / 100 * 1.088)
    assert found["a"]["detectable"] == pytest.approx(2.801585 * error)
    assert found["a"]["upper_95"] == pytest.approx(0.5 + 1.96 * error, abs=0.01)


def test_limits_are_not_narrowed_where_few_teams_alone_stand_out(con: duckdb.DuckDBPyConnection) -> None:
    # the sum passes its point by four teams, which winsorising leaves out: the mean of the others' squares is below 1
    z = {f"T{i:02}": 0 for i in range(40)} | {"a": 8, "b": -8, "c": 8, "d": -8}
    row = funnel(con, _at_half(z))["a"]
    assert (row["dispersion"], row["is_over_dispersed"], row["place"]) == (0, False, "above_998")
    assert row["detectable"] == pytest.approx(2.801585 * 0.05)


def test_the_sum_at_the_point_of_its_degrees_and_just_below(con: duckdb.DuckDBPyConnection) -> None:
    # of two teams z is a and -a: 2a² passes 3.84, the point of one degree, between 213 and 214 of 400; winsorised they
    # are 0.8a and -0.8a, whose squares' mean is above 1 in both
    for met, is_over in ((214, True), (213, False)):
        row = funnel(con, [("A", "x", None, None, met, 400), ("B", "x", None, None, 400 - met, 400)])["A"]
        assert (row["z"], row["is_over_dispersed"]) == (pytest.approx((met - 200) / 10), is_over)
        assert row["dispersion"] == pytest.approx(0.64 * row["z"] ** 2)
        assert row["dispersion"] > 1


def test_one_scale_for_teams_of_different_mixes(con: duckdb.DuckDBPyConnection) -> None:
    cells: list[Cell] = [
        ("A", "burglary", None, None, 17, 20), ("A", "assault", None, None, 32, 80),
        ("B", "burglary", None, None, 73, 80), ("B", "assault", None, None, 8, 20),
    ]  # fmt: skip
    for row in funnel(con, cells).values():
        assert row["force_rate"] == 0.65
        for name in ("lower_95", "upper_95", "lower_998", "upper_998", "rate"):
            drawn = row["standardised_rate" if name == "rate" else f"standardised_{name}"]
            assert drawn == pytest.approx(row[name] / row["expected_rate"] * 0.65), name


@pytest.mark.parametrize(
    ("p", "n", "tail", "above"), [(0.0, 12.0, 0.025, 0), (1.0, 12.0, 0.025, 12), (0.9, 9, 0.001, 9)]
)
def test_a_limit_at_the_ends(con: duckdb.DuckDBPyConnection, p: float, n: float, tail: float, above: float) -> None:
    found = con.execute("select binomial_above(?::double, ?::double, ?::double)", [p, n, tail]).fetchone()
    assert found == (above,)


@pytest.mark.parametrize("n", [0.8, 3.5, 60.25, 2500.4, 41000.5])
@pytest.mark.parametrize("p", [1e-9, 0.003, 0.28, 0.77, 0.999])
@pytest.mark.parametrize("tail", [0.025, 0.001])
def test_a_limit_of_records_that_are_not_whole(con: duckdb.DuckDBPyConnection, n: float, p: float, tail: float) -> None:
    found = con.execute("select binomial_above(?::double, ?::double, ?::double)", [p, n, tail]).fetchone()
    assert found
    at = found[0]
    assert 0 <= at <= n
    if p**n < tail:  # within 0.02 of a record of where the chance to pass is the tail
        before, after = (beta.cdf(p, max(k, 1e-9), n - k + 1) for k in (at - 0.02, min(n, at + 0.02)))
        assert after <= tail <= before


def _oracle(cells: list[Cell]) -> dict[str, dict[str, float]]:
    """Indirect standardisation and over-dispersion over again, with fractions."""
    mix: dict[Any, list[int]] = defaultdict(lambda: [0, 0])
    for _, *key, met, of in cells:
        mix[tuple(key)][0] += met
        mix[tuple(key)][1] += of
    teams: dict[str, list[Fraction]] = defaultdict(lambda: [Fraction(0)] * 3)
    for team, *key, met, of in cells:
        assert team
        total = mix[tuple(key)]
        one = [Fraction(met), Fraction(of), of * Fraction(*total)]
        teams[team] = [a + b for a, b in zip(teams[team], one, strict=True)]
    z = {}
    for team, (met, of, expected) in teams.items():
        p = expected / of
        z[team] = float(met - expected) / sqrt(of * p * (1 - p))
    ordered = sorted(z.values())

    def quantile(share: float) -> float:
        place = share * (len(ordered) - 1)
        low = int(place)
        high = min(low + 1, len(ordered) - 1)
        return ordered[low] + (ordered[high] - ordered[low]) * (place - low)

    clipped = [min(max(one, quantile(0.1)), quantile(0.9)) ** 2 for one in z.values()]
    dispersion = sum(clipped) / len(clipped)
    return {
        team: {"expected": float(expected), "z": z[team], "dispersion": dispersion}
        for team, (_, _, expected) in teams.items()
    }


@pytest.mark.parametrize(("seed", "spread"), [(1, 0.0), (2, 0.02), (3, 0.15), (4, 0.3)])
def test_against_fractions(con: duckdb.DuckDBPyConnection, seed: int, spread: float) -> None:
    draw = random.Random(seed)
    cells: list[Cell] = []
    for team in range(17):
        for group, rate in (("a", 0.55), ("b", 0.7)):
            for flag in (True, False):
                of = draw.randint(5, 150)
                p = min(0.97, max(0.03, rate + draw.gauss(0, spread)))
                cells.append((f"T{team:02}", group, flag, "999", sum(draw.random() < p for _ in range(of)), of))
    found, expected = funnel(con, cells), _oracle(cells)
    for team, row in found.items():
        for name, value in expected[team].items():
            assert row[name] == pytest.approx(value, rel=1e-9), name
    first, spread_of_all = found["T00"], sum(row["z"] ** 2 for row in found.values())
    assert first["is_over_dispersed"] == (spread_of_all > CHI_SQUARE_95[16]) == (spread > 0.1)
    for row in found.values():
        assert row["lower_998"] < row["lower_95"] < row["expected_rate"] < row["upper_95"] < row["upper_998"]
        n, p = row["counted"], Fraction(row["expected_rate"])
        if not row["is_over_dispersed"]:
            k = row["met"]
            outside = min(at_least(k, n, p), 1 - at_least(k + 1, n, p)) < 0.025
            assert (row["place"] != "within") == outside
        else:
            half = 1.96 * sqrt(p * (1 - p) / n * first["dispersion"])
            assert row["upper_95"] - row["lower_95"] == pytest.approx(2 * half, rel=0.25)


def test_the_door_counts_settled_months_of_teams() -> None:
    log: Row = {"opening_code": "shoplifting", "channel": "999"}
    months = ("2019-01", "2019-07", "2019-08")  # 31 August and 90 days lie past the data cut
    logs = [
        {**log, "incident_id": f"{month}{team}{i}", "reported_at": f"{month}-1{i} 12:00", "team_id": team}
        for month in months for team in ("A", "B", None) for i in range(4)
    ]  # fmt: skip
    logs[0]["crime_ref"] = "c"
    con = world(logs, [{"crime_ref": "c"}], data_cut="2019-11-28 12:00")
    snapshot = sql.Snapshot("fixture", Path("fixture"), con, sql.rows(con, "select * from snapshot_info")[0])
    found = sql.funnel(snapshot, "logs_recorded")
    assert [(row["team_id"], row["met"], row["counted"]) for row in found] == [("A", 1, 8), ("B", 0, 8)]
    assert [row["counted"] for row in sql.funnel(snapshot, "logs_recorded", {"from": "2019-07"})] == [4, 4]
    with pytest.raises(sql.NotAvailable):
        sql.funnel(snapshot, "crimes_in_time")
    con.close()

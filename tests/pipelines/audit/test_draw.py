"""A draw is random within its strata, the same for the same seed, and of the sizes asked for."""

import random
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2, chisquare

from pipelines.audit.draw import SizesError, proportional, select


def frame(**populations: int) -> list[dict[str, Any]]:
    return [
        {"incident_id": f"{stratum}-{number:03}", "stratum": stratum, "may_hide": stratum.startswith("hidden")}
        for stratum, logs in populations.items()
        for number in range(logs)
    ]


FRAME = frame(violence=40, sexual=6, other=54, hidden_other=30, hidden_duplicate=10)
WANTED: dict[bool, Any] = {False: 20, True: 8}


def test_the_sizes_are_those_asked_for_and_the_logs_of_their_strata() -> None:
    drawn = select(FRAME, 7, WANTED, 0.1)
    by_stratum = Counter(drawn.logs.values())
    assert {s.stratum: (s.may_hide, s.population, s.sampled) for s in drawn.strata} == {
        "violence": (False, 40, 8),
        "sexual": (False, 6, 2),
        "other": (False, 54, 10),
        "hidden_other": (True, 30, 6),
        "hidden_duplicate": (True, 10, 2),
    }
    assert by_stratum == {s.stratum: s.sampled for s in drawn.strata}
    assert all(log.startswith(stratum) for log, stratum in drawn.logs.items())


def test_sizes_by_stratum() -> None:
    sizes = {"violence": 10, "sexual": 6, "other": 2}
    drawn = select(FRAME, 7, {False: sizes, True: 0}, 0)
    assert Counter(drawn.logs.values()) == sizes
    assert {s.stratum: s.sampled for s in drawn.strata if s.may_hide} == {"hidden_other": 0, "hidden_duplicate": 0}
    assert drawn.twice == frozenset()


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        ({"violence": 41, "sexual": 2, "other": 2}, "violence has 40 logs, and 41 are asked for"),
        ({"violence": 1, "sexual": 2, "other": 2}, "violence needs at least 2 logs, as fewer show no spread"),
        ({"violence": 2, "sexual": 2}, "other is left out"),
        ({"violence": 2, "sexual": 2, "other": 2, "fraud": 2}, "there is no stratum fraud"),
        ({"violence": 2, "sexual": 2, "other": 2, "hidden_other": 2}, "there is no stratum hidden_other"),
        ({"violence": -1, "sexual": 2, "other": 2}, "violence needs at least 2 logs, as fewer show no spread"),
    ],
)
def test_sizes_that_cannot_be_drawn(sizes: dict[str, int], said: str) -> None:
    with pytest.raises(SizesError) as error:
        select(FRAME, 7, {False: sizes, True: 0}, 0)
    assert str(error.value).startswith(f"{said}. The strata of the period: other (54 logs), sexual (6 logs)")


@given(shuffled=st.integers(0), seed=st.integers(0, 2**31 - 1))
def test_the_order_of_the_frame_does_not_matter(shuffled: int, seed: int) -> None:
    order = random.Random(shuffled).sample(FRAME, len(FRAME))
    expected = select(FRAME, seed, WANTED, 0.2)
    found = select(order, seed, WANTED, 0.2)
    assert found == expected
    assert list(found.logs) == list(expected.logs)


def test_another_seed_draws_others() -> None:
    draws = {tuple(sorted(select(FRAME, seed, WANTED, 0).logs)) for seed in range(200)}
    assert len(draws) == 200


def test_a_log_keeps_its_number_whatever_else_is_in_the_frame() -> None:
    alone = select(frame(violence=40), 7, {False: 8, True: 0}, 0)
    beside = select(FRAME, 7, WANTED, 0)
    assert set(alone.logs) == {log for log, stratum in beside.logs.items() if stratum == "violence"}


def test_every_log_of_a_stratum_is_drawn_as_often_over_many_seeds() -> None:
    seeds = 1_500
    drawn, twice, first = Counter[str](), Counter[str](), Counter[str]()
    for seed in range(seeds):
        found = select(FRAME, seed, WANTED, 0.25)
        drawn.update(found.logs.keys())
        twice.update(found.twice)
        first.update([next(log for log, stratum in found.logs.items() if stratum == "violence")])
    for stratum in select(FRAME, 0, WANTED, 0.25).strata:
        counts = [drawn[row["incident_id"]] for row in FRAME if row["stratum"] == stratum.stratum]
        assert sum(counts) == seeds * stratum.sampled
        # counts of a draw without replacement spread less than chi-square's, by 1 - n / N
        share, others = stratum.sampled / stratum.population, stratum.population - 1
        assert chi2.sf(chisquare(counts).statistic / (1 - share) * others / stratum.population, others) > 1e-3
    violence = [row["incident_id"] for row in FRAME if row["stratum"] == "violence"]
    assert chisquare([first[log] for log in violence]).pvalue > 1e-3
    assert chisquare([twice[log] for log in violence]).pvalue > 1e-3


def test_logs_are_marked_twice_alike_whether_few_or_all_of_their_stratum_are_drawn() -> None:
    few_and_all: dict[bool, Any] = {False: {"violence": 4, "sexual": 6, "other": 10}, True: 0}
    twice = Counter[str]()
    for seed in range(1_000):
        found = select(FRAME, seed, few_and_all, 0.25)
        twice.update(found.logs[log] for log in found.twice)
    assert chisquare([twice["violence"], twice["sexual"], twice["other"]], [1_000, 1_500, 2_500]).pvalue > 1e-3


def test_pairs_are_drawn_together_as_often_as_chance_says() -> None:
    together = sum(
        {"violence-000", "violence-001"} <= set(select(FRAME, seed, WANTED, 0).logs) for seed in range(2_000)
    )
    expected = 2_000 * 8 * 7 / (40 * 39)
    assert abs(together - expected) < 5 * expected**0.5


@pytest.mark.parametrize(("share", "logs"), [(0.0, 0), (0.1, 3), (0.001, 1), (1.0, 28)])
def test_the_share_marked_twice_is_rounded_up(share: float, logs: int) -> None:
    drawn = select(FRAME, 7, WANTED, share)
    assert len(drawn.twice) == logs
    assert drawn.twice <= set(drawn.logs)


@given(
    populations=st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 60), min_size=1),
    total=st.integers(0, 200),
)
def test_shares_in_proportion(populations: dict[str, int], total: int) -> None:
    sizes = proportional(total, populations)
    everything = sum(populations.values())
    assert sizes.keys() == populations.keys()
    if total == 0:
        assert not any(sizes.values())
        return
    least = sum(min(2, logs) for logs in populations.values())
    assert sum(sizes.values()) == max(min(total, everything), least)
    assert all(min(2, populations[name]) <= size <= populations[name] for name, size in sizes.items())
    # no log would be better placed in another stratum
    for name, size in sizes.items():
        for other, less in sizes.items():
            if size > 2 and less < populations[other]:
                assert populations[name] / (2 * size - 1) >= populations[other] / (2 * less + 1)


def test_proportion_by_hand() -> None:
    assert proportional(100, {"a": 500, "b": 300, "c": 200}) == {"a": 50, "b": 30, "c": 20}
    assert proportional(10, {"a": 990, "b": 10}) == {"a": 8, "b": 2}
    assert proportional(10, {"a": 3, "b": 1}) == {"a": 3, "b": 1}
    assert proportional(5, {}) == {}

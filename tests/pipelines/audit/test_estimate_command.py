"""`cdi audit estimate`, against the hidden truth and the contract."""

import json
import math
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from scipy.stats import t as student

from pipelines.audit.folder import kept_file, read_rows
from tests.pipelines.audit.drawn import SAMPLE
from tests.pipelines.command import Command


def expected(home: Path, truth: dict[str, Any], hides: bool) -> dict[str, float]:
    """The combined ratio over strata with its error and logit interval, worked out from the truth and the draw."""
    strata = {
        row["stratum"]: (int(row["population"]), int(row["sampled"]))
        for row in read_rows(kept_file(home, "audit_stratum", SAMPLE))
        if hides or row["may_hide"] == "no"
    }
    pairs: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in read_rows(kept_file(home, "audit_log", SAMPLE)):
        crimes = truth[row["incident_id"]]
        pairs[row["stratum"]].append((len(crimes), sum(crime["is_recorded"] == "true" for crime in crimes)))
    x = sum(size * sum(p[0] for p in pairs[name]) / n for name, (size, n) in strata.items())
    ratio = sum(size * sum(p[1] for p in pairs[name]) / n for name, (size, n) in strata.items()) / x
    variance = 0.0
    for name, (size, n) in strata.items():
        residuals = [y - ratio * required for required, y in pairs[name]]
        mean = sum(residuals) / n
        variance += size**2 * (1 - n / size) * sum((r - mean) ** 2 for r in residuals) / (n - 1) / n
    error = math.sqrt(variance) / x
    reach = float(student.ppf(0.975, sum(n for _, n in strata.values()) - len(strata))) * error / (ratio * (1 - ratio))
    odds = math.log(ratio / (1 - ratio))
    return {
        "rate": ratio,
        "standard_error": error,
        "lower": 1 / (1 + math.exp(reach - odds)),
        "upper": 1 / (1 + math.exp(-reach - odds)),
        "required": sum(p[0] for name in strata for p in pairs[name]),
        "recorded": sum(p[1] for name in strata for p in pairs[name]),
    }


def test_the_estimate_of_what_was_returned_is_that_of_the_truth(
    cdi: Command, returned_home: Path, truth: dict[str, Any]
) -> None:
    done = cdi("audit", "estimate", "--sample", SAMPLE, "--json", home=returned_home)
    assert (done.status, done.err) == (0, "")
    found = json.loads(done.out)["sample"]
    assert (found["sample_id"], found["status"], found["marked"], found["sampled"]) == (SAMPLE, "provisional", 102, 102)
    headline = found["estimates"][0]
    assert (headline["scope"], headline["domain"], headline["interval"]) == ("inspection", "all", "logit")
    for name, value in expected(returned_home, truth, hides=False).items():
        assert headline[name] == pytest.approx(value, abs=1e-9), name


def shape(value: Any) -> Any:
    """The names in a JSON value, all the way down; of a list, those of its first element."""
    if isinstance(value, dict):
        return {name: shape(inner) for name, inner in value.items()}
    return [shape(value[0])] if isinstance(value, list) and value else ...


ESTIMATE = {
    **dict.fromkeys(("scope", "domain", "recorded", "required", "rate", "lower", "upper", "interval", "reason"), ...),
    "intervals": {"logit": {"lower": ..., "upper": ...}, "plain": {"lower": ..., "upper": ...}},
    **dict.fromkeys(("standard_error", "degrees", "t", "design_effect", "population", "sampled"), ...),
    **dict.fromkeys(("stratum_count", "without_failure", "merged"), ...),
}


def test_the_object_is_as_readme_says(cdi: Command, returned_home: Path) -> None:
    found = json.loads(cdi("audit", "estimate", "--sample", SAMPLE, "--json", home=returned_home).out)
    assert list(found) == ["snapshot", "data_cut", "is_synthetic", "sample", "rolling_year"]
    sample, year = found["sample"], found["rolling_year"]
    parts = ["estimates", "comparisons", "extrapolations"]
    assert list(sample) == [
        "sample_id", "quarter", "period_from", "period_to", "cut_at", "population", "sampled", "marked", "is_signed",
        "signed_role", "signed_date", "status", *parts, "strata", "hidden_strata", "agreement", "checks",
    ]  # fmt: skip
    assert list(year) == ["period_id", "quarter", "period_from", "period_to", "status", *parts]
    assert shape(sample["estimates"]) == [ESTIMATE]
    scopes = [(one["scope"], one["domain"]) for one in sample["estimates"]]
    assert scopes[:2] == [("inspection", "all"), ("inspection", "domestic_abuse")]
    assert ("whole_frame", "all") in scopes and len(scopes) == len(set(scopes))
    assert all((one["rate"] is None) == (one["reason"] is not None) for one in sample["estimates"])
    comparison = {one["measure"]: one for one in sample["comparisons"] if one["is_own_force"] and one["is_tested"]}
    assert comparison.keys() == {"all", "violence"}
    assert "different auditors, rules and routes" in comparison["all"]["statement"]
    assert {one["label"] for one in sample["extrapolations"]} == {"extrapolation"}
    assert all("share_without_log" in one for one in sample["extrapolations"])
    assert {one["stratum"] for one in sample["strata"]} >= {"violence", "sexual", "other", "hidden_duplicate"}
    assert {"stratum", "held", "sampled", "held_upper", "is_enough"} <= sample["hidden_strata"][0].keys()


def test_the_table_says_the_same_in_words(cdi: Command, returned_home: Path) -> None:
    found = json.loads(cdi("audit", "estimate", "--sample", SAMPLE, "--json", home=returned_home).out)["sample"]
    done = cdi("audit", "estimate", "--sample", SAMPLE, home=returned_home)
    assert (done.status, done.err) == (0, "")
    first = done.out.splitlines()[2].split()
    headline = found["estimates"][0]
    assert first[:7] == [
        SAMPLE, "(provisional)", "inspection", "all", str(headline["recorded"]), str(headline["required"]),
        f"{headline['rate']:.1%}",
    ]  # fmt: skip
    for one in found["comparisons"]:
        assert (f"{SAMPLE}, {one['measure']}: {one['statement']}" in done.out) or not one["is_own_force"]
    assert f"{SAMPLE}, all, extrapolation: not recorded a year" in done.out
    assert "of crime recorded has no log and is not covered" in done.out
    for one in found["hidden_strata"]:
        said = f"{one['stratum']}: {one['held']} of {one['sampled']} sampled logs held a crime, so at most"
        assert said in done.out


def test_no_estimate_without_an_audit(cdi: Command, tmp_path: Path, empty_home: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "incident.csv").write_text("incident_id,reported_at\nL1,2019-06-01T10:00Z\n", "utf-8")
    assert cdi("refresh", source, home=empty_home).status == 0
    for typed in ((), ("--sample", "2019-Q2")):
        done = cdi("audit", "estimate", "--json", *typed, home=empty_home)
        assert (done.status, done.out) == (2, "")
        assert "no audit is in the current snapshot: `cdi audit draw` draws one" in done.err


def test_an_unknown_sample_is_named_with_those_there_are(cdi: Command, returned_home: Path) -> None:
    done = cdi("audit", "estimate", "--sample", "winter", home=returned_home)
    assert done.status == 2 and "no audit winter in the current snapshot; there: 2017-Q3, " in done.err
    assert SAMPLE in done.err

"""An audit from plan to signature, on the synthetic force, with a worksheet filled in from its hidden truth."""

import json
import math
import shutil
from collections import defaultdict
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from openpyxl import load_workbook
from scipy.stats import t as student

import sql
from pipelines.audit.columns import CRIMES, LOGS
from pipelines.audit.draw import proportional
from pipelines.audit.folder import draw_folder, kept_file, read_drawn, read_rows
from pipelines.commands import auditing
from pipelines.home import sole_run
from pipelines.publish import current
from tests.pipelines.audit.small import Book, missed, recorded
from tests.pipelines.command import Command

SAMPLE = "spring"
SIZES = "violence=25,sexual=2,other=35"


def draw(home: Path, **options: Any) -> Path:
    """Draw as `cdi audit draw` does; the folder of the draw."""
    given = {"period": "2019-Q2", "seed": 7, "logs": SIZES, "hidden_logs": "40", "name": SAMPLE} | options
    auditing.draw(home=home, **given)
    return draw_folder(home, given["name"])


def copied(home: Path, folder: Path) -> Path:
    return Path(shutil.copytree(home, folder / "home"))


@pytest.fixture(scope="module")
def drawn_home(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample's home in which a draw was made. To be read only."""
    home = copied(sample_home, tmp_path_factory.mktemp("drawn"))
    draw(home)
    return home


@pytest.fixture(scope="module")
def truth(sample_source: Path) -> dict[str, list[dict[str, Any]]]:
    """The crimes that each log should have led to."""
    required: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in pl.read_csv(sample_source / "truth" / "crime.csv", infer_schema=False).iter_rows(named=True):
        if row["is_required"] == "true":
            required[row["incident_id"].replace("-", "")].append(row)  # as the snapshot writes log numbers
    return required


def fill(path: Path, truth: dict[str, list[dict[str, Any]]], auditor: str = "A1") -> Path:
    """Fill in a worksheet as an auditor would who knows the truth."""
    book = Book(path)
    spare = len(read_rows(path.with_suffix("") / "logs.csv")) + 2
    for row in range(2, spare):
        log = book.page(LOGS).cell(row, 1).value
        crimes = truth[str(log)]
        book.put(LOGS, row, auditor=auditor, crimes_required=len(crimes), audited_on="2019-10-20")
        for n, crime in enumerate(crimes, 1):
            answers = recorded(crime["crime_ref"]) if crime["is_recorded"] == "true" else missed()
            at, spare = (row, spare) if n == 1 else (spare, spare + 1)
            answers |= {"required_class": crime["offence_class"], "is_domestic_abuse": crime["is_domestic_abuse"]}
            book.put(CRIMES, at, incident_id=log, n=n, **answers)
    return book.saved()


@pytest.fixture(scope="module")
def filled(drawn_home: Path, truth: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a worksheet filled in whole, and of the second auditor's."""
    folder = tmp_path_factory.mktemp("filled")
    shutil.copytree(draw_folder(drawn_home, SAMPLE), folder, dirs_exist_ok=True)
    fill(folder / "worksheet.xlsx", truth)
    fill(folder / "second_worksheet.xlsx", truth, "A2")
    return folder


@pytest.fixture(scope="module")
def returned_home(drawn_home: Path, filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the whole worksheet was returned and published. To be read only."""
    home = copied(drawn_home, tmp_path_factory.mktemp("returned"))
    auditing.take_back(filled / "worksheet.xlsx", home)
    return home


def test_a_draw_keeps_the_strata_their_sizes_and_the_data_cut(drawn_home: Path) -> None:
    strata = read_rows(kept_file(drawn_home, "audit_stratum", SAMPLE))
    logs = read_rows(kept_file(drawn_home, "audit_log", SAMPLE))
    sizes = {row["stratum"]: int(row["sampled"]) for row in strata}
    assert {name: sizes[name] for name in ("violence", "sexual", "other")} == {"violence": 25, "sexual": 2, "other": 35}
    assert sum(size for name, size in sizes.items() if name.startswith("hidden_")) == 40
    assert {name: sum(row["stratum"] == name for row in logs) for name in sizes} == sizes
    assert len({row["incident_id"] for row in logs}) == len(logs) == 102
    assert {(row["period_from"], row["period_to"], row["cut_at"], row["run"], row["seed"]) for row in strata} == {
        ("2019-04-01", "2019-06-30", "2019-11-01T00:00:00Z", "r0001", "7")
    }
    assert all(int(row["population"]) >= int(row["sampled"]) for row in strata)
    drawn = read_drawn(drawn_home, SAMPLE)
    assert len(drawn.twice) == 11
    assert list(drawn.shown) == [row["incident_id"] for row in logs]


def test_the_same_seed_draws_the_same_logs_and_another_others(drawn_home: Path, tmp_path: Path) -> None:
    home = copied(drawn_home, tmp_path)
    again, other = draw(home, name="again"), draw(home, name="other", seed=8)
    first = {row["incident_id"] for row in read_rows(kept_file(home, "audit_log", SAMPLE))}
    assert {row["incident_id"] for row in read_rows(again / "audit_log_again.csv")} == first
    assert {row["incident_id"] for row in read_rows(other / "audit_log_other.csv")} != first


def test_auditors_see_each_log_as_the_extract_has_it(drawn_home: Path) -> None:
    with closing(sql.open_snapshot(drawn_home)) as snapshot:
        shown = read_drawn(drawn_home, SAMPLE).shown
        logs = {row["incident_id"]: row for row in sql.table(snapshot, "incident", {"incident_id": list(shown)})}
    assert any(row["crimes"] for row in shown.values())
    for log, row in shown.items():
        repeated = logs[log]["duplicate_of"]
        assert row["codes"].endswith(f"repeats log {repeated}") if repeated else "repeats" not in row["codes"]
        local = logs[log]["reported_at"] + timedelta(hours=1)  # summer time
        assert row["reported"] == f"{local:%a} {local.day} {local:%b %Y, %H:%M}"


def test_a_draw_is_named_by_its_period_and_never_overwrites_another(
    cdi: Command, drawn_home: Path, tmp_path: Path
) -> None:
    home = copied(drawn_home, tmp_path)
    typed = ("audit", "draw", "--period", "2019-05", "--logs", "20", "--hidden-logs", "0", "--marked-twice", "0")
    done = cdi(*typed, "--seed", "1", "--format", "json", home=home)
    assert done.status == 0
    assert {row["sample_id"] for row in json.loads(done.out)} == {"2019-05"}
    assert sum(row["sampled"] for row in json.loads(done.out)) == 20
    assert not (home / "audits" / "2019-05" / "second_worksheet.xlsx").exists()
    assert "its quarter has the audit 2019-Q2: of a quarter with two draws a rolling year has no rate" in done.err
    before = (home / "audits" / "2019-05" / "shown.csv").read_bytes()
    done = cdi(*typed, "--seed", "2", home=home)
    assert (done.status, done.out) == (2, "")
    assert "holds a draw of that name already: --replace draws anew" in done.err
    assert (home / "audits" / "2019-05" / "shown.csv").read_bytes() == before
    assert cdi(*typed, "--seed", "2", "--replace", home=home).status == 0
    assert (home / "audits" / "2019-05" / "shown.csv").read_bytes() != before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--period", "2019-Q3"), "2019-Q3 is too young"),
        (("--period", "2019-Q3"), "once the data reaches 2019-12-30, and it reaches 2019-11-01"),
        (("--period", "2017-Q2"), "give a period that the data covers whole"),
        (("--period", "spring"), "spring is no period: give a quarter (2019-Q2)"),
        (("--logs", "violence=9999,sexual=2,other=2"), "and 9,999 are asked for"),
        (("--logs", "violence"), "--logs violence: give a number of logs, or one by stratum"),
        (("--logs", "violence=9,3"), "--logs violence=9,3: give a number of logs"),
        (("--hidden-logs", "-1"), "--hidden-logs -1: give a number of logs"),
        (("--logs", "0", "--hidden-logs", "0"), "logs that could be drawn from, none is asked for"),
        (("--marked-twice", "ten"), "--marked-twice ten: give a share such as 10%"),
        (("--marked-twice", "110%"), "--marked-twice 110%: give a share"),
        (("--seed", "-1"), "seed"),
        (("--name", "../x"), "--name ../x: give letters, digits, - and _"),
        (("--name", SAMPLE), "holds a draw of that name already"),
    ],
)
def test_what_cannot_be_drawn(cdi: Command, drawn_home: Path, options: tuple[str, ...], said: str) -> None:
    typed = {"--period": "2019-Q2", "--seed": "7"} | dict(zip(options[::2], options[1::2], strict=True))
    done = cdi("audit", "draw", *(word for pair in typed.items() for word in pair), home=drawn_home)
    assert (done.status, done.out) == (2, ""), done.err
    assert said in done.err
    assert [path.name for path in (drawn_home / "audits").iterdir()] == [SAMPLE]


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


def test_a_plan_by_stratum_and_what_more_logs_would_buy(cdi: Command, sample_home: Path) -> None:
    done = cdi("audit", "plan", "--half-width", "4", "--period", "2019-Q1", "--format", "json", home=sample_home)
    assert done.status == 0
    found = json.loads(done.out)
    assert (found["period"], found["half_width_points"]) == ("2019-Q1", 4)
    rows = [row for row in found["strata"] if row["allocation"] == "proportional" and not row["may_hide"]]
    logs = {row["stratum"]: row["logs"] for row in rows}
    assert proportional(sum(logs.values()), {row["stratum"]: row["population"] for row in rows}) == logs
    steps = [step for step in found["steps"] if step["allocation"] == "proportional"]
    assert steps[0]["logs"] == sum(logs.values()) and steps[0]["half_width"] <= 0.04
    assert steps[1]["logs"] == min(steps[0]["logs"] + 50, sum(row["population"] for row in rows))
    assert steps[1]["gain"] == pytest.approx(steps[0]["half_width"] - steps[1]["half_width"])
    assert "found by the audit" in done.err


def test_a_plan_is_of_the_latest_mature_quarter_unless_told(cdi: Command, sample_home: Path) -> None:
    assert json.loads(cdi("audit", "plan", "--format", "json", home=sample_home).out)["period"] == "2019-Q2"
    table = cdi("audit", "plan", home=sample_home).out
    assert table.split()[0] == "allocation" and "points" in table
    comma = cdi("audit", "plan", "--format", "csv", home=sample_home).out.splitlines()
    assert comma[0].startswith("allocation,stratum,may_hide,population,crimes_per_log") and "points" not in comma[-1]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("--half-width", "0"), "--half-width 0: give percentage points between 0 and 50"),
        (("--half-width", "50"), "--half-width 50: give percentage points"),
        (("--half-width", "nan"), "--half-width nan: give percentage points"),
        (("--half-width", "two"), "half-width"),
        (("--period", "2016-Q1"), "give a period that the data covers whole"),
    ],
)
def test_what_cannot_be_planned(cdi: Command, sample_home: Path, typed: tuple[str, ...], said: str) -> None:
    done = cdi("audit", "plan", *typed, home=sample_home)
    assert (done.status, done.out) == (2, "") and said in done.err


def test_a_return_is_a_run_of_its_own_that_carries_everything_else_over(
    cdi: Command, drawn_home: Path, returned_home: Path
) -> None:
    before = json.loads(cdi("status", "--json", home=drawn_home).out)
    after = json.loads(cdi("status", "--json", home=returned_home).out)
    assert (before["run"], after["run"], after["outcome"]) == ("r0001", "r0002", "published")
    assert after["extracts"]["incident"]["data_cut"] == before["extracts"]["incident"]["data_cut"]
    typed = ("metric", "logs_recorded", "--by", "month", "--format", "json")
    assert cdi(*typed, home=returned_home).out == cdi(*typed, home=drawn_home).out
    found = json.loads(cdi("audit", "estimate", "--json", home=returned_home).out)
    assert (found["snapshot"], found["is_synthetic"]) == ("snap_r0002.duckdb", True)
    assert found["data_cut"] == "2019-11-01T00:00:00Z"


def test_the_second_auditor_gives_agreement_and_a_repeat_needs_replace(
    cdi: Command, returned_home: Path, filled: Path, tmp_path: Path
) -> None:
    home = copied(returned_home, tmp_path)
    done = cdi("audit", "return", filled / "worksheet.xlsx", home=home)
    assert (done.status, done.out) == (1, "")
    assert "A1 returned " in done.err and "92 more before: --replace puts this worksheet in place" in done.err
    assert current(home) == "snap_r0002.duckdb"
    assert cdi("audit", "return", filled / "second_worksheet.xlsx", home=home).status == 0
    sample = json.loads(cdi("audit", "estimate", "--sample", SAMPLE, "--json", home=home).out)["sample"]
    assert (sample["agreement"]["agreed"], sample["agreement"]["logs"]) == (11, 11)
    kept = read_rows(kept_file(home, "audit_return", SAMPLE))
    assert {row["auditor"] for row in kept} == {"A1", "A2"}
    assert len(kept) == 102 + 11


def test_a_partial_return_waits_for_the_rest(cdi: Command, drawn_home: Path, filled: Path, tmp_path: Path) -> None:
    home = copied(drawn_home, tmp_path)
    shutil.rmtree(home / "stage")
    book = Book(Path(shutil.copy(filled / "worksheet.xlsx", tmp_path)))
    log = str(book.page(LOGS).cell(2, 1).value)
    for row in range(3, 104):
        book.put(LOGS, row, crimes_required=None)
    for row in range(2, book.page(CRIMES).max_row + 1):
        if book.page(CRIMES).cell(row, 1).value != log:
            book.put(CRIMES, row, required_class=None, is_domestic_abuse=None, is_recorded=None, crime_ref=None)
    done = cdi("audit", "return", book.saved(), home=home)
    assert (done.status, done.out) == (1, "")
    assert done.err.count("is not marked") == 101 and "--partial takes in what is marked" in done.err
    done = cdi("audit", "return", book.path, "--partial", home=home)
    assert "of the 102 logs of spring 1 are marked now" in done.err
    done = cdi("audit", "return", filled / "worksheet.xlsx", "--replace", home=home)
    assert "of the 102 logs of spring 102 are marked now" in done.err
    assert len(read_rows(kept_file(home, "audit_return", SAMPLE))) == 102


def test_a_faulty_worksheet_changes_nothing(cdi: Command, drawn_home: Path, filled: Path, tmp_path: Path) -> None:
    book = Book(Path(shutil.copy(filled / "worksheet.xlsx", tmp_path)))
    book.page(LOGS).delete_rows(5)
    book.put(LOGS, 2, summary_accurate="maybe")
    before = sorted(path.name for path in (drawn_home / "audits" / SAMPLE).iterdir())
    done = cdi("audit", "return", book.saved(), home=drawn_home)
    assert (done.status, done.out) == (1, "")
    first, *faults = done.err.splitlines()
    assert first.endswith("worksheet.xlsx is not taken in, and nothing has changed:")
    assert faults[0].startswith('Logs row 2: "Does the log sum up accurately what was said" is "maybe"')
    assert any("the row of log" in fault for fault in faults)
    assert sorted(path.name for path in (drawn_home / "audits" / SAMPLE).iterdir()) == before
    assert current(drawn_home) == "snap_r0001.duckdb"


@pytest.mark.parametrize(
    ("name", "status", "said"),
    [("none.xlsx", 2, "none.xlsx"), ("other.xlsx", 1, "has no sheet Logs"), ("mark.xlsx", 2, "no draw winter in")],
)
def test_what_is_no_worksheet_of_a_draw(
    cdi: Command, drawn_home: Path, filled: Path, tmp_path: Path, name: str, status: int, said: str
) -> None:
    if name == "mark.xlsx":
        book = load_workbook(filled / "worksheet.xlsx")
        for row in range(2, 104):
            book["Logs"].cell(row, 18, "winter 0123456789ab")
        book.save(tmp_path / name)
    elif name == "other.xlsx":
        book = load_workbook(filled / "worksheet.xlsx")
        del book["Logs"], book["Crimes"]
        book.save(tmp_path / name)
    done = cdi("audit", "return", tmp_path / name, home=drawn_home)
    assert (done.status, done.out) == (status, "")
    assert said in done.err


def test_a_return_that_cannot_be_published_is_not_kept(
    cdi: Command, drawn_home: Path, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise RunRefused("no")

    from pipelines import amend
    from pipelines.refresh import RunRefused

    monkeypatch.setattr(amend, "amend", refuse)
    home = copied(drawn_home, tmp_path)
    done = cdi("audit", "return", filled / "worksheet.xlsx", home=home)
    assert (done.status, done.err) == (
        1,
        "cdi: no; nothing was taken in, and the published snapshot stands\n",
    )
    assert not kept_file(home, "audit_return", SAMPLE).exists()
    assert not kept_file(home, "audit_crime", SAMPLE).exists()


def test_a_return_is_turned_away_while_another_run_holds_the_folder(
    cdi: Command, drawn_home: Path, filled: Path
) -> None:
    with sole_run(drawn_home):
        done = cdi("audit", "return", filled / "worksheet.xlsx", home=drawn_home)
    assert (done.status, done.out) == (1, "") and "another refresh is running" in done.err
    assert not kept_file(drawn_home, "audit_return", SAMPLE).exists()


def test_a_return_waits_for_the_next_refresh_where_the_stage_is_gone(
    cdi: Command, drawn_home: Path, filled: Path, tmp_path: Path
) -> None:
    home = copied(drawn_home, tmp_path)
    shutil.rmtree(home / "stage" / "r0001")
    done = cdi("audit", "return", filled / "worksheet", home=home)
    assert done.status == 1 and "no log is marked" in done.err  # the pair beside the workbook is empty still
    done = cdi("audit", "return", filled / "worksheet.xlsx", home=home)
    assert done.status == 0
    assert "it is kept, and shows after the next `cdi refresh`" in done.err
    assert len(read_rows(kept_file(home, "audit_return", SAMPLE))) == 102
    assert current(home) == "snap_r0001.duckdb"


def test_the_registrar_signs(cdi: Command, returned_home: Path, filled: Path, tmp_path: Path) -> None:
    home = copied(returned_home, tmp_path)
    for typed, said in (
        ((SAMPLE, "--role", "Analyst"), "signed by the Force Crime Registrar, and not by the Analyst"),
        (("winter", "--role", "Force Crime Registrar"), "no audit winter in the current snapshot; there: "),
    ):
        done = cdi("audit", "sign", *typed, home=home)
        assert (done.status, done.out) == (1, "") and said in done.err
    assert cdi("audit", "sign", SAMPLE, "--role", "FCR registrar", "--date", "soon", home=home).status == 2
    typed = ("audit", "sign", SAMPLE, "--role", "Force Crime Registrar", "--date", "2019-10-25")
    done = cdi(*typed, home=home)
    assert done.status == 0, done.err
    sample = json.loads(cdi("audit", "estimate", "--sample", SAMPLE, "--json", home=home).out)["sample"]
    assert (sample["status"], sample["signed_role"], sample["signed_date"]) == (
        "signed", "Force Crime Registrar", "2019-10-25",
    )  # fmt: skip
    again = cdi(*typed, home=home)
    assert again.status == 1 and "was signed by the Force Crime Registrar on 2019-10-25 already" in again.err
    late = cdi("audit", "return", filled / "second_worksheet.xlsx", home=home)
    assert late.status == 1 and "so no return is taken in" in late.err


def test_signatures_the_snapshot_has_are_kept(cdi: Command, returned_home: Path, tmp_path: Path) -> None:
    home = copied(returned_home, tmp_path)
    with closing(sql.open_snapshot(home)) as snapshot:
        earlier = [row["sample_id"] for row in sql.table(snapshot, "ref_audit_signature")]
    shutil.rmtree(home / "stage")
    assert cdi("audit", "sign", SAMPLE, "--role", "Registrar", "--date", "2019-10-25", home=home).status == 0
    rows = read_rows(home / "reference" / "audit_signature.csv")
    assert [row["sample_id"] for row in rows] == [*earlier, SAMPLE]

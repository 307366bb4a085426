"""`cdi spc`: any series in, limits and signals out; what is no series is refused in one sentence."""

import json
from pathlib import Path

import pytest

from tests.pipelines.command import Command

ISSUE = [1, 2, 1, 2, 10, *[1, 2] * 6, 1]


@pytest.fixture
def cdi(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(monkeypatch, capsys)


def _file(folder: Path, text: str) -> Path:
    path = folder / "series.csv"
    path.write_text(text, encoding="utf-8")
    return path


def _days(values: list[int]) -> str:
    return "at,value\n" + "".join(f"2018-01-{day:02},{value}\n" for day, value in enumerate(values, 1))


@pytest.mark.parametrize(
    ("profile", "lower", "upper"), [("nhsr_0_2_2", -0.715556, 4.604444), ("mdc_2023", -3.062614, 6.951503)]
)
def test_the_object(cdi: Command, tmp_path: Path, profile: str, lower: float, upper: float) -> None:
    done = cdi("spc", "--file", _file(tmp_path, _days(ISSUE)), "--profile", profile, "--json")
    found = json.loads(done.out)
    assert (done.status, done.err, found["profile"], found["chart"]) == (0, "", profile, "xmr")
    assert found["mean"] == pytest.approx(35 / 18)
    assert [point["signal"] for point in found["points"]] == [None] * 4 + ["outside"] + [None] * 13
    assert found["points"][4] == {
        "at": "2018-01-05",
        "value": 10,
        "mean": pytest.approx(35 / 18),
        "lower_limit": pytest.approx(lower, abs=1e-6),
        "upper_limit": pytest.approx(upper, abs=1e-6),
        "signal": "outside",
    }
    assert (found["is_trial"], found["variation"], found["assurance"]) == (False, "common_cause", None)


def test_counts_give_a_p_prime_chart_unless_told(cdi: Command, tmp_path: Path) -> None:
    path = _file(tmp_path, "at,numerator,denominator\n2018-01,50,100\n2018-02,40,100\n2018-03,60,100\n2018-04,50,100\n")
    found = json.loads(cdi("spc", "--file", path, "--json", "--target", "0.9", "--better", "higher").out)
    assert (found["chart"], found["mean"], found["is_trial"], found["assurance"]) == ("p_prime", 0.5, True, "fail")
    assert found["points"][0]["upper_limit"] == pytest.approx(0.854610, abs=1e-6)
    found = json.loads(cdi("spc", "--file", path, "--json", "--chart", "xmr").out)
    assert found["points"][0]["upper_limit"] == pytest.approx(0.5 + 2.66 * 0.4 / 3)


def test_a_rebase(cdi: Command, tmp_path: Path) -> None:
    path = _file(tmp_path, "at,value,rebase\n1,9,\n2,11,0\n3,29,new system\n4,31,false\n")
    found = json.loads(cdi("spc", "--file", path, "--json").out)
    assert [point["mean"] for point in found["points"]] == [10, 10, 30, 30]
    assert found["mean"] == 30
    assert [(phase["from"], phase["mean"]) for phase in found["phases"]] == [("1", 10), ("3", 30)]


def test_one_point_has_a_mean_and_no_limits(cdi: Command, tmp_path: Path) -> None:
    found = json.loads(cdi("spc", "--file", _file(tmp_path, "at,value\n2018-01-01,3\n"), "--json").out)
    assert (found["mean"], found["is_trial"]) == (3, True)
    assert (found["points"][0]["lower_limit"], found["points"][0]["signal"]) == (None, None)


def test_a_table(cdi: Command, tmp_path: Path) -> None:
    done = cdi("spc", "--file", _file(tmp_path, _days(ISSUE)))
    assert "outside" in done.out.splitlines()[6]
    assert "1.944" in done.out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("at,value\n2018-01-01,x\n", "line 2: value is 'x'; it must be a number such as 83.4"),
        ("at,value\n2018-01-01,\n", "line 2: value is ''"),
        ("at,value\n2018-01-01,nan\n", "line 2: value is 'nan'"),
        ("at,value\n", "it holds no points"),
        ("", "it needs a column `at`, and `value` or numerator and denominator"),
        ("at,numerator,denominator\n1,2,4\n2,0,0\n", "line 3: the denominator is 0: leave out periods"),
        ("at,numerator,denominator\n1,5,4\n", "line 2: the numerator 5 is not between 0 and the denominator"),
        ("at,numerator,denominator\n1,-1,4\n", "line 2: the numerator -1 is not between 0 and the denominator"),
        ("at,value,numerator\n1,2,3\n", "numerator and denominator come together"),
        ("at,value,numerator,denominator\n1,0.9,1,2\n", "line 2: the value 0.9 is not numerator / denominator, 0.5"),
        ("at,value\n2018-02-01,1\n2018-01-01,1\n", "line 3: at is '2018-01-01' after '2018-02-01'"),
        ("at,value\n2018-01-01,1\n2018-01-01,1\n", "line 3: at is '2018-01-01' a second time"),
        ("at,value\n2018-01,1\n2018-01-01,1\n", "line 3: at is '2018-01-01' a second time"),
        ("at,value\n2018-02-30,1\n", "line 2: at is '2018-02-30'; give dates"),
        ("at,value\n,1\n", "line 2: at is ''; give dates"),
        ("at,value\n2018-01-01T00:00,1\n2018-01-02T00:00Z,1\n", "line 3: at is '2018-01-02T00:00Z' and before it"),
        ("at,value\n2018-01-01T01:00+01:00,1\n2018-01-01T00:00Z,1\n", "line 3: at is '2018-01-01T00:00Z' a second"),
        ("at,value\n1,1e308\n2,-1e308\n", "line 2: value is '1e308'; give it in a larger unit, below 1e+100"),
        ("at,numerator,denominator\n1,1,-4\n", "line 2: the denominator is -4"),
        ("at,value\nJanuary,1\nFebruary,1\n", "at is 'January'; give dates"),
        ("at,value\n1,1\n2018-01-01,1\n", "give all in one form"),
        ("at,value\n1,1,7\n", "line 2: it has not the 2 fields of the header"),
        ("at,value\n1\n", "line 2: it has not the 2 fields of the header"),
        ("at,wert\n1,1\n", "the header is 'at,wert'; the columns are at, value"),
        ('at,value\n1,"1\n', "it is no CSV file in UTF-8"),
    ],
)
def test_what_is_no_series_is_refused(cdi: Command, tmp_path: Path, text: str, said: str) -> None:
    done = cdi("spc", "--file", _file(tmp_path, text), "--json")
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert len(done.err.splitlines()) == 1


def test_other_misuse_is_refused(cdi: Command, tmp_path: Path) -> None:
    path = _file(tmp_path, _days(ISSUE))
    for typed, said in (
        (["--file", path, "--profile", "nhs"], "no process control by 'nhs': give nhsr_0_2_2 or mdc_2023"),
        (["--file", path, "--chart", "p_prime"], "needs the columns numerator and denominator"),
        (["--file", tmp_path / "none.csv"], "none.csv"),
        (["--file", path, "--target", "nan"], "target"),
    ):
        done = cdi("spc", *typed, "--json")
        assert (done.status, done.out) == (2, ""), typed
        assert said in done.err

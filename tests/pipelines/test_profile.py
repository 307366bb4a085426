"""Profiles: what they say, and that every mistake is found at once, with its place."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.extracts import EXTRACTS, INCIDENT
from pipelines.profile import load_profile, shipped_profiles
from pipelines.refusal import ProfileError

NORTHSHIRE = Path(__file__).parent / "northshire.toml"
SOUND = """
name = "own"
description = "A source"
time_zone = "Europe/London"
[extract.incident]
files = ["*.csv"]
"""


MAPPED = f"{SOUND}columns.incident_id = 'id'\ncolumns.reported_at = 'at'\n"


def mistakes(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "x.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProfileError) as wrong:
        load_profile(str(path))
    lines = str(wrong.value).splitlines()
    assert all(line.startswith(f"{path}: ") for line in lines)
    return [line.removeprefix(f"{path}: ") for line in lines]


def test_shipped_profiles_load() -> None:
    assert shipped_profiles() == ("canonical", "new_orleans_2022")
    for name in shipped_profiles():
        assert load_profile(name).name == name


def test_canonical_uses_our_own_names() -> None:
    canonical = load_profile("canonical")
    assert set(canonical.extract) == {extract.name for extract in EXTRACTS}
    parts = canonical.extract["incident"].parts(INCIDENT)
    assert [part.source for (part,) in parts.values()] == list(INCIDENT.schema)


def test_a_profile_is_read_by_its_path() -> None:
    northshire = load_profile(str(NORTHSHIRE))
    assert northshire.grades is not None
    assert [grade.code for grade in northshire.grades] == ["1", "2"]
    assert northshire.targets is not None
    assert northshire.targets[0].valid_to == date(2020, 1, 1)
    assert northshire.codes_of("incident", "closing_code") == northshire.codes["type"]


def test_no_targets_is_not_the_same_as_none_given() -> None:
    assert load_profile("canonical").targets is None
    assert load_profile("new_orleans_2022").targets == ()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("canonicle", "there is no profile canonicle; did you mean canonical?"),
        ("zzz", "there is no profile zzz; shipped are canonical, new_orleans_2022."),
        ("nowhere.toml", "nowhere.toml: there is no such profile file"),
    ],
)
def test_unknown_profile(name: str, said: str) -> None:
    with pytest.raises(ProfileError) as wrong:
        load_profile(name)
    assert str(wrong.value).startswith(said)


def test_text_that_is_no_toml(tmp_path: Path) -> None:
    (said,) = mistakes(tmp_path, 'name = "x')
    assert said.startswith("not readable as TOML:")


def test_all_mistakes_are_reported_together(tmp_path: Path) -> None:
    text = """
name = "own"
descripton = "misspelt"
time_zone = "Europe/Londn"
date_formats = ["%d/%m/%Y %H:%M", "%H:%M"]
[extract.incident]
files = []
delimiter = ";;"
delivery = "partial"
unmapped.closing_code = "keep"
[extract.incident.columns]
incident_id = "id"
arrived = "Arr"
final_grade = { from = "Grade", take = "(" }
channel = { from = "Src", value = "x" }
[extract.incident.codes]
is_repeat = { J = "ja" }
closure_check_result = { ok = "agred" }
opening_code = "typ"
reported_at = { a = "b" }
[extract.incdent]
files = ["x"]
[codes.type]
A = "alarm"
[normalise.crime_reference]
case = "upper"
[[grades]]
code = "1"
name = "One"
rank = 1
needs_attendance = true
[[grades]]
code = "1"
name = "Also one"
rank = 0
needs_attendance = true
[[targets]]
target_id = "reponse"
grade_code = "3"
value = 15
unit = "minutes"
valid_from = 2020-01-01
valid_to = 2019-01-01
source = "x"
"""
    said = mistakes(tmp_path, text)
    places = {line.split(": ")[0] for line in said}
    assert places == {
        "description",
        "descripton",
        "time_zone",
        "date_formats 2",
        "[extract.incident] files",
        "[extract.incident] delimiter",
        "[extract.incident] delivery",
        "[extract.incident.columns] arrived",
        "[extract.incident.columns] reported_at",
        "[extract.incident.columns] final_grade 1 take",
        "[extract.incident.columns] channel 1",
        "[extract.incident.codes] is_repeat J",
        "[extract.incident.codes] closure_check_result ok",
        "[extract.incident.codes] opening_code",
        "[extract.incident.codes] reported_at",
        "[extract.incident.unmapped] closing_code",
        "[extract] incdent",
        "[normalise] crime_reference",
        "[[grades]] 2 code",
        "[[grades]] 2 rank",
        "[[targets]] 1 target_id",
        "[[targets]] 1 grade_code",
        "[[targets]] 1 valid_to",
    }
    assert "[extract.incident.columns] arrived: no such canonical column; did you mean arrived_at?" in said
    assert "[extract.incident.columns] reported_at: required, but not mapped to a source column" in said
    assert "descripton: no such key; did you mean description?" in said
    assert "description: is missing" in said
    assert "[extract] incdent: no such extract; did you mean incident?" in said
    assert "[extract.incident.codes] closure_check_result ok: 'agred' is none of ours; did you mean agreed?" in said


@pytest.mark.parametrize(
    ("given", "place", "reason"),
    [
        ("columns.is_vulnerable = { value = 'maybe' }", "is_vulnerable value", "'maybe' is none of ours"),
        ("columns.closure_check_result = { value = 'done' }", "closure_check_result value", "'done' is none of ours"),
        ("columns.initial_grade = { value = 'urgent' }", "initial_grade value", "'urgent' is none of ours"),
        ("columns.closed_at = { value = 'yesterday' }", "closed_at value", "'yesterday' is no moment in a format"),
        ("columns.reopened_count = ['n', { value = 'none' }]", "reopened_count value", "'none' is no whole number"),
        ("columns.channel = ''", "channel 1 from", "is empty"),
        ("columns.channel = { from = 'a', unless = { column = '', matches = 'x' } }", "channel 1 unless column",
         "is empty"),
    ],
)  # fmt: skip
def test_a_constant_or_a_name_that_no_row_could_carry(tmp_path: Path, given: str, place: str, reason: str) -> None:
    (said,) = mistakes(tmp_path, MAPPED + given)
    assert said.startswith(f"[extract.incident.columns] {place}: {reason}")


def test_constants_that_rows_can_carry(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(
        MAPPED + "columns.is_vulnerable = { value = 'Y' }\ncolumns.closed_at = { value = '2019-01-01' }\n"
        "columns.channel = { value = 'van' }\ncolumns.initial_grade = { value = 'P1' }\n"
        "codes.initial_grade = { P1 = 'priority' }\n"
    )
    assert len(load_profile(str(tmp_path / "x.toml")).extract["incident"].columns) == 6


@pytest.mark.parametrize(
    ("target", "place"),
    [
        ({"unit": "mins"}, "unit"),
        ({"unit": "checks"}, "unit"),
        ({"grade_code": "emergncy"}, "grade_code"),
        ({"grade_code": None}, "grade_code"),
        ({"target_id": "closure_checks_per_day", "grade_code": None, "unit": "hours"}, "unit"),
        ({"value": "16"}, "value"),  # a text
    ],
)
def test_a_target_that_no_log_could_be_held_against(tmp_path: Path, target: dict[str, Any], place: str) -> None:
    sound = {"target_id": "response", "grade_code": "emergency", "unit": "minutes", "value": "15", "source": "x"}
    written = "".join(f"{key} = {value!r}\n" for key, value in (sound | target).items() if value is not None)
    (said,) = mistakes(tmp_path, f"{SOUND}\n[[targets]]\n{written}".replace("value = '15'", "value = 15"))
    assert said.startswith(f"[[targets]] 1 {place}: ")


@pytest.mark.parametrize("form", ["%H:%M", "%d/%m %H:%M", "%Q", "%d/%m/%Y %H:%M %Z", "dd/mm/yyyy"])
def test_date_format_that_gives_no_date(tmp_path: Path, form: str) -> None:
    (said,) = mistakes(tmp_path, SOUND.replace("[extract", f'date_formats = ["{form}"]\n[extract', 1))
    assert said.startswith("date_formats 1: ")


@pytest.mark.parametrize(
    ("column", "place"),
    [
        ("codes.opening_code = {{ A = '{0}' }}", "[extract.incident.codes] opening_code A"),
        ("codes.no_crime_reason = {{ A = '{0}' }}", "[extract.incident.codes] no_crime_reason A"),
        ("codes.initial_grade = {{ A = '{0}' }}", "[extract.incident.codes] initial_grade A"),
    ],
)
def test_codes_that_no_reference_table_holds(tmp_path: Path, column: str, place: str) -> None:
    (said,) = mistakes(tmp_path, SOUND + column.format("nonsense"))
    assert said.startswith(f"{place}: 'nonsense' is none of ours")

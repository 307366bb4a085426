"""The reference tables: keys, vocabularies, dates, and their agreement with the published lists they are derived from.

Dates are ISO. `valid_to` and `valid_until` are exclusive and an empty date is open; `period_to` of a baseline is the
last day of the inspection's period, as published. Sentences are in years: 99 stands for life, 0 for a fine.
"""

import csv
import re
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from pipelines.sample.recording import REASONS

REFERENCE = Path(__file__).parents[2] / "sql" / "reference"
SHARED = Path(__file__).parents[2].parent / "shared" / "data"
needs_shared = pytest.mark.skipif(
    not (SHARED / "offences").is_dir() or not (SHARED / "cleveland").is_dir(),
    reason="the published lists are not beside this repository (shared/data): nothing to compare with",
)

KEYS = {
    "audit_signature": ("sample_id",),
    "failure_reason": ("reason_code",),
    "grade": ("grade_code",),
    "incident_category": ("category_code",),
    "inspection_baseline": ("baseline_id",),
    "no_crime_reason": ("reason_code",),
    "offence_class": ("offence_class",),
    "offence_code": ("offence_code",),
    "offence_crosswalk": ("from_class", "to_class"),
    "rebase": ("metric_id", "grain", "period", "dimension", "value"),
    "recommendation": ("ref",),
    "recommendation_progress": ("ref", "part"),
    "recording_rule": ("rule_id", "valid_from"),
    "spc_false_signal": ("profile", "chart", "n"),
    "target": ("target_id", "grade_code", "valid_from"),
    "training_module": ("module",),
}
CRIME_GROUPS = {
    "Violence against the person",
    "Sexual offences",
    "Robbery",
    "Theft offences",
    "Criminal damage and arson",
    "Drug offences",
    "Possession of weapons offences",
    "Public order offences",
    "Miscellaneous crimes",
}
FOCUS_GROUPS = {"harassment", "stalking_controlling", "malicious_communications", "public_order"}
TODAYS_GROUPS = {  # spelling of the 2026/27 list, lower case -> ours
    "violence against the person": "Violence against the person",
    "sexual offences": "Sexual offences",
    "robbery": "Robbery",
    "theft": "Theft offences",
    "burglary": "Theft offences",
    "vehicle offences": "Theft offences",
    "arson and criminal damage": "Criminal damage and arson",
    "drug offences": "Drug offences",
    "possession of weapons": "Possession of weapons offences",
    "public order offences": "Public order offences",
    "miscellaneous crimes against society": "Miscellaneous crimes",
    "nfib fraud": "Fraud",
}


def read(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file, every value as text."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def reference(name: str) -> list[dict[str, str]]:
    """Rows of the reference table of that name."""
    return read(REFERENCE / f"{name}.csv")


def by_key(name: str) -> dict[str, dict[str, str]]:
    """Rows of a reference table by the first column of its key."""
    return {row[KEYS[name][0]]: row for row in reference(name)}


def spelled(code: str) -> str:
    """A published class code in our spelling: upper case, no blanks, a slash for a dot, no leading zeros."""
    return re.sub(r"^0+", "", re.sub(r"\s", "", code).upper().replace(".", "/"))


def class_of(category: str) -> str:
    """Class code at the beginning of the list's "Offence category"; fraud without a type is plain NFIB."""
    fraud = re.match(r"NFIB\s*(\w+)\s", category)
    if fraud:
        return "NFIB" + fraud[1]
    return "NFIB" if not category or category.startswith("Various") else spelled(category.split()[0])


def years(sentence: str) -> float | None:
    """A maximum sentence of the list in years; None where the list does not say."""
    sentence = sentence.strip().lower()
    named = {"life": 99.0, "fine": 0.0, "?": None}
    if sentence in named:
        return named[sentence]
    number, unit = re.findall(r"^(\d+)(m| weeks|)$", sentence)[0]
    return round(int(number) / {"": 1, "m": 12, " weeks": 52}[unit], 2)


def todays_list() -> list[dict[str, str]]:
    """The notifiable offence list of 2026/27 as published: one row an offence."""
    return read(SHARED / "offences" / "notifiable_offences_2026_27.csv")


def cleveland() -> Counter[tuple[str, str]]:
    """Crimes of Cleveland 2017/18 by published class code and offence group."""
    crimes: Counter[tuple[str, str]] = Counter()
    for row in read(SHARED / "cleveland" / "recorded_crime_2017_18.csv"):
        crimes[row["offence_class"], row["offence_group"]] += int(row["recorded_crimes"])
    return crimes


def test_there_is_a_key_for_every_table_and_no_other():
    assert {path.stem for path in REFERENCE.glob("*.csv")} == set(KEYS)


@pytest.mark.parametrize("name", KEYS)
def test_keys_are_unique_and_every_row_names_its_source(name: str):
    rows = reference(name)
    keys = Counter(tuple(row[column] for column in KEYS[name]) for row in rows)
    assert [key for key, count in keys.items() if count > 1] == []
    assert [row for row in rows if not row["source"] or None in row or None in row.values()] == []
    assert [row for row in rows if any(value != value.strip() for value in row.values())] == []


@pytest.mark.parametrize("name", KEYS)
def test_flags_are_flags_and_dates_are_dates(name: str):
    for row in reference(name):
        for column, value in row.items():
            if column.startswith(("is_", "has_", "needs_", "may_", "indicates_")):
                assert value in {"true", "false"}, (column, row)
            if value and (column.startswith(("valid_", "period_", "due_")) or column == "published"):
                date.fromisoformat(value)
        if row.get("valid_from") and row.get("valid_to"):
            assert row["valid_from"] < row["valid_to"], row


@pytest.mark.parametrize(("name", "key"), [("recording_rule", ("rule_id",)), ("target", ("target_id", "grade_code"))])
def test_one_value_holds_on_any_day(name: str, key: tuple[str, ...]):
    spans: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for row in reference(name):
        span = (row["valid_from"] or "0001-01-01", row["valid_to"] or "9999-12-31")
        spans.setdefault(tuple(row[column] for column in key), []).append(span)
    for periods in spans.values():
        periods.sort()
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(periods)), periods


def test_offence_groups_and_focus_groups_have_one_spelling():
    for row in reference("offence_class"):
        assert row["offence_group"] in CRIME_GROUPS | {"Fraud"}, row
        assert row["focus_group"] in FOCUS_GROUPS | {""}, row
        assert (row["offence_group"] == "Fraud") == (row["offence_family"] == "fraud"), row
        assert (row["offence_group"] == "Public order offences") == (row["focus_group"] == "public_order"), row
        assert row["is_notifiable"] == str(row["offence_family"] not in {"fraud", "n100"}).lower(), row
        assert row["list"] in {"2017/18", "2026/27", "both"} or row["offence_family"] == "n100", row


def test_focus_groups_and_families_of_the_classes_that_matter_most():
    classes = by_key("offence_class")
    focus = {code: row["focus_group"] for code, row in classes.items() if row["focus_group"]}
    assert focus == {
        "8L": "harassment",
        "8M": "harassment",
        "8Q": "stalking_controlling",
        "8U": "stalking_controlling",
        "8R": "malicious_communications",
        **dict.fromkeys(("9A", "9B", "62A", "66"), "public_order"),
    }
    members = {
        family: {c for c, row in classes.items() if row["offence_family"] == family} for family in ("rape", "n100")
    }
    assert members["rape"] == {"19C", "19D", "19E", "19F", "19G", "19H", "19J", "19K"}
    assert members["n100"] == {"N100", "N100/01", "N100/02", "N100/03"}


def test_a_step_down_shows_in_the_sentences_compared():
    compared = {code: float(row["comparison_years"] or "nan") for code, row in by_key("offence_class").items()}
    steps = [("19C", "20A"), ("5D", "8N"), ("8N", "105A"), ("34B", "39"), ("28E", "58A"), ("56A", "58D"), ("8Q", "8R")]
    assert [step for step in steps if not compared[step[0]] > compared[step[1]]] == []


def test_codes_lead_to_known_classes_of_one_offence_group():
    classes = by_key("offence_class")
    for row in reference("offence_code"):
        named = [row["offence_class"], *filter(None, row["other_classes"].split(";"))]
        assert re.fullmatch(r"\d{3}/\d{2}|N100/0[123]", row["offence_code"]), row
        assert len({classes[code]["offence_group"] for code in named}) == 1, row


def test_crosswalk_leads_every_class_that_is_gone_to_a_class_of_today():
    classes, steps = by_key("offence_class"), reference("offence_crosswalk")
    assert {step["from_class"] for step in steps} == {c for c, row in classes.items() if row["list"] == "2017/18"}
    assert {classes[step["to_class"]]["list"] for step in steps} <= {"2026/27", "both"}
    main = Counter(step["from_class"] for step in steps if step["is_main"] == "true")
    assert set(main.values()) == {1} and set(main) == {step["from_class"] for step in steps}
    for step in steps:
        assert classes[step["from_class"]]["valid_to"] == step["valid_until"], step
    moved = {
        s["from_class"]
        for s in steps
        if classes[s["from_class"]]["offence_group"] != classes[s["to_class"]]["offence_group"]
    }
    assert moved == {"72"}  # trafficking for sexual exploitation is modern slavery, and violence, today


@needs_shared
def test_every_class_of_both_published_lists_is_known_with_its_group():
    classes, today = by_key("offence_class"), {}
    for row in todays_list():
        today.setdefault(class_of(row["Offence category"].strip()), TODAYS_GROUPS[row["Class"].strip().lower()])
    published = read(SHARED / "offences" / "recorded_crime_codes_2017_18.csv")
    then = {spelled(r["Offence_Code"]): r["Offence_Group"].replace("Fraud offences", "Fraud") for r in published}
    known = {code: row["offence_group"] for code, row in classes.items() if row["offence_family"] != "n100"}
    assert known == today | then
    assert {code: today[code] for code in today.keys() & then} == {code: then[code] for code in today.keys() & then}
    for code, row in classes.items():
        if row["list"]:
            assert row["list"] == (
                "both" if code in today and code in then else "2026/27" if code in today else "2017/18"
            )


@needs_shared
def test_sentences_and_codes_are_those_of_todays_list():
    classes, codes = by_key("offence_class"), by_key("offence_code")
    sentences: dict[str, list[float]] = {}
    of_code: dict[str, list[str]] = {}
    for row in todays_list():
        code = class_of(row["Offence category"].strip())
        sentence = years(row["Max Sentence"])
        if sentence is not None:
            sentences.setdefault(code, []).append(sentence)
        of_code.setdefault(row["Home Office code"], []).append(code)
    for code, listed in sentences.items():
        short = [value for value in listed if value < 99]
        assert float(classes[code]["seriousness_years"]) == max(listed), code
        assert float(classes[code]["comparison_years"]) == max(short or listed), code
    assert {code for code in codes if not code.startswith("N100")} == set(of_code)
    for code, named in of_code.items():
        first, *others = dict.fromkeys(named)
        assert (codes[code]["offence_class"], codes[code]["other_classes"]) == (first, ";".join(others)), code


@needs_shared
def test_all_crimes_of_2017_18_map_to_a_class_of_today_within_their_group():
    """4,448 of 57,222 crimes have a code the present list lacks: 4,332 are gone, 116 only spelled otherwise."""
    classes = by_key("offence_class")
    main = {s["from_class"]: s["to_class"] for s in reference("offence_crosswalk") if s["is_main"] == "true"}
    today = {class_of(row["Offence category"].strip()) for row in todays_list()}
    crimes = cleveland()
    assert sum(crimes.values()) == 57222
    assert sum(count for (code, _), count in crimes.items() if code not in today) == 4448
    assert sum(count for (code, _), count in crimes.items() if spelled(code) not in today) == 4332
    assert sum(count for (code, _), count in crimes.items() if spelled(code) in main) == 4332

    published, mapped = Counter(), Counter()
    for (code, group), count in crimes.items():
        target = main.get(spelled(code), spelled(code))
        assert target in today, code
        published[group] += count
        mapped[classes[target]["offence_group"]] += count
    assert +mapped == +published
    assert published["Violence against the person"] == 14201


def test_incident_categories_say_whether_a_crime_is_indicated():
    rows = reference("incident_category")
    assert sorted(int(row["rank"]) for row in rows) == list(range(1, len(rows) + 1))
    crimes = [row for row in rows if row["indicates_crime"] == "true"]
    assert max(int(row["rank"]) for row in crimes) == len(crimes)  # every crime outranks every other incident
    for row in rows:
        assert row["offence_group"] in CRIME_GROUPS | {""}, row
        assert row["focus_group"] in FOCUS_GROUPS | {""}, row
        if row in crimes:
            assert row["may_hide_crime"] == "false", row
        else:
            assert row["offence_group"] == row["focus_group"] == "", row
    assert {r["category_code"] for r in crimes if not r["offence_group"]} == {"crime_promised", "domestic_abuse_crime"}
    assert {row["focus_group"] for row in crimes} == FOCUS_GROUPS | {""}


def test_grades_targets_reasons_and_limits():
    assert list(by_key("grade")) == ["emergency", "priority", "standard", "appointment", "no_deployment"]
    assert {(row["target_id"], row["grade_code"]): (row["value"], row["unit"]) for row in reference("target")} == {
        ("response", "emergency"): ("15", "minutes"),
        ("response", "priority"): ("60", "minutes"),
        ("response", "standard"): ("480", "minutes"),
        ("appointment_wait", "appointment"): ("2880", "minutes"),
    }
    assert {row["limit_minutes"]: (row["valid_from"], row["valid_to"]) for row in reference("recording_rule")} == {
        "4320": ("", "2015-04-01"),
        "1440": ("2015-04-01", ""),
    }
    refused = {row["reason_code"] for row in reference("no_crime_reason") if row["is_accepted"] == "false"}
    assert refused == {"not_a_crime", "other"} and len(reference("no_crime_reason")) == 8


def test_baselines_are_the_published_figures():
    rows = by_key("inspection_baseline")
    assert {key: (float(row["rate_pct"]), row["half_width_points"]) for key, row in rows.items()} == {
        "cleveland_2018_all": (83.4, "1.86"),
        "cleveland_2018_violence": (81.1, "2.90"),
        "cleveland_2014_all": (78.8, ""),
        "cleveland_2014_no_crime": (56.0, ""),
        "england_wales_2014_all": (80.5, ""),
        "england_wales_2022_all": (92.4, ""),
        "derbyshire_2018_all": (65.3, "2.16"),
        "derbyshire_2018_violence": (56.6, "3.30"),
        "nottinghamshire_2018_all": (87.3, "1.80"),
        "gwent_2018_all": (90.5, "1.64"),
        "cheshire_2017_all": (83.6, "1.79"),
        "cheshire_2017_violence": (80.9, "3.00"),
        "west_mercia_2019_all": (90.7, "1.78"),
    }
    for row in rows.values():
        rate, half = float(row["rate_pct"]), float(row["half_width_points"] or "nan")
        if row["half_width_points"]:
            assert (float(row["lower_pct"]), float(row["upper_pct"])) == (round(rate - half, 2), round(rate + half, 2))
        if row["k"]:
            assert round(100 * int(row["k"]) / int(row["n"]), 1) == rate
        assert (row["has_interval"] == "true") == bool(row["lower_pct"]) == bool(row["upper_pct"])
        assert (row["is_own_force"] == "true") == (row["force"] == "Cleveland")
        assert (row["published"] or row["year"])[:4] == row["year"]
    assert (rows["cleveland_2014_all"]["lower_pct"], rows["cleveland_2014_all"]["upper_pct"]) == ("69.0", "86.2")
    own = rows["cleveland_2018_all"]
    assert (own["published"], own["period_from"], own["period_to"]) == ("2018-08-07", "2017-05-01", "2017-10-31")
    judged = {key: row["judgement"] for key, row in rows.items() if row["judgement"]}
    assert Counter(judged.values()) == {"inadequate": 4, "good": 1} and judged["west_mercia_2019_all"] == "good"


def test_recommendations_stand_in_the_inspections_order_with_their_dates():
    due = {row["ref"]: row["due_date"] for row in reference("recommendation")}
    assert list(due) == ["R1a", "R1b", "R1c", "R2a", "R2b", "R3a", "R3b", "R3c", "R3d"]
    assert [ref for ref, day in due.items() if day != ("2018-11-07" if ref[:2] == "R1" else "2019-02-07")] == []


def test_training_answers_the_recommendations_that_ask_for_knowledge():
    modules = by_key("training_module")
    assert sorted(row["serves"] for row in modules.values()) == ["R1a", "R3a", "R3b", "R3c", "R3d"]
    assert {row["serves"] for row in modules.values()} <= set(by_key("recommendation"))
    roles = {row["serves"]: set(row["roles"].split(";")) for row in modules.values()}
    assert roles["R1a"] == {"supervisor"}
    assert all({"call_handler", "supervisor"} <= asked for ref, asked in roles.items() if ref != "R1a")
    assert set.union(*roles.values()) == {"call_handler", "crime_recorder", "response_officer", "supervisor"}


def test_every_reason_why_a_crime_of_the_synthetic_force_is_missed_has_its_name():
    assert set(by_key("failure_reason")) == set(REASONS)


def test_what_a_force_decides_for_itself_is_shipped_empty():
    assert reference("audit_signature") == reference("recommendation_progress") == []

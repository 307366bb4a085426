"""`cdi audit draw`: what is drawn, kept and shown to auditors."""

import json
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

import sql
from pipelines.audit.folder import kept_file, read_drawn, read_rows
from tests.pipelines.audit.drawn import SAMPLE, copied, draw
from tests.pipelines.command import Command


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

"""What `cdi` writes to standard output is a contract: these are its keys, columns and spellings."""

import csv
import io
import json
import re
from contextlib import closing
from itertools import islice
from pathlib import Path

import openpyxl
import pytest

import sql
from pipelines.commands.output import Format, printable, show
from pipelines.extracts import EXTRACTS
from tests.pipelines import publishing
from tests.pipelines.command import Command

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_status_as_json(cdi: Command, sample_home: Path) -> None:
    done = cdi("status", "--json", home=sample_home)
    assert (done.status, done.err) == (0, "")
    status = json.loads(done.out)
    keys = ["run", "snapshot", "outcome", "published_run", "started_at", "finished_at", "message", "extracts"]
    assert list(status) == keys
    assert (status["run"], status["published_run"], status["outcome"]) == ("r0001", "r0001", "published")
    assert status["snapshot"] == "snap_r0001.duckdb"
    assert MOMENT.fullmatch(status["started_at"])
    assert MOMENT.fullmatch(status["finished_at"])
    assert list(status["extracts"]) == [extract.name for extract in EXTRACTS]
    for counts in status["extracts"].values():
        assert list(counts) == ["read", "loaded", "superseded", "rejected", "data_cut"]
        assert counts["read"] == counts["loaded"] + counts["superseded"] + counts["rejected"] > 0
    assert status["extracts"]["incident"]["loaded"] == 3000
    assert MOMENT.fullmatch(status["extracts"]["incident"]["data_cut"])


def test_status_while_a_run_is_under_way(cdi: Command, empty_home: Path) -> None:
    from contextlib import closing

    from pipelines import ledger as book

    publishing.refresh(empty_home)
    with closing(book.open_ledger(empty_home)) as ledger:
        book.begin(ledger, empty_home, "canonical", "sample")
    status = json.loads(cdi("status", "--json", home=empty_home).out)
    assert (status["run"], status["outcome"], status["finished_at"]) == ("r0002", "running", None)
    assert (status["published_run"], status["extracts"]) == ("r0001", {})


def test_metrics_as_json(cdi: Command, sample_home: Path) -> None:
    done = cdi("metrics", "--format", "json", home=sample_home)
    assert (done.status, done.err) == (0, "")
    metrics = json.loads(done.out)
    for metric in metrics:
        assert list(metric) == ["id", "title", "serves", "better", "available", "missing"]
        assert metric["better"] in ("higher", "lower", "neither")
        assert metric["available"] is (metric["missing"] == [])
    assert {"logs_recorded", "crimes_in_time"} <= {metric["id"] for metric in metrics}
    as_csv = rows_of(cdi("metrics", "--format", "csv", home=sample_home).out)
    assert as_csv == [
        {**metric, "available": str(metric["available"]).lower(), "missing": ", ".join(metric["missing"])}
        for metric in metrics
    ]


def test_a_figure_in_each_format(cdi: Command, sample_home: Path) -> None:
    with_json = cdi("metric", "logs_recorded", "--by", "month,district", "--format", "json", home=sample_home)
    assert (with_json.status, with_json.err) == (0, "")
    rows = json.loads(with_json.out)
    assert [list(row) for row in rows] == [["month", "district", "met", "of", "rate"]] * len(rows)
    assert all(re.fullmatch(r"\d{4}-\d\d", row["month"]) for row in rows)
    assert all(row["rate"] == row["met"] / row["of"] for row in rows)

    as_csv = cdi("metric", "logs_recorded", "--by", "month,district", "--format", "csv", home=sample_home)
    assert as_csv.out.startswith("month,district,met,of,rate\n")
    typed = [
        {**row, "met": int(row["met"]), "of": int(row["of"]), "rate": float(row["rate"])} for row in rows_of(as_csv.out)
    ]
    assert typed == [{**row, "district": row["district"] or ""} for row in rows]

    table = cdi("metric", "logs_recorded", home=sample_home)
    [whole] = json.loads(cdi("metric", "logs_recorded", "--format", "json", home=sample_home).out)
    assert list(whole) == ["met", "of", "rate"]
    assert sum(row["of"] for row in rows) == whole["of"]
    assert table.out.split()[:3] == ["met", "of", "rate"]
    assert f"{whole['met']:,}" in table.out
    assert f"{whole['rate']:.1%}" in table.out


def test_where_narrows_and_a_key_given_twice_means_either(cdi: Command, sample_home: Path) -> None:
    def of(*where: str) -> int:
        typed = [word for pair in where for word in ("--where", pair)]
        return json.loads(cdi("metric", "logs_recorded", *typed, "--format", "json", home=sample_home).out)[0]["of"]

    first, second = of("district=Hartlepool"), of("district=Stockton")
    assert 0 < first < of()
    assert of("district=Hartlepool", "district=Stockton") == first + second
    assert of("district=Hartlepool", "from=2018-01", "to=2018-12") < first
    assert of("district=Hartlepool", "is_domestic_abuse=true") < first


def test_records_in_each_format(cdi: Command, sample_home: Path) -> None:
    [figure] = json.loads(cdi("metric", "logs_recorded", "--format", "json", home=sample_home).out)
    every = cdi("records", "logs_recorded", "--format", "json", home=sample_home)
    assert (every.status, every.err) == (0, "")
    rows = json.loads(every.out)
    common = ["record_id", "placed_at", *sql.DIMENSIONS, "is_met"]
    assert len(rows) == figure["of"]
    assert list(rows[0])[: len(common)] == common
    assert MOMENT.fullmatch(rows[0]["placed_at"])

    failing = cdi("records", "logs_recorded", "--failing", "--format", "csv", home=sample_home)
    found = rows_of(failing.out)
    assert len(found) == figure["of"] - figure["met"]
    assert {row["is_met"] for row in found} == {"false"}
    assert [row["record_id"] for row in found] == [row["record_id"] for row in rows if not row["is_met"]]

    table = cdi("records", "logs_recorded", "--limit", 2, home=sample_home)
    assert table.out.splitlines()[0].split() == common
    assert len(table.out.splitlines()) == 4
    assert "the first 2 are shown and there are more" in table.err
    assert cdi("records", "logs_recorded", "--limit", len(rows), home=sample_home).err == ""


@pytest.mark.parametrize("limit", [(), ("--limit", 100_000)])
@pytest.mark.parametrize("format", ["json", "csv"])
def test_records_say_utc_and_mean_it(cdi: Command, sample_home: Path, format: str, limit: tuple[str, int]) -> None:
    """A log of a summer evening stands an hour later on the force's clock: `Z` must not be put after that one."""
    said = cdi("records", "logs_recorded", "--format", format, *limit, home=sample_home).out
    found = {row["record_id"]: row for row in (json.loads(said) if format == "json" else rows_of(said))}
    with closing(sql.open_snapshot(sample_home)) as snapshot:
        query = "select incident_id, reported_at, limit_at from fact_incident where is_in_rate"
        for log, reported_at, limit_at in snapshot.cursor().execute(query).fetchall():
            assert found[log]["placed_at"] == found[log]["reported_at"] == f"{reported_at.isoformat()}Z"
            assert found[log]["limit_at"] == f"{limit_at.isoformat()}Z"


def test_a_key_to_break_down_by_counts_once_however_often_it_is_given(cdi: Command, sample_home: Path) -> None:
    once = cdi("metric", "logs_recorded", "--by", "month,channel", "--format", "csv", home=sample_home)
    twice = cdi("metric", "logs_recorded", "--by", "month,channel, month", "--format", "csv", home=sample_home)
    apart = cdi("metric", "logs_recorded", "--by", "month", "--by", "channel", "--format", "csv", home=sample_home)
    assert twice == apart == once


def test_records_without_a_value_are_asked_for_by_none(cdi: Command, sample_home: Path) -> None:
    by = json.loads(cdi("metric", "logs_recorded", "--by", "offence_group", "--format", "json", home=sample_home).out)
    [of] = [row["of"] for row in by if row["offence_group"] is None]
    asked = ("logs_recorded", "--where", "offence_group=", "--format", "json")
    found = json.loads(cdi("records", *asked, home=sample_home).out)
    assert len(found) == of > 0
    assert {row["offence_group"] for row in found} == {None}
    assert [row["of"] for row in json.loads(cdi("metric", *asked, home=sample_home).out)] == [of]


@pytest.mark.parametrize("command", ["metric", "records"])
def test_a_value_that_no_record_has_is_pointed_out(cdi: Command, sample_home: Path, command: str) -> None:
    for format in ("json", "csv", "table"):
        asked = (command, "logs_recorded", "--format", format, "--where")
        assert "no record matches district=Atlantis" in cdi(*asked, "district=Atlantis", home=sample_home).err
        assert "no record" not in cdi(*asked, "district=Stockton", home=sample_home).err


def test_no_record_is_an_empty_list(cdi: Command, sample_home: Path) -> None:
    nowhere = ("records", "logs_recorded", "--where", "district=Atlantis", "--format")
    assert json.loads(cdi(*nowhere, "json", home=sample_home).out) == []
    [header] = cdi(*nowhere, "csv", home=sample_home).out.splitlines()
    assert header.startswith(",".join(["record_id", "placed_at", *sql.DIMENSIONS, "is_met", "reported_at"]))
    assert cdi(*nowhere, "csv", "--limit", 5, home=sample_home).out.startswith("record_id,placed_at,")


def test_evidence_writes_the_file_that_the_door_gives(cdi: Command, sample_home: Path, tmp_path: Path) -> None:
    done = cdi("evidence", "R1a", "--out", str(tmp_path / "R1a.xlsx"), home=sample_home)
    assert (done.status, done.out) == (0, "")
    assert done.err == f"the evidence on R1a is in {tmp_path / 'R1a.xlsx'}\n"
    with closing(sql.open_snapshot(sample_home)) as snapshot:
        expected = openpyxl.load_workbook(io.BytesIO(sql.evidence_file(snapshot, "R1a")))
    given = openpyxl.load_workbook(tmp_path / "R1a.xlsx")
    assert [list(sheet.values) for sheet in given] == [list(sheet.values) for sheet in expected]


def test_explain_gives_definition_and_sql(cdi: Command, sample_home: Path) -> None:
    text = cdi("explain", "logs_recorded", home=sample_home)
    assert (text.status, text.err) == (0, "")
    definition = json.loads(cdi("explain", "logs_recorded", "--format", "json", home=sample_home).out)
    for key in ("metric_id", "title", "question", "met", "better", "serves", "needs", "sql", "is_available"):
        assert key in definition
    assert definition["question"] in text.out
    assert definition["sql"].strip() in text.out


def test_what_the_source_lacks_is_said_and_never_a_zero(
    cdi: Command, sample_source: Path, empty_home: Path, tmp_path: Path
) -> None:
    lean = tmp_path / "lean"
    lean.mkdir()
    with (sample_source / "crime.csv").open(newline="") as file:
        rows = list(islice(csv.DictReader(file), 200))
    with (lean / "crime.csv").open("w", newline="") as file:
        columns = [name for name in rows[0] if name != "recorded_at"]
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    with (sample_source / "incident.csv").open("rb") as file:
        (lean / "incident.csv").write_bytes(b"".join(islice(file, 300)))
    assert cdi("refresh", lean, home=empty_home).status == 0

    table = cdi("metric", "crimes_in_time", home=empty_home)
    assert (table.status, table.out, table.err) == (0, "not available: needs crime.recorded_at\n", "")
    for command in ("metric", "records"):
        as_json = cdi(command, "crimes_in_time", "--format", "json", home=empty_home)
        assert as_json.status == 0
        assert json.loads(as_json.out) == []
        assert as_json.err == "not available: needs crime.recorded_at\n"
    as_csv = cdi("metric", "crimes_in_time", "--by", "month", "--format", "csv", home=empty_home)
    assert (as_csv.status, as_csv.out) == (0, "month,met,of,rate\n")
    listed = {row["id"]: row for row in json.loads(cdi("metrics", "--format", "json", home=empty_home).out)}
    assert listed["crimes_in_time"]["available"] is False
    assert listed["crimes_in_time"]["missing"] == ["crime.recorded_at"]
    assert listed["logs_recorded"]["available"] is True
    assert "no: needs crime.recorded_at" in cdi("explain", "crimes_in_time", home=empty_home).out


def test_control_characters_never_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert printable("a\x1b[31mb\nc") == "a\N{REPLACEMENT CHARACTER}[31mb\N{REPLACEMENT CHARACTER}c"
    show([{"name": "\x1b]0;owned\x07", "note": "[bold]as typed[/bold]"}], Format.table, ("name", "note"))
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\x07" not in out
    assert "[bold]as typed[/bold]" in out

"""The `cdi` command: streams kept apart, exit statuses, and one sentence for each way of going wrong."""

import json
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from pipelines import cli, stopping
from pipelines import ledger as book
from pipelines.home import sole_run
from tests.pipelines import publishing
from tests.pipelines.command import Command, started

ASKING = (["metrics"], ["metric", "logs_recorded"], ["records", "logs_recorded"], ["explain", "logs_recorded"])


def copied(home: Path, folder: Path) -> Path:
    """A copy of a shared home, for a test that changes it."""
    return Path(shutil.copytree(home, folder / "home"))


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A source of some sound logs, one of an officer who came before being sent, and more without a moment."""
    sound = [f"A{number},2019-06-01 10:00,2019-06-01 10:20,2019-06-01 10:30" for number in range(8)]
    early = "A8,2019-06-01 10:00,2019-06-01 10:20,2019-06-01 10:10"
    unread = [f"B{number},01/06/2019 10:00,," for number in range(7)]
    folder = tmp_path_factory.mktemp("faulty")
    lines = ["incident_id,reported_at,dispatched_at,arrived_at", *sound, early, *unread]
    (folder / "incident.csv").write_text("\n".join(lines), "utf-8")
    return folder


@pytest.mark.parametrize("command", [["status"], *ASKING], ids=" ".join)
def test_before_any_refresh_it_says_what_to_run(cdi: Command, empty_home: Path, command: list[str]) -> None:
    done = cdi(*command, home=empty_home)
    assert done.status == 2
    assert done.out == ""
    assert "cdi demo" in done.err
    assert "cdi refresh" in done.err
    assert str(empty_home) in done.err
    assert len(done.err.splitlines()) == 1
    assert not empty_home.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["bogus"], "No such command 'bogus'; `cdi --help` lists what can be given"),
        (["refresh"], "Missing argument 'SOURCE'; `cdi refresh --help` lists what can be given"),
        (["status", "--jason"], "No such option: --jason"),
        (["serve", "--port", "x"], "Invalid value for '--port'"),
        (["serve", "--port", "0"], "Invalid value for '--port'"),
        (["sample", "--incidents", "0"], "Invalid value for '--incidents'"),
        (["sample", "--rate", "1.5"], "Invalid value for '--rate'"),
        (["metrics", "--format", "xml"], "Invalid value for '--format'"),
    ],
)
def test_wrong_usage_is_one_sentence(cdi: Command, typed: list[str], said: str) -> None:
    done = cdi(*typed)
    assert done.status == 2
    assert done.out == ""
    assert said in done.err
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["metric", "logs_recordd"], "did you mean logs_recorded"),
        (["metric", "zzz"], "`cdi metrics` lists them"),
        (["explain", "logs_recordd"], "did you mean logs_recorded"),
        (["records", "logs_recordd"], "did you mean logs_recorded"),
        (["evidence", "R1", "--out", "x.xlsx"], "did you mean R1"),
        (["metric", "logs_recorded", "--by", "mont"], "did you mean month?"),
        (["metric", "logs_recorded", "--where", "distrct=North"], "did you mean district?"),
        (["metric", "logs_recorded", "--where", "district"], "give KEY=VALUE"),
        (["metric", "logs_recorded", "--where", "=North"], "give KEY=VALUE"),
        (["metric", "logs_recorded", "--where", "from=May"], "a month such as 2018-05"),
        (["metric", "logs_recorded", "--where", "is_domestic_abuse=perhaps"], "give true or false"),
    ],
)
def test_what_a_snapshot_cannot_answer_names_what_it_can(
    cdi: Command, sample_home: Path, typed: list[str], said: str
) -> None:
    done = cdi(*typed, home=sample_home)
    assert done.status == 2
    assert done.out == ""
    assert said in done.err
    assert len(done.err.splitlines()) == 1


def test_help_of_every_command_goes_to_standard_output(cdi: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    overview = cdi("--help")
    assert overview.status == 0
    commands = [command.callback.__name__ for command in cli.app.registered_commands if command.callback]
    assert len(commands) > 10
    for name in commands:
        assert name in re.findall(r"\w+", re.sub(r"\x1b\[[0-9;]*m", " ", overview.out))
        done = cdi(name, "--help")
        assert (done.status, done.err) == (0, "")
        assert ("CDI_HOME" in done.out) is ("--home" in done.out)


def test_help_and_status_load_nothing_heavy(sample_home: Path) -> None:
    script = (
        "import sys; from pipelines import cli; sys.argv = ['cdi', *sys.argv[1:]]\n"
        "try: cli.main()\n"
        "except SystemExit: pass\n"
        "heavy = {'polars', 'duckdb', 'great_expectations', 'streamlit', 'pandas', 'numpy'}\n"
        "print(*heavy & set(sys.modules), file=sys.stderr)"
    )
    for typed in (["--help"], ["status", "--json", "--home", str(sample_home)]):
        done = subprocess.run([sys.executable, "-c", script, *typed], capture_output=True, text=True, check=True)
        assert done.stdout
        assert done.stderr.strip() == ""


def test_home_is_read_from_the_environment(cdi: Command, sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CDI_HOME", str(sample_home))
    assert json.loads(cdi("status", "--json").out)["run"] == "r0001"


def test_a_home_that_is_no_folder_is_named(cdi: Command, sample_source: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = cdi("refresh", sample_source, home=tmp_path / "file")
    assert done.status == 2
    assert str(tmp_path / "file") in done.err
    assert "Traceback" not in done.err


def test_a_home_that_can_hold_no_database_is_named(cdi: Command, sample_source: Path, tmp_path: Path) -> None:
    done = cdi("refresh", sample_source, home=tmp_path / "home?")
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"cdi: DuckDB keeps no database in a folder with ? in its name: {tmp_path / 'home?'}")
    assert not (tmp_path / "home?").exists()


def test_a_source_that_is_not_there_is_wrong_usage(cdi: Command, empty_home: Path, tmp_path: Path) -> None:
    for command in ("refresh", "check"):
        done = cdi(command, tmp_path / "nowhere", home=empty_home)
        assert (done.status, done.out) == (2, "")
        assert "nowhere" in done.err
        assert not (empty_home / "CURRENT").exists()


def test_an_unknown_profile_is_wrong_configuration(cdi: Command, empty_home: Path, sample_source: Path) -> None:
    done = cdi("refresh", sample_source, "--profile", "nobody", home=empty_home)
    assert (done.status, done.out) == (2, "")
    assert "nobody" in done.err


def test_refused_data_ends_with_1_and_the_snapshot_stands(cdi: Command, sample_home: Path, tmp_path: Path) -> None:
    home, broken = copied(sample_home, tmp_path), tmp_path / "broken"
    broken.mkdir()
    (broken / "incident.csv").write_text("incident_id,channel\n1,999\n")  # reported_at is required
    done = cdi("refresh", broken, home=home)
    assert (done.status, done.out) == (1, "")
    assert "reported_at" in done.err
    assert "Traceback" not in done.err
    status = json.loads(cdi("status", "--json", home=home).out)
    assert (status["run"], status["outcome"]) == ("r0002", "refused")
    assert (status["snapshot"], status["published_run"]) == ("snap_r0001.duckdb", "r0001")
    assert "reported_at" in status["message"]


def test_check_publishes_nothing(cdi: Command, faulty: Path, empty_home: Path) -> None:
    done = cdi("check", faulty, "--format", "json", home=empty_home)
    assert done.status == 0
    findings = json.loads(done.out)
    assert findings
    for finding in findings:
        assert set(finding) == {"rule_id", "extract", "severity", "bad_rows", "evaluated", "reason"}
    assert "incident: " in done.err
    assert not (empty_home / "CURRENT").exists()
    assert list((empty_home / "snapshots").iterdir()) == []
    assert json.loads(cdi("status", "--json", home=empty_home).out)["outcome"] == "checked"
    assert cdi("metrics", home=empty_home).status == 2


def test_a_second_refresh_at_the_same_time_is_told_so(cdi: Command, sample_source: Path, tmp_path: Path) -> None:
    with sole_run(tmp_path):
        for typed in (["refresh", sample_source], ["check", sample_source]):
            done = cdi(*typed, home=tmp_path)
            assert (done.status, done.out) == (1, "")
            assert "another refresh is running" in done.err
    assert not (tmp_path / "CURRENT").exists()


def test_restore_makes_an_earlier_snapshot_current(cdi: Command, empty_home: Path) -> None:
    publishing.refresh(empty_home)
    publishing.refresh(empty_home)
    done = cdi("restore", "r0001", home=empty_home)
    assert (done.status, done.out) == (0, "")
    status = json.loads(cdi("status", "--json", home=empty_home).out)
    assert (status["run"], status["published_run"]) == ("r0002", "r0001")
    for run, said in (("r0009", "no run r0009"), ("rubbish", "no run rubbish")):
        done = cdi("restore", run, home=empty_home)
        assert (done.status, done.out) == (2, "")
        assert said in done.err


def test_a_demonstration_never_replaces_real_data(cdi: Command, sample_home: Path, tmp_path: Path) -> None:
    home = copied(sample_home, tmp_path)
    with duckdb.connect(home / "snapshots" / "snap_r0001.duckdb") as snapshot:
        snapshot.execute("update snapshot_info set is_synthetic = false")
    done = cdi("demo", "--no-serve", "--incidents", 500, home=home)
    assert (done.status, done.out) == (2, "")
    assert "real data" in done.err
    assert "--home" in done.err
    assert json.loads(cdi("status", "--json", home=home).out)["run"] == "r0001"
    assert not (home / "sample").exists()


def test_a_demonstration_replaces_a_demonstration(cdi: Command, sample_home: Path, tmp_path: Path) -> None:
    home = copied(sample_home, tmp_path)
    done = cdi("demo", "--no-serve", "--incidents", 2_000, home=home)
    assert (done.status, done.out) == (0, "")
    assert "synthetic" in done.err
    status = json.loads(cdi("status", "--json", home=home).out)
    assert (status["published_run"], status["extracts"]["incident"]["loaded"]) == ("r0002", 2_000)


def test_sample_writes_where_it_is_told(cdi: Command, tmp_path: Path) -> None:
    done = cdi("sample", "--incidents", 200, "--format", "parquet", "--out", tmp_path / "out", home=tmp_path / "home")
    assert (done.status, done.out) == (0, "")
    assert (tmp_path / "out" / "incident.parquet").is_file()
    assert str(tmp_path / "out") in done.err
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("name", ["incident.csv", "crime.parquet"])
def test_sample_never_writes_over_extracts_that_may_be_real(cdi: Command, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("real")
    done = cdi("sample", "--incidents", 10, "--out", tmp_path)
    assert done.status == 2
    assert f"holds {name} and no delivery.toml that calls them synthetic" in done.err
    assert [file.name for file in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == "real"


def test_a_refresh_says_what_it_rejects_and_warns_of_and_check_lists_the_same(
    cdi: Command, faulty: Path, empty_home: Path
) -> None:
    refreshed = cdi("refresh", faulty, home=empty_home)
    checked = cdi("check", faulty, "--format", "json", home=empty_home)
    assert (refreshed.status, refreshed.out, checked.status) == (0, "", 0)
    for done, run in ((refreshed, "r0001"), (checked, "r0002")):
        said = [line for line in done.err.splitlines() if line.startswith("rejected: ")]
        assert len(said) == 5
        assert said[0].startswith('rejected: incident.csv line 11: reported_at: "01/06/2019 10:00" is no moment')
        assert "and 2 more; rejected rows lie whole, with their reasons, in " in done.err
        assert str(empty_home / "stage" / run / "rejects.parquet") in done.err
    early = "warned: incident_arrived_before_dispatched: 1 of 9 rows. The officer arrived before being sent"
    assert early in refreshed.err
    warned = [line.split(": ")[1] for line in refreshed.err.splitlines() if line.startswith("warned: ")]
    assert warned == [finding["rule_id"] for finding in json.loads(checked.out) if finding["severity"] == "warn"]


def test_a_reader_that_leaves_early_is_no_failure(sample_home: Path) -> None:
    running = started("records", "logs_recorded", "--format", "csv", home=sample_home)
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.readline()
    running.stdout.close()
    assert running.stderr.read() == ""
    assert running.wait(timeout=30) == 0


def test_a_refresh_goes_on_when_nobody_reads_its_messages(cdi: Command, faulty: Path, empty_home: Path) -> None:
    running = started("refresh", faulty, home=empty_home)
    assert running.stderr is not None
    running.stderr.readline()
    running.stderr.close()
    assert running.wait(timeout=60) == 0
    assert json.loads(cdi("status", "--json", home=empty_home).out)["outcome"] == "published"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_refresh_that_is_stopped_says_so_and_leaves_the_snapshot(
    cdi: Command, sample_source: Path, empty_home: Path, number: signal.Signals, status: int
) -> None:
    publishing.refresh(empty_home)
    running = started("refresh", sample_source, home=empty_home)
    with closing(book.open_ledger(empty_home)) as ledger:
        deadline = time.monotonic() + 30
        while len(book.history(ledger)) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.02)
    running.send_signal(number)
    out, err = running.communicate(timeout=30)
    assert running.returncode == status
    assert out == ""
    assert "Traceback" not in err
    assert "stopped; " in err
    found = json.loads(cdi("status", "--json", home=empty_home).out)
    assert (found["outcome"], found["snapshot"]) == ("failed", "snap_r0001.duckdb")


@pytest.mark.parametrize("content", [b"", b"no ledger at all, by any means"])
def test_a_ledger_that_cannot_be_read_is_named(cdi: Command, sample_home: Path, tmp_path: Path, content: bytes) -> None:
    home = copied(sample_home, tmp_path)
    (home / "ledger.sqlite").write_bytes(content)
    done = cdi("status", home=home)
    assert (done.status, done.out) == (2, "")
    assert "ledger.sqlite cannot be used as the ledger (" in done.err
    assert "move it away: the next `cdi refresh` begins a new one" in done.err
    assert len(done.err.splitlines()) == 1
    assert cdi("metrics", home=home).status == 0


def test_a_fault_of_ours_is_one_sentence_and_the_traceback_is_kept(
    cdi: Command, sample_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("division\nby zero")

    monkeypatch.setattr("sql.metrics", fail)
    done = cdi("metrics", home=sample_home)
    assert (done.status, done.out) == (1, "")
    assert "unexpected ZeroDivisionError: division by zero" in done.err
    assert len(done.err.splitlines()) == 1
    [kept] = sample_home.glob("error-*.txt")
    assert str(kept) in done.err
    assert "Traceback" in kept.read_text()
    kept.unlink()


def test_a_stop_that_a_library_turned_into_an_error_is_still_a_stop(
    cdi: Command, sample_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise RuntimeError("Query interrupted")  # what DuckDB makes of Ctrl-C

    monkeypatch.setattr("sql.metrics", interrupted)
    monkeypatch.setattr(stopping, "_received", [(signal.SIGINT, 0.0)])
    done = cdi("metrics", home=sample_home)
    assert (done.status, done.out, done.err) == (130, "", "cdi: stopped; the published snapshot stands\n")

"""The verdicts of the real Great Expectations, in its process; and what becomes of one that fails."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from expectations import Rule
from expectations.validate import ValidationFailed, Worker
from expectations.verdict import Verdict
from pipelines.extracts import EXTRACTS
from tests.expectations.cases import CASES
from tests.expectations.tables import Row, bad_rows, set_up
from tests.expectations.test_rules import ALL

PATIENCE = 60  # seconds


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def worker(home: Path) -> Iterator[Worker]:
    """One process for the module, at home in an empty folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.chdir(home)
        started = Worker.start()
    with started:
        yield started


def all_cases() -> dict[str, list[Row]]:
    """The rows of every case together, numbered afresh within their extract."""
    tables: dict[str, list[Row]] = {extract.name: [] for extract in EXTRACTS}
    for rule_id, case in CASES.items():
        for extract, rows in case.tables(ALL[rule_id].extract).items():
            ordered = sorted(rows, key=lambda row: row["_row"])
            tables[extract] += [{**row, "_row": len(tables[extract]) + n} for n, row in enumerate(ordered, start=1)]
    return tables


def rule(bad_rows: str, rule_id: str = "a_rule") -> Rule:
    return Rule(rule_id, "incident", "warn", "A reason.", bad_rows)


def test_verdicts_agree_with_the_rows_that_the_same_select_lists(worker: Worker):
    statements = set_up(all_cases(), incident=1, crime=10_000)
    worker.submit(statements, list(ALL.values()))
    verdicts = worker.collect(PATIENCE)
    counts = {rule_id: len(rows) for rule_id, rows in bad_rows(statements, *ALL.values()).items()}
    assert verdicts == [Verdict(rule_id, count == 0, count) for rule_id, count in counts.items()]
    assert {rule_id for rule_id, count in counts.items() if count} >= set(CASES) | {"incident_grown", "crime_shrunk"}
    assert worker.import_seconds
    assert worker.validate_seconds
    assert worker.peak_bytes
    assert 100e6 < worker.peak_bytes < 500e6


def test_reject_rules_judge_the_staged_rows_and_the_others_the_loaded_ones(worker: Worker):
    statements = [
        *set_up({"incident": [{"_row": 1}, {"_row": 2}]}),
        "create or replace view loaded.incident as select * from staged.incident where _row = 1",
    ]
    every = "select _row from incident"
    rules = [Rule(severity, "incident", severity, "", every) for severity in ("stop", "reject", "warn")]
    worker.submit(statements, rules)
    assert [(verdict.rule_id, verdict.bad_rows) for verdict in worker.collect(PATIENCE)] == [
        ("stop", 1),
        ("reject", 2),
        ("warn", 1),
    ]


@pytest.mark.parametrize(
    ("broken", "complaint"),
    [
        ("select _row from no_such_table", "no_such_table"),
        ("select no_such_column from incident", "no_such_column"),
        ("selec _row from incident", "selec"),
        ("select _row from incident where cast('five' || _row as integer) = 5", "five"),
        ("", ""),
    ],
)
def test_a_rule_that_cannot_be_evaluated_is_an_error_and_no_verdict(worker: Worker, broken: str, complaint: str):
    worker.submit(set_up({"incident": [{"_row": 1}]}), [rule(broken, "broken"), rule("select _row from incident")])
    failed, sound = worker.collect(PATIENCE)
    assert (failed.is_met, failed.bad_rows) == (None, 0)
    assert failed.error
    assert complaint in failed.error
    assert sound == Verdict("a_rule", False, 1)


def test_braces_colons_and_percent_signs_reach_the_database_untouched(worker: Worker):
    query = r"""
        select 1::bigint as _row, '{batch} {} :name 12:30 %s %(name)s \: $1' as detail
        where regexp_full_match('aa:x', 'a{2}:x') and '{' || '}' = '{}' and '\:' = chr(92) || chr(58)
            and ':x' = chr(58) || 'x' and '%%' = chr(37) || chr(37) and '50%' like '%0%'; -- :end {
    """
    worker.submit(set_up({}), [rule(query.strip().removesuffix("; -- :end {"))])
    assert worker.collect(PATIENCE) == [Verdict("a_rule", False, 1)]


def test_set_up_that_fails_is_said_with_its_statement(worker: Worker):
    worker.submit(["create schema staged", "create table t as select * from nowhere"], [rule("select 1 as _row")])
    with pytest.raises(ValidationFailed, match="create table t as select .* nowhere"):
        worker.collect(PATIENCE)
    worker.submit(set_up({}), [rule("select 1 as _row")])
    assert worker.collect(PATIENCE) == [Verdict("a_rule", False, 1)]


def test_the_worker_leaves_no_file_behind(worker: Worker, home: Path):
    worker.submit(set_up({}), [])
    assert worker.collect(PATIENCE) == []
    assert list(home.rglob("*")) == []


def started(program: str) -> Worker:
    return Worker.start((sys.executable, "-P", "-c", program))


MUTANT = """
import sys
import expectations.dialect as dialect
from expectations.worker import serve

def execute(self, statement, parameters=None, context=None):
    self._rows, self.description = [], None
    try:
        super(dialect.BufferedCursor, self).execute(statement, parameters, context)
    except Exception:
        self._rows, self.description = {rows}, [("unexpected_row_count", "BIGINT", None, None, None, None, None)]
        return
    self.description = self._duckdb.description
    self._rows = self._duckdb.fetchall() if self.description else []

dialect.BufferedCursor.execute = execute
serve()
"""


def test_a_dialect_that_takes_exceptions_for_no_bad_row_is_found_out():
    with started(MUTANT.format(rows="[(0,)]")) as mutant:
        mutant.submit(set_up({}), [rule("select 1 as _row")])
        with pytest.raises(ValidationFailed, match="cannot be trusted: canary_broken"):
            mutant.collect(PATIENCE)


def test_a_dialect_that_loses_rows_makes_no_verdict_of_it():
    with started(MUTANT.format(rows="[]")) as mutant:
        mutant.submit(set_up({}), [rule("select _row from no_such_table")])
        assert [verdict.is_met for verdict in mutant.collect(PATIENCE)] == [None]


def test_the_death_of_the_worker_is_told_with_its_last_words():
    with started("import sys; sys.stdin.readline(); sys.exit('out of luck')") as worker:
        worker.submit(set_up({}), [])
        with pytest.raises(ValidationFailed, match="ended with status 1, so nothing was decided: out of luck"):
            worker.collect(PATIENCE)


def test_a_worker_that_is_killed_is_told():
    with started("import os; os.kill(os.getpid(), 9)") as worker, pytest.raises(ValidationFailed, match="status -9"):
        worker.submit(set_up({}), [])
        worker.collect(PATIENCE)


def test_a_job_for_a_dead_worker_is_refused():
    with started("pass") as worker:
        worker._process.wait()
        with pytest.raises(ValidationFailed, match="ended with status 0"):
            worker.submit(set_up({}), [])


def test_a_worker_that_talks_nonsense_is_told():
    with started("print('hello'); import time; time.sleep(60)") as worker:
        worker.submit([], [])
        with pytest.raises(ValidationFailed, match="hello"):
            worker.collect(PATIENCE)


def test_a_worker_that_hangs_is_ended():
    with started("import time; time.sleep(60)") as worker:
        worker.submit(set_up({}), [])
        with pytest.raises(ValidationFailed, match=r"not evaluated within the time allowed"):
            worker.collect(0.2)
        assert worker._process.poll() == -9


def test_a_worker_ends_when_nobody_holds_the_other_end():
    with Worker.start() as worker:
        worker._stdin.close()
        assert worker._process.wait(timeout=PATIENCE) == 0


def test_great_expectations_is_not_imported_by_whoever_asks_it():
    program = "import expectations.validate, sys; sys.exit('great_expectations' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0

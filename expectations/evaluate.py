"""Great Expectations' verdicts on rules, on DuckDB.

Importing this module costs 1.5 to 3 seconds and 180 MB, so only the worker process does (`expectations.worker`).
"""

import os
import re
from typing import Any
from uuid import uuid4

os.environ["GX_ANALYTICS_ENABLED"] = "false"  # read by Great Expectations when it is imported

import duckdb
import great_expectations as gx
from great_expectations.core import ExpectationValidationResult
from great_expectations.data_context.data_context.ephemeral_data_context import EphemeralDataContext
from great_expectations.datasource.fluent.interfaces import Batch
from great_expectations.expectations.core.unexpected_rows_expectation import UnexpectedRowsExpectation

import expectations.dialect  # noqa: F401 - registers the dialect that the connection strings name
from expectations.rule import Rule
from expectations.verdict import Verdict

# The schema whose rows a rule judges, by severity; the reference tables and run_context lie in main.
SCHEMAS = {"reject": "staged", "stop": "loaded", "warn": "loaded"}

# Rules whose outcome is known, judged beside the others: if the dialect lost rows, or an exception were taken for a
# verdict, one of these would show it. (is_met, bad rows, whether it is an error)
CANARIES = {
    Rule("canary_met", "", "stop", "", "select 1 as _row where false"): (True, 0, False),
    Rule("canary_not_met", "", "stop", "", "select range as _row from range(3)"): (False, 3, False),
    Rule("canary_broken", "", "stop", "", "select _row from a_table_that_does_not_exist"): (None, 0, True),
}


class BadRowsExpectation(UnexpectedRowsExpectation):
    """`UnexpectedRowsExpectation` that counts the bad rows and does not fetch any.

    Fetching would be a second scan of the same SELECT, which the pipeline runs itself where it needs the rows.
    """

    metric_dependencies = ("unexpected_rows_query.row_count",)

    def _validate(self, metrics: dict, runtime_configuration: dict | None = None, execution_engine: Any = None) -> dict:
        count = metrics["unexpected_rows_query.row_count"]
        return {"success": count == 0, "result": {"observed_value": count}}


def new_context() -> EphemeralDataContext:
    """A Great Expectations context that lives in memory, writes no file and shows no progress bar."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment] - its setter takes a plain dict
    return context


def open_database(
    set_up: list[str], memory_limit: str, threads: int, spill: str
) -> tuple[str, duckdb.DuckDBPyConnection]:
    """A fresh in-memory database in which `set_up` has run: its name, and the connection it lives as long as.

    spill: folder for what does not fit into `memory_limit`. Raises RuntimeError naming the first statement that fails.
    """
    name = f":memory:{uuid4().hex}"
    connection = duckdb.connect(name)
    connection.execute(f"set memory_limit = '{memory_limit}'")
    connection.execute(f"set threads = {threads}")
    connection.execute(f"set temp_directory = '{spill}'")
    connection.execute("set preserve_insertion_order = false")
    connection.execute("set parquet_metadata_cache = true")  # every rule reads the same files anew
    for statement in set_up:
        try:
            connection.execute(statement)
        except duckdb.Error as error:
            raise RuntimeError(f"set-up statement failed: {statement[:200]}: {error}") from error
    return name, connection


def evaluate(context: EphemeralDataContext, database: str, rules: list[Rule]) -> list[Verdict]:
    """The verdict on each rule, in the order of `rules`, judged in the database of that name.

    Raises RuntimeError when a canary came out wrong, that is when no verdict can be trusted.
    """
    sound = [canary for canary, (_, _, is_error) in CANARIES.items() if not is_error]
    broken = [canary for canary, (_, _, is_error) in CANARIES.items() if is_error]
    verdicts: dict[str, Verdict] = {}
    for schema in sorted(set(SCHEMAS.values())):
        batch = _open_batch(context, database, schema)
        judged = _judge(batch, [*(rule for rule in rules if SCHEMAS[rule.severity] == schema), *sound])
        # Apart from the others: when one raises, Great Expectations evaluates all beside it again, three times.
        judged |= _judge(batch, broken)
        _heed_canaries(judged)
        verdicts |= judged
    missing = "Great Expectations gave no result"
    return [verdicts.get(rule.rule_id, Verdict(rule.rule_id, None, 0, missing)) for rule in rules]


def _open_batch(context: EphemeralDataContext, database: str, schema: str) -> Batch:
    """A batch whose queries look tables up in `schema`, then in main.

    The batch itself is one dummy row: the rules' own SELECTs name the tables they need.
    """
    source = context.data_sources.add_sql(
        f"{database} {schema}",
        connection_string=f"duckdb+buffered:///{database}?search_path={schema},main",
        create_temp_table=False,
    )
    asset = source.add_query_asset(schema, query="select 1 as one")
    return asset.add_batch_definition_whole_table(schema).get_batch()


def _judge(batch: Batch, rules: list[Rule]) -> dict[str, Verdict]:
    """Verdicts by rule id."""
    suite = gx.ExpectationSuite(
        name="rules",
        expectations=[
            BadRowsExpectation(unexpected_rows_query=_escaped(rule.bad_rows), meta={"rule_id": rule.rule_id})
            for rule in rules
        ],
    )
    verdicts = [_verdict(result) for result in batch.validate(suite, result_format="BASIC").results]
    return {verdict.rule_id: verdict for verdict in verdicts}


def _heed_canaries(verdicts: dict[str, Verdict]) -> None:
    for canary, (is_met, bad_rows, is_error) in CANARIES.items():
        verdict = verdicts.get(canary.rule_id)
        found = verdict and (verdict.is_met, verdict.bad_rows, verdict.error is not None)
        if found != (is_met, bad_rows, is_error):
            raise RuntimeError(
                f"Great Expectations' verdicts cannot be trusted: {canary.rule_id} should have given is_met={is_met} "
                f"with {bad_rows} bad rows, and gave {verdict}"
            )


def _verdict(result: ExpectationValidationResult) -> Verdict:
    """What one result says. A result with an exception anywhere in it, or one that contradicts itself, is an error."""
    rule_id = result.expectation_config.meta["rule_id"]  # type: ignore[union-attr,index] - set by _judge on every rule
    error = _raised(result.exception_info)
    if error is not None:
        return Verdict(rule_id, None, 0, error)
    count = result.result.get("observed_value")
    if not isinstance(count, int) or result.success is not (count == 0):
        return Verdict(rule_id, None, 0, f"contradictory result: success={result.success}, bad rows={count}")
    return Verdict(rule_id, count == 0, count)


def _raised(exception_info: Any) -> str | None:
    """The first exception in `exception_info`, which lies at its top or below the name of a metric; None if none."""
    if not isinstance(exception_info, dict):
        return f"no account of exceptions: {exception_info!r}"
    if "raised_exception" in exception_info:
        if exception_info["raised_exception"]:
            return exception_info.get("exception_message") or "an exception without a message"
        return None
    return next((error for nested in exception_info.values() if (error := _raised(nested)) is not None), None)


def _escaped(query: str) -> str:
    """The query with what Great Expectations (braces) and SQLAlchemy (colons) would replace escaped."""
    return re.sub(r"([{}])", r"\1\1", query).replace(":", r"\:")

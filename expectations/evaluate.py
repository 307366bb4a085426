"""Great Expectations' verdicts on rules. Importing this module costs 2 to 3 seconds and some 250 MB: only the worker
process does (`expectations.worker`)."""

import os
import re
from typing import Any
from uuid import uuid4

os.environ["GX_ANALYTICS_ENABLED"] = "false"  # read by Great Expectations when it is imported

import duckdb
import great_expectations as gx
from great_expectations.core import ExpectationValidationResult
from great_expectations.datasource.fluent.interfaces import Batch
from great_expectations.expectations import UnexpectedRowsExpectation

import expectations.dialect  # noqa: F401 - registers the dialect that the connection strings name
from expectations.rule import Rule
from expectations.verdict import Verdict

# The schema whose rows a rule judges; the reference tables and run_context lie in main.
SCHEMAS = {"reject": "staged", "stop": "loaded", "warn": "loaded"}

# Rules whose outcome is known. They run beside the others: if a dialect or a version of Great Expectations ever took
# an exception for a verdict, or lost rows, one of these would show it.
CANARIES = {
    Rule("canary_met", "", "stop", "", "select 1 as _row where false"): (True, 0, False),
    Rule("canary_not_met", "", "stop", "", "select range as _row from range(3)"): (False, 3, False),
    Rule("canary_broken", "", "stop", "", "select _row from a_table_that_does_not_exist"): (None, 0, True),
}


class BadRowsExpectation(UnexpectedRowsExpectation):
    """`UnexpectedRowsExpectation` that counts the rows instead of counting them and fetching some as well.

    The list of bad rows comes from running the same SELECT in the pipeline, so fetching here would be a second scan.
    """

    metric_dependencies = ("unexpected_rows_query.row_count",)

    def _validate(self, metrics: dict, runtime_configuration: dict | None = None, execution_engine: Any = None) -> dict:
        count = metrics["unexpected_rows_query.row_count"]
        return {"success": count == 0, "result": {"observed_value": count}}


def open_database(set_up: list[str], memory_limit: str, threads: int) -> tuple[str, duckdb.DuckDBPyConnection]:
    """A fresh in-memory database in which `set_up` has run: its name, and the connection it lives as long as.

    Raises RuntimeError naming the first statement that fails.
    """
    name = f":memory:{uuid4().hex}"
    connection = duckdb.connect(name)
    connection.execute(f"set memory_limit = '{memory_limit}'")
    connection.execute(f"set threads = {threads}")
    connection.execute("set preserve_insertion_order = false")
    for statement in set_up:
        try:
            connection.execute(statement)
        except duckdb.Error as error:
            raise RuntimeError(f"set-up statement failed: {statement[:200]}: {error}") from error
    return name, connection


def open_batch(database: str, schema: str) -> Batch:
    """A batch whose queries look tables up in `schema`, then in main.

    The batch itself is one dummy row: the rules' own SELECTs name the tables they need.
    """
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    source = context.data_sources.add_sql(
        schema,
        connection_string=f"duckdb+buffered:///{database}?search_path={schema},main",
        create_temp_table=False,
    )
    return source.add_query_asset(schema, query="select 1 as one").add_batch_definition_whole_table(schema).get_batch()


def evaluate(database: str, rules: list[Rule]) -> list[Verdict]:
    """The verdict on each rule, in the order of `rules`, judged in the database of that name.

    Raises RuntimeError when a canary came out wrong, that is when no verdict can be trusted.
    """
    verdicts: dict[str, Verdict] = {}
    for schema in sorted(set(SCHEMAS.values())):
        of_schema = [*(rule for rule in rules if SCHEMAS[rule.severity] == schema), *CANARIES]
        suite = gx.ExpectationSuite(
            name=schema,
            expectations=[
                BadRowsExpectation(unexpected_rows_query=_escaped(rule.bad_rows), meta={"rule_id": rule.rule_id})
                for rule in of_schema
            ],
        )
        found = [_verdict(result) for result in open_batch(database, schema).validate(suite, result_format="BASIC").results]
        by_id = {verdict.rule_id: verdict for verdict in found}
        _heed_canaries(by_id)
        verdicts.update(by_id)
    return [
        verdicts.get(rule.rule_id, Verdict(rule.rule_id, None, 0, "Great Expectations gave no result"))
        for rule in rules
    ]


def _heed_canaries(verdicts: dict[str, Verdict]) -> None:
    for canary, (is_met, bad_rows, has_error) in CANARIES.items():
        verdict = verdicts.get(canary.rule_id)
        if verdict is None or (verdict.is_met, verdict.bad_rows, verdict.error is not None) != (
            is_met,
            bad_rows,
            has_error,
        ):
            raise RuntimeError(
                f"Great Expectations cannot be trusted: the self-check {canary.rule_id} should have given "
                f"is_met={is_met}, bad_rows={bad_rows} and gave {verdict}"
            )


def _verdict(result: ExpectationValidationResult) -> Verdict:
    rule_id = result.expectation_config.meta["rule_id"]
    error = _raised(result.exception_info)
    if error is not None:
        return Verdict(rule_id, None, 0, error)
    count = result.result.get("observed_value")
    if not isinstance(count, int) or result.success is not (count == 0):
        return Verdict(rule_id, None, 0, f"contradictory result: success={result.success}, bad rows={count}")
    return Verdict(rule_id, count == 0, count, None)


def _raised(exception_info: Any) -> str | None:
    """The first exception in `exception_info`, which holds it at the top or keyed by metric; None where nothing raised."""
    if not isinstance(exception_info, dict):
        return f"no account of exceptions: {exception_info!r}"
    if "raised_exception" in exception_info:
        if exception_info["raised_exception"]:
            return exception_info.get("exception_message") or "an exception without a message"
        return None
    for nested in exception_info.values():
        error = _raised(nested)
        if error is not None:
            return error
    return None


def _escaped(query: str) -> str:
    """The query with the characters doubled or escaped that Great Expectations ({}) and SQLAlchemy (:) would replace."""
    return re.sub(r"([{}])", r"\1\1", query).replace(":", r"\:")

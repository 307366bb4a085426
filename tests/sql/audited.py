"""A small audit for the SQL tests: one draw of logs, what its auditors found, and the facts made of it."""

from typing import Any

import duckdb

from tests.sql.world import Row, facts

CUT = "2019-06-30 00:00"
STRATUM: Row = {
    "sample_id": "2019-Q1",
    "stratum": "violence",
    "may_hide": False,
    "population": 100,
    "sampled": 1,
    "period_from": "2019-01-01",
    "period_to": "2019-03-31",
    "cut_at": CUT,
}
LOG: Row = {"incident_id": "log", "reported_at": "2019-01-10 10:00", "opening_code": "violence_without_injury"}
CRIME: Row = {
    "incident_id": "log",
    "reported_at": "2019-01-10 10:00",
    "recorded_at": "2019-01-10 12:00",
    "offence_class": "8N",
}
FOUND: Row = {"sample_id": "2019-Q1", "incident_id": "log", "auditor": "a", "n": 1, "is_recorded": True}
RETURNED: Row = {"sample_id": "2019-Q1", "incident_id": "log", "auditor": "a", "audited_at": "2019-07-10 10:00"}


def audited(
    found: list[Row],
    crime: list[Row] | None = None,
    *,
    incident: list[Row] | None = None,
    returned: list[Row] | None = None,
    drawn: list[str] | None = None,
    stratum: list[Row] | None = None,
    **others: Any,
) -> duckdb.DuckDBPyConnection:
    """A world with one draw, 2019-Q1, of the log `log` alone unless `drawn` names others.

    `found` are rows of audit_crime on top of FOUND, numbered in order unless they say their own n; `crime` rows on
    top of CRIME; `returned` rows of audit_return on top of RETURNED: one for each log and marker found unless given.
    """
    required = [{**FOUND, "n": number, **row} for number, row in enumerate(found, start=1)]
    markers = {(row["incident_id"], row["auditor"]) for row in required} or {("log", "a")}
    marks = returned if returned is not None else [{"incident_id": log, "auditor": who} for log, who in sorted(markers)]
    return facts(
        incident=incident or [LOG],
        crime=[{**CRIME, **row} for row in crime or []],
        audit_stratum=stratum or [STRATUM],
        audit_log=[{"sample_id": "2019-Q1", "incident_id": log, "stratum": "violence"} for log in drawn or ["log"]],
        audit_return=[{**RETURNED, **row} for row in marks],
        audit_crime=required,
        **others,
    )


def matches(con: duckdb.DuckDBPyConnection) -> dict[int, tuple[str | None, str, bool | None]]:
    """The matched crime, the way it was found and the verdict of each required crime, by its n."""
    query = "select n, matched_crime_ref, match, is_recorded from fact_audit_crime order by n"
    return {n: tuple(rest) for n, *rest in con.execute(query).fetchall()}


def log_of(con: duckdb.DuckDBPyConnection, columns: str, incident_id: str = "log") -> tuple[Any, ...]:
    """Columns of fact_audit_log for one log."""
    query = f"select {columns} from fact_audit_log where incident_id = $id"
    found = con.execute(query, {"id": incident_id}).fetchall()
    assert len(found) == 1
    return found[0]

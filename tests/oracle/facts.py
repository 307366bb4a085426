"""All that the rules make of a stage, in the order in which one thing follows from another."""

import polars as pl

from tests.oracle.appointments import appointments
from tests.oracle.closures import closures
from tests.oracle.crimes import crimes
from tests.oracle.incidents import incidents
from tests.oracle.links import links
from tests.oracle.reference import Reference
from tests.oracle.reports import reports
from tests.oracle.stage import Stage


def facts(stage: Stage, reference: Reference) -> dict[str, pl.DataFrame]:
    """The frames that metrics are declared on: incident, crime, closure, appointment."""
    entries = stage.rows["appointment"]
    logs = reports(stage.rows["incident"], reference)
    linked = links(logs, stage.rows["crime"])
    judged_crimes = crimes(stage.rows["crime"], logs, linked, reference)
    judged_logs = incidents(logs, judged_crimes, linked, entries, reference, stage.data_cut)
    diaries = judged_logs.select("has_diary", first_report_id="incident_id")
    return {
        "incident": judged_logs,
        "crime": judged_crimes.join(diaries, on="first_report_id", how="left"),
        "closure": closures(judged_logs, reference, stage.data_cut),
        "appointment": appointments(entries, judged_logs, reference, stage.data_cut),
    }

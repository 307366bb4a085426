"""All that the rules make of a stage, in the order in which one thing follows from another."""

import polars as pl

from tests.oracle.appointments import appointments
from tests.oracle.audits import audit_crimes, audit_logs, record_checks
from tests.oracle.closures import closures
from tests.oracle.crimes import crimes
from tests.oracle.incidents import incidents
from tests.oracle.links import links, named_links
from tests.oracle.reference import Reference
from tests.oracle.reports import reports
from tests.oracle.stage import Stage
from tests.oracle.trainings import trainings, with_checker_s_training, with_team_training


def facts(stage: Stage, reference: Reference) -> dict[str, pl.DataFrame]:
    """The frames that metrics are declared on: incident, crime, closure, appointment, audit_log, audit_crime,
    record_check, training."""
    entries = stage.rows["appointment"]
    logs = reports(stage.rows["incident"], reference)
    linked = links(logs, stage.rows["crime"])
    judged_crimes = crimes(stage.rows["crime"], logs, linked, reference)
    judged_logs = incidents(logs, judged_crimes, linked, entries, reference, stage.data_cut)
    diaries = judged_logs.select("has_diary", first_report_id="incident_id")
    training = trainings(stage, reference)
    closed = closures(judged_logs, reference, stage.data_cut)
    audited = audit_logs(stage, judged_logs)
    named = named_links(logs, stage.rows["crime"])
    return {
        "incident": with_team_training(judged_logs, training, stage.data_cut),
        "crime": judged_crimes.join(diaries, on="first_report_id", how="left"),
        "closure": with_checker_s_training(closed, stage, reference),
        "appointment": appointments(entries, judged_logs, reference, stage.data_cut),
        "audit_log": audited,
        "audit_crime": audit_crimes(stage, audited, judged_logs, named, judged_crimes, reference),
        "record_check": record_checks(stage, judged_crimes),
        "training": training,
    }

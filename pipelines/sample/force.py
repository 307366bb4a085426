"""The synthetic force as a whole: draws every part in turn and gives the extracts and the hidden truth as frames."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from pipelines.sample.appointments import appointment_frame, draw_diary
from pipelines.sample.audits import make_audits
from pipelines.sample.calendar import DATA_CUT
from pipelines.sample.callers import draw_callers
from pipelines.sample.catalogue import indicates_crime
from pipelines.sample.closures import draw_checks, draw_closing, put_right
from pipelines.sample.codes import draw_codes, indicates
from pipelines.sample.crimes import Circumstances, draw_crimes
from pipelines.sample.decisions import draw_decisions
from pipelines.sample.dirt import dirty_moments, leave_out, repeat_rows
from pipelines.sample.extracts import crime_frame, incident_frame
from pipelines.sample.incidents import draw_logs
from pipelines.sample.links import crime_refs, duplicates_of, ids_on_crimes, incident_ids, lead_crimes, refs_on_logs
from pipelines.sample.outcomes import draw_outcomes
from pipelines.sample.own_reference import progress_frame, signature_frame
from pipelines.sample.record_checks import check_frame
from pipelines.sample.recording import draw_reasons, draw_recorded
from pipelines.sample.required import draw_required
from pipelines.sample.response import draw_response
from pipelines.sample.staff import draw_staff, staff_frame
from pipelines.sample.teams import team_frame
from pipelines.sample.training import training_frame
from pipelines.sample.truth import truth_crimes, truth_logs

KNOWN_LATER = {
    "incident": ("closed_at", "crime_ref", "closure_checked_at", "closure_checked_by", "closure_check_result"),
    "crime": ("cancelled_at", "cancellation_code", "cancelled_by_role", "victim_informed_at"),
    "appointment": ("attended_at",),
}
"""Columns that a row delivered earlier, and superseded, did not have yet."""


@dataclass(frozen=True)
class Force:
    """Frames by name: the extracts, the truth, and reference tables that hold the force's own decisions."""

    extracts: dict[str, pl.DataFrame]
    truth: dict[str, pl.DataFrame]
    reference: dict[str, pl.DataFrame]


def make_force(incidents: int, seed: int, rate: float | None, report: Callable[[str], None]) -> Force:
    """Everything about a force with that many incident logs; the same arguments give the same frames."""
    report(f"drawing {incidents:,} incident logs")
    logs = draw_logs(seed, incidents)
    required = draw_required(seed, logs)
    callers = draw_callers(seed, logs)
    people = draw_staff(seed)
    response = draw_response(seed, logs, callers)
    diary = draw_diary(seed, logs, response)
    met = diary.first_attended(len(logs))
    response = replace(response, arrived=np.where(np.isnan(response.arrived), met, response.arrived))
    closing = draw_closing(seed, logs, response.arrived, met)

    report("recording crimes")
    to_record = draw_recorded(seed, rate, logs, callers, response, required)
    reasons = draw_reasons(seed, ~to_record, callers, response, required)
    crimes = draw_crimes(seed, Circumstances(logs, callers, response, closing), required, to_record)
    decided = draw_decisions(seed, crimes)

    report("closing logs")
    own = crimes.log[crimes.log >= 0]
    has_record = np.zeros(len(logs), dtype=bool)
    has_record[own] = True
    is_missed = np.zeros(len(logs), dtype=bool)
    is_missed[required.log] = True
    is_missed &= ~has_record
    first_recorded = np.full(len(logs), np.inf)
    np.minimum.at(first_recorded, own, crimes.recorded[crimes.log >= 0])
    outcome = draw_outcomes(seed, logs, closing, crimes, has_record, is_missed)
    codes = draw_codes(seed, logs, callers, closing.first_closed, has_record)
    in_scope = indicates(codes, indicates_crime())
    checks = draw_checks(seed, logs, callers, closing, np.where(has_record, first_recorded, np.nan), is_missed)
    closing = put_right(seed, closing, checks)

    report("writing references")
    ids, refs = incident_ids(logs), crime_refs(crimes)
    named = refs_on_logs(seed, refs, lead_crimes(logs, crimes, outcome.existing))
    duplicate_of = duplicates_of(seed, ids, logs)
    incident = incident_frame(
        seed,
        ids,
        logs,
        callers,
        people,
        response,
        closing,
        checks,
        codes,
        outcome,
        has_record,
        named,
        duplicate_of,
    )
    crime = crime_frame(seed, refs, ids_on_crimes(seed, ids, crimes), callers, crimes, decided)
    incident = dirty_moments(seed, incident, pl.lit(DATA_CUT.replace(tzinfo=None)))
    incident = leave_out(
        seed, incident, {"channel": 0.003, "district": 0.004, "handler_id": 0.006, "thrive_recorded": 0.01}
    )
    report("auditing")
    audits = make_audits(
        seed,
        ids,
        refs,
        duplicate_of.is_not_null().to_numpy(),
        logs,
        callers,
        response,
        codes,
        required,
        reasons,
        crimes,
        decided,
        outcome.reason >= 0,
    )
    recorded = np.zeros(len(required.log), dtype=bool)
    recorded[crimes.required[crimes.required >= 0]] = True
    return Force(
        extracts={
            "incident": repeat_rows(seed, incident, KNOWN_LATER["incident"]),
            "crime": repeat_rows(seed, crime, KNOWN_LATER["crime"]),
            "appointment": repeat_rows(seed, appointment_frame(diary, ids, callers), KNOWN_LATER["appointment"]),
            "team": team_frame(),
            "staff": staff_frame(people),
            "training": training_frame(seed, people),
            "record_check": check_frame(seed, refs, crimes, decided, required),
            **audits,
        },
        truth={
            "crime": truth_crimes(ids, refs, callers, required, crimes, reasons, in_scope),
            "log": truth_logs(ids, logs, required, recorded, crimes, in_scope),
        },
        reference={"audit_signature": signature_frame(), "recommendation_progress": progress_frame()},
    )

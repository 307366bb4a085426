"""The incident and crime extracts, in the declared columns, from everything drawn."""

import numpy as np
import polars as pl

from pipelines.sample import callers as calls
from pipelines.sample import closures, codes, crimes, decisions, outcomes, response
from pipelines.sample.arrays import Ints, decode, happens, moments, pick, stream
from pipelines.sample.catalogue import CATEGORIES, CATEGORY_OF_CLASS, CLASSES, offences, positions
from pipelines.sample.incidents import Logs
from pipelines.sample.staff import Staff
from pipelines.sample.teams import BUREAUX, DISTRICTS, TEAM_IDS, person

UNITS = ("Crime bureau", "Response", "Public protection")


def codes_joined(besides: Ints, held: Ints) -> pl.Series:
    """Qualifiers of each log, separated by semicolons; null for none."""
    both = pl.DataFrame({"held": decode(held, CATEGORIES), "besides": decode(besides, CATEGORIES)})
    return both.select(
        pl.when(pl.col("held").is_not_null() & pl.col("besides").is_not_null())
        .then(pl.col("held") + ";" + pl.col("besides"))
        .otherwise(pl.coalesce("held", "besides"))
    ).to_series()


def references(prefix: str, index: Ints) -> pl.Series:
    """References of other bodies, one for each index; null where it is negative."""
    number = pl.Series(np.where(index >= 0, 100_000 + index * 37 % 900_000, 0))
    return pl.select(pl.when(pl.Series(index >= 0)).then(prefix + number.cast(pl.String))).to_series()


def incident_frame(
    seed: int,
    ids: pl.Series,
    logs: Logs,
    caller: calls.Callers,
    people: Staff,
    answer: response.Response,
    closing: closures.Closing,
    checks: closures.Checks,
    code: codes.Codes,
    outcome: outcomes.Outcomes,
    has_record: np.ndarray,
    crime_ref: pl.Series,
    duplicate_of: pl.Series,
) -> pl.DataFrame:
    """The incident extract, one row a log in order of report."""
    rng = stream(seed, "incident frame")
    count = len(logs)
    # The flag of domestic abuse is often set when a crime is recorded: logs that led to none show it less.
    flagged = happens(rng, np.where(caller.is_abuse, np.where(has_record, 0.93, 0.8), 0.003), count)
    by_officer = happens(rng, 0.3, count) & ~np.isnan(answer.arrived)
    closer = np.where(by_officer, person(rng, caller.attending_team), person(rng, caller.team))
    closer = np.where(np.isnan(closing.first_closed), -1, closer)
    return pl.DataFrame(
        {
            "incident_id": ids,
            "reported_at": moments(logs.reported),
            "channel": decode(caller.channel, calls.CHANNELS),
            "opening_code": decode(code.opening, CATEGORIES),
            "closing_code": decode(code.closing, CATEGORIES),
            "initial_grade": decode(answer.initial_grade, response.GRADES),
            "final_grade": decode(answer.final_grade, response.GRADES),
            "thrive_recorded": answer.thrive,
            "regrade_reason": decode(answer.regrade_reason, response.REGRADE_REASONS),
            "dispatched_at": moments(answer.dispatched),
            "arrived_at": moments(answer.arrived),
            "first_closed_at": moments(closing.first_closed),
            "closed_at": moments(closing.closed),
            "reopened_count": pl.Series(closing.reopened, dtype=pl.Int32),
            "duplicate_of": duplicate_of,
            "crime_ref": crime_ref,
            "no_crime_reason": decode(outcome.reason, outcomes.REASONS),
            "qualifiers": codes_joined(code.besides, code.held),
            "is_domestic_abuse": flagged,
            "is_vulnerable": caller.is_vulnerable,
            "is_repeat": caller.is_repeat,
            "district": decode(caller.district, DISTRICTS),
            "team_id": decode(caller.team, TEAM_IDS),
            "attending_team_id": decode(np.where(np.isnan(answer.arrived), -1, caller.attending_team), TEAM_IDS),
            "handler_id": people.ids.gather(people.at_work(caller.handler, logs.reported)),
            "closed_by": decode(people.at_work(closer, closing.closed), people.ids),
            "closure_checked_at": moments(checks.checked),
            "closure_checked_by": decode(
                people.at_work(people.supervisor(checks.checked_by), checks.checked), people.ids
            ),
            "closure_check_result": decode(checks.result, closures.RESULTS),
            "victim_told_at": moments(outcome.told),
            "transferred_to": decode(outcome.transferred_to, outcomes.BODIES),
            "transferred_ref": references(
                "REF", np.where((outcome.transferred_to >= 0) & outcome.has_reference, np.arange(count), -1)
            ),
        }
    )


def crime_frame(
    seed: int,
    refs: pl.Series,
    incident_id: pl.Series,
    caller: calls.Callers,
    crime: crimes.Crimes,
    decision: decisions.Decisions,
) -> pl.DataFrame:
    """The crime extract, one row a crime in order of recording."""
    rng = stream(seed, "crime frame")
    count = len(crime)
    delay = np.where(happens(rng, 0.12, count), 30 * 86400.0, 5 * 3600.0) * rng.exponential(1.0, count)
    kind = CATEGORY_OF_CLASS[crime.offence]
    protected = np.isin(kind, positions("rape", "other_sexual_offence", "modern_slavery")) & happens(rng, 0.8, count)
    on_scene = happens(rng, 0.16, count) & (crime.log >= 0)
    bureau = np.array(BUREAUX)[np.where(protected, 2, pick(rng, (0.52, 0.48), count))]
    team = np.where(on_scene, caller.attending_team[crime.log.clip(min=0)], bureau)
    offence_code = pl.Series([*offences["offence_code"].to_list(), None])
    return pl.DataFrame(
        {
            "crime_ref": refs,
            "incident_id": incident_id,
            "reported_at": moments(crime.reported),
            "recorded_at": moments(crime.recorded),
            "occurred_at": moments(crime.reported - 60.0 - np.floor(delay)),
            "offence_code": offence_code.gather(crime.offence),
            "offence_class": decode(crime.offence, CLASSES),
            "is_domestic_abuse": decision.is_flagged,
            "district": decode(crime.district, DISTRICTS),
            "team_id": decode(team, TEAM_IDS),
            "recording_unit": decode(np.where(on_scene, 1, np.where(protected, 2, 0)), UNITS),
            "cancelled_at": moments(decision.cancelled),
            "cancellation_code": decode(decision.cancellation, decisions.CODES),
            "cancelled_by_role": decode(decision.cancelled_by, decisions.ROLES),
            "victim_informed_at": moments(decision.informed),
            "surviving_crime_ref": decode(decision.survivor, refs),
            "transferred_to": decode(decision.transferred_to, decisions.FORCES),
            "transferred_ref": references(
                "OF", np.where((decision.transferred_to >= 0) & decision.has_reference, np.arange(count), -1)
            ),
            "first_offence_class": decode(decision.first_offence, CLASSES),
            "reclassified_at": moments(decision.reclassified),
            "reclassified_by_role": decode(decision.reclassified_by, decisions.ROLES),
            "late_reason": decode(decision.late_reason, decisions.LATE_REASONS),
            "late_approved_by_role": decode(decision.late_approved_by, decisions.ROLES),
        }
    )

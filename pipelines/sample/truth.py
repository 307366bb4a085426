"""The hidden truth, written beside the extracts and never loaded: what should have been recorded, and what was."""

import numpy as np
import polars as pl

from pipelines.sample.arrays import Flags, Ints, decode
from pipelines.sample.callers import Callers
from pipelines.sample.catalogue import CLASSES, GROUP_OF_CLASS
from pipelines.sample.crimes import NO_LOG_CRIME, ORIGINS, RAPE_REPORT, Crimes
from pipelines.sample.incidents import Logs
from pipelines.sample.recording import NOT_YET, REASONS
from pipelines.sample.required import Required


def truth_crimes(
    ids: pl.Series,
    refs: pl.Series,
    callers: Callers,
    required: Required,
    crimes: Crimes,
    reasons: Ints,
    in_scope: Flags,
) -> pl.DataFrame:
    """One row a crime that should have been recorded from a log, or that was: with its class, whether it was required
    and recorded, the record, and why a required one is missing. `in_scope`: the log's codes indicate a crime."""
    record = np.full(len(required.log), -1, dtype=np.int64)
    met = crimes.required >= 0
    record[crimes.required[met]] = np.flatnonzero(met)
    needless = np.flatnonzero((crimes.required < 0) & (crimes.origin != NO_LOG_CRIME))
    log = np.concatenate([required.log, crimes.log[needless]])
    offence = np.concatenate([required.offence, crimes.offence[needless]])
    reason = np.where(record >= 0, -1, np.where(reasons >= 0, reasons, NOT_YET))
    none = np.full(len(needless), -1, dtype=np.int64)
    is_crime = np.concatenate([record >= 0, crimes.origin[needless] != RAPE_REPORT])
    frame = pl.DataFrame(
        {
            "incident_id": ids.gather(log),
            "offence_class": decode(offence, CLASSES),
            "offence_group": decode(offence, GROUP_OF_CLASS),
            "is_domestic_abuse": callers.is_abuse[log],
            "is_in_inspection_scope": in_scope[log],
            "is_required": np.arange(len(log)) < len(required.log),
            "is_recorded": is_crime,
            "origin": decode(
                np.concatenate([np.zeros(len(required.log), dtype=np.int64), crimes.origin[needless]]), ORIGINS
            ),
            "crime_ref": decode(np.concatenate([record, needless]), refs),
            "missed_reason": decode(np.concatenate([reason, none]), REASONS),
            "place": log,
        }
    )
    return frame.sort("place", maintain_order=True).drop("place")


def truth_logs(
    ids: pl.Series, logs: Logs, required: Required, recorded: Flags, crimes: Crimes, in_scope: Flags
) -> pl.DataFrame:
    """One row a log: whether its codes indicate a crime, the log it truly repeats, how many crimes it should have led
    to, how many of those are recorded, and how many are recorded without need."""
    count = len(logs)
    needless = crimes.log[(crimes.required < 0) & (crimes.log >= 0)]
    return pl.DataFrame(
        {
            "incident_id": ids,
            "is_in_inspection_scope": in_scope,
            "repeats": decode(logs.root, ids),
            "required": np.bincount(required.log, minlength=count),
            "recorded": np.bincount(required.log[recorded], minlength=count),
            "recorded_without_need": np.bincount(needless, minlength=count),
        }
    )

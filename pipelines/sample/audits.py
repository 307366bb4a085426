"""The audits as a whole: draws, markings and what they find, as the four extracts of an audit."""

import polars as pl

from pipelines.sample.arrays import Flags, Ints
from pipelines.sample.audit_frame import draw_strata
from pipelines.sample.callers import Callers
from pipelines.sample.codes import Codes
from pipelines.sample.crimes import Crimes
from pipelines.sample.decisions import Decisions
from pipelines.sample.draws import draw_samples, drawn_frame, stratum_frame
from pipelines.sample.incidents import Logs
from pipelines.sample.markers import draw_markings
from pipelines.sample.marking import found_frame, keep_rulings, mark, true_findings
from pipelines.sample.required import Required
from pipelines.sample.response import Response
from pipelines.sample.verdicts import draw_verdicts, return_frame


def make_audits(
    seed: int,
    ids: pl.Series,
    refs: pl.Series,
    is_copy: Flags,
    logs: Logs,
    callers: Callers,
    response: Response,
    codes: Codes,
    required: Required,
    reasons: Ints,
    crimes: Crimes,
    decided: Decisions,
    gave_reason: Flags,
) -> dict[str, pl.DataFrame]:
    """The extracts of an audit by name. `is_copy` says which logs name another that they repeat, `reasons` why each
    required crime is missing, `gave_reason` which logs give a reason for recording no crime."""
    draws = draw_samples(seed, logs.reported, draw_strata(codes, is_copy))
    markings = draw_markings(seed, draws)
    first_marked = markings.at[: len(draws)]
    truth = true_findings(seed, draws, first_marked, logs, callers.is_abuse, required, reasons, crimes, decided)
    kept, found = keep_rulings(markings, mark(seed, markings, truth, callers.is_abuse[draws.log]))
    verdicts = draw_verdicts(seed, draws, truth, logs, callers, response, gave_reason)
    return {
        "audit_stratum": stratum_frame(draws),
        "audit_log": drawn_frame(draws, ids),
        "audit_return": return_frame(seed, draws, kept, verdicts, ids),
        "audit_crime": found_frame(seed, draws, kept, found, ids, refs),
    }

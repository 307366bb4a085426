"""What auditors say of the handling of each log drawn: grade, summary, account, hand-over. Better after the inspection,
some more than others; shares are invented (practice)."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from pipelines.sample.arrays import Flags, decode, happens, moments, stream
from pipelines.sample.audit_frame import STRATA
from pipelines.sample.calendar import moment, progress
from pipelines.sample.callers import Callers
from pipelines.sample.draws import QUARTERS, Draws
from pipelines.sample.incidents import Logs
from pipelines.sample.markers import MARKERS, Markings
from pipelines.sample.marking import Found
from pipelines.sample.recording import REASONS
from pipelines.sample.response import Response
from pipelines.sample.teams import skill

MISJUDGED = 0.03
"""Share of an auditor's answers that the registrar would not give."""


@dataclass(frozen=True)
class Question:
    """A question asked of a log: the share of good answers `before` the inspection and `after` the change that begins
    and ends then; `missed` is how much smaller the share is where a crime was missed."""

    name: str
    before: float
    after: float
    begins: tuple[int, int]
    ends: tuple[int, int]
    missed: float


QUESTIONS = (
    Question("grade_correct", 0.79, 0.85, (2018, 10), (2019, 3), 0.05),
    Question("summary_accurate", 0.75, 0.84, (2019, 1), (2019, 7), 0.2),
    Question("passed_to_officers", 0.71, 0.9, (2018, 12), (2019, 4), 0.12),
    Question("account_full", 0.6, 0.79, (2018, 11), (2019, 6), 0.25),
    Question("crime_made_clear", 0.68, 0.74, (2019, 1), (2019, 9), 0.3),
    Question("first_account_taken", 0.77, 0.88, (2018, 11), (2019, 5), 0.2),
    Question("believed_after_deployment", 0.92, 0.94, (2018, 11), (2019, 5), 0.15),
    Question("no_crime_reason_valid", 0.95, 0.97, (2018, 11), (2019, 5), 0.95),
)
NAMES = tuple(question.name for question in QUESTIONS)

DENIED_BY = {"first_account_taken": "first_account_not_written", "believed_after_deployment": "account_not_believed"}
"""Questions answered with no wherever a crime was missed for that reason."""


@dataclass(frozen=True)
class Verdicts:
    """One column a question of QUESTIONS, one row a log drawn: whether the question arises, and the true answer."""

    arises: Flags
    is_good: Flags


def draw_verdicts(
    seed: int, draws: Draws, truth: Found, logs: Logs, callers: Callers, response: Response, gave_reason: Flags
) -> Verdicts:
    """True answers for every log drawn. `gave_reason` says which logs give a reason for recording no crime."""
    rng = stream(seed, "verdicts")
    count, at, team = len(draws), logs.reported[draws.log], callers.team[draws.log]
    missed = ~truth.is_recorded
    is_missed = np.bincount(truth.of[missed], minlength=count) > 0
    holds_crime = np.bincount(truth.of, minlength=count) > 0
    attended = ~np.isnan(response.arrived[draws.log])
    arises = {
        "passed_to_officers": attended,
        "crime_made_clear": holds_crime,
        "first_account_taken": holds_crime,
        "believed_after_deployment": holds_crime & attended,
        "no_crime_reason_valid": gave_reason[draws.log],
    }
    good = np.empty((count, len(QUESTIONS)), dtype=bool)
    for column, question in enumerate(QUESTIONS):
        change = progress(at, moment(*question.begins), moment(*question.ends))
        share = question.before + (question.after - question.before) * change + 0.08 * skill(team, at)
        good[:, column] = happens(rng, share - question.missed * is_missed, count)
        if question.name in DENIED_BY:
            because = missed & (truth.reason == REASONS.index(DENIED_BY[question.name]))
            good[truth.of[because], column] = False
    everywhere = np.ones(count, dtype=bool)
    return Verdicts(np.stack([arises.get(name, everywhere) for name in NAMES], axis=1), good)


def return_frame(
    seed: int, draws: Draws, markings: Markings, verdicts: Verdicts, incident_ids: pl.Series
) -> pl.DataFrame:
    """The audit_return extract, one row a log and marker; the registrar's answers are the true ones."""
    rng = stream(seed, "audit return frame")
    draw = markings.of_draw
    errs = rng.random((len(markings), len(NAMES))) < MISJUDGED * ~markings.is_registrar[:, None]
    answers = verdicts.is_good[draw] ^ errs
    frame = pl.DataFrame(
        {
            "sample_id": decode(draws.quarter[draw], [of.sample_id for of in QUARTERS]),
            "incident_id": incident_ids.gather(draws.log[draw]),
            "auditor": decode(markings.marker, MARKERS),
            "stratum": decode(draws.stratum[draw], STRATA),
            "audited_at": moments(markings.at),
        }
    )
    arises = verdicts.arises[draw]
    return frame.with_columns(
        pl.select(pl.when(pl.Series(arises[:, at])).then(pl.Series(answers[:, at]))).to_series().alias(name)
        for at, name in enumerate(NAMES)
    )

"""What the auditors find: the crimes that each log drawn should have led to, after the hidden truth but for slips of
the marker. Shares are invented (practice)."""

from dataclasses import dataclass, fields, replace

import numpy as np
import polars as pl

from pipelines.sample.arrays import Flags, Floats, Ints, decode, happens, lognormal, moments, stream
from pipelines.sample.calendar import CUT, DAY, progress
from pipelines.sample.catalogue import CLASSES, class_position
from pipelines.sample.crimes import Crimes
from pipelines.sample.decisions import Decisions
from pipelines.sample.draws import QUARTERS, Draws, within
from pipelines.sample.incidents import Logs
from pipelines.sample.links import mistype_refs
from pipelines.sample.markers import MARKERS, Markings
from pipelines.sample.rate import REFORM_BEGINS, REFORM_ENDS
from pipelines.sample.recording import NOT_YET, REASONS
from pipelines.sample.required import Required

OVERLOOKED, INVENTED, WRONG_CLASS, WRONG_REASON, REF_LEFT_OUT = 0.025, 0.002, 0.03, 0.1, 0.03
"""Shares of an auditor's slips: a crime overlooked, one seen where there is none (of logs), taken for another class,
another reason given, no reference written."""

RECORD_OVERLOOKED, RECORD_MISTAKEN = 0.004, 0.02
"""Share of recorded crimes whose record an auditor does not find, and of missed ones taken to be recorded: about as
many of either, so that the rate stays."""

MISTAKEN_FOR = {"8N": "105A", "105A": "8N", "8L": "8R", "8R": "8L", "9A": "105A", "28E": "28F", "39": "49"}
"""By class: the class an auditor takes it for; any other for common assault."""


@dataclass(frozen=True)
class Found:
    """One element a crime that should have been recorded. `of` is the position of what it was found in, a draw or a
    marking; `record` that of the crime recorded by the sample's cut, or -1; `reason` why there is none, or -1. What is
    said of class and time counts where a crime is recorded, safeguarding where none is."""

    of: Ints
    offence: Ints
    is_recorded: Flags
    record: Ints
    reason: Ints
    is_abuse: Flags
    is_class_right: Flags
    is_in_time: Flags
    is_safeguarded: Flags
    remedied: Floats

    def __len__(self) -> int:
        return len(self.of)

    def take(self, index: Ints | Flags) -> "Found":
        """The crimes at those positions."""
        return Found(**{field.name: getattr(self, field.name)[index] for field in fields(self)})

    @staticmethod
    def join(*parts: "Found") -> "Found":
        """All crimes of the parts."""
        return Found(
            **{field.name: np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Found)}
        )


def records_by(crimes: Crimes, required: Required) -> Ints:
    """For each required crime the position of the one on record that meets it, -1 where none does."""
    record = np.full(len(required.log), -1, dtype=np.int64)
    met = crimes.required >= 0
    record[crimes.required[met]] = np.flatnonzero(met)
    return record


def true_findings(
    seed: int,
    draws: Draws,
    first_marked: Floats,
    logs: Logs,
    is_abuse: Flags,
    required: Required,
    reasons: Ints,
    crimes: Crimes,
    decided: Decisions,
) -> Found:
    """What a marker who never errs finds in the logs drawn; `of` is the position of the draw."""
    rng = stream(seed, "findings")
    of_draw, crime = within(draws, required.log)
    count, cut, log = len(crime), draws.cut[of_draw], required.log[crime]
    ever = records_by(crimes, required)[crime]
    recorded_at = np.append(crimes.recorded, np.inf)[ever]
    is_recorded = recorded_at <= cut
    record = np.where(is_recorded, ever, -1)
    reform = progress(cut, REFORM_BEGINS, REFORM_ENDS)

    # A class put right after the cut was wrong when the sample was drawn.
    changed_later = np.append(decided.reclassified, np.nan)[record] > cut
    is_class_right = is_recorded & ~changed_later & ~happens(rng, 0.04 - 0.02 * reform, count)

    put_right = happens(rng, 0.25 + 0.65 * reform, count)
    found_at = first_marked[of_draw]
    remedied = np.where(put_right, found_at + np.floor(lognormal(rng, 8 * DAY, 0.9, count)), np.nan)
    remedied = np.where(is_recorded, np.nan, np.where(ever >= 0, np.fmax(recorded_at, found_at), remedied))
    return Found(
        of=of_draw,
        offence=required.offence[crime],
        is_recorded=is_recorded,
        record=record,
        reason=np.where(is_recorded, -1, np.where(reasons[crime] >= 0, reasons[crime], NOT_YET)),
        is_abuse=is_abuse[log],
        is_class_right=is_class_right,
        is_in_time=is_recorded & (recorded_at - logs.reported[log] <= DAY),
        is_safeguarded=happens(rng, 0.25 + 0.35 * reform, count),
        remedied=np.where(remedied < CUT, remedied, np.nan),
    )


def mark(seed: int, markings: Markings, truth: Found, is_abuse: Flags) -> Found:
    """What each marking finds; `of` is its position. The registrar's follow the truth, the auditors' slip now and then.
    `is_abuse` says whether each log drawn truly is domestic abuse."""
    rng = stream(seed, "marking")
    first = np.searchsorted(truth.of, markings.of_draw, side="left")
    held = np.searchsorted(truth.of, markings.of_draw, side="right") - first
    of = np.repeat(np.arange(len(markings)), held)
    seen = truth.take(np.arange(len(of)) - np.repeat(np.cumsum(held) - held, held) + first[of])
    seen = replace(seen, of=of)

    errs = ~markings.is_registrar
    count, may = len(seen), errs[of]
    mistaken = np.full(len(CLASSES), class_position("105A"))
    for right, wrong in MISTAKEN_FOR.items():
        mistaken[class_position(right)] = class_position(wrong)
    misread = may & happens(rng, np.where(seen.is_recorded, RECORD_OVERLOOKED, RECORD_MISTAKEN), count)
    is_recorded = seen.is_recorded ^ misread
    reason = np.where(may & happens(rng, WRONG_REASON, count), rng.integers(0, NOT_YET, count), seen.reason)
    seen = replace(
        seen,
        offence=np.where(may & happens(rng, WRONG_CLASS, count), mistaken[seen.offence], seen.offence),
        is_recorded=is_recorded,
        record=np.where(is_recorded & ~(may & happens(rng, REF_LEFT_OUT, count)), seen.record, -1),
        reason=np.where(is_recorded, -1, np.where(reason >= 0, reason, REASONS.index("closure_not_supervised"))),
        is_class_right=seen.is_class_right | (is_recorded & misread),
        is_in_time=seen.is_in_time & is_recorded,
        remedied=np.where(is_recorded, np.nan, seen.remedied),
    )
    seen = seen.take(~(may & happens(rng, OVERLOOKED, count)))

    invented = np.flatnonzero(errs & happens(rng, INVENTED, len(markings)))
    none, never = np.full(len(invented), -1), np.zeros(len(invented), dtype=bool)
    extra = Found(
        of=invented,
        offence=np.full(len(invented), class_position("105A")),
        is_recorded=never,
        record=none,
        reason=np.full(len(invented), REASONS.index("rules_not_understood")),
        is_abuse=is_abuse[markings.of_draw[invented]],
        is_class_right=never,
        is_in_time=never,
        is_safeguarded=never,
        remedied=np.full(len(invented), np.nan),
    )
    both = Found.join(seen, extra)
    return both.take(np.argsort(both.of, kind="stable"))


def keep_rulings(markings: Markings, found: Found) -> tuple[Markings, Found]:
    """The markings without the registrar's where both auditors found the same crimes, recorded or not."""
    verdict = pl.DataFrame({"of": found.of, "what": 2 * found.offence + found.is_recorded})
    verdicts = verdict.group_by("of").agg(pl.col("what").sort())
    rows = pl.DataFrame(
        {"of": np.arange(len(markings)), "log": markings.of_draw, "is_registrar": markings.is_registrar}
    )
    by_auditor = rows.filter(~pl.col("is_registrar")).join(verdicts, on="of", how="left")
    disputed = by_auditor.group_by("log").agg(pl.col("what").n_unique() > 1).filter("what")["log"]
    kept = ~markings.is_registrar | np.isin(markings.of_draw, disputed.to_numpy())
    place = np.cumsum(kept) - 1
    found = found.take(kept[found.of])
    return markings.take(kept), replace(found, of=place[found.of])


def found_frame(
    seed: int, draws: Draws, markings: Markings, found: Found, incident_ids: pl.Series, refs: pl.Series
) -> pl.DataFrame:
    """The audit_crime extract, one row a crime and marking that should have been recorded."""
    rng = stream(seed, "audit crime frame")
    draw = markings.of_draw[found.of]
    is_first = np.diff(found.of, prepend=-1) != 0
    n = np.arange(len(found)) - np.maximum.accumulate(np.where(is_first, np.arange(len(found)), 0)) + 1

    def where(applies: Flags, values: Flags) -> pl.Series:
        return pl.select(pl.when(pl.Series(applies)).then(pl.Series(values))).to_series()

    return pl.DataFrame(
        {
            "sample_id": decode(draws.quarter[draw], [of.sample_id for of in QUARTERS]),
            "incident_id": incident_ids.gather(draws.log[draw]),
            "auditor": decode(markings.marker[found.of], MARKERS),
            "n": pl.Series(n, dtype=pl.Int32),
            "required_class": decode(found.offence, CLASSES),
            "is_domestic_abuse": found.is_abuse,
            "is_recorded": found.is_recorded,
            "crime_ref": mistype_refs(rng, decode(found.record, refs)),
            "class_correct": where(found.is_recorded, found.is_class_right),
            "recorded_within_24h": where(found.is_recorded, found.is_in_time),
            "failure_reason": decode(found.reason, REASONS),
            "safeguarded": where(found.is_abuse & ~found.is_recorded, found.is_safeguarded),
            "remedied_at": moments(found.remedied),
        }
    )

"""Which recorded crime stands for which crime that an auditor found should have been recorded."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from tests.oracle.chains import survivors

Log = tuple[str, str]  # sample_id, incident_id


@dataclass(frozen=True)
class Drawn:
    """A recorded crime as it stood at the draw's cut. `is_counted`: it was there, a crime, and not wrongly cancelled;
    `is_own`: it is the report's, and no follow-up."""

    crime_ref: str
    offence_class: str | None
    recorded_at: datetime | None
    is_cancelled: bool
    is_counted: bool
    is_own: bool

    @property
    def order(self) -> tuple:
        """Which of several crimes is taken first."""
        return self.is_cancelled, self.recorded_at is None, self.recorded_at or datetime.min, self.crime_ref


class Register:
    """The crimes as the extract holds them, and which cancellations a check found wrong."""

    def __init__(self, crimes: pl.DataFrame, checks: pl.DataFrame) -> None:
        self.crimes = {row["crime_ref"]: row for row in crimes.iter_rows(named=True)}
        self.survivor = survivors(crimes)
        verdicts = checks.filter((pl.col("kind") == "cancellation") & pl.col("is_correct").is_not_null())
        verdicts = verdicts.sort(pl.col("auditor") == "registrar", "sample_id").unique("crime_ref", keep="last")
        self.found_wrong = set(verdicts.filter(~pl.col("is_correct"))["crime_ref"])

    def at_cut(self, crime_ref: str, cut: datetime | None, received: datetime | None, is_linked: bool) -> Drawn | None:
        """What the crime came to by the cut; None where there is no such crime."""
        if crime_ref not in self.crimes:
            return None
        is_wrong = self._is_wrong(crime_ref, cut)
        if not is_wrong and self._is_cancelled(crime_ref, cut):
            crime_ref = self.survivor.get(crime_ref, crime_ref)
        crime = self.crimes[crime_ref]
        recorded = crime["recorded_at"]
        is_there = recorded is None or cut is None or recorded <= cut
        is_follow_up = recorded is not None and received is not None and recorded < received
        is_wrong = is_wrong or self._is_wrong(crime_ref, cut)
        return Drawn(
            crime_ref=crime_ref,
            offence_class=crime["klass"],
            recorded_at=recorded,
            is_cancelled=self._is_cancelled(crime_ref, cut),
            is_counted=is_there and crime["family"] != "n100" and not is_wrong,
            is_own=is_linked and not is_follow_up,
        )

    def _is_cancelled(self, crime_ref: str, cut: datetime | None) -> bool:
        cancelled = self.crimes[crime_ref]["cancelled_at"]
        return cancelled is not None and cut is not None and cancelled <= cut

    def _is_wrong(self, crime_ref: str, cut: datetime | None) -> bool:
        return crime_ref in self.found_wrong and self._is_cancelled(crime_ref, cut)


def matched(required: list[dict], drawn: dict[str, Drawn]) -> dict[int, str]:
    """Of one marker's required crimes of one log, those that are matched: n -> the recorded crime's reference.

    `drawn` holds what every crime that the log is linked to, or that an auditor named, came to. A crime named is
    matched with that one or with none; the others take what is left of the log's own, by class first.
    """
    found: dict[int, str] = {}
    named = {row["n"]: drawn[row["crime_ref"]] for row in required if drawn.get(row["crime_ref"] or "")}
    said = sorted((row for row in required if row["is_recorded"]), key=lambda row: row["n"])
    for row in said:
        crime = named.get(row["n"])
        if crime and crime.is_counted and crime.crime_ref not in found.values():
            found[row["n"]] = crime.crime_ref
    taken = {crime.crime_ref for crime in named.values()}
    free = sorted(
        {crime for crime in drawn.values() if crime.is_own and crime.is_counted and crime.crime_ref not in taken},
        key=lambda crime: crime.order,
    )
    wanting = [row for row in said if row["n"] not in named]
    for fits in (_of_class, _of_any):
        for row in list(wanting):
            crime = next((crime for crime in free if fits(row, crime)), None)
            if crime:
                found[row["n"]] = crime.crime_ref
                free = [other for other in free if other.crime_ref != crime.crime_ref]
                wanting.remove(row)
    return found


def _of_class(row: dict, crime: Drawn) -> bool:
    return row["required_class"] is not None and row["required_class"] == crime.offence_class


def _of_any(_row: dict, _crime: Drawn) -> bool:
    return True


def drawn_crimes(
    logs: pl.DataFrame, required: pl.DataFrame, reports: pl.DataFrame, named: pl.DataFrame, register: Register
) -> dict[Log, dict[str, Drawn]]:
    """For each log drawn (sample_id, incident_id, cut_at): the crimes it is linked to or that an auditor named."""
    by_report = defaultdict(set)
    for report_id, crime_ref in named.select("report_id", "crime_ref").iter_rows():
        by_report[report_id].add(crime_ref)
    report = {row["incident_id"]: row for row in reports.iter_rows(named=True)}
    by_auditor = defaultdict(set)
    for sample_id, incident_id, crime_ref in required.select("sample_id", "incident_id", "crime_ref").iter_rows():
        by_auditor[sample_id, incident_id].add(crime_ref)
    found = {}
    for sample_id, incident_id, cut in logs.select("sample_id", "incident_id", "cut_at").iter_rows():
        own = report.get(incident_id)
        linked = by_report[own["report_id"] if own else incident_id]
        crimes = {
            ref: register.at_cut(ref, cut, own["received_at"] if own else None, ref in linked)
            for ref in linked | by_auditor[sample_id, incident_id]
            if ref is not None
        }
        found[sample_id, incident_id] = {ref: crime for ref, crime in crimes.items() if crime}
    return found

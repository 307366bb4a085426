"""What audits found, period by period, and what it comes to in one sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard import words
from dashboard.access import View

Row = dict[str, Any]

ROLLING_YEAR = "rolling_year"
HEADLINE = {"scope": "inspection", "domain": "all"}
WHOLE_FORCE = (
    "The audit's estimates are of the whole force and of the months audited, whatever the filters at the left."
)


@dataclass(frozen=True)
class AuditPeriod:
    """A sample, or a rolling year of four quarters' samples, with its rows of the tables of estimates."""

    period_id: str
    kind: str
    estimates: tuple[Row, ...]
    comparisons: tuple[Row, ...]

    @property
    def headline(self) -> Row:
        """The estimate of all crime in the inspection scope."""
        return next(row for row in self.estimates if row.items() >= HEADLINE.items())

    @property
    def name(self) -> str:
        """What to call it on screen: the year to 30 June 2019, or the sample 2019-Q2."""
        ends = words.day(self.headline["period_to"])
        return f"the year to {ends}" if self.kind == ROLLING_YEAR else f"the sample {self.period_id}"

    def estimate(self, domain: str, scope: str = "inspection") -> Row | None:
        """The estimate of a part of crime, if there is one."""
        wanted = {"scope": scope, "domain": domain}
        return next((row for row in self.estimates if row.items() >= wanted.items()), None)

    def against(self, measure: str) -> Row | None:
        """The comparison with the latest tested inspection of this force, its statement in words for the screen."""
        own = [
            row for row in self.comparisons if row["measure"] == measure and row["is_own_force"] and row["is_tested"]
        ]
        latest = max(own, key=lambda row: row["year"], default=None)
        return latest and {**latest, "statement": words.escaped(words.signed(latest["statement"]))}


def periods(view: View) -> list[AuditPeriod]:
    """Every sample, and every rolling year with a rate: the latest first, years before the sample they end with. What
    is published of another force than the one shown is left out."""
    estimates = view.table("audit_estimate")
    comparisons = [
        row
        for row in view.table("audit_comparison")
        if not row["is_own_force"] or is_of_this_source(view.info, row["force"])
    ]
    heads = [
        row
        for row in estimates
        if row.items() >= HEADLINE.items() and (row["period_kind"] != ROLLING_YEAR or row["ratio"] is not None)
    ]
    heads.sort(key=lambda row: (row["quarter"], row["period_kind"] == ROLLING_YEAR, row["period_id"]), reverse=True)
    return [
        AuditPeriod(
            head["period_id"],
            head["period_kind"],
            tuple(row for row in estimates if row["period_id"] == head["period_id"]),
            tuple(row for row in comparisons if row["period_id"] == head["period_id"]),
        )
        for head in heads
    ]


def is_of_this_source(info: dict[str, Any], force: str) -> bool:
    """Whether the data shown is of the force inspected, or made up in its likeness."""
    return bool(info["is_synthetic"]) or force.lower() in str(info["source_name"]).lower()


def leading(found: Sequence[AuditPeriod]) -> AuditPeriod | None:
    """The period to lead with: the latest rolling year that has a rate, else the latest sample that has, else the
    latest."""
    rated = [period for period in found if period.headline["ratio"] is not None]
    years = [period for period in rated if period.kind == ROLLING_YEAR]
    return next(iter([*years, *rated, *found]), None)


def why_no_year(view: View) -> str | None:
    """Why the latest rolling year has no rate, where it has none."""
    wanted = {**HEADLINE, "period_kind": ROLLING_YEAR}
    years = [row for row in view.table("audit_estimate") if row.items() >= wanted.items()]
    latest = max(years, key=lambda row: row["quarter"], default=None)
    return reason(latest) if latest else None


def sentence(period: AuditPeriod, measure: str = "all") -> str:
    """What share of crime the force records, and whether that differs from when it was inspected."""
    estimate, compared = period.estimate(measure), period.against(measure)
    if estimate is None or estimate["ratio"] is None:
        why = "" if estimate is None else f": {reason(estimate)}"
        return f"There is no audited rate of {what(measure)} for {words.escaped(period.name)}{why}."
    said = f"We record {words.percent(estimate['ratio'])} of {what(measure)}"
    if estimate["lower"] is not None:
        said += f", 95% interval {words.interval(estimate['lower'], estimate['upper'])}"
    return f"{said}; that is {compared['statement']}." if compared else f"{said}."


def reason(row: Row) -> str:
    """Why a row has no figure, in words for the screen; empty where it does not say."""
    return words.escaped(words.in_plain(row["reason"] or ""))


def what(measure: str) -> str:
    """The part of crime as a sentence says it."""
    return "reported crime" if measure == "all" else words.part_of_crime(measure)


def numbers(period: AuditPeriod) -> str:
    """Numerator, denominator, logs read, period, and whether the registrar has signed."""
    head = period.headline
    logs = f"{words.of(head['sampled'], head['population'])} logs read"
    span = f"reports of {words.day(head['period_from'])} to {words.day(head['period_to'])}"
    return f"{crimes(head)} · {logs} · {span} · {signed(head['status'])}"


def crimes(estimate: Row) -> str:
    """k and n of an estimate."""
    return f"{words.of(estimate['recorded'], estimate['required'])} crimes of the sample recorded"


def signed(status: str) -> str:
    """Whether a figure stands, in words."""
    return "signed by the registrar" if status == "signed" else "provisional: not signed by the registrar yet"

"""How far a recommendation is: what was delivered, and where its measures stood at the inspection, when it was due, and
now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sql.door.errors import UnknownKey
from sql.door.figures import figures
from sql.door.filters import unknown
from sql.door.process_control import ProcessChart, process_charts
from sql.door.snapshot import Metric, Snapshot, rows

AWAITING = "awaiting review"
MOMENTS = ("at the inspection", "at the due date", "now")

Row = dict[str, Any]


@dataclass(frozen=True)
class Standing:
    """Where one measure stood. `moments` has, by name, the `from` and `to` of its months and the figure, or None where
    the data does not cover them; empty where the measure is not available. `chart` is None where none can be drawn."""

    metric: Metric
    moments: dict[str, Row | None]
    chart: ProcessChart | None

    @property
    def variation(self) -> str | None:
        """What the last settled month says: improvement, concern, common_cause, neither; None of a short series."""
        return self._last("variation")

    @property
    def assurance(self) -> str | None:
        """Whether the process can be relied on to meet the target: pass, fail, hit_or_miss; None without a target."""
        return self._last("assurance")

    @property
    def why_none(self) -> str:
        """Why a moment has no figure."""
        lacking = ", ".join(self.metric.missing)
        return f"not available: needs {lacking}" if lacking else "the data does not cover these months"

    def _last(self, name: str) -> str | None:
        points = self.chart.points if self.chart else []
        return points[-1][name] if points and not points[-1]["is_trial"] else None


@dataclass(frozen=True)
class Evidence:
    """A row of ref_recommendation, the rows of ref_recommendation_progress on it, and its measures."""

    recommendation: Row
    progress: list[Row]
    standings: list[Standing]

    @property
    def status(self) -> str:
        """What the owners have recorded; awaiting review until they do."""
        recorded = dict.fromkeys(row["status"] or AWAITING for row in self.progress)
        return ", ".join(recorded) or AWAITING


def evidence(snapshot: Snapshot, ref: str) -> Evidence:
    """The evidence on one recommendation, such as R1a, of the whole force. UnknownKey where there is none of it."""
    asked = {row["ref"]: row for row in rows(snapshot.cursor(), "from ref_recommendation order by ref")}
    if ref not in asked:
        raise UnknownKey(unknown(ref, list(asked), f"recommendation {ref!r}"))
    progress = rows(
        snapshot.cursor(), "from ref_recommendation_progress where ref = $ref order by part, status_date", {"ref": ref}
    )
    metrics = serving(snapshot, ref)
    charted = [metric.metric_id for metric in metrics if metric.is_available and not metric.is_audited]
    charts = process_charts(snapshot, charted)
    return Evidence(
        asked[ref],
        progress,
        [
            Standing(metric, _moments(snapshot, metric, asked[ref]["due_date"]), charts.get(metric.metric_id))
            for metric in metrics
        ],
    )


def serving(snapshot: Snapshot, ref: str) -> list[Metric]:
    """The metrics that bear on a recommendation, those that are not available last."""
    found = [metric for metric in snapshot.metrics.values() if ref in metric.served]
    return sorted(found, key=lambda metric: not metric.is_available)


def _moments(snapshot: Snapshot, metric: Metric, due_date: date) -> dict[str, Row | None]:
    """The figures of the months that the macro standing names."""
    if not metric.is_available:
        return {}
    first_day, last_day = snapshot.span
    if metric.is_stock:
        stock = {"from_month": last_day, "to_month": last_day}
        return {moment: _figure(snapshot, metric, stock) if moment == MOMENTS[-1] else None for moment in MOMENTS}
    found = rows(
        snapshot.cursor(),
        "from standing($maturity_days, $due_date::date, $first_day::date, $last_day::date)",
        {"maturity_days": metric.maturity_days, "due_date": due_date, "first_day": first_day, "last_day": last_day},
    )
    return {row["moment"]: _figure(snapshot, metric, row) if row["is_covered"] else None for row in found}


def _figure(snapshot: Snapshot, metric: Metric, span: Row) -> Row:
    months = {"from": f"{span['from_month']:%Y-%m}", "to": f"{span['to_month']:%Y-%m}"}
    return {**months, **figures(snapshot, metric.metric_id, where=months, median=False)[0]}


def months(standings: Sequence[Standing]) -> list[Row]:
    """Every month of every control chart: its figure, its limits and its signal; of months that may still move, the
    figure and their state."""
    return [
        {"metric_id": standing.metric.metric_id, **row}
        for standing in standings
        if standing.chart
        for row in sorted((*standing.chart.points, *standing.chart.apart), key=lambda row: row["period_start"])
    ]

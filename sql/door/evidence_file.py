"""The evidence on one recommendation as one spreadsheet: figures, months, definitions, data and method, the same as on
the screen."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sql.door.evidence import MOMENTS, Evidence, evidence, months
from sql.door.snapshot import Snapshot, rows, table

if TYPE_CHECKING:
    from sql.door.workbook import Sheet

# The files of statistics that stand behind the figures of any evidence, and those behind audited ones.
METHODS = ("placed", "standing", "settled", "spc_limits", "spc")
AUDIT_METHODS = ("proportion", "beta_quantile")
DELIVERED = {
    "Part": "part", "Delivered on": "delivered_date", "Evidence reference": "evidence_reference",
    "Owner's role": "owner_role", "Status": "status", "As of": "status_date", "Note": "note",
}  # fmt: skip
FILES = {
    "Extract": "extract", "File": "file", "SHA-256 of the file": "sha256", "Rows read": "read", "Loaded": "loaded",
    "Superseded": "superseded", "Rejected": "rejected",
}  # fmt: skip
FIGURES = (
    "Measure", "Id", "When", "From month", "To month", "Met", "Of", "Rate", "Lower", "Upper", "Target, %", "Better",
    "Variation", "Assurance", "Profile", "Remark",
)  # fmt: skip
MONTHS = ("Id", "Month", "Met", "Of", "Rate", "Mean", "Lower limit", "Upper limit", "Signal", "State")
DEFINITIONS = (
    "Id", "Title", "Question", "One row is", "Met when", "Kind", "Needs", "Settles after, days", "Bear in mind",
    "Source", "SQL",
)  # fmt: skip


def evidence_file(snapshot: Snapshot, ref: str) -> bytes:
    """The evidence on the recommendation as the content of an .xlsx file. UnknownKey where there is none of it."""
    from sql.door.workbook import written  # its library takes long to import, and few ask for a file

    title, info = f"Evidence on {ref}", snapshot.info
    return written(_sheets(snapshot, evidence(snapshot, ref)), title, info["source_name"] or "", info["data_cut"])


def _sheets(snapshot: Snapshot, found: Evidence) -> "list[Sheet]":
    from sql.door.workbook import Sheet

    delivered = ([row[name] for name in DELIVERED.values()] for row in found.progress)
    files = ([row[name] for name in FILES.values()] for row in table(snapshot, "file_delivery", order="extract"))
    return [
        Sheet("Recommendation", ("What", "Answer"), _summary(snapshot, found)),
        Sheet("Delivered", tuple(DELIVERED), delivered),
        Sheet("Figures", FIGURES, _figures(found), shares=("Rate", "Lower", "Upper")),
        Sheet("Months", MONTHS, _months(found), shares=("Rate", "Mean", "Lower limit", "Upper limit")),
        Sheet("Definitions", DEFINITIONS, _definitions(found)),
        Sheet("Data", tuple(FILES), files),
        Sheet("Method", ("File", "What it computes", "One row is", "SQL"), _methods(snapshot, found)),
    ]


def _summary(snapshot: Snapshot, found: Evidence) -> list[tuple[str, Any]]:
    asked, info = found.recommendation, snapshot.info
    return [
        ("Recommendation", f"{asked['ref']}: {asked['theme']}"),
        ("What was asked", asked["ask"]),
        ("Due", asked["due_date"]),
        ("Asked for in", asked["source"]),
        ("Status", found.status),
        ("Force", info["source_name"]),
        ("Data", "made up: of no real force" if info["is_synthetic"] else "as the force delivered it"),
        ("Data cut (UTC)", info["data_cut"]),
        ("Snapshot of run", info["run"]),
        ("Read with profile", info["profile"]),
        ("Months are those of", info["time_zone"]),
        ("Built with", info["built_with"]),
        ("Figures", "Of the whole force. A figure of an audit has its 95% interval; strata are not weighted in it."),
    ]


def _figures(found: Evidence) -> Iterable[Sequence[Any]]:
    for standing in found.standings:
        one, chart = standing.metric, standing.chart
        for moment in MOMENTS:
            figure = standing.moments.get(moment) or {}
            values = [figure.get(name) for name in ("from", "to", "met", "of", "rate", "lower", "upper")]
            last = [standing.variation, standing.assurance, chart and chart.profile]
            yield [
                one.title, one.metric_id, moment, *values, one.target, one.better,
                *(last if moment == MOMENTS[-1] else [None] * 3), None if figure else standing.why_none,
            ]  # fmt: skip


def _months(found: Evidence) -> Iterable[Sequence[Any]]:
    for row in months(found.standings):
        judged = [None] * 4
        if not row.get("is_trial", True):
            judged = [row["mean"], row["lower_limit"], row["upper_limit"], row["signal"]]
        figure = [row["numerator"], row["denominator"], row["value"]]
        yield [row["metric_id"], row["period_start"], *figure, *judged, row["state"]]


def _definitions(found: Evidence) -> Iterable[Sequence[Any]]:
    for one in (standing.metric for standing in found.standings):
        yield [
            one.metric_id, one.title, one.question, one.row_meaning, one.met, one.kind, ", ".join(one.needs),
            one.maturity_days, one.caveats, one.source, one.sql,
        ]  # fmt: skip


def _methods(snapshot: Snapshot, found: Evidence) -> Iterable[Sequence[Any]]:
    has_audit = any(standing.metric.is_audited for standing in found.standings)
    names = [*METHODS, *(AUDIT_METHODS if has_audit else ())]
    query = "from method where name in (select unnest($names)) order by position"
    for row in rows(snapshot.cursor(), query, {"names": names}):
        yield [f"{row['name']}.sql", row["what"], row["row_meaning"], row["text"]]

"""The records behind a figure: what the metric's SELECT yields, and then the record's own columns."""

from typing import TYPE_CHECKING, Any

from sql.door.errors import NotAvailable
from sql.door.filters import DIMENSIONS, FILTERS, Where, as_condition, checked, limited
from sql.door.snapshot import Metric, Snapshot, metric, rows

if TYPE_CHECKING:
    import pyarrow

RECORD_FILTERS = (*FILTERS, "is_met")
RECORD_KEYS = {
    "incident": "incident_id",
    "crime": "crime_ref",
    "appointment": "appointment_id",
    "closure": "closure_id",
    "audit_log": "audit_log_id",
    "audit_crime": "audit_crime_id",
    "record_check": "record_check_id",
    "training": "training_id",
}


def records(
    snapshot: Snapshot, metric_id: str, where: Where | None = None, *, limit: int | None = None
) -> list[dict[str, Any]]:
    """The records the metric counts, latest first: what its SELECT yields and then the record's own columns.

    where: as for `figures`; `is_met` too is a key here. Raises as `figures` does.
    """
    query, values = _records_query(snapshot, metric_id, where or {}, limit)
    return rows(snapshot.cursor(), query, values)


def records_table(
    snapshot: Snapshot, metric_id: str, where: Where | None = None, *, limit: int | None = None, in_utc: bool = False
) -> "pyarrow.Table":
    """The same records as an Arrow table, quick at any length; its moments are in the force's own time, or in UTC."""
    query, values = _records_query(snapshot, metric_id, where or {}, limit)
    found, zone = snapshot.cursor().sql(query, params=values), snapshot.info["time_zone"] or "UTC"
    if in_utc:
        return found.to_arrow_table()
    columns = [
        f"timezone('{zone}', timezone('UTC', {name})) as {name}" if kind == "TIMESTAMP" else name
        for name, kind in zip(found.columns, map(str, found.types), strict=True)
    ]
    return found.project(", ".join(columns)).to_arrow_table()


def _records_query(snapshot: Snapshot, metric_id: str, where: Where, limit: int | None) -> tuple[str, dict[str, Any]]:
    asked = metric(snapshot, metric_id)
    wanted = checked((), where, RECORD_FILTERS, asked.also_by)
    if not asked.is_available:
        raise NotAvailable(metric_id, asked.missing)
    condition, values = as_condition(wanted)
    own = RECORD_KEYS[asked.record]
    query = (
        f"with metric_rows as ({asked.sql}\n), "
        f"chosen as (select * exclude (month, week) from placed('metric_rows') where {condition} "
        f"order by placed_at desc, record_id {limited(limit)}) "
        f"select chosen.*, record.* exclude ({own}, {', '.join(_shared(snapshot, asked))}) "
        f"from chosen left join fact_{asked.record} as record on chosen.record_id = record.{own} "
        f"order by chosen.placed_at desc, chosen.record_id"
    )
    return query, values


def _shared(snapshot: Snapshot, asked: Metric) -> list[str]:
    """Columns of a fact that the metric's own SELECT already yields."""
    names = ("placed_at", *DIMENSIONS, asked.also_by, "is_met", "measure")
    found = rows(
        snapshot.cursor(),
        "select column_name from duckdb_columns() where table_name = $name",
        {"name": f"fact_{asked.record}"},
    )
    return [str(row["column_name"]) for row in found if row["column_name"] in names]

"""Where an analyst has declared, with a reason, that a chart starts anew: the rows of the reference table rebase."""

from typing import Any

from sql.door.errors import UnknownKey, UnknownMetric
from sql.door.filters import DIMENSIONS, GRAINS, Where, several, typed
from sql.door.snapshot import Snapshot, metric, rows, values_of


def rebases(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Every declared rebase, with the day it `starts_on`; or, where it cannot be applied, None and the `problem`."""
    return [_read(snapshot, row) for row in rows(snapshot.cursor(), "from ref_rebase order by metric_id, period")]


def holds(rebase: dict[str, Any], grain: str, where: Where) -> bool:
    """Whether it is declared for a chart under those filters: for that slice and all within it, or for every one."""
    if rebase["grain"] in GRAINS and rebase["grain"] != grain:
        return False
    dimension = rebase["dimension"]
    if dimension is None or dimension not in DIMENSIONS:
        return True
    return [str(value).lower() for value in several(where.get(dimension))] == [str(rebase["value"]).lower()]


def _read(snapshot: Snapshot, row: dict[str, Any]) -> dict[str, Any]:
    try:
        return {**row, "starts_on": _start(snapshot, row), "problem": ""}
    except (UnknownKey, UnknownMetric) as error:
        return {**row, "starts_on": None, "problem": str(error)}


def _start(snapshot: Snapshot, row: dict[str, Any]) -> Any:
    """The first day of the period it names; raises for what is missing or means nothing."""
    metric(snapshot, row["metric_id"] or "")
    if row["grain"] not in GRAINS:
        raise UnknownKey(f"its grain is {row['grain']!r}: give {' or '.join(GRAINS)}")
    if row["dimension"] is not None and str(row["value"]) not in values_of(snapshot, row["dimension"]):
        raise UnknownKey(f"no record has the {row['dimension']} {row['value']!r}")
    if not (row["reason"] or "").strip():
        raise UnknownKey("it gives no reason")
    return typed(row["grain"], row["period"] or "")

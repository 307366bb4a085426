"""Which of a metric's needs a source lacks."""

from tests.oracle.reference import Reference
from tests.oracle.stage import Stage


def missing(needs: list[str], stage: Stage, reference: Reference) -> list[str]:
    """The needs that nothing fills: no row that stands holds a value of the column, or no target is set.

    A need may name several (`incident.closing_code or incident.qualifiers`), of which one is enough.
    """
    filled = {
        f"{extract}.{column}"
        for extract, rows in stage.rows.items()
        for column in rows.columns
        if rows[column].count() > 0
    }
    filled |= {f"target.{target_id}" for target_id in reference.target["target_id"]}
    return [need for need in needs if filled.isdisjoint(need.split(" or "))]

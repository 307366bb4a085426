"""How a metric is declared here: expressions over the rows of its record."""

from dataclasses import dataclass

import polars as pl

DIMENSIONS = ("district", "team_id", "offence_group", "is_domestic_abuse", "channel", "grade")
OUTPUT = ("record_id", "placed_at", *DIMENSIONS, "is_met", "measure", "also_by")


@dataclass(frozen=True)
class Definition:
    """Which rows count, which of them meet the metric, which moment places them and which team is judged; and the
    metric's own key, where it has one.

    An expression that is unknown for a row does not count it, or does not meet.
    """

    fact: str
    key: str
    counted: pl.Expr
    met: pl.Expr
    placed_at: str
    team_id: str
    measure: pl.Expr | None = None
    also_by: str | None = None

    def rows(self, facts: dict[str, pl.DataFrame]) -> pl.DataFrame:
        """The rows counted, with the columns of OUTPUT."""
        return (
            facts[self.fact]
            .filter(self.counted.fill_null(False))
            .select(
                pl.col(self.key).alias("record_id"),
                pl.col(self.placed_at).alias("placed_at"),
                "district",
                pl.col(self.team_id).alias("team_id"),
                "offence_group",
                "is_domestic_abuse",
                "channel",
                "grade",
                self.met.fill_null(False).alias("is_met"),
                (pl.lit(None) if self.measure is None else self.measure).cast(pl.Float64).alias("measure"),
                (pl.lit(None, pl.String) if self.also_by is None else pl.col(self.also_by)).alias("also_by"),
            )
        )

"""What a snapshot answers: `metrics`, `metric`, `records` and `explain`. All four ask through the door of `sql/`."""

from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.commands.common import HOME, MISUSED, CommandFailed, HomeOption, opened, say
from pipelines.commands.output import Format, printable, show, show_json

if TYPE_CHECKING:
    from sql import Metric

TABLE_ROWS = 50
ROWS_AT_A_TIME = 10_000  # of a whole record list, so that it never stands in memory as Python objects

FormatOption = Annotated[Format, typer.Option("--format", help="How to write the rows.")]
MetricArgument = Annotated[str, typer.Argument(metavar="ID", help="The metric's id, as `cdi metrics` lists it.")]
WhereOption = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        metavar="KEY=VALUE",
        help="Only these: district=North, from=2018-01, to=2018-12. The same key twice means either; district= means "
        "those without a value.",
    ),
]


class Layout(StrEnum):
    """How a definition is written."""

    text = "text"
    json = "json"


def metrics(home: HomeOption = HOME, format: FormatOption = Format.table) -> None:
    """List the metrics: what each serves, whether higher is better, and what it lacks where it is not available."""
    import sql

    with opened(home) as snapshot:
        rows = [
            {
                "id": metric.metric_id,
                "title": metric.title,
                "serves": metric.serves,
                "better": metric.better,
                "available": metric.is_available,
                "missing": list(metric.missing),
            }
            for metric in sql.metrics(snapshot)
        ]
    show(rows, format, ("id", "title", "serves", "better", "available", "missing"))


def metric(
    metric_id: MetricArgument,
    home: HomeOption = HOME,
    by: Annotated[
        list[str] | None, typer.Option("--by", metavar="KEY,...", help="Break down by month, week, team_id, ...")
    ] = None,
    where: WhereOption = None,
    exact: Annotated[
        bool, typer.Option("--exact", help="Exact intervals of audited checks, in place of Wilson's.")
    ] = False,
    format: FormatOption = Format.table,
) -> None:
    """Give a metric's figures: how many records met it, of how many, and the rate; of audited checks, with its 95%
    interval."""
    import sql

    keys = tuple(dict.fromkeys(key.strip() for key in ",".join(by or ()).split(",") if key.strip()))
    with opened(home) as snapshot:
        try:
            rows = sql.figures(snapshot, metric_id, by=keys, where=_conditions(where), exact=exact)
        except sql.NotAvailable as error:
            _say_not_available(error.missing, format, (*keys, "met", "of", "rate"))
            return
    show(rows, format, tuple(rows[0]) if rows else (*keys, "met", "of", "rate"))
    if where and not any(row["of"] for row in rows):
        _say_nothing_matches(where)


def records(
    metric_id: MetricArgument,
    home: HomeOption = HOME,
    failing: Annotated[bool, typer.Option("--failing", help="Only the records that did not meet it.")] = False,
    where: WhereOption = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help=f"At most so many; a table shows {TABLE_ROWS} unless told.")
    ] = None,
    format: FormatOption = Format.table,
) -> None:
    """List the records behind a metric's figure, each with whether it met it.

    A table shows the columns that every metric has; CSV and JSON hold all the columns of the record.
    """
    import sql

    common = ("record_id", "placed_at", *sql.DIMENSIONS, "is_met")
    conditions = {**_conditions(where), **({"is_met": "false"} if failing else {})}
    most = limit or (TABLE_ROWS if format is Format.table else None)
    with opened(home) as snapshot:
        try:
            if most is None:
                every = sql.records_table(snapshot, metric_id, conditions, in_utc=True)
                pieces = every.to_batches(max_chunksize=ROWS_AT_A_TIME)
                show((row for piece in pieces for row in piece.to_pylist()), format, every.column_names)
                if where and not every.num_rows:
                    _say_nothing_matches(where)
                return
            rows = sql.records(snapshot, metric_id, conditions, limit=most + 1)
        except sql.NotAvailable as error:
            _say_not_available(error.missing, format, common)
            return
    names = tuple(rows[0]) if rows else common
    shown = tuple(name for name in names if name in (*common, "measure")) if format is Format.table else names
    show(rows[:most], format, shown)
    if where and not rows:
        _say_nothing_matches(where)
    if len(rows) > most:
        say(f"the first {most:,} are shown and there are more: --limit N shows more, --format csv all of them")


def explain(
    metric_id: MetricArgument,
    home: HomeOption = HOME,
    format: Annotated[Layout, typer.Option("--format", help="How to write the definition.")] = Layout.text,
) -> None:
    """Show a metric's definition and the SQL that counts it."""
    import sql

    with opened(home) as snapshot:
        found = sql.metric(snapshot, metric_id)
    if format is Layout.json:
        show_json(asdict(found))
    else:
        _show_definition(found)


def _conditions(where: list[str] | None) -> dict[str, Any]:
    """`["district=North", "district=", "from=2018-01"]` as {"district": ["North", None], "from": "2018-01"}: an empty
    value asks for the records without one."""
    conditions: dict[str, list[str | None]] = {}
    for pair in where or ():
        key, sign, value = pair.partition("=")
        if not sign or not key.strip():
            raise CommandFailed(f"--where {pair}: give KEY=VALUE, such as --where district=North", MISUSED)
        conditions.setdefault(key.strip(), []).append(value.strip() or None)
    return {key: values[0] if len(values) == 1 else values for key, values in conditions.items()}


def _say_nothing_matches(where: list[str]) -> None:
    """A value that no record has may be a slip of the pen: a figure of nothing should not pass for an answer."""
    say(f"no record matches {' and '.join(where)}: see how `cdi metric ID --by KEY` spells the values of a key")


def _say_not_available(missing: tuple[str, ...] | list[str], format: Format, columns: tuple[str, ...]) -> None:
    sentence = f"not available: needs {', '.join(missing)}"
    if format is Format.table:
        print(sentence)
    else:
        show([], format, columns)
        say(sentence)


def _show_definition(metric: "Metric") -> None:
    lines = (
        ("question", metric.question),
        ("one row is", metric.row_meaning),
        ("met when", metric.met),
        ("better", metric.better),
        ("serves", metric.serves),
        ("kind", metric.kind),
        ("target", "" if metric.target is None else f"{metric.target:g}"),
        ("judges", metric.judges),
        ("also by", metric.also_by or ""),
        ("needs", ", ".join(metric.needs)),
        ("available", "yes" if metric.is_available else f"no: needs {', '.join(metric.missing)}"),
        ("caveats", metric.caveats),
        ("source", metric.source),
    )
    print(f"{metric.title} ({metric.metric_id})\n")
    for name, value in lines:
        if value:
            print(f"{name + ':':12}{printable(value)}")
    print(f"\n{metric.sql.strip()}")

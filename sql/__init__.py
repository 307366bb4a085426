"""The door to a snapshot: opens it, lists its metrics, gives figures and the records behind them.

The pages and the `cdi` command both come through here. What a metric counts is said by its own SELECT, which travels
inside the snapshot; the door only groups, filters and lists what that SELECT yields.
"""

import difflib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

if TYPE_CHECKING:
    import pyarrow

DIMENSIONS = ("district", "team_id", "offence_group", "is_domestic_abuse", "channel", "grade")
GRAINS = ("month", "week")
KEYS = (*GRAINS, *DIMENSIONS)
PERIOD_KEYS = ("from", "to")
FILTERS = (*KEYS, *PERIOD_KEYS)
RECORD_FILTERS = (*FILTERS, "is_met")
RECORD_KEYS = {
    "incident": "incident_id",
    "crime": "crime_ref",
    "appointment": "appointment_id",
    "closure": "closure_id",
}

PROFILES = ("nhsr_0_2_2", "mdc_2023")
CHARTS = {"xmr": "xmr_limits('series', $profile)", "p_prime": "laney_limits('series')"}
PROCESS_MACROS = ("trends/spc_limits", "trends/spc", "trends/settled")
# The audit's estimates, in the order in which they call on one another.
ESTIMATE_MACROS = (
    "trends/beta_quantile",
    "trends/t_quantile",
    "trends/proportion",
    "trends/ratio_estimate",
    "trends/ratio_by_stratum",
    "trends/ratio_by_domain",
    "trends/audited_rate",
    "trends/rolling_year",
    "trends/agreement",
    "trends/checked_rate",
    "trends/against_baseline",
    "trends/extrapolation",
    "trends/recorded_year",
)

Where = Mapping[str, Any]


class DoorError(Exception):
    """A question the snapshot cannot answer. The message says what was wrong and what to do."""


class NoSnapshot(DoorError):
    """Nothing has been published in this home folder."""


class UnknownMetric(DoorError):
    """No metric of that id."""


class UnknownKey(DoorError):
    """A key or value to group or filter by that metrics do not have."""


class NotAvailable(DoorError):
    """The source lacks a column the metric needs. `missing` names them."""

    def __init__(self, metric_id: str, missing: Sequence[str]) -> None:
        self.metric_id = metric_id
        self.missing = tuple(missing)
        super().__init__(f"{metric_id} is not available: needs {', '.join(missing)}")


@dataclass(frozen=True)
class Snapshot:
    """One published snapshot, opened to be read. `info` is the row of snapshot_info."""

    name: str
    path: Path
    con: duckdb.DuckDBPyConnection = field(repr=False)
    info: dict[str, Any]

    @cached_property
    def metrics(self) -> "dict[str, Metric]":
        """Every metric by its id, in order, those that are not available included."""
        found = rows(self.con.cursor(), "select * from metric order by position")
        return {row["metric_id"]: Metric(**row) for row in found}

    @cached_property
    def span(self) -> tuple[date | None, date]:
        """See the function `span`."""
        query = (
            "select coalesce((select min(reported_date) from fact_incident), "
            "(select min(local_date(received_at)) from fact_crime)) as first_day, "
            "local_date(data_cut) as last_day from snapshot_info"
        )
        found = rows(self.con.cursor(), query)[0]
        return found["first_day"], found["last_day"]

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection of its own for one thread."""
        return self.con.cursor()

    def close(self) -> None:
        """Let go of the file."""
        self.con.close()


@dataclass(frozen=True)
class Metric:
    """A metric as its file declares it; `missing` names the columns the source lacks. See the table `metric`."""

    metric_id: str
    title: str
    question: str
    record: str
    row_meaning: str
    met: str
    better: str
    serves: str
    kind: str
    target: float | None
    measure: str | None
    judges: str
    maturity_days: int
    caveats: str
    source: str
    needs: list[str]
    missing: list[str]
    is_available: bool
    position: int
    sql: str
    columns: str


@dataclass(frozen=True)
class ProcessChart:
    """A metric's control chart. `points` are its settled periods as the macro spc_signals gives them; `apart` are the
    others, with the `state` that keeps them out of means, limits and rules (see the macro settled)."""

    profile: str
    chart: str
    rebased: dict[str, str]
    points: list[dict[str, Any]]
    apart: list[dict[str, Any]]


@dataclass(frozen=True)
class Signals:
    """Slices whose last settled period gives a signal: that point of each. `expected` is how many of the slices
    `examined` would give one by chance; `too_short` slices had too few periods."""

    examined: int
    too_short: int
    expected: float
    points: list[dict[str, Any]]


def current_name(home: Path) -> str | None:
    """Name of the snapshot that is current, such as snap_r0001.duckdb; None before the first refresh."""
    try:
        return (home / "CURRENT").read_text("utf-8").strip() or None
    except FileNotFoundError:
        return None


def open_snapshot(home: Path, name: str | None = None) -> Snapshot:
    """The named snapshot, else the current one, read-only. NoSnapshot where there is none."""
    name = name or current_name(home)
    if name is None:
        raise NoSnapshot(f"nothing is published in {home}: run `cdi demo`, or `cdi refresh FOLDER`, first")
    path = home / "snapshots" / name
    if not path.exists():
        raise NoSnapshot(f"{home} has no snapshot {name}: run `cdi status` to see those there are")
    con = duckdb.connect(str(path), read_only=True, config={"memory_limit": "800MB", "enable_external_access": "false"})
    return Snapshot(name=name, path=path, con=con, info=rows(con, "select * from snapshot_info")[0])


def rows(con: duckdb.DuckDBPyConnection, query: str, values: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """What a query yields, a dict a row."""
    result = con.execute(query, dict(values or {}))
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def table(
    snapshot: Snapshot, name: str, where: Where | None = None, *, order: str = "", limit: int | None = None
) -> list[dict[str, Any]]:
    """The rows of a table of the snapshot, such as extract_delivery or fact_crime, whose columns hold the values given
    (one, or any of a list); ordered by `order`, a column with or without ` desc`. For lists of a page's length."""
    if not (columns := meanings(snapshot, name)):
        raise UnknownKey(f"there is no table {name!r} in {snapshot.name}")
    for column in (*(where or {}), *([order.removesuffix(" desc")] if order else [])):
        if column not in columns:
            raise UnknownKey(_unknown(column, list(columns), f"column {column!r} in {name}"))
    condition, values = _condition({key: _several(value) for key, value in (where or {}).items()})
    query = f"select * from {name} where {condition} {'order by ' + order if order else ''} {_limited(limit)}"
    return rows(snapshot.cursor(), query, values)


def metrics(snapshot: Snapshot) -> list[Metric]:
    """Every metric of the snapshot, those that are not available included."""
    return list(snapshot.metrics.values())


def metric(snapshot: Snapshot, metric_id: str) -> Metric:
    """The metric of that id; UnknownMetric, with the nearest ids, where there is none."""
    if metric_id not in snapshot.metrics:
        near = difflib.get_close_matches(metric_id, snapshot.metrics, n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else "`cdi metrics` lists them"
        raise UnknownMetric(f"there is no metric {metric_id!r}: {hint}")
    return snapshot.metrics[metric_id]


def figures(
    snapshot: Snapshot,
    metric_id: str,
    by: Sequence[str] = (),
    where: Where | None = None,
    *,
    stored: bool = True,
    median: bool = True,
) -> list[dict[str, Any]]:
    """The metric's figures: a row for each combination of the `by` keys, with `met`, `of` and `rate` (met / of, None
    where nothing is counted), and `median` where the metric has a measure.

    by: month, week, or a dimension. where: values, or lists of values, for the same keys; `from` and `to` are months,
    both included. Totals stored in the snapshot answer where they can (`stored=False` counts the records instead);
    they hold no medians, and `median=False` does without. Raises UnknownMetric, UnknownKey, NotAvailable.
    """
    asked = metric(snapshot, metric_id)
    where = _checked(by, where or {})
    if not asked.is_available:
        raise NotAvailable(metric_id, asked.missing)
    median = median and asked.measure is not None
    if stored and not median and (found := _stored(snapshot, metric_id, by, where)) is not None:
        return _with_rates(found, by)
    condition, values = _condition(where)
    keys = ", ".join(by)
    query = (
        f"with metric_rows as ({asked.sql}\n) select {keys + ',' if keys else ''} "
        f'count(*) filter (is_met) as met, count(*) as "of"{", median(measure) as median" if median else ""} '
        f"from placed('metric_rows') where {condition} {'group by all order by ' + keys if keys else ''}"
    )
    return _with_rates(rows(snapshot.cursor(), query, values), by)


def records(
    snapshot: Snapshot, metric_id: str, where: Where | None = None, *, failing: bool = False, limit: int | None = None
) -> list[dict[str, Any]]:
    """The records the metric counts, latest first: what its SELECT yields and then the record's own columns.

    where: as for `figures`; `is_met` too is a key here. failing: only those that do not meet the metric. Raises as
    `figures` does.
    """
    query, values = _records_query(snapshot, metric_id, where or {}, failing, limit)
    return rows(snapshot.cursor(), query, values)


def records_table(
    snapshot: Snapshot, metric_id: str, where: Where | None = None, *, limit: int | None = None, in_utc: bool = False
) -> "pyarrow.Table":
    """The same records as an Arrow table, quick at any length; its moments are in the force's own time, or in UTC."""
    query, values = _records_query(snapshot, metric_id, where or {}, False, limit)
    found, zone = snapshot.cursor().sql(query, params=values), snapshot.info["time_zone"] or "UTC"
    if in_utc:
        return found.to_arrow_table()
    columns = [
        f"timezone('{zone}', timezone('UTC', {name})) as {name}" if kind == "TIMESTAMP" else name
        for name, kind in zip(found.columns, map(str, found.types), strict=True)
    ]
    return found.project(", ".join(columns)).to_arrow_table()


def _records_query(
    snapshot: Snapshot, metric_id: str, where: Where, failing: bool, limit: int | None
) -> tuple[str, dict[str, Any]]:
    asked = metric(snapshot, metric_id)
    checked = _checked((), where, RECORD_FILTERS)
    if not asked.is_available:
        raise NotAvailable(metric_id, asked.missing)
    condition, values = _condition(checked)
    own = RECORD_KEYS[asked.record]
    query = (
        f"with metric_rows as ({asked.sql}\n), "
        f"chosen as (select * exclude (month, week) from placed('metric_rows') where {condition} "
        f"{'and not is_met' if failing else ''} order by placed_at desc, record_id {_limited(limit)}) "
        f"select chosen.*, record.* exclude ({own}, {', '.join(_shared(snapshot, asked.record))}) "
        f"from chosen left join fact_{asked.record} as record on chosen.record_id = record.{own} "
        f"order by chosen.placed_at desc, chosen.record_id"
    )
    return query, values


def process_chart(
    snapshot: Snapshot,
    metric_id: str,
    grain: str = "month",
    where: Where | None = None,
    profile: str = PROFILES[0],
    *,
    chart: str = "p_prime",
    rebased: Mapping[str, str] | None = None,
) -> ProcessChart:
    """The metric's control chart by month or week: a Laney p' chart of the rate, or an XmR chart of it.

    rebased: periods (2018-05, or a Monday) from which an analyst starts anew -> the reason. Raises as `figures` does.
    """
    if grain not in GRAINS:
        raise UnknownKey(f"no chart by {grain!r}, whose periods overlap or are none: give {' or '.join(GRAINS)}")
    asked, rebased = metric(snapshot, metric_id), dict(rebased or {})
    counts = [row for row in figures(snapshot, metric_id, (grain,), where, median=False) if row[grain] is not None]
    first_day, last_day = snapshot.span
    starts = [_typed(grain, period) for period in rebased]
    values = {
        "period_at": [_typed(grain, row[grain]) for row in counts],
        "numerator": [row["met"] for row in counts],
        "denominator": [row["of"] for row in counts],
        "starts": starts,
        "profile": profile,
        "better": asked.better,
        "target": None if asked.target is None else asked.target / 100,
        "grain": grain,
        "maturity": asked.maturity_days,
        "first_day": first_day,
        "last_day": last_day,
    }
    query = (
        "with counts as (select unnest($period_at::date[]) as period_at, unnest($numerator::bigint[]) as numerator, "
        "unnest($denominator::bigint[]) as denominator), "
        "periods as (from settled('counts', $grain, $maturity, $first_day::date, $last_day::date)), "
        "series as (select *, list_contains($starts::date[], period_at) as is_rebased from periods "
        f"where state = 'settled'), {_signals(profile, chart)} "
        "select *, 'settled' as state from signals union all by name from periods where state <> 'settled' "
        "order by period_at"
    )
    found = rows(snapshot.cursor(), query, values)
    points = [row for row in found if row["state"] == "settled"]
    if set(starts) - {row["period_at"] for row in points} or not all(map(str.strip, rebased.values())):
        raise UnknownKey(f"a rebase needs a settled {grain} of the chart, and a reason: {rebased}")
    return ProcessChart(profile, chart, rebased, points, [row for row in found if row["state"] != "settled"])


def signals(
    snapshot: Snapshot, metric_id: str, by: str, grain: str = "month", where: Where | None = None, **options: Any
) -> Signals:
    """The slices of the metric by a dimension whose control chart ends in a signal, out of how many examined, and how
    many such signals slices that do not change would give (simulated, see ref_spc_false_signal). Slices with fewer
    than 13 settled periods are not examined. options: profile and chart of `process_chart`."""
    slices = [row[by] for row in figures(snapshot, metric_id, (by,), where, median=False)]
    expected, found, examined = 0.0, [], 0
    query = (
        "select value from ref_spc_false_signal where profile = $profile and chart = $chart "
        "order by abs(n - $n), n limit 1"
    )
    for value in slices:
        chart = process_chart(snapshot, metric_id, grain, {**(where or {}), by: value}, **options)
        if not chart.points or chart.points[-1]["is_trial"]:
            continue
        examined += 1
        length = {"profile": chart.profile, "chart": chart.chart, "n": len(chart.points)}
        expected += rows(snapshot.cursor(), query, length)[0]["value"]
        if chart.points[-1]["signal"] is not None:
            found.append({by: value, **chart.points[-1]})
    return Signals(examined, len(slices) - examined, expected, found)


def process_control() -> duckdb.DuckDBPyConnection:
    """A database in memory, without a snapshot, that knows the macros `process_points` calls."""
    con = duckdb.connect()
    for name in PROCESS_MACROS:
        con.execute((Path(__file__).parent / f"{name}.sql").read_text("utf-8"))
    return con


def process_points(
    con: duckdb.DuckDBPyConnection,
    series: Sequence[Mapping[str, Any]],
    profile: str,
    chart: str,
    better: str = "neither",
    target: float | None = None,
) -> list[dict[str, Any]]:
    """The points of a control chart of any series: dicts in order, each with value, is_rebased and, both None but for
    p_prime, numerator and denominator."""
    columns = {"value": "double", "numerator": "double", "denominator": "double", "is_rebased": "boolean"}
    listed = ", ".join(f"unnest(${name}::{kind}[]) as {name}" for name, kind in columns.items())
    query = (
        f"with series as (select unnest(range(len($value))) as period_at, {listed}), {_signals(profile, chart)} "
        "from signals order by position"
    )
    values = {name: [row[name] for row in series] for name in columns}
    return rows(con, query, {**values, "profile": profile, "better": better, "target": target})


def _signals(profile: str, chart: str) -> str:
    """The CTEs limits and signals over a CTE series; UnknownKey where profile or chart is none."""
    for word, valid in ((profile, PROFILES), (chart, CHARTS)):
        if word not in valid:
            raise UnknownKey(f"there is no process control by {word!r}: give {' or '.join(valid)}")
    return (
        f"limits as (from {CHARTS[chart]}), signals as (from spc_signals('limits', $profile, $better, $target::double))"
    )


def funnel(snapshot: Snapshot, metric_id: str, where: Where | None = None) -> list[dict[str, Any]]:
    """The teams that the metric judges, each with its rate, the rate expected of its mix and the limits round it, over
    the settled months: the columns of the macro funnel. Audited rates are samples and have none. Raises as `figures`
    does."""
    asked = metric(snapshot, metric_id)
    if not asked.is_available:
        raise NotAvailable(metric_id, asked.missing)
    if asked.kind == "audited":
        raise UnknownKey(f"{metric_id} is estimated from a sample, which is too small to compare teams by")
    condition, values = _condition(_checked((), where or {}))
    query = (
        f"with metric_rows as ({asked.sql}), chosen as (select * from placed('metric_rows') where {condition} "
        "and last_day(month) + $maturity_days::integer <= $last_day::date) from funnel('chosen')"
    )
    return rows(
        snapshot.cursor(),
        query,
        {**values, "maturity_days": asked.maturity_days, "last_day": snapshot.span[1]},
    )


def completeness(snapshot: Snapshot, where: Where | None = None) -> list[dict[str, Any]]:
    """How complete each month of in-scope logs is, and the share of them that will have been recorded within 90 days:
    the columns of the macro completeness. `where` as for `figures`; NotAvailable where crimes have no times."""
    condition, values = _condition(_checked((), where or {}))
    missing = metric(snapshot, "logs_recorded").missing
    timed = table(snapshot, "data_dictionary", {"extract": "crime", "column_name": "recorded_at", "is_delivered": True})
    if missing or not timed:
        raise NotAvailable("completeness", [*missing, *([] if timed else ["crime.recorded_at"])])
    query = (
        "with logs as (select *, reported_at as placed_at, is_recorded as is_met from fact_incident), "
        f"chosen as (select * from placed('logs') where {condition}), days as (from recorded_delays('chosen')) "
        "from completeness('days', $last_day::date)"
    )
    last_whole_day = snapshot.span[1] - timedelta(days=1)
    return rows(snapshot.cursor(), query, {**values, "last_day": last_whole_day})


def states(snapshot: Snapshot, where: Where | None = None) -> dict[str, int]:
    """How many incident logs are in each recording state; `where` as for `figures`, by local month of the report."""
    condition, values = _condition(_checked((), where or {}))
    query = (
        "with logs as (select *, reported_at as placed_at, is_recorded as is_met from fact_incident) "
        "select recording_state, count(*) as logs from placed('logs') "
        f"where {condition} group by all order by logs desc, recording_state"
    )
    return {row["recording_state"]: row["logs"] for row in rows(snapshot.cursor(), query, values)}


def values_of(snapshot: Snapshot, dimension: str) -> list[str]:
    """The values a dimension takes in any metric of the snapshot, in order."""
    if dimension not in DIMENSIONS:
        raise UnknownKey(_unknown(dimension, DIMENSIONS))
    query = "select distinct value from metric_total where dimension = $name and grain = 'all' order by value"
    return [row["value"] for row in rows(snapshot.cursor(), query, {"name": dimension}) if row["value"] is not None]


def months(snapshot: Snapshot) -> list[str]:
    """The months, such as 2018-05, in which any metric counts a record, in order."""
    query = "select distinct period from metric_total where grain = 'month' and period is not null order by period"
    return [f"{row['period']:%Y-%m}" for row in rows(snapshot.cursor(), query)]


def span(snapshot: Snapshot) -> tuple[date | None, date]:
    """The local days of the first report and of the data cut; the first is None where nothing is dated."""
    return snapshot.span


def meanings(snapshot: Snapshot, name: str) -> dict[str, str]:
    """What each column of a table of the snapshot means, in the table's order; empty text where it does not say."""
    found = rows(
        snapshot.cursor(),
        "select column_name, coalesce(comment, '') as meaning from duckdb_columns() "
        "where schema_name = 'main' and table_name = $name order by column_index",
        {"name": name},
    )
    return {row["column_name"]: row["meaning"] for row in found}


def _shared(snapshot: Snapshot, record: str) -> list[str]:
    """Columns of a fact that the metric's own SELECT already yields."""
    names = ("placed_at", *DIMENSIONS, "is_met", "measure")
    found = rows(
        snapshot.cursor(),
        "select column_name from duckdb_columns() where table_name = $name",
        {"name": f"fact_{record}"},
    )
    return [row["column_name"] for row in found if row["column_name"] in names]


def _checked(by: Sequence[str], where: Where, filters: Sequence[str] = FILTERS) -> dict[str, list[Any]]:
    """The filters with their values as typed lists; UnknownKey where a key or a value is none."""
    for key in by:
        if key not in KEYS:
            raise UnknownKey(_unknown(key, KEYS))
    checked: dict[str, list[Any]] = {}
    for key, value in where.items():
        if key not in filters:
            raise UnknownKey(_unknown(key, filters))
        checked[key] = [_typed(key, one) for one in _several(value)]
        if key in PERIOD_KEYS and len(checked[key]) != 1:
            raise UnknownKey(f"{key} is several months: give one, such as 2018-05")
    return {key: values for key, values in checked.items() if not (key in PERIOD_KEYS and values == [None])}


def _several(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple | set) else [value]


def _limited(limit: int | None) -> str:
    return "" if limit is None else f"limit {int(limit)}"


def _typed(key: str, value: Any) -> Any:
    if value is None:
        return None
    if key in (*GRAINS, *PERIOD_KEYS):
        return _period("week" if key == "week" else "month", key, value)
    if key in ("is_domestic_abuse", "is_met"):
        if isinstance(value, bool) or str(value).lower() in ("true", "false"):
            return str(value).lower() == "true"
        raise UnknownKey(f"{key} is {value!r}: give true or false")
    return str(value)


def _period(grain: str, key: str, value: Any) -> date:
    """First day of the month, or the Monday of the week, that a value of the key names."""
    day = date(value.year, value.month, value.day) if isinstance(value, date) else None
    with suppress(ValueError):
        day = day or date.fromisoformat(str(value) if grain == "week" else f"{value}-01")
    if day is None or (grain == "week" and day.weekday() > 0):
        form = "a Monday such as 2018-05-07" if grain == "week" else "a month such as 2018-05"
        raise UnknownKey(f"{key} is {value!r}: give {form}")
    return day if grain == "week" else day.replace(day=1)


def _unknown(key: str, valid: Sequence[str], what: str = "") -> str:
    near = difflib.get_close_matches(key, valid, n=1)
    hint = f"did you mean {near[0]}? " if near else ""
    return f"there is no {what or f'key {key!r}'}: {hint}valid are {', '.join(valid)}"


def _condition(where: Mapping[str, list[Any]], rename: Mapping[str, str] | None = None) -> tuple[str, dict[str, Any]]:
    """A SQL condition for the filters, with its bound values. A None among the values asks for records without one."""
    parts, values = ["true"], {}
    for key, several in where.items():
        if key in PERIOD_KEYS:
            values[f"{key}_month"] = several[0]
            parts.append(f"{(rename or {}).get('month', 'month')} {'>=' if key == 'from' else '<='} ${key}_month")
            continue
        column = (rename or {}).get(key, key)
        known = {f"{key}_{number}": value for number, value in enumerate(several) if value is not None}
        values |= known
        choices = [f"{column} in ({', '.join('$' + name for name in known)})"] if known else []
        choices += [f"{column} is null"] if None in several else []
        parts.append(f"({' or '.join(choices) or 'false'})")
    return " and ".join(parts), values


def _stored(
    snapshot: Snapshot, metric_id: str, by: Sequence[str], where: Mapping[str, list[Any]]
) -> list[dict[str, Any]] | None:
    """The figures from the stored totals, or None where those do not hold the combination asked for."""
    grains = [key for key in by if key in GRAINS]
    used = {key for key in (*by, *where) if key in DIMENSIONS}
    period_keys = set(where) & {*PERIOD_KEYS, *GRAINS}
    if len(grains) > 1 or len(used) > 1 or len(set(by)) < len(by):
        return None
    grain = grains[0] if grains else ("month" if period_keys else "all")
    if ("week" in period_keys and grain != "week") or (period_keys - {"week"} and grain != "month"):
        return None
    dimension = next(iter(used), "force")
    typed = {key: [str(v).lower() if isinstance(v, bool) else v for v in several] for key, several in where.items()}
    condition, values = _condition(typed, {dimension: "value", grain: "period"})
    names = {grain: "period", dimension: "value"}
    selected = [f"{'cast(value as boolean)' if key == 'is_domestic_abuse' else names[key]} as {key}" for key in by]
    query = (
        f"select {', '.join([*selected, ''])} "
        'coalesce(cast(sum(met) as bigint), 0) as met, coalesce(cast(sum(counted) as bigint), 0) as "of" '
        f"from metric_total where metric_id = $metric_id and grain = $grain and dimension = $dimension and {condition} "
        f"{'group by all order by ' + ', '.join(by) if by else ''}"
    )
    return rows(snapshot.cursor(), query, {**values, "metric_id": metric_id, "grain": grain, "dimension": dimension})


def _with_rates(found: list[dict[str, Any]], by: Sequence[str]) -> list[dict[str, Any]]:
    for row in found:
        for key in by:
            if key == "month" and row[key] is not None:
                row[key] = row[key].strftime("%Y-%m")
            elif key == "week" and row[key] is not None:
                row[key] = row[key].isoformat()
        row["rate"] = row["met"] / row["of"] if row["of"] else None
    return found

"""What an audit needs and what it found: `audit plan` and `audit estimate`. All figures are the snapshot's."""

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.commands.common import HOME, MISUSED, CommandFailed, HomeOption, opened, say, sentence
from pipelines.commands.output import Format, show, show_json

if TYPE_CHECKING:
    from sql import Snapshot

HALF_WIDTH = 2.0
STEP = 50
PLAN = (
    "allocation", "stratum", "may_hide", "population", "crimes_per_log", "rate", "design_effect", "basis", "logs",
    "crimes",
)  # fmt: skip
STEPS = ("allocation", "logs", "crimes", "half_width", "gain")
SHOWN = ("period", "scope", "domain", "recorded", "required", "rate", "lower", "upper", "interval", "reason")
DETAILS = (
    "standard_error", "degrees", "t", "design_effect", "population", "sampled", "stratum_count", "without_failure",
    "merged",
)  # fmt: skip


def plan(
    home: HomeOption = HOME,
    half_width: Annotated[
        float, typer.Option("--half-width", help="Wanted half-width of the 95% interval, in percentage points.")
    ] = HALF_WIDTH,
    period: Annotated[
        str | None, typer.Option("--period", help="As for `cdi audit draw`; else the latest quarter that is mature.")
    ] = None,
    format: Annotated[Format, typer.Option("--format", help="How to write the plan.")] = Format.table,
) -> None:
    """Say how many logs of each stratum an audit needs, and what each further 50 logs would buy."""
    import sql
    from pipelines.audit.period import PeriodError, latest_quarter, read_period, require_covered

    if not 0 < half_width < 50:
        raise CommandFailed(f"--half-width {half_width:g}: give percentage points between 0 and 50, such as 2", MISUSED)
    with opened(home) as snapshot:
        try:
            days = read_period(period) if period else latest_quarter(snapshot.span[1])
            require_covered(days, *snapshot.span)
        except PeriodError as error:
            raise CommandFailed(sentence(error), MISUSED) from None
        asked = (snapshot, days.first, days.last, half_width / 100)
        strata = [{**row, "logs": int(row["logs"])} for row in sql.audit_plan(*asked)]
        steps = sql.audit_steps(*asked, STEP)
        audits = {row["sample_id"] for row in sql.table(snapshot, "audit_sample")}
    for line in _bases(strata, audits):
        say(line)
    if format is Format.json:
        show_json({"period": days.name, "half_width_points": half_width, "strata": strata, "steps": steps})
        return
    if format is Format.csv:
        show(strata, format, PLAN)
        return
    show([{**row, **_short(row, "crimes_per_log", "design_effect")} for row in strata], format, PLAN)
    print()
    show([{**row, **{name: _points(row[name]) for name in ("half_width", "gain")}} for row in steps], format, STEPS)


def estimate(
    home: HomeOption = HOME,
    sample: Annotated[str | None, typer.Option("--sample", help="The sample; else the latest that is marked.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Write one JSON object.")] = False,
) -> None:
    """Give the audited rate of a sample and of the rolling year that ends with it, or why there is none."""
    with opened(home) as snapshot:
        found = _found(snapshot, _sample(snapshot, sample))
    if json:
        show_json(found)
        return
    periods = [found["sample"], *([found["rolling_year"]] if found["rolling_year"] else [])]
    # of the whole frame the parts are left to --json: what is said of it is said of all crime
    rows = [
        _row(period, one)
        for period in periods
        for one in period["estimates"]
        if one["scope"] == "inspection" or one["domain"] == "all"
    ]
    show(rows, Format.table, SHOWN)
    for line in _sentences(found):
        print(line)


def _bases(strata: list[dict[str, Any]], audits: set[str]) -> Iterator[str]:
    """Which figures of a plan the last audit found, and which are assumptions."""
    names: dict[str, dict[str, None]] = defaultdict(dict)
    for row in strata:
        names[row["basis"]][row["stratum"]] = None
    for basis, own in names.items():
        if basis in audits:
            yield (
                f"found by the audit {basis}: crimes a log of {', '.join(own)}; the design effect; and the rate, the "
                "stratum's own where it had 20 crimes, else that of all"
            )
        else:
            yield f"assumed: crimes a log of {', '.join(own)}, from {basis}"
    if not audits & names.keys():
        yield "assumed, as no audit has a rate yet: the rate of the force's last inspection, and a design effect of 1"


def _sample(snapshot: "Snapshot", sample_id: str | None) -> dict[str, Any]:
    """The sample asked for; else the latest of which anything is marked, else the latest."""
    import sql

    samples = {row["sample_id"]: row for row in sql.table(snapshot, "audit_sample")}
    if not samples:
        raise CommandFailed("no audit is in the current snapshot: `cdi audit draw` draws one", MISUSED)
    if sample_id is None:
        return max(samples.values(), key=lambda row: (row["marked"] > 0, row["quarter"], row["sample_id"]))
    if sample_id not in samples:
        raise CommandFailed(
            f"no audit {sample_id} in the current snapshot; there: {', '.join(sorted(samples))}", MISUSED
        )
    return samples[sample_id]


def _found(snapshot: "Snapshot", sample: dict[str, Any]) -> dict[str, Any]:
    """All that an audit found, as `--json` writes it."""
    import sql

    sample_id = sample["sample_id"]
    of_sample = {"sample_id": sample_id}
    of_year = {"period_kind": "rolling_year", "quarter": sample["quarter"]}
    years = sql.table(snapshot, "audit_estimate", of_year, limit=1)
    return {
        "snapshot": snapshot.name,
        "data_cut": snapshot.info["data_cut"],
        "is_synthetic": snapshot.info["is_synthetic"],
        "sample": {
            **sample,
            **_period(snapshot, "sample", sample_id),
            "strata": _rows(snapshot, "audit_stratum_result", of_sample),
            "hidden_strata": _rows(snapshot, "audit_hidden", of_sample),
            "agreement": next(iter(_rows(snapshot, "audit_agreement", of_sample)), None),
            "checks": _rows(snapshot, "audit_check", of_sample),
        },
        "rolling_year": _year(snapshot, years[0]) if years else None,
    }


def _year(snapshot: "Snapshot", row: dict[str, Any]) -> dict[str, Any]:
    head = {name: row[name] for name in ("period_id", "quarter", "period_from", "period_to", "status")}
    return {**head, **_period(snapshot, "rolling_year", row["period_id"])}


def _period(snapshot: "Snapshot", kind: str, period_id: str) -> dict[str, Any]:
    """The estimates of a sample or rolling year, the headline first, and what they are held against and come to."""
    import sql

    of_period = {"period_kind": kind, "period_id": period_id}
    estimates = [_estimate(row) for row in sql.table(snapshot, "audit_estimate", of_period)]
    estimates.sort(key=lambda one: (one["scope"] != "inspection", one["domain"] != "all", one["domain"]))
    return {
        "estimates": estimates,
        "comparisons": _rows(snapshot, "audit_comparison", of_period),
        "extrapolations": _rows(snapshot, "audit_extrapolation", of_period),
    }


def _estimate(row: dict[str, Any]) -> dict[str, Any]:
    """One estimate: its default interval, then every interval there is by its name."""
    names = {"rate": "ratio", "interval": "default_interval"}
    given = ("scope", "domain", "recorded", "required", "rate", "lower", "upper", "interval", "reason")
    intervals = {
        name: {"lower": row[f"{name}_lower"], "upper": row[f"{name}_upper"]}
        for name in ("logit", "plain")
        if row[f"{name}_lower"] is not None
    }
    return {
        **{name: row[names.get(name, name)] for name in given},
        "intervals": intervals,
        **{name: row[name] for name in DETAILS},
    }


def _rows(snapshot: "Snapshot", table: str, where: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows of a table of estimates, without the columns that say what they are of."""
    import sql

    left_out = {*where, "quarter", "status"}
    return [
        {name: value for name, value in row.items() if name not in left_out}
        for row in sql.table(snapshot, table, where)
    ]


def _row(period: dict[str, Any], one: dict[str, Any]) -> dict[str, Any]:
    ends = {end: None if one[end] is None else f"{one[end]:.1%}" for end in ("lower", "upper")}
    return {**one, **ends, "period": f"{_name(period)} ({period['status']})"}


def _short(row: dict[str, Any], *names: str) -> dict[str, str | None]:
    """Numbers that one decimal place would leave nothing of."""
    return {name: None if row[name] is None else f"{row[name]:.3f}" for name in names}


def _points(share: float | None) -> str | None:
    return None if share is None else f"{100 * share:.2f} points"


def _name(period: dict[str, Any]) -> str:
    return period.get("sample_id") or period["period_id"]


def _sentences(found: dict[str, Any]) -> Iterator[str]:
    """What there is to say beside the rates, as the snapshot has it."""
    for period in filter(None, (found["sample"], found["rolling_year"])):
        for one in period["comparisons"]:
            if one["is_own_force"]:
                yield f"{_name(period)}, {one['measure']}: {one['statement']}"
        for one in period["extrapolations"]:
            if one["estimate"] is not None:
                yield (
                    f"{_name(period)}, {one['measure']}, {one['label']}: {one['kind']} {one['estimate']:,.0f} "
                    f"({one['lower']:,.0f} to {one['upper']:,.0f})"
                )
        for one in period["extrapolations"]:
            if one["measure"] == "all" and one["share_without_log"] is not None:
                yield f"{_name(period)}: {one['share_without_log']:.1%} of crime recorded has no log and is not covered"
                break
    for one in found["sample"]["hidden_strata"]:
        most = "" if one["held_upper"] is None else f", so at most {one['held_upper']:.1%} of its logs do"
        yield f"{one['stratum']}: {one['held']:,} of {one['sampled']:,} sampled logs held a crime{most}"
    if agreement := found["sample"]["agreement"]:
        kappa = "none" if agreement["kappa"] is None else f"{agreement['kappa']:.2f}"
        yield f"two auditors agree on {agreement['agreed']:,} of {agreement['logs']:,} logs; kappa {kappa}"

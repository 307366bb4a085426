"""Audited rates with their intervals, against what inspections published. No screening measure ever stands here."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import streamlit as st

from dashboard import words
from dashboard.palette import Palette, palette
from dashboard.views import charts, table_twin
from dashboard.views.audited import ROLLING_YEAR, AuditPeriod

HEIGHT = 320
APART = timedelta(days=18)  # a rolling year stands so far right of the sample it ends with
KEY = (
    "● one quarter's sample, ◆ a rolling year of four; the bars are 95% intervals. The band is the inspection with its "
    "own interval; dotted lines were published without one, and are not tested."
)


def show(found: Sequence[AuditPeriod], measure: str, key: str, on_click: Callable[[], None]) -> None:
    """The chart of a measure over all periods that have a rate, and its table."""
    rated = [period for period in reversed(found) if _ratio(period, measure) is not None]
    if not rated:
        st.info(f"No audit gives a rate of {words.part_of_crime(measure)} yet.")
        return
    drawn = figure(rated, measure, palette(st.context.theme.type))
    charts.draw(drawn, key, alternative(rated, measure), on_select=on_click)
    published = [words.escaped(words.sentence_case(_published(row))) for row in baselines(rated, measure)]
    st.caption(f"{'. '.join(published)}.")
    with st.expander("Table"):
        _table(rated, measure)


def figure(rated: Sequence[AuditPeriod], measure: str, colours: Palette) -> charts.Figure:
    """The chart: samples and rolling years, the inspection's band, and figures that are not tested."""
    layout = charts.layout(colours, HEIGHT)
    published = baselines(rated, measure)
    marks = [_estimate(period, measure) for period in rated]
    ends = [row[end] for row in marks for end in ("lower", "upper", "ratio") if row[end] is not None]
    ends += [
        row[f"baseline_{end}"] for row in published for end in ("lower", "upper", "rate") if row[f"baseline_{end}"]
    ]
    quarters = sorted({row["quarter"] for row in marks})
    layout["yaxis"] |= {"tickformat": charts.PERCENT, "range": [max(0, min(ends) - 0.02), min(1.005, max(ends) + 0.02)]}
    layout["xaxis"] |= {
        "type": "date",
        "tickvals": [_middle(quarter).isoformat() for quarter in quarters],
        "ticktext": [f"{quarter.year} Q{(quarter.month + 2) // 3}" for quarter in quarters],
        # with room at the right for the names of the lines
        "range": [
            (_middle(quarters[0]) - 2 * APART).isoformat(),
            (_middle(quarters[-1]) + 3 * APART + (quarters[-1] - quarters[0]) / 4).isoformat(),
        ],
    }
    layout["shapes"] = [shape for row in published for shape in _drawn(row, colours)]
    layout["annotations"] = [
        {"xref": "x domain", "x": 1, "xanchor": "right", "y": row["baseline_rate"], "yanchor": "bottom",
         "text": _named(row), "showarrow": False, "font": {"color": colours.target, "size": 11}}
        for row in published
    ]  # fmt: skip
    return {"data": [_trace(rated, kind, measure, colours) for kind in ("sample", ROLLING_YEAR)], "layout": layout}


def baselines(rated: Sequence[AuditPeriod], measure: str) -> list[dict[str, Any]]:
    """What the chart is held against: the force's own tested inspection, and figures that are not tested."""
    rows = {
        row["baseline_id"]: row
        for period in rated
        for row in period.comparisons
        if row["measure"] == measure and (row["is_own_force"] or not row["is_tested"])
    }
    return sorted(rows.values(), key=lambda row: (not row["is_tested"], row["baseline_rate"]))


def alternative(rated: Sequence[AuditPeriod], measure: str) -> str:
    """The chart in words: every period's rate and interval, and what it is held against."""
    said = [f"{period.name} {_with_interval(_estimate(period, measure))}" for period in rated]
    against = [_published(row) for row in baselines(rated, measure)]
    return (
        f"Audited rate of {words.part_of_crime(measure)} with 95% intervals: {'; '.join(said)}. "
        f"Against {'; '.join(against) or 'no published figure'}."
    )


def _trace(rated: Sequence[AuditPeriod], kind: str, measure: str, colours: Palette) -> dict[str, Any]:
    chosen = [period for period in rated if period.kind == kind]
    rows = [_estimate(period, measure) for period in chosen]
    colour = colours.figure if kind == "sample" else colours.chosen
    right = timedelta(0) if kind == "sample" else APART
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [(_middle(row["quarter"]) + right).isoformat() for row in rows],
        "y": [row["ratio"] for row in rows],
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [row["upper"] - row["ratio"] if row["upper"] is not None else 0 for row in rows],
            "arrayminus": [row["ratio"] - row["lower"] if row["lower"] is not None else 0 for row in rows],
            "color": colour,
            "thickness": 2,
            "width": 5,
        },
        "marker": {
            "color": [colour if row["status"] == "signed" else colours.background for row in rows],
            "line": {"color": colour, "width": 2},
            "size": 11,
            "symbol": "circle" if kind == "sample" else "diamond",
        },
        "customdata": [period.period_id for period in chosen],
        "text": [
            f"{words.sentence_case(period.name)}: {_with_interval(row)}<br>{row['status']}"
            for period, row in zip(chosen, rows, strict=True)
        ],
        "hovertemplate": "%{text}<extra></extra>",
        "unselected": {"marker": {"opacity": 1}},
    }


def _drawn(row: dict[str, Any], colours: Palette) -> list[dict[str, Any]]:
    """A tested figure as a line in its band; any other as a dotted line."""
    across = {"xref": "x domain", "x0": 0, "x1": 1, "layer": "below"}
    rate = row["baseline_rate"]
    dash = "solid" if row["is_tested"] else "dot"
    line = {
        **across, "type": "line", "y0": rate, "y1": rate, "line": {"color": colours.target, "width": 2, "dash": dash},
    }  # fmt: skip
    if not row["is_tested"]:
        return [line]
    band = {
        **across, "type": "rect", "y0": row["baseline_lower"], "y1": row["baseline_upper"], "opacity": 0.18,
        "fillcolor": colours.target, "line": {"width": 0},
    }  # fmt: skip
    return [band, line]


def _table(rated: Sequence[AuditPeriod], measure: str) -> None:
    rows = [_estimate(period, measure) for period in rated]
    table_twin.show(
        {
            "Period": [words.escaped(words.sentence_case(period.name)) for period in rated],
            "Crimes recorded": [words.of(row["recorded"], row["required"]) for row in rows],
            "Rate": [words.percent(row["ratio"]) for row in rows],
            "95% interval": [words.interval(row["lower"], row["upper"]) for row in rows],
            "Against the inspection": [
                words.sentence_case(compared["statement"]) if (compared := period.against(measure)) else "–"
                for period in rated
            ],
            "Status": [row["status"] for row in rows],
        }
    )


def _estimate(period: AuditPeriod, measure: str) -> dict[str, Any]:
    return period.estimate(measure) or {}


def _ratio(period: AuditPeriod, measure: str) -> float | None:
    return _estimate(period, measure).get("ratio")


def _with_interval(row: dict[str, Any]) -> str:
    return f"{words.percent(row['ratio'])} ({words.interval(row['lower'], row['upper'])})"


def _published(row: dict[str, Any]) -> str:
    ends = words.interval(row["baseline_lower"], row["baseline_upper"]) if row["is_tested"] else "not tested"
    return f"{_named(row)}: {words.percent(row['baseline_rate'])}, {ends}"


def _named(row: dict[str, Any]) -> str:
    return f"{'inspection' if row['is_tested'] else row['force']} {row['year']}"


def _middle(quarter: date) -> date:
    return quarter + timedelta(days=45)

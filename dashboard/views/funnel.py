"""Teams fairly compared: each team's rate at the force's mix of work, within the limits that chance alone gives."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

import sql
from dashboard import words
from dashboard.access import View
from dashboard.palette import Palette, palette
from dashboard.views import charts, process_words, record_list, table_twin

HEIGHT = 380
OUTSIDE_95 = 0.05
SHAPES = {
    "within": "circle", "above_95": "triangle-up-open", "below_95": "triangle-down-open",
    "above_998": "triangle-up", "below_998": "triangle-down",
}  # fmt: skip
PLACES = {
    "within": "within the limits",
    "above_95": "above the 95% limits",
    "below_95": "below the 95% limits",
    "above_998": "above the 99.8% limits",
    "below_998": "below the 99.8% limits",
}
KEY = (
    "Each mark is a team: how many records it has, and its rate as it would be at the force's mix of offences, "
    "domestic abuse and channels. Between the dashed lines lie 95%, between the dotted ones 99.8%, of teams no "
    "different from the force. ● within them, △ ▽ outside the 95% limits, ▲ ▼ outside the 99.8% limits. A click on a "
    "mark shows its records."
)


def show(view: View, metric: sql.Metric) -> None:
    """The chart, what it can and cannot say, its table, and the records of the team the reader clicks."""
    teams = sorted(view.funnel(metric.metric_id), key=lambda team: name(view, team).casefold())
    drawn = [team for team in teams if team["standardised_rate"] is not None]
    if len(drawn) < 2:
        st.info("There are not two teams with settled records under these filters, so there is nothing to compare.")
        return
    st.caption(KEY)
    title = f"{metric.title}, teams compared"
    names = [name(view, team) for team in drawn]
    point = charts.draw(
        figure(drawn, names, metric.better, palette(st.context.theme.type)), "funnel", alternative(title, drawn, names)
    )
    for sentence in remarks(drawn, names):
        st.markdown(sentence)
    with st.expander("Table of the teams compared"):
        table_twin.show(table(teams, [name(view, team) for team in teams], record_list.hyperlinks(view, metric)))
    if point and point.get("point_index", -1) in range(len(drawn)):
        record_list.beneath(view, metric, {"team_id": drawn[point["point_index"]]["team_id"]})


def name(view: View, team: dict[str, Any]) -> str:
    """What a team is called on screen."""
    return view.names("team_id").get(team["team_id"], str(team["team_id"]))


def figure(teams: Sequence[dict[str, Any]], names: Sequence[str], better: str, colours: Palette) -> charts.Figure:
    """The teams first; then the limits, from the smallest team to the largest, and the force's rate."""
    layout = charts.layout(colours, HEIGHT)
    rates = [team["standardised_rate"] for team in teams]
    ends = [team[f"standardised_{end}_998"] for team in teams for end in ("lower", "upper")]
    margin = max((max(rates + ends) - min(rates + ends)) * 0.08, 0.005)
    layout["xaxis"] |= {"rangemode": "tozero", "tickformat": ",", "title": {"text": "Records"}}
    layout["yaxis"] |= {
        "tickformat": charts.PERCENT,
        "range": [max(0.0, min(rates + ends) - margin), max(rates + ends) + margin],
    }
    force = teams[0]["force_rate"]
    layout["shapes"], layout["annotations"] = charts.level(force, f"all teams {words.percent(force)}", colours)
    layout["shapes"][0]["line"]["dash"] = "solid"
    layout["annotations"][0] |= {"x": 0, "xanchor": "left"}
    marks = {
        "type": "scatter",
        "x": [team["counted"] for team in teams],
        "y": rates,
        "mode": "markers+text",
        "cliponaxis": False,
        "marker": {
            "color": [_colour(team["place"], better, colours) for team in teams],
            "symbol": [SHAPES[team["place"]] for team in teams],
            "size": 13,
            "opacity": 1,
            "line": {"width": 2},
        },
        "text": ["" if team["place"] == "within" else label for team, label in zip(teams, names, strict=True)],
        "textposition": "top center",
        "textfont": {"color": colours.text},
        "hovertext": [f"{label}: {said(team)}" for team, label in zip(teams, names, strict=True)],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "selected": {"marker": {"color": colours.chosen}, "textfont": {"color": colours.text}},
        "unselected": {"marker": {"opacity": 1}, "textfont": {"color": colours.text}},
    }
    return {"data": [marks, *(_limit(teams, *end, colours) for end in _ENDS)], "layout": layout}


_ENDS = (("lower_95", "dash"), ("upper_95", "dash"), ("lower_998", "dot"), ("upper_998", "dot"))


def _limit(teams: Sequence[dict[str, Any]], end: str, dash: str, colours: Palette) -> dict[str, Any]:
    by_size = sorted(teams, key=lambda team: team["counted"])
    return {
        "type": "scatter",
        "x": [team["counted"] for team in by_size],
        "y": [team[f"standardised_{end}"] for team in by_size],
        "mode": "lines",
        "line": {"color": colours.limit, "width": 1.5, "dash": dash},
        "hoverinfo": "skip",
    }


def _colour(place: str, better: str, colours: Palette) -> str:
    if place == "within":
        return colours.figure
    if better == "neither":
        return colours.neither
    return colours.improvement if place.startswith("above") == (better == "higher") else colours.concern


def said(team: dict[str, Any]) -> str:
    """A team's figure in words: 78.1% at the force's mix (own rate 75.3%, 247 of 328), within the limits."""
    own = words.rate_in_full(team | {"of": team["counted"]})
    return f"{words.percent(team['standardised_rate'])} at the force's mix (own rate {own}), {PLACES[team['place']]}"


def remarks(teams: Sequence[dict[str, Any]], names: Sequence[str]) -> list[str]:
    """What the chart says as a whole: how many lie outside, whether teams differ by more than chance, what it could
    have found, and which teams are too small to read anything into."""
    first, outside = teams[0], [team for team in teams if team["place"] != "within"]
    found = [
        f"**{len(outside)} of {len(teams)} teams** {'lies' if len(outside) == 1 else 'lie'} outside the 95% limits; "
        f"chance alone would put about {len(teams) * OUTSIDE_95:.1f} there."
    ]
    if first["is_over_dispersed"]:
        found.append(
            "Teams differ by more than chance and their mix of work explain, so the limits are drawn as if each had "
            f"{first['dispersion']:.1f} times fewer records. A team outside them stands out even so."
        )
    finest = min(teams, key=lambda team: team["detectable"])
    coarsest = max(teams, key=lambda team: team["detectable"])
    found.append(
        "At this volume the chart finds, four times in five, a difference from the force of "
        f"{_points(finest)} for {names[teams.index(finest)]} and of {_points(coarsest)} for "
        f"{names[teams.index(coarsest)]}; smaller ones it may miss."
    )
    small = [label for team, label in zip(teams, names, strict=True) if team["is_small"]]
    if small:
        found.append(
            f"Small: {words.listed([words.escaped(label) for label in small])}. Fewer than five records are expected "
            "to meet the measure, or not to: read nothing into where such a team lies."
        )
    return found


def table(
    teams: Sequence[dict[str, Any]], names: Sequence[str], link: Callable[[dict[str, Any], str], str]
) -> dict[str, list[Any]]:
    """The table beside the chart: each team's own rate, and the rate and the limits at the force's mix."""
    return {
        "Team": [link({"team_id": team["team_id"]}, label) for team, label in zip(teams, names, strict=True)],
        "Met": [words.count(team["met"]) for team in teams],
        "Of": [words.count(team["counted"]) for team in teams],
        "Own rate": [words.percent(team["rate"]) for team in teams],
        "At the force's mix": [words.percent(team["standardised_rate"]) for team in teams],
        "95% limits": [_between(team, "95") for team in teams],
        "99.8% limits": [_between(team, "998") for team in teams],
        "Lies": [PLACES[team["place"]] for team in teams],
        "Could have found": [_points(team) for team in teams],
        "Remark": ["small" if team["is_small"] else "" for team in teams],
    }


def _between(team: dict[str, Any], end: str) -> str:
    return process_words.limits(team[f"standardised_lower_{end}"], team[f"standardised_upper_{end}"])


def alternative(title: str, teams: Sequence[dict[str, Any]], names: Sequence[str]) -> str:
    """The chart in words: the force's rate, and every team outside the limits."""
    outside = [f"{label} {said(team)}" for team, label in zip(teams, names, strict=True) if team["place"] != "within"]
    listed = f"Outside the limits: {'; '.join(outside)}." if outside else "No team lies outside the limits."
    return (
        f"{title}: {len(teams)} teams, {words.percent(teams[0]['force_rate'])} for all together, with limits of 95% "
        f"and 99.8% for each team's number of records. {listed}"
    )


def _points(team: dict[str, Any]) -> str:
    return f"{team['detectable'] * 100:.1f} points"

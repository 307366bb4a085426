"""Teams fairly compared: each team's rate at the force's mix of work, within the limits that chance alone gives."""

from collections.abc import Sequence
from datetime import timedelta
from html import escape
from typing import Any

import streamlit as st

import sql
from dashboard import words
from dashboard.access import View
from dashboard.palette import Palette, palette
from dashboard.views import charts, process_words, record_list, table_twin

HEIGHT = 380
ROOM_FOR_A_NAME = 24  # above a mark at the top, in pixels
MOST_NAMED = 6
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
OVER = (
    "A rate at the force's mix is the team's own, over the rate expected of its mix, times the force's. That can come "
    "to more than 100%, which no rate is: such a team is drawn at 100%, and limits end there."
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
    link, to = record_list.hyperlinks(view, metric), last_settled(view, metric)
    with st.expander("Table of the teams compared"):
        table_twin.show(
            table(teams, [link({"team_id": team["team_id"], "to": to}, name(view, team)) for team in teams])
        )
        if any(max(team["standardised_rate"], team["standardised_upper_998"]) > 1 for team in drawn):
            st.caption(OVER)
    if point and point.get("point_index", -1) in range(len(drawn)):
        record_list.beneath(view, metric, {"team_id": drawn[point["point_index"]]["team_id"], "to": to})


def name(view: View, team: dict[str, Any]) -> str:
    """What a team is called on screen."""
    return view.names("team_id").get(team["team_id"], str(team["team_id"]))


def last_settled(view: View, metric: sql.Metric) -> str:
    """The last month that may no longer move, such as 2018-05: teams are compared by what is placed up to its end."""
    day = view.snapshot.span[1] - timedelta(days=metric.maturity_days)
    return f"{(day + timedelta(days=1)).replace(day=1) - timedelta(days=1):%Y-%m}"


def figure(teams: Sequence[dict[str, Any]], names: Sequence[str], better: str, colours: Palette) -> charts.Figure:
    """The teams first; then the limits, from the smallest team to the largest, and the force's rate."""
    layout = charts.layout(colours, HEIGHT)
    layout["margin"] |= {"t": ROOM_FOR_A_NAME}
    layout["xaxis"] |= {"rangemode": "tozero", "tickformat": ",", "title": {"text": "Records"}}
    layout["yaxis"] |= {"tickformat": charts.PERCENT, "range": list(span(teams))}
    force = teams[0]["force_rate"]
    layout["shapes"], layout["annotations"] = charts.level(force, f"all teams {words.percent(force)}", colours)
    layout["shapes"][0]["line"]["dash"] = "solid"
    layout["annotations"][0] |= {"x": 0, "xanchor": "left"}
    marks = {
        "type": "scatter",
        "x": [team["counted"] for team in teams],
        "y": [_drawn(team, "rate") for team in teams],
        "mode": "markers+text",
        "cliponaxis": False,
        "marker": {
            "color": [_colour(team["place"], better, colours) for team in teams],
            "symbol": [SHAPES[team["place"]] for team in teams],
            "size": 13,
            "opacity": 1,
            "line": {"width": 2},
        },
        # escaped, for Plotly would make a link of one in a name
        "text": ["" if team["place"] == "within" else escape(label) for team, label in zip(teams, names, strict=True)],
        "textposition": "top center",
        "textfont": {"color": colours.text},
        "hovertext": [f"{escape(label)}: {said(team)}" for team, label in zip(teams, names, strict=True)],
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
        "y": [_drawn(team, end) for team in by_size],
        "mode": "lines",
        "line": {"color": colours.limit, "width": 1.5, "dash": dash},
        "hoverinfo": "skip",
    }


def span(teams: Sequence[dict[str, Any]]) -> tuple[float, float]:
    """What the axis shows: every rate and limit with some room, and never past 100%. Small teams, whose limits are
    wide, do not widen it."""
    shown = [team for team in teams if not team["is_small"]] or teams
    ends = [_drawn(team, end) for team in shown for end in ("rate", "lower_998", "upper_998")]
    margin = max((max(ends) - min(ends)) * 0.08, 0.005)
    return max(0.0, min(ends) - margin), min(1.0, max(ends) + margin)


def _drawn(team: dict[str, Any], end: str) -> float:
    """The rate at the force's mix, or a limit of it; no rate passes 100%, though one times a ratio may."""
    return min(1.0, team[f"standardised_{end}"])


def at_mix(team: dict[str, Any]) -> str:
    """The rate at the force's mix, said: 78.1%, or that it comes to more than a rate can be."""
    rate = team["standardised_rate"]
    return "over 100%" if rate is not None and round(rate, 3) > 1 else words.percent(rate)


def _colour(place: str, better: str, colours: Palette) -> str:
    if place == "within":
        return colours.figure
    if better == "neither":
        return colours.neither
    return colours.improvement if place.startswith("above") == (better == "higher") else colours.concern


def said(team: dict[str, Any]) -> str:
    """A team's figure in words: 78.1% at the force's mix (own rate 75.3%, 247 of 328), within the limits."""
    own = words.rate_in_full(team | {"of": team["counted"]})
    return f"{at_mix(team)} at the force's mix (own rate {own}), {PLACES[team['place']]}"


def remarks(teams: Sequence[dict[str, Any]], names: Sequence[str]) -> list[str]:
    """What the chart says as a whole: how many lie outside, whether teams differ by more than chance, what it could
    have found, which teams are too small to read anything into, and how many of those it does not show."""
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
    large = [(team, words.escaped(label)) for team, label in zip(teams, names, strict=True) if not team["is_small"]]
    if large:
        finest, coarsest = (end(large, key=lambda pair: pair[0]["detectable"]) for end in (min, max))
        found.append(
            "At this volume the chart finds, four times in five, a difference from the force of "
            f"{_points(finest[0])} for {finest[1]} and of {_points(coarsest[0])} for {coarsest[1]}; smaller ones it "
            "may miss."
        )
    small = [words.escaped(label) for team, label in zip(teams, names, strict=True) if team["is_small"]]
    if small:
        listed = words.listed(small) if len(small) <= MOST_NAMED else f"{len(small)} teams, marked so in the table"
        found.append(
            f"Small: {listed}. Fewer than five records are expected to meet the measure, or not to: read nothing into "
            "where such a team lies."
        )
    lowest, highest = span(teams)
    if beyond := sum(not lowest <= _drawn(team, "rate") <= highest for team in teams):
        found.append(
            f"{beyond} of the small teams {'lies' if beyond == 1 else 'lie'} beyond what is drawn; the table has all."
        )
    return found


def table(teams: Sequence[dict[str, Any]], links: Sequence[str]) -> dict[str, list[Any]]:
    """The table beside the chart: each team's own rate, and the rate and the limits at the force's mix. `links` open
    the records of each team."""
    return {
        "Team": list(links),
        "Met": [words.count(team["met"]) for team in teams],
        "Of": [words.count(team["counted"]) for team in teams],
        "Own rate": [words.percent(team["rate"]) for team in teams],
        "At the force's mix": [at_mix(team) for team in teams],
        "95% limits": [_between(team, "95") for team in teams],
        "99.8% limits": [_between(team, "998") for team in teams],
        "Lies": [PLACES[team["place"]] for team in teams],
        "Could have found": [_points(team) for team in teams],
        "Remark": ["small" if team["is_small"] else "" for team in teams],
    }


def _between(team: dict[str, Any], end: str) -> str:
    if team["standardised_rate"] is None:
        return ""
    return process_words.limits(_drawn(team, f"lower_{end}"), _drawn(team, f"upper_{end}"))


def alternative(title: str, teams: Sequence[dict[str, Any]], names: Sequence[str]) -> str:
    """The chart in words: the force's rate, and every team outside the limits."""
    outside = [f"{label} {said(team)}" for team, label in zip(teams, names, strict=True) if team["place"] != "within"]
    listed = f"Outside the limits: {'; '.join(outside)}." if outside else "No team lies outside the limits."
    return (
        f"{title}: {len(teams)} teams, {words.percent(teams[0]['force_rate'])} for all together, with limits of 95% "
        f"and 99.8% for each team's number of records. {listed}"
    )


def _points(team: dict[str, Any]) -> str:
    """The least difference found; a dash where no rate can differ by as much."""
    return "–" if team["detectable"] >= 1 else f"{team['detectable'] * 100:.1f} points"

"""The reader's filters: in the sidebar, the same on every page, and kept in the address."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard import words

FLAGGED = {"Flagged": True, "Not flagged": False}
SEVERAL = {"district": "district", "team": "team_id", "offence": "offence_group", "channel": "channel"}


@dataclass(frozen=True)
class Filters:
    """What the reader has narrowed the figures to. Months as 2018-05, both included; an empty tuple means all."""

    from_month: str | None = None
    to_month: str | None = None
    district: tuple[str, ...] = ()
    team_id: tuple[str, ...] = ()
    offence_group: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    is_domestic_abuse: bool | None = None

    def where(self) -> dict[str, Any]:
        """The filters as the door of `sql` takes them."""
        several = {key: list(getattr(self, key)) for key in SEVERAL.values() if getattr(self, key)}
        flag = {} if self.is_domestic_abuse is None else {"is_domestic_abuse": self.is_domestic_abuse}
        return {**self.period(), **several, **flag}

    def period(self) -> dict[str, str]:
        """The period alone, as the door takes it."""
        return {key: value for key, value in (("from", self.from_month), ("to", self.to_month)) if value}

    def address(self, names: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
        """The filters as they stand in the address; `names` says what each dimension's values are called there."""
        several = {
            parameter: [names[key].get(value, value) for value in getattr(self, key)]
            for parameter, key in SEVERAL.items()
            if getattr(self, key)
        }
        flag = next((label for label, value in FLAGGED.items() if value is self.is_domestic_abuse), None)
        period = {key: words.month(value) for key, value in self.period().items()}
        return {**period, **several, **({"domestic_abuse": flag} if flag else {})}


def sidebar(months: list[str], names: Mapping[str, Mapping[str, str]]) -> Filters:
    """Show the filters; return what is chosen. `names` has each dimension's values and what to call them."""
    _say_months(months)
    with st.sidebar:
        st.header("Filters")
        chosen: dict[str, Any] = {}
        if lost := left_out(months, names):
            st.warning(words.left_out(lost))
        chosen["from_month"] = _month("From", "from", months)
        chosen["to_month"] = _month("To", "to", months)
        if chosen["from_month"] and chosen["to_month"] and chosen["from_month"] > chosen["to_month"]:
            st.warning("The period ends before it begins, so nothing is counted.")
        for parameter, key in SEVERAL.items():
            chosen[key] = _several(parameter, key, names[key])
        _settle("domestic_abuse", ("All", *FLAGGED))
        flag = st.selectbox(
            words.DIMENSION_NAMES["is_domestic_abuse"],
            ["All", *FLAGGED],
            key="domestic_abuse",
            bind="query-params",
        )
        st.caption("The filters stand in the address: send it, and others see what you see.")
    return Filters(is_domestic_abuse=FLAGGED.get(flag or ""), **chosen)


def _say_months(months: Container[str]) -> None:
    """Have a link say its months as the filters do, May 2018, where it has them as the command line does: 2018-05.

    Of a fresh reader alone: once the filters are shown, Streamlit lets no one else write their part of the address.
    """
    asked = {parameter: st.query_params.get(parameter) for parameter in ("from", "to")}
    said = {
        parameter: words.month(value)
        for parameter, value in asked.items()
        if value and value in months and parameter not in st.session_state
    }
    if said:
        st.query_params.update(said)
        st.rerun()


def left_out(months: list[str], names: Mapping[str, Mapping[str, str]]) -> list[str]:
    """What the address asks of the filters and none of them offers, such as team=Unknown."""
    months_said = {words.month(month) for month in months}
    offered: dict[str, Container[str]] = {
        "from": months_said,
        "to": months_said,
        **{parameter: set(names[key].values()) for parameter, key in SEVERAL.items()},
        "domestic_abuse": {"All", *FLAGGED},
    }
    return [
        f"{parameter}={value}"
        for parameter, known in offered.items()
        for value in dict.fromkeys(st.query_params.get_all(parameter))
        if value and value not in known
    ]


def _month(label: str, parameter: str, months: list[str]) -> str | None:
    _settle(parameter, months)
    return st.selectbox(
        label,
        months,
        index=None,
        format_func=words.month,
        placeholder="first" if parameter == "from" else "last",
        key=parameter,
        bind="query-params",
    )


def _several(parameter: str, key: str, names: Mapping[str, str]) -> tuple[str, ...]:
    _settle(parameter, names)
    return tuple(
        st.multiselect(
            words.DIMENSION_NAMES[key],
            list(names),
            format_func=lambda value: names.get(value, value),
            placeholder="All",
            disabled=not names,
            key=parameter,
            bind="query-params",
        )
    )


def _settle(parameter: str, known: Container[str]) -> None:
    """Mend what is held for a filter before it is shown.

    What was chosen under an earlier snapshot and is no longer there is dropped. A link followed within the page leaves
    each filter twice in the address, the link's and the reader's own: assigning the value writes it once.
    """
    held, in_address = st.session_state.get(parameter), st.query_params.get_all(parameter)
    if isinstance(held, list) and any(value not in known for value in held):
        st.session_state[parameter] = [value for value in held if value in known]
    elif isinstance(held, str) and held not in known:
        st.session_state[parameter] = None
    elif held and len(in_address) > len(set(in_address)):
        st.session_state[parameter] = held

"""Method: how every figure comes about, in words for everyone, formulas for a statistician, and the SQL itself."""

from collections.abc import Callable

import streamlit as st

from dashboard import words
from dashboard.access import View, view
from dashboard.views import table_twin
from dashboard.views.chapter import Chapter, chapters

IN_SHORT = "In short"


def show(seen: View, chapter: Chapter) -> None:
    """A whole chapter, with what the snapshot holds of it."""
    st.header(chapter.title)
    st.markdown(f"{chapter.lead}\n\n{chapter.text}")
    if more := MORE.get(chapter.name):
        more(seen)
    macros = [row for row in seen.table("method") if row["name"] in chapter.macros]
    if macros:
        st.subheader("The SQL that computes it")
        st.caption(
            "As it stands in this snapshot: what it computes, its inputs, its choices, and each column it yields."
        )
    for row in sorted(macros, key=lambda row: chapter.macros.index(row["name"])):
        with st.expander(f"{row['name']}.sql"):
            if row["row_meaning"]:
                st.markdown(f"One row is {words.escaped(row['row_meaning'])}")
            st.code(row["text"], language="sql")


def false_signals(seen: View) -> None:
    """How often a process that does not change gives a signal."""
    rows = seen.table("ref_spc_false_signal")
    charts = {"xmr": "XmR", "p_prime": "Laney p′"}
    lengths = sorted({row["n"] for row in rows})
    kinds = list(dict.fromkeys((row["profile"], row["chart"]) for row in rows))
    shares = {(row["profile"], row["chart"], row["n"]): row["value"] for row in rows}
    st.subheader("False signals")
    st.markdown(
        "The share of charts whose last point gives a signal though nothing changes, simulated. Lists of signals give "
        "the number to expect from it, at the nearest length."
    )
    table_twin.show(
        {
            "Points": [str(n) for n in lengths],
            **{
                f"{charts[chart]}, {profile}": [words.percent(shares.get((profile, chart, n))) for n in lengths]
                for profile, chart in kinds
            },
        }
    )


def baselines(seen: View) -> None:
    """The published figures, and which of them have an interval to test with."""
    rows = seen.table("ref_inspection_baseline")
    st.subheader("Published figures")
    table_twin.show(
        {
            "Force": [words.escaped(row["force"]) for row in rows],
            "Year": [str(row["year"]) for row in rows],
            "Measure": [words.plain(row["measure"]) for row in rows],
            "Rate": [f"{row['rate_pct']:g}%" for row in rows],
            "95% interval": [
                "not published" if row["half_width_points"] is None else f"± {row['half_width_points']:g} points"
                for row in rows
            ],
            "Source": [words.escaped(row["source"]) for row in rows],
        }
    )


MORE: dict[str, Callable[[View], None]] = {"process_control": false_signals, "against_inspection": baselines}

page = view()
st.title("Method")
titles = chapters()
chosen = st.segmented_control(
    "Part of this page", [IN_SHORT, *titles], default=IN_SHORT, required=True, key="part", bind="query-params"
)
if chosen in titles:
    show(page, titles[chosen])
else:
    st.header(IN_SHORT)
    st.markdown("Each part goes on to the formulas, the choices made and what switches them, and the SQL.")
    for chapter in titles.values():
        st.subheader(chapter.title)
        st.markdown(chapter.lead)

"""What stands above every page: whether the data is made up, and up to when it goes."""

from pathlib import Path

import streamlit as st

import sql
from dashboard import words
from dashboard.access import View

FRESHNESS_SECONDS = 10


def show(view: View) -> None:
    """Say that data is synthetic where it is, and name the source and the data cut."""
    info = view.info
    if info["is_synthetic"]:
        st.warning(
            "**Synthetic data.** Every record here is made up: nothing on these pages says anything of a real force.",
            icon="⚠️",
        )
    st.caption(
        f"{words.escaped(info['source_name'])} · data up to {words.moment(info['data_cut'], view.time_zone)} · "
        f"run {info['run']}"
    )


def nothing_published(folder: Path, why: str = "") -> None:
    """Explain what to run where the home folder has no snapshot yet, or, as `why` says, none that can be shown."""
    st.title("No data yet")
    if why:
        st.warning(words.sentence_case(why) + ".", icon="⚠️")
    else:
        st.markdown(f"Nothing has been published in `{folder}`.")
    st.markdown("In a terminal, run one of these; this page shows the result by itself when it is done.")
    st.markdown("To look around with made-up data:")
    st.code("uv run cdi demo --no-serve", language="shell")
    st.markdown("To load a force's own extracts from a folder, as a profile describes them:")
    st.code("uv run cdi refresh FOLDER --profile canonical", language="shell")
    st.markdown("`uv run cdi status` says how the last run ended.")


def watch(folder: Path, name: str | None) -> None:
    """Look every few seconds whether a newer snapshot is current, and run the page again when one is."""

    @st.fragment(run_every=FRESHNESS_SECONDS)
    def look() -> None:
        if sql.current_name(folder) != name:
            st.rerun()

    look()

"""The dashboard: opens the current snapshot, shows the navigation and the filters, and runs the page chosen."""

import gc

import streamlit as st

import sql
from dashboard import access
from dashboard.navigation import navigation
from dashboard.views import abreast, banner, filters


def main() -> None:
    """Run one page for one reader."""
    st.set_page_config(page_title="Crime recording", page_icon="📋", layout="wide")
    folder = access.home()
    name = sql.current_name(folder)
    page = navigation()
    banner.watch(folder, name)
    try:
        opened = None if name is None else access.opened(folder, name)
    except (sql.NoSnapshot, sql.OtherLayout) as error:
        banner.nothing_published(folder, str(error))
        return
    if opened is None:
        banner.nothing_published(folder)
        return
    names = {dimension: opened.names(dimension) for dimension in filters.SEVERAL.values()}
    view = access.View(opened, filters.sidebar(opened.months, names))
    abreast.style()
    banner.show(view)
    with access.seen(view):
        page.run()
    leave_out_what_stays()


@st.cache_resource(show_spinner=False)
def leave_out_what_stays() -> None:
    """Once a server, after its first page: keep what is loaded by then out of every later search for garbage.

    Streamlit searches after each run of a page, and went through all the modules each time: 60 ms of the 150 of a page.
    """
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    main()

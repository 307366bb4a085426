"""The dashboard: opens the current snapshot, shows the navigation and the filters, and runs the page chosen."""

import streamlit as st

import sql
from dashboard import access
from dashboard.navigation import navigation
from dashboard.views import banner, filters


def main() -> None:
    """Run one page for one reader."""
    st.set_page_config(page_title="Crime recording", page_icon="📋", layout="wide")
    folder = access.home()
    name = sql.current_name(folder)
    page = navigation()
    banner.watch(folder, name)
    try:
        snapshot = None if name is None else access.snapshot(folder, name)
    except sql.NoSnapshot:
        snapshot = None
    if name is None or snapshot is None:
        banner.nothing_published(folder)
        return
    home = str(folder)
    names = {dimension: access.names(home, name, dimension) for dimension in filters.SEVERAL.values()}
    chosen = filters.sidebar(access.months(home, name), names)
    view = access.View(home, name, chosen)
    banner.show(view)
    with access.seen(view):
        page.run()


main()

"""The pages, grouped by who they are for."""

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

PAGES = Path(__file__).parent / "pages"

AUDIENCES = {
    "Chief officer": ("overview", "audit", "recommendations"),
    "Analyst": ("recording", "supervision", "grading", "appointments", "signals", "teams", "records", "method"),
    "Data engineer": ("data", "definitions"),
}


def navigation() -> Page:
    """Show the navigation; return the page the reader is on."""
    return st.navigation(
        {
            audience: [
                st.Page(PAGES / f"{page}.py", title=page.capitalize(), default=page == "overview") for page in pages
            ]
            for audience, pages in AUDIENCES.items()
        }
    )

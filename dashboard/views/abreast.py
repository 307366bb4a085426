"""Parts of a page that stand side by side where there is room for them, and beneath each other where there is not.

Streamlit's columns take shares of the width, however little that is, and cut what they hold. The lines here are of CSS,
for the keys of containers, which Streamlit makes into classes.
"""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

# Cards stand three abreast, or as many as can hold a chart; a figure stands beside its chart where that can be read.
STYLE = """<style>
[class*="st-key-cards_"] { display: grid; grid-template-columns: repeat(auto-fill, minmax(max(14rem, 30%), 1fr)); }
[class*="st-key-beside_"] > :first-child { flex: 1 0 11rem; }
[class*="st-key-beside_"] > :last-child { flex: 999 1 24rem; min-width: 0; }
</style>"""


def style() -> None:
    """Send the lines of CSS: once a page, as they hold for all of it."""
    st.html(STYLE)


def cards(key: str) -> DeltaGenerator:
    """A container whose children are cards; the key is the page's own."""
    return st.container(key=f"cards_{key}")


def beside(key: str) -> Sequence[DeltaGenerator]:
    """Two containers: a narrow one for a figure, and one beside it for its chart."""
    row = st.container(key=f"beside_{key}", horizontal=True)
    return row.container(), row.container()

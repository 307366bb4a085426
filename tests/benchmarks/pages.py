"""Times page reruns, a filter changed and nothing cached, against a trivial Streamlit app with as many charts.

The period is changed, alone and under two more filters.

    uv run python -m tests.benchmarks.pages [--incidents N] [--home FOLDER]

Both run in real servers, asked over their websockets in turn; prints each page's median and its ratio. `--home` names a
home folder with a snapshot, where there is one already.
"""

import argparse
import asyncio
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.typing import Origin, Subprotocol

from tests.browser.server import served

PAGES = ("", "recording", "supervision", "grading", "appointments", "teams", "records")
DRAWING = PAGES[:-1]  # Records lists, and draws none
MONTHS = ("June", "July", "August", "September", "October", "November", "December")
YEARS = (2017, 2018)  # each page is measured in a round for each, in turn with the trivial app
NARROWED = "district=Stockton&domestic_abuse=Flagged&"  # stored totals do not hold this: stored cells are added up
BOUND = 3
STREAMLIT = Subprotocol("streamlit")

TRIVIAL = """
import plotly.graph_objects as go
import streamlit as st

st.selectbox("Number", list(range(100)))
for number in range({charts}):
    st.plotly_chart(go.Figure(go.Scatter(x=list(range(30)), y=[number] * 30)), key=f"chart_{{number}}")
"""


async def rerun(socket: websockets.ClientConnection, page: str, query: str) -> tuple[float, int]:
    """Ask for a run of the page under the query: milliseconds until it is finished, and charts drawn."""
    ask = BackMsg()
    ask.rerun_script.query_string, ask.rerun_script.page_name = query, page
    start, charts = time.perf_counter(), 0
    await socket.send(ask.SerializeToString())
    while True:
        answer = ForwardMsg()
        answer.ParseFromString(await socket.recv(decode=False))
        charts += answer.delta.new_element.WhichOneof("type") == "plotly_chart"
        if answer.WhichOneof("type") == "script_finished":
            return (time.perf_counter() - start) * 1000, charts


async def session(address: str, page: str, queries: list[str]) -> tuple[list[float], int]:
    """One reader: opens the page, then changes a filter for each query. Milliseconds of each change, and charts."""
    url = address.replace("http", "ws") + "/_stcore/stream"
    async with websockets.connect(url, subprotocols=[STREAMLIT], max_size=None, origin=Origin(address)) as socket:
        runs = [await rerun(socket, page, "")]
        runs += [await rerun(socket, page, query) for query in queries]
        return [milliseconds for milliseconds, _ in runs[1:]], max(charts for _, charts in runs)


def measure(home: Path) -> None:
    """Print a line for each page: charts, medians in ms, and the ratios to the trivial app with as many charts."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        dashboard = stack.enter_context(served(home))
        trivial: dict[int, str] = {}
        worst = 0.0
        for page in PAGES:
            _, charts = asyncio.run(session(dashboard, page, [""]))
            if not charts and page in DRAWING:
                raise SystemExit(f"the page {page or 'overview'} drew no chart: is its snapshot of this version?")
            if charts not in trivial:
                app = folder / f"trivial_{charts}.py"
                app.write_text(TRIVIAL.format(charts=charts), encoding="utf-8")
                trivial[charts] = stack.enter_context(served(home, app))
                asyncio.run(session(trivial[charts], "", [""]))
            base, alone, together = [], [], []
            for year in YEARS:
                queries = [f"from={month}+{year}" for month in MONTHS]
                base += asyncio.run(session(trivial[charts], "", [""] * len(queries)))[0]
                alone += asyncio.run(session(dashboard, page, queries))[0]
                together += asyncio.run(session(dashboard, page, [NARROWED + query for query in queries]))[0]
            ratios = [median(times) / median(base) for times in (alone, together)]
            worst = max(worst, *ratios)
            print(
                f"{page or 'overview':13} {charts} charts: trivial {median(base):4.0f} ms, "
                f"by period {median(alone):4.0f} ms ({ratios[0]:.1f} x), "
                f"by period, district and domestic abuse {median(together):4.0f} ms ({ratios[1]:.1f} x)"
            )
        print(f"largest ratio: {worst:.1f} (bound: {BOUND})")


def main() -> None:
    """Make a home with a published snapshot unless one is given, and measure."""
    options = argparse.ArgumentParser()
    options.add_argument("--incidents", type=int, default=500_000)
    options.add_argument("--home", type=Path)
    chosen = options.parse_args()
    if chosen.home:
        measure(chosen.home)
        return
    from pipelines.progress import Progress
    from pipelines.refresh import refresh
    from pipelines.sample import write_sample

    with tempfile.TemporaryDirectory() as folder:
        source, home = Path(folder) / "source", Path(folder) / "home"
        write_sample(source, incidents=chosen.incidents)
        refresh(source, "canonical", home, progress=Progress())
        measure(home)


if __name__ == "__main__":
    main()

"""One journey in a real browser: open, filter, click a point, see its records, follow the link in a new tab."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, expect, sync_playwright

from dashboard.views.banner import FRESHNESS_SECONDS
from tests.app.force import publish
from tests.browser.server import served

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
NARROWED = re.compile(r"\bdistrict=Redcar\b")
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not Path(CHROMIUM).exists(),
        reason=f"no Chromium at {CHROMIUM}: install Debian's package `chromium` to run this",
    ),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder that the journey may publish to."""
    return publish(tmp_path_factory.mktemp("journey"))


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with served(home) as at:
        yield at


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = launched(playwright)
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh reader. Every address the browser asks for must be of this machine."""
    reader = browser.new_context(viewport={"width": 1400, "height": 1000}, accept_downloads=True)
    reader.set_default_timeout(PATIENCE)
    asked: list[str] = []
    reader.on("request", lambda request: asked.append(request.url))
    yield reader
    reader.close()
    elsewhere = {urlsplit(url).netloc for url in asked if urlsplit(url).hostname not in ("127.0.0.1", None)}
    assert asked
    assert not elsewhere


def launched(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


def test_from_a_filter_to_the_records_of_a_month_and_on_to_a_new_tab(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/recording")  # the first visit of all goes straight to a page
    expect(page.get_by_role("heading", level=1)).to_have_text("Recording")

    page.get_by_role("combobox", name="District").click()
    page.get_by_role("option", name="Redcar").click()
    page.keyboard.press("Escape")
    recorded = panel(page, "In-scope logs with a crime recorded")
    expect(recorded.get_by_role("link", name="Open the records")).to_have_attribute("href", NARROWED)

    click(page, recorded.locator(".js-plotly-plot .point").nth(4))
    link = recorded.get_by_role("link", name="Open the records of")
    expect(link).to_be_visible()
    said = recorded.get_by_text(" of ").filter(has_text="May 2018:").inner_text()
    expect(recorded.locator("canvas").first).to_be_visible()

    with context.expect_page() as opened:
        link.click(button="middle")
    tab = opened.value
    expect(tab.get_by_role("heading", level=1)).to_have_text("Records")
    query = parse_qs(urlsplit(tab.url).query)
    assert query["district"] == ["Redcar"]
    assert query["at"] == ["month:2018-05"]
    expect(tab.get_by_text("Narrowed to May 2018")).to_be_visible()
    expect(tab.get_by_text(said.removeprefix("May 2018: "))).to_be_visible()

    with tab.expect_download() as download:
        tab.get_by_role("button", name="Download all").click()
    lines = Path(download.value.path()).read_text("utf-8").splitlines()
    number = int(said.split(" of ")[1].rstrip(")"))
    assert len(lines) == number + 1
    assert lines[0].startswith('"record_id"')


def test_the_filters_stay_in_the_address_from_page_to_page(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/?district=Redcar&from=March+2018")
    expect(page.get_by_role("heading", level=1)).to_have_text("Overview")
    page.get_by_role("link", name="Grading").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Grading")
    at_rest(page)
    panel(page, "Response within the target").get_by_role("link", name="Open the records").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Records")
    at_rest(page)
    query = parse_qs(urlsplit(page.url).query)
    assert set(query["district"]) == {"Redcar"}  # on a slow machine Streamlit may leave a value there twice
    assert query["from"] == ["March 2018"]
    assert query["metric"] == ["response_in_target"]
    while urlsplit(page.url).path == "/records":  # and take two steps to write an address, each of them one to go back
        page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Grading")


def test_the_pages_can_be_walked_by_keyboard(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Overview")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == "Teams":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Teams")


def test_an_open_page_shows_a_new_snapshot_by_itself(context: BrowserContext, address: str, home: Path) -> None:
    page = context.new_page()
    page.clock.install()
    page.goto(address)
    expect(page.get_by_text("run r0001")).to_be_visible()
    publish(home, "r0002", count=200)
    page.clock.fast_forward(FRESHNESS_SECONDS * 1_000)
    expect(page.get_by_text("run r0002")).to_be_visible()


def at_rest(page: Page) -> None:
    """Wait until the page has run to its end and its address stands still: what it still writes into the address would
    undo a step back, or be one more to go back."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    page.wait_for_function(
        "() => { const before = window.addressBefore; window.addressBefore = location.href; "
        "return before === location.href }",
        polling=300,
    )


def panel(page: Page, title: str) -> Locator:
    """The panel of the metric of that title. The first link or chart of a page may be any panel's: a browser that meets
    its first link fetches the code of links, and may draw the later ones before it."""
    blocks = page.get_by_test_id("stVerticalBlock")
    return blocks.filter(has=page.get_by_role("heading", level=3, name=title, exact=True)).last


def click(page: Page, mark: Locator) -> None:
    """Click the middle of a mark, which lies beneath the layer that Plotly listens on."""
    mark.wait_for()
    box = mark.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

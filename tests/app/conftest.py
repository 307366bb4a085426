"""Home folders for the tests of the pages, published once a session, and a way to open a page of the dashboard."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

import dashboard
from tests.app.force import publish

APP = Path(dashboard.__file__).parent / "app.py"
OpenPage = Callable[..., AppTest]


@pytest.fixture(scope="session", autouse=True)
def _packages_searched_once() -> Iterator[None]:
    """Streamlit searches every installed package for components when a test opens the app: longer than a page takes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="session")
def force_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with every extract of the small force. To be read only."""
    return publish(tmp_path_factory.mktemp("force"))


@pytest.fixture
def open_page(force_home: Path, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """Open a page as a fresh reader does: `open_page("recording", district="Redcar")`, of another home with `home=`."""

    def opened(page: str, home: Path = force_home, **query: Any) -> AppTest:
        monkeypatch.setenv("CDI_HOME", str(home))
        at = AppTest.from_file(APP, default_timeout=30)
        for name, value in query.items():
            at.query_params[name] = value
        return at.switch_page(f"pages/{page}.py").run()  # none before: the address of a page is its file's name

    return opened

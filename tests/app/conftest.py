"""Home folders for the tests of the pages: published once a session, quick to build."""

from pathlib import Path

import pytest

from tests.app.force import publish


@pytest.fixture(scope="session")
def force_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with every extract of the small force."""
    return publish(tmp_path_factory.mktemp("force"))

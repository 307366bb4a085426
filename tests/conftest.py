"""Homes that tests share: one with a snapshot of synthetic data, published once a session, and an empty one."""

import atexit
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SAMPLE_INCIDENTS = 3_000


def pytest_unconfigure() -> None:
    """Let pytest's closing line be the last: after Hypothesis, DuckDB's bindings end Python with pages about leaks."""
    atexit.register(lambda: os.dup2(os.open(os.devnull, os.O_WRONLY), 2))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Hand out together what shares homes, unless another way to hand out is asked for."""
    from tests.by_homes import ByHomes

    return ByHomes(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.fixture(autouse=True)
def _no_home_of_the_person(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what a developer has set for herself out of the tests."""
    monkeypatch.delenv("CDI_HOME", raising=False)


@pytest.fixture(scope="session", autouse=True)
def _one_judge() -> Iterator[None]:
    """Have one process of Great Expectations judge every refresh that runs within this one."""
    from pipelines import refresh
    from tests.lasting_worker import LastingWorker

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(refresh, "Worker", LastingWorker)
        yield
    LastingWorker.end()


@pytest.fixture(scope="session")
def sample_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Synthetic extracts of some 3,000 incident logs, as CSV. To be read only."""
    from pipelines.sample import write_sample

    folder = tmp_path_factory.mktemp("extracts") / "sample"
    write_sample(folder, incidents=SAMPLE_INCIDENTS, seed=1)
    return folder


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory, sample_source: Path) -> Path:
    """A home folder whose current snapshot holds `sample_source`. To be read only: every test sees the same."""
    from pipelines.progress import Progress
    from pipelines.refresh import refresh

    home = tmp_path_factory.mktemp("published") / "home"
    refresh(sample_source, "canonical", home, progress=Progress())
    return home


@pytest.fixture
def empty_home(tmp_path: Path) -> Path:
    """A home folder in which nothing was ever refreshed. It does not exist yet."""
    return tmp_path / "home"

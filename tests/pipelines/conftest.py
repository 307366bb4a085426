import pytest

from tests.pipelines.command import Command


@pytest.fixture
def cdi(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(monkeypatch, capsys)

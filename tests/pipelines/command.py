"""Runs `cdi` the way a person does, inside this process (quick) or as a process of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pytest

from pipelines import cli


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it wrote to each stream."""

    status: int
    out: str
    err: str


class Command:
    """`command("status", "--json", home=...)` types `cdi status --json --home ...` in this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch, self.capsys = monkeypatch, capsys

    def __call__(self, *typed: Any, home: Any = None) -> Done:
        self.monkeypatch.setattr(sys, "argv", ["cdi", *words(typed, home)])
        self.capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = self.capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Done(ended.value.code, out, err)


def started(*typed: Any, home: Any = None, env: dict[str, str] | None = None, **options: Any) -> subprocess.Popen[str]:
    """`cdi` as a process of its own, with both streams as pipes.

    It hears every signal, also where the tests were started in the background or under `nohup`, to ignore some.
    """
    return subprocess.Popen(
        [sys.executable, "-m", "pipelines", *words(typed, home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **(env or {})},
        preexec_fn=_hear_signals if os.name == "posix" else None,
        **options,
    )


def _hear_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def words(typed: Iterable[Any], home: Any) -> list[str]:
    return [*map(str, typed), *([] if home is None else ["--home", str(home)])]

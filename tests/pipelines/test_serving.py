"""`cdi serve`: one address on standard output, a child that ends with its parent, nothing written, nothing fetched."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import dashboard
from tests.pipelines.command import Command, started

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def served(empty_home: Path, port: int, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A dashboard that answers, before any refresh, with a home folder of the person that is empty too."""
    person = tmp_path / "person"
    person.mkdir()
    running = started("serve", "--port", port, home=empty_home, env={"HOME": str(person)}, cwd=tmp_path)
    assert running.stdout is not None
    try:
        assert running.stdout.readline() == f"http://127.0.0.1:{port}\n"
        yield running
    finally:
        running.terminate()
        running.communicate(timeout=20)


def answer(port: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/")
    return connection.getresponse().status


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_serves_until_it_is_stopped(
    served: subprocess.Popen[str], port: int, tmp_path: Path, empty_home: Path, number: signal.Signals
) -> None:
    assert answer(port) == http.client.OK
    served.send_signal(number)
    out, err = served.communicate(timeout=20)
    assert (served.returncode, out) == (0, "")
    assert "Ctrl-C stops it" in err
    assert "stopped" in err
    assert "Traceback" not in err
    with pytest.raises(ConnectionRefusedError):
        answer(port)
    assert list((tmp_path / "person").iterdir()) == []
    assert not empty_home.exists()


def test_it_says_so_when_the_server_ends_by_itself(served: subprocess.Popen[str]) -> None:
    [child] = _children(served.pid)
    os.kill(child, signal.SIGKILL)
    out, err = served.communicate(timeout=20)
    assert (served.returncode, out) == (1, "")
    assert "ended by itself" in err


def test_a_port_in_use_is_told_before_anything_is_made(cdi: Command, empty_home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        for command in ("serve", "demo"):
            done = cdi(command, "--port", number, home=empty_home)
            assert (done.status, done.out) == (2, "")
            assert f"port {number} on 127.0.0.1 is not free" in done.err
            assert "--port" in done.err
    assert not empty_home.exists()


def test_streamlit_is_told_to_stay_at_home() -> None:
    folder = Path(next(iter(dashboard.__path__)))
    settings = tomllib.loads((folder / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["server"]["headless"] is True
    assert settings["server"]["showEmailPrompt"] is False


def test_a_demonstration_serves_what_it_published_until_ctrl_c(empty_home: Path, port: int) -> None:
    running = started("demo", "--incidents", 500, "--port", port, home=empty_home)
    assert running.stdout is not None
    try:
        assert running.stdout.readline() == f"http://127.0.0.1:{port}\n"
        assert answer(port) == http.client.OK
        time.sleep(0.5)  # it waits for its child by now
        running.send_signal(signal.SIGINT)
        running.send_signal(signal.SIGTERM)  # as `uv run` and a terminal may, both at once
        out, err = running.communicate(timeout=20)
    finally:
        running.kill()
    assert (running.returncode, out) == (0, "")
    assert "published snap_r0001.duckdb, made of synthetic data" in err
    assert "Traceback" not in err
    with pytest.raises(ConnectionRefusedError):
        answer(port)


def _children(parent: int) -> list[int]:
    """The processes that a process has started."""
    listed = Path(f"/proc/{parent}/task/{parent}/children")
    if not listed.exists():
        pytest.skip("this system does not list the children of a process")
    return [int(word) for word in listed.read_text().split()]

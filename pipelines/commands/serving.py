"""The dashboard: `serve`, and `demo`, which makes synthetic data first."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.common import HOME, MISUSED, REFUSED, CommandFailed, HomeOption, opened, say
from pipelines.commands.intake import IncidentsOption, load, make_sample
from pipelines.home import pointer_file, sample_folder
from pipelines.progress import to_stderr

ADDRESS = "127.0.0.1"
START_SECONDS = 60

PortOption = Annotated[int, typer.Option("--port", min=1, max=65535, help=f"Port on {ADDRESS}.")]

# What depends on how it is served; the rest stands in dashboard/.streamlit/config.toml. The welcome is ours to say.
STREAMLIT_OPTIONS = {"logger.hideWelcomeMessage": "true", "logger.level": "warning", "server.address": ADDRESS}


def serve(home: HomeOption = HOME, port: PortOption = 8501) -> None:
    """Serve the dashboard on this machine until stopped with Ctrl-C."""
    require_free(port)
    run_dashboard(home, port)


def demo(
    home: HomeOption = HOME,
    incidents: IncidentsOption = None,
    port: PortOption = 8501,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve the dashboard afterwards.")] = True,
) -> None:
    """Make synthetic extracts, publish them and serve the dashboard."""
    require_no_real_data(home)
    if serve:
        require_free(port)
    progress = to_stderr()
    make_sample(sample_folder(home), incidents, progress)
    report = load(sample_folder(home), "canonical", home, progress)
    say(f"published {report.snapshot}, made of synthetic data")
    if serve:
        _become("serve", "--home", str(home), "--port", str(port))


def require_no_real_data(home: Path) -> None:
    """End the command where the current snapshot is not synthetic: a demonstration must not replace a force's data."""
    if not pointer_file(home).exists():
        return
    with opened(home, of_any_layout=True) as snapshot:
        is_synthetic = snapshot.info["is_synthetic"]
    if not is_synthetic:
        raise CommandFailed(
            f"{home} holds a snapshot of real data, which a demonstration would replace: "
            "give another folder, such as `cdi demo --home demo-data`",
            MISUSED,
        )


def require_free(port: int) -> None:
    """End the command where something listens on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as error:
            raise CommandFailed(
                f"port {port} on {ADDRESS} is not free ({error.strerror}): stop what uses it, or give another --port",
                MISUSED,
            ) from None


def run_dashboard(home: Path, port: int) -> None:
    """Run Streamlit as a child, print its address once it answers, and stay until either of us is stopped."""
    app = _dashboard_file()
    options = [f"--{name}={value}" for name, value in STREAMLIT_OPTIONS.items()]
    child = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(app), f"--server.port={port}", *options],
        cwd=app.parent,  # so that Streamlit reads the dashboard's own settings, wherever the command is typed
        env={**os.environ, "CDI_HOME": str(home.absolute())},
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        start_new_session=True,  # Ctrl-C reaches this process alone, which hands it on once
    )
    try:
        _wait_until_it_answers(child, port)
        say("The dashboard is open at the address below; Ctrl-C stops it.")
        print(f"http://{ADDRESS}:{port}", flush=True)  # last, as whoever waits for it may go on at once
        status = child.wait()
    except SystemExit:  # a signal
        say("The dashboard is stopped.")
        return
    finally:
        _stop(child)
    raise CommandFailed(
        f"the dashboard's server ended by itself, with status {status}; its messages are above", REFUSED
    )


def _become(*command: str) -> None:
    """Go on as another command in a fresh process of the same number.

    What the refresh held in memory is given back.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, [sys.executable, "-m", "pipelines", *command])


def _dashboard_file() -> Path:
    spec = find_spec("dashboard.app")
    if spec is None or spec.origin is None:
        raise CommandFailed("the dashboard is not installed here: install this project whole, then try again", MISUSED)
    return Path(spec.origin)


def _wait_until_it_answers(child: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if child.poll() is not None:
            raise CommandFailed(
                f"the dashboard's server did not start (status {child.returncode}); its messages are above", REFUSED
            )
        connection = http.client.HTTPConnection(ADDRESS, port, timeout=5)
        try:
            connection.request("GET", "/_stcore/health")
            if connection.getresponse().status == http.client.OK:
                return
        except OSError:
            pass  # not listening yet
        finally:
            connection.close()
        time.sleep(0.1)
    raise CommandFailed(
        f"the dashboard's server did not answer within {START_SECONDS} s; stop it and try again", REFUSED
    )


def _stop(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(timeout=5)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()

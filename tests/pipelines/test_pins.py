"""Every package at one version: the pins in pyproject.toml, requirements.lock and what runs here agree."""

import re
import shutil
import subprocess
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UV = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["uv"]
PIN = re.compile(r"[a-z0-9][a-z0-9-]*==[0-9][0-9a-z.]*( ; .+)?")
LOCKED = re.compile(r"([a-z0-9][a-z0-9-]*==\S+)( ; .+?)? \\")


def test_every_pin_names_one_version() -> None:
    for name in ("constraint-dependencies", "build-constraint-dependencies"):
        assert len(UV[name]) > 5
        assert [pin for pin in UV[name] if not PIN.fullmatch(pin)] == []


def test_the_lock_is_hashes_of_the_pinned_versions_and_nothing_else() -> None:
    pins = {pin.split(" ; ")[0] for pin in UV["constraint-dependencies"]}
    packages = 0
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines():
        if package := LOCKED.fullmatch(line):
            packages += 1
            assert package[1] in pins
        else:
            assert re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line)
    assert packages > 50


def test_what_is_installed_is_what_is_pinned() -> None:
    wrong = []
    for pin in UV["constraint-dependencies"]:
        if ";" not in pin:
            name, pinned = pin.split("==")
            try:
                wrong += [f"{name} {version(name)}, pinned {pinned}"] if version(name) != pinned else []
            except PackageNotFoundError:
                continue  # of a group that is not installed here
    assert wrong == []


@pytest.mark.skipif(
    shutil.which("git") is None or not (ROOT / ".git").exists(), reason="not a checkout: no list of the files"
)
def test_no_file_of_the_repository_holds_a_registry_address() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    address = re.compile(
        rb"py" rb"pi\.org|python" rb"hosted\.org|registry\.npm" rb"js|deb\.deb" rb"ian\.org|index-" rb"url"
    )
    files = [ROOT / name.decode() for name in listed.split(b"\0") if name]
    assert files
    assert [str(file) for file in files if file.is_file() and address.search(file.read_bytes())] == []

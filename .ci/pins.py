"""Keep every package at one version: the constraint blocks of pyproject.toml, and requirements.lock with hashes.

    python .ci/pins.py             keep the pins that stand, add and drop what a changed dependency needs
    python .ci/pins.py --upgrade   take the newest versions that the ranges in pyproject.toml allow
    python .ci/pins.py --check     exit 1 unless a fresh resolution gives requirements.lock to the letter

Each mode resolves from pyproject.toml alone, in a folder of its own, so that no older lock file has a say.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "requirements.lock"
RUNTIME, BUILD = "constraint-dependencies", "build-constraint-dependencies"
BUILD_NEEDS = "hatchling\neditables\n"  # hatchling builds us; it asks for editables when it installs us in place
EXPORT = ("export", "--frozen", "--no-emit-project", "--no-annotate", "--no-header", "--format=requirements.txt")


def uv(folder: Path, *arguments: str, given: str | None = None) -> str:
    """Run uv in the folder and return what it wrote to standard output."""
    done = subprocess.run(["uv", *arguments], cwd=folder, input=given, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"uv {' '.join(arguments)} failed:\n{done.stderr}")
    return done.stdout


def with_block(text: str, name: str, pins: list[str]) -> str:
    """The text of pyproject.toml with the list of that name replaced."""
    block = "".join(f'  "{pin}",\n' for pin in pins)
    changed, count = re.subn(rf"(?m)^{name} = \[\n(?:  .*\n)*\]$", lambda _: f"{name} = [\n{block}]", text)
    if count != 1:
        sys.exit(f"pyproject.toml: expected one list `{name} = [` with an entry a line, found {count}")
    return changed


def pins_of(export: str) -> list[str]:
    """The `name==version ; marker` lines of an export, without its comments."""
    return [line.strip() for line in export.splitlines() if line.strip() and not line.startswith("#")]


def resolve(folder: Path, text: str) -> None:
    """Put pyproject.toml into the folder and resolve it there."""
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "README.md", folder)
    uv(folder, "lock", "--quiet")


def rewrite(folder: Path, upgrade: bool) -> None:
    """Write the constraint blocks and requirements.lock afresh."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    resolve(folder, with_block(with_block(text, RUNTIME, []), BUILD, []) if upgrade else text)
    every = uv(folder, *EXPORT, "--all-groups", "--no-hashes")
    build = uv(folder, "pip", "compile", "--universal", "--python-version=3.11", "--no-annotate", "--no-header", "-",
               given=BUILD_NEEDS)  # fmt: skip
    text = with_block(with_block(text, RUNTIME, pins_of(every)), BUILD, pins_of(build))
    (ROOT / "pyproject.toml").write_text(text, encoding="utf-8")
    resolve(folder, text)
    LOCK.write_text(uv(folder, *EXPORT), encoding="utf-8")


def check(folder: Path) -> None:
    """Exit 1, saying how they differ, unless a fresh export equals requirements.lock."""
    resolve(folder, (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    fresh, kept = uv(folder, *EXPORT), LOCK.read_text(encoding="utf-8")
    if fresh == kept:
        print(f"requirements.lock is what uv exports: {sum(1 for line in fresh.splitlines() if '==' in line)} packages")
        return
    names = [{line for line in text.splitlines() if "==" in line} for text in (fresh, kept)]
    differing = sorted(names[0] ^ names[1]) or ["only hashes: files were added to or taken from a release"]
    sys.exit("requirements.lock differs from a fresh export; run `python .ci/pins.py` and read the change.\n" +
             "\n".join(differing))  # fmt: skip


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        if sys.argv[1:] == ["--check"]:
            check(Path(scratch))
        elif sys.argv[1:] in ([], ["--upgrade"]):
            rewrite(Path(scratch), upgrade=bool(sys.argv[1:]))
        else:
            sys.exit(__doc__)

"""The SQL of the build with one text in one file put in another's place."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines import build

Check = Callable[[], None]


def is_caught(file: str, before: str, after: str, check: Check, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail unless the check fails on worlds that are built with `after` in place of `before`."""
    changed_sql = folder / "sql"
    shutil.copytree(build.SQL, changed_sql, ignore=shutil.ignore_patterns("*.py", "metrics"))
    (changed_sql / "metrics").mkdir()
    changed = changed_sql / f"{file}.sql"
    text = changed.read_text("utf-8")
    assert text.count(before) == 1, f"{file} has {before!r} {text.count(before)} times"
    changed.write_text(text.replace(before, after), "utf-8")
    monkeypatch.setattr(build, "SQL", changed_sql)
    with pytest.raises((AssertionError, TypeError)):
        check()

"""Imports put off until they are used. The module `this` prints as it runs, so it shows when it does."""

import subprocess
import sys

import pytest


def printed_by(program: str) -> str:
    run = [sys.executable, "-c", f"from expectations.lazy import import_when_used; {program}"]
    return subprocess.run(run, check=True, capture_output=True, text=True).stdout


def test_a_module_put_off_runs_at_its_first_use_and_not_before():
    assert printed_by("import_when_used('this'); import this") == ""
    assert "Zen of Python" in printed_by("import_when_used('this'); import this; this.s")


def test_other_modules_are_imported_as_ever():
    assert "Zen of Python" in printed_by("import_when_used('that'); import this")


def test_a_module_that_does_not_exist_is_still_missed_at_its_import():
    with pytest.raises(subprocess.CalledProcessError) as failure:
        printed_by("import_when_used('no_such_module'); import no_such_module")
    assert "No module named 'no_such_module'" in failure.value.stderr

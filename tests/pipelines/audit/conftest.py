"""Homes in which an audit was drawn, and returned, made once a session."""

import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines.audit.folder import draw_folder
from pipelines.commands import auditing
from tests.pipelines.audit.drawn import SAMPLE, copied, draw, fill


@pytest.fixture(scope="session")
def drawn_home(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample's home in which a draw was made. To be read only."""
    home = copied(sample_home, tmp_path_factory.mktemp("drawn"))
    draw(home)
    return home


@pytest.fixture(scope="session")
def truth(sample_source: Path) -> dict[str, list[dict[str, Any]]]:
    """The crimes that each log should have led to."""
    required: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in pl.read_csv(sample_source / "truth" / "crime.csv", infer_schema=False).iter_rows(named=True):
        if row["is_required"] == "true":
            required[row["incident_id"].replace("-", "")].append(row)  # as the snapshot writes log numbers
    return required


@pytest.fixture(scope="session")
def filled(drawn_home: Path, truth: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a worksheet filled in whole, and of the second auditor's."""
    folder = tmp_path_factory.mktemp("filled")
    shutil.copytree(draw_folder(drawn_home, SAMPLE), folder, dirs_exist_ok=True)
    fill(folder / "worksheet.xlsx", truth)
    fill(folder / "second_worksheet.xlsx", truth, "A2")
    return folder


@pytest.fixture(scope="session")
def returned_home(drawn_home: Path, filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the whole worksheet was returned and published. To be read only."""
    home = copied(drawn_home, tmp_path_factory.mktemp("returned"))
    auditing.take_back(filled / "worksheet.xlsx", home)
    return home

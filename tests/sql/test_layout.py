"""Snapshots of other versions of this software: said to be such, and not misread."""

import shutil
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

import sql
from pipelines.commands.serving import require_no_real_data
from sql.door.snapshot import LAYOUT


@pytest.fixture
def older_home(sample_home: Path, tmp_path: Path) -> Path:
    """A home folder whose current snapshot knows nothing of layouts, as those of the first version."""
    home, name = tmp_path / "home", sql.current_name(sample_home)
    assert name is not None
    (home / "snapshots").mkdir(parents=True)
    shutil.copyfile(sample_home / "CURRENT", home / "CURRENT")
    shutil.copyfile(sample_home / "snapshots" / name, home / "snapshots" / name)
    with duckdb.connect(str(home / "snapshots" / name)) as con:
        con.execute("alter table snapshot_info drop column layout")
    return home


def test_a_snapshot_says_the_layout_that_the_door_knows(sample_home: Path) -> None:
    with closing(sql.open_snapshot(sample_home)) as snapshot:
        assert snapshot.info["layout"] == LAYOUT


def test_a_snapshot_of_another_version_is_refused_with_what_to_do(older_home: Path) -> None:
    with pytest.raises(sql.OtherLayout, match=r"snap_r0001\.duckdb was built by another version .* run `cdi refresh"):
        sql.open_snapshot(older_home)


def test_whether_it_is_made_up_can_still_be_asked_so_that_a_demonstration_may_replace_it(older_home: Path) -> None:
    require_no_real_data(older_home)
    with closing(sql.open_snapshot(older_home, of_any_layout=True)) as snapshot:
        assert snapshot.info["is_synthetic"]

"""What a file of statistics says of itself, as the snapshot keeps it for the page Method and for evidence."""

from pathlib import Path

import pytest

import sql
from pipelines.build import ESTIMATES, MACROS, SQL
from pipelines.method_file import read_method

FILE = """-- what: the mean of a series,
--   each point counting once: no weights
-- a, b: two numbers
-- row: a series
create macro mean_of(a, b) as
(a + b) / 2;  -- what: no header
"""


def test_a_header_is_read_up_to_the_first_statement_with_its_continued_lines(tmp_path: Path) -> None:
    path = tmp_path / "mean_of.sql"
    path.write_text(FILE, "utf-8")
    assert read_method(path) == {
        "name": "mean_of",
        "what": "the mean of a series, each point counting once: no weights",
        "row_meaning": "a series",
        "text": FILE.strip(),
    }


def test_a_macro_that_yields_a_value_has_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "two.sql"
    path.write_text("-- what: two\ncreate macro two() as\n2;\n", "utf-8")
    assert read_method(path)["row_meaning"] is None


@pytest.mark.parametrize("macro", [*MACROS, *ESTIMATES])
def test_every_statistic_says_what_it_is_and_what_a_row_of_a_table_is(macro: str) -> None:
    method = read_method(SQL / f"{macro}.sql")
    assert len(method["what"] or "") > 40
    yields_rows = " as table" in (method["text"] or "") or macro in ESTIMATES
    assert bool(method["row_meaning"]) == yields_rows


def test_a_snapshot_holds_the_method_of_every_statistic(sample_home: Path) -> None:
    snapshot = sql.open_snapshot(sample_home)
    found = sql.table(snapshot, "method", order="position")
    snapshot.close()
    files = (*MACROS, *ESTIMATES)
    assert {row["name"] for row in found} == {file.removeprefix("trends/") for file in files}
    assert [row["position"] for row in found] == list(range(len(files)))
    assert {row["text"] for row in found} == {(SQL / f"{file}.sql").read_text("utf-8").strip() for file in files}

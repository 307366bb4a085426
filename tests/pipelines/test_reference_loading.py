"""The reference tables as DuckDB loads them: every row, typed by what its column names mean."""

import csv
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines import reference
from pipelines.profile import load_profile

TABLES = {f"ref_{path.stem}": path for path in reference.FOLDER.glob("*.csv")}


@pytest.fixture(scope="module")
def loaded() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    for statement in reference.statements():
        con.execute(statement)
    return con


def cells(con: duckdb.DuckDBPyConnection, table: str) -> list[tuple[str | None, ...]]:
    """Every cell as text, numbers without needless zeros."""
    columns = [name for name, *_ in con.execute(f"describe {table}").fetchall()]
    texts = ", ".join(f"regexp_replace({name}::varchar, '\\.0$', '')" for name in columns)
    return con.execute(f"select {texts} from {table}").fetchall()


@pytest.mark.parametrize("table", TABLES)
def test_every_row_and_every_cell_arrives(loaded: duckdb.DuckDBPyConnection, table: str) -> None:
    with TABLES[table].open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert [name for name, *_ in loaded.execute(f"describe {table}").fetchall()] == header
    types = [reference.column_type(name) for name in header]
    wanted = [
        tuple(
            (str(float(value)).removesuffix(".0") if kind == "double" else value) if value else None
            for value, kind in zip(row, types, strict=True)
        )
        for row in rows
    ]
    assert sorted(cells(loaded, table), key=str) == sorted(wanted, key=str)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("valid_from", "date"),
        ("valid_to", "date"),
        ("valid_until", "date"),
        ("period_to", "date"),
        ("due_date", "date"),
        ("published", "date"),
        ("limit_minutes", "bigint"),
        ("comparison_years", "double"),
        ("rate_pct", "double"),
        ("half_width_points", "double"),
        ("value", "double"),
        ("rank", "integer"),
        ("year", "integer"),
        ("k", "bigint"),
        ("n", "bigint"),
        ("is_main", "boolean"),
        ("has_interval", "boolean"),
        ("needs_attendance", "boolean"),
        ("may_hide_crime", "boolean"),
        ("indicates_crime", "boolean"),
        ("from_class", "varchar"),
        ("to_class", "varchar"),
        ("offence_class", "varchar"),
        ("name", "varchar"),
        ("note", "varchar"),
        ("unit", "varchar"),
    ],
)
def test_a_column_is_typed_by_its_name(name: str, kind: str) -> None:
    assert reference.column_type(name) == kind


def test_a_profiles_table_stands_in_place_of_the_shipped_one(tmp_path: Path) -> None:
    path = tmp_path / "it's mine.csv"
    path.write_text(
        "target_id,grade_code,value,unit,valid_from,valid_to,source\n"
        'response,A,7.5,minutes,2018-05-01,,"said so, twice"\n',
        "utf-8",
    )
    con = duckdb.connect()
    for statement in reference.statements({"ref_target": path}):
        con.execute(statement)
    assert con.execute("select * from ref_target").fetchall() == [
        ("response", "A", 7.5, "minutes", date(2018, 5, 1), None, "said so, twice")
    ]
    assert {name for (name,) in con.execute("select table_name from duckdb_tables()").fetchall()} == set(TABLES)


def test_the_grades_and_targets_of_a_profile_are_written_beside_the_stage(tmp_path: Path) -> None:
    profile = load_profile("new_orleans_2022")
    assert profile.grades is not None
    con = duckdb.connect()
    for statement in reference.statements(reference.overrides(profile, tmp_path)):
        con.execute(statement)
    grades = con.execute("select grade_code, name, rank, needs_attendance from ref_grade order by rank").fetchall()
    assert grades == sorted(
        ((g.code, g.name, g.rank, g.needs_attendance) for g in profile.grades), key=lambda row: row[2]
    )
    assert con.execute("select count(*) from ref_target").fetchone() == (0,)  # it says that none are known
    assert reference.overrides(load_profile("canonical"), tmp_path) == {}


def test_a_value_that_is_not_of_its_type_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "target.csv"
    path.write_text("target_id,value\nresponse,soon\n", "utf-8")
    con = duckdb.connect()
    with pytest.raises(duckdb.Error, match="soon"):
        con.execute(next(s for s in reference.statements({"ref_target": path}) if "ref_target" in s))

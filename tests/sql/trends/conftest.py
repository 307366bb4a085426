"""The macros of the audit's estimates, for the tests that share one database."""

from collections.abc import Iterator

import duckdb
import pytest

from tests.sql.trends.database import trends_database


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database with the macros and no tables; each test makes its own."""
    with trends_database() as database:
        yield database

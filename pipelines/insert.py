"""Rows of Python values into a table of the snapshot, in one statement: a row each costs a transaction each."""

from collections.abc import Sequence

import duckdb


def insert(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Sequence[object]]) -> None:
    """Insert the rows, whose values are in the table's order; no rows are nothing to do."""
    if rows:
        row = f"({', '.join('?' * len(rows[0]))})"
        values = [value for given in rows for value in given]
        con.execute(f"insert into {table} values {', '.join([row] * len(rows))}", values)

"""The SQLAlchemy dialect through which Great Expectations speaks to DuckDB.

It differs from `duckdb_engine.Dialect` in three things:

- A cursor fetches its rows as soon as it has executed. Great Expectations reads them after it has given the connection
  back, when the stock dialect has rolled the transaction back and dropped them; the exception is then swallowed and
  shown as `success=False`.
- It calls itself postgresql, because Great Expectations chooses its SQL by that name and has none for duckdb.
- Transactions are left out: everything it runs is a read.
"""

from typing import Any

import duckdb
from duckdb_engine import ConnectionWrapper, CursorWrapper, Dialect
from sqlalchemy import URL, NullPool, Pool
from sqlalchemy.dialects import registry


class BufferedCursor(CursorWrapper):
    """A cursor that holds its rows in memory from `execute` on."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, wrapper: ConnectionWrapper) -> None:
        super().__init__(connection, wrapper)
        self._duckdb = connection
        self._rows: list[tuple] = []
        self.description: list | None = None

    def execute(self, statement: str, parameters: tuple | None = None, context: Any | None = None) -> None:
        """Run the statement and hold its rows. What DuckDB raises goes through, and no earlier row stays behind."""
        self._rows, self.description = [], None
        super().execute(statement, parameters, context)
        self.description = self._duckdb.description
        self._rows = self._duckdb.fetchall() if self.description else []

    def fetchone(self) -> tuple | None:
        """The next row held; None when there is none left."""
        return self._rows.pop(0) if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[tuple]:
        """The next `size` rows held, one by default."""
        taken, self._rows = self._rows[: size or 1], self._rows[size or 1 :]
        return taken

    def fetchall(self) -> list[tuple]:
        """The rows still held."""
        taken, self._rows = self._rows, []
        return taken


class BufferedConnection(ConnectionWrapper):
    """A connection whose cursors are buffered."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        super().__init__(connection)
        self._duckdb = connection

    def cursor(self) -> BufferedCursor:
        """A new buffered cursor on this connection."""
        return BufferedCursor(self._duckdb, self)


class BufferedDuckDB(Dialect):
    """DuckDB for Great Expectations: `duckdb+buffered:///:memory:NAME?search_path=SCHEMA`."""

    name = "postgresql"
    driver = "buffered"
    supports_statement_cache = False

    def connect(self, database: str, url_config: dict[str, str], **_: Any) -> BufferedConnection:
        """A new connection to the named in-memory database, looking tables up in the schemas of `search_path`."""
        connection = duckdb.connect(database)
        connection.execute(f"set search_path = '{url_config['search_path']}'")
        return BufferedConnection(connection)

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:
        """No pool: a connection kept would keep the database of a finished job in memory."""
        return NullPool

    def do_begin(self, connection: Any) -> None:
        """Nothing: every statement is a read."""

    def do_commit(self, dbapi_connection: Any) -> None:
        """Nothing: every statement is a read."""

    def do_rollback(self, connection: Any) -> None:
        """Nothing: every statement is a read."""


registry.register("duckdb.buffered", __name__, BufferedDuckDB.__name__)

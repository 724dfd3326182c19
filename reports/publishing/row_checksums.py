"""Rows of the ledger that prove themselves: each carries a seal, a digest of all its values.

SQLite finds broken pages; that a letter within a page has changed it does not see. Columns without a value do
not count for the seal, so that a later version may add some. The names of tables and columns that stand in the
statements here come from this package alone.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

Row = dict[str, Any]


def insert(
    connection: sqlite3.Connection, table: str, values: Mapping[str, Any], *, or_ignore: bool = False
) -> int:
    """Add a row; return its number. *or_ignore*: one with the same key stays as it is, and 0 is returned."""
    marks = ", ".join("?" * len(values))
    how = "INSERT OR IGNORE" if or_ignore else "INSERT"
    statement = f"{how} INTO {table} ({', '.join(values)}) VALUES ({marks})"
    cursor = connection.execute(statement, [*values.values()])
    number = int(cursor.lastrowid or 0) if cursor.rowcount > 0 else 0
    if number:
        [row] = select(connection, table, {"rowid": number})
        statement = f"UPDATE {table} SET seal = ? WHERE rowid = ?"  # noqa: S608 - names from this package
        connection.execute(statement, [_seal(table, row), number])
    return number


def put(
    connection: sqlite3.Connection, table: str, key: Mapping[str, Any], values: Mapping[str, Any]
) -> None:
    """Set *values* in the row under *key*; add the row where there is none."""
    found = select(connection, table, key)
    if not found:
        insert(connection, table, {**key, **values})
        return
    changed = {**found[0], **values}
    settings = ", ".join(f"{name} = ?" for name in [*values, "seal"])
    conditions = " AND ".join(f"{name} = ?" for name in key)
    statement = f"UPDATE {table} SET {settings} WHERE {conditions}"  # noqa: S608 - names from this package
    connection.execute(statement, [*values.values(), _seal(table, changed), *key.values()])


def select(
    connection: sqlite3.Connection, table: str, where: Mapping[str, Any], order: str = "rowid"
) -> list[Row]:
    """Return the rows whose columns equal *where*, without their seals."""
    conditions = " AND ".join(f"{name} = ?" for name in where) or "1"
    statement = f"SELECT * FROM {table} WHERE {conditions} ORDER BY {order}"  # noqa: S608 - as above
    return [_unsealed(row) for row in connection.execute(statement, [*where.values()])]


def delete(connection: sqlite3.Connection, table: str, where: Mapping[str, Any]) -> None:
    """Take the rows away whose columns equal *where*."""
    conditions = " AND ".join(f"{name} = ?" for name in where)
    connection.execute(f"DELETE FROM {table} WHERE {conditions}", [*where.values()])  # noqa: S608 - as above


def tables(connection: sqlite3.Connection) -> list[str]:
    """The names of all tables, sorted."""
    found = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    return sorted(str(row["name"]) for row in found)


def broken_seals(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the table of each row that is not as it was written."""
    for table in tables(connection):
        for row in connection.execute(f"SELECT * FROM {table}"):  # noqa: S608 - as above
            if row["seal"] != _seal(table, _unsealed(row)):
                yield table


def _unsealed(row: sqlite3.Row) -> Row:
    return {name: row[name] for name in row.keys() if name != "seal"}  # noqa: SIM118 - a sqlite3.Row yields values


def _seal(table: str, values: Mapping[str, Any]) -> str:
    given = {name: value for name, value in sorted(values.items()) if value is not None}
    text = json.dumps([table, given], ensure_ascii=True, separators=(",", ":"), default=_digest)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

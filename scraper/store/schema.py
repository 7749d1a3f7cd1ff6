"""The schema: numbered migrations, and the page docs/schema.md that is made of their comments.

The migrations are our own list over `PRAGMA user_version`, not sqlite_utils.migrations: those look for pending work
outside of any transaction (two programs that open a new archive at once would both create it), write the wall clock
into it, and their names have no order from which a reader could tell that an archive is too new for it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite_utils

APPLICATION_ID = 0x62327376  # 'b2sv', in bytes 68 to 71 of the file
MIGRATIONS = (
    "0001_archive.sql",
    "0002_profiles.sql",
    "0003_recipes.sql",
    "0004_parts.sql",
    "0005_crawls.sql",
    "0006_coverage.sql",
    "0007_media.sql",
    "0008_reparses.sql",
    "0009_history.sql",
    "0010_views.sql",
    "0011_private.sql",
    "0012_forgotten.sql",
    "0013_shelves.sql",
    "0014_run_ends.sql",
)  # never edited once released; the n-th makes user_version n
VERSION = len(MIGRATIONS)

_COLUMN = re.compile(r"  (\w+) [^-]*(?:--\s*(.*))?")  # of a table: its name comes first
_ADDED_COLUMN = re.compile(r".*?, (\w+) (?:TEXT|INTEGER)\b[^-]*--\s*(.*)")  # SQLite puts it behind the one before
_VIEW_COLUMN = re.compile(r".*?(\w+),?  --\s*(.*)")  # its name comes last


def migrate(connection: sqlite3.Connection) -> int:
    """The number of migrations that were applied: all that the database does not have yet, in one transaction.

    `connection` is in autocommit mode (isolation_level None). The version is read under the write lock, so that of
    two programs one waits and then finds nothing to do.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        for name in MIGRATIONS[version:]:
            for statement in _statements(_read_migration(name)):
                connection.execute(statement)
        if version < VERSION:
            connection.execute(f"PRAGMA user_version = {VERSION}")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    return max(0, VERSION - int(version))


def _read_migration(name: str) -> str:
    return (resources.files("scraper.store") / "migrations" / name).read_text(encoding="utf-8")


def _statements(script: str) -> Iterator[str]:
    """The statements one by one: executescript would commit the transaction that they belong to."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""


# ---- docs/schema.md


@dataclass(frozen=True, slots=True)
class _Comments:
    """The comments inside one CREATE statement: about all of it, and by column."""

    title: str
    columns: dict[str, str]


def schema_page() -> str:
    """The text of docs/schema.md: each table and view of a new archive, with the comments of its SQL."""
    import sqlite_utils

    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(connection)
        database = sqlite_utils.Database(connection)
        parts = [_PAGE_HEAD.format(version=VERSION, application_id=APPLICATION_ID)]
        shadows = tuple(f"{name}_" for name in database.table_names() if name.endswith("_fts"))
        for table in database.tables:
            if not table.name.startswith(("sqlite_", *shadows)):
                parts.append(_table_section(table))
        parts.append("## Views\n")
        parts += [_view_section(view) for view in database.views]
        return "\n".join(parts)
    finally:
        connection.close()


_PAGE_HEAD = """# The schema

Made from the comments in `scraper/store/migrations`; do not edit. Version {version} (`PRAGMA user_version`),
`PRAGMA application_id` {application_id}. Times are ISO 8601 text in UTC ('2012-05-14T08:04:00Z') where nothing else
is said. All tables are STRICT. Ten questions, and how to ask them: [queries.md](queries.md).

![The tables, and which refers to which](schema.svg)

## Tables
"""


def _table_section(table: sqlite_utils.db.Table) -> str:
    if table.virtual_table_using:
        names = ", ".join(f"`{column.name}`" for column in table.columns)
        return f"### {table.name}\n\n{_read_comments(table.schema, _COLUMN).title} Columns: {names}.\n"
    references = {key.column: f"{key.other_table}.{key.other_column}" for key in table.foreign_keys}
    comments = _read_comments(table.schema, _COLUMN)
    lines = ["| column | type | refers to | |", "| --- | --- | --- | --- |"]
    for column in table.columns:
        name = column.name
        lines.append(f"| `{name}` | {column.type} | {references.get(name, '')} | {comments.columns.get(name, '')} |")
    return "\n".join((f"### {table.name}\n", f"{comments.title}\n", *lines, ""))


def _view_section(view: sqlite_utils.db.View) -> str:
    comments = _read_comments(view.schema, _VIEW_COLUMN)
    lines = ["| column | |", "| --- | --- |"]
    lines += [f"| `{column.name}` | {comments.columns.get(column.name, '')} |" for column in view.columns]
    return "\n".join((f"### {view.name}\n", f"{comments.title}\n", *lines, ""))


def _read_comments(sql: str, column: re.Pattern[str]) -> _Comments:
    """Comments by what they are about; a line that is nothing but a comment goes on with the one above."""
    first, *lines = sql.splitlines()
    columns: dict[str, str] = {}
    last = ""
    for line in lines:
        if line.strip().startswith("--") and last:
            columns[last] = f"{columns[last]} {line.strip().removeprefix('--').strip()}".strip()
        elif match := _ADDED_COLUMN.fullmatch(line) or column.fullmatch(line):
            last = match[1]
            columns[last] = match[2] or ""
    return _Comments(first.partition("--")[2].strip(), columns)

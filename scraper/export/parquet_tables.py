"""`write_tables`: the tables of an archive as they are, one Parquet file each, for engines that read many at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scraper.errors import MissingExtra
from scraper.store.connection import reading

# What was read, and of which captures; not what a crawl knows, nor evidence, nor earlier texts.
TABLES = ("posts", "comments", "people", "post_people", "bios", "tags", "post_tags", "links", "captures", "pages")
ROWS = 1_000  # in memory at a time


def write_tables(archive: Path, folder: Path) -> None:
    """Writes '<table>.parquet' into the folder for each of the tables. MissingExtra where the package is missing."""
    parquet = need_parquet()
    with reading(archive) as connection:
        for table in TABLES:
            schema = _schema(connection, table)
            with parquet.ParquetWriter(folder / f"{table}.parquet", schema, compression="zstd") as writer:
                for batch in _batches(connection, table, schema):
                    writer.write_batch(batch)


def need_parquet() -> Any:
    """The module that writes Parquet, or MissingExtra."""
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtra("needs the extra: pip install 'blog-to-sqlite[parquet]'", "--to parquet") from error
    return pyarrow.parquet


def _schema(connection: sqlite3.Connection, table: str) -> Any:
    """The table's columns with the types that it declares: strict tables hold no others."""
    import pyarrow as pa

    types = {"INTEGER": pa.int64(), "REAL": pa.float64(), "TEXT": pa.string(), "BLOB": pa.binary()}
    columns = connection.execute(f"PRAGMA table_info({table})")
    return pa.schema([(name, types[declared]) for _, name, declared, *_ in columns])


def _batches(connection: sqlite3.Connection, table: str, schema: Any) -> Iterator[Any]:
    import pyarrow as pa

    cursor = connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2")
    while rows := cursor.fetchmany(ROWS):
        columns = [pa.array(values, kind) for values, kind in zip(zip(*rows, strict=True), schema.types, strict=True)]
        yield pa.record_batch(columns, schema=schema)

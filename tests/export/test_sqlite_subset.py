"""Some posts as an archive of their own."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from scraper.export.exporting import export_archive
from scraper.export.formats import FORMATS
from scraper.store.reader import Reader
from scraper.store.schema import MIGRATIONS
from scraper.store.upkeep.subset import LEFT_BEHIND, TABLES
from tests.export.conftest import Call


def rows(db: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(db)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_every_table_is_copied_or_left_behind_on_purpose(repo_root: Path) -> None:
    folder = repo_root / "scraper" / "store" / "migrations"
    made = re.findall(r"^CREATE TABLE (\w+)", "\n".join((folder / name).read_text() for name in MIGRATIONS), re.M)
    assert set(made) == {*TABLES, *LEFT_BEHIND, "segments_read"}


def test_a_subset_is_an_archive_that_can_be_read_and_searched(made_blog: Path, tmp_path: Path, call: Call) -> None:
    dest = tmp_path / "some.db"
    assert export_archive(made_blog, dest, FORMATS["sqlite"], condition="title LIKE 'Slow%'") == 1
    with Reader(made_blog) as reader, Reader(dest) as copy:
        assert copy.post(7) == reader.post(7)
        assert copy.post(8) is None
    assert "Slow bread" in call("search", dest, "flour").stdout
    assert rows(dest, "SELECT name FROM people") == [("Ann Lee",)]
    assert rows(dest, "SELECT warc_file, read_to FROM segments_read") == [("voices.warc/a.warc.gz", 10)]
    assert [path.name for path in tmp_path.iterdir()] == ["some.db"]


def test_a_database_in_the_way_is_never_replaced(made_blog: Path, tmp_path: Path, call: Call) -> None:
    dest = tmp_path / "some.db"
    assert call("export", made_blog, dest, "--to", "sqlite").exit_code == 0
    again = call("export", made_blog, dest, "--to", "sqlite")
    assert (again.exit_code, again.stderr) == (2, f"blog-to-sqlite: {dest}: a database; move it away first\n")


@pytest.mark.parametrize("condition", ["1", "id = 7"])
def test_pseudonyms_are_in_every_text_of_a_subset(condition: str, blog: Path, tmp_path: Path) -> None:
    connection = sqlite3.connect(blog)
    connection.executescript("""
        INSERT INTO revisions (comment_id, capture_id, cause, title, text, text_sha256)
          VALUES (12, 7, 'changed', 'For Bob', 'Bob Stone was here', 'ab');
        INSERT INTO claims VALUES (7, 0, 'author', 'Bob Stone', 'json-ld', 'x', 1);
        INSERT INTO removals VALUES (7, 0, 'x', 'menu', 'x', 'x', 9, 'Bob Stone');
        INSERT INTO tags (id, name) VALUES (2, 'Bob Stone'), (3, 'bob stone');
        INSERT INTO post_tags VALUES (7, 'tag', 1, 2), (7, 'tag', 2, 3);
        INSERT INTO media (id, url) VALUES (1, 'https://avatars.example/bob.png'), (2, 'http://avatars.example/bob.png');
        INSERT INTO post_media VALUES (7, 0, 1, 'Bob Stone', 'Bob'), (7, 1, 2, NULL, NULL);
        INSERT INTO links VALUES (7, 0, 'https://bob.example/', 'Bob Stone');
        INSERT INTO post_parts VALUES (7, 1, 7, 'Bob Stone', '<p>Bob Stone</p>', '[["bob.example"]]', '[]');
        UPDATE comment_sightings SET author = 'Bob Stone', permalink = 'https://bob.example/' WHERE comment_id = 11;
        UPDATE comments SET parent_ref = 'c-4711' WHERE id = 12;
        UPDATE pages SET contexts = '["Bob Stone"]';
    """)
    connection.close()
    export_archive(blog, tmp_path / "some.db", FORMATS["sqlite"], condition=condition, key=b"a key of sixteen bytes")
    connection = sqlite3.connect(tmp_path / "some.db")
    dump = "\n".join(line for line in connection.iterdump() if line.startswith("INSERT"))
    ((parent, platform),) = connection.execute(
        "SELECT c.parent_ref, p.platform_id FROM comments c JOIN comments p ON p.id = c.parent_id WHERE c.id = 12"
    )
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
    assert not re.search(r"bob(?!by)|stone|4711|avatars\.example", dump, re.I)
    assert parent == platform
    assert dump.count("person-") > 12

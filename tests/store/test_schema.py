from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from xml.etree import ElementTree

import pytest
import sqlite_utils

from scraper.store import schema
from scraper.store.connection import open_for_writing
from scraper.store.schema import APPLICATION_ID, VERSION, migrate, schema_page
from scraper.store.schema_picture import schema_picture

SVG = "{http://www.w3.org/2000/svg}"
DOCS = Path(__file__).parents[2] / "docs"
TABLES = {
    *("blogs", "pages", "captures", "posts", "people", "post_people", "bios", "comments", "tags", "post_tags"),
    *("media", "post_media", "links", "revisions", "removals", "claims", "runs", "run_events"),
    *("profiles", "profile_selectors", "profile_blocks", "recipes", "post_parts"),
    *("post_sightings", "comment_sightings", "person_sightings", "absences", "page_losses"),
    "private_contacts",
    *("crawls", "frontier", "listings", "hosts", "robots", "segments_read"),
    *("reparses", "reparse_queue", "reparse_changes"),
    *("forgotten", "takedowns", "records_to_clear", "segments_searched", "segment_swaps"),
}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite_utils.Database]:
    connection = open_for_writing(tmp_path / "voices.db")
    yield sqlite_utils.Database(connection)
    connection.close()


def test_schema_page_is_as_committed() -> None:
    committed = (DOCS / "schema.md").read_text(encoding="utf-8")
    assert committed == schema_page(), "write it anew with scraper.store.schema.schema_page()"


def test_the_picture_of_the_tables_is_as_committed_and_has_all_of_them() -> None:
    picture = schema_picture()
    assert (DOCS / "schema.svg").read_text(encoding="utf-8") == picture, "write it anew: scraper.store.schema_picture"
    root = ElementTree.fromstring(picture)
    names = [text.text for text in root.iter(f"{SVG}text") if text.get("class") == "name"]
    assert sorted(filter(None, names)) == sorted(TABLES)
    assert len(list(root.iter(f"{SVG}circle"))) == picture.count("_id</text>") + picture.count(">recipe</text>")


def test_views_say_which_question_they_answer() -> None:
    _, _, views = schema_page().partition("## Views")
    titles = dict(re.findall(r"^### (\w+)\n\n(.*)$", views, re.MULTILINE))
    asked = {name for name, title in titles.items() if re.match(r"(Which|Who|When|What|How|Where)\b[^.]*\?", title)}
    assert asked == titles.keys() - {"own_pages"}  # a part of the view thread


def test_every_table_and_column_has_a_comment() -> None:
    tables, _, views = schema_page().partition("## Views")
    uncommented = re.findall(r"^\| `\w+` \| \w+ \| [^|]* \|\s*\|$", tables, re.MULTILINE)
    assert uncommented == []
    assert re.findall(r"^### \w+\n\n\n", tables + views, re.MULTILINE) == []


def test_tables_are_those_of_the_design_and_strict(database: sqlite_utils.Database) -> None:
    plain = {table.name for table in database.tables if "_fts" not in table.name}
    assert plain == TABLES
    assert all(database.table(name).strict for name in TABLES)


def test_every_foreign_key_leads_an_index(database: sqlite_utils.Database) -> None:
    missing = []
    for name in TABLES:
        leading = {row[2] for row in _index_columns(database.conn, name) if row[0] == 0}
        keys = {key.column for key in database.table(name).foreign_keys}
        missing += [f"{name}.{column}" for column in keys - leading if column not in database.table(name).pks[:1]]
    assert missing == []


def _index_columns(connection: sqlite3.Connection, table: str) -> list[tuple[int, int, str]]:
    names = [row[1] for row in connection.execute(f"PRAGMA index_list({table})")]
    return [row for name in names for row in connection.execute(f"PRAGMA index_info({name})")]


def test_columns_that_others_rely_on_exist(database: sqlite_utils.Database) -> None:
    published = {f"published{part}" for part in ("", "_earliest", "_latest", "_precision", "_shown")}
    columns = {name: {column.name for column in database.table(name).columns} for name in TABLES}
    assert {"id", "url", "kind", "title", "text", "html"} | published <= columns["posts"]
    assert {"id", "post_id", "parent_id", "author", "subject", "text", "html", "kind"} | published <= columns[
        "comments"
    ]
    assert {"url", "fetched_at", "status", "payload_sha256", "warc_file", "warc_offset"} <= columns["captures"]


def test_views_of_an_empty_archive_are_empty(database: sqlite_utils.Database) -> None:
    names = database.view_names()
    reading = {"post_summary", "own_pages", "thread", "author_summary", "commenter_summary", "pictures"}
    crawling = {"address_states", "known_posts", "short_threads", "coverage", "crawl_health", "timeline"}
    history = {"thread_growth", "tombstones", "post_history", "comment_history", "changes"}
    assert reading | crawling | history == set(names)
    assert [row for name in names for row in database.query(f"SELECT * FROM {name}")] == []


def test_full_text_tables_are_found_by_sqlite_utils_and_so_by_datasette(database: sqlite_utils.Database) -> None:
    assert database.table("posts").detect_fts() == "posts_fts"
    assert database.table("comments").detect_fts() == "comments_fts"


def test_a_new_archive_says_what_it_is(database: sqlite_utils.Database) -> None:
    assert database.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert database.execute("PRAGMA user_version").fetchone() == (VERSION,)
    assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_migrating_again_changes_nothing(database: sqlite_utils.Database) -> None:
    before = database.schema
    assert migrate(database.conn) == 0
    assert database.schema == before


def test_an_archive_of_an_older_version_is_updated_and_keeps_its_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "voices.db"
    with monkeypatch.context() as older:
        older.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
        older.setattr(schema, "VERSION", 1)
        connection = sqlite3.connect(path, isolation_level=None)
        migrate(connection)
        connection.execute("INSERT INTO pages (url, url_key, state) VALUES ('a', 'a', 'gone')")
        connection.close()
    connection = open_for_writing(path)
    assert connection.execute("SELECT url, recipe, post_page FROM pages").fetchall() == [("a", None, None)]
    assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
    new = sqlite3.connect(":memory:", isolation_level=None)
    migrate(new)
    kept = [each.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall() for each in (connection, new)]
    assert kept[0] == kept[1]
    connection.close()
    new.close()


def test_two_programs_may_create_one_archive_at_once(tmp_path: Path) -> None:
    path = tmp_path / "voices.db"
    errors: list[BaseException] = []

    def create() -> None:
        try:
            open_for_writing(path).close()
        except BaseException as error:  # noqa: BLE001
            errors.append(error)

    threads = [threading.Thread(target=create) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert set(sqlite_utils.Database(path).table_names()) >= TABLES


def test_an_archive_of_the_version_before_gets_what_is_new_and_keeps_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "voices.db"
    first = (resources.files("scraper.store") / "migrations" / "0001_archive.sql").read_text(encoding="utf-8")
    old = sqlite3.connect(path)
    old.executescript(first)
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    old.execute("PRAGMA user_version = 1")
    old.execute("INSERT INTO blogs (host, url) VALUES ('tide.example', 'https://tide.example/')")
    old.commit()
    old.close()
    connection = open_for_writing(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
    assert connection.execute("SELECT host FROM blogs").fetchall() == [("tide.example",)]
    assert connection.execute("SELECT count(*) FROM profiles").fetchone() == (0,)
    connection.close()

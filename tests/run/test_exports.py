"""Exports of blogs' own software end in the archive: posts with their comments, all else counted with its reason."""

from __future__ import annotations

import gzip
import sqlite3
import zipfile
from pathlib import Path

import pytest

from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.run.report import Report
from scraper.settings import Settings
from tests.parse.exports.test_blogger import OLD as BLOGGER
from tests.parse.exports.test_blogger import ON_POST, POST_LINK, old
from tests.parse.exports.test_disqus import DISQUS, post, thread
from tests.parse.exports.test_ghost import export as ghost
from tests.parse.exports.test_movable_type import entry
from tests.parse.exports.test_substack import TABLE
from tests.run.conftest import POST_HTML, Rows, SiteWarc
from tests.run.exports import comment, item, write_wxr

TABLES = ("blogs", "pages", "captures", "posts", "people", "post_people", "comments", "tags", "revisions")


def take(db: Path, *paths: Path, options: ImportOptions | None = None) -> Report:
    return import_paths(db, paths, options or ImportOptions(), Settings())


def dump(rows: Rows) -> dict[str, object]:
    return {table: rows(f"SELECT * FROM {table}") for table in TABLES}


def test_every_item_of_a_wxr_is_a_post_or_told_of(db: Path, tmp_path: Path, rows: Rows) -> None:
    comments = [comment(1), comment(2, parent=1), comment(3, approved="0"), comment(4, approved="spam"), comment(5)]
    items = [item(1, comments=comments), item(2, status="draft"), item(3, kind="attachment"), item(4, kind="page")]
    report = take(db, write_wxr(tmp_path, items))
    assert report.states == {"fetched": 2, "skipped": 2}
    assert report.records == {"comment": 3, "unapproved comment": 1, "spam comment": 1}
    assert dict(report.skips) == {"not published: draft": 1, "of type attachment": 1}
    assert rows("SELECT count(*) FROM posts WHERE kind = 'post'") == [(1,)]
    found = rows("SELECT c.platform_id, p.platform_id FROM comments c LEFT JOIN comments p ON p.id = c.parent_id")
    assert found == [("1", None), ("2", "1"), ("5", None)]
    assert report.exit_code == 0


def test_the_same_export_again_changes_no_row(db: Path, tmp_path: Path, rows: Rows) -> None:
    path = write_wxr(tmp_path, [item(1, comments=[comment(1)]), item(2)])
    take(db, path)
    before = dump(rows)
    report = take(db, path)
    assert (report.states, report.records) == ({"held": 2}, {"comment": 1})
    assert dump(rows) == before


def test_a_post_from_a_crawl_and_from_an_export_is_one(db: Path, tmp_path: Path, site: SiteWarc, rows: Rows) -> None:
    site.response("https://blog.example/slow-bread", "200 OK", "text/html", POST_HTML)
    bread = item(1, url="http://blog.example/slow-bread", comments=[comment(11, author="Bob", text="Good bread.")])
    take(db, site.done(), write_wxr(tmp_path, [bread]))
    assert rows("SELECT count(*) FROM posts") == [(1,)]
    assert rows("SELECT platform_id, author FROM comments") == [("11", "Bob")]
    assert rows("SELECT count(*) FROM captures") == [(2,)]


def test_mail_and_network_addresses_are_nowhere_in_the_archive(db: Path, tmp_path: Path) -> None:
    take(db, write_wxr(tmp_path, [item(1, comments=[comment(1)])]))
    kept = db.read_bytes() + b"".join(
        gzip.decompress(each.read_bytes()) for each in db.with_suffix(".warc").glob("*.gz")
    )
    assert b"Reader 1" in kept
    assert b"reader@mail.example" not in kept
    assert b"192.0.2.7" not in kept
    assert b"ann@mail.example" not in kept


def test_an_archive_that_was_lost_comes_back_from_its_records(db: Path, tmp_path: Path, rows: Rows) -> None:
    path = write_wxr(tmp_path, [item(1, comments=[comment(1), comment(2, parent=1)])])
    take(db, path)
    before = dump(rows)
    db.unlink()
    report = take(db, path)
    assert report.states == {"held": 1}
    assert dump(rows) == before


def test_a_record_of_an_export_in_a_warc_of_ours_is_read_again(db: Path, tmp_path: Path, rows: Rows) -> None:
    take(db, write_wxr(tmp_path, [item(1, comments=[comment(1)])]))
    before = rows("SELECT url, title, text, published FROM posts")
    segments = list(db.with_suffix(".warc").glob("*.warc.gz"))
    copy = tmp_path / "copy.warc.gz"
    copy.write_bytes(segments[0].read_bytes())
    other = tmp_path / "other.db"
    take(other, copy)
    with sqlite3.connect(other) as connection:
        assert connection.execute("SELECT url, title, text, published FROM posts").fetchall() == before
        assert connection.execute("SELECT count(*) FROM comments").fetchall() == [(1,)]
    connection.close()


def test_a_damaged_export_is_taken_as_far_as_it_goes(db: Path, tmp_path: Path, rows: Rows) -> None:
    path = write_wxr(tmp_path, [item(1), item(2), item(3)])
    path.write_bytes(path.read_bytes()[:-400])
    report = take(db, path)
    assert (report.states, report.exit_code) == ({"fetched": 2, "damaged": 1}, 3)
    assert len(rows("SELECT * FROM run_events WHERE message LIKE 'damaged%'")) == 1


@pytest.mark.parametrize("entity", ['<!ENTITY x SYSTEM "file:///etc/passwd">', '<!ENTITY x "expanded">'])
def test_no_entity_is_resolved(db: Path, tmp_path: Path, rows: Rows, entity: str) -> None:
    path = write_wxr(tmp_path, [item(1, title="A &x; title")])
    text = path.read_text().replace("<rss", f"<!DOCTYPE rss [{entity}]><rss", 1)
    path.write_text(text)
    take(db, path)
    assert rows("SELECT title FROM posts") == [("A &x; title",)]


def zipped(folder: Path, name: str, members: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return folder / name


def one_of_each(folder: Path) -> dict[str, Path]:
    """An export of each format, with one post, or the comments on one."""
    atom = BLOGGER.format(entries=old("post", 2, POST_LINK) + old("comment", 3, ON_POST))
    texts = {
        "blogger": atom,
        "disqus": DISQUS.format(records=thread(1) + post(2, 1)),
        "movable_type": entry(),
    }
    for name, text in texts.items():
        (folder / f"{name}.export").write_text(text)
    (folder / "ghost.export").write_bytes(ghost())
    found = {name: folder / f"{name}.export" for name in (*texts, "ghost")}
    found["wxr"] = write_wxr(folder, [item(1, comments=[comment(1)])])
    found["substack"] = zipped(
        folder,
        "substack.zip",
        {"posts.csv": TABLE, "posts/11.slow-bread.html": "<p>Words.</p>", "posts/13.lost.html": ""},
    )
    found["takeout"] = zipped(folder, "takeout.zip", {"Takeout/Blogger/Blogs/Bread/feed.atom": atom})
    return found


@pytest.mark.parametrize("kind", ["wxr", "blogger", "disqus", "movable_type", "ghost", "substack", "takeout"])
def test_each_export_is_taken_once(db: Path, tmp_path: Path, rows: Rows, kind: str) -> None:
    path = one_of_each(tmp_path)[kind]
    options = ImportOptions(url="https://bread.example/")
    first = take(db, path, options=options)
    assert (first.exit_code, first.states["fetched"] >= 1) == (0, True)
    before = dump(rows)
    assert rows("SELECT count(*) FROM comments") == [(first.records["comment"],)]
    again = take(db, path, options=options)
    assert (again.states["held"], again.inputs) == (first.states["fetched"], first.inputs)
    assert dump(rows) == before
    db.unlink()
    take(db, path, options=options)
    assert dump(rows) == before


def test_comments_kept_elsewhere_join_the_post_of_a_crawl(db: Path, tmp_path: Path, site: SiteWarc, rows: Rows) -> None:
    url = "https://blog.example/slow-bread"
    site.response(url, "200 OK", "text/html", POST_HTML)
    path = tmp_path / "disqus.xml"
    path.write_text(DISQUS.format(records=thread(1, url) + post(2, 1) + post(3, 1, parent=2)))
    take(db, site.done())
    (text,) = rows("SELECT text FROM posts")
    take(db, path)
    assert rows("SELECT text FROM posts") == [text]
    assert rows("SELECT platform_id, parent_id IS NULL FROM comments") == [("11", 1), ("2", 1), ("3", 0)]


def test_a_zip_file_that_unpacks_to_much_more_is_refused(db: Path, tmp_path: Path) -> None:
    path = zipped(tmp_path, "takeout.zip", {"Blogger/Blogs/Bread/feed.atom": b"<feed>" + b" " * 150_000_000})
    report = take(db, path)
    assert (report.states, report.exit_code) == ({"failed": 1}, 3)


def test_an_export_in_a_gzip_file_is_read(db: Path, tmp_path: Path, rows: Rows) -> None:
    plain = write_wxr(tmp_path, [item(1)])
    packed = tmp_path / "export.xml.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert take(db, packed).states == {"fetched": 1}
    packed.write_bytes(packed.read_bytes()[:-30])
    assert take(db, packed).states["failed"] == 1


def test_a_later_export_adds_only_what_changed(db: Path, tmp_path: Path, rows: Rows) -> None:
    def made(day: int, text: str) -> Path:
        path = write_wxr(tmp_path, [item(1), item(2, text=text)])
        path.write_text(path.read_text().replace("20 Mar 2024", f"{day} Mar 2024"))
        return path

    take(db, made(20, "As it was."))
    assert take(db, made(21, "As it is now.")).states == {"held": 1, "fetched": 1}
    assert take(db, made(22, "As it was.")).states == {"held": 1, "fetched": 1}
    assert rows("SELECT text FROM posts WHERE url LIKE '%post-2/'") == [("As it was.",)]
    assert ("As it is now.",) in rows("SELECT text FROM revisions")

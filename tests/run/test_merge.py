"""Two archives merged say what one archive says that has seen all of both."""

from __future__ import annotations

import hashlib
import shutil
import signal
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from scraper.capture.recovery import find_segments
from scraper.errors import ArchiveError, ArchiveTooNew, UsageError
from scraper.model import Crawl, Visit
from scraper.run import batch
from scraper.run.crawling.crawl import CrawlOptions, crawl, update
from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.run.report import Report
from scraper.run.upkeep.forget import forget
from scraper.run.upkeep.merge import merge
from scraper.run.upkeep.rebuild import rebuild
from scraper.run.watcher import Stop, Watcher
from scraper.settings import Settings
from scraper.store.connection import open_for_writing
from scraper.store.takedowns import forget_book
from scraper.store.takedowns.forget_target import Wish
from tests.run import test_rebuild
from tests.run.conftest import POST_HTML, SiteWarc
from tests.run.contents_of import content
from tests.run.faults import assert_completed
from tests.run.forgettable import NAME, fill_site
from tests.run.inputs_of_five import fill_warc
from tests.run.soundness import assert_sound, exported, recorded, rows
from tests.web.blogs import make_blog
from tests.web.crawling import CONTACT
from tests.web.more_themes import THEMES
from tests.web.server import Web
from tests.web.sites import BlogSite

imported = test_rebuild.imported
HOST = "127.0.0.1"
SETTINGS = Settings(contact=CONTACT, allow_net=("127.0.0.0/8",))
LATER = datetime(2024, 3, 20, tzinfo=UTC)
OPTIONS = CrawlOptions(delay=0, readers=0)
STEADY = {
    "posts": "url, title, text, html, published, declared_comment_count",
    "comments": "permalink, text, author, html, published, depth, thread_page, state, kind",
}
OF_RUNS = ("runs", "run_events")  # what each run adds


@pytest.fixture
def crawled(tmp_path: Path) -> Path:
    """An archive of a blog that was crawled in two runs: in between words changed, a comment and a post went."""
    db = tmp_path / "crawled.db"
    with Web([HOST]) as web:
        blog = make_blog(5, 16, 6, long_thread=12)
        site = BlogSite(THEMES[0], web.base(HOST), blog)
        web.put(HOST, site)
        crawl(db, Crawl(site.base + "/"), OPTIONS, SETTINGS)
        first, second, third = [each for each in blog.articles if len(each.remarks) > 2][:3]
        blog = blog.without_article(first.number)
        blog = blog.with_article(replace(second, paragraphs=(*second.paragraphs, "And more of it."), modified=LATER))
        blog = blog.with_article(replace(third, remarks=third.remarks[:-1], modified=LATER))
        site.publish(blog)
        time.sleep(1.1)  # times of captures are kept to the second
        update(db, OPTIONS, SETTINGS, Watcher(clock=lambda: datetime.now(UTC) + timedelta(days=90)))
    assert rows(db, "SELECT count(*) FROM revisions") > [(0,)]
    return db


def take(db: Path, *paths: Path) -> None:
    import_paths(db, paths, ImportOptions(), Settings())


def merged(db: Path, *others: Path, watcher: Watcher | None = None, readers: int = 0) -> Report:
    return merge(db, others, Settings(), watcher, readers=readers)


def said(db: Path) -> dict[str, Any]:
    """What the archive's rows say, but for the places of records."""
    found = content(db)
    del found["captures"]
    return {**found, **recorded(db), "exported": told(db), "history": history(db)}


def same(db: Path, wanted: dict[str, Any]) -> dict[str, Any]:
    """Of what the archive says what is wanted."""
    found = said(db)
    return {name: found[name] for name in wanted}


def told(db: Path) -> list[dict[str, Any]]:
    """The archive as JSON lines, without the keys of its rows."""
    posts = sorted(exported(db), key=lambda post: str(post["url"]))
    for post in posts:
        places = {comment["id"]: place for place, comment in enumerate(post["comments"])}
        post["comments"] = [
            {**comment, "id": place, "parent": places.get(comment["parent"])}
            for place, comment in enumerate(post["comments"])
        ]
    return posts


def history(db: Path) -> list[tuple[Any, ...]]:
    """How often comments and posts were seen, and when comments were not."""
    return [
        *rows(db, "SELECT url, fetched_at FROM post_sightings JOIN captures ON captures.id = capture_id ORDER BY 1, 2"),
        *rows(
            db,
            "SELECT url, fetched_at, count(*) FROM comment_sightings JOIN captures ON captures.id = capture_id"
            " GROUP BY 1, 2 ORDER BY 1, 2",
        ),
        *rows(
            db,
            "SELECT text, fetched_at FROM absences JOIN comments ON comments.id = comment_id"
            " JOIN captures ON captures.id = missed_capture_id ORDER BY 1, 2",
        ),
    ]


def steady(db: Path) -> dict[str, Any]:
    """The same without what is told of pages that were written together: it depends on where a run was killed."""
    found = said(db)
    for table in ("posts", "comments"):
        found[table] = rows(db, f"SELECT {STEADY[table]} FROM {table} ORDER BY 1, 2, 3")
    return found


def halves(db: Path, folder: Path) -> tuple[Path, Path]:
    """Two archives that saw one half of what this one did: every other of its segments."""
    made = []
    for name, which in (("one", slice(0, None, 2)), ("two", slice(1, None, 2))):
        half = folder / name / f"{name}.db"
        segments = half.with_suffix(".warc")
        segments.mkdir(parents=True)
        for path in find_segments(db.with_suffix(".warc"))[which]:
            shutil.copy(path, segments)
            shutil.copy(f"{path}.seal", segments)
        rebuild(half, segments, Settings(), readers=0)
        made.append(half)
    return made[0], made[1]


def dump(db: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, but for what each run adds."""
    names = [
        name for (name,) in rows(db, "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%'")
    ]
    return {name: rows(db, f"SELECT * FROM {name}") for name in names if name not in OF_RUNS}


def files(db: Path) -> dict[str, str]:
    """The digests of an archive's files."""
    paths = [db, *db.with_suffix(".warc").iterdir()]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


@pytest.mark.parametrize("archive", ["imported", "crawled"])
@pytest.mark.parametrize("readers", [0, 2])
def test_the_halves_of_an_archive_are_it_again(
    archive: str, readers: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    whole: Path = request.getfixturevalue(archive)
    wanted = said(whole)
    if archive == "crawled":
        del wanted["pages"]  # what was asked for in vain is in no segment, of which the halves are made
    one, two = halves(whole, tmp_path)
    before = files(one), files(two)
    assert len(said(one)["captures"]) < len(wanted["captures"])
    both = tmp_path / "both.db"
    report = merged(both, one, two, readers=readers)
    assert (report.exit_code, report.inputs) == (0, len(wanted["captures"]))
    assert same(both, wanted) == wanted
    assert_sound(both, refetched=True)
    assert (files(one), files(two)) == before
    merged(two, one)
    if archive == "imported":  # of captures without a time the one that came first says what was before
        del wanted["revisions"]
    assert same(two, wanted) == wanted


def test_merged_again_nothing_changes(crawled: Path, tmp_path: Path) -> None:
    one, two = halves(crawled, tmp_path)
    merged(two, one)
    before, segments = dump(two), files(two).keys()
    report = merged(two, one)
    assert set(report.states) == {"held"}
    assert dump(two) == before
    assert files(two).keys() == segments
    assert merged(one, two).states["fetched"] > 0
    assert said(one) == said(two)


def test_records_keep_their_ids_and_what_our_runs_wrote_stays_theirs(crawled: Path, tmp_path: Path) -> None:
    both, again = tmp_path / "both.db", tmp_path / "again.db"
    merged(both, crawled)
    columns = "SELECT record_id, url, fetched_at, origin FROM captures ORDER BY 1"
    assert rows(both, columns) == rows(crawled, columns)
    merged(again, both)  # a copy of copies
    assert rows(again, columns) == rows(crawled, columns)
    wanted = said(again)
    del wanted["pages"]  # when an address was asked for in vain, and what was as before
    for path in again.parent.glob("again.db*"):
        path.unlink()
    rebuild(again, again.with_suffix(".warc"), Settings(), readers=0)
    assert same(again, wanted) == wanted


def test_of_one_page_the_later_capture_counts(tmp_path: Path) -> None:
    pages = {"old": (b"Slow bread", "2024-03-20T12:00:00Z"), "new": (b"Fast bread", "2024-03-21T12:00:00Z")}
    for name, (title, date) in pages.items():
        warc = SiteWarc(tmp_path / f"{name}.warc.gz")
        body = POST_HTML.replace(b"<h1>Slow bread", b"<h1>" + title).replace(b"takes its time", title)
        warc.response("https://blog.example/slow-bread", "200 OK", "text/html", body, date=date)
        take(tmp_path / f"{name}.db", warc.done())
    for order in (("old", "new"), ("new", "old")):
        db = tmp_path / f"first-{order[0]}.db"
        merged(db, *(tmp_path / f"{name}.db" for name in order))
        assert rows(db, "SELECT title FROM posts") == [("Fast bread",)]
        assert rows(db, "SELECT title FROM revisions") == [("Slow bread",)]


def test_crawls_and_what_is_known_of_their_addresses_come_too(tmp_path: Path) -> None:
    db, other = tmp_path / "a.db", tmp_path / "b.db"
    with Web([HOST]) as web:
        site = BlogSite(THEMES[0], web.base(HOST), make_blog(5, 12, 4, long_thread=12))
        web.put(HOST, site)
        crawl(other, Crawl(site.base + "/"), OPTIONS, SETTINGS)
        with closing(sqlite3.connect(other)) as connection, connection:
            gone = ("https://gone.example/", "gone.example", "failed", "no answer", "2024-03-20T12:00:00Z")
            connection.execute("INSERT INTO pages (url, url_key, state, reason, state_at) VALUES (?, ?, ?, ?, ?)", gone)
        merged(db, other)
        columns = "url, role, source, due_at, checked_at, etag, signature, refusal"
        for query in (
            "SELECT url, added_at, contact FROM crawls",
            f"SELECT {columns} FROM frontier ORDER BY url",
            "SELECT * FROM hosts ORDER BY 1",
            "SELECT * FROM robots ORDER BY 1",
            "SELECT url, state, reason, state_at FROM pages ORDER BY url",
            "SELECT count(*) FROM listings",
        ):
            assert rows(db, query) == rows(other, query), query
        before = said(db)
        report = update(db, OPTIONS, SETTINGS)
        assert report.exit_code == 0
        assert said(db)["exported"] == before["exported"]


def test_of_two_recipes_of_one_name_and_two_profiles_of_one_host_the_newer_is_in_force(tmp_path: Path) -> None:
    add_recipe = "INSERT INTO recipes VALUES (?, 'mine.toml', 'toml', ?, ?, NULL)"
    add_profile = "INSERT INTO profiles (host, learned_at, pages, entries) VALUES ('blog.example', ?, 9, ?)"
    text = 'title = "h1"\n[match]\nurl = ["https://blog.example/*"]\n'
    for number in (1, 2):
        db = tmp_path / f"{number}.db"
        take(db, fill_warc(SiteWarc(tmp_path / f"{number}.warc.gz")))
        with closing(sqlite3.connect(db)) as connection, connection:
            connection.execute(add_recipe, (str(number) * 64, text + "#" * number, f"2024-03-0{number}T00:00:00Z"))
            connection.execute(add_profile, (f"2024-03-0{number}T00:00:00Z", number))
    merged(tmp_path / "1.db", tmp_path / "2.db")
    merged(tmp_path / "2.db", tmp_path / "1.db")
    for db in (tmp_path / "1.db", tmp_path / "2.db"):
        assert rows(db, "SELECT sha256, until FROM recipes ORDER BY 1") == [
            ("1" * 64, "2024-03-02T00:00:00Z"),
            ("2" * 64, None),
        ]
        newest = "SELECT entries FROM profiles WHERE host = 'blog.example' ORDER BY id DESC LIMIT 1"
        assert rows(db, newest) == [(2,)]


def test_what_one_of_them_has_forgotten_does_not_come_back(imported: Path, tmp_path: Path) -> None:
    ((url,),) = rows(imported, "SELECT url FROM posts WHERE url LIKE 'https://blog.example/%' ORDER BY id LIMIT 1")
    one, two = tmp_path / "one.db", tmp_path / "two.db"
    merged(one, imported)
    merged(two, imported)
    forget(one, Wish(url), Settings())
    left = rows(one, "SELECT url FROM posts ORDER BY 1")
    assert (url,) not in left
    merged(one, two)
    assert rows(one, "SELECT url FROM posts ORDER BY 1") == left
    merged(two, one)
    assert rows(two, "SELECT url FROM posts ORDER BY 1") == left


def test_what_was_masked_here_is_held_already_however_often_the_copy_of_before_is_merged(
    site: SiteWarc, tmp_path: Path
) -> None:
    fill_site(site)
    one, two = tmp_path / "one.db", tmp_path / "two.db"
    import_paths(two, [site.done()], ImportOptions(), Settings())
    merged(one, two)
    forget(one, Wish(NAME), Settings())
    held = rows(one, "SELECT * FROM captures ORDER BY id")
    for _ in range(2):
        merged(one, two)
        assert rows(one, "SELECT * FROM captures ORDER BY id") == held
        assert_sound(one)


def test_what_was_forgotten_goes_after_a_kill_before_it_had_gone(
    imported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ((url,),) = rows(imported, "SELECT url FROM posts WHERE url LIKE 'https://blog.example/%' ORDER BY id LIMIT 1")
    one, two = tmp_path / "one.db", tmp_path / "two.db"
    merged(one, imported)
    merged(two, imported)
    forget(one, Wish(url), Settings())

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(forget_book, "carry_out", killed)
        merged(two, one)
    assert (url,) in rows(two, "SELECT url FROM posts")
    merged(two, one)
    assert (url,) not in rows(two, "SELECT url FROM posts")


# ---- others that cannot be read


def test_an_archive_is_not_merged_into_itself(imported: Path, tmp_path: Path) -> None:
    (tmp_path / "linked.db").symlink_to(imported)
    for other in (imported, tmp_path / "linked.db"):
        with pytest.raises(UsageError, match="into itself"):
            merged(imported, other)


def test_what_is_no_archive_or_a_newer_one_is_refused_before_anything_is_written(
    imported: Path, tmp_path: Path
) -> None:
    (tmp_path / "text.db").write_text("no database, but long enough to be taken for one" * 40)
    newer = shutil.copy(imported, tmp_path / "newer.db")
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("PRAGMA user_version = 9999")
    target = tmp_path / "new.db"
    for path, error in (("text.db", ArchiveError), ("newer.db", ArchiveTooNew)):
        with pytest.raises(error, match=path):
            merged(target, imported, tmp_path / path)
    assert not target.exists()


def test_a_recipe_that_cannot_be_read_spoils_no_archive(imported: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(imported)) as connection, connection:
        connection.execute("INSERT INTO recipes VALUES ('00', 'odd.toml', 'toml', 'no = toml = at all', '2024', NULL)")
    with pytest.raises(ArchiveError, match=r"voices.*odd.toml"):
        merged(tmp_path / "new.db", imported)
    assert not (tmp_path / "new.db").exists()


def test_captures_that_are_lost_are_named_and_the_rest_is_taken(imported: Path, tmp_path: Path) -> None:
    (lost, *_) = find_segments(imported.with_suffix(".warc"))
    ((number,),) = rows(imported, f"SELECT count(*) FROM captures WHERE warc_file LIKE '%{lost.name}'")
    lost.unlink()
    db = tmp_path / "new.db"
    report = merged(db, imported)
    assert (report.exit_code, report.states["damaged"]) == (3, number)
    assert rows(db, "SELECT count(*) FROM run_events WHERE level = 'error'") == [(number,)]
    assert rows(db, "SELECT count(*) FROM captures") == [(report.inputs - number,)]
    assert_sound(db)


def test_a_row_that_points_out_of_the_folder_is_not_followed(imported: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(imported)) as connection, connection:
        connection.execute("UPDATE captures SET warc_file = '../x/' || warc_file WHERE id = 1")
    report = merged(tmp_path / "new.db", imported)
    assert (report.exit_code, report.states["damaged"]) == (3, 1)
    assert_sound(tmp_path / "new.db")


def test_an_empty_archive_adds_nothing(imported: Path, tmp_path: Path) -> None:
    open_for_writing(tmp_path / "empty.db").close()
    before = dump(imported)
    assert merged(imported, tmp_path / "empty.db").inputs == 0
    assert dump(imported) == before


# ---- cut short


def test_a_stopped_merge_goes_on(imported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "MOST", 2)
    db, stop = tmp_path / "new.db", Stop()

    def tell(visit: Visit) -> None:
        stop.signal = signal.SIGTERM

    first = merged(db, imported, watcher=Watcher(stop, tell))
    assert first.exit_code == 128 + signal.SIGTERM
    assert merged(db, imported).exit_code == 0
    assert said(db) == said(imported)
    assert_sound(db)


def test_a_merge_killed_at_any_change_of_the_disk_is_completed(db: Path, tmp_path: Path, site: SiteWarc) -> None:
    take(db, fill_warc(site))
    new = tmp_path / "new.db"
    words = ["merge", str(new), str(db), "--jobs", "0"]

    def forget() -> None:
        test_rebuild.lose(new)
        shutil.rmtree(new.with_suffix(".warc"), ignore_errors=True)

    assert_completed(words, tmp_path, forget, lambda: steady(new), step=3)
    assert_sound(new)

"""What was forgotten is in no table, no free page and no record any more, and no way in brings it back."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from pytest_httpserver import HTTPServer

from scraper.capture.header import FORGOTTEN_PARTS
from scraper.capture.records import read_record
from scraper.capture.recovery import TORN
from scraper.capture.segment_file import SEAL
from scraper.errors import ArchiveError, UsageError
from scraper.run.crawling.grab import grab
from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.run.upkeep.forget import forget, preview_forgetting
from scraper.run.upkeep.rebuild import rebuild
from scraper.run.upkeep.reparse import reparse
from scraper.run.watcher import Watcher
from scraper.settings import Settings
from scraper.store.takedowns.forget_book import Takedown
from scraper.store.takedowns.forget_target import Wish
from tests.run import forgettable as site_of
from tests.run.conftest import SiteWarc
from tests.run.forgettable import ABOUT, AUTHOR, BIO, EDITED, MAIL, NAME, NICK, OTHER, POST, SHORT, WORDS, fill_site
from tests.run.soundness import assert_sound, exported, rows
from tests.run.traces import traces

COMMENTER = (
    NAME,
    "Quillfeder",
    "Vintry",
    WORDS[:30],
    WORDS[-40:],
    EDITED[3:30],
    MAIL,
    "quillfeder.example",
    "0f3c9b77aa",
)
SIGNER = (AUTHOR, BIO[:40], "fires pots in a hole", "beside the railway")
WISHES = (NAME, NICK, AUTHOR, POST, OTHER, f"{POST}#comment-11", "comment:2", "https://quillfeder.example/", ABOUT)


@pytest.fixture
def warc(site: SiteWarc) -> Path:
    fill_site(site)
    return site.done()


@pytest.fixture
def filled(db: Path, warc: Path) -> Path:
    take(db, warc)
    return db


def take(db: Path, *paths: Path) -> dict[str, int]:
    return dict(import_paths(db, paths, ImportOptions(), Settings()).counts)


def forget_it(db: Path, what: str, **options: bool) -> Takedown:
    done = forget(db, Wish(what, **options), Settings())
    assert done is not None
    return done


def all_rows(db: Path, *, with_bios: bool = False) -> dict[str, Any]:
    """All rows but those of runs, which each command adds, and bios: who stays may be presented on another page too.

    How a page was encoded, and how long what was left out of it was, is of its record, which may be another one.
    """
    names = rows(db, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%'")
    runs = ("runs", "run_events", "reparses", "reparse_changes") + (() if with_bios else ("bios",))
    columns = {"pages": "id, url, state, reason, kind, capture_id, post_id, canonical_url, platform, site_name, robots"}
    columns["removals"] = "capture_id, position, step, kind, rule, place, excerpt"
    return {name: rows(db, f"SELECT {columns.get(name, '*')} FROM {name}") for (name,) in names if name not in runs}


def thread(db: Path) -> list[tuple[Any, ...]]:
    return rows(db, "SELECT platform_id, parent_id, author, text, state FROM comments WHERE post_id = 1 ORDER BY id")


def test_the_site_has_the_words_in_many_places(filled: Path) -> None:
    assert len(traces(filled, *COMMENTER, *SIGNER)) > 12
    assert [row[0] for row in thread(filled)] == ["11", "12", "13", "14"]


def test_nothing_of_a_commenter_can_be_read_any_more(filled: Path) -> None:
    done = forget_it(filled, NAME)
    assert traces(filled, *COMMENTER) == []
    assert done.records >= 4  # both captures of the post, the one that names the commenter, and the interface's
    assert done.cleaned_at is not None
    assert_sound(filled)


def test_an_empty_place_stays_for_the_answers(filled: Path) -> None:
    before = thread(filled)
    forget_it(filled, NAME)
    after = thread(filled)
    assert after[0] == ("11", None, None, "", "deleted")
    assert after[1][:3] == before[1][:3]
    assert after[1][1] == 1
    assert after[1][3].endswith("That is a fine story, but which sawmill was it?")
    assert after[2:] == before[2:]


def test_the_name_goes_out_of_what_others_wrote(filled: Path) -> None:
    forget_it(filled, NAME)
    ((text,),) = rows(filled, f"SELECT text FROM posts WHERE url = '{OTHER}'")
    assert text.endswith(f"It was [forgotten] who told me, and {AUTHOR} did not believe him.")
    assert rows(filled, "SELECT count(*) FROM posts_fts WHERE posts_fts MATCH 'quillfeder'") == [(0,)]
    assert rows(filled, "SELECT count(*) FROM posts_fts WHERE posts_fts MATCH 'believe'") == [(1,)]


def test_a_page_that_only_mentions_it_loses_the_words_and_no_more(filled: Path) -> None:
    forget_it(filled, NAME)
    ((name, offset, length),) = rows(
        filled,
        f"SELECT warc_file, warc_offset, payload_length FROM captures WHERE url = '{OTHER}' AND fetched_at LIKE '2024-03%'",
    )
    record = read_record(filled.parent / name, offset)
    assert (record.header.get(FORGOTTEN_PARTS) is not None, record.entity_length) == (True, length)
    page = record.payload.decode()
    assert "It was [forgotten] who told me" in page
    assert page.count("[forgotten]") == 2
    assert page.replace("[forgotten]", "").startswith(site_of.other_post().decode()[:600])
    before = all_rows(filled, with_bios=True)
    reparse(filled, Settings(), readers=0)
    assert all_rows(filled, with_bios=True) == before


def test_what_has_nothing_of_it_stays_as_it_was(filled: Path) -> None:
    def untouched() -> Any:
        posts = [post for post in exported(filled) if post["url"].endswith("/shelves")]
        record = rows(filled, "SELECT payload_sha256, payload_length FROM captures WHERE url LIKE '%/shelves'")
        return posts, record

    before = untouched()
    assert len(before[0]) == 1
    forget_it(filled, NAME)
    assert untouched() == before


def test_a_post_goes_with_its_comments_pages_and_excerpts(filled: Path) -> None:
    forget_it(filled, POST)
    kept = {row[0] for row in rows(filled, "SELECT url FROM posts")}
    assert kept == {OTHER, f"{site_of.HOST}/shelves", ABOUT}
    assert traces(filled, POST + '"', "about ash and glaze", "What ash glazes want", WORDS[:30], SHORT) == []
    assert rows(filled, f"SELECT count(*) FROM pages WHERE url = '{POST}'") == [(0,)]
    assert rows(filled, f"SELECT count(*) FROM people WHERE name = '{AUTHOR}'") == [(1,)]  # other pages present her
    assert_sound(filled)


def test_a_short_comment_of_a_short_name_goes_too(filled: Path) -> None:
    forget_it(filled, NICK)
    assert traces(filled, SHORT) == []
    assert rows(filled, f"SELECT count(*) FROM comments WHERE author = '{NICK}'") == [(0,)]


def test_a_permalink_is_of_one_comment(filled: Path) -> None:
    forget_it(filled, f"{POST}#comment-13")
    assert traces(filled, SHORT) == []
    assert [row[4] for row in thread(filled)] == ["visible", "visible", "deleted", "visible"]
    assert rows(filled, "SELECT count(*) FROM posts") == [(4,)]


def test_an_author_goes_and_the_posts_stay_unsigned(filled: Path) -> None:
    forget_it(filled, AUTHOR)
    assert traces(filled, *SIGNER) == []
    assert rows(filled, f"SELECT count(*) FROM post_people JOIN posts ON posts.id = post_id WHERE url = '{POST}'") == [
        (0,)
    ]
    assert rows(filled, f"SELECT length(text) > 300 FROM posts WHERE url = '{POST}'") == [(1,)]
    assert rows(filled, f"SELECT count(*) FROM pages WHERE url = '{ABOUT}'") == [(0,)]
    assert_sound(filled)


def test_an_author_can_go_with_the_posts(filled: Path) -> None:
    forget_it(filled, AUTHOR, posts=True)
    assert traces(filled, *SIGNER, "about ash and glaze", WORDS[:30]) == []
    assert {row[0] for row in rows(filled, "SELECT url FROM posts")} == {OTHER, f"{site_of.HOST}/shelves"}


def test_a_profile_is_the_person(filled: Path) -> None:
    forget_it(filled, "https://quillfeder.example/")
    assert traces(filled, *COMMENTER) == []


def test_a_namesake_without_the_profile_stays(filled: Path, tmp_path: Path) -> None:
    more = SiteWarc(tmp_path / "more.warc.gz")
    twin = site_of.post("I know nothing of ash, I only share a name with him.").replace(
        b"quillfeder.example", b"twin.example"
    )
    more.response(
        f"{site_of.HOST}/twins", "200 OK", "text/html", twin.replace(POST.encode(), f"{site_of.HOST}/twins".encode())
    )
    take(filled, more.done())
    forget_it(filled, "https://quillfeder.example/")
    assert traces(filled, WORDS[:30], "quillfeder.example") == []
    assert rows(filled, f"SELECT author_url FROM comments WHERE author = '{NAME}'") == [("https://twin.example/",)]
    assert_sound(filled)


def test_a_name_of_one_word_stays_in_others_words_unless_asked_for(filled: Path, warc: Path) -> None:
    forget_it(filled, "Pim Castelane")
    assert rows(filled, "SELECT count(*) FROM comments WHERE text LIKE '%as well as Pim does%'") == [(1,)]
    forget_it(filled, NICK, mentions=True)
    assert traces(filled, NICK + "<", f">{NICK}") == []


@pytest.mark.parametrize("what", WISHES)
def test_no_way_in_brings_it_back(filled: Path, warc: Path, what: str) -> None:
    forget_it(filled, what)
    before = all_rows(filled)
    reparse(filled, Settings(), readers=0)
    take(filled, warc)
    assert all_rows(filled) == before
    assert_sound(filled)


@pytest.mark.parametrize("what", WISHES)
def test_other_captures_of_the_same_are_withheld(filled: Path, tmp_path: Path, what: str) -> None:
    """They have other bytes and times, so nothing tells them but what they say."""
    before = {name: len(found) for name, found in all_rows(filled, with_bios=True).items()}
    forget_it(filled, what)
    words = {NAME: COMMENTER, AUTHOR: SIGNER, NICK: (SHORT,), POST: ("about ash and glaze",)}.get(what, ())
    later = SiteWarc(tmp_path / "later.warc.gz")
    for url, page in ((POST, site_of.post()), (OTHER, site_of.other_post())):
        body = page.replace(b"</body>", b"<p>later</p></body>")
        later.response(url, "200 OK", "text/html", body, date="2025-01-01T00:00:00Z")
    gone = [row[0] for row in rows(filled, "SELECT url FROM posts")]
    take(filled, later.done())
    assert traces(filled, *words) == []
    assert {url for (url,) in rows(filled, "SELECT url FROM posts")} == set(gone)
    after = {name: len(found) for name, found in all_rows(filled, with_bios=True).items()}
    assert all(after[name] <= before[name] for name in ("posts", "comments", "people", "bios"))
    assert_sound(filled)


def test_a_rebuilt_database_has_forgotten_it_too(filled: Path, warc: Path) -> None:
    forget_it(filled, NAME)
    for path in filled.parent.glob("voices.db*"):
        path.unlink()
    rebuild(filled, filled.with_suffix(".warc"), Settings(), readers=0)
    take(filled, warc)
    assert traces(filled, *COMMENTER) == []
    assert {row[0] for row in rows(filled, "SELECT url FROM posts")} == {ABOUT, OTHER, f"{site_of.HOST}/shelves"}
    assert_sound(filled)


def test_segments_of_before_lose_it_in_a_rebuild(filled: Path, tmp_path: Path) -> None:
    """A folder that was copied before, with the list that was made since."""
    old = tmp_path / "old.warc"
    old.mkdir()
    for path in filled.with_suffix(".warc").glob("*"):
        (old / path.name).write_bytes(path.read_bytes())
    forget_it(filled, NAME)
    listed = filled.with_suffix(".warc") / "forgotten.jsonl"
    (old / listed.name).write_bytes(listed.read_bytes())
    new = tmp_path / "anew" / "voices.db"
    new.parent.mkdir()
    rebuild(new, old, Settings(), readers=0)
    assert [row[4] for row in thread(new)] == ["deleted", "visible", "visible", "visible"]
    assert traces(new, *COMMENTER) == []
    assert_sound(new)


@pytest.mark.parametrize("what", [NAME, AUTHOR, POST, f"{POST}#comment-13"])
def test_a_database_of_before_forgets_by_the_list(filled: Path, warc: Path, page_file: Path, what: str) -> None:
    folder = filled.with_suffix(".warc")
    kept = {path: path.read_bytes() for path in (filled, *folder.glob("*.warc.gz*"))}
    forget_it(filled, what)
    after = all_rows(filled)
    for path in folder.glob("*.warc.gz*"):
        path.unlink()
    for path, data in kept.items():
        path.write_bytes(data)
    assert len(traces(filled, SHORT, *COMMENTER, *SIGNER)) > 12
    take(filled, page_file)
    words = {NAME: COMMENTER, AUTHOR: SIGNER, POST: ("about ash and glaze", SHORT)}.get(what, (SHORT,))
    assert traces(filled, *words) == []
    again = {row[0]: row[:20] for row in all_rows(filled)["comments"]}
    assert all(again[row[0]] == row[:20] for row in after["comments"])
    assert_sound(filled)


@pytest.mark.parametrize("what", WISHES)
def test_segments_of_before_that_come_back_are_masked_and_add_nothing(filled: Path, warc: Path, what: str) -> None:
    kept = {path: path.read_bytes() for path in filled.with_suffix(".warc").glob("*.warc.gz*")}
    forget_it(filled, what)
    names = ("captures", "pages", "posts", "comments", "people", "post_sightings", "comment_sightings")
    before = {name: len(all_rows(filled)[name]) for name in names}
    words = {NAME: COMMENTER, AUTHOR: SIGNER, POST: ("about ash and glaze", SHORT)}.get(what, ())
    for _ in range(2):
        for path, data in kept.items():
            path.write_bytes(data)
        take(filled, warc)
        assert {name: len(all_rows(filled)[name]) for name in names} == before
        assert rows(filled, "SELECT * FROM records_to_clear") == []
        assert traces(filled, *words) == []
        assert_sound(filled, refetched=True)  # what was not masked is in two segments


def test_two_copies_that_are_the_same_once_masked_are_one_capture(filled: Path, tmp_path: Path) -> None:
    """The name stands where no text is read, so only the search of the segments finds it."""
    more = SiteWarc(tmp_path / "more.warc.gz")
    page = f"<title>Cones</title><article><h1>Cones</h1>{site_of.THIRD}</article><!-- {NAME} -->"
    more.response(f"{site_of.HOST}/cones", "200 OK", "text/html", page.encode())
    take(filled, more.done())
    kept = {path: path.read_bytes() for path in filled.with_suffix(".warc").glob("*.warc.gz*")}
    forget_it(filled, NAME)
    held = rows(filled, "SELECT * FROM captures WHERE url LIKE '%/cones'")
    for path, data in kept.items():
        path.write_bytes(data)
    reparse(filled, Settings(), readers=0)
    assert rows(filled, "SELECT * FROM captures WHERE url LIKE '%/cones'") == held
    assert rows(filled, "SELECT count(*) FROM posts WHERE url LIKE '%/cones' AND capture_id IS NOT NULL") == [(1,)]
    assert traces(filled, *COMMENTER) == []
    assert_sound(filled, refetched=True)


def test_a_page_that_is_fetched_again_is_withheld(db: Path, web: HTTPServer) -> None:
    url = web.url_for("/ash-glazes")
    page = site_of.post(url=url).replace(POST.encode(), url.encode())
    web.expect_request("/ash-glazes").respond_with_data(page, content_type="text/html")
    fetched = Settings(allow_net=("127.0.0.0/8",))
    grab(db, [url], fetched)
    assert traces(db, WORDS[:30])
    forget_it(db, NAME)
    grab(db, [url], fetched)
    assert traces(db, *COMMENTER) == []
    assert [row[4] for row in thread(db)] == ["deleted", "visible", "visible", "visible"]
    assert rows(db, "SELECT count(*) FROM captures WHERE url LIKE '%/ash-glazes'") == [(2,)]
    assert_sound(db)


def test_a_forgotten_address_is_not_asked_for(db: Path, web: HTTPServer) -> None:
    url = web.url_for("/ash-glazes")
    web.expect_request("/ash-glazes").respond_with_data(site_of.post(url=url), content_type="text/html")
    take_nothing = Settings(allow_net=("127.0.0.0/8",))
    grab(db, [web.url_for("/other")], take_nothing)
    asked = len(web.log)
    forget_it(db, url)
    grab(db, [url, f"{url}?utm_source=x"], take_nothing)
    assert len(web.log) == asked
    assert "ash-glazes" not in str(all_rows(db))


def test_what_a_killed_run_left_is_cleared_too(filled: Path) -> None:
    """A segment that nobody sealed, with a torn end; and the torn end of another one."""
    folder = filled.with_suffix(".warc")
    (segment,) = folder.glob("*.warc.gz")
    whole = segment.read_bytes()
    segment.with_name(segment.name + SEAL).unlink()
    ((at, length),) = rows(filled, f"SELECT warc_offset, warc_length FROM captures WHERE url = '{POST}' LIMIT 1")
    segment.write_bytes(whole + whole[at : at + length - 9])
    segment.with_name(f"{segment.name}{TORN}-7").write_bytes(whole)
    forget_it(filled, NAME)
    assert traces(filled, *COMMENTER) == []
    assert not list(folder.glob(f"*{TORN}*"))
    assert_sound(filled)


def test_a_damaged_place_goes_since_nobody_can_look_into_it(filled: Path) -> None:
    (segment,) = filled.with_suffix(".warc").glob("*.warc.gz")
    data = bytearray(segment.read_bytes())
    ((at, length),) = rows(filled, f"SELECT warc_offset, warc_length FROM captures WHERE url = '{ABOUT}'")
    data[at + length // 2] ^= 0xFF
    segment.write_bytes(data)
    forget_it(filled, NAME)
    assert traces(filled, *COMMENTER) == []
    assert rows(filled, f"SELECT count(*) FROM captures WHERE url = '{ABOUT}'") == [(0,)]
    assert_sound(filled)


def test_a_segment_that_is_none_any_more_is_told_of(filled: Path, page_file: Path) -> None:
    (segment,) = filled.with_suffix(".warc").glob("*.warc.gz")
    take(filled, page_file)
    segment.write_bytes(b"no WARC at all, whoever wrote it\n" * 900)
    forget_it(filled, NAME)
    assert rows(filled, "SELECT count(*) FROM run_events WHERE message LIKE 'cannot be searched%'")[0][0] >= 1
    assert rows(filled, f"SELECT count(*) FROM comments WHERE author = '{NAME}'") == [(0,)]


def test_the_list_and_the_log_say_nothing_of_it(filled: Path) -> None:
    forget_it(filled, NAME)
    listed = (filled.with_suffix(".warc") / "forgotten.jsonl").read_text()
    assert all(len(line) < 90 and "quillfeder" not in line.lower() for line in listed.splitlines())
    (log,) = rows(filled, "SELECT kind, counts, records FROM takedowns")
    assert log[0] == "person"
    assert json.loads(log[1])["comments_emptied"] == 1
    assert json.loads(log[1])["posts_changed"] == 1


def test_a_preview_says_how_much_and_changes_nothing(filled: Path) -> None:
    before = {path: path.read_bytes() for path in filled.parent.rglob("*") if path.suffix in (".db", ".gz", ".seal")}
    preview = preview_forgetting(filled, Wish(NAME))
    assert {path: path.read_bytes() for path in before} == before
    done = forget_it(filled, NAME)
    assert preview.counts == done.counts
    assert preview.records_mended + preview.records_cleared + preview.records_removed == done.records


def test_forgotten_again_it_is_nothing(filled: Path) -> None:
    forget_it(filled, POST)
    again = preview_forgetting(filled, Wish(POST))
    assert not again.is_known
    with pytest.raises(UsageError, match="nobody of this name"):
        forget_it(filled, "Nobody Here")


def test_a_reader_puts_off_the_last_step(filled: Path) -> None:
    said: list[str] = []
    with closing(sqlite3.connect(filled, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM posts").fetchone()
        reader.execute("PRAGMA busy_timeout = 0")
        done = forget(filled, Wish(NAME), Settings(), Watcher(note=said.append))
        assert done is not None and done.cleaned_at is None
    assert any("another program reads" in line for line in said)
    reparse(filled, Settings(), readers=0)
    assert traces(filled, *COMMENTER) == []
    assert rows(filled, "SELECT count(*) FROM takedowns WHERE cleaned_at IS NULL") == [(0,)]


def test_a_list_that_cannot_be_read_stops_who_has_no_other(filled: Path, warc: Path) -> None:
    forget_it(filled, NAME)
    listed = filled.with_suffix(".warc") / "forgotten.jsonl"
    listed.write_text("no list\n")
    take(filled, warc)  # the database has it all, and writes it anew
    assert "no list" not in listed.read_text()
    listed.write_text("no list\n")
    for path in filled.parent.glob("voices.db*"):
        path.unlink()
    with pytest.raises(ArchiveError, match="list of what was forgotten"):
        take(filled, warc)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wishes=some.lists(some.sampled_from(WISHES), min_size=2, max_size=3, unique=True))
def test_in_any_order_nothing_comes_back(tmp_path_factory: pytest.TempPathFactory, wishes: list[str]) -> None:
    folder = tmp_path_factory.mktemp("any")
    db, made = folder / "voices.db", SiteWarc(folder / "site.warc.gz")
    fill_site(made)
    warc = made.done()
    take(db, warc)
    for what in wishes:
        try:
            forget_it(db, what)
        except UsageError:  # gone with another one
            continue
    before = all_rows(db)
    take(db, warc)
    reparse(db, Settings(), readers=0)
    assert all_rows(db) == before
    assert_sound(db)

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scraper.errors import ArchiveError
from scraper.model import Byline, Claim, Elsewhere, Image, Link, Person, Post, Removal, Thread, Visit
from scraper.store.archive import Archive
from scraper.store.batch import Counts
from tests.store.conftest import NOW, URL, at, between, day, dump, make_comment, make_page, make_visit, rows
from tests.store.test_plan import sightings

FULL = make_page(
    Post(
        "Hello",
        subtitle="there",
        bylines=(Byline("Bob", "https://blog.example/u/bob"), Byline("Cy", None, "editor")),
        published=day(2012, 5, 14),
        modified=day(2012, 6, 1),
        section="News",
        html="<p>The first <b>post</b>.</p>",
        text="The first post.",
        language="en-GB",
        tags=("a", "b"),
        categories=("a",),
        images=(Image("https://blog.example/i.png", "alt", "caption"),),
        links=(Link("https://other.example/", "other"),),
        declared_comment_count=5,
        view_count=7,
    ),
    people=(
        Person("Bob", "https://blog.example/u/bob", "A doctor.", "<p>A doctor.</p>", "himself", "b.png", "Bob", ("x",)),
    ),
    comments=(
        make_comment("Question?", id="1", published=between(at(-400), at(-35), "1 year ago")),
        make_comment("Answer!", id="2", parent=0, position=1, depth=1, by_post_author=True, subject="Re:", votes=3),
    ),
    comments_complete=False,
    comments_elsewhere=Elsewhere("disqus", "42"),
    platform="drupal",
    contexts=("{}",),
    notices=("cut",),
    removals=(Removal("chrome", "menu", "nav", "body>nav", 10, "Home"), Removal("chrome", "footer", "x", "y", 1, "z")),
    claims=(Claim("title", "Hello", "og", "head", True),),
)


def record(archive: Archive, *visits: Visit) -> Counts:
    return archive.record(visits, [], NOW)


def test_a_page_is_stored_whole(archive: Archive) -> None:
    counts = record(archive, make_visit(FULL))
    assert (counts.posts_added, counts.comments_added, counts.people_added, counts.bios) == (1, 2, 2, 1)
    assert rows(
        archive, "SELECT title, subtitle, section, language, text, view_count, comments_complete FROM posts"
    ) == [("Hello", "there", "News", "en-GB", "The first post.", 7, 0)]
    assert rows(archive, "SELECT published, published_precision, modified, comments_service FROM posts") == [
        ("2012-05-14", "day", "2012-06-01", "disqus")
    ]
    assert rows(archive, "SELECT kind, position, name FROM post_tags JOIN tags ON tags.id = tag_id ORDER BY 1, 2") == [
        ("category", 0, "a"),
        ("tag", 0, "a"),
        ("tag", 1, "b"),
    ]
    assert rows(archive, "SELECT parent_id, subject, by_post_author, votes FROM comments ORDER BY id") == [
        (None, None, 0, None),
        (1, "Re:", 1, 3),
    ]
    assert rows(
        archive,
        "SELECT name, role, people.name FROM post_people JOIN people ON people.id = person_id".replace(
            "SELECT name", "SELECT post_people.name"
        ),
    ) == [
        ("Bob", "author", "Bob"),
        ("Cy", "editor", "Cy"),
    ]
    assert rows(archive, "SELECT text, source, picture_url, picture_alt FROM bios") == [
        ("A doctor.", "himself", "b.png", "Bob")
    ]
    assert rows(archive, "SELECT kind, characters FROM removals") == [("menu", 10), ("footer", 1)]
    assert rows(archive, "SELECT field, accepted FROM claims") == [("title", 1)]
    assert rows(archive, "SELECT state, kind, notices, contexts FROM pages") == [
        ("fetched", "post", '["cut"]', '["{}"]')
    ]
    assert rows(archive, "SELECT host, url, name FROM blogs") == [
        ("blog.example", "https://blog.example/", "An Example")
    ]
    assert rows(archive, "SELECT url, alt, caption FROM media JOIN post_media ON media.id = media_id") == [
        ("https://blog.example/i.png", "alt", "caption")
    ]


def test_every_value_leads_to_its_capture(archive: Archive) -> None:
    record(archive, make_visit(FULL))
    sql = "SELECT warc_file, warc_offset FROM captures JOIN {0} ON {0}.{1} = captures.id"
    for table, column in (("posts", "capture_id"), ("comments", "first_capture_id"), ("bios", "capture_id")):
        assert rows(archive, sql.format(table, column))[0] == ("a.warc.gz", 0)


def test_the_same_visits_again_change_no_row(archive: Archive) -> None:
    visits = [
        make_visit(FULL),
        make_visit(replace(FULL, url=URL + "?page=1", comment_page=1, comments=(make_comment("Third", id="3"),))),
        make_visit(make_page(kind="listing", post=None, url="https://blog.example/", post_url=None)),
        Visit("https://blog.example/gone", "gone", "404"),
        Visit("https://blog.example/secret", "refused", "robots"),
    ]
    archive.record(visits, [], NOW)
    before, changes = dump(archive), archive._connection.total_changes
    assert archive.record(visits, [], at(5000)) == Counts()
    assert archive._connection.total_changes == changes
    assert dump(archive) == before


def test_the_same_visits_one_by_one_change_no_row(archive: Archive) -> None:
    visits = [
        make_visit(FULL, at(1)),
        make_visit(make_page(Post("Hello", text="Changed.")), at(2)),
        make_visit(make_page(Post("Hello", text="Undated.")), None),
    ]
    for visit in visits:
        record(archive, visit)
    before = dump(archive)
    for visit in visits * 2:
        assert record(archive, visit) == Counts()
    assert dump(archive) == before
    assert rows(archive, "SELECT text FROM revisions ORDER BY text") == [("The first post.",), ("Undated.",)]


@given(st.lists(sightings(), min_size=1, max_size=3, unique_by=lambda each: each.capture_id))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_was_extracted_is_stored_once(tmp_path_factory: pytest.TempPathFactory, found: list[Any]) -> None:
    visits = [make_visit(each.page, at(each.capture_id), body=str(each.capture_id)) for each in found]
    with Archive(tmp_path_factory.mktemp("archive") / "voices.db") as archive:
        archive.record(visits, [], NOW)
        before = dump(archive)
        assert archive.record(visits, [], NOW) == Counts()
        assert dump(archive) == before
        _check_indexes(archive)


def _check_indexes(archive: Archive) -> None:
    """Raises sqlite3.DatabaseError where a full-text index does not say what its table says."""
    for table in ("posts_fts", "comments_fts"):
        archive._connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
    assert archive._connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert archive._connection.execute("PRAGMA foreign_key_check").fetchall() == []


def search(archive: Archive, table: str, word: str) -> list[int]:
    return [row[0] for row in rows(archive, f"SELECT rowid FROM {table} WHERE {table} MATCH ?", word)]


def test_full_text_follows_changed_words(archive: Archive) -> None:
    record(
        archive, make_visit(make_page(Post("Old", text="ancient"), comments=(make_comment("early", id="1"),)), at(1))
    )
    record(archive, make_visit(make_page(Post("New", text="modern"), comments=(make_comment("late", id="1"),)), at(2)))
    assert (search(archive, "posts_fts", "ancient"), search(archive, "posts_fts", "modern")) == ([], [1])
    assert (search(archive, "comments_fts", "early"), search(archive, "comments_fts", "late")) == ([], [1])
    assert rows(archive, "SELECT title, text FROM revisions ORDER BY id") == [("Old", "ancient"), (None, "early")]
    _check_indexes(archive)


def test_of_a_listing_only_the_one_whose_page_it_is_is_stored(archive: Archive) -> None:
    page = make_page(kind="listing", post=None, people=(Person("Bob", bio_text="x"),))
    assert page.url is not None
    owner = Person("Ann", url=page.url, bio_text="A baker.")
    record(archive, make_visit(replace(page, people=(owner, *page.people))))
    assert rows(archive, "SELECT name, text FROM people JOIN bios ON person_id = people.id") == [("Ann", "A baker.")]


def test_a_page_that_is_no_post_stores_no_post(archive: Archive) -> None:
    page = make_page(kind="listing", post=None, people=(Person("Bob", bio_text="x"),), removals=FULL.removals)
    record(archive, make_visit(page))
    assert rows(archive, "SELECT count(*) FROM posts") == [(0,)]
    assert rows(archive, "SELECT count(*) FROM people") == [(0,)]
    assert rows(archive, "SELECT kind, post_id FROM pages") == [("listing", None)]
    assert rows(archive, "SELECT count(*) FROM removals") == [(2,)]


def test_an_about_page_presents_people(archive: Archive) -> None:
    record(archive, make_visit(make_page(kind="about", post=None, people=(Person("Bob", bio_text="A doctor."),))))
    assert rows(archive, "SELECT name, text FROM people JOIN bios ON person_id = people.id") == [("Bob", "A doctor.")]


@pytest.mark.parametrize("kind", ["about", "other"])
def test_a_page_of_another_kind_with_a_text_is_a_row_and_counts_apart(archive: Archive, kind: Any) -> None:
    page = replace(FULL, kind=kind)
    counts = record(archive, make_visit(page, at(1)))
    assert (counts.posts_added, counts.others_added, counts.people_added, counts.bios) == (0, 1, 2, 1)
    assert rows(archive, "SELECT posts.kind, text, pages.kind FROM pages JOIN posts ON posts.id = post_id") == [
        (kind, "The first post.", kind)
    ]
    assert search(archive, "posts_fts", "first") == [1]
    counts = record(archive, make_visit(replace(page, post=Post("Hello", text="Changed.")), at(2)))
    assert (counts.posts_changed, counts.others_changed) == (0, 1)
    assert record(archive, make_visit(FULL, at(3))).posts_changed == 1
    assert rows(archive, "SELECT kind FROM posts") == [("post",)]


@pytest.mark.parametrize("post", [None, Post("Empty")])
def test_a_page_of_another_kind_without_a_text_is_no_row(archive: Archive, post: Post | None) -> None:
    record(archive, make_visit(replace(make_page(kind="other"), post=post)))
    assert rows(archive, "SELECT (SELECT count(*) FROM posts), kind, post_id FROM pages") == [(0, "other", None)]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_page_at_the_address_tells_the_kind_and_not_one_that_names_it(
    archive: Archive, order: tuple[int, int]
) -> None:
    twin = make_page(kind="other", url=f"{URL}/node/3", post_url=URL)
    visits = [make_visit(make_page(kind="about"), at(1)), make_visit(twin, at(2))]
    for place in order:
        record(archive, visits[place])
    assert rows(archive, "SELECT kind, url FROM posts") == [("about", URL)]
    before = dump(archive)
    assert record(archive, *visits) == Counts()
    assert dump(archive) == before


def test_removals_and_claims_are_of_the_newest_capture_only(archive: Archive) -> None:
    def visit(number: int) -> Visit:
        evidence = (Removal("chrome", f"kind{number}", "r", "w", 1, "e"),)
        return make_visit(make_page(removals=evidence, claims=(Claim(f"f{number}", "v", "s", "w"),)), at(number))

    for number in (2, 3, 1):
        record(archive, visit(number))
    assert rows(archive, "SELECT kind FROM removals") == [("kind3",)]
    assert rows(archive, "SELECT field FROM claims") == [("f3",)]
    assert rows(archive, "SELECT count(*) FROM captures") == [(3,)]


def test_reading_a_capture_again_replaces_its_evidence(archive: Archive) -> None:
    record(archive, make_visit(FULL, body="same"))
    record(archive, make_visit(replace(FULL, removals=(), extractor_version="2"), body="same"))
    assert rows(archive, "SELECT count(*) FROM removals") == [(0,)]
    assert rows(archive, "SELECT count(*) FROM claims") == [(1,)]
    assert rows(archive, "SELECT extractor_version FROM pages") == [("2",)]
    assert rows(archive, "SELECT count(*) FROM captures") == [(1,)]


def test_tags_pictures_and_links_are_those_of_now(archive: Archive) -> None:
    record(archive, make_visit(FULL, at(1)))
    record(archive, make_visit(make_page(Post("Hello", text="x", tags=("c",))), at(2)))
    assert rows(archive, "SELECT name FROM post_tags JOIN tags ON tags.id = tag_id") == [("c",)]
    assert rows(archive, "SELECT (SELECT count(*) FROM links), (SELECT count(*) FROM post_media)") == [(0, 0)]
    assert rows(archive, "SELECT count(*) FROM post_people") == [(0,)]


def test_spellings_of_one_url_are_one_page_and_one_post(archive: Archive) -> None:
    record(archive, make_visit(FULL, at(1)))
    other = URL.replace("https", "http") + "?utm_source=feed"
    record(archive, make_visit(replace(FULL, url=other, post_url=other), at(2)))
    assert rows(archive, "SELECT (SELECT count(*) FROM pages), (SELECT count(*) FROM posts)") == [(1, 1)]
    assert rows(archive, "SELECT url FROM captures ORDER BY id") == [(URL,), (other,)]


def test_a_page_whose_url_nobody_knows_is_kept_by_its_digest(archive: Archive) -> None:
    urn = "urn:sha256:" + "0" * 64
    page = make_page(Post("Hello", text="x", bylines=(Byline("Bob"),)), url=urn, source="text")
    record(archive, make_visit(page, None))
    assert rows(archive, "SELECT url, blog_id, source FROM posts") == [(urn, None, "text")]
    assert rows(archive, "SELECT fetched_at FROM captures") == [(None,)]
    assert record(archive, make_visit(page, None)) == Counts()


def test_a_failed_visit_leaves_the_reading_and_says_why(archive: Archive) -> None:
    record(archive, make_visit(FULL, at(1)))
    archive.record([Visit(URL, "failed", "timeout")], [], at(2))
    assert rows(archive, "SELECT state, reason, state_at, kind FROM pages") == [
        ("failed", "timeout", "2020-01-03T12:00:00Z", "post")
    ]
    record(archive, make_visit(FULL, at(1)))
    assert rows(archive, "SELECT state FROM pages") == [("failed",)]
    record(archive, make_visit(FULL, at(3)))
    assert rows(archive, "SELECT state, reason FROM pages") == [("fetched", None)]


def test_an_answer_on_a_later_page_finds_its_question(archive: Archive) -> None:
    question, answer = make_comment("Question?", id="1"), make_comment("Answer!", id="2", parent_ref="1")
    record(archive, make_visit(make_page(url=URL + "?page=1", post_url=URL, comment_page=1, comments=(answer,)), at(1)))
    record(archive, make_visit(make_page(comments=(question,)), at(2)))
    assert rows(archive, "SELECT author, depth, text FROM thread WHERE post_url = ? ORDER BY path", URL) == [
        ("Ann", 0, "Question?"),
        ("Ann", 1, "Answer!"),
    ]


def test_threads_are_used_where_given(archive: Archive) -> None:
    page = make_page(comments=(make_comment("one", id="1"), make_comment("two", id="2")))
    joined = Thread(URL, (page.comments[0], replace(page.comments[1], parent=0)), 9, True)
    archive.record([make_visit(page)], [joined], NOW)
    assert rows(archive, "SELECT parent_id FROM comments ORDER BY id") == [(None,), (1,)]
    assert rows(archive, "SELECT declared_comment_count, comments_complete FROM posts") == [(9, 1)]


def test_the_summaries_answer_the_usual_questions(archive: Archive) -> None:
    record(archive, make_visit(FULL))
    sql = "SELECT url, title, author, published, comments_held, comments_declared, captures FROM post_summary"
    assert rows(archive, sql) == [(URL, "Hello", "Bob", "2012-05-14", 2, 5, 1)]
    sql = "SELECT name, posts, comments_received, bio FROM author_summary ORDER BY name"
    assert rows(archive, sql) == [("Bob", 1, 2, "A doctor."), ("Cy", 1, 2, None)]
    assert rows(archive, "SELECT author, comments, answers, as_post_author FROM commenter_summary") == [
        ("Ann", 2, 1, 1)
    ]


def test_summaries_count_posts_only_and_tell_kinds_apart(archive: Archive) -> None:
    record(archive, make_visit(FULL), make_visit(replace(FULL, url=f"{URL}/us", post_url=f"{URL}/us", kind="about")))
    assert rows(archive, "SELECT kind, comments_held FROM post_summary ORDER BY kind") == [("about", 2), ("post", 2)]
    assert rows(archive, "SELECT post_kind, count(*) FROM thread GROUP BY 1 ORDER BY 1") == [("about", 2), ("post", 2)]
    sql = "SELECT name, posts, comments_received FROM author_summary ORDER BY name"
    assert rows(archive, sql) == [("Bob", 1, 2), ("Cy", 1, 2)]
    assert rows(archive, "SELECT author, comments, posts FROM commenter_summary") == [("Ann", 2, 1)]


def test_holds_tells_this_very_capture(archive: Archive) -> None:
    visit = make_visit(FULL, at(1))
    assert visit.capture is not None
    digest = visit.capture.payload_sha256
    assert not archive.holds(URL, digest, at(1))
    record(archive, visit)
    assert archive.holds(URL, digest, at(1))
    assert archive.holds(URL, digest, at(1).replace(microsecond=5))
    assert not archive.holds(URL, digest, at(2))
    assert not archive.holds(URL, digest, None)
    assert not archive.holds(URL + "2", digest, at(1))


def test_a_capture_is_known_by_its_page_and_time(archive: Archive) -> None:
    assert not archive.has_capture(URL, at(1))
    record(archive, make_visit(FULL, at(1)))
    assert [archive.has_capture(URL + "#x", moment) for moment in (at(1), at(2), None)] == [True, False, False]
    assert not archive.has_capture(URL + "2", at(1))


def test_an_error_writes_nothing_of_the_batch(archive: Archive) -> None:
    broken = replace(make_visit(FULL), state="nonsense")  # type: ignore[arg-type]
    before = dump(archive)
    with pytest.raises(ArchiveError, match=r"voices\.db"):
        record(archive, make_visit(make_page(url=URL + "2")), broken)
    assert dump(archive) == before
    assert record(archive, make_visit(FULL)).posts_added == 1


def test_what_sqlite_cannot_hold_is_mended(archive: Archive) -> None:
    page = make_page(Post("a\ud800b", text="x", view_count=2**70), comments=(make_comment("\udfff"),))
    record(archive, make_visit(page, body="x"))
    assert rows(archive, "SELECT title, view_count FROM posts") == [("a\ufffdb", None)]
    assert rows(archive, "SELECT text FROM comments") == [("\ufffd",)]
    assert record(archive, make_visit(page, body="x")) == Counts()


def test_runs_and_their_events_are_kept(archive: Archive) -> None:
    run_id = archive.start_run("import", '{"contact": null}', "0.1", at(1))
    archive.event("error", URL, "did not work\ud800", "Traceback ...")
    archive.finish_run({"fetched": 3}, 3, at(2))
    assert rows(archive, "SELECT id, command, settings, started_at, finished_at, counts, exit_code FROM runs") == [
        (run_id, "import", '{"contact": null}', "2020-01-02T12:00:00Z", "2020-01-03T12:00:00Z", '{"fetched": 3}', 3)
    ]
    assert rows(archive, "SELECT run_id, at, level, url, message, traceback FROM run_events") == [
        (run_id, "2026-03-01T12:00:00Z", "error", URL, "did not work\ufffd", "Traceback ...")
    ]


def test_counts_of_a_run_may_be_counts(archive: Archive) -> None:
    archive.start_run("grab", "{}", "0.1", NOW)
    archive.finish_run(Counts(pages=2), 0, NOW)
    assert '"pages": 2' in rows(archive, "SELECT counts FROM runs")[0][0]


def test_an_archive_opened_for_reading_refuses_to_write(archive: Archive) -> None:
    with Archive(archive.path, readonly=True) as reading, pytest.raises(ArchiveError, match="reading only"):
        reading.record([], [], NOW)


def test_segments_lie_beside_the_database(archive: Archive, tmp_path: Path) -> None:
    assert archive.warc_folder == tmp_path / "voices.warc"


def test_a_killed_writer_loses_no_finished_batch(tmp_path: Path) -> None:
    path = tmp_path / "voices.db"
    archive = Archive(path)
    record(archive, make_visit(FULL))
    archive._connection.execute("BEGIN IMMEDIATE")
    archive._connection.execute("DELETE FROM links")
    copies = {each.name: each.read_bytes() for each in tmp_path.iterdir()}  # what a kill -9 would leave
    archive._connection.execute("ROLLBACK")
    archive.close()
    (tmp_path / "copy").mkdir()
    for name, data in copies.items():
        (tmp_path / "copy" / name).write_bytes(data)
    assert rows(tmp_path / "copy" / "voices.db", "SELECT count(*) FROM links") == [(1,)]


def test_a_batch_asks_few_queries(archive: Archive) -> None:
    statements: list[str] = []
    visits = [make_visit(replace(FULL, url=f"{URL}-{number}", post_url=f"{URL}-{number}")) for number in range(50)]
    archive._connection.set_trace_callback(statements.append)
    record(archive, *visits)
    archive._connection.set_trace_callback(None)
    assert len([each for each in statements if each.startswith("SELECT")]) < 25


def test_time_zones_come_out_as_utc(archive: Archive) -> None:
    from datetime import timedelta, timezone

    there = datetime(2020, 1, 1, 1, tzinfo=timezone(timedelta(hours=2)))
    record(archive, make_visit(FULL, there))
    assert rows(archive, "SELECT fetched_at FROM captures") == [("2019-12-31T23:00:00Z",)]
    assert archive.holds(URL, rows(archive, "SELECT payload_sha256 FROM captures")[0][0], there.astimezone(UTC))


def test_a_damaged_index_is_an_archive_error(archive: Archive) -> None:
    archive._connection.execute("DROP TABLE links")
    with pytest.raises(ArchiveError) as caught:
        record(archive, make_visit(FULL))
    assert isinstance(caught.value.__cause__, sqlite3.Error)


def test_a_newer_capture_of_the_same_counts_as_no_change(archive: Archive) -> None:
    older = replace(FULL.comments[0], published=between(at(-400), at(-35), "1 year ago"))
    newer = replace(older, published=between(at(-380), at(-15), "1 year ago"), votes=9, avatar_url="new.png")
    record(archive, make_visit(replace(FULL, comments=(older, FULL.comments[1])), at(1)))
    alias = replace(FULL, url="https://blog.example/node/1", comments=(newer, FULL.comments[1]))
    for number, page in enumerate((replace(alias, url=URL), alias), start=2):
        counts = record(archive, make_visit(page, at(number)))
        assert (counts.posts_changed, counts.comments_changed, counts.captures) == (0, 0, 1)
    assert rows(archive, "SELECT votes, last_capture_id, published_earliest FROM comments WHERE id = 1") == [
        (9, 3, "2018-12-17T12:00:00Z")
    ]


def test_what_did_change_is_counted_once(archive: Archive) -> None:
    assert FULL.post is not None
    record(archive, make_visit(FULL, at(1)))
    edited = replace(FULL.post, text="Edited.", tags=("c",), bylines=(Byline("Dee"),))
    counts = record(archive, make_visit(replace(FULL, post=edited), at(2)))
    assert (counts.posts_added, counts.posts_changed, counts.comments_changed) == (0, 1, 0)
    comments = (replace(FULL.comments[0], text="Edited?"), FULL.comments[1])
    counts = record(archive, make_visit(replace(FULL, post=edited, comments=comments), at(3)))
    assert (counts.posts_changed, counts.comments_added, counts.comments_changed) == (0, 0, 1)
    counts = record(archive, make_visit(replace(FULL, post=replace(edited, tags=("d",)), comments=comments), at(4)))
    assert (counts.posts_changed, counts.comments_changed) == (1, 0)


def test_the_same_words_under_another_comments_permalink_are_that_comment(archive: Archive) -> None:
    first = (
        make_comment("", id=None, author=None),
        make_comment("", id=None, author="Ann", position=1),
        make_comment("", id=None, author="Ann", permalink=f"{URL}#c3", position=2),
    )
    later = (make_comment("", id=None, author=None, permalink=f"{URL}#c3"),)
    visits = [
        make_visit(make_page(Post("Hello", text="Words."), comments=comments), at(number), body=str(number))
        for number, comments in enumerate((first, later), 1)
    ]
    archive.record(visits, [], NOW)
    held = rows(archive, "SELECT permalink, author FROM comments ORDER BY id")
    assert set(held) == {(None, "Ann"), (None, None), (f"{URL}#c3", None)}
    before = dump(archive)
    assert archive.record(visits, [], NOW) == Counts()
    assert dump(archive) == before

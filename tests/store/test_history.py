"""What an archive knows of the past: texts as they were, comments that went, and the archive as of a day."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scraper.model import Byline, Page, Person, Post, StatedComment, Visit
from scraper.store.archive import Archive
from scraper.store.lookup.discussion import read_branches, read_comments
from scraper.store.reader import ArchivedPost, Reader
from scraper.store.upkeep.integrity import find_lagging
from scraper.text.dates import read_time
from tests.store.conftest import NOW, URL, at, dump, make_comment, make_page, make_visit, rows

EVER = datetime(2099, 1, 1, tzinfo=UTC)
HISTORY = ("post_history", "comment_history", "thread_growth", "tombstones", "changes")


def thread_page(text: str, *comments: str, declared: int | None = None, **values: object) -> Page:
    """A post with comments given as 'id author words'."""
    shown = []
    for position, each in enumerate(comments):
        name, author, words = each.split(" ", 2)
        shown.append(make_comment(words, id=name, author=author, position=position, permalink=f"{URL}#c{name}"))
    post = Post("Hello", text=text, html=f"<p>{text}</p>", declared_comment_count=declared)
    return make_page(post, comments=tuple(shown), **values)


def record(archive: Archive, *pages: tuple[Page | Visit, datetime | None]) -> None:
    for page, fetched_at in pages:
        visit = page if isinstance(page, Visit) else make_visit(page, fetched_at, body=f"{page!r}{fetched_at}")
        archive.record([visit], [], fetched_at or NOW)


def then(archive: Archive, moment: datetime, url: str = URL) -> ArchivedPost:
    with Reader(archive.path) as reader:
        found = reader.post(url, moment)
    assert found is not None
    return found


def said(post: ArchivedPost) -> list[tuple[str, str | None]]:
    return [(comment.text, (comment.not_seen_since or "")[:10] or None) for comment in post.comments]


def happened(archive: Archive, *kinds: str) -> list[tuple[str, str | None, str | None, str | None]]:
    found = rows(archive, "SELECT what, substr(at, 1, 10), before, after FROM changes ORDER BY at, what, comment_id")
    return [row for row in found if not kinds or row[0] in kinds]


THREE = (
    (thread_page("One.", "1 Ann First!", "2 Bob Second!", declared=2), at(0)),
    (thread_page("Two.", "1 Ann First!", "2 Bob Second, edited!", "3 Cy Third!", declared=3), at(10)),
    (thread_page("One.", "2 Robert Second, edited!", "3 Cy Third!", declared=2), at(20)),
)


def test_a_post_is_as_its_captures_of_then_show_it(archive: Archive) -> None:
    record(archive, *THREE)
    assert [then(archive, at(day)).text for day in (0, 9, 10, 19, 20, 99)] == [
        *("One.", "One.", "Two.", "Two.", "One.", "One.")
    ]
    assert said(then(archive, at(0))) == [("First!", None), ("Second!", None)]
    assert said(then(archive, at(15))) == [("First!", None), ("Second, edited!", None), ("Third!", None)]
    assert said(then(archive, at(20))) == [("First!", "2020-01-21"), ("Second, edited!", None), ("Third!", None)]
    assert [comment.author for comment in then(archive, at(15)).comments] == ["Ann", "Bob", "Cy"]
    assert [comment.author for comment in then(archive, at(25)).comments] == ["Ann", "Robert", "Cy"]
    assert then(archive, at(5)).declared_comment_count == 2
    assert then(archive, at(5)).captured_at == "2020-01-01T12:00:00Z"


@pytest.mark.parametrize("day", [0, 9, 10, 19, 20, 99])
def test_a_part_of_a_thread_is_of_then_what_the_whole_is(archive: Archive, day: int) -> None:
    record(archive, *THREE, (thread_page("One.", "1 Ann First!", declared=9), at(21)))
    stated = make_comment("Of a feed.", id="9", parent_ref="3")
    feed = replace(make_visit(None, at(12), url=f"{URL}/feed"), stated=(StatedComment(stated, URL),))
    archive.record([feed], [], at(12))
    whole = then(archive, at(day))
    assert len(whole.comments) == (2 if day < 10 else 3 if day < 12 else 4)
    with Reader(archive.path) as reader:
        assert reader.head(whole.id, at(day)) == replace(whole, comments=())
        branches = read_branches(reader.connection, whole.id, at(day))
        assert branches == [(each.id, each.parent_id) for each in whole.comments]
        for each in whole.comments:
            ((key, found),) = read_comments(reader.connection, [each.id], at(day)).items()
            assert (key, replace(found, parent_id=each.parent_id)) == (each.id, each)


def test_there_is_nothing_of_before_the_first_capture(archive: Archive) -> None:
    record(archive, *THREE)
    with Reader(archive.path) as reader:
        assert reader.post(URL, at(-1)) is None
        assert reader.head(1) is not None and reader.head(1, at(-1)) is None


def test_what_happened_is_told_in_any_order_of_captures(tmp_path: Path) -> None:
    expected = [
        ("comment_new", "2020-01-01", None, "First!"),
        ("comment_new", "2020-01-01", None, "Second!"),
        ("post_new", "2020-01-01", None, "Hello"),
        ("comment_edited", "2020-01-11", "Second!", "Second, edited!"),
        ("comment_new", "2020-01-11", None, "Third!"),
        ("post_edited", "2020-01-11", "Hello\nOne.", "Hello\nTwo."),
        ("comment_gone", "2020-01-21", "First!", None),
        ("comment_renamed", "2020-01-21", "Bob", "Robert"),
        ("post_edited", "2020-01-21", "Hello\nTwo.", "Hello\nOne."),
    ]
    for number, order in enumerate(permutations(THREE)):
        with Archive(tmp_path / f"{number}.db") as archive:
            record(archive, *order)
            assert sorted(map(str, happened(archive))) == sorted(map(str, expected)), number


def test_a_comment_that_came_back_is_back(archive: Archive) -> None:
    one, both = thread_page("T.", "1 Ann First!"), thread_page("T.", "1 Ann First!", "2 Bob Second!")
    record(archive, (both, at(0)), (one, at(1)), (both, at(2)))
    assert rows(archive, "SELECT * FROM tombstones") == []
    assert [row[:2] for row in happened(archive, "comment_gone", "comment_back")] == [
        ("comment_gone", "2020-01-02"),
        ("comment_back", "2020-01-03"),
    ]
    assert said(then(archive, at(1)))[1] == ("Second!", "2020-01-02")
    assert said(then(archive, at(2)))[1] == ("Second!", None)


@pytest.mark.parametrize(
    "later",
    [
        thread_page("T.", "1 Ann First!", declared=2),  # shows fewer than it says: a script may load the rest
        thread_page("T."),  # neither a comment nor a number: the template may have changed
        thread_page("T.", kind="other"),
        thread_page("T.", "1 Ann First!", comment_pages=(f"{URL}/comment-page-2/",)),  # the other page was not fetched
    ],
)
def test_a_page_that_does_not_tell_says_nothing_of_what_it_lacks(archive: Archive, later: Page) -> None:
    record(archive, (thread_page("T.", "1 Ann First!", "2 Bob Second!", declared=2), at(0)), (later, at(1)))
    assert rows(archive, "SELECT * FROM absences") == []


def test_a_failed_fetch_says_nothing(archive: Archive) -> None:
    record(archive, *THREE[:1], (Visit(URL, "failed", "timeout: 30 s"), at(5)))
    assert rows(archive, "SELECT * FROM absences") == []
    assert then(archive, at(6)).gone_since is None
    assert happened(archive, "post_gone") == []
    assert rows(archive, "SELECT state, reason FROM page_losses") == [("failed", "timeout: 30 s")]


PAGE_2 = f"{URL}/comment-page-2/"


def first_page(*comments: str, declared: int | None = None) -> Page:
    return thread_page("T.", *comments, declared=declared, comment_pages=(PAGE_2,))


def second_page(*comments: str, declared: int | None = None) -> Page:
    page = thread_page("", *comments, declared=declared, comment_pages=(URL,), comment_page=2)
    return replace(page, url=PAGE_2, post=replace(page.post or Post("Hello"), text="", html=""))


def test_a_comment_is_gone_where_one_visit_has_every_page_of_its_thread_without_it(archive: Archive) -> None:
    soon = timedelta(minutes=5)
    record(archive, (first_page("1 A One", "2 B Two"), at(0)), (second_page("3 C Three"), at(0) + soon))
    record(archive, (first_page("1 A One", "3 C Three"), at(9)))
    assert rows(archive, "SELECT * FROM absences") == []  # it may be on the other page now
    record(archive, (second_page("4 D Four"), at(9) + soon))
    assert rows(archive, "SELECT text, not_seen_since FROM tombstones") == [("Two", "2020-01-10T12:05:00Z")]


def test_a_comment_that_moved_to_another_page_is_not_gone(archive: Archive) -> None:
    soon = timedelta(minutes=5)
    record(archive, (first_page("1 A One", "2 B Two"), at(0)), (second_page("3 C Three"), at(0) + soon))
    record(archive, (first_page("1 A One", "3 C Three"), at(9)), (second_page("2 B Two"), at(9) + soon))
    assert rows(archive, "SELECT * FROM absences") == []


def test_pages_of_two_visits_do_not_make_one(archive: Archive) -> None:
    record(archive, (first_page("1 A One", "2 B Two"), at(0)), (second_page("3 C Three"), at(0)))
    record(archive, (first_page("1 A One", "3 C Three"), at(9)), (second_page("4 D Four"), at(10)))
    assert rows(archive, "SELECT * FROM absences") == []


def test_a_page_that_was_said_to_be_as_it_was_belongs_to_the_visit(archive: Archive) -> None:
    record(archive, (first_page("1 A One", "2 B Two"), at(0)), (second_page("3 C Three"), at(0)))
    record(archive, (first_page("1 A One"), at(9)), (Visit(PAGE_2, "not_modified"), at(9)))
    assert rows(archive, "SELECT text, not_seen_since FROM tombstones") == [("Two", "2020-01-10T12:00:00Z")]


def test_a_comment_is_gone_where_the_number_fell_accordingly(archive: Archive) -> None:
    record(archive, (first_page("1 A One", "2 B Two", declared=3), at(0)))
    record(archive, (first_page("1 A One", declared=2), at(9)))
    assert rows(archive, "SELECT text, not_seen_since FROM tombstones") == [("Two", "2020-01-10T12:00:00Z")]


def test_a_post_that_is_gone_is_so_until_it_is_back(archive: Archive) -> None:
    page = thread_page("T.", "1 Ann First!")
    gone = Visit(URL, "gone", "status 410")
    record(archive, (page, at(0)), (gone, at(1)), (gone, at(2)))
    assert then(archive, at(0)).gone_since is None
    assert then(archive, EVER).gone_since == "2020-01-02T12:00:00Z"
    record(archive, (page, at(3)), (gone, at(4)))
    assert then(archive, at(3)).gone_since is None
    assert [row[:2] for row in happened(archive, "post_gone", "post_back")] == [
        ("post_gone", "2020-01-02"),
        ("post_back", "2020-01-04"),
        ("post_gone", "2020-01-05"),
    ]
    assert said(then(archive, EVER)) == [("First!", None)]


def test_another_day_and_other_tags_are_told_and_kept(archive: Archive) -> None:
    def dated(day: str | None, *tags: str, categories: tuple[str, ...] = ()) -> Page:
        page = thread_page("One.")
        assert page.post is not None
        published = read_time(day) if day else None
        return replace(page, post=replace(page.post, published=published, tags=tags, categories=categories))

    record(
        archive,
        (dated("2019-05-14", "rye", "oat"), at(0)),
        (dated("2019-05-14T10:04:00Z", "oat", "rye"), at(10)),  # in other words, and in another order
        (dated(None), at(20)),  # by another template
        (dated("2019-06-01", "rye", categories=("Bread",)), at(30)),
    )
    assert happened(archive, "post_redated", "post_retagged") == [
        ("post_redated", "2020-01-31", "2019-05-14T10:04:00+00:00", "2019-06-01"),
        ("post_retagged", "2020-01-31", "oat, rye", "Bread, rye"),
    ]
    assert (then(archive, at(15)).tags, then(archive, at(15)).categories) == (("oat", "rye"), ())
    assert (then(archive, at(30)).tags, then(archive, at(30)).categories) == (("rye",), ("Bread",))


def test_a_comment_that_was_written_before_a_capture_without_it_came_late(archive: Archive) -> None:
    def on(day: str, page: Page) -> Page:
        *others, last = page.comments
        return replace(page, comments=(*others, replace(last, published=read_time(day))))

    one = on("2019-12-31T10:00:00Z", thread_page("One.", "1 Ann First!", declared=1))
    late = on("2020-01-05T10:00:00Z", thread_page("One.", "1 Ann First!", "2 Bob Waited!", declared=2))
    new = on("2020-01-25T10:00:00Z", thread_page("One.", "1 Ann First!", "2 Bob Waited!", "3 Cy Now!", declared=3))
    record(archive, (one, at(0)), (one, at(10)), (late, at(20)), (new, at(30)))
    told = [(what, after) for what, _, _, after in happened(archive, "comment_new", "comment_late")]
    assert told == [("comment_new", "First!"), ("comment_late", "Waited!"), ("comment_new", "Now!")]
    assert [comment.text for comment in then(archive, at(15)).comments] == ["First!"]


OLD, NEW = "https://blog.example/?p=7", "https://blog.example/2012/05/rye/"
WORDS = " ".join(f"Bread number {number} takes its time." for number in range(20))


def test_what_was_there_and_gone_in_one_second_was_there_first(archive: Archive) -> None:
    record(archive, (thread_page("T."), at(0)), (Visit(URL, "gone", "status 410"), at(0)))
    assert [row[:2] for row in happened(archive, "post_gone", "post_back")] == [("post_gone", "2020-01-01")]
    assert then(archive, at(0)).gone_since == "2020-01-01T12:00:00Z"


def test_of_two_bios_of_one_second_the_new_one_is_that_of_the_first_capture(archive: Archive) -> None:
    bob = Person("Bob", "https://blog.example/u/bob", "A doctor.", "<p>A doctor.</p>")
    post = Post("Hello", text="T.", html="<p>T.</p>", bylines=(Byline("Bob", bob.url),))
    later = replace(bob, bio_text="A baker.", bio_html="<p>A baker.</p>")
    record(archive, (make_page(post, people=(bob,)), at(0)), (make_page(post, people=(later,)), at(0)))
    assert [row[0] for row in happened(archive, "bio_new", "bio_edited")] == ["bio_edited", "bio_new"]
    assert happened(archive, "bio_new")[0][3] == "A doctor."


def at_url(url: str, text: str, *comments: str) -> Page:
    page = thread_page(text, *comments)
    shown = tuple(replace(each, permalink=f"{url}#c{each.id}") for each in page.comments)
    return replace(page, url=url, post_url=url, comments=shown)


def moved(to: str, day: datetime) -> Visit:
    visit = make_visit(None, day, url=OLD, body="moved")
    return replace(visit, reason=f"redirect to {to}", page=None)


@pytest.mark.parametrize("location", [NEW, "/2012/05/rye/"])
def test_a_post_that_leads_to_the_same_post_is_that_post_and_keeps_its_old_address(
    archive: Archive, location: str
) -> None:
    first = (at_url(OLD, WORDS, "1 Ann First!", "2 Bob Second!"), at(0))
    new = (at_url(NEW, f"{WORDS} More.", "1 Ann First!", "2 Bob Second!", "3 Cy Third!"), at(10))
    record(archive, first, (moved(location, at(10)), at(10)), new)
    assert rows(archive, "SELECT url FROM posts") == [(NEW,)]
    assert rows(archive, "SELECT url, post_id FROM pages ORDER BY id") == [(OLD, 1), (NEW, 1)]
    assert [what for what, *_ in happened(archive)] == [
        *("comment_new", "comment_new", "post_new", "comment_new", "post_edited", "post_moved"),
    ]
    with Reader(archive.path) as reader:
        assert reader.post(OLD) == reader.post(NEW)
    record(archive, first, new)  # read again
    assert rows(archive, "SELECT url FROM posts") == [(NEW,)]
    assert rows(archive, "SELECT count(*) FROM comments") == [(3,)]


def test_a_post_that_is_found_to_lead_to_one_that_is_held_is_joined_with_it(archive: Archive) -> None:
    record(
        archive,
        (at_url(OLD, f"{WORDS} Less.", "1 Ann First!", "2 Bob Second!"), at(0)),
        (at_url(NEW, WORDS, "1 Ann First!", "3 Cy Third!"), at(10)),
        (moved(NEW, at(20)), at(20)),
    )
    assert rows(archive, "SELECT url FROM posts") == [(NEW,)]
    assert [(each.text, each.author) for each in then(archive, at(5), OLD).comments] == [
        *(("First!", "Ann"), ("Second!", "Bob")),
    ]
    assert then(archive, at(5), NEW).text.endswith("Less.")
    assert sorted(said(then(archive, at(30), OLD))) == [("First!", None), ("Second!", "2020-01-11"), ("Third!", None)]
    assert [row[:2] for row in happened(archive, "post_new", "post_edited", "post_moved", "comment_moved")] == [
        *(("post_new", "2020-01-01"), ("post_edited", "2020-01-11"), ("post_moved", "2020-01-21")),
    ]


def test_of_comments_with_the_same_words_each_is_joined_with_its_own(archive: Archive) -> None:
    record(
        archive,
        (at_url(OLD, WORDS, "3 Ann Thanks!", "4 Ann Thanks!", "5 Cy Rye?"), at(0)),
        (at_url(NEW, WORDS, "4 Ann Thanks!", "5 Cy Rye?"), at(10)),
        (moved(NEW, at(20)), at(20)),
    )
    assert rows(archive, "SELECT platform_id FROM comments ORDER BY 1") == [("3",), ("4",), ("5",)]


def test_posts_in_scripts_without_spaces_are_joined_in_their_indexes_too(archive: Archive) -> None:
    record(
        archive,
        (at_url(OLD, f"{WORDS} 図書館", "1 Ann 東京駅!", "2 Cy 京都駅!"), at(0)),
        (at_url(NEW, f"{WORDS} 図書館", "1 Ann 東京駅!"), at(10)),
        (moved(NEW, at(20)), at(20)),
    )
    with closing(sqlite3.connect(archive.path, isolation_level=None)) as connection:
        assert list(find_lagging(connection, archive.path)) == []


def test_a_comment_without_an_id_is_joined_with_the_one_of_its_words(archive: Archive) -> None:
    new = at_url(NEW, WORDS, "4 Ann Thanks!", "5 Ann Thanks!", "6 Cy Rye?")
    bare = [replace(each, id=None, permalink=None) for each in new.comments[1:]]
    old = replace(at_url(OLD, WORDS), comments=(at_url(OLD, WORDS, "4 Ann Thanks!").comments[0], *bare))
    record(archive, (old, at(0)), (new, at(10)), (moved(NEW, at(20)), at(20)))
    assert rows(archive, "SELECT platform_id FROM comments ORDER BY 1") == [("4",), ("5",), ("6",)]


def test_a_post_is_followed_over_several_redirects_of_one_visit(archive: Archive) -> None:
    record(archive, (at_url(OLD, WORDS), at(0)))
    between = "https://blog.example/rye"
    hop = replace(make_visit(None, at(10), url=between, body="hop"), reason=f"redirect to {NEW}")
    archive.record([moved(between, at(10)), hop, make_visit(at_url(NEW, WORDS), at(10))], [], at(10))
    assert rows(archive, "SELECT id, url FROM posts") == [(1, NEW)]


def test_an_older_redirect_moves_no_post_that_is_at_its_address_again(archive: Archive) -> None:
    record(archive, (at_url(OLD, WORDS), at(20)), (moved(NEW, at(10)), at(10)), (at_url(NEW, WORDS), at(10)))
    assert rows(archive, "SELECT url FROM posts ORDER BY id") == [(OLD,), (NEW,)]


def test_a_page_that_leads_to_another_post_stays_what_it_was(archive: Archive) -> None:
    record(
        archive,
        (at_url(OLD, WORDS), at(0)),
        (moved(NEW, at(10)), at(10)),
        (at_url(NEW, WORDS.replace("Bread", "A home page").replace("takes", "says")), at(10)),
    )
    assert rows(archive, "SELECT url FROM posts ORDER BY id") == [(OLD,), (NEW,)]


def test_a_post_that_moved_says_where_to(archive: Archive) -> None:
    record(archive, (thread_page("T."), at(0)), (Visit(URL, "fetched", f"redirect to {URL}-again"), at(1)))
    assert happened(archive, "post_moved") == [("post_moved", "2020-01-02", URL, f"{URL}-again")]


def test_a_comment_whose_address_moved_is_told_and_one_on_another_page_of_the_thread_is_not(archive: Archive) -> None:
    page = thread_page("T.", "1 Ann First!")
    elsewhere = replace(page, comments=(replace(page.comments[0], permalink="https://new.example/hello#c1"),))
    record(archive, (page, at(0)), (elsewhere, at(1)))
    assert happened(archive, "comment_moved") == [
        ("comment_moved", "2020-01-02", f"{URL}#c1", "https://new.example/hello#c1")
    ]


def test_people_and_their_bios_have_a_history(archive: Archive) -> None:
    bob = Person("Bob", "https://blog.example/u/bob", "A doctor.", "<p>A doctor.</p>")
    post = Post("Hello", text="T.", html="<p>T.</p>", bylines=(Byline("Bob", bob.url),))
    later = replace(bob, name="Robert", bio_text="A retired doctor.", bio_html="<p>A retired doctor.</p>")
    record(archive, (make_page(post, people=(bob,)), at(0)), (make_page(post, people=(later,)), at(1)))
    assert happened(archive, "bio_new", "bio_edited", "person_renamed") == [
        ("bio_new", "2020-01-01", None, "A doctor."),
        ("bio_edited", "2020-01-02", "A doctor.", "A retired doctor."),
        ("person_renamed", "2020-01-02", "Bob", "Robert"),
    ]
    assert [then(archive, at(day)).signers[0].bio_text for day in (0, 1)] == ["A doctor.", "A retired doctor."]


def test_growth_is_one_row_a_capture(archive: Archive) -> None:
    record(archive, *THREE)
    assert rows(archive, "SELECT comments, declared FROM thread_growth ORDER BY fetched_at") == [(2, 2), (3, 3), (2, 2)]


def test_a_post_on_several_pages_is_made_of_those_of_then(archive: Archive) -> None:
    def part(number: int, text: str) -> Page:
        url = URL if number == 1 else f"{URL}/{number}/"
        post = Post("Hello", text=text, html=f"<p>{text}</p>")
        return make_page(post, url=url, post_url=URL, post_page=number, post_pages=(f"{URL}/2/",))

    record(archive, (part(1, "One."), at(0)), (part(2, "Two."), at(1)), (part(2, "Two, new."), at(2)))
    assert [then(archive, at(day)).text for day in (0, 1, 2)] == ["One.", "One.\nTwo.", "One.\nTwo, new."]
    assert [then(archive, at(day)).missing_pages for day in (0, 1)] == [(2,), ()]
    assert happened(archive, "post_edited") == [("post_edited", "2020-01-03", "Hello\nTwo.", "Hello\nTwo, new.")]


# ---- properties

TEXTS = st.sampled_from(["The sea is grey today.", "The sea is blue today.", "Nobody saw the sea."])
NAMES = st.sampled_from(["Ann", "Bob"])


@st.composite
def versions(draw: st.DrawFn) -> Page:
    """A page of one thread: some of four comments, each in one of three wordings."""
    ids = draw(st.lists(st.sampled_from("1234"), unique=True, max_size=4).map(sorted))
    comments = [f"{each} {draw(NAMES)} {draw(TEXTS)}" for each in ids]
    return thread_page(draw(TEXTS), *comments, declared=draw(st.sampled_from([None, len(ids)])))


Captures = Sequence[tuple[Page, datetime | None]]
captures = st.lists(versions(), min_size=1, max_size=4).map(lambda pages: [(p, at(n)) for n, p in enumerate(pages)])
slow = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@slow
@given(captures)
def test_as_of_now_is_the_archive(found: Captures) -> None:
    with new_archives() as (archive,):
        record(archive, *found)
        with Reader(archive.path) as reader:
            assert reader.post(URL, EVER) == reader.post(URL)


@slow
@given(captures)
def test_as_of_a_day_is_the_archive_of_that_day(found: Captures) -> None:
    """But for a comment's place in the thread, and what is one of the page's later captures."""
    with new_archives() as (archive,):
        held = []
        for number, capture in enumerate(found):
            record(archive, capture)
            with Reader(archive.path) as reader:
                held.append((at(number), reader.post(URL)))
        for moment, post in held:
            assert post is not None
            now = then(archive, moment)
            assert (now.title, now.text, now.html, now.captured_at) == (
                *(post.title, post.text, post.html, post.captured_at),
            )
            assert {(each.id, each.author, each.text, each.not_seen_since) for each in now.comments} == {
                (each.id, each.author, each.text, each.not_seen_since) for each in post.comments
            }


@slow
@given(st.data())
def test_no_order_of_captures_changes_the_history(data: st.DataObject) -> None:
    found = data.draw(captures)
    order = data.draw(st.permutations(found))
    with new_archives(2) as (one, other):
        record(one, *found)
        record(other, *order)
        assert history(one) == history(other)


@slow
@given(captures)
def test_the_same_captures_again_change_nothing(found: Captures) -> None:
    with new_archives() as (archive,):
        record(archive, *found)
        before = dump(archive)
        record(archive, *found)
        assert dump(archive) == before


@contextmanager
def new_archives(number: int = 1) -> Iterator[list[Archive]]:
    """Archives that are not synced to a disk at each step."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        found = []
        for each in range(number):
            shutil.copy(empty_archive(), Path(folder) / f"{each}.db")
            found.append(stack.enter_context(Archive(Path(folder) / f"{each}.db")))
            found[-1]._connection.execute("PRAGMA synchronous = OFF")
        yield found


@cache
def empty_archive() -> Path:
    """An archive that was made once: to make one takes longer than a test's rows do."""
    path = Path(tempfile.mkdtemp()) / "empty.db"
    Archive(path).close()
    return path


def history(archive: Archive) -> list[str]:
    """What happened and what each capture shows, told without the keys of rows, which go by the order of arrival."""
    told = [
        "SELECT at, what, before, after FROM changes",
        "SELECT fetched_at, title, text FROM post_history",
        "SELECT fetched_at, author, permalink, text FROM comment_history",
        "SELECT fetched_at, comments, declared FROM thread_growth",
        "SELECT author, text, last_seen, not_seen_since FROM tombstones",
    ]
    return sorted(str(row) for sql in told for row in rows(archive, sql))

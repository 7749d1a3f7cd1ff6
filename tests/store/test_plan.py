from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.model import Comment, Image, Link, Page, Post, Thread
from scraper.store.planning.intents import AddRevision, Intent, WriteComment, WriteLists, WritePart, WritePost
from scraper.store.planning.plan import plan_post
from scraper.store.planning.times import utc_text
from scraper.store.planning.values import PostLists, Seen, Sighting, StoredComment, StoredPart, StoredPost
from tests.store.conftest import URL, at, between, day, make_comment, make_page

NEW = StoredPost(1)


def sight(page: Page, capture_id: int = 1, fetched_at: datetime | None = None, *, at_home: bool = True) -> Sighting:
    return Sighting(capture_id, utc_text(fetched_at or at(capture_id)), page, at_home)


def see(*sightings: Sighting, thread: Sequence[Comment] | None = None) -> Seen:
    return Seen(URL, sightings, Thread(URL, tuple(thread), None, None) if thread is not None else None)


def carry_out(stored: StoredPost, seen: Seen, intents: Iterable[Intent]) -> StoredPost:
    """The stored post after these intents: what the archive does in SQL, in memory."""
    ranks = {sighting.capture_id: sighting.rank for sighting in seen.sightings}
    for row in stored.comments:
        ranks |= {row.values.first_capture_id: row.first_rank, row.values.last_capture_id: row.last_rank}
    if stored.values is not None:
        ranks.setdefault(stored.values.capture_id, (stored.fetched_at or "", stored.values.capture_id or 0))
    ranks[None] = ("", 0)
    homes = {sighting.capture_id: sighting.at_home for sighting in seen.sightings}
    views = {sighting.capture_id: sighting.page.view is not None for sighting in seen.sightings}
    for row_part in stored.parts:
        ranks.setdefault(row_part.capture_id, row_part.rank)
    comments = {row.id: row for row in stored.comments}
    for intent in intents:
        if isinstance(intent, WritePost):
            at = ranks[intent.values.capture_id][0] or None
            at_home = homes.get(intent.values.capture_id, stored.at_home)
            is_view = views.get(intent.values.capture_id, stored.is_view)
            stored = replace(stored, values=intent.values, fetched_at=at, at_home=at_home, is_view=is_view)
        elif isinstance(intent, WriteLists):
            old = stored.lists
            tags, images, links = intent.tags, intent.images, intent.links
            lists = PostLists(
                old.tags if tags is None else tags,
                old.images if images is None else images,
                old.links if links is None else links,
            )
            stored = replace(stored, lists=lists)
        elif isinstance(intent, WritePart):
            part = StoredPart(intent.part, intent.capture_id, ranks[intent.capture_id])
            kept = [each for each in stored.parts if each.part.number != intent.part.number]
            stored = replace(stored, parts=tuple(sorted((*kept, part), key=lambda each: each.part.number)))
        elif isinstance(intent, WriteComment):
            old_row = comments.get(intent.id)
            first, last = ranks[intent.values.first_capture_id], ranks[intent.values.last_capture_id]
            revisions = old_row.revisions if old_row else frozenset()
            comments[intent.id] = StoredComment(intent.id, intent.values, first, last, revisions)
        elif isinstance(intent, AddRevision) and intent.comment_id is not None:
            row = comments[intent.comment_id]
            assert intent.digest not in row.revisions
            comments[row.id] = replace(row, revisions=row.revisions | {intent.digest})
        elif isinstance(intent, AddRevision):
            assert intent.digest not in stored.revisions
            stored = replace(stored, revisions=stored.revisions | {intent.digest})
        else:
            stored = replace(stored, bylines=intent.bylines)
    return replace(stored, comments=tuple(comments[key] for key in sorted(comments)))


def record(stored: StoredPost, seen: Seen) -> StoredPost:
    next_id = max((row.id for row in stored.comments), default=0) + 1
    return carry_out(stored, seen, plan_post(stored, seen, next_id))


def texts(stored: StoredPost) -> list[str]:
    return [row.values.text for row in stored.comments]


def revised(intents: Iterable[Intent]) -> list[tuple[str, str]]:
    return [(intent.cause, intent.text) for intent in intents if isinstance(intent, AddRevision)]


def written(text: str, title: str = "Hello") -> Post:
    return Post(title, text=text, html=f"<p>{text}</p>")


# ---- the post


def test_a_new_post_is_written_with_all_that_hangs_on_it() -> None:
    post = Post(
        "Hello", text="x", tags=("a", "a", "b"), categories=("a",), images=(Image("i"),), links=(Link("l", "t"),)
    )
    stored = record(NEW, see(sight(make_page(post))))
    assert stored.values is not None
    assert stored.values.title == "Hello"
    assert stored.lists.tags == (("tag", "a"), ("tag", "b"), ("category", "a"))


def test_a_changed_text_becomes_a_revision() -> None:
    stored = record(NEW, see(sight(make_page(written("old")), 1)))
    seen = see(sight(make_page(written("new")), 2))
    assert revised(plan_post(stored, seen)) == [("changed", "old")]
    stored = record(stored, seen)
    assert stored.values is not None
    assert (stored.values.text, stored.values.capture_id) == ("new", 2)


def test_an_older_capture_that_comes_later_only_adds_a_revision() -> None:
    stored = record(NEW, see(sight(make_page(written("new")), 2)))
    intents = plan_post(stored, see(sight(make_page(written("old")), 1)))
    assert [type(intent) for intent in intents] == [AddRevision]
    assert revised(intents) == [("changed", "old")]


def test_a_capture_of_unknown_time_counts_as_the_oldest() -> None:
    stored = record(NEW, see(sight(make_page(written("dated")), 1)))
    unknown = Sighting(2, None, make_page(written("undated")))
    assert revised(plan_post(stored, see(unknown))) == [("changed", "undated")]
    assert not [each for each in plan_post(stored, see(unknown)) if isinstance(each, WritePost)]


def test_a_kind_that_a_newer_capture_tells_otherwise_is_an_update() -> None:
    stored = record(NEW, see(sight(make_page(written("Us.")), 1)))
    (intent,) = plan_post(stored, see(sight(make_page(written("Us."), kind="about"), 2)))
    assert isinstance(intent, WritePost)
    assert (intent.values.kind, intent.new, intent.text_changed, intent.news) == ("about", False, False, True)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("kind", ["post", "about"])
def test_a_page_of_another_kind_at_another_address_does_not_tell_the_kind(kind: str, order: tuple[int, int]) -> None:
    own = sight(make_page(written("Us."), kind=kind), 1)
    twin = sight(make_page(written("Us."), kind="other"), 2, at_home=False)
    stored = NEW
    for place in order:
        stored = record(stored, see((own, twin)[place]))
    assert stored.values is not None
    assert (stored.values.kind, stored.values.capture_id) == (kind, 1)
    assert record(stored, see(own, twin)) == stored


def test_white_space_alone_makes_no_revision() -> None:
    stored = record(NEW, see(sight(make_page(written("one two")), 1)))
    assert revised(plan_post(stored, see(sight(make_page(written("one\n two")), 2)))) == []


def test_a_text_that_comes_back_is_kept_once() -> None:
    stored = NEW
    for number, text in enumerate(("a", "b", "a", "b", "a"), start=1):
        stored = record(stored, see(sight(make_page(written(text)), number)))
    assert len(stored.revisions) == 2


def test_the_posts_own_page_wins_over_a_comment_page_in_any_order() -> None:
    own, other = sight(make_page(written("whole")), 1), sight(make_page(written("part"), comment_page=2), 2)
    for first, second in ((own, other), (other, own)):
        stored = record(NEW, see(first))
        assert revised(plan_post(stored, see(second))) == [("comment_page", "part")]
        stored = record(stored, see(second))
        assert stored.values is not None
        assert (stored.values.text, stored.values.comment_page, stored.values.capture_id) == ("whole", None, 1)


def test_a_later_page_without_text_takes_nothing_away() -> None:
    stored = record(NEW, see(sight(make_page(written("here")), 1)))
    assert plan_post(stored, see(sight(make_page(Post("Log in")), 2))) == ()


def test_reading_the_same_capture_better_replaces_it() -> None:
    stored = record(NEW, see(sight(make_page(Post("Hello | Menu", subtitle="x", text="menu and text")), 1)))
    seen = see(sight(make_page(Post("Hello", text="text")), 1))
    assert revised(plan_post(stored, seen)) == [("reparsed", "menu and text")]
    values = record(stored, seen).values
    assert values is not None
    assert (values.title, values.subtitle) == ("Hello", None)


def test_a_posts_absolute_time_survives_a_relative_one() -> None:
    stored = record(NEW, see(sight(make_page(replace(written("x"), published=day(2020, 1, 2))), 1)))
    later = replace(written("x"), published=between(at(0), at(9), "a week ago"))
    values = record(stored, see(sight(make_page(later), 2))).values
    assert values is not None
    assert (values.published.iso, values.published.shown, values.capture_id) == ("2020-01-02", "02 January 2020", 2)


def test_two_captures_in_one_batch_leave_the_newer_text_and_the_older_as_revision() -> None:
    seen = see(sight(make_page(written("new")), 2), sight(make_page(written("old")), 1))
    assert revised(plan_post(NEW, seen)) == [("changed", "old")]
    values = record(NEW, seen).values
    assert values is not None
    assert values.text == "new"


# ---- comments


def test_answers_point_at_rows() -> None:
    thread = (make_comment("one", id="1"), make_comment("two", id="2", parent=0), make_comment("three", parent_ref="2"))
    stored = record(NEW, see(sight(make_page(comments=thread))))
    assert [row.values.parent_id for row in stored.comments] == [None, 1, 2]


def test_an_answer_waits_for_the_comment_that_it_answers() -> None:
    answer = make_comment("answer", id="9", parent_ref="c4")
    stored = record(NEW, see(sight(make_page(comments=(answer,), comment_page=2), 1)))
    assert stored.comments[0].values.parent_id is None
    question = make_comment("question", permalink=f"{URL}#c4")
    stored = record(stored, see(sight(make_page(comments=(question,)), 2)))
    assert [(row.values.text, row.values.parent_id) for row in stored.comments] == [("answer", 2), ("question", None)]


def test_answers_in_a_circle_stay_comments() -> None:
    circle = (
        make_comment("a", id="1", parent=1),
        make_comment("b", id="2", parent=0),
        make_comment("c", id="3", parent=2),
    )
    seen = see(sight(make_page(comments=circle)))
    stored = record(NEW, seen)
    assert len(stored.comments) == 3
    assert [row.values.parent_id for row in stored.comments].count(None) == 2
    assert plan_post(stored, seen, 4) == ()


def test_rows_keep_their_keys_when_a_new_comment_stands_first() -> None:
    first = (make_comment("Nice one"), make_comment("Not so nice", author="Bea", position=1))
    stored = record(NEW, see(sight(make_page(comments=first), 1)))
    second = (make_comment("Newest", author="Cy"), *(replace(each, position=each.position + 1) for each in first))
    stored = record(stored, see(sight(make_page(comments=second), 2)))
    assert [(row.id, row.values.text, row.values.position) for row in stored.comments] == [
        (1, "Nice one", 1),
        (2, "Not so nice", 2),
        (3, "Newest", 0),
    ]


def test_an_edited_comment_keeps_its_old_words_as_a_revision() -> None:
    stored = record(NEW, see(sight(make_page(comments=(make_comment("befor", id="1"),)), 1)))
    seen = see(sight(make_page(comments=(make_comment("before", id="1"),)), 2))
    assert revised(plan_post(stored, seen)) == [("changed", "befor")]
    assert texts(record(stored, seen)) == ["before"]


def test_votes_and_moving_times_are_no_revision() -> None:
    def seen(number: int, votes: int, shown: str) -> Seen:
        when = between(at(number - 3), at(number), shown)
        return see(sight(make_page(comments=(make_comment(votes=votes, published=when),)), number))

    stored = record(NEW, seen(10, 1, "1 day ago"))
    intents = plan_post(stored, seen(11, 5, "2 days ago"))
    assert [type(intent) for intent in intents if not isinstance(intent, WritePost)] == [WriteComment]
    (row,) = record(stored, seen(11, 5, "2 days ago")).comments
    assert (row.values.votes, row.values.published.shown) == (5, "2 days ago")
    assert (row.values.published.earliest, row.values.published.latest) == (utc_text(at(8)), utc_text(at(10)))


def test_an_older_capture_widens_the_span_in_which_a_comment_was_seen() -> None:
    stored = record(NEW, see(sight(make_page(comments=(make_comment(id="1"),)), 5)))
    stored = record(stored, see(sight(make_page(comments=(make_comment(id="1"),)), 2)))
    values = stored.comments[0].values
    assert (values.first_capture_id, values.last_capture_id) == (2, 5)


def test_a_comment_that_is_not_shown_any_more_stays() -> None:
    stored = record(NEW, see(sight(make_page(comments=(make_comment("a"), make_comment("b"))), 1)))
    assert texts(record(stored, see(sight(make_page(comments=(make_comment("b"),)), 2)))) == ["a", "b"]


def test_a_dump_takes_no_ids_away_and_a_page_adds_them() -> None:
    dump, page = make_comment("Same words"), make_comment("Same words", id="7", permalink=f"{URL}#c7", author_url="u")
    for first, second in ((dump, page), (page, dump)):
        stored = record(NEW, see(sight(make_page(comments=(first,)), 1)))
        stored = record(stored, see(sight(make_page(comments=(second,)), 2)))
        (row,) = stored.comments
        assert (row.values.platform_id, row.values.permalink, row.values.author_url) == ("7", f"{URL}#c7", "u")


@pytest.mark.parametrize("is_reread", [False, True])
def test_a_gap_that_a_forgotten_capture_filled_stays_so(is_reread: bool) -> None:
    dated = make_comment("Same wrods", id="1", published=day(2012, 6, 4))
    stored = record(NEW, see(sight(make_page(comments=(dated,)), 1)))
    again = see(sight(make_page(comments=(make_comment("Same words", id="1"),)), 1))
    for is_kept, published in ((True, dated.published.shown), (False, None)):
        (row,) = record(stored, replace(again, is_reread=is_reread, is_kept=is_kept)).comments
        assert (row.values.text, row.values.published.shown) == ("Same words", published)


def test_the_page_of_the_thread_and_its_capture_are_noted() -> None:
    first, second = make_comment("a", id="1"), make_comment("b", id="2")
    pages = sight(make_page(comments=(first,)), 1), sight(make_page(comments=(second,), comment_page=2), 2)
    stored = record(NEW, see(*pages, thread=(first, second)))
    assert [(row.values.thread_page, row.values.last_capture_id) for row in stored.comments] == [(None, 1), (2, 2)]


def test_pages_without_a_joined_thread_give_their_comments() -> None:
    pages = (
        sight(make_page(comments=(make_comment("c"), make_comment("d", parent=0)), comment_page=1), 1),
        sight(make_page(comments=(make_comment("a"), make_comment("b", parent=0))), 2),
    )
    stored = record(NEW, see(*pages))
    assert [(row.values.text, row.values.parent_id) for row in stored.comments] == [
        ("a", None),
        ("b", 1),
        ("c", None),
        ("d", 3),
    ]


def test_a_feeds_comments_reach_a_post_that_is_stored() -> None:
    stored = record(NEW, see(sight(make_page(), 1)))
    stored = record(stored, see(thread=[make_comment("from the feed", id="5")]))
    assert texts(stored) == ["from the feed"]
    assert stored.comments[0].values.last_capture_id is None


# ---- properties

words = st.sampled_from(["", "yes", "no", "no indeed it is not so at all", "no indeed it was not so at all my friend"])
whens = st.none() | st.builds(day, st.just(2020), st.just(1), st.integers(1, 3))
spans = st.builds(lambda start, length: between(at(start), at(start + length)), st.integers(0, 9), st.integers(1, 9))
refs = st.none() | st.sampled_from(["1", "2", "c3", "gone"])


@st.composite
def threads(draw: st.DrawFn) -> tuple[Comment, ...]:
    """Comments of one page, on which an id names one comment."""
    number = draw(st.integers(0, 5))
    ids = draw(st.permutations(["1", "2", "3", *[None] * 5]))
    return tuple(
        make_comment(
            draw(words),
            id=ids[position],
            permalink=draw(st.none() | st.sampled_from([f"{URL}#c3", f"{URL}#c4", f"{URL}#comments"])),
            author=draw(st.none() | st.sampled_from(["Ann", "Bea"])),
            subject=draw(st.none() | st.just("Re:")),
            parent=draw(st.none() | st.integers(0, number - 1)),
            parent_ref=draw(refs),
            published=draw(whens | spans),
            position=position,
        )
        for position in range(number)
    )


@st.composite
def sightings(draw: st.DrawFn) -> Sighting:
    number = draw(st.integers(1, 4))
    post = Post(
        draw(st.none() | words),
        text=draw(words),
        published=draw(whens | spans),
        tags=draw(st.just(()) | st.just(("t",))),
    )
    kind = draw(st.sampled_from(("post", "about", "other")))
    page = make_page(post, comments=draw(threads()), comment_page=draw(st.none() | st.just(2)), kind=kind)
    return sight(page, number, at_home=draw(st.booleans()))


batches = st.lists(sightings(), min_size=1, max_size=3, unique_by=lambda each: each.capture_id).map(tuple)


@given(st.lists(batches, min_size=1, max_size=4))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_planning_after_applying_is_empty_and_no_comment_is_lost(visits: list[tuple[Sighting, ...]]) -> None:
    stored = NEW
    for batch in visits:
        seen = see(*batch)
        before = {row.id: row.values for row in stored.comments}
        stored = record(stored, seen)
        next_id = max((row.id for row in stored.comments), default=0) + 1
        assert plan_post(stored, seen, next_id) == ()
        assert before.keys() <= {row.id for row in stored.comments}
        assert len(stored.comments) >= max(len(each.page.comments) for each in batch)
        assert_no_circles(stored)


def assert_no_circles(stored: StoredPost) -> None:
    parents = {row.id: row.values.parent_id for row in stored.comments}
    for parent in parents.values():
        steps = 0
        while parent is not None:
            assert (steps := steps + 1) <= len(parents)
            parent = parents[parent]


@given(
    st.lists(words.filter(bool), min_size=2, max_size=4, unique=True).flatmap(
        lambda found: st.permutations(list(enumerate(found, 1)))
    )
)
def test_no_order_of_arrival_loses_a_text_of_the_post(versions: list[tuple[int, str]]) -> None:
    stored = NEW
    for number, text in versions:
        stored = record(stored, see(sight(make_page(written(text)), number)))
    assert stored.values is not None
    assert stored.values.text == max(versions)[1]
    assert len(stored.revisions) == len(versions) - 1

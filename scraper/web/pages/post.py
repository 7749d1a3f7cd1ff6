"""A post set for reading, with who wrote it and one page of its thread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from markupsafe import Markup

from scraper.store.lookup.discussion import edited_among, post_of_comment, read_branches, read_comments, read_standing
from scraper.store.lookup.provenance import held_pictures
from scraper.store.reader import ArchivedPost, Signer, ThreadComment
from scraper.web.asked import Answer, Asked, elsewhere, missing
from scraper.web.branches import SIZE, ids_of, page_of, reading_order, thread_page
from scraper.web.pager import Pager
from scraper.web.stored_html import picture_addresses, shown_html
from scraper.web.wording import paragraphs

WANTED = "a day is wanted, like 2024-03-20, or a moment, like 2024-03-20T12:00."
LATEST = datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shown:
    """A comment as the page has it."""

    comment: ThreadComment
    body: Markup
    is_edited: bool
    answers: int


def page(asked: Asked) -> Answer:
    """The post of this id; `?at=2024-03-20` as the archive held it then, `?answers=closed` with its answers folded."""
    typed = asked.text("at")
    at = _moment(typed)
    if typed and at is None:
        return Answer("problem.html", {"title": "No such time", "message": f"{typed}: {WANTED}"}, status=400)
    return _page(asked, at)


def _page(asked: Asked, at: datetime | None) -> Answer:
    post = asked.reader.head(asked.key, at)
    if post is None:
        is_later = at is not None and asked.reader.head(asked.key) is not None
        return missing("The archive did not hold this post yet." if is_later else "No post has this number.")
    connection = asked.reader.connection
    branches = read_branches(connection, post.id, at)
    places = reading_order(branches)
    pager = Pager.of(asked.page, len(places), SIZE)
    tree = thread_page(places, pager.number)
    ids = tuple(dict.fromkeys(ids_of(tree)))
    comments = read_comments(connection, ids, at)
    here = {place.comment_id for place in places[pager.offset : pager.offset + SIZE]}
    pictures = _pictures(asked, post, (comments[key].html for key in here))
    answers = Counter(parent for _, parent in branches)
    edited = edited_among(connection, ids)
    values = {
        "post": post,
        "body": _body(post.html, post.text, pictures, "post-"),
        "bios": [(signer, _bio(signer, pictures)) for signer in post.signers],
        "pictures": pictures,
        "at": at,
        "extras": _extras(asked, post),
        "standing": read_standing(connection, post.id),
        "tree": tree,
        "comments": {
            key: Shown(comments[key], _remark(comments[key], pictures, key in here), key in edited, answers[key])
            for key in ids
        },
        "here": here,
        "is_closed": asked.text("answers") == "closed",
        "pager": pager,
        "link": asked.link,
    }
    return Answer("post.html", values)


def comment(asked: Asked) -> Answer:
    """Leads to where a comment stands in its thread."""
    post_id = post_of_comment(asked.reader.connection, asked.key)
    if post_id is None:
        return missing("No comment has this number.")
    number = page_of(reading_order(read_branches(asked.reader.connection, post_id)), asked.key)
    query = f"?page={number}" if number > 1 else ""
    return elsewhere(f"/posts/{post_id}{query}#c{asked.key}")


def _moment(text: str | None) -> datetime | None:
    """The end of a day, or a moment; None for what is neither."""
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    if len(text or "") <= 10:
        found = found.replace(hour=23, minute=59, second=59)
    try:
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except OverflowError:  # beyond the calendar, at its end or its beginning
        return LATEST if found.year > 1 else LATEST.min.replace(tzinfo=UTC)


def _pictures(asked: Asked, post: ArchivedPost, bodies: Iterable[str]) -> Mapping[str, str]:
    """Addresses of pictures in the post, its bios and comments, with where they are here."""
    wanted = {address for html in (post.html, *bodies) for address in picture_addresses(html)}
    wanted.update(signer.picture_url for signer in post.signers if signer.picture_url)
    held = held_pictures(asked.reader.connection, wanted) if wanted else {}
    return {url: f"/pictures/{key}" for url, key in held.items()}


def _body(html: str, text: str, pictures: Mapping[str, str], prefix: str) -> Markup:
    return Markup(shown_html(html, pictures, prefix)) if html else paragraphs(text)


def _remark(comment: ThreadComment, pictures: Mapping[str, str], is_here: bool) -> Markup:
    """What a comment says; nothing where it stands only as the parent of one on this page."""
    return _body(comment.html, comment.text, pictures, f"c{comment.id}-") if is_here else Markup()


def _bio(signer: Signer, pictures: Mapping[str, str]) -> Markup:
    return _body(signer.bio_html or "", signer.bio_text or "", pictures, f"bio{signer.person_id}-")


def _extras(asked: Asked, post: ArchivedPost) -> dict[str, object]:
    """Blog, capture and number of captures."""
    row = asked.reader.connection.execute(_EXTRAS, (post.id,)).fetchone()
    return dict(zip(("blog_id", "blog", "capture_id", "captures", "wordings"), row, strict=True))


_EXTRAS = """
SELECT posts.blog_id, coalesce(blogs.name, blogs.host), posts.capture_id,
  (SELECT count(*) FROM pages JOIN captures ON captures.page_id = pages.id WHERE pages.post_id = posts.id),
  (SELECT count(*) FROM revisions WHERE post_id = posts.id)
FROM posts LEFT JOIN blogs ON blogs.id = posts.blog_id WHERE posts.id = ?"""

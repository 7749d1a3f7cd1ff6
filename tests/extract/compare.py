"""How a Page is held against a fixture's expected.json: `differences` names each field that is not as expected."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from scraper.model import Comment, Page, When
from scraper.text.prose import fold

PAGE_FIELDS = ("platform", "post_url", "post_page", "view", "site_name", "comments_complete", "is_topic")
POST_FIELDS = ("title", "section", "language", "view_count", "withheld")
COMMENT_FIELDS = (
    "position",
    "id",
    "kind",
    "permalink",
    "author",
    "author_url",
    "by_post_author",
    "subject",
    "parent",
    "depth",
    "votes",
    "state",
)


def differences(page: Page, expected: dict[str, Any]) -> list[str]:
    """One line for each expected value that the page does not give."""
    found: list[str] = []
    check = _Check(found)
    check.one_of("kind", page.kind, expected)
    check.one_of("comment_page", page.comment_page, expected)
    for name in PAGE_FIELDS:
        check.equal(name, getattr(page, name), expected)
    if "contexts" in expected:
        check.same("contexts", list(page.contexts), expected["contexts"])
    for url in expected.get("comment_pages", ()):
        check.true(f"comment_pages has {url}", url in page.comment_pages, page.comment_pages)
    if "comments_elsewhere" in expected:
        found_there = page.comments_elsewhere
        shown = [found_there.service, found_there.thread_id, found_there.account] if found_there else None
        check.same("comments_elsewhere", shown, expected["comments_elsewhere"])
    if "post_pages" in expected:
        check.same("post_pages", list(page.post_pages), expected["post_pages"])
    for kind in expected.get("stripped", ()):
        kinds = sorted({removal.kind for removal in page.removals})
        check.true(f"stripped {kind}", kind in kinds, kinds)
    _post(page, expected, check)
    _author(page, expected, check)
    if "comments" in expected:
        _comments(page.comments, expected["comments"], check)
    texts = [page.post.text if page.post else "", *(f"{c.author} {c.subject} {c.text}" for c in page.comments)]
    for words in expected.get("absent", ()):
        check.true(f"absent: {words}", not any(fold(words) in fold(text) for text in texts), "is there")
    return found


class _Check:
    def __init__(self, found: list[str]) -> None:
        self.found = found

    def true(self, name: str, holds: bool, detail: object) -> None:
        if not holds:
            self.found.append(f"{name}: {detail!r}")

    def same(self, name: str, value: object, wanted: object) -> None:
        self.true(name, value == wanted, f"{value!r} instead of {wanted!r}")

    def equal(self, name: str, value: object, expected: dict[str, Any]) -> None:
        if name in expected:
            self.same(name, value, expected[name])

    def one_of(self, name: str, value: object, expected: dict[str, Any]) -> None:
        if name in expected:
            wanted = expected[name]
            self.true(
                name,
                value in wanted if isinstance(wanted, list) else value == wanted,
                f"{value!r} instead of {wanted!r}",
            )

    def text(self, name: str, value: str, paragraphs: list[str]) -> None:
        self.same(name, fold(value), fold(" ".join(paragraphs)))


def _post(page: Page, expected: dict[str, Any], check: _Check) -> None:
    post = page.post
    if expected.get("post", ...) is None:
        check.same("post", post, None)
        return
    if post is None:
        check.true("post", "title" not in expected, "missing")
        return
    for name in POST_FIELDS:
        check.equal(name, getattr(post, name), expected)
    for name in ("tags", "categories"):
        if name in expected:
            check.same(name, list(getattr(post, name)), expected[name])
    check.one_of("declared_comment_count", post.declared_comment_count, expected)
    for name in ("published", "modified"):
        if name in expected:
            _when(name, getattr(post, name), expected[name], check)
    if "published_precision" in expected:
        check.one_of("published_precision", post.published and post.published.precision, expected)
    if "bylines" in expected:
        check.same("bylines", [{"name": b.name, "url": b.url} for b in post.bylines], expected["bylines"])
    if "body_paragraphs" in expected:
        captions = {fold(image.get("caption") or "") for image in expected.get("images", ())}
        lines = [line for line in post.text.split("\n") if fold(line) not in captions]
        check.text("body", " ".join(lines), expected["body_paragraphs"])
    for image in expected.get("images", ()):
        shown = [{"url": i.url, "alt": i.alt, "caption": i.caption} for i in post.images]
        check.true("image", any(image.items() <= each.items() for each in shown), shown)


def _when(name: str, when: When | None, wanted: str | None, check: _Check) -> None:
    iso = when.iso if when else None
    check.true(name, iso is None if wanted is None else (iso or "").startswith(wanted), f"{iso} instead of {wanted}")


def _author(page: Page, expected: dict[str, Any], check: _Check) -> None:
    if "author" not in expected:
        return
    wanted = expected["author"]
    if wanted is None:
        check.same("people with a bio", [p.name for p in page.people if p.bio_text], [])
        return
    person = next((p for p in page.people if p.name == wanted["name"]), None)
    if person is None:
        check.true("author", False, [p.name for p in page.people])
        return
    for name in ("url", "picture_alt", "picture_url"):
        check.equal(name, getattr(person, name), wanted)
    if "bio_paragraphs" in wanted:
        check.text("bio", person.bio_text or "", wanted["bio_paragraphs"])
    check.same("bio_source", person.bio_source, wanted.get("bio_attribution"))


def _comments(comments: tuple[Comment, ...], wanted: list[dict[str, Any]], check: _Check) -> None:
    check.same("number of comments", len(comments), len(wanted))
    for comment, each in zip(comments, wanted, strict=False):
        name = f"comment {each.get('position')}"
        for field in COMMENT_FIELDS:
            if field in each:
                check.same(f"{name} {field}", getattr(comment, field), each[field])
        if "published" in each and "interval" not in each:
            _when(f"{name} published", comment.published, each["published"], check)
        if "date_raw" in each:
            check.same(f"{name} shown", comment.published.shown if comment.published else None, each["date_raw"])
        if "interval" in each:
            _interval(f"{name} interval", comment.published, each["interval"], check)
        if "paragraphs" in each:
            check.text(f"{name} text", comment.text, each["paragraphs"])


def _interval(name: str, when: When | None, wanted: list[str | None], check: _Check) -> None:
    found = [when.earliest, when.latest] if when else [None, None]
    for end, stated in zip(found, wanted, strict=True):
        if stated is None:
            check.same(name, end, None)
        else:
            near = end is not None and abs(end - datetime.fromisoformat(stated)) <= timedelta(days=1)
            check.true(name, near, f"{end} instead of {stated}")

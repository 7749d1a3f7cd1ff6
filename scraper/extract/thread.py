"""The comments of one post from all of its pages: `join_thread`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from scraper.extract.addresses import comment_page_number
from scraper.extract.nesting import rooted
from scraper.extract.platforms import GENERIC, PLATFORMS
from scraper.model import Comment, Page, Thread
from scraper.text.prose import fold

Identity = tuple[str, ...]


def join_thread(pages: Iterable[Page], feeds: Sequence[object] = ()) -> Thread:
    """One thread of one post: the comments of its pages in the order of the comment pages, each once.

    A comment is the same when its platform id or permalink is; without either, when text, author, subject and the
    shown time are (said twice on one page, they are two). Parents are resolved across pages; what no page holds keeps
    its `parent_ref`. The post's own URL shows the first comment page, unless that has a URL of its own: then it may
    show any (the newest, on many blogs), and its comments stand after those of the numbered pages.
    The order in which the pages are given does not matter.

    :param feeds: readers of comment feeds are to come; pass nothing.
    """
    ordered = _in_order(list(pages))
    joined: dict[Identity, Comment] = {}
    parents: dict[Identity, Identity] = {}
    for page in ordered:
        identities = _identities(page.comments)
        for identity, comment in zip(identities, page.comments, strict=True):
            joined.setdefault(identity, comment)
            if comment.parent is not None:
                parents.setdefault(identity, identities[comment.parent])
    comments = _resolved(joined, parents)
    counts = (page.post.declared_comment_count for page in ordered if page.post)
    declared = max((count for count in counts if count is not None), default=None)
    post_url = next((page.post_url for page in ordered if page.post_url), "")
    return Thread(post_url or "", comments, declared, _is_complete(ordered, comments, declared))


def _identities(comments: Iterable[Comment]) -> list[Identity]:
    """What tells each comment of a page from all others of its post, within one visit."""
    found: list[Identity] = []
    told: Counter[Identity] = Counter()
    for comment in comments:
        if comment.id:
            found.append(("id", comment.id))
        elif comment.permalink:
            found.append(("permalink", comment.permalink))
        else:
            shown = comment.published.shown if comment.published else ""
            key = (comment.author or "", comment.subject or "", shown, fold(comment.text))
            told[key] += 1
            found.append(("text", str(told[key]), *key))
    return found


def _in_order(pages: list[Page]) -> list[Page]:
    numbered_first = any(_names_first(page) for page in pages)

    def place(page: Page) -> tuple[bool, int, str, list[tuple[Identity, str]]]:
        shown = list(zip(_identities(page.comments), (comment.text for comment in page.comments), strict=True))
        number = page.comment_page if page.comment_page is not None else -1
        return (number < 0 and numbered_first, number, page.url or "", shown)

    return sorted(pages, key=place)


def _names_first(page: Page) -> bool:
    """Whether the thread's first page has a URL of its own: it is this page, or this page links to it."""
    platform = next((each for each in PLATFORMS if each.name == page.platform), GENERIC)
    numbers = (page.comment_page, *(comment_page_number(url, platform) for url in page.comment_pages))
    return platform.first_comment_page in numbers


def _resolved(joined: dict[Identity, Comment], parents: dict[Identity, Identity]) -> tuple[Comment, ...]:
    """The comments in their new places, each with its parent: as its page had it, else as its reference names it."""
    place = {identity: index for index, identity in enumerate(joined)}
    by_ref = {ref: place[identity] for identity, each in joined.items() for ref in (each.id, each.permalink) if ref}
    above = [
        place[parents[identity]] if identity in parents else by_ref.get(comment.parent_ref or "")
        for identity, comment in joined.items()
    ]
    found = rooted(above, [comment.depth for comment in joined.values()])
    return tuple(
        replace(comment, position=index, parent=parent, depth=depth)
        for index, (comment, (parent, depth)) in enumerate(zip(joined.values(), found, strict=True))
    )


def _is_complete(pages: list[Page], comments: tuple[Comment, ...], declared: int | None) -> bool | None:
    if declared is not None and len(comments) == declared:
        return True
    if any(page.comments_complete is False for page in pages):
        return False if declared is None or len(comments) < declared else None
    if all(page.comments_complete for page in pages) and pages:
        return True
    return None if declared is None else len(comments) >= declared

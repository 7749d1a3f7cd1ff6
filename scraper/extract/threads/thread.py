"""The comments of one post from all of its pages: `join_thread`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from scraper.extract.addresses import comment_page_number
from scraper.extract.platforms import platform_named
from scraper.extract.threads.nesting import rooted
from scraper.model import Comment, Page, StatedComment, Thread, When
from scraper.text.prose import fold
from scraper.text.urls import url_key

Identity = tuple[str, ...]
COARSE = ("day", "month", "year", "interval")
MOST_ALIKE = 20  # comments of the same words by the same name that one of a feed is held against
DEEPEST = 50  # answers to answers that are followed up
LATEST = datetime.max.replace(tzinfo=UTC)


def join_thread(pages: Iterable[Page], stated: Iterable[StatedComment] = ()) -> Thread:
    """One thread of one post: the comments of its pages in the order of the comment pages, each once.

    A comment is the same when its platform id or permalink is; without either, when text, author, subject and the
    shown time are (said twice on one page, they are two). Parents are resolved across pages; what no page holds keeps
    its `parent_ref`. The post's own URL shows the first comment page, unless that has a URL of its own: then it may
    show any (the newest, on many blogs), and its comments stand after those of the numbered pages. (On platforms that
    count from zero it shows the first one all the same.)
    The order in which the pages are given does not matter.

    A comment that is on a page and in a feed is one, with the best of both: the feed's time where the page says '3 days
    ago'. What only a feed has stands behind the others, by its time.

    :param stated: what `read_stated` found in feeds and the platform's JSON; that of other posts is left out.
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
    post_url = next((page.post_url for page in ordered if page.post_url), "") or ""
    _take_stated(joined, [each.comment for each in stated if not each.post_url or _is_same(each.post_url, post_url)])
    comments = _resolved(joined, parents)
    counts = (page.post.declared_comment_count for page in ordered if page.post)
    declared = max((count for count in counts if count is not None), default=None)
    return Thread(post_url, comments, declared, _is_complete(ordered, comments, declared))


def _is_same(address: str, post_url: str) -> bool:
    return url_key(address).rstrip("/") == url_key(post_url).rstrip("/")


def _take_stated(joined: dict[Identity, Comment], stated: list[Comment]) -> None:
    """Adds the comments of feeds: to the one of the pages that each is, else as a new one."""
    if not stated:
        return
    by_name = {name: identity for identity, comment in joined.items() for name in _names(comment)}
    by_words: dict[tuple[str, str], list[Identity]] = {}
    for identity, comment in joined.items():
        by_words.setdefault(_wording(comment), []).append(identity)
    new: list[Comment] = []
    taken: set[Identity] = set()
    for comment in stated:
        named = [by_name[name] for name in _names(comment) if name in by_name]
        alike = by_words.get(_wording(comment), [])
        tried = (each for each in alike[:MOST_ALIKE] if _may_be(joined[each], comment))
        found = named[0] if named else next(tried, None)
        if found is None:
            new.append(comment)
        elif found not in taken:
            taken.add(found)
            joined[found] = _best_of(joined[found], comment)
            if found in alike[:MOST_ALIKE]:
                alike.remove(found)
    new.sort(key=lambda each: (each.published and each.published.latest) or LATEST)
    for identity, comment in zip(_identities(new), new, strict=True):
        joined.setdefault(identity, comment)


def _names(comment: Comment) -> Iterator[str]:
    if comment.id:
        yield comment.id
    if comment.permalink:
        yield url_key(comment.permalink) + "#" + comment.permalink.partition("#")[2]


def _wording(comment: Comment) -> tuple[str, str]:
    return fold(comment.author or "").casefold(), fold(comment.text)


def _may_be(shown: Comment, stated: Comment) -> bool:
    """Whether two comments with the same words by the same name may be one: two ids or two times are two comments."""
    if shown.id and stated.id:
        return False
    return shown.published is None or stated.published is None or not shown.published.excludes(stated.published)


def _best_of(shown: Comment, stated: Comment) -> Comment:
    """The comment as its page shows it, with what only the feed knows."""
    when, exact = shown.published, stated.published
    if when is None:
        when = exact
    elif exact is not None and when.precision in COARSE and _is_within(exact, when):
        when = replace(exact, shown=when.shown)
    return replace(
        shown,
        id=shown.id or stated.id,
        permalink=shown.permalink or stated.permalink,
        parent_ref=stated.parent_ref or shown.parent_ref,
        author=shown.author or stated.author,
        author_url=shown.author_url or stated.author_url,
        avatar_url=shown.avatar_url or stated.avatar_url,
        published=when,
        html=shown.html or stated.html,
        text=shown.text or stated.text,
    )


def _is_within(exact: When, coarse: When) -> bool:
    """Whether a feed's time is the page's, told more closely: a feed in UTC may have another day than readers saw."""
    if coarse.local is None:
        return not coarse.excludes(exact)
    return (exact.iso or "").startswith(coarse.iso or "")


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
    if len(pages) < 2:
        return pages
    numbered_first = any(_names_first(page) for page in pages)

    def place(page: Page) -> tuple[bool, int, str, list[tuple[Identity, str]]]:
        shown = list(zip(_identities(page.comments), (comment.text for comment in page.comments), strict=True))
        number = page.comment_page if page.comment_page is not None else -1
        return (number < 0 and numbered_first, number, page.url or "", shown)

    return sorted(pages, key=place)


def _names_first(page: Page) -> bool:
    """Whether the thread's first page has a URL of its own: it is this page, or this page links to it.

    Where pages are counted from zero, the page of that number is what the post's own URL shows.
    """
    platform = platform_named(page.platform)
    if platform.first_comment_page == 0:
        return False
    numbers = (page.comment_page, *(comment_page_number(url, platform) for url in page.comment_pages))
    return platform.first_comment_page in numbers


def _resolved(joined: dict[Identity, Comment], parents: dict[Identity, Identity]) -> tuple[Comment, ...]:
    """The comments in their new places, each with its parent: as its page had it, else as its reference names it.

    That counts too where it names an answer to the one that its page shows: a theme nests to some depth only.
    """
    place = {identity: index for index, identity in enumerate(joined)}
    by_ref = {ref: place[identity] for identity, each in joined.items() for ref in (each.id, each.permalink) if ref}
    shown = [place[parents[identity]] if identity in parents else None for identity in joined]
    stated = [by_ref.get(comment.parent_ref or "") for comment in joined.values()]
    above = [
        ref if up is None or (ref is not None and _is_below(ref, up, shown)) else up
        for up, ref in zip(shown, stated, strict=True)
    ]
    found = rooted(above, [comment.depth for comment in joined.values()])
    return tuple(
        _placed(comment, (index, parent, depth))
        for index, (comment, (parent, depth)) in enumerate(zip(joined.values(), found, strict=True))
    )


def _placed(comment: Comment, place: tuple[int, int | None, int]) -> Comment:
    """The comment at this position, with this parent and depth: most stand there already."""
    if (comment.position, comment.parent, comment.depth) == place:
        return comment
    position, parent, depth = place
    return replace(comment, position=position, parent=parent, depth=depth)


def _is_below(place: int, up: int, shown: list[int | None]) -> bool:
    """Whether one comment is shown among the answers to another."""
    above = shown[place]
    for _ in range(DEEPEST):
        if above is None or above == up:
            break
        above = shown[above]
    return above == up


def _is_complete(pages: list[Page], comments: tuple[Comment, ...], declared: int | None) -> bool | None:
    if declared is not None and len(comments) == declared:
        return True
    if any(page.comments_complete is False for page in pages):
        return False if declared is None or len(comments) < declared else None
    if all(page.comments_complete for page in pages) and pages:
        return True
    return False if declared is not None and len(comments) < declared else None  # more than it says is no proof

"""What a hostile case is: a good blog with one thing on it that is made to hurt a crawler, and how that has to end."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from tests.web.blogs import make_blog
from tests.web.more_themes import Handmade
from tests.web.server import Answer, Request, Wire
from tests.web.sites import HTML, BlogSite, Ways

POSTS = 2  # good ones, on every host
END = b'</div><div id="bottom">'  # of what stands on the home page
TRAP = "/2011/03/trap/"  # looks like one more post
ANY = frozenset({"fetched", "not_modified", "refused", "failed", "gone", "skipped"})
REFUSED, FAILED, FETCHED = frozenset({"refused"}), frozenset({"failed"}), frozenset({"fetched"})
ENDED_BADLY = REFUSED | FAILED | {"gone", "skipped"}
Space = Callable[[Request], Answer | None]


@dataclass(frozen=True, slots=True)
class Case:
    """One host. In texts and headers '{base}' is its address ('{address}' without the scheme), '{canary}' that of a
    host nobody may ask, '{closed}' a port where nobody listens.

    `home` is markup on the home page, `pages` answers by target, `space` answers for the targets that are in neither.
    `ends` gives the states that the row of a target or URL may have in the end; what is not in the archive has none.
    `never` matches targets that are not to be asked for, `most` bounds the number of all requests to the host, and
    `ends_after` that of the answers of `space`: who sees no end is to come to one all the same. `posts` is how many of
    the good posts have to be held; `start` is where the crawl begins.
    """

    name: str
    home: str = ""
    pages: Mapping[str, Answer] = field(default_factory=dict)
    space: Space | None = None
    ends: Mapping[str, frozenset[str]] = field(default_factory=dict)
    never: str | None = None
    most: int = 40
    ends_after: int = 150
    posts: int = POSTS
    start: str = "{base}/"
    has_tls: bool = False
    check: str | None = None  # SQL that gives 1 where all is well


class CaseSite:
    """Serves a case."""

    def __init__(self, case: Case, base: str, canary: str, seed: int) -> None:
        self.case, self.base, self.canary, self.closed = case, base, canary, 0
        self.given = 0  # answers of the space
        ways = Ways(has_feed=False, sitemap=None, has_archives=False)
        self.blog = BlogSite(Handmade(), base, make_blog(seed, POSTS, most_remarks=3), ways=ways)

    def answer(self, request: Request) -> Answer:
        answer = self.case.pages.get(request.target)
        if answer is None and request.target in self.blog.resources:
            answer = self.blog.answer(request)
            if request.target == "/" and answer.status == 200:
                home = self.case.home.encode("utf-8", "surrogatepass")
                answer = replace(answer, body=answer.body.replace(END, home + END, 1))
        if answer is None and self.case.space is not None and self.given < self.case.ends_after:
            self.given += 1
            answer = self.case.space(request)
        answer = answer or Answer(404, (("Content-Type", HTML),), b"<p>There is no such page.</p>")
        headers = tuple((name, self.fill(value)) for name, value in answer.headers)
        body = answer.body.replace(b"{base}", self.base.encode()).replace(b"{canary}", self.canary.encode())
        return replace(answer, headers=headers, body=body)

    def url(self, target: str) -> str:
        """The address of a target of `Case.ends`."""
        if target == "{start}":
            return self.fill(self.case.start)
        return self.base + target if target.startswith("/") else self.fill(target)

    def fill(self, text: str) -> str:
        address = self.base.partition("://")[2]
        return (
            text.replace("{base}", self.base)
            .replace("{canary}", self.canary)
            .replace("{address}", address)
            .replace("{closed}", str(self.closed))
        )


def item(href: str, title: str = "The trap and the door") -> str:
    """A link as the list of posts has it."""
    return f'<article class="post hentry"><h2 class="entry-title"><a href="{href}" rel="bookmark">{title}</a></h2></article>'


def essay(title: str = "The trap and the door", more: str = "", head: str = "") -> bytes:
    """A post of a few paragraphs."""
    prose = "".join(
        f"<p>Part {number} of {title} says that the door was open, and that nobody who came through it went back.</p>"
        for number in range(5)
    )
    return (
        f"<!DOCTYPE html><html lang=en><head><title>{title}</title><meta name=generator content='WordPress 6.1.1'>{head}</head>"
        f"<body class='single single-post'><article class='post hentry'><h1 class=entry-title>{title}</h1>"
        f"<div class=entry-content>{prose}{more}</div></article></body></html>"
    ).encode()


def page(body: bytes | None = None, status: int = 200, *headers: tuple[str, str]) -> Answer:
    """A page of HTML; an essay if nothing is given."""
    return Answer(status, (("Content-Type", HTML), *headers), essay() if body is None else body)


def redirect(location: str, status: int = 302) -> Answer:
    return Answer(status, (("Location", location), ("Content-Type", HTML)), b"<p>It is elsewhere.</p>")


def raw(*parts: bytes | float, resets: bool = False) -> Answer:
    """Bytes as they are; a number is a pause in seconds. The end of it is a reset, or an orderly close."""

    def write(wire: Wire) -> None:
        for part in parts:
            if isinstance(part, bytes):
                wire.send(part)
            else:
                wire.rest(part)
        if resets:
            wire.reset()

    return Answer(raw=write)


def endless(head: bytes, piece: bytes, seconds: float = 0.0) -> Answer:
    """A piece again and again, so many seconds apart, as long as somebody listens."""

    def write(wire: Wire) -> None:
        wire.send(head)
        while True:
            wire.send(piece)
            if seconds:
                wire.rest(seconds)

    return Answer(raw=write)


def head_of(*headers: str, status: str = "200 OK") -> bytes:
    return "\r\n".join((f"HTTP/1.1 {status}", "Content-Type: text/html", *headers)).encode("latin-1") + b"\r\n\r\n"


def trap(name: str, answer: Answer, ends: frozenset[str] = FAILED, **more: object) -> Case:
    """A case with one bad post among the good ones."""
    return Case(name, item(TRAP), {TRAP: answer}, ends={TRAP: ends}, **more)  # type: ignore[arg-type]


def matches(pattern: str, write: Callable[[re.Match[str]], Answer]) -> Space:
    """A space of all targets that the pattern matches."""

    def answer(request: Request) -> Answer | None:
        found = re.match(pattern, request.target)
        return write(found) if found else None

    return answer

"""The comment services that answer anyone who asks for one thread: `INTERFACES`, a table without logic.

Those that want a key, or answer no GET, are not in it: Disqus, Facebook, giscus (discussions of GitHub), Hyvor ...
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Interface:
    """How a service is asked for a thread, by what a page says of it.

    What `address` names in braces has to be known: the service's server, and, percent-encoded, the thread's id and what
    the service calls the site.
    """

    service: str  # as in extract/threads/comment_services.py
    address: str
    source: str  # where it is documented
    seen: str  # when that was looked at
    server: str | None = None  # where there is one for all, or where pages that state none have it from
    account: str = r".+"  # pattern of what the service calls the site
    thread: str = r".+"  # pattern of the thread's id
    by_page: Literal["path", "url"] | None = None  # what the service's script goes by where the page names no thread
    is_named: bool = False  # whether the page has to say what the service calls it, though that is not asked for


INTERFACES: tuple[Interface, ...] = (
    Interface(
        "isso",
        "{server}/?uri={thread}",
        "https://github.com/isso-comments/isso: isso/views/comments.py (fetch), isso/js/app/api.js",
        "2026-11-27",
        by_page="path",
    ),
    Interface(
        "remark42",
        "{server}/api/v1/find?site={account}&url={thread}&sort=%2Btime&format=plain",
        "https://remark42.com/docs/contributing/api/",
        "2026-11-27",
        by_page="url",
    ),
    Interface(
        "webmention.io",
        "{server}/api/mentions.jf2?target={thread}&sort-dir=up&per-page=100&page=0",
        "https://webmention.io/api",
        "2026-11-27",
        server="https://webmention.io",
        by_page="url",
        is_named=True,
    ),
    Interface(
        "discourse",
        "{server}/t/{thread}.json",
        "https://docs.discourse.org/ (getTopic)",
        "2026-11-27",
        thread=r"\d{1,10}",
    ),
    Interface(
        "discourse",
        "{server}/embed/comments?embed_url={thread}",
        "https://github.com/discourse/discourse: public/javascripts/embed.js, app/views/embed/comments.html.erb",
        "2026-11-27",
        thread=r"https?://.+",
    ),
    Interface(
        "cusdis",
        "{server}/api/open/comments?appId={account}&pageId={thread}&page=1",
        "https://github.com/djyde/cusdis: pages/api/open/comments.ts, service/comment.service.ts",
        "2026-11-27",
        server="https://cusdis.com",
    ),
    Interface(  # before 2023 without 'api/'
        "waline",
        "{server}/api/comment?path={thread}&pageSize=100&page=1&sortBy=insertedAt_asc",
        "https://github.com/walinejs/waline: packages/server/src/controller/comment.js",
        "2026-11-27",
        by_page="path",
    ),
    Interface(
        "artalk",
        "{server}/api/v2/comments?page_key={thread}&site_name={account}&flat_mode=true&sort_by=date_asc&limit=100&offset=0",
        "https://github.com/ArtalkJS/Artalk: server/handler/comment_list.go (GetComments)",
        "2026-11-27",
    ),
    Interface(  # of each comment its first three answers
        "ghost",
        "{server}/members/api/comments/post/{thread}/?limit=100&page=1",
        "https://github.com/TryGhost/Ghost: apps/comments-ui/src/utils/api.ts (comments.browse, comments.replies)",
        "2026-11-28",
        thread=r"[0-9a-f]{24}",
    ),
    Interface(
        "utterances",
        "{server}/repos/{account}/issues/{thread}/comments?per_page=100&page=1",
        "https://docs.github.com/en/rest/issues/comments",
        "2026-11-27",
        server="https://api.github.com",
        account=r"\w[\w.-]*/\w[\w.-]*",
        thread=r"\d{1,9}",
    ),
)

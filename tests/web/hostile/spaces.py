"""Addresses without end, addresses that do something, and addresses that are hard to read."""

from __future__ import annotations

import hashlib

from tests.web.hostile.cases import ANY, TRAP, Case, essay, item, matches, page

# Links that act: whoever follows them does something on the site.
ACTING = {
    "log out": ("/wp-login.php?action=logout&_wpnonce=5f2a", "/logout", "/user/logout", "/account/sign-out", "/?logout=1", "/signout.php"),
    "delete": ("/wp-admin/post.php?post=1&action=delete", "/2011/03/trap/delete", "/?action=delete&id=3", "/comment/5/delete", "/delete.php?id=4", "/node/5/delete"),
    "buy": ("/?add-to-cart=3", "/cart/add/3", "/checkout/", "/buy/3", "/basket?add=3", "/shop/?add_to_wishlist=3"),
    "edit": ("/wp-admin/post-new.php", "/node/5/edit", "/index.php?action=edit&title=x", "/comment/reply/5", "/wp-admin/"),
    "vote": ("/vote?up=3", "/post/3/like", "/?like_comment=3&_wpnonce=5", "/rate/3/5", "/report/3", "/flag?comment=3"),
    "subscribe": ("/unsubscribe?token=3", "/?subscribe=comments", "/subscribe/", "/newsletter/confirm/3", "/register/"),
    "answer": ("/2011/03/trap/?replytocom=3", "/2011/03/trap/?share=chirp", "/wp-comments-post.php", "/trackback/", "/xmlrpc.php"),
}  # fmt: skip
OTHER_SCHEMES = ("mailto:a@b.example", "javascript:steal()", "data:text/html,x", "tel:+1", "ftp://{canary}/", "file:///etc/passwd", "blob:x", "ws://{canary}/", "about:blank", "view-source:{base}/", "HTTP:", "http:///", "//", "http://", "http://[", "http://a b/", "http://:80/", "http://%00/")  # fmt: skip


def links(*targets: str) -> bytes:
    """A list of posts that links to these."""
    return essay("A list", "".join(item(target, f"More at {target[:40]}") for target in targets))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


SPACES: tuple[Case, ...] = (
    *(
        Case(
            f"links that {what}",
            "".join(f'<a href="{target}">{what}</a> ' for target in targets) + item(TRAP),
            {TRAP: page(links(*targets))},
            never="|".join(f"{target}\\Z".replace("?", "\\?").replace("+", "\\+") for target in targets),
        )
        for what, targets in ACTING.items()
    ),
    Case(
        "forms that act",
        '<form action="/delete-all" method="get"><input type=submit></form><form action="/buy" method="post"><button formaction="/buy-more">Buy</button></form>'
        '<a ping="/pinged" href="/2011/03/trap/">x</a><link rel="prefetch" href="/prefetched"><img src="/counter.gif"><iframe src="/framed"></iframe>',
        never=r"/delete-all|/buy|/pinged",
    ),
    Case("links of other schemes", "".join(item(each) for each in OTHER_SCHEMES), most=20),
    # ---- without end
    Case(
        "a calendar without end",
        '<a href="/calendar/2011/1/">Calendar</a>',
        space=matches(
            r"/calendar/(\d+)/(\d+)/",
            lambda found: page(
                links(
                    f"/calendar/{int(found[1]) + int(found[2]) // 12}/{int(found[2]) % 12 + 1}/",
                    f"/calendar/{int(found[1]) - 1}/{found[2]}/",
                )
            ),
        ),
        most=600,  # the months of a life
        ends_after=800,
    ),
    Case(
        "archives of every month to come",
        item("/2031/01/"),
        space=matches(
            r"/(2\d{3})/(\d\d)/\Z",
            lambda found: page(links(f"/{int(found[1]) + int(found[2]) // 12}/{int(found[2]) % 12 + 1:02}/")),
        ),
        most=60,
    ),
    Case(
        "a next page without end",
        '<a class="next" rel="next" href="/page/2/">Older posts</a>',
        space=matches(
            r"/page/(\d+)/",
            lambda found: page(
                essay(
                    "The list again",
                    f'{item("/")}<a class="next" rel="next" href="/page/{int(found[1]) + 1}/">Older posts</a>',
                )
            ),
        ),
        most=60,
    ),
    Case(
        "the same page under numbers without end",
        item("/2011/03/same-0/"),
        space=matches(r"/2011/03/same-(\d+)/", lambda found: page(links(f"/2011/03/same-{int(found[1]) + 1}/"))),
        most=120,
    ),
    Case(
        "session ids in links",
        item("/2011/03/talk/?PHPSESSID=0"),
        space=matches(
            r"/2011/03/talk/\?PHPSESSID=(\w+)",
            lambda found: page(links(*(f"/2011/03/talk/?PHPSESSID={_digest(found[1] + str(n))}" for n in range(4)))),
        ),
        most=20,
    ),
    Case(
        "session ids in paths",
        item("/2011/03/talk/;jsessionid=0"),
        space=matches(
            r"/2011/03/talk/;jsessionid=(\w+)",
            lambda found: page(links(*(f"/2011/03/talk/;jsessionid={_digest(found[1] + str(n))}" for n in range(4)))),
        ),
        most=20,
    ),
    Case(
        "a query that is another each time",
        item("/2011/03/echo/?r=0"),
        space=matches(
            r"/2011/03/echo/\?r=(\w+)",
            lambda found: page(links(*(f"/2011/03/echo/?r={_digest(found[1] + str(n))}" for n in range(6)))),
        ),
        most=120,
    ),
    Case(
        "lists by every mixture of facets",
        '<a href="/list/?color=red">By colour</a>',
        space=matches(
            r"/list/\?(.*)",
            lambda found: page(
                links(
                    *(
                        f"/list/?{found[1]}&{name}={n}"
                        for name in ("color", "size", "order", "view")
                        for n in (len(found[1]) % 7,)
                    )
                )
            ),
        ),
        most=400,
        ends_after=320,
    ),
    Case(
        "a path that grows",
        item("a/"),
        space=matches(r"/(?:a/)+\Z", lambda found: page(links("a/", "../a/a/"))),
        most=60,
    ),
    Case(
        "a tree of tags without end",
        '<a rel="tag" href="/tag/0/">tag</a>',
        space=matches(
            r"/tag/(\d+)/", lambda found: page(links(*(f"/tag/{int(found[1]) * 10 + n}/" for n in range(1, 4))))
        ),
        most=120,
    ),
    Case(
        "comment pages without end",
        item(TRAP),
        space=matches(
            r"/2011/03/trap/(?:comment-page-(\d+)/)?",
            lambda found: page(
                essay(
                    more=f'<div id=comments><nav class="comment-navigation"><a href="{TRAP}comment-page-{int(found[1] or 1) + 1}/#comments">Newer Comments</a></nav></div>'
                )
            ),
        ),
        most=120,
    ),
    Case(
        "a page with a hundred dead links",
        item(TRAP),
        {TRAP: page(links(*(f"/2011/03/none-{number}/" for number in range(100))))},
        most=400,
    ),
    # ---- one page under many addresses
    Case(
        "addresses that differ by case or by the last slash",
        "".join(
            item(target)
            for target in (
                "/2011/03/twin",
                "/2011/03/twin/",
                "/2011/03/TWIN/",
                "/2011/03/twin//",
                "/2011/03/./twin/",
                "/2011/03/twin/?",
                "/2011/03/twin/#top",
            )
        ),
        space=matches(r"(?i)/2011/03/twin/{0,2}\??\Z", lambda found: page(essay("The twin"))),
    ),
    Case(
        "one text under fifty addresses",
        "".join(item(f"/2011/03/copy-{number}/") for number in range(50)),
        space=matches(r"/2011/03/copy-\d+/", lambda found: page(essay("The copy"))),
        most=80,
    ),
    Case(
        "tracking parameters",
        "".join(item(f"{TRAP}?utm_source={number}&fbclid={number}") for number in range(20)),
        space=matches(r"/2011/03/trap/", lambda found: page()),
        most=12,
    ),
    # ---- hard to read
    Case("an address of ten thousand characters", item("/2011/03/" + "x" * 10_000 + "/"), ends={}),
    Case("an address of a million characters", item("/2011/03/" + "y" * 1_000_000 + "/")),
    Case(
        "letters of all the world in links",
        item("/2011/03/größe/")
        + item("/2011/03/日本語/")
        + item("/2011/03/%E6%97%A5%E6/")
        + item("/2011/03/a\u202eb/"),
        space=matches(r"/2011/03/", lambda found: page(essay("Letters"))),
    ),
    Case(
        "control characters in links",
        item("/2011/03/a\x01b/")
        + item("/2011/03/c\td/")
        + item("/2011/03/e\nf/")
        + item("/2011/03/g%00h/")
        + item("/2011/03/i%0d%0aX-Evil:%201/"),
        space=matches(r"/2011/03/", lambda found: page(essay("Control"))),
    ),
    Case(
        "markup and quotes in links",
        item("/2011/03/&quot;&gt;&lt;script&gt;/")
        + item("/2011/03/';DROP TABLE posts;--/")
        + item("/2011/03/{{7*7}}/")
        + item("/2011/03/%s%n%x/"),
        space=matches(r"/2011/03/", lambda found: page(essay("Markup"))),
    ),
    Case(
        "paths that climb",
        item("/../../../etc/passwd")
        + item("/2011/03/%2e%2e/%2e%2e/trap/")
        + item("/2011/03/..%2f..%2ftrap/")
        + item("\\\\{canary}\\trap"),
        space=matches(r"/", lambda found: page(essay("Climbing"))),
    ),
    Case(
        "credentials in links",
        item("http://ann:secret@{address}/2011/03/trap/") + item("http://{address}@{canary}/"),
        {TRAP: page()},
        check="SELECT count(*) = 0 FROM frontier WHERE url LIKE '%secret%'",
    ),
    Case(
        "links to private networks",
        "".join(item(each) for each in ("http://10.0.0.1/", "http://[::1]/", "{canary}/x/", "//169.254.169.254/")),
        ends={},
    ),
    Case(
        "an error that says it is none",
        item("/2011/03/nothing/"),
        {"/2011/03/nothing/": page(b"<title>Error 404</title><h1>Page not found</h1><p>Sorry.</p>")},
        ends={"/2011/03/nothing/": ANY},
    ),
)

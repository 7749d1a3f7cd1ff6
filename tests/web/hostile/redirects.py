"""Redirects that lead in circles, into the operator's own network, or to what is no web page."""

from __future__ import annotations

from tests.web.hostile.cases import (
    ANY,
    ENDED_BADLY,
    FETCHED,
    TRAP,
    Case,
    essay,
    item,
    matches,
    page,
    redirect,
    trap,
)
from tests.web.server import Answer

# Addresses that nobody outside should be able to make a crawler ask, and how they can be spelled.
PRIVATE = (
    "http://2130706433/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://[::1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[0:0:0:0:0:ffff:7f00:1]/",
    "http://[64:ff9b::a00:1]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "http://192.168.1.1/admin",
    "http://0.0.0.0/",
    "http://localhost/",
    "http://localhost.localdomain/",
    "http://%31%32%37.0.0.1/",
    "http://127。0。0。1/",
    "http://①②⑦.0.0.1/",
    "{canary}/secret",
)
OTHER_SCHEMES = (
    "file:///etc/passwd",
    "ftp://127.0.0.1/",
    "javascript:alert(1)",
    "data:text/html,<p>hello",
    "gopher://127.0.0.1/",
    "about:blank",
)

REDIRECTS: tuple[Case, ...] = (
    *(trap(f"a post that leads to {where}", redirect(where), ANY) for where in PRIVATE),
    *(
        Case(f"a home that leads to {where}", pages={"/": redirect(where)}, ends={"/": ANY}, posts=0)
        for where in ("http://169.254.169.254/", "http://0x7f.1/", "{canary}/", "file:///etc/passwd")
    ),
    *(trap(f"a post that leads to {where.partition(':')[0]}:", redirect(where), ANY) for where in OTHER_SCHEMES),
    trap("a redirect to itself", redirect(TRAP), ANY),
    Case(
        "a loop of two",
        item("/2011/03/one/"),
        {"/2011/03/one/": redirect("/2011/03/two/"), "/2011/03/two/": redirect("/2011/03/one/")},
        ends={"/2011/03/one/": ANY, "/2011/03/two/": ANY},
    ),
    Case(
        "a chain without end",
        item("/2011/03/hop-0/"),
        space=matches(r"/2011/03/hop-(\d+)/", lambda found: redirect(f"/2011/03/hop-{int(found[1]) + 1}/")),
        ends={"/2011/03/hop-0/": ANY},
        most=25,
    ),
    Case(
        "two chains that grow their query",
        item("/2011/03/q/?a=0"),
        space=matches(r"/2011/03/q/\?a=(\d+)", lambda found: redirect(f"/2011/03/q/?a={int(found[1]) + 1}")),
        most=25,
    ),
    trap("a redirect to nowhere", Answer(302), ANY),
    trap("an empty redirect", redirect(""), ANY),
    trap("a redirect with control characters", redirect("/a\x01\x02\tb"), ANY),
    trap("a redirect of ten thousand characters", redirect("/" + "x" * 10_000), ANY),
    trap("a redirect that is no URL", redirect("http://[::"), ANY),
    trap("a redirect to a port that is none", redirect("http://127.0.1.1:99999/"), ANY),
    trap("a redirect with another host before its at sign", redirect("http://127.0.1.1@10.0.0.1/"), ANY),
    trap("a redirect with credentials", redirect("http://ann:secret@10.0.0.1/"), ANY),
    trap("a redirect that splits its answer", Answer(302, (("Location", "/x\r\nSet-Cookie: a=b"),)), ANY),
    trap("a redirect to TLS where there is none", redirect("https://{address}/2011/03/sealed/"), ANY),
    trap("300 with a choice", redirect("/2011/03/choice/", 300), ANY),
    Case(
        "one post by many redirects",
        "".join(item(f"/2011/03/alias-{number}/") for number in range(5)),
        {f"/2011/03/alias-{number}/": redirect(TRAP, 301) for number in range(5)} | {TRAP: page()},
        ends={TRAP: FETCHED},
    ),
    Case(
        "a cookie that is set and expected back",
        item(TRAP),
        {
            TRAP: Answer(302, (("Location", TRAP + "?seen=1"), ("Set-Cookie", "seen=1"))),
            TRAP + "?seen=1": redirect(TRAP),
        },
        ends={TRAP: ENDED_BADLY | FETCHED},
    ),
    trap("a refresh to another host", page(essay(head='<meta http-equiv=refresh content="0;url={canary}/">')), FETCHED),
    trap("a refresh to itself", page(essay(head=f'<meta http-equiv=refresh content="0;url={TRAP}?again=1">')), FETCHED),
    trap(
        "a refresh to a script",
        page(essay(head='<meta http-equiv=refresh content="0;url=javascript:alert(1)">')),
        FETCHED,
    ),
    Case("TLS where there is none", start="https://{address}/", posts=0, ends={"{start}": ENDED_BADLY}),
    Case("a certificate that nobody vouches for", has_tls=True, posts=0, ends={"{start}": ENDED_BADLY}),
    Case("a name that does not exist", start="http://no-such-blog.invalid/", posts=0, ends={"{start}": ENDED_BADLY}),
    Case("a name that is too long", start=f"http://{'a' * 70}.invalid/", posts=0, ends={"{start}": ENDED_BADLY}),
    Case("a port where nobody listens", start="http://127.0.1.250:{closed}/", posts=0, ends={"{start}": ENDED_BADLY}),
)

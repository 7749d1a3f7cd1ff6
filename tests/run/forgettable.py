"""A small invented site in which one person's words stand in many places: `fill_site`, and the words."""

from __future__ import annotations

import gzip
import json

from tests.run.conftest import SiteWarc

HOST = "https://kiln.example"
POST, OTHER, ABOUT = f"{HOST}/ash-glazes", f"{HOST}/wood-firing", f"{HOST}/author/odile-marchetta"
NAME, NICK = "Thibaut Quillfeder", "Zorb"
WORDS = "my uncle dug that clay behind the sawmill in Vintry and never told anybody the reason"
EDITED = "my late uncle dug that grey clay behind the sawmill in Vintry until the flood of ninety"
SHORT = "Slip cracks, ouch."
MAIL = "thibaut@quillfeder.example"
AUTHOR = "Odile Marchetta"
BIO = "Odile fires pots in a hole that she dug herself beside the railway in Brumley, every second Sunday of a month"
BODY = " ".join(
    f"<p>Sentence {n} of hers about ash and glaze that runs down pot number {n * 7} in the yard.</p>" for n in range(8)
)
SECOND = " ".join(
    f"<p>Wood number {n} burns for {n * 3} hours, and the door stays shut until the morning.</p>" for n in range(8)
)
THIRD = " ".join(
    f"<p>Shelf {n} rests on three props of {n * 2} inches, and nobody leans on it while the kiln cools.</p>"
    for n in range(8)
)
PAGE = """<!DOCTYPE html><html lang="en"><head><title>{title}</title><link rel="canonical" href="{url}">
<meta property="og:type" content="article"><meta name="generator" content="WordPress 6.1"></head><body>
<article><h1 class="entry-title">{title}</h1><p class="byline">By <a rel="author" href="{author_url}">{author}</a></p>
<time class="entry-date" datetime="2012-05-14">14 May 2012</time><div class="entry-content">{body}</div></article>
{box}<div id="comments"><h2>{count} comments</h2><ol class="comment-list">{comments}</ol></div>
<aside class="sidebar widget"><h3>Recent comments</h3><ul><li>{sidebar}</li></ul></aside></body></html>"""
COMMENT = """<li id="comment-{id}" class="comment depth-{depth}"><div class="comment-author">{avatar}
<cite class="fn">{name}</cite></div><div class="comment-metadata"><a href="{url}#comment-{id}"><time
datetime="2012-05-{day}T10:00:00+00:00">May {day}, 2012</time></a></div><div class="comment-content"><p>{text}</p></div>
{answers}</li>"""
LINKED = '<a class="url" rel="external nofollow" href="https://quillfeder.example/">{name}</a>'
AVATAR = '<img class="avatar" src="https://faces.example/avatar/0f3c9b77aa?s=40" alt="">'
BOX = '<div class="author-box"><h3>About {author}</h3><img src="https://kiln.example/me.jpg" alt=""><p>{bio}</p></div>'


def comment(number: int, name: str, text: str, *, answers: str = "", url: str = POST, depth: int = 1) -> str:
    shown, avatar = (LINKED.format(name=name), AVATAR) if name == NAME else (name, "")
    inner = f'<ol class="children">{answers}</ol>' if answers else ""
    return COMMENT.format(
        id=number, name=shown, avatar=avatar, text=text, day=number, url=url, depth=depth, answers=inner
    )


def post(words: str = WORDS, *, url: str = POST) -> bytes:
    """The post by Odile; three comments, one of which answers and quotes."""
    quote = f"<blockquote>{words}</blockquote> That is a fine story, but which sawmill was it?"
    thread = comment(11, NAME, words, answers=comment(12, "Carla Onfrey", quote, depth=2))
    thread += comment(13, NICK, SHORT) + comment(
        14, "Bo Ridley", "We tried ash from apple trees, which was paler than we thought."
    )
    return PAGE.format(
        title="What ash glazes want", url=url, author_url=ABOUT, author=AUTHOR, body=BODY, comments=thread, count=4,
        box=BOX.format(author=AUTHOR, bio=BIO), sidebar=f"{NAME} on What ash glazes want",
    ).encode()  # fmt: skip


def other_post() -> bytes:
    """A post by somebody else, who names both, and a sidebar that names one."""
    body = f"{SECOND}<p>It was {NAME.upper()} who told me, and {AUTHOR} did not believe him.</p>"
    thread = comment(15, "Bo Ridley", "Nobody shuts the door as well as Pim does on a cold day.", url=OTHER)
    return PAGE.format(
        title="A wood firing of four days", url=OTHER, author_url=f"{HOST}/author/pim", author="Pim Castelane", body=body,
        box="", comments=thread, count=1, sidebar="<b>Thibaut</b> Quillfeder on ash",
    ).encode()  # fmt: skip


def plain_post() -> bytes:
    """A post that has nothing of them."""
    return PAGE.format(
        title="Stacking shelves for a kiln", url=f"{HOST}/shelves", author_url=f"{HOST}/author/pim", author="Pim Castelane",
        body=THIRD, box="", count=1, sidebar="Bo on shelves",
        comments=comment(16, "Bo Ridley", "A shelf that is not flat will tell you so by morning.", url=f"{HOST}/shelves"),
    ).encode()  # fmt: skip


def fill_site(site: SiteWarc) -> None:
    """All of it, in two visits, packed and escaped in the ways of the web."""
    site.info()
    site.response(POST, "200 OK", "text/html; charset=utf-8", post())
    site.request(POST)
    site.response(OTHER, "200 OK", "text/html", gzip.compress(other_post()), ("Content-Encoding", "gzip"))
    site.response(f"{HOST}/shelves", "200 OK", "text/html", plain_post())
    about = PAGE.replace("article", "profile").format(
        title=f"About {AUTHOR}", url=ABOUT, author_url=ABOUT, author=AUTHOR, body=f"<p>{BIO}</p>", box="", comments="",
        count=0, sidebar="",
    )  # fmt: skip
    site.response(ABOUT, "200 OK", "text/html", about.encode())
    entry = f"<item><title>What ash glazes want</title><link>{POST}</link><author>{AUTHOR}</author><description>{BODY[:400]}"
    rss = f"<rss version='2.0'><channel><title>Kiln</title>{entry.replace('<p>', '&lt;p&gt;').replace('</p>', '')}</description></item></channel></rss>"
    site.response(f"{HOST}/feed/", "200 OK", "application/rss+xml", rss.encode())
    state = json.dumps({"author_name": NAME, "email": MAIL, "content": f"<p>{WORDS}</p>".replace(" ", "&#32;")})
    site.response(f"{HOST}/wp-json/wp/v2/comments", "200 OK", "application/json", state.encode())
    site.response(POST, "200 OK", "text/html", post(EDITED), date="2024-04-20T12:00:00Z")
    site.revisit(OTHER, "2024-04-20T12:00:00Z")

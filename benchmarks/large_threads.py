"""How long pages with very many comments take: CPU of `extract_page`, by the kind of their markup.

usage: python benchmarks/large_threads.py [NUMBER] [KIND ...]      (8000 comments, all kinds)
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

from scraper import extract_page

WORDS = "Text {n} of it, short words."
FETCHED = datetime(2024, 3, 20, 12, tzinfo=UTC)
TIMES = 3  # of each page, of which the least counts


def month_first(n: int) -> str:
    return f"March {n // 24 % 28 + 1}, 2012 at {n // 60 % 12 + 1}:{n % 60:02d} am"


def day_first(n: int, between: str = " ") -> str:
    return f"{n // 24 % 28 + 1} March 2012{between}{n // 60 % 24}:{n % 60:02d}"


def classic(n: int) -> str:
    return (
        f'<li id="comment-{n}" class="comment depth-1"><cite class="fn">Name {n % 97}</cite> '
        f'<a href="#comment-{n}">{month_first(n)}</a><p>{WORDS.format(n=n)}</p></li>'
    )


def wordpress(n: int) -> str:
    """As wp_list_comments prints them, with a link in every seventh and answers in every fifth."""
    link = f'<a href="http://w.example/{n}">a link</a>' if n % 7 == 0 else "no link"
    inner = f'<ul class="children">{_wordpress(n + 1_000_000, 2, "")}</ul>' if n % 5 == 0 else ""
    return _wordpress(n, 1, f"<p>And <em>then</em> {link}.</p>", inner)


def _wordpress(n: int, depth: int, more: str, inner: str = "") -> str:
    return (
        f'<li id="comment-{n}" class="comment {"even" if n % 2 else "odd alt"} depth-{depth}">'
        f'<div id="div-comment-{n}" class="comment-body"><div class="comment-author vcard">'
        f'<img alt="" src="/avatar/{n % 97}.png" class="avatar"><cite class="fn">'
        f'<a href="http://name-{n % 97}.example/" rel="external nofollow">Name {n % 97}</a></cite> '
        f'<span class="says">says:</span></div><div class="comment-meta commentmetadata">'
        f'<a href="https://b.example/1#comment-{n}">{month_first(n)}</a></div>'
        f'<p>{WORDS.format(n=n)}</p>{more}<div class="reply"><a class="comment-reply-link" '
        f'href="/1?replytocom={n}#respond">Reply</a></div></div>{inner}</li>'
    )


def unnamed(n: int) -> str:
    return f"<div><div><b>Name {n % 97}</b> wrote on {day_first(n)}:</div><div>{WORDS.format(n=n)}</div></div>"


def drupal(n: int) -> str:
    return (
        f'<a id="comment-{n}"></a><div class="comment clearfix"><h3><a href="/comment/{n}#comment-{n}" '
        f'class="permalink" rel="bookmark">Subject {n}</a></h3><div class="submitted">Submitted by '
        f'<span class="username">Name {n % 97}</span> on {day_first(n, " - ")}.</div>'
        f'<div class="content"><p>{WORDS.format(n=n)}</p></div>'
        f'<ul class="links inline"><li><a href="/comment/reply/1/{n}">'
        f"reply</a></li></ul></div>"
    )


def blogger(n: int) -> str:
    return (
        f'<dt class="comment-author" id="c{n}"><a name="c{n}"></a><a href="http://www.blogger.com/profile/{n % 97}" '
        f'rel="nofollow">Name {n % 97}</a> said...</dt><dd class="comment-body"><p>{WORDS.format(n=n)}</p></dd>'
        f'<dd class="comment-footer"><span class="comment-timestamp"><a href="https://b.example/1.html'
        f'?showComment=13{n:08d}#c{n}" title="comment permalink">'
        f"3/{n % 28 + 1}/2012 {n // 60 % 12 + 1}:{n % 60:02d} AM</a></span></dd>"
    )


def forum(n: int) -> str:
    return (
        f'<div id="p{n}" class="post bg{n % 2}">'
        f'<dl class="postprofile"><dd>Posts: {n % 97}</dd></dl>'
        f'<div class="postbody"><h3><a href="#p{n}">Re: A topic</a></h3>'
        f'<p class="author">by <strong><a href="./memberlist.php?mode=viewprofile&amp;u={n % 97}">Name {n % 97}</a>'
        f"</strong> &raquo; {day_first(n)}</p>"
        f'<div class="content">{WORDS.format(n=n)}<br>More of it.</div></div></div>'
    )


def aged(n: int) -> str:
    """With nothing but ages for times, and an answer to the one before it in each third."""
    answer = f'<span class="in-reply-to">in reply to <a href="#comment-{n - 1}">Name</a></span>' if n % 3 == 2 else ""
    return (
        f'<article class="comment" id="comment-{n}"><header><span class="author">Name {n % 97}</span> '
        f"<span class=date>{n % 23 + 2} days ago</span>{answer}</header>"
        f'<div class="comment-text"><p>{WORDS.format(n=n)}</p></div></article>'
    )


def deep(number: int) -> str:
    """Each in the one before it."""
    opened = (
        f'<li id="comment-{n}" class="comment"><cite class="fn">Name {n % 97}</cite> <a href="#comment-{n}">'
        f"{month_first(n)}</a><p>{WORDS.format(n=n)}</p><ul>"
        for n in range(number)
    )
    return f'<ol class="commentlist">{"".join(opened)}{"</ul></li>" * number}</ol>'


def within(before: str, comment: Callable[[int], str], after: str) -> Callable[[int], str]:
    return lambda number: before + "".join(map(comment, range(number))) + after


KINDS: dict[str, Callable[[int], str]] = {
    "classic": within('<ol class="commentlist">', classic, "</ol>"),
    "wordpress": within('<ol class="commentlist">', wordpress, "</ol>"),
    "unnamed": within("<div>", unnamed, "</div>"),
    "drupal": within("<div>", drupal, "</div>"),
    "blogger": within("<dl id=comments-block>", blogger, "</dl>"),
    "forum": within("<div id=page-body>", forum, "</div>"),
    "aged": within("<section>", aged, "</section>"),
    "deep": lambda number: deep(min(number, 2_000)),
}
GENERATORS = {"drupal": "Drupal 7 (http://drupal.org)", "blogger": "blogger", "wordpress": "WordPress 6.4"}


def page(kind: str, number: int) -> str:
    stated = f'<meta name="generator" content="{GENERATORS[kind]}">' if kind in GENERATORS else ""
    words = "words of the post that somebody wrote here, " * 20
    return (
        f'<html><head><title>A post</title>{stated}</head><body class="single"><div class="post hentry">'
        f'<h1 class="entry-title">A post</h1><div class="entry-content"><p>{words}</p></div></div>'
        f'<div id="comments"><h3>{number} comments</h3>{KINDS[kind](number)}</div></body></html>'
    )


def spent(text: str) -> tuple[float, int]:
    """Seconds of CPU, and how many comments were found."""
    start = time.process_time()
    found = extract_page(text, "https://b.example/1", fetched_at=FETCHED)
    return time.process_time() - start, len(found.comments)


def main(number: int, kinds: list[str]) -> None:
    for kind in kinds or KINDS:
        text = page(kind, number)
        least, found = min(spent(text) for _ in range(TIMES))
        each = 1_000_000 * least / max(found, 1)
        print(f"{kind:10} {len(text) / 1_000_000:.1f} MB  {found:5} comments  {least:.2f} s  {each:.0f} us a comment")


if __name__ == "__main__":
    asked = sys.argv[1:]
    number = int(asked.pop(0)) if asked and asked[0].isdecimal() else 8_000
    main(number, asked)

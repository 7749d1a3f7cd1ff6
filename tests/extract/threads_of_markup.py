"""Threads as pages of any engine mark them up: by microformats, microdata, RDFa, or by what a service fills in."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from tests.extract.said import Said, Thread, flat, nested, page

POST = "<body><article class=h-entry><h1 class=p-name>Slow bread</h1><div class=e-content>@PROSE@</div>"


def h_cite(thread: Thread) -> str:
    def item(said: Said) -> str:
        return (
            f"<li class='u-comment h-cite'><a class='p-author h-card u-url' href='https://x{said.number}.example/'><img class=u-photo src="
            f"'/p.png' alt=''>{said.author}</a> <a class=u-url href='https://x{said.number}.example/notes/{said.number}'><time class="
            f"dt-published datetime='{said.iso}'>{said.shown}</time></a><p class='p-content p-name'>{escape(said.words)}</p></li>"
        )

    return page("", POST + "<ol class=responses>@COMMENTS@</ol></article>", flat(thread, item))


def microdata(thread: Thread) -> str:
    def item(said: Said, answers: str) -> str:
        return (
            f"<div itemprop=comment itemscope itemtype='https://schema.org/Comment' id=comment{said.number}><span itemprop=author itemscope "
            f"itemtype='https://schema.org/Person'><span itemprop=name>{said.author}</span></span> <meta itemprop=datePublished content="
            f"'{said.iso}'><div itemprop=text>{escape(said.words)}</div>{answers}</div>"
        )

    body = (
        "<body><article itemscope itemtype='https://schema.org/BlogPosting'><h1 itemprop=headline>Slow bread</h1><div itemprop=articleBody>"
        "@PROSE@</div><section>@COMMENTS@</section></article>"
    )
    return page("", body, nested(thread, item))


def rdfa(thread: Thread) -> str:
    def item(said: Said, answers: str) -> str:
        return (
            f"<div property=comment typeof=Comment resource='#comment-{said.number}'><span property=author typeof=Person><span property="
            f"name>{said.author}</span></span> <span property=datePublished content='{said.iso}'>{said.shown}</span><div property=text>"
            f"{escape(said.words)}</div>{answers}</div>"
        )

    body = (
        "<body vocab='https://schema.org/'><article typeof=BlogPosting><h1 property=headline>Slow bread</h1><div property=articleBody>"
        "@PROSE@</div><section>@COMMENTS@</section></article>"
    )
    return page("", body, nested(thread, item))


def isso(thread: Thread) -> str:
    def item(said: Said, answers: str) -> str:
        return (
            f"<div class=isso-comment id=isso-{said.number}><div class=isso-avatar><svg></svg></div><div class=isso-text-wrapper><div class="
            f"isso-comment-header role=meta><span class=isso-author>{said.author}</span><span class=isso-spacer>•</span><a class="
            f"isso-permalink href='#isso-{said.number}'><time title='{said.shown}' datetime='{said.iso}'>3 years ago</time></a></div><div "
            f"class=isso-text><p>{escape(said.words)}</p></div><div class=isso-comment-footer><span class=isso-votes>2</span><a class="
            f"isso-upvote href='#'></a><span class=isso-spacer>|</span><a class=isso-downvote href='#'></a><a class=isso-reply href='#'>"
            f"Reply</a></div><div class=isso-follow-up>{answers}</div></div></div>"
        )

    body = (
        "<body><main><h1>Slow bread</h1>@PROSE@</main><section id=isso-thread><h4 class=isso-thread-heading>Comments</h4><div class="
        "isso-postbox><textarea></textarea></div><div id=isso-root>@COMMENTS@</div></section>"
    )
    return page("", body, nested(thread, item))


def substack(thread: Thread) -> str:
    def item(said: Said, answers: str) -> str:
        below = f"<div class=comment-list><div class=comment-list-items>{answers}</div></div>" if answers else ""
        return (
            f"<div class=comment><div id=comment-{said.number} class=comment-anchor></div><div id=comment-{said.number}-reply class="
            f"comment-anchor></div><table class=comment-content role=presentation><tbody><tr><td class=comment-head><div class=user-head><a "
            f"href='https://substack.example/profile/9-x'><div class=profile-img-wrap><img src='/p.png'></div></a></div></td><td class="
            f"comment-rest><div class=comment-meta><span class=commenter-name><a href='https://substack.example/profile/9-x'>{said.author}"
            f"</a></span><a class=comment-timestamp href='/p/bread/comment/{said.number}' rel=nofollow title='{said.shown}'>May {said.day}, "
            f"2012</a></div><div class=comment-body><p><span>{escape(said.words)}</span></p></div><div class=comment-actions><span>Reply"
            f"</span><a>Share</a></div></td></tr></tbody></table>{below}</div>"
        )

    body = (
        "<body><div class=single-post-container><article class='newsletter-post post'><h1 class=post-title>Slow bread</h1><div class="
        "available-content><div class='body markup'>@PROSE@</div></div></article><div id=discussion><div class=comment-list><div class="
        "comment-list-items>@COMMENTS@</div></div></div></div>"
    )
    return page("", body, nested(thread, item))


# name -> how it prints a thread, and whether what it prints tells who answered whom
MARKUP: dict[str, tuple[Callable[[Thread], str], bool]] = {
    "h-cite": (h_cite, False),
    "microdata": (microdata, True),
    "rdfa": (rdfa, True),
    "isso": (isso, True),
    "substack": (substack, True),
}

"""Threads that were drawn by lot, as the engines print them: for each engine a function from a thread to a page."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from tests.extract.said import Said, Thread, flat, nested, page
from tests.extract.threads_of_forums import FORUMS
from tests.extract.threads_of_markup import MARKUP
from tests.extract.threads_of_old_blogs import OLD_BLOGS


def wordpress(thread: Thread) -> str:
    def item(said: Said, answers: str) -> str:
        children = f"<ol class=children>{answers}</ol>" if answers else ""
        return (
            f"<li class='comment depth-{said.depth + 1}' id=comment-{said.number}><article class=comment-body "
            f"id=div-comment-{said.number}><footer class=comment-meta><div class='comment-author vcard'><b class=fn>{said.author}</b> "
            f"<span class=says>says:</span></div><div class=comment-metadata><a href='#comment-{said.number}'><time "
            f"datetime='{said.iso}'>{said.shown}</time></a></div></footer><div class=comment-content><p>{escape(said.words)}</p></div>"
            f"<div class=reply><a class=comment-reply-link href='#'>Reply</a></div></article>{children}</li>"
        )

    body = (
        "<body class='single single-post'><article class='post hentry'><h1 class=entry-title>Slow bread</h1><div "
        "class=entry-content>@PROSE@</div></article><div id=comments class=comments-area><ol class=comment-list>@COMMENTS@</ol></div>"
    )
    return page("<meta name=generator content='WordPress 6.4'>", body, nested(thread, item))


def wpdiscuz(thread: Thread) -> str:
    def item(said: Said, answers: str) -> str:
        return (
            f"<div id='wpd-comm-{said.number}_{said.parent or 0}' class='comment wpd-comment wpd_comment_level-{said.depth + 1}'>"
            f"<div class=wpd-comment-wrap><div id=comment-{said.number} class=wpd-comment-right><div class=wpd-comment-header><div "
            f"class=wpd-comment-author>{said.author}</div><div class=wpd-comment-date title='{said.shown}'>3 years ago</div></div>"
            f"<div class=wpd-comment-text><p>{escape(said.words)}</p></div><div class=wpd-comment-footer><div class=wpd-reply-button>"
            f"<span>Reply</span></div></div></div></div>{answers}</div>"
        )

    body = (
        "<body class=single-post><article class='post hentry'><h1 class=entry-title>Slow bread</h1><div class=entry-content>@PROSE@"
        "</div></article><div id=comments class=comments-area><div id=wpdcom><div class=wpd-thread-list>@COMMENTS@</div></div></div>"
    )
    return page("<meta name=generator content='WordPress 6.4'>", body, nested(thread, item))


def drupal(thread: Thread) -> str:
    def item(said: Said, answers: str) -> str:
        below = f"<div class=indented>{answers}</div>" if answers else ""
        return (
            f"<a id=comment-{said.number}></a><div class=comment><h3><a href='/comment/{said.number}#comment-{said.number}'>On bread</a>"
            f"</h3><div class=submitted>Submitted by <span class=username>{said.author}</span> on {said.shown}</div><div class=content>"
            f"<p>{escape(said.words)}</p></div><ul class=links><li><a href='#'>reply</a></li></ul></div>{below}"
        )

    body = (
        "<body class='page-node node-type-blog'><h1 id=page-title>Slow bread</h1><div class=node><div class=field-name-body>@PROSE@"
        "</div></div><div id=comments>@COMMENTS@</div>"
    )
    return page("<meta name=generator content='Drupal 7'>", body, nested(thread, item))


def blogger(thread: Thread) -> str:
    def item(said: Said, answers: str) -> str:
        below = f"<div class=comment-replies><div class='comment-thread inline-thread'><ol>{answers}</ol></div></div>"
        return (
            f"<li class=comment id=c{said.number}><div class=comment-block><div class=comment-header><cite class=user>{said.author}"
            f"</cite><span class='datetime secondary-text'><a rel=nofollow href='?showComment=1#c{said.number}'>{said.shown}</a></span>"
            f"</div><p class=comment-content>{escape(said.words)}</p><span class=comment-actions><a href='#'>Reply</a></span></div>"
            f"{below if answers else ''}</li>"
        )

    body = (
        "<body><div class=widget id=Blog1><div class='post hentry'><h3 class='post-title entry-title'>Slow bread</h3><div class="
        "'post-body entry-content'>@PROSE@</div></div><div class=comments id=comments><h4>Comments:</h4><div id=comment-holder><div "
        "class='comment-thread toplevel-thread'><ol>@COMMENTS@</ol></div></div></div></div>"
    )
    return page("<meta name=generator content=blogger>", body, nested(thread, item))


def movable_type(thread: Thread) -> str:
    def item(said: Said) -> str:
        verb = f"replied to <a href='#comment-{said.parent}'>comment from somebody</a>" if said.parent else "said:"
        return (
            f"<div id=comment-{said.number} class=comment><div class=inner><div class=comment-header><div class=asset-meta><span class="
            f"byline><span class='vcard author'>{said.author}</span> {verb}</span></div></div><div class=comment-content><p>"
            f"{escape(said.words)}</p></div><div class=comment-footer><div class=asset-meta><a href='#comment-{said.number}'><abbr "
            f"class=published title='{said.iso}'>{said.shown}</abbr></a></div></div></div></div>"
        )

    body = (
        "<body class=mt-entry-archive><h1 id=page-title class=asset-name>Slow bread</h1><div class='asset-content entry-content'>@PROSE@"
        "</div><div id=comments class=comments><h2 class=comments-header>Comments</h2><div class=comments-content>@COMMENTS@</div></div>"
    )
    return page("<meta name=generator content='Movable Type 5.2'>", body, flat(thread, item))


def dreamwidth(thread: Thread) -> str:
    def item(said: Said) -> str:
        up = (
            f"<li class=commentparent><a href='?thread={said.parent}#cmt{said.parent}'>Parent</a></li>"
            if said.parent
            else ""
        )
        return (
            f"<div class='comment-thread comment-depth-{said.depth + 1}'><div id=cmt{said.number} class=dwexpcomment><div class="
            f"comment-wrapper><div class=comment><div class=header><h4 class=comment-title>bread</h4><span class=datetime><span class="
            f"commentpermalink><a href='?thread={said.number}#cmt{said.number}'>2012-05-{said.day:02} 10:04 am (UTC)</a></span></span>"
            f"</div><div class=contents><div class='poster comment-poster'><span class=ljuser><a href='https://x.example/profile'><b>"
            f"{said.author}</b></a></span></div><div class=comment-content>{escape(said.words)}</div></div><div class=footer><ul class="
            f"comment-interaction-links><li><a href='#'>Reply</a></li>{up}</ul></div></div></div></div></div>"
        )

    body = (
        "<body class=page-entry><div class=entry><h3 class=entry-title>Slow bread</h3><div class=entry-content>@PROSE@</div></div>"
        "<div id=comments>@COMMENTS@</div>"
    )
    return page("", body, flat(thread, item))


def serendipity(thread: Thread) -> str:
    def item(said: Said) -> str:
        return (
            f"<a id=c{said.number}></a><div id=serendipity_comment_{said.number} class='serendipity_comment commentlevel-{said.depth}'>"
            f"<div class=serendipity_commentBody>{escape(said.words)}</div><div class=serendipity_comment_source><a class="
            f"comment_source_trace href='#c{said.number}'>#1</a> <span class=comment_source_author>{said.author}</span> on <span class="
            f"comment_source_date>2012-05-{said.day:02} 10:04</span> (<a class=comment_reply href='#'>Reply</a>)</div></div>"
        )

    body = (
        "<body><h4 class=serendipity_title>Slow bread</h4><div class=serendipity_entry><div class=serendipity_entry_body>@PROSE@</div>"
        "</div><div class='serendipity_comments serendipity_section_comments'>@COMMENTS@</div>"
    )
    return page("<meta name=generator content='Serendipity v.2.1'>", body, flat(thread, item))


def mezzanine(thread: Thread) -> str:
    def item(said: Said, answers: str) -> str:
        return (
            f"<div id=comment-{said.number} class='media comment'><div class=media-body><h5 class=media-heading>{said.author} <time "
            f"datetime='{said.iso}'>3 years ago</time></h5><p>{escape(said.words)}</p><a href='#' class='btn reply'>Reply</a>{answers}"
            f"</div></div>"
        )

    body = "<body><h1>Slow bread</h1><h6 id=blog-post-meta class=post-meta></h6>@PROSE@<div id=comments><h3>Comments</h3>@COMMENTS@</div>"
    return page("", body, nested(thread, item))


def squarespace(thread: Thread) -> str:
    def item(said: Said) -> str:
        return (
            f"<div class=comment id=comment-{said.number:024x}><div class=comment-header><div class=author>{said.author}</div><div class="
            f"date>May {said.day}, 2012</div></div><div class=comment-body><p>{escape(said.words)}</p></div></div>"
        )

    body = (
        "<body class=view-item><h1 class=entry-title>Slow bread</h1><div class=sqs-block-content>@PROSE@</div><div class="
        "squarespace-comments><div class=comment-list>@COMMENTS@</div></div>"
    )
    return page("", body, flat(thread, item))


def ikiwiki(thread: Thread) -> str:
    def item(said: Said) -> str:
        return (
            f"<div class=comment id=comment-{said.number:032x}><div class=comment-subject><a href='#comment-{said.number:032x}'>bread</a>"
            f"</div><div class=inlinecontent><p>{escape(said.words)}</p></div><div class=comment-header>Comment by <span class=author>"
            f"{said.author}</span> &mdash; <span class=date><time datetime='{said.iso}'>{said.shown}</time></span></div></div>"
        )

    body = "<body><span class=title>Slow bread</span><section id=content>@PROSE@</section><section id=comments>@COMMENTS@</section>"
    return page("", body, flat(thread, item))


# name -> how it prints a thread, and whether what it prints tells who answered whom
ENGINES: dict[str, tuple[Callable[[Thread], str], bool]] = {
    "wordpress": (wordpress, True),
    "wpdiscuz": (wpdiscuz, True),
    "drupal": (drupal, True),
    "blogger": (blogger, True),
    "movabletype": (movable_type, True),
    "dreamwidth": (dreamwidth, True),
    "serendipity": (serendipity, True),
    "mezzanine": (mezzanine, True),
    "squarespace": (squarespace, False),
    "ikiwiki": (ikiwiki, False),
    **OLD_BLOGS,
    **MARKUP,
    **FORUMS,
}

"""Threads as engines print them that are older, or rarer, than those of threads_as_printed.py."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from tests.extract.said import Said, Thread, flat, nested, page


def blogger_classic(thread: Thread) -> str:
    def item(said: Said) -> str:
        return (
            f"<dt class=comment-author id=c{said.number}><a name=c{said.number}></a><a href='https://www.blogger.com/profile/1' "
            f"rel=nofollow>{said.author}</a> said...</dt><dd class=comment-body><p>{escape(said.words)}</p></dd><dd class=comment-footer>"
            f"<span class=comment-timestamp><a href='?showComment=1#c{said.number}' title='comment permalink'>{said.shown}</a></span></dd>"
        )

    body = (
        "<body><div class='widget Blog' id=Blog1><div class='post hentry'><h3 class='post-title entry-title'>Slow bread</h3><div class="
        "'post-body entry-content'>@PROSE@</div></div><div class=comments id=comments><h4>Comments:</h4><dl id=comments-block class="
        "avatar-comment-indent>@COMMENTS@</dl></div></div>"
    )
    return page("<meta name=generator content=blogger>", body, flat(thread, item))


def typepad(thread: Thread) -> str:
    def item(said: Said) -> str:
        ident = f"6a00d8341c{said.number}"
        return (
            f"<div class='comment comment-odd' id=comment-{ident}><div class=comment-avatar><img src='/t.png'></div><div class="
            f"comment-content><span><p>{escape(said.words)}</p></span></div><p class=comment-footer>Posted by: {said.author} | <a rel="
            f"nofollow href='/bread.html?cid={ident}#comment-{ident}'>May {said.day:02}, 2012 at 07:45 AM</a></p></div>"
        )

    body = (
        "<body class=layout-two-column-right><div class='entry entry-type-post'><h3 class=entry-header>Slow bread</h3><div class="
        "entry-content><div class=entry-body>@PROSE@</div></div><div class=entry-footer><p class=entry-footer-info><span class=post-footers>"
        "Posted by Ann on May 01, 2012</span></p></div></div><div class=comments id=comments><h3 class=comments-header>Comments</h3><div "
        "class=comments-content>@COMMENTS@</div></div>"
    )
    return page("<meta name=generator content='http://www.typepad.com/'>", body, flat(thread, item))


def livejournal(thread: Thread) -> str:
    def item(said: Said) -> str:
        up = f" (<a href='/9.html?thread={said.parent}#t{said.parent}'>Parent</a>)" if said.parent else ""
        return (
            f"<div id=ljcmt{said.number} class=ljcmt style='margin-left: {25 * said.depth}px; margin-top: 5px'><a name=t{said.number}></a>"
            f"<div id=cmtbar{said.number} class=cmtbar><table><tr><td><span class=ljuser><a href='https://u.livejournal.example/profile'>"
            f"<img src='/userinfo.gif'></a><a href='https://u.livejournal.example/'><b>{said.author}</b></a></span><br><font size=-1><span "
            f"title='3 hours after journal entry'>2012-05-{said.day:02} 10:04 am (UTC)</span></font> <font size=-1>(<a href='/9.html?thread="
            f"{said.number}#t{said.number}'>link</a>)</font></td></tr></table></div><div class=comment-text style='margin-left: 5px'>"
            f"{escape(said.words)}</div><div style='margin-top: 3px'><font size=-2>(<a href='/9.html?replyto={said.number}'>Reply</a>)"
            f"{up}</font></div></div>"
        )

    body = (
        "<body><div class=entry><h3 class=entry-title>Slow bread</h3><div class=entry-content>@PROSE@</div></div><div id=Comments>"
        "@COMMENTS@</div>"
    )
    return page("", body, flat(thread, item))


def textpattern(thread: Thread) -> str:
    def item(said: Said) -> str:
        return (
            f"<li><article class=comment id=c{said.number:06}><h4 class=comment-heading><span class=is-subject>{said.author}</span> <time "
            f"datetime='{said.iso}'>{said.shown}</time> <a class=comment-anchor href='#c{said.number:06}'>#</a></h4><p>"
            f"{escape(said.words)}</p></article></li>"
        )

    body = (
        "<body id=article-page><article class=hentry><h1 class=entry-title>Slow bread</h1><div class=entry-content>@PROSE@</div></article>"
        "<section id=comments><h2 id=comments-head>Comments</h2><ol class=comments_wrapper>@COMMENTS@</ol></section>"
    )
    return page("<meta name=generator content='Textpattern CMS'>", body, flat(thread, item))


def wordpress_blocks(thread: Thread) -> str:
    def item(said: Said, answers: str) -> str:
        return (
            f"<li id=comment-{said.number} class='comment depth-{said.depth + 1}'><div class=wp-block-columns><div class=wp-block-column>"
            f"<div class=wp-block-avatar><img class=avatar src='/a.png'></div></div><div class=wp-block-column><div class="
            f"wp-block-comment-author-name><a href='https://x.example/' rel='external nofollow ugc'>{said.author}</a></div><div class="
            f"wp-block-group><div class=wp-block-comment-date><time datetime='{said.iso}'><a href='#comment-{said.number}'>{said.shown}</a>"
            f"</time></div></div><div class=wp-block-comment-content><p>{escape(said.words)}</p></div><div class=wp-block-comment-reply-link>"
            f"<a class=comment-reply-link href='?replytocom={said.number}'>Reply</a></div></div></div>"
            f"{f'<ol>{answers}</ol>' if answers else ''}</li>"
        )

    body = (
        "<body class='single single-post'><h1 class=wp-block-post-title>Slow bread</h1><div class='entry-content wp-block-post-content'>"
        "@PROSE@</div><div class=wp-block-comments><h2 class=wp-block-comments-title>Thoughts</h2><ol class=wp-block-comment-template>"
        "@COMMENTS@</ol></div>"
    )
    return page("<meta name=generator content='WordPress 6.4'>", body, nested(thread, item))


def flatpress(thread: Thread) -> str:
    def item(said: Said) -> str:
        ident = f"comment1205{said.day:02}-{said.number:06}"
        return (
            f"<li id={ident}><strong class=comment-name><a href='https://x.example/' title='Permalink'>{said.author}</a></strong><p class="
            f"date><a href='/comments.php#{ident}' title='Permalink to this comment'>{said.weekday}, May {said.day}, 2012 - 10:04:00</a></p><p>"
            f"{escape(said.words)}</p></li>"
        )

    body = (
        "<body><div id=main><div id=entry120501-100400 class=entry><h3><a href='/2012/05/01/slow-bread/'>Slow bread</a></h3>@PROSE@</div>"
        "<ol id=comments>@COMMENTS@</ol></div>"
    )
    return page("<meta name=generator content='FlatPress fp-1.2'>", body, flat(thread, item))


def drupal_6(thread: Thread) -> str:
    def item(said: Said, answers: str) -> str:
        below = f"<div class=indented>{answers}</div>" if answers else ""
        return (
            f"<a id=comment-{said.number}></a><div class='comment comment-published clear-block'><h3><a href='/node/7#comment-{said.number}'"
            f" class=active>On bread</a></h3><div class=submitted>{said.weekday}, 2012-05-{said.day:02} 10:04 — {said.author}</div><div class=content>"
            f"<p>{escape(said.words)}</p></div><ul class='links'><li class='comment_reply first last'><a href='#'>reply</a></li></ul></div>"
            f"{below}"
        )

    body = (
        "<body class='sidebar-left'><h2>Slow bread</h2><div id=node-7 class=node><div class='content clear-block'>@PROSE@</div></div><div "
        "id=comments>@COMMENTS@</div>"
    )
    return page("<script src='/misc/drupal.js?x'></script>", body, nested(thread, item))


def drupal_9(thread: Thread) -> str:
    def item(said: Said, answers: str) -> str:
        up = f"<p class='parent visually-hidden'>In reply to <a href='/comment/{said.parent}#comment-{said.parent}'>On bread</a> by somebody</p>"
        below = f"<div class=indented>{answers}</div>" if answers else ""
        return (
            f"<article data-comment-user-id=0 id=comment-{said.number} class='comment js-comment clearfix'><span class=hidden "
            f"data-comment-timestamp=1></span><footer class=comment__meta><p class=comment__author>{said.author}</p><p class=comment__time>"
            f"{said.day} May, 2012</p><p class=comment__permalink><a href='/comment/{said.number}#comment-{said.number}'>"
            f"Permalink</a></p>{up if said.parent else ''}</footer><div class=comment__content><h3><a class=permalink rel=bookmark href="
            f"'/comment/{said.number}#comment-{said.number}'>On bread</a></h3><div class='field field--name-comment-body'><p>"
            f"{escape(said.words)}</p></div><ul class='links inline'><li class=comment-reply><a href='#'>Reply</a></li></ul></div></article>"
            f"{below}"
        )

    body = (
        "<body class='path-node page-node-type-article'><h1 class='title page-title'>Slow bread</h1><article class='node'><div class="
        "'field field--name-body'>@PROSE@</div><section class='field field--name-comment comment-wrapper'><h2 class=title>Comments</h2>"
        "@COMMENTS@</section></article>"
    )
    return page("<meta name=Generator content='Drupal 9 (https://www.drupal.org)'>", body, nested(thread, item))


def backdrop(thread: Thread) -> str:
    def item(said: Said, answers: str) -> str:
        below = f"<div class=indented>{answers}</div>" if answers else ""
        return (
            f"<a id=comment-{said.number}></a><article class='comment comment-by-anonymous' role=article><header class=comment-header><div "
            f"class=attribution><div class=submitted><p class=commenter-name><span class=username>{said.author}</span></p><p class="
            f"comment-time>{said.weekday}, May {said.day}, 2012 - 10:04am</p><p class=comment-permalink><a class=permalink rel=bookmark href="
            f"'/comment/{said.number}#comment-{said.number}'>Permalink</a></p></div></div></header><div class=comment-text><h3 class="
            f"comment-title><a class=permalink rel=bookmark href='/comment/{said.number}#comment-{said.number}'>On bread</a></h3><div class="
            f"content><div class='field field-name-comment-body'><p>{escape(said.words)}</p></div></div><footer class=comment-footer><ul "
            f"class='links inline'><li><a href='#'>reply</a></li></ul></footer></div></article>{below}"
        )

    body = (
        "<body class='page node-page'><h1 class=page-title>Slow bread</h1><article class='node node-post'><div class='field "
        "field-name-body'>@PROSE@</div><section id=comments class=comment-wrapper><h2 class=title>Comments</h2>@COMMENTS@</section></article>"
    )
    return page("<meta name=generator content='Backdrop CMS 1 (https://backdropcms.org)'>", body, nested(thread, item))


# name -> how it prints a thread, and whether what it prints tells who answered whom
OLD_BLOGS: dict[str, tuple[Callable[[Thread], str], bool]] = {
    "blogger, classic": (blogger_classic, False),
    "typepad": (typepad, False),
    "livejournal": (livejournal, True),
    "textpattern": (textpattern, False),
    "wordpress, blocks": (wordpress_blocks, True),
    "flatpress": (flatpress, False),
    "drupal 6": (drupal_6, True),
    "drupal 9": (drupal_9, True),
    "backdrop": (backdrop, True),
}

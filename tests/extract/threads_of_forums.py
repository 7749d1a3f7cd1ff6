"""Threads as forums print them: the messages behind the one that opened the topic."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from tests.extract.pages import PROSE
from tests.extract.said import Said, Thread, flat, page

OPENING = Said(6000, "Opener", "", 1, None, 0)


def phpbb(thread: Thread) -> str:
    def item(said: Said) -> str:
        words = PROSE if said is OPENING else escape(said.words)
        return (
            f"<div id=p{said.number} class='post bg1'><div class=inner><dl class=postprofile id=profile{said.number}><dt><a href="
            f"'./memberlist.php?mode=viewprofile&amp;u=5' class=username>{said.author}</a></dt><dd class=profile-posts><strong>Posts:"
            f"</strong> 412</dd></dl><div class=postbody><div id=post_content{said.number}><h3><a href='#p{said.number}'>Re: Slow bread</a>"
            f"</h3><p class=author><a href='./viewtopic.php?p={said.number}#p{said.number}'>Post</a> by <strong><a href='#u' class=username>"
            f"{said.author}</a></strong> » {said.day} May 2012, 10:04</p><div class=content>{words}</div><div class=signature>Sent from "
            f"here</div></div></div></div></div>"
        )

    body = (
        "<body id=phpbb class=section-viewtopic><div id=page-body><h2 class=topic-title>Slow bread</h2>@COMMENTS@</div>"
    )
    return page("", body, flat([OPENING, *thread], item))


def vbulletin(thread: Thread) -> str:
    def item(said: Said) -> str:
        words = PROSE if said is OPENING else escape(said.words)
        return (
            f"<li class='postbit postbitlegacy postcontainer' id=post_{said.number}><div class=posthead><span class=postdate><span class=date>"
            f"May {said.day:02} 2012, 10:04 AM</span></span><span class=nodecontrols><a class=postcounter href='#post{said.number}'>#</a>"
            f"</span></div><div class=postdetails><div class=userinfo><div class=username_container><a class='username offline' href="
            f"'member.php?5'><strong>{said.author}</strong></a></div></div><div class=postbody><div class=postrow><div class=content><div id="
            f"post_message_{said.number}><blockquote class='postcontent restore'>{words}</blockquote></div></div></div></div></div><div class="
            f"postfoot><a href='#'>Reply With Quote</a></div></li>"
        )

    body = "<body><div id=pagetitle><h1>Slow bread</h1></div><ol id=posts class=posts>@COMMENTS@</ol>"
    return page("<meta name=generator content='vBulletin 4.2.2'>", body, flat([OPENING, *thread], item))


def xenforo(thread: Thread) -> str:
    def item(said: Said) -> str:
        words = PROSE if said is OPENING else escape(said.words)
        quote = f"<blockquote data-source='post: {said.parent}'></blockquote>" if said.parent else ""
        return (
            f"<article class='message message--post' data-author='{escape(said.author, quote=True).replace(chr(39), '&#39;')}' id=js-post-"
            f"{said.number}><div class=message-user><h4 class=message-name><a class=username href='/members/x.5/'>{said.author}</a></h4></div>"
            f"<div class=message-cell--main><header class=message-attribution><a href='/threads/bread.7/post-{said.number}'><time class=u-dt "
            f"datetime='{said.iso}'>{said.shown}</time></a></header><div class=message-body><div class=bbWrapper>{quote}{words}</div></div>"
            f"<footer class=message-footer><a href='#'>Reply</a></footer></div></article>"
        )

    body = "<body data-template=thread_view><h1 class=p-title-value>Slow bread</h1><div class=js-replyNewMessageContainer>@COMMENTS@</div>"
    return page("", body, flat([OPENING, *thread], item))


# name -> how it prints a thread, and whether what it prints tells who answered whom
FORUMS: dict[str, tuple[Callable[[Thread], str], bool]] = {
    "phpbb": (phpbb, False),
    "vbulletin": (vbulletin, False),
    "xenforo": (xenforo, True),
}

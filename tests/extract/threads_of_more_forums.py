"""Threads as forums print them that came with another system or are rarer: the messages behind the opening one."""

from __future__ import annotations

import re
from html import escape

from tests.extract.pages import PROSE
from tests.extract.said import Said, Thread, flat, nested, page
from tests.extract.threads_of_forums import OPENING


def bbpress(thread: Thread) -> str:
    def item(said: Said, answers: str) -> str:
        words, kind = (PROSE, "topic") if said is OPENING else (f"<p>{escape(said.words)}</p>", "reply")
        below = f"<ul class=bbp-threaded-replies>{answers}</ul>" if answers else ""
        return (
            f"<li><div id=post-{said.number} class=bbp-reply-header><div class=bbp-meta><span class=bbp-reply-post-date>{said.shown}</span>"
            f" <a href='https://blog.example/forums/topic/slow-bread/#post-{said.number}' class=bbp-reply-permalink>#{said.number}</a><span "
            f"class=bbp-admin-links></span></div></div><div class='odd bbp-parent-forum-4 user-id-5 post-{said.number} {kind} type-{kind} "
            f"status-publish hentry'><div class=bbp-reply-author><a href='/forums/users/x/' title='View profile' class=bbp-author-link><span "
            f"class=bbp-author-avatar><img src='/p.png' class='avatar avatar-80 photo'></span><span class=bbp-author-name>{said.author}"
            f"</span></a><div class=bbp-author-role>Participant</div></div><div class=bbp-reply-content>{words}</div></div>{below}</li>"
        )

    heads = "<li class=bbp-{}><div class=bbp-reply-author>Author</div><div class=bbp-reply-content>Posts</div></li>"
    body = (
        "<body class='topic bbpress single single-topic postid-6000'><header class=entry-header><h1 class=entry-title>Slow bread</h1></header>"
        "<div class=entry-content><div id=bbpress-forums class=bbpress-wrapper><div class=bbp-breadcrumb><p><a href='/forums/'>Forums</a></p>"
        "</div><div class='bbp-template-notice info'><p>This topic has 5 replies, and was last updated 3 years ago by Bob.</p></div><ul "
        f"id=topic-6000-replies class='forums bbp-replies'>{heads.format('header')}<li class=bbp-body>@COMMENTS@</li>"
        f"{heads.format('footer')}</ul><div class=bbp-reply-form><form id=new-post><legend>Reply To: Slow bread</legend></form></div></div></div>"
    )
    return page("<meta name=generator content='WordPress 6.4'>", body, nested([OPENING, *thread], item))


def bbpress_flat(thread: Thread) -> str:
    def item(said: Said) -> str:
        words, kind = (PROSE, "topic") if said is OPENING else (f"<p>{escape(said.words)}</p>", "reply")
        return (
            f"<div id=post-{said.number} class=bbp-reply-header><div class=bbp-meta><span class=bbp-reply-post-date>{said.shown}</span><a "
            f"href='https://blog.example/forums/topic/slow-bread/#post-{said.number}' class=bbp-reply-permalink>#{said.number}</a></div></div>"
            f"<div class='even bbp-parent-forum-4 user-id-5 post-{said.number} {kind} type-{kind} status-publish hentry'><div class="
            f"bbp-reply-author><a href='/forums/users/x/' class=bbp-author-avatar><img src='/p.png' class='avatar photo'></a><br><a href="
            f"'/forums/users/x/' class=bbp-author-name>{said.author}</a><br><div class=bbp-author-role>Keymaster</div></div><div class="
            f"bbp-reply-content>{words}</div></div>"
        )

    body = (
        "<body class='topic bbpress single single-topic'><h1 class=entry-title>Slow bread</h1><div class=entry-content><div id=bbpress-forums>"
        "<ul id=topic-6000-replies class='forums bbp-replies'><li class=bbp-header><div class=bbp-reply-author>Author</div><div class="
        "bbp-reply-content>Posts</div></li><li class=bbp-body>@COMMENTS@</li><li class=bbp-footer><div class=bbp-reply-author>Author</div>"
        "</li></ul></div></div>"
    )
    return page("<meta name=generator content='WordPress 4.1'>", body, flat([OPENING, *thread], item))


def bbpress_lead(thread: Thread) -> str:
    lead = (
        f"<ul id=bbp-topic-6000-lead class=bbp-lead-topic><li class=bbp-header><div class=bbp-topic-author>Creator</div><div class="
        f"bbp-topic-content>Topic</div></li><li class=bbp-body><div class=bbp-topic-header><div class=bbp-meta><span class="
        f"bbp-topic-post-date>{OPENING.shown}</span><a href='/forums/topic/slow-bread/' class=bbp-topic-permalink>#6000</a></div></div><div "
        f"id=post-6000 class='post-6000 topic type-topic hentry'><div class=bbp-topic-author><a class=bbp-author-link href='/forums/users/o/'>"
        f"<span class=bbp-author-name>{OPENING.author}</span></a></div><div class=bbp-topic-content>{PROSE}</div></div></li></ul>"
    )
    whole = bbpress_flat(thread)
    start, end = whole.index(f"<div id=post-{OPENING.number} "), whole.index(f"<div id=post-{thread[0].number} ")
    return (whole[:start] + whole[end:]).replace("<ul id=topic-6000-replies", f"{lead}<ul id=topic-6000-replies")


def buddypress(thread: Thread) -> str:
    def item(said: Said, answers: str) -> str:
        below = f"<ul>{answers}</ul>" if answers else ""
        return (
            f"<li id=acomment-{said.number} class=comment-item data-bp-activity-comment-id={said.number}><div class='acomment-avatar item-avatar'>"
            f"<a href='/members/x/'><img src='/p.png' class=avatar></a></div><div class=acomment-meta><a class=author-name href='/members/x/'>"
            f"{said.author}</a> replied <a href='/activity/p/6000/#acomment-{said.number}' class=activity-time-since><time class=time-since "
            f"datetime='{said.iso}' data-bp-timestamp=1>3 years ago</time></a></div><div class=acomment-content><p>{escape(said.words)}</p></div>"
            f"<div class=activity-meta><a class='acomment-reply bp-primary-action' href='#'>Reply</a></div>{below}</li>"
        )

    body = (
        "<body class='activity-permalink buddypress'><div id=buddypress class=buddypress-wrap><div class=activity><ul class='activity-list bp-list'>"
        "<li class='activity activity_update activity-item has-comments' id=activity-6000 data-bp-timestamp=1335866640><div class="
        "'activity-avatar item-avatar'><a href='/members/opener/'><img class=avatar src='/p.png'></a></div><div class=activity-content><div class="
        f"activity-header><p><a href='/members/opener/'>Opener</a> posted an update <a href='/activity/p/6000/' class='view activity-time-since'>"
        f"<time class=time-since datetime='{OPENING.iso}'>3 years ago</time></a></p></div><div class=activity-inner>@PROSE@</div><div class="
        "'activity-meta action'><a href='#' class='acomment-reply button'>Comment <span class=comment-count>5</span></a></div></div><div "
        "class=activity-comments><ul>@COMMENTS@</ul></div></li></ul></div></div>"
    )
    return page("<meta name=generator content='WordPress 6.4'>", body, nested(thread, item))


def buddypress_legacy(thread: Thread) -> str:
    return (
        buddypress(thread)
        .replace(" class=comment-item data-bp", " data-bp")
        .replace("<a class=author-name href", "<a href")
        .replace("<time class=time-since", "<span class=time-since data-livestamp")
        .replace("</time>", "</span>")
        .replace("data-livestamp datetime=", "data-livestamp=")
    )


def wpforo(thread: Thread) -> str:
    def item(said: Said) -> str:
        words = PROSE if said is OPENING else f"<p>{escape(said.words)}</p>"
        first = " wpfp-first" if said is OPENING else ""
        return (
            f"<div id=post-{said.number} data-postid={said.number} data-userid=5 class='post-wrap wpfn-1{first}'><div class='wpf-social-share'></div>"
            f"<div class='wpforo-post wpfcl-1'><div class=wpf-left><div class=author-avatar><img src='/p.png' class=avatar></div><div class="
            f"author-data><div class=author-name><span><i class=wpf-online></i></span>&nbsp;<a href='/participant/x/'>{said.author}</a></div><div class="
            f"wpf-author-nicename>(@x)</div><div class=author-title>Eminent Member</div><div class=author-joined>Joined: 6 years ago</div><div class="
            f"author-posts>Posts: 42</div></div></div><div class=wpf-right><div class=wpforo-post-content-top><span class=wpf-post-date>"
            f"{said.day:02}/05/2012 10:04 am</span>&nbsp; <span class='wpf-action'><a href='https://blog.example/community/bread/slow-bread/#post-"
            f"{said.number}' class='wpf-post-link'></a></span></div><div class=wpforo-post-content>{words}</div><div class=wpforo-post-signature>Sent "
            f"from here</div></div><div class=bottom><div class=bright><span class='wpforo-reply wpf-action'>Reply</span><span class='wpforo-quote "
            f"wpf-action'>Quote</span></div></div></div></div>"
        )

    body = (
        "<body class='wpforo page'><div id=wpforo-wrap class='wpft-post'><div class='wpfl-1 wpforo-section'><div class=wpforo-post-head><div "
        "class=head-title><h1>Slow bread</h1></div></div>@COMMENTS@</div></div>"
    )
    return page("<meta name=generator content='WordPress 6.4'>", body, flat([OPENING, *thread], item))


def wpforo_threaded(thread: Thread) -> str:
    def post(said: Said, wrap: str) -> str:
        words = PROSE if said is OPENING else f"<p>{escape(said.words)}</p>"
        return (
            f"<div id=post-{said.number} data-postid={said.number} class='post-wrap {wrap}'><div class='wpforo-post wpfcl-1'><div class=wpf-left>"
            f"<div class=wpf-author-data><div class=wpf-author-posts>Posts: 42</div></div></div><div class=wpf-right><div class=wpf-content-head><div "
            f"class=wpf-content-head-top><div class=wpf-author><div class=wpf-author-name><span></span>&nbsp;<a href='/participant/x/'>{said.author}"
            f"</a></div><div class=wpf-author-title>Member</div></div><div class=wpf-post-date>{said.shown}</div></div><div class="
            f"wpf-content-head-bottom><div class=wpf-author-joined>Joined: 6 years ago</div></div></div><div class=wpf-content><div class="
            f"wpforo-post-content>{words}</div></div><div class=wpf-content-foot><div class=wpf-reply><span class=wpf-action>Reply</span></div></div>"
            f"</div></div></div>"
        )

    def item(said: Said, answers: str) -> str:
        if said is OPENING:
            return post(said, "reply-wrap wpfp-first")
        below = f"<div class='wpf-post-replies'>{answers}</div>" if answers else ""
        return post(said, "reply-wrap wpf-child" if said.parent else "reply-wrap") + below

    body = "<body class=wpforo><div id=wpforo-wrap><div class='wpfl-4 wpforo-section'><h1>Slow bread</h1>@COMMENTS@</div></div>"
    return page("", body, nested([OPENING, *thread], item))


def asgaros(thread: Thread) -> str:
    def item(said: Said) -> str:
        words = PROSE if said is OPENING else f"<p>{escape(said.words)}</p>"
        return (
            f"<div class='post-element {'first-post' if said is OPENING else ''}' id=postid-{said.number}><div class='post-author '><img class='avatar'"
            f" src='/p.png'><div class=post-author-block-name><span class=post-username>{said.author}</span><span class=mention-nice-name>@x</span>"
            f"</div><div class=post-author-block-meta><small class=post-counter>12 Posts</small></div></div><div class=post-wrapper><div class="
            f"forum-post-header><div class=forum-post-date>{said.shown}</div><div class=forum-post-menu><a class=forum-editor-quote-button>Quote</a></div>"
            f"</div><div class=post-message><div id=post-quote-container-{said.number} style='display: none;'><blockquote><div class=quotetitle>Quote from "
            f"{said.author} on {said.shown}</div>{words}</blockquote><br></div>{words}</div><div class=post-footer><div class=post-reactions></div><div "
            f"class=post-meta><a href='https://blog.example/forum/topic/slow-bread/#postid-{said.number}'>#1</a></div></div><div class=signature>Sent "
            f"from here</div></div></div>"
        )

    body = (
        "<body class=page><h1 class=entry-title>Forum</h1><div id=af-wrapper><h1 class=main-title>Slow bread</h1><div class=title-element></div>"
        "@COMMENTS@</div>"
    )
    return page("<meta name=generator content='WordPress 6.4'>", body, flat([OPENING, *thread], item))


def flarum(thread: Thread) -> str:
    def item(said: Said) -> str:
        words = PROSE if said is OPENING else escape(said.words)
        place = [OPENING, *thread].index(said) + 1
        body = words if said is OPENING else f"<p>{words}</p>"
        return (
            f"<div class=PostStream-item data-index={place - 1} data-time='{said.iso}' data-number={place} data-id={said.number} data-type=comment>"
            f"<article class='CommentPost Post' data-id={said.number}><div><header class=Post-header><ul><li class=item-user><div class=PostUser><h3 class="
            f"PostUser-name><a href='/u/x'><img class='Avatar PostUser-avatar' src='/p.png'><span class=username>{said.author}</span></a></h3></div></li>"
            f"<li class=item-meta><div class='Dropdown PostMeta'><a class=Dropdown-toggle><time pubdate datetime='{said.iso}' title='{said.shown}' "
            f"data-humantime>3 years ago</time></a><div class='Dropdown-menu dropdown-menu'><span class=PostMeta-number>Post #{place}</span> <span class="
            f"PostMeta-time><time pubdate datetime='{said.iso}'>{said.shown}</time></span></div></div></li></ul></header><div class=Post-body>{body}"
            f"</div><aside class=Post-actions><ul><li class=item-reply><button class='Button Button--link'>Reply</button></li></ul></aside><footer "
            f"class=Post-footer><ul></ul></footer></div></article></div>"
        )

    event = "<div class=PostStream-item data-type=discussionRenamed><article class='EventPost DiscussionRenamedPost Post'><div class=EventPost-info>Bob changed the title.</div></article></div>"
    body = (
        "<body><div id=app class=App><main class=App-content><div id=content><div class=DiscussionPage><header class='Hero DiscussionHero'><div class="
        f"container><ul class=DiscussionHero-items><li class=item-title><h1 class=DiscussionHero-title>Slow bread</h1></li></ul></div></header><div class="
        f"PostStream>@COMMENTS@{event}</div></div></div></main></div>"
    )
    return page("", body, flat([OPENING, *thread], item))


def flarum_noscript(thread: Thread) -> str:
    def item(said: Said) -> str:
        words = PROSE if said is OPENING else f"<p>{escape(said.words)}</p>"
        return f"<div><div class=PostUser><h3 class=PostUser-name>{said.author}</h3></div><div class=Post-body>{words}</div></div><hr>"

    body = (
        "<body><div id=app class=App><main class=App-content><div id=flarum-loading>Loading...</div><noscript><div class=Alert>This site is best viewed "
        "with JavaScript enabled.</div></noscript><div id=flarum-content></div></main></div><noscript id=flarum-content><div class=container><h1>Slow "
        "bread</h1><div>@COMMENTS@</div></div></noscript>"
    )
    return page(
        "",
        body,
        flat([OPENING, *thread], item)
        .replace("<div><div class=PostUser", "<article><div class=PostUser")
        .replace("</div></div><hr>", "</div></article><hr>"),
    )


def lemmy(thread: Thread) -> str:
    def person(name: str) -> str:
        return (
            f"<a class='person-listing d-inline-flex text-info' title='{escape(name)}' href='/u/x@y.example'><picture><img src='/p.png'></picture><span>"
            f"{name}</span><small class=text-muted>@y.example</small></a>"
        )

    def item(said: Said, answers: str) -> str:
        below = f"<ul class='comments ms-1 border-top'>{answers}</ul>" if answers else ""
        stated = f"{said.weekday}, May {said.day}th, 2012 at 10:04:00 AM GMT+00:00"
        return (
            f"<li class='comment list-unstyled'><article class='details comment-node py-2' id=comment-{said.number}><div class=ms-2><div class='d-flex "
            f"text-muted small'><button class='btn btn-sm'></button>{person(said.author)}<a class='btn btn-link' title=link href='/post/7/{said.number}'></a>"
            f"<span class='moment-time pointer' data-tippy-content='{stated}'>3 years ago</span></div><div class=comment-content><div class=md-div><p>"
            f"{escape(said.words)}</p></div></div><div class=comment-bottom-btns><button aria-label=reply>reply</button></div></div></article>{below}</li>"
        )

    body = (
        "<body><div id=root><div id=app class=lemmy-site><main><div class='post container-lg'><div class='post-listing mt-2'><div class=post-title><h1 class=h5>"
        f"<a class=link-dark title=Comments href='/post/7'>Slow bread</a></h1></div><span>{person('Opener')}</span> to <a class=community-link href='/c/bread'>"
        "bread</a> <span class='moment-time pointer' data-tippy-content='Tue, May 1st, 2012 at 10:04:00 AM GMT+00:00'>3 years ago</span><article id=postContent "
        "class='col-12 card'><div class='card-body md-div'>@PROSE@</div></article><a class=text-body title=Comments href='/post/7'>5 comments</a></div><ul class="
        "'comments border-top'>@COMMENTS@</ul></div></main></div></div>"
    )
    return page("", body, nested(thread, item))


def question2answer(thread: Thread) -> str:
    def comment(said: Said) -> str:
        return (
            f"<div class='qa-c-list-item ' id=c{said.number} itemscope itemtype='https://schema.org/Comment'><div class=qa-c-item-main><form method=post>"
            f"<div class='qa-c-item-content qa-post-content'><a name={said.number}></a><div itemprop=text>{escape(said.words)}</div></div><div class="
            f"qa-c-item-footer><span class=qa-c-item-avatar-meta><span class=qa-c-item-meta><a href='../7/slow-bread?show={said.number}#c{said.number}' class="
            f"qa-c-item-what itemprop=url>commented</a> <span class=qa-c-item-when><span class=qa-c-item-when-data><time itemprop=dateCreated datetime="
            f"'{said.iso}' title='{said.iso}'>May {said.day}, 2012</time></span></span> <span class=qa-c-item-who><span class=qa-c-item-who-pad>by</span> <span "
            f"class=qa-c-item-who-data><span itemprop=author itemscope itemtype='https://schema.org/Person'><a href='../user/x' class=qa-user-link itemprop=url>"
            f"<span itemprop=name>{said.author}</span></a></span></span> <span class=qa-c-item-who-points>(<span class=qa-c-item-who-points-data>120</span> "
            f"points)</span></span></span></span><div class=qa-c-item-buttons><input value=reply type=submit></div></div></form></div></div>"
        )

    def item(said: Said, answers: str) -> str:
        if said.parent:
            return comment(said) + answers
        return (
            f"<div class='qa-a-list-item ' id=a{said.number} itemprop=suggestedAnswer itemscope itemtype='https://schema.org/Answer'><form method=post><div "
            f"class='qa-voting qa-voting-net'><div class=qa-vote-count><span class=qa-netvote-count><span class=qa-netvote-count-data>+3<meta itemprop="
            f"upvoteCount content=3></span> votes</span></div></div></form><div class=qa-a-item-main><form method=post><div class=qa-a-selection></div><div "
            f"class='qa-a-item-content qa-post-content'><a name={said.number}></a><div itemprop=text>{escape(said.words)}</div></div><span class="
            f"qa-a-item-avatar-meta><span class=qa-a-item-meta><a href='../7/slow-bread?show={said.number}#a{said.number}' class=qa-a-item-what itemprop=url>"
            f"answered</a> <span class=qa-a-item-when><span class=qa-a-item-when-data><time itemprop=dateCreated datetime='{said.iso}' title='{said.iso}'>May "
            f"{said.day}, 2012</time></span></span> <span class=qa-a-item-who><span class=qa-a-item-who-pad>by</span> <span class=qa-a-item-who-data><span "
            f"itemprop=author itemscope itemtype='https://schema.org/Person'><a href='../user/x' class=qa-user-link><span itemprop=name>{said.author}</span></a>"
            f"</span></span></span></span></span><div class=qa-a-item-buttons><input value=comment type=submit></div></form><div class=qa-a-item-c-list "
            f"id=c{said.number}_list>{answers}</div></div></div>"
        )

    body = (
        "<body class='qa-template-question qa-body-js-on' itemscope itemtype='https://schema.org/QAPage'><div class=qa-main itemprop=mainEntity itemscope "
        "itemtype='https://schema.org/Question'><div class=qa-main-heading><h1><a href='../7/slow-bread'><span itemprop=name>Slow bread</span></a></h1></div>"
        "<div class=qa-part-q-view><div class=qa-q-view id=q7><div class=qa-q-view-main><div class='qa-q-view-content qa-post-content'><a name=7></a><div "
        f"itemprop=text>@PROSE@</div></div><span class=qa-q-view-avatar-meta><span class=qa-q-view-meta><a href='../7/slow-bread' class=qa-q-view-what>asked</a> "
        f"<span class=qa-q-view-when><span class=qa-q-view-when-data><time itemprop=dateCreated datetime='{OPENING.iso}'>May 1, 2012</time></span></span> <span "
        "class=qa-q-view-who><span class=qa-q-view-who-pad>by</span> <span class=qa-q-view-who-data><span itemprop=author itemscope itemtype="
        "'https://schema.org/Person'><a class=qa-user-link href='../user/o'><span itemprop=name>Opener</span></a></span></span></span></span></span></div></div>"
        "</div><div class=qa-part-a-list><h2 id=a_list_title>3 Answers</h2><div class=qa-a-list id=a_list>@COMMENTS@</div></div></div>"
    )
    return page("", body, nested(thread, item))


def question2answer_plain(thread: Thread) -> str:
    """Version 1.6 and earlier: without microdata."""
    return re.sub(r" item(?:scope|type=\S+?|prop=\w+)(?=[ >])", "", question2answer(thread)).replace(
        "<meta content=3>", ""
    )


def jforum(thread: Thread) -> str:
    def item(said: Said) -> str:
        words = PROSE if said is OPENING else escape(said.words)
        return (
            f"<tr><td colspan=2><div class=postinfo><div class=date><a href='/jforum/posts/list/7.page#{said.number}'><img src='/i.gif' alt='[Post New]'></a>"
            f"{said.day:02}/05/2012 10:04:00</div><div class=subject>&nbsp;&nbsp; &nbsp;<b>Subject:</b> <a name={said.number}>Re:Slow bread</a></div><div class="
            f"action><a href='/jforum/posts/quote/0/{said.number}.page' class=icon_quote><img src='/t.gif'></a> <a class=nav href='#top'><img src='/u.gif' "
            f"alt='[Up]'></a></div></div></td></tr><tr><td class=row1 valign=top align=left rowspan=2><span class=genmed><b>{said.author}</b></span><br><span "
            f"class=gensmall>Cooper<br><br>Joined: 12/01/2009 09:00:00<br>Messages: 12<br><span class=offline>Offline</span></span><br></td><td class=row1 "
            f"valign=top id=post_text_{said.number}><span class=postbody>{words}</span></td></tr><tr><td class=row1 valign=bottom height=28><a href='/jforum/user/"
            f"profile/5.page' class=icon_profile></a></td></tr><tr><td class=spacerow colspan=2 height=1><img src='/s.gif'></td></tr>"
        )

    body = (
        "<body class=hasJS><table><tr><td class=bodyline><table><tr><td><span class=maintitle><a href='/jforum/posts/list/7.page' name=top class=maintitle id=top>"
        "Slow bread</a></span></td></tr></table><table class=forumline><tr><th class=thleft>Author</th><th class=thright>Message</th></tr>@COMMENTS@</table></td>"
        "</tr></table>"
    )
    return page("", body, flat([OPENING, *thread], item))


def yabb(thread: Thread) -> str:
    def item(said: Said) -> str:
        words = PROSE if said is OPENING else escape(said.words)
        place = [OPENING, *thread].index(said)
        return (
            f"<div class=displaycontainer><table class='bordercolor pad_4px'><col style='width:140px'><tr><td class='windowbg vtop'><a id={place}></a><a "
            f"href='/cgi-bin/yabb2/YaBB.pl?action=viewprofile;username=x'>{said.author}</a><div class=small>YaBB Newbies<br>*<br>Offline<br>Posts: 12<br>"
            f"</div></td><td class='windowbg vtop'><div class=dividerbot><span class=small><img src='/i.gif'></span><span class=small><b>Re: Slow bread</b><br>"
            f"<span class=small><b>Reply #{place} - </b>{said.day:02}. May 2012 at 10:04</span></span><span class=small><a href='#'>Quote</a></span></div><div class="
            f"message>{words}</div></td></tr><tr><td class='windowbg bottom'><a href='#top'>Back to top</a></td><td class='windowbg bottom'><div class=small>"
            f"&nbsp;</div><div class=small>&nbsp;</div><div class=small><hr>Sent from here</div><div class=dividertop><div class=small>&nbsp;</div><div class="
            f"small><span class=small>IP Logged<br></span></div></div></td></tr></table></div>"
        )

    body = (
        "<body><div class=navbarcontainer><table><tr><td><div class=small>Moderator: Bob</div></td></tr></table></div><div class=displaycontainer><table class="
        "pad_4px><tr><td class=titlebg><img src='/t.gif'> <a href='/cgi-bin/yabb2/YaBB.pl?num=7'>Slow bread</a> (Read 412 times)</td></tr></table></div>"
        "@COMMENTS@"
    )
    return page("", body, flat([OPENING, *thread], item))


def ubb_threads(thread: Thread) -> str:
    def item(said: Said) -> str:
        words = PROSE if said is OPENING else escape(said.words)
        named = (
            f"<span class=small>[Re: <a href='/ubbthreads.php/topics/7/slow-bread#Post{said.parent}'>Somebody</a>]</span>"
            if said.parent
            else ""
        )
        return (
            f"<table class=t_outer><tr><td><a name=Post{said.number}></a><table class=t_inner><tr><td class=subjecttable colspan=2><div class=post-options></div>"
            f"<a href='/ubbthreads.php/topics/{said.number}/re-slow-bread#Post{said.number}' class=bold>Re: Slow bread</a> {named} <span class=small><a href="
            f"'/ubbthreads.php/topics/{said.number}/re-slow-bread#Post{said.number}'>#{said.number}</a></span><br><span class=small><span class=date>05/{said.day:02}/12"
            f"</span> <span class=time>10:04 AM</span></span></td></tr><tr><td class='author-content alt-1'><div class='bold author-name'><a href='/ubbthreads.php/users/"
            f"5/x'><span class=standarduser>{said.author}</span></a></div><div class=author-rank>member</div><div class=author-registered>Registered: 01/12/09</div><div"
            f" class=author-posts>Posts: 12</div></td><td class='post-content alt-1'><div class=post_inner><div id=body0>{words}</div></div></td></tr><tr><td "
            f"class=post-options colspan=2><a href='#'>Quote</a></td></tr></table></td></tr></table>"
        )

    body = "<body><div id=content><h1>Slow bread</h1>@COMMENTS@</div>"
    return page("<meta name=generator content='UBB.threads 7.7'>", body, flat([OPENING, *thread], item))


def discuz(thread: Thread) -> str:
    def item(said: Said) -> str:
        words = PROSE if said is OPENING else escape(said.words)
        return (
            f"<div id=post_{said.number}><table id=pid{said.number} class=plhin><tr><td class=pls rowspan=2><div id=favatar{said.number} class='pls cl favatar'>"
            f"<div class=pi><div class=authi><a href='home.php?mod=space&uid=5' class=xw1>{said.author}</a></div></div><div class='p_pop blk bui' style='display: "
            f"none;'><strong><a class=xi2 href='home.php?mod=space&uid=5'>{said.author}</a></strong><em>离线</em></div><div><div class=avatar><a href='home.php?"
            f"mod=space&uid=5' class=avtm><img src='/p.png'></a></div></div><dl class='pil cl'><dt>积分</dt><dd>412</dd></dl></div></td><td class=plc><div class=pi>"
            f"<strong><a href='forum.php?mod=redirect&goto=findpost&ptid=7&pid={said.number}' id=postnum{said.number}><em>2</em><sup>#</sup></a></strong><div "
            f"class=pti><div class=pdbt></div><div class=authi><img class='authicn vm'> <em id=authorposton{said.number}>发表于 2012-5-{said.day} 10:04</em><span "
            f"class=pipe>|</span><a href='forum.php?mod=viewthread&tid=7&authorid=5' rel=nofollow>只看该作者</a></div></div></div><div class=pct><div class=pcb><div "
            f"class=t_fsz><table><tr><td class=t_f id=postmessage_{said.number}>{words}</td></tr></table></div></div></div></td></tr><tr><td class='plc plm'><div "
            f"class=sign>Sent from here</div></td></tr><tr><td class=pls></td><td class=plc><div class=po><div class='pob cl'><em><a class=fastre href='#'>回复</a>"
            f"</em><p><a href='#'>举报</a></p></div></div></td></tr></table></div>"
        )

    body = (
        "<body id=nv_forum class=pg_viewthread><div id=ct class='wp cl'><div id=postlist class='pl bm'><table><tr><td class=pls></td><td class='plc ptm pbn vwthd'>"
        "<h1 class=ts><span id=thread_subject>Slow bread</span></h1></td></tr></table>@COMMENTS@</div></div>"
    )
    return page("<meta name=generator content='Discuz! X3.4'>", body, flat([OPENING, *thread], item))


def kunena(thread: Thread) -> str:
    def item(said: Said) -> str:
        words = PROSE if said is OPENING else escape(said.words)
        who = f"<a class='kwho-user hasTooltip' href='/forum/user/5-x' title='View profile'>{said.author}</a>"
        return (
            f"<div class=topic-item-messages><div class='row-fluid message'><div class='span2 hidden-phone'><ul class='unstyled center profilebox'><li><strong>"
            f"{who}</strong></li><li><a href='/forum/user/5-x'><img class=kavatar src='/p.png'></a></li><li>New Member</li><li><strong>Posts:</strong> 12</li></ul>"
            f"</div><div class='span10 message-published'><small class='text-muted pull-right'><span class='icon icon-clock'></span><span class=kdate title="
            f"'{said.shown}'>3 years ago</span> <a href='#{said.number}' id={said.number} rel=canonical>#{said.number}</a><span class=visible-phone>by {who}</span>"
            f"</small><div class='badger-left badger-info message-published'><div class=kmessage><div class=mykmsg-header>{who} replied the topic: <a href='#'>Slow "
            f"bread</a></div><div class=kmsg>{words}</div><div class=ksig><hr><span class=ksignature>Sent from here</span></div></div></div></div></div><div class="
            f"kreplymessage><a class=btn href='#'>Reply</a></div></div>"
        )

    body = "<body><div id=kunena class=layout><div class=kfrontend><h1>Slow bread</h1>@COMMENTS@</div></div>"
    return page("", body, flat([OPENING, *thread], item))


def phorum(thread: Thread) -> str:
    def item(said: Said) -> str:
        words = PROSE if said is OPENING else escape(said.words)
        return (
            f"<a name=msg-{said.number}></a><div class=message><div class=generic><table><tr><td width='100%'><div class='message-author icon-user'><a href="
            f"'profile.php?1,5'>{said.author}</a><small>[ <a href='pm.php?1'>PM</a> ]</small></div><small><strong>Re: Slow bread</strong><br>May {said.day}, 2012 "
            f"10:04AM</small></td><td class=message-user-info nowrap>Registered: 4 years ago<br>Posts: 12</td></tr></table></div><div class=message-body>{words}<div "
            f"class=message-options><a class='icon icon-comment-add' href='posting.php?1,{said.number}'>Reply</a></div></div></div>"
        )

    body = "<body><div id=phorum><h1>Slow bread</h1><div class=nav><a href='list.php?1'>Message List</a></div>@COMMENTS@</div>"
    return page("", body, flat([OPENING, *thread], item))

"""Threads as further blog engines, their comment components, and services embedded in a saved page print them."""

from __future__ import annotations

from html import escape

from tests.extract.said import Said, Thread, flat, nested, page

POST = "<body><article class=post><h1 class=post-title>Slow bread</h1><div class=post-body>@PROSE@</div></article>"


def b2evolution(thread: Thread) -> str:
    def item(said: Said) -> str:
        return (
            f"<a id=c{said.number}></a><div class=bComment><div class=bCommentTitle><a href='https://blog.example/2012/slow-bread#c{said.number}' "
            f"rel=nofollow>Comment</a> from: <a href='https://x.example/' rel=nofollow>{said.author}</a></div><div class=bCommentText><img src='/p.png'"
            f" class=bCommentAvatar><p>{escape(said.words)}</p></div><div class=bCommentSmallPrint><a class=permalink_right></a>05/{said.day}/12 @ 10:04"
            f" <a href='?reply_ID={said.number}'>Reply to this comment</a></div></div>"
        )

    body = (
        "<body><div class=bPosts><div class='bPost'><div class=bSmallHead>05/01/12 10:04 by Opener</div><h3 class=bTitle><a href='#'>Slow bread</a>"
        "</h3><div class=bText>@PROSE@</div></div><a id=comments></a><h4>5 comments</h4>@COMMENTS@<form class=bComment method=post><h4>Leave a comment"
        "</h4></form></div>"
    )
    return page("<meta name=generator content='b2evolution 4.1.7'>", body, flat(thread, item))


def b2evolution_6(thread: Thread) -> str:
    def item(said: Said) -> str:
        return (
            f"<article id=c{said.number} class='evo_comment evo_comment__status_published panel panel-default'><div class=panel-heading><h4 class="
            f"'evo_comment_title panel-title'><a href='https://blog.example/2012/slow-bread#c{said.number}' rel=nofollow>Comment</a> from: <a href="
            f"'https://x.example/' class=evo_comment_author rel=nofollow>{said.author}</a> <span class=label>Visitor</span></h4></div><div class=panel-body>"
            f"<div class=evo_comment_avatar><img src='/p.png'></div><div class=evo_comment_text><p>{escape(said.words)}</p></div></div><div class="
            f"'panel-footer small clearfix evo_comment_footer'><a href='#' class=permalink_right></a><span class=text-muted>05/{said.day}/12 @ 10:04</span> <a"
            f" href='?reply_ID={said.number}'>Reply to this comment</a></div></article>"
        )

    body = (
        "<body><div id=styled_content_block><article class=evo_post><header><div class=evo_post_title><h1>Slow bread</h1></div></header><section class="
        "evo_post__full><div class=evo_post__full_text>@PROSE@</div></section></article><section class=evo_post__comments id=comments><h3 class="
        "evo_comment__list_title>5 comments</h3>@COMMENTS@</section></div>"
    )
    return page("<meta name=generator content='b2evolution 6.11.5'>", body, flat(thread, item))


def blogengine_net(thread: Thread) -> str:
    def item(said: Said, answers: str) -> str:
        below = f"<div class=comment-replies id=replies_3f2504e0-4f89-11d3-9a0c-{said.number:012d}>{answers}</div>"
        return (
            f"<div id=id_3f2504e0-4f89-11d3-9a0c-{said.number:012d} class='vcard comment'><div class=comment_header><span class=gravatar><img src='/p.png' class=photo></span><div "
            f"class=visitor><a href='https://x.example/' rel=nofollow class='url fn'>{said.author}</a> <img src='/f.png' class=flag alt='de'><div>5/{said.day}/"
            f"2012 10:04:00 AM <a href='#id_3f2504e0-4f89-11d3-9a0c-{said.number:012d}'>#</a></div></div></div><p class=content>{escape(said.words)}</p><p class=author><span><a href="
            f"'#' class=reply-to-comment>Reply</a></span></p>{below}</div>"
        )

    body = (
        "<body><div class='post xfolkentry' id=post0><h1><a href='/post/slow-bread.aspx' class='postheader taggedlink'>Slow bread</a></h1><div class="
        "pubdate>1. May 2012 10:04</div><div class='text entry'>@PROSE@</div><div class=postfooter>Tags: <a rel=tag>bread</a></div></div><div id="
        "ctl00_cphBody_CommentView1_commentBody><h1 id=comment>Comments (5)</h1><div id=commentlist>@COMMENTS@</div></div>"
    )
    return page("<meta name=generator content='BlogEngine.NET 2.5'>", body, nested(thread, item))


def blogengine_net_3(thread: Thread) -> str:
    def item(said: Said, answers: str) -> str:
        return (
            f"<ul id=id_3f2504e0-4f89-11d3-9a0c-{said.number:012d} class=media-list><li class='media comment-item'><div class='pull-left comment-gravatar'><img src='/p.png'><div class="
            f"carrow></div></div><div class=media-body><div class=comment-content><div class='comment-header clearfix'><h4 class='media-heading pull-left'><a "
            f"href='https://x.example/' rel=nofollow class='url fn'>{said.author}</a></h4><span class='pull-left comment-date'>5/{said.day}/2012 10:04:00 AM"
            f"</span><span class='pull-right reply-to'><a href='#' class=reply-to-comment>Reply</a></span></div><div class=comment-text>{escape(said.words)}</div>"
            f"</div><div class=comment-replies id=replies_3f2504e0-4f89-11d3-9a0c-{said.number:012d}>{answers}</div></div></li></ul>"
        )

    body = (
        "<body><article class=post id=post0><header class=post-header><h1 class=post-title><a href='/post/slow-bread'>Slow bread</a></h1></header><section "
        "class='post-body text'>@PROSE@</section></article><div class=comments-section><h3 id=comment>Comments (5)</h3><div id=commentlist>@COMMENTS@</div></div>"
    )
    return page("<meta name=generator content='BlogEngine.NET 3.3'>", body, nested(thread, item))


def jcomments(thread: Thread) -> str:
    def item(said: Said, answers: str) -> str:
        below = f"<div class=comments-list id=comments-list-{said.number}>{answers}</div>" if answers else ""
        return (
            f"<div class=even id=comment-item-{said.number}><div class=rbox><div class=rbox_tr><div class=rbox_tl><div class=rbox_t>&nbsp;</div></div></div><div "
            f"class=rbox_m><div class=comment-box><span class=comments-vote><span id=comment-vote-holder-{said.number}><span class=vote-good>+3</span></span>"
            f"</span><a class=comment-anchor href='/blog/slow-bread#comment-{said.number}' id=comment-{said.number}>#1</a> <span class=comment-author>"
            f"{said.author}</span> <span class=comment-date>2012-05-{said.day:02} 10:04</span><div class=comment-body id=comment-body-{said.number}>"
            f"{escape(said.words)}</div><span class=comments-buttons><a href='#'>Reply</a> | <a href='#'>Reply with quote</a> | <a href='#'>Quote</a></span></div>"
            f"<div class=clear></div></div></div>{below}</div>"
        )

    body = (
        "<body><div class=item-page><h2><a href='/blog/slow-bread'>Slow bread</a></h2><div itemprop=articleBody>@PROSE@</div></div><div id=jc><div id=comments>"
        "<h4>Comments&nbsp; <a class=refresh href='#'>&nbsp;</a></h4><div id=comments-list class=comments-list>@COMMENTS@</div><div id=comments-list-footer><a "
        "class=rss href='/rss'>RSS feed for comments to this post</a></div></div><h4>Add comment</h4><form id=comments-form></form></div>"
    )
    return page("<meta name=generator content='Joomla! - Open Source Content Management'>", body, nested(thread, item))


def komento(thread: Thread) -> str:
    def item(said: Said) -> str:
        return (
            f"<li id=kmt-{said.number} class='kmt-{said.number} kmt-item kmt-child-{said.depth} kmt-published' parentid=kmt-{said.parent or 0} depth={said.depth} "
            f"itemscope itemtype='http://schema.org/Comment'><div class='kmt-wrap'><div class=kmt-avatar><img src='/p.png' class=avatar></div><div class="
            f"kmt-content><div class=kmt-head><a class=kmt-permalink href='https://blog.example/slow-bread#kmt-{said.number}'><span>#{said.number}</span></a><span "
            f"class='kmt-author' itemprop=creator itemscope itemtype='http://schema.org/Person'><span itemprop=name>{said.author}</span></span></div><div class="
            f"kmt-body><div class=kmt-text itemprop=text>{escape(said.words)}</div></div><div class=kmt-control><span class=kmt-option><span class=kmt-time><time "
            f"itemprop=dateCreated datetime='{said.iso}'>{said.shown}</time></span></span><a class=kmt-reply>Reply</a></div></div></div></li>"
        )

    body = (
        "<body><div class=item-page><h2>Slow bread</h2><div itemprop=articleBody>@PROSE@</div></div><div id=section-kmt class=theme-kuro><div id=kmt-comments "
        "class=kmt-comments><h3 class=kmt-title>Comments (5)</h3><ul class=kmt-list>@COMMENTS@</ul></div></div>"
    )
    return page("", body, flat(thread, item))


def k2(thread: Thread) -> str:
    def item(said: Said) -> str:
        return (
            f"<li class=even><span class=commentLink><a href='/slow-bread#comment{said.number}' name=comment{said.number} id=comment{said.number}>Comment Link</a>"
            f"</span><img src='/p.png' alt='x' width=48><span class=commentDate>{said.weekday}, {said.day} May 2012 10:04</span><span class=commentAuthorName>"
            f"posted by <a href='https://x.example/' rel=nofollow>{said.author}</a></span><p>{escape(said.words)}</p><span class=commentToolbar><a class="
            f"'modal' href='#'>Report</a></span><div class=clr></div></li>"
        )

    body = (
        "<body><div id=k2Container class=itemView><div class=itemHeader><span class=itemDateCreated>Tuesday, 01 May 2012 10:04</span><h2 class=itemTitle>Slow "
        "bread</h2></div><div class=itemBody><div class=itemFullText>@PROSE@</div></div><a name=itemCommentsAnchor id=itemCommentsAnchor></a><div class="
        "itemComments><h3 class=itemCommentsCounter><span>5</span> comments</h3><ul class=itemCommentsList>@COMMENTS@</ul><div class=itemCommentsPagination></div>"
        "</div></div>"
    )
    return page("", body, flat(thread, item))


def spip(thread: Thread) -> str:
    def item(said: Said, answers: str) -> str:
        below = f"<ul class=comments-items>{answers}</ul>" if answers else ""
        return (
            f"<li class='comment-item comment-fil odd'><div class='comment hreview'><a href='#comment{said.number}' name=comment{said.number} id=comment"
            f"{said.number}></a><a href='#forum{said.number}' name=forum{said.number} id=forum{said.number}></a><p class=comment-meta><a rel='self bookmark' "
            f"href='#forum{said.number}' title='Lien permanent vers ce commentaire' class=permalink><span class=permalink>1.</span> <strong class='comment-titre'>"
            f"Slow bread, </strong><small><abbr class=dtreviewed title='{said.iso[:-6]}Z'>{said.day} mai 2012, 10:04</abbr><span class=sep>, </span>par <span "
            f"class=''>{said.author}</span></small></a></p><div class='comment-content description'><p>{escape(said.words)}</p><p class=hyperlien>Voir en ligne : "
            f"<a href='https://x.example/' class=spip_out>Mon site</a></p></div><p class=comment-reply><a href='/spip.php?page=forum&id_forum={said.number}'>"
            f"Répondre à ce message</a></p></div>{below}</li>"
        )

    body = (
        "<body class=page_article><div class=cartouche><h1 class='surlignable entry-title'>Slow bread</h1><p class=info-publi><abbr class=published title="
        "'2012-05-01T10:04:00Z'>mardi 1er mai 2012</abbr>, par <span class='vcard author'><a class='url fn spip_in' href='/opener'>Opener</a></span></p></div><div class="
        "'texte surlignable entry-content'>@PROSE@</div><a href='#forum' name=forum id=forum></a><div class='comments comments-thread'><h2>Vos commentaires</h2>"
        "<ul class=comments-items>@COMMENTS@</ul></div>"
    )
    return page("<meta name=generator content='SPIP 3.0'>", body, nested(thread, item))


def plone(thread: Thread) -> str:
    def item(said: Said) -> str:
        return (
            f"<div class='comment level-{said.depth} replyTreeLevel{said.depth} state-published' id={said.number}><div class=commentImage><img src='/p.png' "
            f"class=defaultuserimg></div><div class=documentByLine>{said.author} says: <div class=commentDate>May {said.day}, 2012 10:04 AM</div></div><div class="
            f"commentBody><p>{escape(said.words)}</p><div class=commentActions></div></div><button class='context reply-to-comment-button'>Reply</button></div>"
        )

    body = (
        "<body class='template-document_view portaltype-news-item'><div id=content><h1 id=parent-fieldname-title class=documentFirstHeading>Slow bread</h1><div "
        "id=parent-fieldname-text>@PROSE@</div></div><div id=viewlet-below-content-body><div class=discussion>@COMMENTS@</div><div id=commenting class=reply>"
        "<fieldset><legend>Add comment</legend></fieldset></div></div>"
    )
    return page("<meta name=generator content='Plone - http://plone.org'>", body, flat(thread, item))


def typo3_comments(thread: Thread) -> str:
    def item(said: Said) -> str:
        return (
            f"<div class='tx-comments-comment-1' id=tx-comments-comment-{said.number}><a name=tx-comments-comment-{said.number}></a><p class=tx-comments-comment-author>"
            f"<a href='https://x.example/' rel=nofollow>{said.author}</a> <span class=tx-comments-comment-date>{said.day:02}.05.2012 10:04</span></p><p class="
            f"tx-comments-comment-text>{escape(said.words)}</p></div>"
        )

    body = (
        "<body><div class='news-single-item'><h1>Slow bread</h1><div class=news-single-content>@PROSE@</div></div><div class=tx-comments-pi1><h3>Comments</h3>"
        "<div class=tx-comments-comments>@COMMENTS@</div></div>"
    )
    return page("<meta name=generator content='TYPO3 4.5 CMS'>", body, flat(thread, item))


def nucleus(thread: Thread) -> str:
    def item(said: Said) -> str:
        return (
            f"<h3 class=comment><a name=c{said.number} id=c{said.number}></a><a href='https://x.example/' rel=nofollow>{said.author}</a> wrote:</h3><div class="
            f"commentbody>{escape(said.words)}</div><div class=commentinfo>2012-05-{said.day:02} 10:04:00</div>"
        )

    body = (
        "<body><div class=contenttitle><h2>Slow bread</h2></div><div class=contentbody>@PROSE@</div><a id=c></a><div class=contenttitle><h2>Comments</h2></div>"
        "@COMMENTS@<div class=contenttitle><h2>Add Comment</h2></div>"
    )
    return page("<meta name=generator content='Nucleus CMS v3.65'>", body, flat(thread, item))


def habari(thread: Thread) -> str:
    def item(said: Said) -> str:
        return (
            f"<li id=comment-{said.number} class='comment'><a href='#comment-{said.number}' class=counter title='Permanent Link to this Comment'>{said.number}</a>"
            f"<span class=commentauthor><a href='https://x.example/' rel=external>{said.author}</a></span><small class=comment-meta><a href='#comment-{said.number}' "
            f"title='Time of this Comment'>May {said.day}, 2012 10:04am</a></small><div class=comment-content><p>{escape(said.words)}</p></div></li>"
        )

    body = (
        "<body class='single'><div id=primary class=single-post><div class='entry-head'><h3 class=entry-title><a href='/slow-bread'>Slow bread</a></h3></div><div "
        "class=entry-content>@PROSE@</div></div><div class=comments><h4><span id=comments>5 Responses to Slow bread</span></h4><ol id=commentlist>@COMMENTS@</ol>"
        "</div>"
    )
    return page("<meta name=generator content='Habari'>", body, flat(thread, item))


def typecho(thread: Thread) -> str:
    def item(said: Said, answers: str) -> str:
        below = (
            f"<div class=comment-children itemprop=discusses><ol class=comment-list>{answers}</ol></div>"
            if answers
            else ""
        )
        return (
            f"<li itemscope itemtype='http://schema.org/UserComments' id=comment-{said.number} class='comment-body comment-parent comment-odd'><div class="
            f"comment-author itemprop=creator itemscope itemtype='http://schema.org/Person'><span itemprop=image><img class=avatar src='/p.png'></span><cite class="
            f"fn itemprop=name><a href='https://x.example/' rel='external nofollow'>{said.author}</a></cite></div><div class=comment-meta><a href='https://blog."
            f"example/2012/slow-bread#comment-{said.number}'><time itemprop=commentTime datetime='{said.iso}'>{said.shown}</time></a></div><div class="
            f"comment-content itemprop=commentText><p>{escape(said.words)}</p></div><div class=comment-reply><a href='?replyTo={said.number}' rel=nofollow>回复</a>"
            f"</div>{below}</li>"
        )

    body = (
        "<body><div id=main><article class=post itemscope itemtype='http://schema.org/BlogPosting'><h1 class=post-title itemprop='name headline'>Slow bread</h1>"
        "<div class=post-content itemprop=articleBody>@PROSE@</div></article><div id=comments><h3>已有 5 条评论</h3><ol class=comment-list>@COMMENTS@</ol></div></div>"
    )
    return page("<meta name=generator content='Typecho 1.2'>", body, nested(thread, item))


def z_blog(thread: Thread) -> str:
    def item(said: Said, answers: str) -> str:
        return (
            f"<ul class=msg id=cmt{said.number}><li class=msgname><img class=avatar src='/p.png' width=32>&nbsp;<span class=commentname><a href='https://x.example/' "
            f"rel=nofollow>{said.author}</a></span><br><small>&nbsp;发布于&nbsp;2012-05-{said.day:02} 10:04:00&nbsp;&nbsp;<span class=revertcomment><a href="
            f"'#comment'>回复该评论</a></span></small></li><li class=msgarticle>{escape(said.words)}{answers}</li></ul>"
        )

    body = (
        "<body class='single article'><div id=divMain><div class='post single'><h4 class=post-date>2012年05月01日</h4><h2 class=post-title>Slow bread</h2><div class="
        "post-body>@PROSE@</div></div><ul class='msg msghead'><li class=tbname>评论列表:</li></ul><label id=AjaxCommentBegin></label>@COMMENTS@<label id="
        "AjaxCommentEnd></label><div class=post id=divCommentPost></div></div>"
    )
    return page("<meta name=generator content='Z-BlogPHP 1.7'>", body, nested(thread, item))


def hatena(thread: Thread) -> str:
    def item(said: Said) -> str:
        return (
            f"<li class=entry-comment id=comment-{said.number}><p class=comment-user-name><a class='comment-user-id' href='http://x.example/'><span class="
            f"comment-user-name>{said.author}</span></a></p><div class=comment-content><p>{escape(said.words)}</p></div><p class=comment-metadata><time data-epoch="
            f"1337000000 data-relative datetime='{said.iso[:-6]}Z' title='{said.iso[:-6]}Z'>3年前</time></p></li>"
        )

    body = (
        "<body class='page-entry'><article class='entry hentry js-entry-article'><div class=entry-inner><header class=entry-header><div class='date entry-date'>"
        "<time datetime='2012-05-01T10:04:00Z'>2012-05-01</time></div><h1 class=entry-title><a class='entry-title-link bookmark'>Slow bread</a></h1></header><div "
        "class=entry-content>@PROSE@</div><footer class=entry-footer><div class='comment-box js-comment-box'><ul class='comment js-comment'>@COMMENTS@</ul><a class="
        "'leave-comment-title js-leave-comment-title'>コメントを書く</a></div></footer></div></article>"
    )
    return page("<meta name=generator content='Hatena Blog'>", body, flat(thread, item))


def tistory(thread: Thread) -> str:
    def item(said: Said, answers: str) -> str:
        below = f"<ul class=reply_list>{answers}</ul>" if answers else ""
        return (
            f"<li id=comment{said.number}><div class='comment_wrap rp_general'><span class=thumb><img src='/p.png'></span><div class=author-meta><span class=nickname>"
            f"<a href='https://x.example/' rel='external nofollow'>{said.author}</a></span> <span class=date>2012.05.{said.day:02} 10:04</span><a href='#' class="
            f"address>댓글주소</a><a href='#' class=modify>수정/삭제</a><a href='#' class=write>댓글쓰기</a></div><p class=comment_content>{escape(said.words)}</p></div>{below}"
            f"</li>"
        )

    body = (
        "<body id=tt-body-page><div id=content><div class=hd><h2 class=title_post>Slow bread</h2></div><div class='entry-content'><div class="
        "'tt_article_useless_p_margin contents_style'>@PROSE@</div></div><div class=comments id=entry7Comment><h3 class=tit_list_type>댓글 5</h3><div class="
        "comment-list><ul>@COMMENTS@</ul></div></div></div>"
    )
    return page("<meta name=generator content='Tistory'>", body, nested(thread, item))


def tumblr(thread: Thread) -> str:
    def item(said: Said) -> str:
        name = escape(said.author)
        return (
            f"<li class='note reply tumblelog_x without_commentary'><a rel=nofollow class=avatar_frame href='https://x.example/' title='{name}'><img src='/p.png' class="
            f"'avatar'></a><span class=action data-post-url='https://x.example/'><a rel=nofollow href='https://x.example/' class=tumblelog title='{name}'>{name}</a> "
            f"said: <span class=answer_content>{escape(said.words)}</span></span><div class=clear></div></li>"
        )

    likes = "<li class='note like tumblelog_y without_commentary'><span class=action><a class=tumblelog href='https://y.example/'>yeast</a> liked this</span></li>"
    body = (
        "<body><article class='post text'><h1 class=title>Slow bread</h1><div class=body-text>@PROSE@</div><div class=date>May 1st, 2012</div><section class=post-notes>"
        f"<ol class=notes>{likes}@COMMENTS@{likes}</ol></section></article>"
    )
    return page("", body, flat(thread, item))


def expression_engine(thread: Thread) -> str:
    def item(said: Said) -> str:
        return (
            f"<div class=comment id=comment{said.number}><h3>Comment by <a href='https://x.example/'>{said.author}</a></h3><p class=date>{said.day} May 2012 10:04 AM</p>"
            f"<p>{escape(said.words)}</p></div>"
        )

    body = "<body><div id=content><h2>Slow bread</h2><div class=entry>@PROSE@</div><div id=comments><h2>Comments</h2>@COMMENTS@</div></div>"
    return page("", body, flat(thread, item))


def known(thread: Thread) -> str:
    def item(said: Said) -> str:
        return (
            f"<div class='idno-annotation row u-comment h-cite'><div class='idno-annotation-image col-md-1'><p><a href='https://x{said.number}.example/' class="
            f"icon-container><img src='/p.png'></a></p></div><div class='idno-annotation-content col-md-9'><div class='p-summary e-content'><p>{escape(said.words)}</p>"
            f"</div><div class=h-card><p><small><a href='https://x{said.number}.example/' class='p-author p-name'>{said.author}</a>, <a href='https://x{said.number}."
            f"example/n/{said.number}'>May {said.day} 2012</a> on <a href='https://x{said.number}.example/n/{said.number}' class=u-url>x{said.number}.example</a></small>"
            f"<img src='/p.png' class=u-photo style='display:none'></p></div></div></div>"
        )

    body = (
        "<body><div class='idno-posts row h-entry'><div class='e-content entry-content'><h2 class=p-name><a class=u-url href='/2012/slow-bread'>Slow bread</a></h2>"
        "@PROSE@</div><div class=footer><div class=annotations><a name=comments></a>@COMMENTS@</div></div></div>"
    )
    return page("<meta name=generator content='Known https://withknown.com'>", body, flat(thread, item))


def webmentions(thread: Thread) -> str:
    """The list of a page that asks webmention.io for them and shows them as many themes do."""

    def item(said: Said) -> str:
        return (
            f"<li class='webmention p-comment h-cite' id=webmention-{said.number}><div class='p-author h-card'><a class=u-url href='https://x{said.number}.example/'><img "
            f"class=u-photo src='/p.png' alt=''><span class=p-name>{said.author}</span></a></div><div class=e-content>{escape(said.words)}</div><a class=u-url href="
            f"'https://x{said.number}.example/n/{said.number}'><time class=dt-published datetime='{said.iso}'>{said.shown}</time></a></li>"
        )

    likes = "<ul class=likes><li class='p-like h-cite'><a class='p-author h-card u-url' href='https://l.example/'>Liker</a></li></ul>"
    body = POST + likes + "<section class=webmentions><h2>Replies</h2><ol>@COMMENTS@</ol></section>"
    return page("", body, flat(thread, item))


def remark42(thread: Thread) -> str:
    def item(said: Said, answers: str) -> str:
        below = f"<div class='thread__replies'>{answers}</div>" if answers else ""
        return (
            f"<div class='thread thread_level_{said.depth} root__thread' role=listitem><article class='comment comment_guest' id=remark42__comment-{said.number:020x}><div "
            f"class=comment__info><div class=comment__avatar><img class=avatar src='/p.png'></div><div class=comment-module__user><button class=comment__username>"
            f"{said.author}</button></div><a href='https://blog.example/2012/slow-bread#remark42__comment-{said.number:020x}' class=comment__time>5/{said.day}/2012 at 10:04 "
            f"AM</a><span class='comment-votes'><span class='comment-votes__score'>+2</span></span></div><div class=comment__body><div class='comment__text raw-content'><p>"
            f"{escape(said.words)}</p></div><div class=comment-actions><button class=comment-actions__action>Reply</button></div></div></article>{below}</div>"
        )

    return page(
        "",
        POST
        + "<div id=remark42><div class='root root_theme_light'><div class=root__threads role=list>@COMMENTS@</div></div></div>",
        nested(thread, item),
    )


def cusdis(thread: Thread) -> str:
    def item(said: Said, answers: str) -> str:
        return (
            f"<div class='cusdis-padding' style='margin-top: 2em'><div style='margin-bottom: .5em;'><div class='cusdis-comment-nickname cusdis-inline cusdis-font-bold'>"
            f"{said.author}</div> <div class='cusdis-comment-date cusdis-inline'>2012-05-{said.day:02} 10:04</div></div><div class=cusdis-comment-content><p>"
            f"{escape(said.words)}</p></div><div><button type=button class=cusdis-link-btn>Reply</button></div>{answers}</div>"
        )

    return page(
        "", POST + "<div id=cusdis_thread><div class=cusdis-comments>@COMMENTS@</div></div>", nested(thread, item)
    )


def commento(thread: Thread) -> str:
    def item(said: Said, answers: str) -> str:
        return (
            f"<div id=commento-comment-card-{said.number:064x} class=commento-card style='border-left: 2px solid'><div class=commento-header><div id=commento-comment-options-"
            f"{said.number:064x} class=commento-options><button class='commento-option-button commento-option-reply'></button><div class=commento-score>2 points</div></div>"
            f"<img class=commento-avatar-img src='/p.png'><a class=commento-name href='https://x.example/'>{said.author}</a><div class=commento-subtitle><div class="
            f"commento-timeago title='{said.weekday} May {said.day} 2012 10:04:00 GMT+0000'>3 years ago</div></div></div><div id=commento-comment-contents-{said.number:064x}>"
            f"<div class=commento-body><p>{escape(said.words)}</p></div></div><div id=commento-comment-children-{said.number:064x} class=commento-body>{answers}</div></div>"
        )

    return page(
        "",
        POST
        + "<div id=commento class='commento-root'><div class=commento-main-area><div class=commento-comments>@COMMENTS@</div></div></div>",
        nested(thread, item),
    )


def intense_debate(thread: Thread) -> str:
    def item(said: Said) -> str:
        return (
            f"<div class='idc-c idc-anonymous' id=IDComment{said.number}><div class='idc-c-h' id=IDCommentTop{said.number}><div class=idc-c-h-inner><div class='idc-v'><span "
            f"class=idc-v-total>+2</span></div><img class='idc-avatar' src='/p.png'><div class=idc-i><p><a class='idc-a' href='https://x.example/'>{said.author}</a></p></div><div "
            f"class=idc-c-m><p class=idc-nomargin><a class=idc-time href='#IDComment{said.number}' title='{said.shown}'>{said.shown}</a></p></div></div></div><div class='idc-c-t' id="
            f"IDCommentText{said.number}><div class=idc-c-t-inner>{escape(said.words)}</div></div><div class=idc-r><a class=idc-btn>Reply</a></div></div>"
        )

    return page(
        "",
        POST
        + "<div id=idc-container><div class=idc-head><h3>Comments (5)</h3></div><div id=idc-cover>@COMMENTS@</div></div>",
        flat(thread, item),
    )


def html_comment_box(thread: Thread) -> str:
    def item(said: Said) -> str:
        return (
            f"<div class=comment id=hcb_comment_{said.number}><img class=gravatar src='/p.png'><div class=comment-bubble><span class=author><b class=author-name>{said.author}</b></span> "
            f"<span class=date>(May {said.day}, 2012 10:04 AM)</span> <blockquote class=comment-body>{escape(said.words)}</blockquote><p class=hcb-comment-tb><a class='hcb-link hcb-reply'>"
            f"reply</a> <a class='hcb-link hcb-flag'>flag</a></p></div></div>"
        )

    return page(
        "",
        POST + "<div id=HCB_comment_box><h3>Comments</h3><div id=comments_list class=comments>@COMMENTS@</div></div>",
        flat(thread, item),
    )

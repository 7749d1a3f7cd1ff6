"""Where a page's comments live, if a service keeps them."""

from __future__ import annotations

import pytest

from scraper.model import Elsewhere
from tests.extract.pages import plain, read, wordpress, wordpress_comment

DISQUS = "<div id=disqus_thread></div>"
JSON_STATE = r"{\"isEU\":false,\"post\":{\"audience\":\"everyone\",\"id\":140001,\"slug\":\"bread\"}}"


def script(words: str) -> str:
    return f"<script>{words}</script>"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<div id=disqus_thread data-disqus-identifier='12 x'></div>", Elsewhere("disqus", "12 x")),
        (DISQUS + script("var disqus_shortname = 'slow'; var disqus_identifier = '7';"), Elsewhere("disqus", "7", "slow")),
        (DISQUS + script("var disqus_url = 'https://a.example/p';"), Elsewhere("disqus", "https://a.example/p")),
        (DISQUS + script("this.page.url = 'u'; this.page.identifier = \"p-9\"; s.src = 'https://slow.disqus.com/embed.js';"), Elsewhere("disqus", "p-9", "slow")),
        (DISQUS + script(r'var embedVars = {"disqusIdentifier":"12 https:\/\/a.example\/?p=12","disqusShortname":"slow"};'), Elsewhere("disqus", "12 https://a.example/?p=12", "slow")),
        (DISQUS + script(r'Drupal.settings = {"disqus":{"domain":"slow","url":"https:\/\/a.example\/p","title":"T","identifier":"node\/9"}};'), Elsewhere("disqus", "node/9", "slow")),
        (DISQUS + "<script src='https://slow.disqus.com/embed.js'></script>", Elsewhere("disqus", None, "slow")),
        ("<iframe src='https://disqus.com/embed/comments/?base=default&f=slow&t_i=p-9&t_u=u'></iframe>", Elsewhere("disqus", "p-9", "slow")),
        ("<fb:comments href='https://a.example/p' num_posts=5></fb:comments>", Elsewhere("facebook", "https://a.example/p")),
        ("<div class=fb-comments data-href='https://a.example/p'></div>", Elsewhere("facebook", "https://a.example/p")),
        ("<iframe src='https://www.facebook.com/plugins/comments.php?href=https%3A%2F%2Fa.example%2Fp'></iframe>", Elsewhere("facebook", "https://a.example/p")),
        ("<script src='https://giscus.app/client.js' data-mapping=specific data-term=bread data-repo=ann/blog></script>", Elsewhere("giscus", "bread", "ann/blog")),
        ("<giscus-widget repo=ann/blog mapping=specific term=bread></giscus-widget>", Elsewhere("giscus", "bread", "ann/blog")),
        ("<script src='https://utteranc.es/client.js' issue-number=7 repo=ann/blog></script>", Elsewhere("utterances", "7", "ann/blog")),
        ("<hyvor-talk-comments website-id=12 page-id=p-9></hyvor-talk-comments>", Elsewhere("hyvor", "p-9", "12")),
        ("<div id=hyvor-talk-view></div>" + script("var HYVOR_TALK_WEBSITE = 12; var HYVOR_TALK_CONFIG = {url: false, id: 'p-9'};"), Elsewhere("hyvor", "p-9", "12")),
        ("<script src='/comments-ui.min.js' data-ghost-comments='https://a.example/' data-post-id=63b0aa></script>", Elsewhere("ghost", "63b0aa", "https://a.example/", "https://a.example/")),
        ("<div id=commento data-page-id=/bread></div>", Elsewhere("commento", "/bread")),
        ("<div id=cusdis_thread data-app-id=k data-page-id=p-9></div>", Elsewhere("cusdis", "p-9", "k")),
        ("<div id=remark42></div>" + script("var remark_config = {host: 'https://r.example', site_id: 'blog', url: 'https://a.example/p'}"), Elsewhere("remark42", "https://a.example/p", "blog", "https://r.example")),
        ("<iframe src='https://r.example/web/iframe.html?site_id=blog&url=https%3A%2F%2Fa.example%2Fp'></iframe>", Elsewhere("remark42", "https://a.example/p", "blog")),
        ("<span id=IDCommentsPostTitle></span>" + script("var idcomments_acct = 'k'; var idcomments_post_id = '9';"), Elsewhere("intensedebate", "9", "k")),
        ("<div id=HCB_comment_box></div>" + script("hcb_user.PAGE = 'bread';"), Elsewhere("htmlcommentbox", "bread")),
        ("<section id=isso-thread data-title=Bread data-isso-id=/bread/></section>", Elsewhere("isso", "/bread/")),
        ("<div id=coral_thread data-story-id=s9></div>", Elsewhere("coral", "s9")),
        ("<div id=coral_thread></div>" + script("Coral.createStreamEmbed({id: 'coral_thread', storyID: 's9'})"), Elsewhere("coral", "s9")),
        ("<meta name='vf:container_id' content=c-9><vf-conversations></vf-conversations>", Elsewhere("viafoura", "c-9")),
        ("<script src='https://launcher.spot.im/spot/sp_k1' data-spotim-module=spotim-launcher data-post-id=9></script>", Elsewhere("openweb", "9", "sp_k1")),
        ("<div id=vuukle-comments></div>" + script("var VUUKLE_CONFIG = {apiKey: 'k', articleId: '9'};"), Elsewhere("vuukle", "9", "k")),
        ("<div id=graphcomment></div>" + script("var __semio__params = {graphcommentId: 'blog', behaviour: {uid: 'p-9'}}"), Elsewhere("graphcomment", "p-9", "blog")),
        ("<div id=waline></div>" + script("Waline.init({el: '#waline', serverURL: 'https://w.example', path: '/bread'})"), Elsewhere("waline", "/bread", server="https://w.example")),
        ("<div id=tcomment></div>" + script("twikoo.init({envId: 'k', el: '#tcomment', path: '/bread'})"), Elsewhere("twikoo", "/bread", "k")),
        ("<div id=gitalk-container></div>" + script("new Gitalk({repo: 'blog', owner: 'ann', id: 'p-9'})"), Elsewhere("gitalk", "p-9", "blog")),
        ("<script src='https://telegram.org/js/telegram-widget.js' data-telegram-discussion='slow/9'></script>", Elsewhere("telegram", "slow/9")),
        ("<div id=discourse-comments></div>" + script("DiscourseEmbed = {discourseUrl: 'https://f.example/', topicId: 9};"), Elsewhere("discourse", "9", server="https://f.example/")),
        ("<script src='https://utteranc.es/client.js' issue-term=7 repo=ann/blog></script>", Elsewhere("utterances", None, "ann/blog")),
        ("<script src='https://utteranc.es/client.js' issue-term=pathname repo=ann/blog></script>", Elsewhere("utterances", None, "ann/blog")),
        ("<script src='https://utteranc.es/client.js' issue-term='7 loaves' repo=ann/blog></script>", Elsewhere("utterances", "7 loaves", "ann/blog")),
        ("<script data-isso='//i.example/' src='/own.js'></script><section id=isso-thread></section>", Elsewhere("isso", None, server="//i.example/")),
        ("<script src='https://i.example/talk/js/embed.min.js'></script><section id=isso-thread></section>", Elsewhere("isso", None, server="https://i.example/talk/")),
        ("<div id=cusdis_thread data-host='https://k.example' data-app-id=k data-page-id=p-9></div>", Elsewhere("cusdis", "p-9", "k", "https://k.example")),
        ("<div id=waline></div>" + script("import { init } from 'x'; init({ el: '#waline', serverURL: 'https://w.example' });"), Elsewhere("waline", None, server="https://w.example")),
        ("<div id=artalk></div>" + script("Artalk.init({el: '#artalk', pageKey: '/bread', server: 'https://t.example', site: 'Slow'})"), Elsewhere("artalk", "/bread", "Slow", "https://t.example")),
        ("<link rel=webmention href='https://webmention.io/a.example/webmention'><div id=webmentions></div>", Elsewhere("webmention.io", None, "a.example")),
        ("<script src='https://www.blogblog.com/dynamicviews/1/js/common.js'></script><link rel=alternate href='https://a.example/feeds/99/comments/default'>", Elsewhere("blogger", "99")),
        ("<meta property='al:ios:url' content='medium://p/4b1aa9'>", Elsewhere("medium", "4b1aa9")),
        ("<div class=single-post-container><div id=discussion></div></div>" + script(f'window._preloads = JSON.parse("{JSON_STATE}")'), Elsewhere("substack", "140001")),
    ],
)  # fmt: skip
def test_comments_that_a_service_keeps_are_said_to_live_there(markup: str, expected: Elsewhere) -> None:
    assert read(plain(comments=markup)).comments_elsewhere == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<script src='https://giscus.app/client.js' data-mapping=pathname></script>", Elsewhere("giscus", None)),
        ("<script src='https://utteranc.es/client.js' issue-term=pathname></script>", Elsewhere("utterances", None)),
        ("<section id=isso-thread data-title=Bread></section>", Elsewhere("isso", None)),
        ("<div id=vcomments></div>" + script("new Valine({el: '#vcomments', path: location.pathname})"), Elsewhere("valine", None)),
        ("<div id=hyvor-talk-view></div>" + script("var HYVOR_TALK_CONFIG = {url: false, id: false};"), Elsewhere("hyvor", None)),
        (DISQUS + script("// var disqus_identifier = 'x';"), Elsewhere("disqus", None)),
        (DISQUS + script("/*\nvar disqus_config = function () {\nthis.page.identifier = 'x';\n};\n*/"), Elsewhere("disqus", None)),
        (DISQUS + script("var disqus_identifier = 'PAGE_IDENTIFIER'; var disqus_url = '{{ page.url }}';"), Elsewhere("disqus", None)),
    ],
)  # fmt: skip
def test_what_names_no_thread_is_no_id_of_one(markup: str, expected: Elsewhere) -> None:
    assert read(plain(comments=markup)).comments_elsewhere == expected


@pytest.mark.parametrize("markup", ["<div id=disqus></div>", script("var disqus_identifier = 'x';")])
def test_without_an_embed_no_comments_live_elsewhere(markup: str) -> None:
    assert read(plain(comments=markup)).comments_elsewhere is None


def test_comments_that_the_page_shows_live_nowhere_else() -> None:
    page = read(wordpress(wordpress_comment(1), beside=DISQUS))
    assert len(page.comments) == 1
    assert page.comments_elsewhere is None

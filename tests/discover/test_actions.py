import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.discover.actions import action_of


@pytest.mark.parametrize(
    ("path", "does"),
    [
        ("/user/logout?token=1", "logs in or out"),
        ("/wp-login.php?action=lostpassword", "logs in or out"),
        ("/anmelden", "logs in or out"),
        ("/blog/wp-admin/post.php", "administers"),
        ("/xmlrpc.php?rsd", "administers"),
        ("/cdn-cgi/l/email-protection", "administers"),
        ("/shop/warenkorb", "buys"),
        ("/product/mug/?add-to-cart=7", "buys"),
        ("/node/5/delete", "deletes"),
        ("/delete.php?id=5", "deletes"),
        ("/node/add/blog", "edits"),
        ("/posting.php?mode=quote&p=3", "edits"),
        ("/my-first-post/like", "votes"),
        ("/2012/05/hello/report", "votes"),
        ("/comment/reply/5/7", "replies"),
        ("/2012/05/hello/?replytocom=3#respond", "replies"),
        ("/subscribe", "subscribes"),
        ("/list/unsubscribe?u=1", "subscribes"),
        ("/2012/05/hello/?share=twitter", "shares or prints"),
        ("/?p=55?share=twitter", "shares or prints"),
        ("/print/5", "shares or prints"),
        ("/wprm_print/cake", "shares or prints"),
        ("/viewtopic.php?f=1&t=2&view=print", "acts (view=print)"),
        ("/account/dismiss-notice?notice_id=3", "logs in or out"),
        ("/comment-subscriptions?srp=3&sra=s", "subscribes"),
        ("/hello/?ak_action=reject_mobile", "another view"),
        ("/2012/05/hello/trackback/", "a trackback"),
        ("/cgi-bin/mt-tb.cgi/5", "a trackback"),
        ("/index.php?action=delete_all", "acts (action=delete_all)"),
        ("/doku.php?id=cats&do=edit", "acts (do=edit)"),
        ("/search?q=cats", "a search"),
        ("/?s=cats", "a search"),
        ("/files/talk.PDF", "a file (.pdf)"),
        ("/setup.exe", "a file (.exe)"),
        ("/cats.jpg", "a file (.jpg)"),
    ],
)
def test_links_that_act_are_told(path, does):
    assert action_of("https://blog.example" + path) == does


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/2012/05/login/",
        "/2012/05/like.html",
        "/blog/delete",
        "/tag/login",
        "/author/admin/",
        "/blog/admin/hello",
        "/p/register",
        "/how-to-delete-a-branch/",
        "/search/label/cats",
        "/search?updated-max=2012-05-01T00:00:00Z&max-results=7",
        "/?q=node/1",
        "/?p=12",
        "/index.php?action=view&id=3",
        "/viewtopic.php?f=1&t=2",
        "/index.php?view=article&layout=blog&id=3",
        "/tag/account/",
        "/feed.xml",
        "/about-node.js",
    ],
)
def test_pages_are_left_alone(path):
    assert action_of("https://blog.example" + path) is None


def test_what_is_a_file_depends_on_what_it_is_taken_for():
    assert action_of("https://blog.example/sitemap.xml.gz", "sitemap") is None
    assert action_of("https://blog.example/ann.jpg", "media") is None
    assert action_of("https://blog.example/sitemap.xml.gz") == "a file (.gz)"


@given(st.text() | st.text().map("https://blog.example/{}".format))
def test_no_string_raises(text):
    assert action_of(text) == action_of(text)

"""One thread in the markup of engines that few fixtures show comes back whole: who, when, what, and in answer to whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from scraper.extract import extract_page
from scraper.model import Page
from tests.extract import threads_of_more_blogs as blogs
from tests.extract import threads_of_more_forums as forums
from tests.extract.pages import CAPTURED, LINE
from tests.extract.said import Said, Thread

THREAD = [
    Said(6101, "Ann Lee", "Mine took three days, and was worth each of them.", 13, None, 0),
    Said(6102, "Bob", "Three? In our kitchen it never takes less than five.", 14, 6101, 1),
    Said(6103, "ines_42", "Thanks!", 15, 6102, 2),
    Said(6104, "O'Neil", "What flour do you use? I have only rye at hand.", 17, None, 0),
    Said(6105, "Hester Q.", "Rye will do, but give it more water than you think.", 19, 6104, 1),
]


@dataclass(frozen=True)
class Engine:
    """How it prints a thread, at which address, and what of a thread its pages show."""

    printed: Callable[[Thread], str]
    address: str = "https://blog.example/2012/slow-bread"
    is_topic: bool = False
    tells_parents: bool = True
    tells_times: str = "minute"  # or 'day', or nothing
    tells_ids: bool = True


def topic(printed: Callable[[Thread], str], address: str, **shown: bool | str) -> Engine:
    return Engine(printed, f"https://blog.example{address}", is_topic=True, **{"tells_parents": False, **shown})  # type: ignore[arg-type]


ENGINES = {
    "bbpress": topic(forums.bbpress, "/forums/topic/slow-bread/", tells_parents=True),
    "bbpress, not threaded": topic(forums.bbpress_flat, "/forums/topic/slow-bread/"),
    "bbpress, lead topic": topic(forums.bbpress_lead, "/forums/topic/slow-bread/"),
    "buddypress": topic(forums.buddypress, "/activity/p/6000/", tells_parents=True),
    "buddypress, legacy": topic(forums.buddypress_legacy, "/activity/p/6000/", tells_parents=True),
    "wpforo": topic(forums.wpforo, "/community/bread/slow-bread/"),
    "wpforo, threaded": topic(forums.wpforo_threaded, "/community/bread/slow-bread/", tells_parents=True),
    "asgaros": topic(forums.asgaros, "/forum/topic/slow-bread/"),
    "flarum": topic(forums.flarum, "/d/7-slow-bread"),
    "flarum, noscript": topic(forums.flarum_noscript, "/d/7-slow-bread", tells_times="", tells_ids=False),
    "lemmy": topic(forums.lemmy, "/post/7", tells_parents=True),
    "question2answer": topic(forums.question2answer, "/7/slow-bread"),
    "question2answer, 1.6": topic(forums.question2answer_plain, "/7/slow-bread"),
    "jforum": topic(forums.jforum, "/jforum/posts/list/7.page"),
    "yabb": topic(forums.yabb, "/cgi-bin/yabb2/YaBB.pl?num=7", tells_ids=False),
    "discuz": topic(forums.discuz, "/thread-7-1-1.html"),
    "kunena": topic(forums.kunena, "/forum/bread/7-slow-bread"),
    "phorum": topic(forums.phorum, "/phorum/read.php?1,7"),
    "b2evolution": Engine(blogs.b2evolution, tells_parents=False),
    "b2evolution, 6": Engine(blogs.b2evolution_6, tells_parents=False),
    "blogengine.net": Engine(blogs.blogengine_net),
    "blogengine.net, 3": Engine(blogs.blogengine_net_3),
    "jcomments": Engine(blogs.jcomments),
    "komento": Engine(blogs.komento, tells_parents=False, tells_ids=False),
    "k2": Engine(blogs.k2, tells_parents=False),
    "spip": Engine(blogs.spip),
    "plone": Engine(blogs.plone),
    "typo3, comments": Engine(blogs.typo3_comments, tells_parents=False),
    "nucleus": Engine(blogs.nucleus, tells_parents=False),
    "habari": Engine(blogs.habari, tells_parents=False),
    "typecho": Engine(blogs.typecho),
    "z-blog": Engine(blogs.z_blog),
    "hatena": Engine(blogs.hatena, tells_parents=False),
    "tistory": Engine(blogs.tistory),
    "tumblr": Engine(blogs.tumblr, tells_parents=False, tells_times="", tells_ids=False),
    "expressionengine": Engine(blogs.expression_engine, tells_parents=False),
    "known": Engine(blogs.known, tells_parents=False, tells_times="day", tells_ids=False),
    "webmentions": Engine(blogs.webmentions, tells_parents=False, tells_ids=False),
    "remark42": Engine(blogs.remark42),
    "cusdis": Engine(blogs.cusdis, tells_ids=False),
    "commento": Engine(blogs.commento),
    "intensedebate": Engine(blogs.intense_debate, tells_parents=False),
    "html comment box": Engine(blogs.html_comment_box, tells_parents=False),
    "ubb.threads": topic(forums.ubb_threads, "/ubbthreads.php/topics/7/slow-bread", tells_times="day", tells_ids=False),
}


@pytest.mark.parametrize("name", ENGINES)
def test_a_thread_comes_back_whole(name: str) -> None:
    engine = ENGINES[name]
    page = extract_page(engine.printed(THREAD), engine.address, fetched_at=CAPTURED)
    assert (page.kind, page.is_topic) == ("post", engine.is_topic)
    assert page.post is not None
    assert page.post.text.split("\n") == [LINE] * 8
    assert [each.text for each in page.comments] == [said.words for said in THREAD]
    assert [each.author for each in page.comments] == [said.author for said in THREAD]
    assert _times(page, engine) == [said.iso[: {"minute": 16, "day": 10}.get(engine.tells_times, 0)] for said in THREAD]
    if engine.tells_ids:
        numbered = zip(page.comments, THREAD, strict=True)
        assert all(each.id and each.id.endswith((str(said.number), f"{said.number:x}")) for each, said in numbered)
        assert all(each.permalink is None or each.id in each.permalink for each in page.comments if each.id)
    if engine.tells_parents:
        numbers = {said.number: place for place, said in enumerate(THREAD)}
        assert [each.parent for each in page.comments] == [numbers.get(said.parent or 0) for said in THREAD]


def _times(page: Page, engine: Engine) -> list[str]:
    length = {"minute": 16, "day": 10}.get(engine.tells_times, 0)
    return [((each.published and each.published.iso) or "")[:length] for each in page.comments]


@pytest.mark.parametrize(
    ("name", "address", "first"),
    [
        ("discuz", "/thread-7-2-1.html", "/thread-7-1-1.html"),
        ("discuz", "/forum.php?mod=viewthread&tid=7&page=2", "/forum.php?mod=viewthread&tid=7"),
        ("jforum", "/jforum/posts/list/15/7.page", "/jforum/posts/list/7.page"),
        ("yabb", "/cgi-bin/yabb2/YaBB.pl?num=7/15", "/cgi-bin/yabb2/YaBB.pl?num=7"),
        ("phorum", "/phorum/read.php?1,7,page=2", "/phorum/read.php?1,7"),
        ("wpforo", "/community/bread/slow-bread/paged/2/", "/community/bread/slow-bread/"),
        ("asgaros", "/forum/topic/slow-bread/?part=2", "/forum/topic/slow-bread/"),
        ("flarum", "/d/7-slow-bread?page=2", "/d/7-slow-bread"),
        ("kunena", "/forum/bread/7-slow-bread?start=6", "/forum/bread/7-slow-bread"),
    ],
)
def test_a_later_page_of_a_topic_has_answers_only_and_the_address_of_its_first(
    name: str, address: str, first: str
) -> None:
    page = extract_page(ENGINES[name].printed(THREAD), f"https://blog.example{address}", fetched_at=CAPTURED)
    assert page.post_url == f"https://blog.example{first}"
    assert len(page.comments) == len(THREAD) + 1


def test_the_id_of_a_message_is_not_its_place_in_the_topic() -> None:
    ids_that_run_on = [
        Said(6001 + place, each.author, each.words, each.day, None, 0) for place, each in enumerate(THREAD)
    ]
    page = extract_page(forums.kunena(ids_that_run_on), "https://blog.example/forum/bread/7-slow-bread")
    assert [each.text for each in page.comments] == [said.words for said in THREAD]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<body class='forum-archive bbpress'><ul class='forums bbp-forums'>{}</ul>", "listing"),
        ("<body class='single-forum bbpress'><ul class=bbp-topics>{}</ul>", "listing"),
        ("<body class='bbp-user-page bbpress'><div id=bbp-user-wrapper><ul class=bbp-topics>{}</ul></div>", "other"),
        ("<body class=activity><ul class=activity-list><li><div class=activity-content>{}</div></li></ul>", "listing"),
        ("<body><div id=wpforo-wrap><div class=wpforo-topics>{}</div></div>", "listing"),
        ("<body><div id=af-wrapper><div class=topic>{}</div></div>", "listing"),
        ("<body><div class=qa-q-list>{}</div>", "listing"),
        ("<body><div id=threadlist><table id=threadlisttableid><tr><td>{}</td></tr></table></div>", "listing"),
    ],
)
def test_lists_of_topics_are_no_posts(body: str, kind: str) -> None:
    entries = "".join(f"<h2><a href='/t/{place}'>Topic {place}</a></h2><p>{LINE}</p>" for place in range(4))
    head = "<head><meta name=generator content='WordPress 6.4'></head>" if "class" in body[:12] else ""
    page = extract_page(f"<html>{head}{body.format(entries)}</html>", "https://blog.example/forums/bread/")
    assert page.kind == kind

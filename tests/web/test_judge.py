"""The judge catches a bad client in each of its rules, and has nothing to say of a good one."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from email.utils import formatdate
from typing import Any

import pytest

from tests.web.blogs import make_blog
from tests.web.judge import Terms, judge
from tests.web.more_themes import THEMES
from tests.web.server import Answer, Request, Web, Wire
from tests.web.sites import BlogSite, Manners, busy, busy_until

HOSTS = ["127.0.0.1", "127.0.0.2"]
HOST = HOSTS[0]
POST = THEMES[0].post(make_blog(1, 3).articles[0])
AGENT = "blog-to-sqlite/9.9 (archives blogs) contact: ann@example.org"
DELAY = 0.01
MANNERS = Manners("User-agent: *\nDisallow: /private/\n", r"/private/", DELAY)
Headers = dict[str, str]


class Visitor:
    """A client that does as it is told, politely unless told otherwise."""

    def __init__(self, web: Web) -> None:
        self.web = web

    def ask(self, target: str, host: str = HOST, pause: float = 2 * DELAY, **headers: str) -> Headers:
        """The answer's headers. Underscores of a header's name are hyphens."""
        time.sleep(pause)
        connection = http.client.HTTPConnection(host, self.web.port, timeout=10)
        stated = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request("GET", target, headers={"User-Agent": AGENT, **stated})
            answer = connection.getresponse()
            answer.read()
            return dict(answer.headers.items())
        finally:
            connection.close()


@pytest.fixture
def web() -> Iterator[Web]:
    with Web(HOSTS) as web:
        for host in HOSTS:
            web.put(host, BlogSite(THEMES[0], web.base(host), make_blog(1, 3), MANNERS))
        yield web


@pytest.fixture
def visitor(web: Web) -> Visitor:
    return Visitor(web)


def rules_broken(web: Web, delay: float = DELAY, **terms: Any) -> list[str]:
    manners = dict.fromkeys(HOSTS, MANNERS)
    return [each.rule for each in judge(web.log, Terms(delay, manners, contact="ann@example.org", **terms))]


def test_a_good_client_breaks_no_rule(web: Web, visitor: Visitor) -> None:
    web.begin_run()
    visitor.ask("/robots.txt")
    first = visitor.ask(POST)
    web.begin_run()
    stated = {"If_None_Match": first.get("ETag"), "If_Modified_Since": first.get("Last-Modified")}
    visitor.ask(POST, **{name: value for name, value in stated.items() if value})
    visitor.ask("/robots.txt", HOSTS[1], pause=0)
    visitor.ask("/", HOSTS[1])
    assert web.log[2].answer.status == 304
    assert rules_broken(web) == []


def ask_for_what_is_forbidden(visitor: Visitor) -> None:
    visitor.ask("/robots.txt")
    visitor.ask("/private/notes/")


def ask_before_robots(visitor: Visitor) -> None:
    visitor.ask("/")


def ask_for_robots_twice(visitor: Visitor) -> None:
    known = visitor.ask("/robots.txt")
    visitor.web.begin_run()
    visitor.ask("/robots.txt", If_None_Match=known["ETag"], If_Modified_Since=known["Last-Modified"])


def ask_although_robots_failed(visitor: Visitor) -> None:
    mood(visitor, lambda: Answer(503))
    visitor.ask("/robots.txt")
    visitor.ask("/")


def come_back_within_the_seconds(visitor: Visitor) -> None:
    mood(visitor, busy(429, 60))
    visitor.ask("/", HOSTS[1])
    visitor.ask("/about/", HOSTS[1])


def come_back_before_the_date(visitor: Visitor) -> None:
    mood(visitor, busy_until(503, 60))
    visitor.ask("/", HOSTS[1])
    visitor.ask("/about/", HOSTS[1])


def come_back_without_validators(visitor: Visitor) -> None:
    visitor.ask(POST, HOSTS[1])
    visitor.web.begin_run()
    visitor.ask(POST, HOSTS[1])


def change_a_validator(visitor: Visitor) -> None:
    known = visitor.ask("/", HOSTS[1])
    visitor.web.begin_run()
    visitor.ask("/", HOSTS[1], If_None_Match=known["ETag"].lower().replace('"', "'"))


def invent_a_validator(visitor: Visitor) -> None:
    visitor.ask("/about/", HOSTS[1], If_Modified_Since=formatdate(0, usegmt=True))


def hide(visitor: Visitor) -> None:
    visitor.ask("/about/", HOSTS[1], User_Agent="Mozilla/5.0")


def give_no_contact(visitor: Visitor) -> None:
    visitor.ask("/about/", HOSTS[1], User_Agent="blog-to-sqlite/9.9")


def ask_twice_in_one_run(visitor: Visitor) -> None:
    mood(visitor, lambda: Answer(404))
    visitor.ask("/about/", HOSTS[1])
    visitor.ask("/about/", HOSTS[1])


def tell_a_password(visitor: Visitor) -> None:
    visitor.ask("/about/", HOSTS[1], Authorization="Basic YTpi")


def send_a_cookie(visitor: Visitor) -> None:
    visitor.ask("/about/", HOSTS[1], Cookie="session=1")


def mood(visitor: Visitor, answer: Callable[[], Answer]) -> None:
    """The next answer of both hosts."""
    for site in visitor.web.sites.values():
        assert isinstance(site, BlogSite)
        site.moods[site.requests] = answer


BAD = (
    (ask_for_what_is_forbidden, {"robots"}),
    (ask_before_robots, {"robots"}),
    (ask_for_robots_twice, {"robots"}),
    (ask_although_robots_failed, {"robots"}),
    (come_back_within_the_seconds, {"retry_after", "robots"}),
    (come_back_before_the_date, {"retry_after", "robots"}),
    (come_back_without_validators, {"validators", "robots"}),
    (change_a_validator, {"validators", "robots"}),
    (invent_a_validator, {"validators", "robots"}),
    (hide, {"user_agent", "robots"}),
    (give_no_contact, {"user_agent", "robots"}),
    (ask_twice_in_one_run, {"repeated", "robots"}),
    (tell_a_password, {"secrets", "robots"}),
    (send_a_cookie, {"secrets", "robots"}),
)


@pytest.mark.parametrize(("act", "rules"), BAD, ids=[act.__name__ for act, _ in BAD])
def test_a_bad_client_is_caught(web: Web, visitor: Visitor, act: Callable[[Visitor], None], rules: set[str]) -> None:
    """On the second host without asking for its robots.txt, which is another rule's business."""
    act(visitor)
    assert set(rules_broken(web)) == rules


def test_a_client_that_hurries_is_caught_by_the_longer_of_both_delays(web: Web, visitor: Visitor) -> None:
    visitor.ask("/robots.txt")
    visitor.ask("/")
    assert rules_broken(web, delay=60.0) == ["delay"]
    slow = {HOST: Manners("User-agent: *\nCrawl-delay: 60", crawl_delay=60.0)}
    assert [each.rule for each in judge(web.log, Terms(DELAY, slow, contact="ann@example.org"))] == ["delay"]


def test_two_requests_at_once_are_seen(web: Web, visitor: Visitor) -> None:
    """Of one host, and of two that are one machine; not of two hosts."""
    arrived, other = threading.Event(), threading.Event()

    class Slow:
        def answer(self, request: Request) -> Answer:
            return Answer(raw=self.write) if request.target == "/slow" else self.release()

        def write(self, wire: Wire) -> None:
            arrived.set()
            assert other.wait(10)
            wire.send(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

        def release(self) -> Answer:
            other.set()
            return Answer()

    for host in HOSTS:
        web.put(host, Slow())

    def both(host: str) -> list[str]:
        web.log.clear()
        arrived.clear()
        other.clear()
        first = threading.Thread(target=visitor.ask, args=("/slow",))
        first.start()
        assert arrived.wait(10)
        visitor.ask("/quick", host)
        first.join()
        return [each for each in rules_broken(web, groups=dict.fromkeys(HOSTS, "one")) if each == "concurrency"]

    assert both(HOST) == ["concurrency"]
    assert both(HOSTS[1]) == ["concurrency"]
    assert "concurrency" not in rules_broken(web)


def test_two_hosts_of_one_machine_share_their_pause(web: Web, visitor: Visitor) -> None:
    visitor.ask("/robots.txt")
    visitor.ask("/robots.txt", HOSTS[1])  # once the first has ended in the log, too
    assert rules_broken(web, delay=60.0) == []
    assert rules_broken(web, delay=60.0, groups=dict.fromkeys(HOSTS, "one")) == ["delay"]


def test_a_secret_may_go_to_the_host_that_it_is_for(web: Web, visitor: Visitor) -> None:
    visitor.ask("/robots.txt", Cookie="session=1")
    assert rules_broken(web, may_know=frozenset(HOSTS[:1])) == []
    assert rules_broken(web, may_know=frozenset(HOSTS[1:])) == ["secrets"]

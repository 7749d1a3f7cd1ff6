"""Which addresses a crawl asks for, in which order, and when again. Pure: what is known and the time are given."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from scraper.discover.sitemaps import sitemap_kind
from scraper.model import Address, Lead, LeadRole, LeadSource
from scraper.text.urls import url_key

# What tells of many addresses comes first, then posts, each with the rest of its thread before the next one.
PRIORITIES: dict[LeadRole, int] = {
    "home": 0,
    "feed": 1,
    "sitemap": 2,
    "post_api": 3,
    "comment_page": 4,
    "post_page": 4,
    "comment_api": 5,
    "comment_feed": 5,
    "post": 6,
    "listing": 7,
    "author": 8,
    "page": 9,
    "media": 10,
}
LATER = 5  # the next page of a feed, and lists of lists: when it is known what the sitemaps of posts say
LISTS = frozenset({"category", "tag"})  # kinds of sitemaps that name no posts
RETRIED = 100  # added to the priority with each failure: what failed comes after all others
# Who knows best what an address is, the best first.
SOURCES: tuple[LeadSource, ...] = (
    "seed", "feed", "api", "sitemap", "robots", "declared", "service", "pager", "archive", "link", "guess",
)  # fmt: skip
TELLING: frozenset[LeadRole] = frozenset({"home", "feed", "sitemap", "post_api"})  # what says whether there is news
LISTERS: frozenset[LeadRole] = frozenset({"feed", "sitemap", "post_api"})
IN_RESERVE: frozenset[LeadRole] = frozenset({"comment_feed", "comment_api"})  # asked for where a page's thread is short
OF_THE_BLOG: frozenset[LeadRole] = frozenset({"home", "listing", "page"})  # where feeds of all comments are declared
THREADS: frozenset[LeadRole] = frozenset({"post", "comment_page"})

FIRST_COMMENT_PAGE = re.compile(r"/comment-page-1/?$")

DEEPEST = 30  # links, not counting those of pagers; what feeds, sitemaps and interfaces list is not far from anything
TRIES = 3  # in one run
SHORTEST_REST = timedelta(hours=12)
LONGEST_REST = timedelta(days=90)
REST_OF_AGE = 0.25  # the rest of a page as a part of the time since anything was new on it
LONGER = 1.5  # the rest grows so each time nothing was new
FIRST_DEFERRAL = timedelta(days=1)  # after the last try of a run; twice as long after that of the next run
LONGEST_DEFERRAL = timedelta(days=30)
REFUSED_REST = timedelta(days=7)  # until robots.txt is asked again what it says of an address
GONE_REST = timedelta(days=30)
STILL_REST = timedelta(days=30)  # of an author's page and others that are no posts


def place_leads(
    parent: Address,
    leads: Iterable[Lead],
    known: Mapping[str, Address],
    refusal_of: Callable[[Lead], str | None],
    group_of: Callable[[str], str],
    now: datetime,
) -> list[Address]:
    """The addresses that are new or changed because this document named them, in its order.

    :param known: what the crawl knows already, by URL key.
    :param refusal_of: why a lead is never to be asked for, or None.
    """
    placed: dict[str, Address] = {}
    goes_on: list[tuple[str, Lead]] = []
    is_all_news = True
    for lead in leads:
        key = url_key(lead.url)
        old = placed.get(key) or known.get(key)
        if old is None and parent.role == "comment_feed" and FIRST_COMMENT_PAGE.search(lead.url):
            continue  # of a thread with one page, which is the post's own
        if is_next_page(parent, lead):
            goes_on.append((key, lead))
        elif lead.role in ("post", "page"):
            is_all_news = is_all_news and _is_news(old, lead)
        if old is None:
            placed[key] = _new(parent, lead, key, refusal_of(lead), group_of(lead.url), now)
        elif (again := named_again(old, parent, lead, now)) != old:
            placed[key] = again
    for key, _ in goes_on:
        following = placed.get(key) or known[key]
        if following.refusal is None:
            due_at = _sooner(following.due_at, now) if is_all_news else None
            placed[key] = replace(following, due_at=due_at)
    return list(placed.values())


def is_next_page(parent: Address, lead: Lead) -> bool:
    """Whether the lead is the next page of what named it: of a feed, or of an interface's answer."""
    return lead.role == parent.role and lead.role in ("feed", "post_api", "comment_feed", "comment_api")


def is_extra(role: LeadRole, source: LeadSource, url: str) -> bool:
    """Whether an address of a telling role tells only what others do: a feed's later page, a sitemap of lists."""
    return (role in TELLING | IN_RESERVE and source == "pager") or (role == "sitemap" and sitemap_kind(url) in LISTS)


def only_lists(address: Address) -> bool:
    """Whether the address can say no more than which posts there are: a list, a feed's later page, a list of lists."""
    if address.role == "listing":
        return True
    return address.role in ("feed", "sitemap") and is_extra(address.role, address.source, address.url)


def _is_news(old: Address | None, lead: Lead) -> bool:
    """Whether what a document lists was not held so far as it stands now."""
    if old is None or old.checked_at is None:
        return True
    return lead.updated is not None and lead.updated > old.checked_at


def _new(parent: Address, lead: Lead, key: str, refusal: str | None, group: str, now: datetime) -> Address:
    of_a_thread = lead.role in IN_RESERVE and parent.role not in OF_THE_BLOG
    every_run = lead.role in TELLING or (lead.role in IN_RESERVE and not of_a_thread)
    depth = parent.depth + (lead.source != "pager")
    if depth > DEEPEST and lead.source in ("link", "archive"):
        refusal = refusal or f"more than {DEEPEST} links away from where the crawl began"
    goes_on = is_next_page(parent, lead)
    source: LeadSource = "pager" if goes_on and lead.source != "service" else lead.source
    is_last = is_extra(lead.role, source, lead.url)
    return Address(
        crawl_id=parent.crawl_id,
        url=lead.url,
        url_key=key,
        role=lead.role,
        source=source,
        group=group,
        found_on=parent.found_on if goes_on and of_a_thread else parent.url,  # the post, of which it has comments
        found_at=now,
        due_at=None if refusal or of_a_thread else now,
        priority=LATER if is_last else PRIORITIES[lead.role],
        depth=depth,
        every_run=every_run and not is_last and not refusal,
        refusal=refusal,
        stated_at=lead.updated,
    )


def named_again(old: Address, parent: Address, lead: Lead, now: datetime) -> Address:
    """A known address after another document named it: due where it says that there is something new."""
    changed = old
    if SOURCES.index(lead.source) < SOURCES.index(old.source) and old.role != "home":
        changed = replace(changed, role=lead.role, source=lead.source)
        if not old.tries:
            changed = replace(changed, priority=PRIORITIES[lead.role])
    if old.role in IN_RESERVE and parent.role in THREADS and not old.every_run:
        changed = replace(changed, found_on=parent.url)
    if lead.updated is not None and (old.stated_at is None or lead.updated > old.stated_at):
        changed = replace(changed, stated_at=lead.updated)
        if old.checked_at is not None and lead.updated > old.checked_at and not old.refusal:
            changed = replace(changed, due_at=_sooner(old.due_at, now))
    return changed


def unlisted(listed: Iterable[Address], named: frozenset[str], now: datetime, is_window: bool) -> list[Address]:
    """Those of what a document listed that it does not name any more; they are due, to see what became of them.

    :param named: the URL keys that it names now.
    :param is_window: it lists only the newest ones, as a feed does; then what is older than all of them is not missed.
    """
    before = list(listed)
    still = [each.stated_at for each in before if each.url_key in named and each.stated_at]
    oldest = min(still, default=None)
    missed = (each for each in before if each.url_key not in named and not each.refusal)
    return [
        replace(each, due_at=_sooner(each.due_at, now))
        for each in missed
        if not is_window or (oldest is not None and each.stated_at is not None and each.stated_at > oldest)
    ]


def after_good_answer(
    address: Address, is_news: bool, newest: datetime | None, now: datetime, *, is_gone: bool = False
) -> Address:
    """The address after an answer that could be used.

    :param newest: when anything on the page last happened, as far as it shows: its post, its newest comment.
    """
    extra = is_extra(address.role, address.source, address.url)
    if is_gone:
        again = None if only_lists(address) or address.role in IN_RESERVE else now + GONE_REST
        has_been_good = address.role == "home" or address.payload_sha256 is not None
        changed = replace(address, every_run=address.every_run and has_been_good, due_at=again, rest=None)
    else:
        rest = _rest(address, is_news, newest, now)
        changed = replace(address, rest=rest, due_at=None if rest is None else now + timedelta(seconds=rest))
        changed = replace(changed, every_run=changed.every_run or (changed.role in LISTERS and not extra))
    return replace(
        changed,
        tries=0,
        hops=0,
        priority=LATER if extra else PRIORITIES[changed.role],
        checked_at=now,
        changed_at=now if is_news else address.changed_at,
    )


def after_refusal(address: Address, now: datetime) -> Address:
    """The address after robots.txt or the guard had it not asked for."""
    return replace(
        address, tries=0, checked_at=now, due_at=now + REFUSED_REST, payload_sha256=None, etag=None, last_modified=None
    )


def after_failure(address: Address, now: datetime) -> Address:
    """The address after a failure: again in this run, after all others, but for the last of its tries."""
    tries = address.tries + 1
    if tries % TRIES == 0:
        return after_last_try(address, now)
    return replace(
        address, tries=tries, priority=PRIORITIES[address.role] + RETRIED * tries, checked_at=now, due_at=now
    )


def after_last_try(address: Address, now: datetime) -> Address:
    """The address after a failure that another try in this run would only repeat."""
    runs = address.tries // TRIES + 1
    deferral = min(FIRST_DEFERRAL * 2 ** min(runs - 1, 10), LONGEST_DEFERRAL)
    return replace(
        address, tries=runs * TRIES, priority=PRIORITIES[address.role], checked_at=now, due_at=now + deferral
    )


def _rest(address: Address, is_news: bool, newest: datetime | None, now: datetime) -> float | None:
    """Seconds until the page is asked for again; None for what is not, or in each run."""
    if address.role in ("author", "page", "home"):
        first = STILL_REST
    elif address.role in ("post", "comment_page", "post_page"):
        since = max(filter(None, (newest, address.changed_at if not is_news else None)), default=None)
        age = now - since if since is not None and since < now else timedelta(0) if since else LONGEST_REST
        first = age * REST_OF_AGE
    else:
        return None
    rest = min(max(first, SHORTEST_REST), LONGEST_REST).total_seconds()
    if address.rest is None:
        return rest
    if is_news:
        return min(rest, max(SHORTEST_REST.total_seconds(), address.rest / 2))
    return min(LONGEST_REST.total_seconds(), max(rest, address.rest * LONGER))


def _sooner(due_at: datetime | None, now: datetime) -> datetime:
    return now if due_at is None else min(due_at, now)

"""The shape of a platform's rules: selectors and patterns, no code.

A tuple of selectors is tried in order; the first that finds something wins. Where a field is left empty, the generic
rules speak. `valid_from` and `valid_until` say which years' templates the rules describe: old captures need old rules.
"""

from __future__ import annotations

from dataclasses import dataclass

from scraper.model import PageKind
from scraper.text.dates import Rounding

Selectors = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CommentRules:
    """How a platform marks up its thread. All selectors but `region` and `item` are relative to one comment."""

    region: Selectors = ()  # the thread with its heading, pager and form; never part of the post
    item: Selectors = ()  # one comment; of nested matches the outermost of one id is kept
    is_head: bool = False  # an item is only the beginning of its comment: its siblings up to the next hold the rest
    identity: str = r"(?:comment|cmt|kommentar)[-_/=]?(\d+)"  # the platform's id, in id, permalink or anchor before it
    other_ids: tuple[str, ...] = ()  # what ids begin with that number something else, such as posts
    author: Selectors = ()
    author_link: Selectors = ()  # to the commenter's site, where the name is no link
    date: Selectors = ()
    subject: Selectors = ()
    body: Selectors = ()
    permalink: Selectors = ()
    avatar: Selectors = ()
    nest_class: str = ""  # the class of a wrapper around answers, where that stands after the comment they answer
    answered_class: str = ""  # that of a comment with answers, also where these stand behind it and no deeper
    reply_to: Selectors = ()  # a link or attribute that names the answered comment
    hidden: Selectors = ()  # in or on a comment that awaits moderation: not kept
    ping: Selectors = ()
    ping_region: Selectors = ()  # classes and ids of what holds pings alone
    by_post_author: Selectors = ()
    votes: Selectors = ()  # what shows how many have voted for a comment, or the sum of votes for and against
    deleted: Selectors = ()  # in or on a placeholder of a comment that was taken away
    furniture: Selectors = ()  # inside a comment's body, but no words of the comment
    pages: Selectors = ()  # links to the thread's other pages
    count: Selectors = ()  # what declares how many comments there are
    is_topic: bool = False  # these are the messages of a forum's topic: the one that opened it is the post
    opening: Selectors = ()  # that one, where it is not marked up as the others are: else it is the first
    opening_body: Selectors = ()  # its words, where they stand elsewhere than the others'; it may have none
    depth: tuple[tuple[str, str], ...] = ()  # an element and its attribute, a number that grows with each answer


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform's signs and rules."""

    name: str
    valid_from: int  # year of the first templates that these rules describe
    valid_until: int | None  # None: still current
    generator: str = ""  # pattern of <meta name=generator>
    signs: Selectors = ()  # any of these tells the platform
    plugin_of: str = ""  # the name of another, on whose pages it stands: there its signs count more than the generator
    kinds: tuple[tuple[str, PageKind], ...] = ()  # selector -> kind; the first that matches wins
    title: Selectors = ()
    subtitle: Selectors = ()
    body: Selectors = ()
    author: Selectors = ()
    signs_by_nick: bool = False  # what `author` finds is an account's name, and that is how people sign there
    declares_author: bool = False  # its meta element names who signs the post, also where the page shows no name
    permalink: Selectors = ()  # the post's link to itself, where the page declares no canonical one
    published: Selectors = ()
    clock: Selectors = ()  # what shows the time of day at which it was published, where that stands apart
    modified: Selectors = ()
    section: Selectors = ()
    site_name: Selectors = ()
    lead_image: Selectors = ()  # the post's picture where the theme shows it outside the body
    tags: Selectors = ()
    categories: Selectors = ()
    comment_count: Selectors = ()
    view_count: Selectors = ()
    author_box: Selectors = ()
    author_name: Selectors = ()
    bio: Selectors = ()
    picture: Selectors = ()
    chrome: tuple[tuple[str, str], ...] = ()  # selector -> kind of Removal
    comments: CommentRules = CommentRules()
    comment_page: tuple[str, ...] = ()  # patterns of URL paths; group 1, or 'first' where all have one, is its number
    comment_page_parameters: tuple[str, ...] = ()  # query parameters that number comment pages
    comment_page_query: tuple[str, ...] = ()  # patterns of queries: group 1 is the topic, group 2 what numbers the page
    first_comment_page: int = 1  # the number that the first comment page carries in URLs
    twin_parameters: tuple[str, ...] = ()  # query parameters that change nothing of the post
    rounding: Rounding = "calendar"
    is_taught: bool = False  # no platform: what the blog's own feed taught, where that is better than what others find

"""A topic that a page holds as data, for its script to show: `show_topic` puts it into the tree, as text of the page.

Discourse: the attribute of `#data-preloaded` (app/views/layouts/application.html.erb) is JSON of JSON; its `topic_N` is
the answer of `/t/N.json`, and comes out in the markup of the page for crawlers. Flarum: `#flarum-json-payload`
(views/frontend/app.blade.php) is a document of its JSON:API, and comes out as its script shows it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Any

import turbohtml

from scraper.parse.budget import within_budget
from scraper.text.prose import whole_characters

MARKS = ("data-preloaded=", "flarum-json-payload")  # one of these is in the source of a page with such data
SHOWN = ".crawler-post, .topic-post, .PostStream-item"  # messages of a page that shows its topic already
LIKE = 2  # what Discourse calls it among a post's actions
MOST_POSTS = 2_000


def show_topic(root: Any, source: str) -> None:
    """Adds the topic to the end of the body, where the page holds one as data and shows none."""
    if not any(mark in source for mark in MARKS) or root.select_one(SHOWN) is not None:
        return
    body = root.select_one("body")
    shown = "".join((*_of_discourse(root), *_of_flarum(root))) if body is not None else ""
    if not shown:
        return
    for notice in root.select("noscript"):
        notice.clear()  # the same for readers without scripts, with less of it
    kept, _ = within_budget(whole_characters(shown))
    made: Any = turbohtml.parse(kept, positions=False).root
    made = made.select_one("body")
    for each in list(made.children):
        each.extract()
        body.append(each)


def _of_discourse(root: Any) -> Iterator[str]:
    element = root.select_one("#data-preloaded")
    stated = _object(_read(element.attr("data-preloaded"))) if element is not None else {}
    topic = _object(next((_read(value) for key, value in stated.items() if key.startswith("topic_")), None))
    posts = _list(_object(topic.get("post_stream")).get("posts"))
    address = f"/t/{_text(topic.get('slug')) or '-'}/{_text(topic.get('id'))}"
    if posts:
        tags = "".join(f"<a class=discourse-tag>{_text(_name_of(tag))}</a>" for tag in _list(topic.get("tags")))
        yield f"<div id=topic-title><h1><a href='{address}'>{_text(topic.get('title'))}</a></h1>{tags}</div>"
    for post in map(_object, posts[:MOST_POSTS]):
        if not any(post.get(state) for state in ("deleted_at", "user_deleted", "hidden")):
            yield _discourse_post(post, address)


def _discourse_post(post: dict[str, Any], address: str) -> str:
    number, name, written = _text(post.get("post_number")), _text(post.get("username")), post.get("cooked")
    if not number or not isinstance(written, str) or not written.strip():
        return ""  # a note that the topic was closed
    answered, day = _text(post.get("reply_to_post_number")), _text(post.get("created_at"))
    reply = f"<a class=reply-to-tab href='{address}/{answered}'></a>" if answered else ""
    actions = map(_object, _list(post.get("actions_summary")))
    likes = next((_text(action.get("count")) for action in actions if action.get("id") == LIKE), "0")
    return (
        f"<div id='post_{number}' class='topic-body crawler-post'><div class=crawler-post-meta><span class=creator>"
        f"<a href='/u/{name}'><span itemprop=name>{name}</span></a></span>"
        f"<time class=post-time datetime='{day}'></time><span itemprop=position>{number}</span>{reply}</div>"
        f"<div class=post itemprop=text>{written}</div>"
        f"<div itemprop=interactionStatistic><meta itemprop=userInteractionCount content='{likes}'></div></div>"
    )


def _of_flarum(root: Any) -> Iterator[str]:
    element = root.select_one("#flarum-json-payload")
    payload = _object(_read(element.text)) if element is not None else {}
    document = _object(payload.get("apiDocument") or payload.get("document"))
    topic = _object(document.get("data"))
    if topic.get("type") != "discussions":
        return
    stated = list(map(_object, _list(document.get("included"))))
    people = {_text(each.get("id")): _object(each.get("attributes")) for each in stated if each.get("type") == "users"}
    posts = [each for each in stated if each.get("type") == "posts"][:MOST_POSTS]
    yield f"<h1 class=DiscussionHero-title>{_text(_object(topic.get('attributes')).get('title'))}</h1>"
    for post in sorted(posts, key=lambda each: _number(_object(each.get("attributes")).get("number"))):
        author = _object(_object(_object(post.get("relationships")).get("user")).get("data")).get("id")
        yield _flarum_post(post, people.get(_text(author), {}))


def _flarum_post(post: dict[str, Any], author: dict[str, Any]) -> str:
    stated = _object(post.get("attributes"))
    written = stated.get("contentHtml")
    if stated.get("contentType") != "comment" or stated.get("isHidden") or not isinstance(written, str):
        return ""
    name, ident, day = _text(author.get("displayName")), _text(post.get("id")), _text(stated.get("createdAt"))
    profile = f"/u/{_text(author.get('slug') or author.get('username'))}"
    return (
        f"<div class=PostStream-item data-id='{ident}'><article class='CommentPost Post' data-id='{ident}'>"
        f"<header class=Post-header><div class=PostUser><h3 class=PostUser-name><a href='{profile}'>"
        f"<span class=username>{name}</span></a></h3></div><div class=PostMeta><time datetime='{day}'></time></div>"
        f"</header><div class=Post-body>{written}</div></article></div>"
    )


def _read(text: Any) -> Any:
    """The value of a JSON text; what is none, as it is."""
    try:
        return json.loads(text) if isinstance(text, str) else text
    except (ValueError, RecursionError):
        return None


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _number(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _text(value: Any) -> str:
    """A text or whole number, escaped for markup; else nothing."""
    return escape(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _name_of(tag: Any) -> Any:
    """Of a tag, which newer versions state with its id."""
    return tag.get("name") if isinstance(tag, dict) else tag

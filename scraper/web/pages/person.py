"""A person: who signs posts, with bio, posts and comments; and a name that signs comments."""

from __future__ import annotations

from markupsafe import Markup

from scraper.store.lookup.persons import count_people, count_signed, list_people, list_signed, person_named, read_person
from scraper.store.lookup.provenance import held_pictures
from scraper.store.lookup.shelves import Selection, count_posts, list_posts
from scraper.web.asked import Answer, Asked, elsewhere, missing
from scraper.web.pager import Pager
from scraper.web.stored_html import picture_addresses, shown_html
from scraper.web.wording import paragraphs

PEOPLE, POSTS, COMMENTS = 50, 20, 30  # on a page


def everybody(asked: Asked) -> Answer:
    """All people who sign posts or are presented."""
    connection = asked.reader.connection
    pager = Pager.of(asked.page, count_people(connection), PEOPLE)
    people = list_people(connection, pager.offset, PEOPLE)
    return Answer("people.html", {"people": people, "pager": pager, "link": asked.link})


def page(asked: Asked) -> Answer:
    """The person of this id; `?page=` is of the posts, `?comments=` of the comments."""
    connection = asked.reader.connection
    person = read_person(connection, asked.key)
    if person is None:
        return missing("No person has this number.")
    wanted = Selection(person_id=person.id, all_kinds=True)
    posts = Pager.of(asked.page, count_posts(connection, wanted), POSTS)
    comments = Pager.of(asked.number("comments") or 1, count_signed(connection, person.name), COMMENTS)
    held = held_pictures(connection, {*picture_addresses(person.bio_html or ""), person.picture_url or ""})
    pictures = {url: f"/pictures/{key}" for url, key in held.items()}
    bio = (
        Markup(shown_html(person.bio_html, pictures, "bio-")) if person.bio_html else paragraphs(person.bio_text or "")
    )
    values = {
        "person": person,
        "bio": bio,
        "picture": pictures.get(person.picture_url or ""),
        "posts": list_posts(connection, wanted, posts.offset, POSTS),
        "post_pager": posts,
        "comments": list_signed(connection, person.name, comments.offset, COMMENTS),
        "comment_pager": comments,
        "link": asked.link,
    }
    return Answer("person.html", values)


def signed(asked: Asked) -> Answer:
    """The comments that `?name=` signs, across all blogs; a name that signs posts leads to its person's page."""
    name = asked.text("name")
    if name is None:
        return elsewhere("/")
    connection = asked.reader.connection
    person_id = person_named(connection, name)
    comments = Pager.of(asked.page, count_signed(connection, name), COMMENTS)
    values = {
        "name": name,
        "person_id": person_id,
        "comments": list_signed(connection, name, comments.offset, COMMENTS),
        "pager": comments,
        "link": asked.link,
    }
    return Answer("signed.html", values, status=200 if comments.total else 404)

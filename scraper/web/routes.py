"""Which page answers at which address."""

from __future__ import annotations

from scraper.web.pages import blog, capture, found, health, history, home, person, picture, post
from scraper.web.site import Page

_KEY = r"(?P<key>[0-9]{1,18})"

ROUTES: tuple[tuple[str, Page], ...] = (
    (r"^/$", home.page),
    (rf"^/blogs/{_KEY}$", blog.page),
    (r"^/posts$", blog.every_post),
    (rf"^/posts/{_KEY}$", post.page),
    (rf"^/posts/{_KEY}/history$", history.page),
    (rf"^/comments/{_KEY}$", post.comment),
    (r"^/people$", person.everybody),
    (rf"^/people/{_KEY}$", person.page),
    (r"^/signed$", person.signed),
    (r"^/search$", found.page),
    (rf"^/captures/{_KEY}$", capture.page),
    (rf"^/captures/{_KEY}/source$", capture.source),
    (rf"^/pictures/{_KEY}$", picture.page),
    (r"^/health$", health.page),
    (rf"^/runs/{_KEY}$", health.run),
)

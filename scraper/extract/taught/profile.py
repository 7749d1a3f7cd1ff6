"""What a blog's profile says of one of its pages: `Knowledge`, made of it once and used for many pages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from scraper.extract.blocks.chrome import is_labelled, label
from scraper.extract.platforms.rules import CommentRules, Platform
from scraper.extract.taught.template import Template, label_template, template_of
from scraper.model import Profile, Removal
from scraper.parse.html import Document

NAME = "profile"
MINOR = 0.25  # share of the page's text; what holds more is no furniture of a post


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The profile's selectors as rules of a platform, and its template."""

    rules: Platform
    template: Template
    furniture: tuple[str, ...]

    def shows_one_post(self, document: Document) -> bool:
        """Whether what the feed taught to be a post's body is there, and once."""
        counts = (len(document.body.select(css)) for css in self.rules.body)
        return next(filter(None, counts), 0) == 1

    def label(self, document: Document, removals: list[Removal]) -> tuple[str, ...]:
        """Labels what the profile takes for no part of the post, and records it; doubts as notices."""
        for css in self.furniture:
            for node in document.body.select(css):
                if node.text_length < MINOR * document.body.text_length and not is_labelled(node):
                    label(node, "template", NAME, f"not in the feed: {css[:60]}", removals)
        notice = label_template(document, self.template, removals)
        return (notice,) if notice else ()


@lru_cache(maxsize=256)
def knowledge_of(profile: Profile) -> Knowledge:
    """What the profile says, ready for use."""
    found: dict[str, tuple[str, ...]] = {}
    for taught in profile.selectors:
        found[taught.field] = (*found.get(taught.field, ()), taught.selector)
    rules = Platform(
        name=NAME,
        valid_from=0,
        valid_until=None,
        is_taught=True,
        title=found.get("title", ()),
        author=found.get("author", ()),
        published=found.get("published", ()),
        tags=found.get("tags", ()),
        body=found.get("body", ()),
        comments=CommentRules(
            item=found.get("comment", ()), body=found.get("comment_body", ()), author=found.get("comment_author", ())
        ),
    )
    return Knowledge(rules, template_of(profile), found.get("furniture", ()))

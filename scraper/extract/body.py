"""The post's own words, and whether they are all of it: `find_body`."""

from __future__ import annotations

from dataclasses import dataclass

from scraper.extract.blocks.chrome import is_labelled
from scraper.extract.blocks.content import Content, Ending
from scraper.extract.given import Given
from scraper.extract.layout.render import Rendered, render
from scraper.extract.metadata.fields import Fields
from scraper.extract.parts import Parts, Where, find_parts
from scraper.extract.withheld import Shown, beside_form, find_withheld, password_form
from scraper.model import PageKind, Removal, Withheld

EMPTY = Rendered("", "", (), ())


@dataclass(frozen=True, slots=True)
class Body:
    """The words as rendered, the post's other pages, and why there is more of it than is shown."""

    rendered: Rendered
    parts: Parts | None = None
    withheld: Withheld | None = None

    @property
    def number(self) -> int | None:
        """Which page of the post this is, where there are several."""
        return self.parts.number if self.parts else None

    @property
    def others(self) -> tuple[str, ...]:
        """The addresses of the others."""
        return self.parts.others if self.parts else ()


def find_body(
    given: Given, chosen: Content, fields: Fields, post_url: str | None, kind: PageKind, removals: list[Removal]
) -> Body:
    """The body of a page of this kind, after all that is none of it was labelled or cut."""
    rendered = render(chosen.node, given.base) if chosen.node else EMPTY
    if kind == "listing":
        return Body(rendered)
    endings: tuple[Ending, ...] = ((rendered.text, rendered.links), *chosen.lines_behind(given.base))
    links = [link for _, found in endings for link in found]
    where = Where(given.origin.url, given.base, post_url, given.platform)
    parts = find_parts(given.document, where, links, given.claims) if kind == "post" else None
    here = (given.origin.url, fields.canonical_url, *(parts.others if parts else ()))
    tiers = (claim.value for claim in given.claims.of("access"))
    shown = Shown(given.document, chosen.node, rendered.text, endings, fields.title)
    why = find_withheld(shown, here, tiers, removals)
    if why == "password":
        form = password_form(given.document)
        block = beside_form(form, chosen.node)
        rendered = render(block, given.base) if block else EMPTY
        if form and not is_labelled(form):  # a form in the post is never rendered
            rule = "asks for the post's password"
            removals.append(Removal("content", "form", rule, form.path, form.text_length, form.excerpt()))
    return Body(rendered, parts, why)

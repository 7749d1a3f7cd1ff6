"""Bakery, an invented platform: its posts are loaves, its comments crumbs."""

from scraper.extract.platforms import Platform
from scraper.extract.platforms.rules import CommentRules

BAKERY = Platform(
    name="bakery",
    valid_from=2020,
    valid_until=None,
    generator=r"^bakery",
    kinds=((".loaf", "post"),),
    title=(".loaf > b",),
    body=(".loaf > .dough",),
    author=(".loaf > .baker",),
    comments=CommentRules(
        region=(".crumbs",), item=(".crumb",), identity=r"crumb-(\d+)", author=(".who",), body=(".what",)
    ),
)

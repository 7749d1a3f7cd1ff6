"""What is known of each platform, as data: one dated file a platform, in the order in which they are tried."""

from __future__ import annotations

from functools import lru_cache

from scraper.extract.platforms.artalk import ARTALK
from scraper.extract.platforms.asgaros import ASGAROS
from scraper.extract.platforms.b2evolution import B2EVOLUTION
from scraper.extract.platforms.backdrop import BACKDROP
from scraper.extract.platforms.bbpress import BBPRESS
from scraper.extract.platforms.blogger import BLOGGER
from scraper.extract.platforms.buddypress import BUDDYPRESS
from scraper.extract.platforms.discourse import DISCOURSE
from scraper.extract.platforms.discuz import DISCUZ
from scraper.extract.platforms.dotclear import DOTCLEAR
from scraper.extract.platforms.drupal import DRUPAL
from scraper.extract.platforms.flarum import FLARUM
from scraper.extract.platforms.flatpress import FLATPRESS
from scraper.extract.platforms.fluxbb import FLUXBB
from scraper.extract.platforms.generic import GENERIC
from scraper.extract.platforms.ghost import GHOST
from scraper.extract.platforms.hackernews import HACKER_NEWS
from scraper.extract.platforms.ikiwiki import IKIWIKI
from scraper.extract.platforms.invision import INVISION
from scraper.extract.platforms.isso import ISSO
from scraper.extract.platforms.jforum import JFORUM
from scraper.extract.platforms.k2 import K2
from scraper.extract.platforms.kunena import KUNENA
from scraper.extract.platforms.lemmy import LEMMY
from scraper.extract.platforms.livejournal import LIVEJOURNAL
from scraper.extract.platforms.lobsters import LOBSTERS
from scraper.extract.platforms.material import MATERIAL
from scraper.extract.platforms.medium import MEDIUM
from scraper.extract.platforms.mezzanine import MEZZANINE
from scraper.extract.platforms.movabletype import MOVABLE_TYPE
from scraper.extract.platforms.mybb import MYBB
from scraper.extract.platforms.nodebb import NODEBB
from scraper.extract.platforms.nucleus import NUCLEUS
from scraper.extract.platforms.phorum import PHORUM
from scraper.extract.platforms.phpbb import PHPBB
from scraper.extract.platforms.pluxml import PLUXML
from scraper.extract.platforms.question2answer import QUESTION2ANSWER
from scraper.extract.platforms.reddit import REDDIT
from scraper.extract.platforms.rules import Platform
from scraper.extract.platforms.serendipity import SERENDIPITY
from scraper.extract.platforms.smf import SMF
from scraper.extract.platforms.spip import SPIP
from scraper.extract.platforms.squarespace import SQUARESPACE
from scraper.extract.platforms.stackexchange import STACK_EXCHANGE
from scraper.extract.platforms.substack import SUBSTACK
from scraper.extract.platforms.textpattern import TEXTPATTERN
from scraper.extract.platforms.tumblr import TUMBLR
from scraper.extract.platforms.twikoo import TWIKOO
from scraper.extract.platforms.vanilla import VANILLA
from scraper.extract.platforms.vbulletin import VBULLETIN
from scraper.extract.platforms.waline import WALINE
from scraper.extract.platforms.woltlab import WOLTLAB
from scraper.extract.platforms.wordpress import WORDPRESS
from scraper.extract.platforms.wpforo import WPFORO
from scraper.extract.platforms.xenforo import XENFORO
from scraper.extract.platforms.yabb import YABB
from scraper.plugins import installed

FORUMS: tuple[Platform, ...] = (
    DISCOURSE, NODEBB, XENFORO, INVISION, MYBB, SMF, VBULLETIN, JFORUM, PHPBB, FLUXBB, WOLTLAB, VANILLA, FLARUM, YABB,
    BBPRESS, WPFORO, ASGAROS, STACK_EXCHANGE, QUESTION2ANSWER, REDDIT, HACKER_NEWS, LOBSTERS,
    LEMMY, DISCUZ, KUNENA, PHORUM,
)  # fmt: skip
BLOGS: tuple[Platform, ...] = (
    BUDDYPRESS, WORDPRESS, BACKDROP, DRUPAL, BLOGGER, MOVABLE_TYPE, LIVEJOURNAL, SERENDIPITY, TEXTPATTERN, FLATPRESS,
    SQUARESPACE, GHOST, MEDIUM, SUBSTACK, MEZZANINE, IKIWIKI, DOTCLEAR, PLUXML, SPIP, K2,
    B2EVOLUTION, NUCLEUS, TUMBLR, MATERIAL, ISSO, WALINE, ARTALK, TWIKOO,
)  # fmt: skip


@lru_cache(maxsize=1)
def all_platforms() -> tuple[Platform, ...]:
    """All in the order in which they are tried; those of plug-ins come first."""
    return (*installed("blog_to_sqlite.platforms", Platform), *FORUMS, *BLOGS)


def platform_named(name: str | None) -> Platform:
    """The platform of this name; the generic one where there is none."""
    return next((each for each in all_platforms() if each.name == name), GENERIC)


__all__ = ["GENERIC", "Platform", "all_platforms", "platform_named"]

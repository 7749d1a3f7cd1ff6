"""What is known of each platform, as data: one dated file a platform, in the order in which they are tried."""

from __future__ import annotations

from scraper.extract.platforms.drupal import DRUPAL
from scraper.extract.platforms.generic import GENERIC
from scraper.extract.platforms.rules import Platform
from scraper.extract.platforms.wordpress import WORDPRESS

PLATFORMS: tuple[Platform, ...] = (WORDPRESS, DRUPAL)

__all__ = ["GENERIC", "PLATFORMS", "Platform"]

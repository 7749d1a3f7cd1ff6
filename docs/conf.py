"""How the pages in this folder become a site: `make docs`."""

from __future__ import annotations

import scraper

project = html_title = "blog-to-sqlite"
author = "the authors of blog-to-sqlite"
version = release = scraper.__version__
extensions = ["myst_parser", "sphinx.ext.autodoc"]
myst_heading_anchors = 4
html_theme = "furo"
html_show_copyright = False
autodoc_typehints = "description"
autodoc_member_order = "bysource"

"""`python -m scraper` is the command `blog-to-sqlite`."""

from __future__ import annotations

from scraper.cli.main import main

if __name__ == "__main__":
    main()

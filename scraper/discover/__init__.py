"""Which addresses a blog has: from feeds, sitemaps, programming interfaces, listings and links to `Lead`s. Pure."""

"""Which blocks of a page are the post's, and what the others are."""

"""What a blog's feed and pages teach, and what of it holds for a page."""

"""Who signs a page, and who is presented on it."""

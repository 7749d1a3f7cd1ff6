"""What a person asks of an archive: full-text search."""

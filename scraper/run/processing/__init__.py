"""Very many pages: a shard for each WARC."""

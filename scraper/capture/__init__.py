"""The bytes as they came, in WARC files: written in segments under a lock, read back from anywhere."""

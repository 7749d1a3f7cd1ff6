"""Comment threads: where they stand, what they say, who answered whom; one thread from pages, feeds and interfaces."""

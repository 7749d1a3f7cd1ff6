"""What was saved before: pages, WARC and its kin, mirrors, exports of blogs."""

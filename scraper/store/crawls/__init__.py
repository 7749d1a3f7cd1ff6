"""What a crawl knows between its runs: blogs, addresses, servers."""

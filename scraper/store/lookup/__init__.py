"""Rows that answer a question: search, lists, statistics, the web page."""

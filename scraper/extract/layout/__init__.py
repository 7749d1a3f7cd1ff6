"""Blocks as cleaned HTML and as text."""

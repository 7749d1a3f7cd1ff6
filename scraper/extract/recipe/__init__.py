"""What a user knows of one blog, over what was extracted."""

"""What is to be forgotten, and kept out."""

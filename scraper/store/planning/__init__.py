"""What is to change, decided by comparing what is stored with what was read."""

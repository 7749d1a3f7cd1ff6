"""What strings mean: URLs, times, names, plain prose. Pure: no clock, no network, no files."""

"""From bytes to what a page says: one decode, one tree, its structured claims; text dumps. Pure."""

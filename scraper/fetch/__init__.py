"""From a URL to what a server answered: robots rules, the address guard, and the only HTTP client."""

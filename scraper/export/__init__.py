"""An archive in other forms, one module a format."""

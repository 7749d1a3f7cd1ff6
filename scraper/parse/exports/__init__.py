"""What blogs' own software exports, one format a module. Pure."""

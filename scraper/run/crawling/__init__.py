"""Pages from the web: whole blogs, what is new of them, single pages, copies in web archives."""

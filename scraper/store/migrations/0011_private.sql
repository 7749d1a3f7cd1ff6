-- What blogs' exports say of those who commented and nobody but their blog's owner was to know.

CREATE TABLE private_contacts (  -- A commenter's addresses, kept only by `import --keep-private`; in no view, search, page or export.
  comment_id INTEGER PRIMARY KEY REFERENCES comments(id) ON DELETE CASCADE,  -- the comment that came with them
  email TEXT,  -- as the export has it
  ip TEXT  -- likewise
) STRICT;

-- Recipes: what a user knows of one blog, and which pages were read with it. The comment of an added column stands in
-- front of its last word: behind it, SQLite could not read the table any more.

CREATE TABLE recipes (  -- What a user knows of one blog, as it was at some time; pages name the one they were read with.
  sha256 TEXT PRIMARY KEY,  -- hex, of the text
  name TEXT NOT NULL,  -- of the file; a newer text of this name replaces an older one
  kind TEXT NOT NULL CHECK (kind IN ('toml', 'python')),  -- selectors, or a function; Python is kept, but never run from here
  text TEXT NOT NULL,  -- all of the file
  since TEXT NOT NULL,  -- UTC; when a run first used it
  until TEXT  -- UTC; when another one of this name took its place; null: current
) STRICT;

ALTER TABLE pages ADD COLUMN recipe TEXT  -- the recipe that its newest capture was read with; null: none
  REFERENCES recipes(sha256);
CREATE INDEX pages_recipe ON pages(recipe);

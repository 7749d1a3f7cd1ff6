-- What was learned of a blog from its own feed and pages, dated. The newest profile of a host is the one in force.

CREATE TABLE profiles (  -- What many pages of a blog, and its feed, taught of its pages.
  id INTEGER PRIMARY KEY,  -- the row's key; of a host the highest is in force
  host TEXT NOT NULL,  -- the blog: lower case, without 'www.'
  learned_at TEXT NOT NULL,  -- UTC
  run_id INTEGER REFERENCES runs(id),  -- the run that learned it
  pages INTEGER NOT NULL,  -- looked at for the template
  entries INTEGER NOT NULL  -- pages that an entry of the feed was held against
) STRICT;
CREATE INDEX profiles_host ON profiles(host);
CREATE INDEX profiles_run_id ON profiles(run_id);

CREATE TABLE profile_selectors (  -- A CSS selector that shows a field on a blog's pages, as its feed taught.
  profile_id INTEGER NOT NULL REFERENCES profiles(id),  -- the profile
  position INTEGER NOT NULL,  -- from 0, the best of a field first
  field TEXT NOT NULL,  -- title, author, published, tags, body, or furniture: what stands in the body and is none of it
  selector TEXT NOT NULL,  -- tried in this order
  votes INTEGER NOT NULL,  -- pages on which it showed what the feed says
  trials INTEGER NOT NULL,  -- pages on which it could have
  PRIMARY KEY (profile_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE profile_blocks (  -- A block of text that recurs at one place on many pages of a blog: its template.
  profile_id INTEGER NOT NULL REFERENCES profiles(id),  -- the profile
  digest INTEGER NOT NULL,  -- of the place and the text
  tag TEXT NOT NULL,  -- the element's
  length INTEGER NOT NULL,  -- of the text, in characters
  pages INTEGER NOT NULL,  -- on how many of the profile's pages
  excerpt TEXT NOT NULL,  -- how the text begins
  PRIMARY KEY (profile_id, digest)
) STRICT, WITHOUT ROWID;

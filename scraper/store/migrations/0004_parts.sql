-- Posts that stand on several pages, views of one post, and what of a post its pages withhold. The comment of an added
-- column stands in front of its last word, as in 0003.

ALTER TABLE posts ADD COLUMN withheld TEXT  -- why there is more of it than its pages show: teaser: the rest is behind a
  -- link; paywall: the page says that it is not free; password: it asks for one; null: nothing says so
  CHECK (withheld IN ('teaser', 'paywall', 'password'));
ALTER TABLE posts ADD COLUMN post_page INTEGER  -- number, from 1, of the page that these values were read from, where the
  -- post stands on several; the text is that of all pages in post_parts
  CHECK (post_page > 0);
ALTER TABLE posts ADD COLUMN page_count INTEGER  -- how many pages it stands on, as far as those that are held say
  CHECK (page_count > 1);
ALTER TABLE pages ADD COLUMN post_page INTEGER  -- its number among the pages of its post's text; null: there is but one
  CHECK (post_page > 0);
ALTER TABLE pages ADD COLUMN view TEXT  -- another view of its post's own page
  CHECK (view IN ('print', 'amp', 'mobile'));

CREATE TABLE post_parts (  -- What each page holds of a post that stands on several.
  post_id INTEGER NOT NULL REFERENCES posts(id),  -- the post
  number INTEGER NOT NULL CHECK (number > 0),  -- of the page, from 1
  capture_id INTEGER REFERENCES captures(id),  -- the capture that it was read from
  text TEXT NOT NULL,  -- newlines separate blocks
  html TEXT NOT NULL,  -- sanitised
  images TEXT NOT NULL,  -- JSON array of [url, alt, caption]
  links TEXT NOT NULL,  -- JSON array of [url, text]
  PRIMARY KEY (post_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX post_parts_capture_id ON post_parts(capture_id);

-- The archive as first released. Comments stand inside the statements, because SQLite keeps them there: they show in
-- `.schema`, and docs/schema.md is made of them. The first comment of a statement is about the table or view.

CREATE TABLE blogs (  -- A site, one row a host ('www.' ignored).
  id INTEGER PRIMARY KEY,  -- the row's key
  host TEXT NOT NULL UNIQUE,  -- lower case, without 'www.'
  url TEXT NOT NULL,  -- the home page
  name TEXT  -- the first name that a page gave the site
) STRICT;

CREATE TABLE pages (  -- Every URL known: its state, and what its newest capture was read as.
  id INTEGER PRIMARY KEY,  -- the row's key
  url TEXT NOT NULL,  -- as first found; 'urn:sha256:...' for a file whose URL nobody knows
  url_key TEXT NOT NULL UNIQUE,  -- the URL's identity: scheme, tracking parameters and fragment do not count
  blog_id INTEGER REFERENCES blogs(id),  -- the blog it is on; null until it could be read
  state TEXT NOT NULL CHECK (state IN ('fetched', 'not_modified', 'refused', 'failed', 'gone', 'skipped')),
    -- how the last visit ended
  reason TEXT,  -- why, where the state needs a reason
  state_at TEXT,  -- when the page was in this state; null if that is not known
  kind TEXT CHECK (kind IN ('post', 'listing', 'about', 'other')),  -- null: no capture could be read
  capture_id INTEGER REFERENCES captures(id) DEFERRABLE INITIALLY DEFERRED,  -- the capture that this row tells of
  post_id INTEGER REFERENCES posts(id) DEFERRABLE INITIALLY DEFERRED,  -- the post that the page belongs to
  comment_page INTEGER,  -- its number among the pages of the post's comments; null for the post's own page
  canonical_url TEXT,  -- as the page declares it
  platform TEXT,  -- the blog software or host, where it is known
  site_name TEXT,  -- as the page states it
  encoding TEXT,  -- of the bytes, as it was decoded
  encoding_source TEXT,  -- what told the encoding: header, meta, detector ...
  source TEXT CHECK (source IN ('html', 'text')),  -- a page, or a text dump of one
  notices TEXT,  -- JSON array: what was cut or doubtful; null if nothing was
  contexts TEXT,  -- JSON array: entries of leaked debug output; null if there was none
  extractor_version TEXT  -- the version that read it
) STRICT;
CREATE INDEX pages_blog_id ON pages(blog_id);
CREATE INDEX pages_capture_id ON pages(capture_id);
CREATE INDEX pages_post_id ON pages(post_id);

CREATE TABLE captures (  -- A stored copy of the bytes of one URL. Rows never change, but where something is forgotten.
  id INTEGER PRIMARY KEY,  -- the row's key
  page_id INTEGER NOT NULL REFERENCES pages(id),  -- the page that it is a copy of
  url TEXT NOT NULL,  -- exactly as asked for
  fetched_at TEXT,  -- null: not known
  fetched_before TEXT,  -- an upper bound where fetched_at is not known
  status INTEGER,  -- of HTTP
  content_type TEXT,  -- as the server stated it
  payload_sha256 TEXT NOT NULL,  -- hex, of the body as stored: its content coding (gzip ...) on, transfer coding off
  payload_length INTEGER NOT NULL,  -- bytes, of the same
  record_id TEXT NOT NULL,  -- WARC-Record-ID
  warc_file TEXT NOT NULL,  -- relative to the folder that this database is in
  warc_offset INTEGER NOT NULL,  -- where its record begins, in bytes
  warc_length INTEGER NOT NULL,  -- the record's length in the file, in bytes
  origin TEXT NOT NULL CHECK (origin IN ('fetch', 'file', 'warc'))
    -- fetch: by us; file: a saved page; warc: copied from somebody's WARC or web archive
) STRICT;
CREATE UNIQUE INDEX captures_identity ON captures(payload_sha256, url, coalesce(fetched_at, ''));
CREATE INDEX captures_page_id ON captures(page_id, fetched_at);
CREATE INDEX captures_warc_file ON captures(warc_file, warc_offset);

CREATE TABLE posts (  -- A post, or another page with a text, as it is now; what it was before is in revisions.
  id INTEGER PRIMARY KEY,  -- the row's key
  blog_id INTEGER REFERENCES blogs(id),  -- null where nobody knows the URL
  capture_id INTEGER REFERENCES captures(id),  -- the capture that these values were read from
  comment_page INTEGER,  -- number of the comment page that they were read from; null: the post's own page
  url TEXT NOT NULL,  -- as the newest capture has it
  url_key TEXT NOT NULL UNIQUE,  -- the URL's identity
  kind TEXT NOT NULL CHECK (kind IN ('post', 'about', 'other')),
    -- what the page is: a post, of a person or the blog, or something else, such as a contact page
  title TEXT,  -- the headline
  subtitle TEXT,  -- a line below the headline
  section TEXT,  -- the part of the blog it stands in
  language TEXT,  -- as the page declares it, such as en-GB
  text TEXT NOT NULL,  -- without title, byline and comments; newlines separate blocks
  html TEXT NOT NULL,  -- sanitised
  published TEXT,  -- ISO 8601 at the precision that is known, '2012-05-14' or '2012-05-14T10:04+02:00'; or null
  published_earliest TEXT,  -- UTC; the true instant is not before
  published_latest TEXT,  -- UTC; the true instant is before this one
  published_precision TEXT CHECK (published_precision IN ('year', 'month', 'day', 'minute', 'second', 'interval')),
    -- what the page states it to; interval: only bounds are known
  published_shown TEXT,  -- the words on the page
  modified TEXT,  -- like published
  modified_earliest TEXT,  -- like published_earliest
  modified_latest TEXT,  -- like published_latest
  modified_precision TEXT CHECK (modified_precision IN ('year', 'month', 'day', 'minute', 'second', 'interval')),
    -- like published_precision
  modified_shown TEXT,  -- the words on the page
  declared_comment_count INTEGER,  -- how many comments the page says there are
  view_count INTEGER,  -- how often it was read, as the page says
  comments_complete INTEGER CHECK (comments_complete IN (0, 1)),  -- null: nobody can know
  comments_service TEXT,  -- an embedded service that holds (more of) the comments
  comments_thread_id TEXT,  -- the thread's id at that service
  platform TEXT,  -- the blog software or host, where it is known
  site_name TEXT,  -- as the page states it
  source TEXT NOT NULL CHECK (source IN ('html', 'text'))  -- a page, or a text dump of one
) STRICT;
CREATE INDEX posts_blog_id ON posts(blog_id);
CREATE INDEX posts_capture_id ON posts(capture_id);
CREATE INDEX posts_published_earliest ON posts(published_earliest);

CREATE TABLE people (  -- Who signs posts or is presented on a page; told apart by profile, else by name.
  id INTEGER PRIMARY KEY,  -- the row's key
  blog_id INTEGER REFERENCES blogs(id),  -- the blog on which this is one person
  name TEXT,  -- the first form of the name that was met
  name_key TEXT,  -- the name as it is compared
  url TEXT,  -- the profile on the blog, or the person's own page
  url_key TEXT,  -- that URL's identity
  profiles TEXT  -- JSON array of further profile URLs; null if there are none
) STRICT;
CREATE INDEX people_blog_id ON people(blog_id);
CREATE INDEX people_name_key ON people(name_key);
CREATE INDEX people_url_key ON people(url_key);

CREATE TABLE post_people (  -- Who signs which post.
  post_id INTEGER NOT NULL REFERENCES posts(id),  -- what is signed
  position INTEGER NOT NULL,  -- from 0, in the page's order
  person_id INTEGER NOT NULL REFERENCES people(id),  -- by whom
  role TEXT NOT NULL,  -- 'author' unless the page says otherwise
  name TEXT NOT NULL,  -- as this page shows it
  PRIMARY KEY (post_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX post_people_person_id ON post_people(person_id);

CREATE TABLE bios (  -- What the blog says of a person now, one row a person; earlier texts are in revisions.
  id INTEGER PRIMARY KEY,  -- the row's key
  person_id INTEGER NOT NULL UNIQUE REFERENCES people(id),  -- whom it is about
  capture_id INTEGER REFERENCES captures(id),  -- the capture that it was read from
  text TEXT,  -- newlines separate blocks
  html TEXT,  -- sanitised
  source TEXT,  -- who supplied it, in the page's words
  picture_url TEXT,  -- the picture that goes with it
  picture_alt TEXT  -- the picture's text for who cannot see it
) STRICT;
CREATE INDEX bios_capture_id ON bios(capture_id);

CREATE TABLE comments (  -- A comment as it is now; what it was before is in revisions.
  id INTEGER PRIMARY KEY,  -- the row's key
  post_id INTEGER NOT NULL REFERENCES posts(id),  -- the post it is about
  parent_id INTEGER REFERENCES comments(id) DEFERRABLE INITIALLY DEFERRED,  -- the comment that this one answers
  parent_ref TEXT,  -- the answered comment as the page states it: platform id or permalink
  platform_id TEXT,  -- the platform's own id; null where the page shows none
  permalink TEXT,  -- the address that the page gives it
  kind TEXT NOT NULL CHECK (kind IN ('comment', 'pingback', 'trackback')),
    -- pingback and trackback: another site links here
  state TEXT NOT NULL CHECK (state IN ('visible', 'deleted')),  -- deleted: the page says that it was
  position INTEGER NOT NULL,  -- from 0, in the page's order
  depth INTEGER NOT NULL,  -- as the page shows it; 0 is the top level
  thread_page INTEGER,  -- number of the comment page that showed it; null for the post's own page
  author TEXT,  -- as shown
  author_url TEXT,  -- where the name links to
  avatar_url TEXT,  -- the picture beside it
  by_post_author INTEGER NOT NULL CHECK (by_post_author IN (0, 1)),  -- 1: the page marks it as by who wrote the post
  subject TEXT,  -- its own headline
  text TEXT NOT NULL,  -- newlines separate blocks
  html TEXT NOT NULL,  -- sanitised
  votes INTEGER,  -- as the newest capture shows them
  published TEXT,  -- ISO 8601 at the precision that is known; null for an interval of more than a day
  published_earliest TEXT,  -- UTC; the true instant is not before
  published_latest TEXT,  -- UTC; the true instant is before this one
  published_precision TEXT CHECK (published_precision IN ('year', 'month', 'day', 'minute', 'second', 'interval')),
    -- what the page states it to; interval: only bounds are known
  published_shown TEXT,  -- the words on the page
  first_capture_id INTEGER REFERENCES captures(id),  -- the earliest capture that shows it
  last_capture_id INTEGER REFERENCES captures(id)  -- the latest one: these values were read from it
) STRICT;
CREATE INDEX comments_post_id ON comments(post_id);
CREATE INDEX comments_parent_id ON comments(parent_id);
CREATE INDEX comments_thread_page ON comments(post_id) WHERE thread_page IS NOT NULL;
CREATE INDEX comments_first_capture_id ON comments(first_capture_id);
CREATE INDEX comments_last_capture_id ON comments(last_capture_id);

CREATE TABLE tags (  -- Words that posts are filed under.
  id INTEGER PRIMARY KEY,  -- the row's key
  name TEXT NOT NULL UNIQUE  -- as the first page wrote it
) STRICT;

CREATE TABLE post_tags (  -- Which post is filed under which tag or category.
  post_id INTEGER NOT NULL REFERENCES posts(id),  -- the post
  kind TEXT NOT NULL CHECK (kind IN ('tag', 'category')),  -- what the blog calls it
  position INTEGER NOT NULL,  -- from 0 within its kind, in the page's order
  tag_id INTEGER NOT NULL REFERENCES tags(id),  -- the word
  PRIMARY KEY (post_id, kind, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX post_tags_tag_id ON post_tags(tag_id);

CREATE TABLE media (  -- A picture that some post shows, by its URL.
  id INTEGER PRIMARY KEY,  -- the row's key
  url TEXT NOT NULL UNIQUE  -- as the page has it, made absolute
) STRICT;

CREATE TABLE post_media (  -- Which post shows which picture.
  post_id INTEGER NOT NULL REFERENCES posts(id),  -- the post
  position INTEGER NOT NULL,  -- from 0, in the page's order
  media_id INTEGER NOT NULL REFERENCES media(id),  -- the picture
  alt TEXT,  -- its text for who cannot see it
  caption TEXT,  -- the words below it
  PRIMARY KEY (post_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX post_media_media_id ON post_media(media_id);

CREATE TABLE links (  -- A link in the text of a post.
  post_id INTEGER NOT NULL REFERENCES posts(id),  -- the post
  position INTEGER NOT NULL,  -- from 0, in the page's order
  url TEXT NOT NULL,  -- as the page has it, made absolute
  text TEXT NOT NULL,  -- the words that are linked
  PRIMARY KEY (post_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE revisions (  -- A text as it was: of a post, of a comment, or of a person's bio. Rows never change.
  id INTEGER PRIMARY KEY,  -- the row's key
  post_id INTEGER REFERENCES posts(id),  -- the post, if it is of one
  comment_id INTEGER REFERENCES comments(id),  -- the comment, if it is of one
  person_id INTEGER REFERENCES people(id),  -- whose bio it was
  capture_id INTEGER REFERENCES captures(id),  -- a capture that shows it
  cause TEXT NOT NULL CHECK (cause IN ('changed', 'reparsed', 'comment_page')),  -- changed: the page did; reparsed: we
    -- read the same capture differently; comment_page: a page of the post's comments words it differently
  title TEXT,  -- of a post; the subject of a comment
  text TEXT NOT NULL,  -- newlines separate blocks
  html TEXT,  -- sanitised
  text_sha256 TEXT NOT NULL,  -- of title and text, white space folded: the same wording is kept once
  CHECK ((post_id IS NOT NULL) + (comment_id IS NOT NULL) + (person_id IS NOT NULL) = 1)
) STRICT;
CREATE UNIQUE INDEX revisions_post_id ON revisions(post_id, text_sha256) WHERE post_id IS NOT NULL;
CREATE UNIQUE INDEX revisions_comment_id ON revisions(comment_id, text_sha256) WHERE comment_id IS NOT NULL;
CREATE UNIQUE INDEX revisions_person_id ON revisions(person_id, text_sha256) WHERE person_id IS NOT NULL;
CREATE INDEX revisions_capture_id ON revisions(capture_id);

CREATE TABLE removals (  -- A block that was taken off a page as not of the post; of each page's newest capture only.
  capture_id INTEGER NOT NULL REFERENCES captures(id),  -- the capture that it was read from
  position INTEGER NOT NULL,  -- from 0, in the order of removal
  step TEXT NOT NULL,  -- which part of the extractor took it off
  kind TEXT NOT NULL,  -- menu, advert, share, footer ...
  rule TEXT NOT NULL,  -- what decided
  place TEXT NOT NULL,  -- where in the page
  characters INTEGER NOT NULL,  -- the text's length
  excerpt TEXT NOT NULL,  -- how its text begins
  PRIMARY KEY (capture_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE claims (  -- A candidate for a field of a page, with its source; of each page's newest capture only.
  capture_id INTEGER NOT NULL REFERENCES captures(id),  -- the capture that makes it
  position INTEGER NOT NULL,  -- from 0, in the order found
  field TEXT NOT NULL,  -- of the post or page
  value TEXT NOT NULL,  -- as stated
  source TEXT NOT NULL,  -- what makes the claim: json-ld, og, microdata ...
  place TEXT NOT NULL,  -- where in the page
  accepted INTEGER NOT NULL CHECK (accepted IN (0, 1)),  -- 1: this one won
  PRIMARY KEY (capture_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (  -- One call of a command that writes.
  id INTEGER PRIMARY KEY,  -- the row's key
  command TEXT NOT NULL,  -- the verb, such as import
  settings TEXT NOT NULL,  -- JSON object
  version TEXT NOT NULL,  -- of this program
  started_at TEXT NOT NULL,  -- UTC
  finished_at TEXT,  -- null: still running; of a run that was killed: when the next one began
  counts TEXT,  -- JSON object: what was written; null for a run that was killed
  exit_code INTEGER  -- what the command returned; null for a run that was killed
) STRICT;

CREATE TABLE run_events (  -- What a run had to say of one input.
  id INTEGER PRIMARY KEY,  -- the row's key
  run_id INTEGER REFERENCES runs(id),  -- the run; null outside of one
  at TEXT NOT NULL,  -- UTC
  level TEXT NOT NULL,  -- info, warning, error
  url TEXT,  -- the URL or path it is about
  message TEXT NOT NULL,  -- one line
  traceback TEXT  -- of a bug, for its report
) STRICT;
CREATE INDEX run_events_run_id ON run_events(run_id);

CREATE VIRTUAL TABLE posts_fts USING fts5(  -- Full-text index of posts.
  title, text, content="posts", content_rowid="id", tokenize="unicode61 remove_diacritics 2"
);

CREATE VIRTUAL TABLE comments_fts USING fts5(  -- Full-text index of comments.
  author, subject, text, content="comments", content_rowid="id", tokenize="unicode61 remove_diacritics 2"
);

CREATE VIEW post_summary AS  -- Which posts are there? One row a post or other page with a text: who, when, how much of its thread is held.
SELECT
  posts.id AS post_id,
  posts.url,
  posts.kind,
  posts.title,
  (SELECT name FROM post_people WHERE post_id = posts.id ORDER BY position LIMIT 1) AS author,  -- the first one
  posts.published,
  posts.published_earliest,
  (SELECT count(*) FROM comments WHERE post_id = posts.id AND state = 'visible') AS comments_held,
  posts.declared_comment_count AS comments_declared,
  posts.comments_complete,
  (SELECT count(*) FROM pages JOIN captures ON captures.page_id = pages.id WHERE pages.post_id = posts.id) AS captures
FROM posts;

CREATE VIEW own_pages AS  -- Where a post's own page stands among the numbered pages of its comments, if it has any.
SELECT
  posts.id AS post_id,
  (SELECT coalesce(
     avg(number) FILTER (WHERE thread_page IS NULL) > avg(number) FILTER (WHERE thread_page IS NOT NULL),
     avg(day) FILTER (WHERE thread_page IS NULL) > avg(day) FILTER (WHERE thread_page IS NOT NULL),
     0
   ) * 99999
   FROM (
     SELECT
       thread_page,
       julianday(published_earliest) AS day,
       CASE WHEN length(platform_id) < 16 AND platform_id NOT GLOB '*[^0-9]*' THEN CAST(platform_id AS INTEGER) END
         AS number  -- longer ones are no running numbers
     FROM comments WHERE comments.post_id = posts.id
   )) AS thread_page  -- 0: first; 99999: last, because its comments came later than those of the others
FROM posts
WHERE EXISTS (SELECT 1 FROM comments WHERE comments.post_id = posts.id AND comments.thread_page IS NOT NULL);

CREATE VIEW thread AS  -- Who answered whom under a post? One row a comment; ordered by path, each stands below what it answers.
SELECT
  posts.url AS post_url,
  posts.kind AS post_kind,
  comments.post_id,
  comments.id AS comment_id,
  comments.parent_id,
  (WITH RECURSIVE up(id, steps) AS (
     SELECT comments.parent_id, 0
     UNION ALL
     SELECT parent.parent_id, up.steps + 1 FROM up JOIN comments AS parent ON parent.id = up.id
   ) SELECT max(steps) FROM up) AS depth,  -- answers above this one
  (WITH RECURSIVE up(id, path) AS (
     SELECT comments.parent_id,
       printf('%05d.%06d.%d', coalesce(comments.thread_page, own.thread_page, 0), comments.position, comments.id)
     UNION ALL
     SELECT parent.parent_id,
       printf('%05d.%06d.%d', coalesce(parent.thread_page, own.thread_page, 0), parent.position, parent.id)
         || '/' || up.path
     FROM up JOIN comments AS parent ON parent.id = up.id
   ) SELECT path FROM up WHERE id IS NULL) AS path,  -- page, position and id of all comments from the top to this one
  comments.thread_page,
  comments.position,
  comments.author,
  comments.published,
  comments.published_earliest,
  comments.published_latest,
  comments.published_shown,
  comments.kind,
  comments.subject,
  comments.text
FROM comments JOIN posts ON posts.id = comments.post_id LEFT JOIN own_pages AS own ON own.post_id = comments.post_id;

CREATE VIEW author_summary AS  -- Who wrote the posts, and how much was said to them? One row a person; pages of other kinds do not count.
SELECT
  people.id AS person_id,
  people.name,
  people.url,
  blogs.host AS blog,
  count(DISTINCT posts.id) AS posts,
  min(posts.published_earliest) AS first_published,
  max(posts.published_earliest) AS last_published,
  (SELECT count(*) FROM comments
   JOIN post_people AS signed ON signed.post_id = comments.post_id
   JOIN posts AS answered ON answered.id = comments.post_id
   WHERE signed.person_id = people.id AND answered.kind = 'post'
   AND comments.kind = 'comment' AND comments.state = 'visible') AS comments_received,
  bios.text AS bio,
  bios.picture_url
FROM people
JOIN post_people ON post_people.person_id = people.id
JOIN posts ON posts.id = post_people.post_id AND posts.kind = 'post'
LEFT JOIN blogs ON blogs.id = people.blog_id
LEFT JOIN bios ON bios.person_id = people.id
GROUP BY people.id;

CREATE VIEW commenter_summary AS  -- Who commented, where, and how often? One row a name (with its URL) that signs comments on a blog's posts.
SELECT
  comments.author,
  comments.author_url,
  blogs.host AS blog,
  count(*) AS comments,
  count(DISTINCT comments.post_id) AS posts,
  sum(comments.parent_id IS NOT NULL) AS answers,  -- how many of them answer another comment
  sum(comments.by_post_author) AS as_post_author,
  min(comments.published_earliest) AS first_published,
  max(comments.published_earliest) AS last_published
FROM comments
JOIN posts ON posts.id = comments.post_id
LEFT JOIN blogs ON blogs.id = posts.blog_id
WHERE comments.kind = 'comment' AND posts.kind = 'post'
GROUP BY posts.blog_id, comments.author, comments.author_url;

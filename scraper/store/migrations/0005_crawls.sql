-- What a crawl knows: the blogs that are crawled, the addresses that they have, and how their servers are to be asked.

CREATE TABLE crawls (  -- A blog that is crawled: where it starts and what belongs to it.
  id INTEGER PRIMARY KEY,  -- the row's key
  url TEXT NOT NULL UNIQUE,  -- where it starts
  include TEXT NOT NULL,  -- JSON array of patterns: only addresses that match one; none: all
  exclude TEXT NOT NULL,  -- JSON array of patterns: no address that matches one
  since TEXT,  -- only posts of this day or later
  until TEXT,  -- only posts of this day or earlier
  contact TEXT,  -- the operator's address, sent to the servers
  added_at TEXT NOT NULL,  -- UTC
  moved_from TEXT  -- JSON array: where it was before, oldest first; null: it never moved
) STRICT;

CREATE TABLE frontier (  -- An address of a crawled blog: what named it, when it is due, what its last answer was.
  id INTEGER PRIMARY KEY,  -- the row's key
  crawl_id INTEGER NOT NULL REFERENCES crawls(id),  -- the blog
  url TEXT NOT NULL,  -- as it is asked for
  url_key TEXT NOT NULL,  -- the URL's identity, as in pages
  role TEXT NOT NULL,  -- what it is taken for: home, feed, sitemap, post, comment_page, listing, page ...
  source TEXT NOT NULL,  -- what named it: seed, feed, sitemap, robots, declared, pager, archive, api, link, guess; or
    -- service: the page that embeds an outside service for its comments
  host_group TEXT NOT NULL,  -- whose servers are asked: one request at a time
  found_on TEXT,  -- URL of the document that named it first; null: the operator did
  found_at TEXT NOT NULL,  -- UTC
  due_at TEXT,  -- UTC, when it is to be asked for; null: not by itself
  priority INTEGER NOT NULL,  -- lower ones are asked for first
  depth INTEGER NOT NULL,  -- links between the crawl's start and this one, those of pagers aside
  hops INTEGER NOT NULL,  -- redirects that led to it, one after the other
  tries INTEGER NOT NULL,  -- failures in a row
  every_run INTEGER NOT NULL CHECK (every_run IN (0, 1)),  -- 1: asked for in each run, since it tells what is new
  refusal TEXT,  -- why it is never asked for; null: nothing speaks against it
  stated_at TEXT,  -- UTC, when it changed last, as what lists it states
  checked_at TEXT,  -- UTC, of the last answer
  changed_at TEXT,  -- UTC, of the last answer that said something new
  rest REAL,  -- seconds from one visit to the next, as learned
  etag TEXT,  -- of the last good answer, byte for byte
  last_modified TEXT,  -- of the last good answer, byte for byte
  payload_sha256 TEXT,  -- hex, of the last good answer's body
  signature TEXT,  -- of what it said: post and thread, or addresses
  UNIQUE (crawl_id, url_key)
) STRICT;
CREATE INDEX frontier_due ON frontier(host_group, priority, due_at, id, crawl_id) WHERE due_at IS NOT NULL;
CREATE INDEX frontier_url_key ON frontier(url_key);
CREATE INDEX frontier_url ON frontier(url);

CREATE TABLE listings (  -- Which feed, sitemap or interface lists which address, as it was last read.
  lister_id INTEGER NOT NULL REFERENCES frontier(id),  -- the document
  address_id INTEGER NOT NULL REFERENCES frontier(id),  -- what it lists
  PRIMARY KEY (lister_id, address_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX listings_address_id ON listings(address_id);

CREATE TABLE hosts (  -- A group of servers that is asked one thing at a time, and when it may be asked again.
  name TEXT PRIMARY KEY,  -- host and port, or the domain of a hosting platform
  ready_at TEXT,  -- UTC, not to be asked before
  latency REAL NOT NULL,  -- seconds that its answers take
  failures INTEGER NOT NULL,  -- in a row
  waits_for TEXT  -- what a long wait is for; null: only the usual rest
) STRICT;

CREATE TABLE robots (  -- The robots.txt of an origin, as last read.
  origin TEXT PRIMARY KEY,  -- scheme, host and port
  asked_at TEXT NOT NULL,  -- UTC
  status INTEGER,  -- of HTTP; null: no answer
  body BLOB,  -- what was read of it, plain
  why TEXT  -- what went wrong; null: nothing did
) STRICT;

ALTER TABLE pages ADD COLUMN robots TEXT  -- what it asks of robots, in X-Robots-Tag and its meta elements: noindex ...
  DEFAULT NULL;
ALTER TABLE posts ADD COLUMN comments_account TEXT  -- what the comment service calls the site: short name, repository, key
  DEFAULT NULL;
ALTER TABLE posts ADD COLUMN comments_server TEXT  -- where the comment service runs, as the page states it
  DEFAULT NULL;

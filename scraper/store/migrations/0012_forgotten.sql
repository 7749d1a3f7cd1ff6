-- What was taken out on request. Nothing here says what it was: only digests, by which all that comes in is known again.

CREATE TABLE forgotten (  -- What must not come in again, as keyed digests. A copy is in forgotten.jsonl beside the WARC files.
  id INTEGER PRIMARY KEY,  -- the row's key
  digest_key TEXT NOT NULL,  -- hex, random, one an archive; who has it can try a guess, and no more
  kind TEXT NOT NULL CHECK (kind IN ('url', 'tree', 'signer', 'comment', 'capture', 'phrase')),  -- url: an address;
    -- tree: one with all below it; signer: a name or profile; comment: one on its post; capture: one that was cleared;
    -- phrase: a run of words
  words INTEGER NOT NULL,  -- how many a phrase has; else 0
  digest TEXT NOT NULL,  -- 16 hex digits
  UNIQUE (kind, digest_key, words, digest)
) STRICT;

CREATE TABLE takedowns (  -- One row a request that was carried out, without what it was about.
  id INTEGER PRIMARY KEY,  -- the row's key
  run_id INTEGER REFERENCES runs(id),  -- the run that did it
  at TEXT NOT NULL,  -- UTC
  kind TEXT NOT NULL CHECK (kind IN ('url', 'comment', 'person', 'list')),  -- what was asked for; list: what another
    -- archive or an older database had forgotten
  counts TEXT NOT NULL,  -- JSON object: rows removed or changed, by table
  records INTEGER NOT NULL DEFAULT 0,  -- WARC records that were cleared of their content, or removed
  cleaned_at TEXT  -- UTC, when no trace was left in the files either; null: the next run that writes goes on
) STRICT;
CREATE INDEX takedowns_run_id ON takedowns(run_id);

CREATE TABLE records_to_clear (  -- A record whose content has still to be taken out of its segment.
  warc_file TEXT NOT NULL,  -- as in captures
  warc_offset INTEGER NOT NULL,  -- as in captures
  is_whole INTEGER NOT NULL CHECK (is_whole IN (0, 1)),  -- 1: the record goes; 0: what it holds goes
  PRIMARY KEY (warc_file, warc_offset)
) STRICT, WITHOUT ROWID;

CREATE TABLE segments_searched (  -- Up to which row of forgotten a segment was searched.
  warc_file TEXT PRIMARY KEY,  -- as in captures
  forgotten_id INTEGER NOT NULL  -- the greatest of forgotten when it was
) STRICT, WITHOUT ROWID;

CREATE TABLE segment_swaps (  -- A segment that is being replaced by one that has less: what a killed run left is seen here.
  warc_file TEXT PRIMARY KEY,  -- the old one
  replaced_by TEXT,  -- the new one; null: nothing of it is left
  is_done INTEGER NOT NULL CHECK (is_done IN (0, 1))  -- 1: rows point to the new one
) STRICT, WITHOUT ROWID;

-- What a reparse has still to read, and what it has changed so far: a run that is killed goes on with both.

CREATE TABLE reparses (  -- A reading of all captures again, by a newer extractor; it may take several runs.
  id INTEGER PRIMARY KEY,  -- the row's key
  version TEXT NOT NULL,  -- of this program
  begun_at TEXT NOT NULL,  -- UTC
  ended_at TEXT,  -- UTC; null: not all is read yet
  captures INTEGER NOT NULL  -- to be read, when it began
) STRICT;

CREATE TABLE reparse_queue (  -- A capture that the last reparse has still to read.
  position INTEGER PRIMARY KEY,  -- lower ones are read first
  round INTEGER NOT NULL,  -- 1: of each page the capture that counts; 2: the newest one besides, and so on
  together INTEGER NOT NULL,  -- neighbours of one number are pages of one post, whose comments are joined
  is_stating INTEGER NOT NULL CHECK (is_stating IN (0, 1)),  -- 1: a feed or an interface, which states comments
  capture_id INTEGER NOT NULL REFERENCES captures(id) ON DELETE CASCADE  -- the capture
) STRICT;
CREATE INDEX reparse_queue_capture_id ON reparse_queue(capture_id);

CREATE TABLE reparse_changes (  -- What the last reparse changed: each field of each row once.
  what TEXT NOT NULL CHECK (what IN ('post', 'comment', 'person', 'bio', 'revision')),  -- the table that the row is in
  row_id INTEGER NOT NULL,  -- the row's key; of a bio the person's
  field TEXT NOT NULL,  -- a column, or bylines, tags ...; new: the row itself; gone: what was read before is not any more
  was TEXT,  -- a digest of what the field said before, so that what comes back to it is no change; null: not kept
  PRIMARY KEY (what, row_id, field)
) STRICT, WITHOUT ROWID;

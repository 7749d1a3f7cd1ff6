-- What each capture showed, so that an archive can tell what changed, what is not there any more, and how it was then.

CREATE TABLE post_sightings (  -- What a capture shows of its post. Read from it as it is read now.
  capture_id INTEGER PRIMARY KEY REFERENCES captures(id),  -- the capture
  post_id INTEGER NOT NULL REFERENCES posts(id),  -- the post that its page is about
  preference INTEGER NOT NULL,  -- the row of the post is made of the greatest one's newest capture
  comment_page INTEGER,  -- number of the comment page; null: none
  post_page INTEGER,  -- number among the pages of the post's text; null: there is but one
  text_sha256 TEXT,  -- of title and text, as in revisions; null: it shows no text
  comments INTEGER NOT NULL,  -- how many it shows, placeholders of deleted ones left out
  declared INTEGER,  -- how many the page says there are
  tells_thread INTEGER NOT NULL CHECK (tells_thread IN (0, 1)),
    -- 1: with the pages in thread_pages it shows all comments there are; a comment that is not among them is gone
  thread_pages TEXT,  -- JSON array of the URL keys of the thread's other pages that it links to; null: no others
  published TEXT,  -- the time that it states, as in posts; null: none
  tags TEXT,  -- JSON array of [kind, name] of tags and categories, sorted; null: it shows none
  confirmed_at TEXT  -- UTC, of the last answer that said the page was still so; null: none did
) STRICT;
CREATE INDEX post_sightings_post_id ON post_sightings(post_id);

CREATE TABLE comment_sightings (  -- Which capture shows which comment, and what was not as it is now.
  comment_id INTEGER NOT NULL REFERENCES comments(id),  -- the comment
  capture_id INTEGER NOT NULL REFERENCES captures(id),  -- the capture that shows it
  author TEXT,  -- who signed it; null: as in comments
  permalink TEXT,  -- its address; null: as in comments
  text_sha256 TEXT,  -- of subject and text, as in revisions; null: as in comments
  PRIMARY KEY (comment_id, capture_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX comment_sightings_capture_id ON comment_sightings(capture_id);
CREATE INDEX comment_sightings_changed ON comment_sightings(comment_id)
  WHERE author IS NOT NULL OR permalink IS NOT NULL OR text_sha256 IS NOT NULL;

CREATE TABLE person_sightings (  -- Which capture names or presents which person, and how.
  person_id INTEGER NOT NULL REFERENCES people(id),  -- the person
  capture_id INTEGER NOT NULL REFERENCES captures(id),  -- the capture
  name TEXT,  -- as it is shown there
  bio_sha256 TEXT,  -- of the bio, as in revisions; null: it shows none
  PRIMARY KEY (person_id, capture_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_sightings_capture_id ON person_sightings(capture_id);

CREATE TABLE absences (  -- A comment that was there on one visit of its whole thread, and not on a later one.
  comment_id INTEGER NOT NULL REFERENCES comments(id),  -- the comment
  seen_capture_id INTEGER NOT NULL REFERENCES captures(id),  -- the last capture that shows it before
  missed_capture_id INTEGER NOT NULL REFERENCES captures(id),  -- the first one that should show it and does not
  back_capture_id INTEGER REFERENCES captures(id),  -- the one that shows it again; null: it was not seen since
  PRIMARY KEY (comment_id, missed_capture_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX absences_seen_capture_id ON absences(seen_capture_id);
CREATE INDEX absences_missed_capture_id ON absences(missed_capture_id);
CREATE INDEX absences_back_capture_id ON absences(back_capture_id);

CREATE TABLE page_losses (  -- When a page was asked for and did not come: a row where that was not so before, or for another reason.
  page_id INTEGER NOT NULL REFERENCES pages(id),  -- the page
  at TEXT NOT NULL,  -- UTC
  state TEXT NOT NULL CHECK (state IN ('gone', 'failed', 'refused', 'moved')),  -- gone: it is said to be; moved: it leads
    -- to another address; the others say nothing of what is there
  reason TEXT,  -- why; of one that moved the new address
  PRIMARY KEY (page_id, at)
) STRICT, WITHOUT ROWID;
CREATE INDEX page_losses_moved ON page_losses(reason) WHERE state = 'moved';

CREATE VIEW thread_growth AS  -- How did a thread grow? One row a capture of a post or of a page of its thread.
SELECT
  post_sightings.post_id,
  captures.url,
  captures.fetched_at,
  post_sightings.comment_page,
  post_sightings.comments,  -- how many this page shows
  post_sightings.declared,  -- how many it says there are
  post_sightings.capture_id
FROM post_sightings JOIN captures ON captures.id = post_sightings.capture_id;

CREATE VIEW tombstones AS  -- Which comments were not seen since? One row a comment that was there on one visit, and is not on a later one.
SELECT
  absences.comment_id,
  comments.post_id,
  posts.url AS post_url,
  comments.author,
  comments.text,
  seen.fetched_at AS last_seen,  -- UTC
  missed.fetched_at AS not_seen_since  -- UTC
FROM absences
JOIN comments ON comments.id = absences.comment_id
JOIN posts ON posts.id = comments.post_id
JOIN captures AS seen ON seen.id = absences.seen_capture_id
JOIN captures AS missed ON missed.id = absences.missed_capture_id
WHERE absences.back_capture_id IS NULL;

CREATE VIEW post_history AS  -- What did a post say when? One row a capture of a post: its title and text as they were then.
SELECT
  post_sightings.post_id,
  post_sightings.capture_id,
  captures.fetched_at,
  post_sightings.preference,
  post_sightings.post_page,
  post_sightings.text_sha256,
  CASE WHEN revisions.id IS NULL THEN posts.title ELSE revisions.title END AS title,
  CASE
    WHEN post_sightings.text_sha256 IS NULL THEN ''
    WHEN revisions.id IS NOT NULL THEN revisions.text
    ELSE coalesce(post_parts.text, posts.text)
  END AS text,
  CASE
    WHEN post_sightings.text_sha256 IS NULL THEN ''
    WHEN revisions.id IS NOT NULL THEN revisions.html
    ELSE coalesce(post_parts.html, posts.html)
  END AS html
FROM post_sightings
JOIN posts ON posts.id = post_sightings.post_id
JOIN captures ON captures.id = post_sightings.capture_id
LEFT JOIN revisions
  ON revisions.post_id = post_sightings.post_id AND revisions.text_sha256 = post_sightings.text_sha256
LEFT JOIN post_parts
  ON post_parts.post_id = post_sightings.post_id AND post_parts.number = post_sightings.post_page;

CREATE VIEW comment_history AS  -- What did a comment say when, and who signed it? One row a capture of a comment.
SELECT
  comment_sightings.comment_id,
  comments.post_id,
  comment_sightings.capture_id,
  captures.fetched_at,
  coalesce(comment_sightings.author, comments.author) AS author,
  coalesce(comment_sightings.permalink, comments.permalink) AS permalink,
  CASE WHEN comment_sightings.text_sha256 IS NULL THEN comments.subject ELSE revisions.title END AS subject,
  CASE WHEN comment_sightings.text_sha256 IS NULL THEN comments.text ELSE coalesce(revisions.text, '') END AS text,
  CASE WHEN comment_sightings.text_sha256 IS NULL THEN comments.html ELSE coalesce(revisions.html, '') END AS html,
  coalesce(comment_sightings.text_sha256, '') AS text_sha256  -- '': as it is now
FROM comment_sightings
JOIN comments ON comments.id = comment_sightings.comment_id
JOIN captures ON captures.id = comment_sightings.capture_id
LEFT JOIN revisions
  ON revisions.comment_id = comment_sightings.comment_id AND revisions.text_sha256 = comment_sightings.text_sha256;

CREATE VIEW changes AS  -- What happened, and when was it seen? One row a thing that captures tell of; ordered by nothing.
SELECT
  nullif(min(coalesce(captures.fetched_at, '')), '') AS at,  -- UTC, when it was seen; null: nobody knows
  'post_new' AS what,  -- post_new, post_edited, post_moved, post_gone, post_back, comment_new, comment_edited,
    -- post_redated (to another day), post_retagged, comment_late (new, but written before a capture that lacks it),
    -- comment_gone, comment_back, comment_renamed, comment_moved, bio_new, bio_edited, person_renamed
  posts.blog_id,
  posts.id AS post_id,  -- null where it is about a person
  NULL AS comment_id,
  NULL AS person_id,
  NULL AS before,  -- the text, name or address as it was
  posts.title AS after  -- as it is then; of a post that is new or gone its title, of a comment its words
FROM post_sightings
JOIN captures ON captures.id = post_sightings.capture_id
JOIN posts ON posts.id = post_sightings.post_id
GROUP BY posts.id
UNION ALL
SELECT at, 'post_edited', blog_id, post_id, NULL, NULL, before, after FROM (
  SELECT
    history.fetched_at AS at,
    posts.blog_id,
    history.post_id,
    lag(history.text_sha256) OVER earlier AS was,
    lag(coalesce(history.title, '') || char(10) || history.text) OVER earlier AS before,
    history.text_sha256 AS is_now,
    coalesce(history.title, '') || char(10) || history.text AS after
  FROM post_history AS history JOIN posts ON posts.id = history.post_id
  WHERE history.text_sha256 IS NOT NULL
    AND history.post_id IN (SELECT post_id FROM revisions WHERE post_id IS NOT NULL)
  WINDOW earlier AS (
    PARTITION BY history.post_id, history.preference
    ORDER BY coalesce(history.fetched_at, ''), history.capture_id
  )
) WHERE was <> is_now
UNION ALL
SELECT at, what, blog_id, post_id, NULL, NULL, before, after FROM (
  SELECT told.at, told.what, posts.blog_id, told.post_id,
    CASE told.what WHEN 'post_redated' THEN was ELSE (SELECT group_concat(value ->> 1, ', ') FROM json_each(was)) END AS before,
    CASE told.what WHEN 'post_redated' THEN is_now ELSE (SELECT group_concat(value ->> 1, ', ') FROM json_each(is_now)) END
      AS after
  FROM (
    SELECT fetched_at AS at, 'post_redated' AS what, post_id, lag(published) OVER earlier AS was, published AS is_now,
      substr(lag(published) OVER earlier, 1, 10) <> substr(published, 1, 10)
        AND instr(published, lag(published) OVER earlier) = 0 AND instr(lag(published) OVER earlier, published) = 0 AS is_news
    FROM post_sightings JOIN captures ON captures.id = capture_id WHERE published IS NOT NULL
    WINDOW earlier AS (
      PARTITION BY post_id, preference, page_id, content_type ORDER BY coalesce(fetched_at, ''), capture_id
    )
    UNION ALL
    SELECT fetched_at, 'post_retagged', post_id, lag(tags) OVER earlier, tags, lag(tags) OVER earlier <> tags
    FROM post_sightings JOIN captures ON captures.id = capture_id WHERE tags IS NOT NULL
    WINDOW earlier AS (
      PARTITION BY post_id, preference, page_id, content_type ORDER BY coalesce(fetched_at, ''), capture_id
    )
  ) AS told JOIN posts ON posts.id = told.post_id
  WHERE is_news
)
UNION ALL
SELECT at, CASE WHEN state = 'here' THEN 'post_back' ELSE 'post_' || state END,
  blog_id, post_id, NULL, NULL, url, CASE state WHEN 'moved' THEN reason ELSE title END
FROM (
  SELECT told.*, posts.blog_id, posts.id AS post_id, posts.url, posts.title,
    lag(told.state) OVER earlier AS was,
    lag(told.reason) OVER earlier AS because
  FROM (
    SELECT page_id, at, state, reason FROM page_losses WHERE state IN ('gone', 'moved')
    UNION ALL
    SELECT captures.page_id, captures.fetched_at, 'here', NULL
    FROM post_sightings JOIN captures ON captures.id = post_sightings.capture_id
    WHERE captures.page_id IN (SELECT page_id FROM page_losses) AND captures.fetched_at IS NOT NULL
  ) AS told
  JOIN pages ON pages.id = told.page_id
  LEFT JOIN posts AS own ON own.url_key = pages.url_key
  JOIN posts ON posts.id = CASE
    WHEN own.id IS NOT NULL THEN own.id
    WHEN pages.comment_page IS NULL AND pages.view IS NULL AND coalesce(pages.post_page, 1) = 1 THEN pages.post_id END
  WINDOW earlier AS (  -- in one second a page is there before it is lost: what is lost is not asked for again at once
    PARTITION BY told.page_id ORDER BY told.at, told.state <> 'here'
  )
) WHERE (state <> coalesce(was, 'here')) OR (state = 'moved' AND reason <> because)
UNION ALL
SELECT captures.fetched_at,
  CASE WHEN EXISTS (
    SELECT 1 FROM post_sightings AS earlier JOIN captures AS visit ON visit.id = earlier.capture_id
    WHERE earlier.post_id = posts.id AND earlier.tells_thread = 1 AND coalesce(earlier.thread_pages, earlier.comment_page) IS NULL
    AND visit.fetched_at < captures.fetched_at AND visit.fetched_at >= comments.published_latest
  ) THEN 'comment_late' ELSE 'comment_new' END,
  posts.blog_id, posts.id, comments.id, NULL, NULL,
  coalesce(revisions.text, comments.text)
FROM comments
JOIN posts ON posts.id = comments.post_id
LEFT JOIN captures ON captures.id = comments.first_capture_id
LEFT JOIN comment_sightings AS sighting
  ON sighting.comment_id = comments.id AND sighting.capture_id = comments.first_capture_id
LEFT JOIN revisions ON revisions.comment_id = comments.id AND revisions.text_sha256 = sighting.text_sha256
UNION ALL
SELECT at, what, blog_id, post_id, comment_id, NULL, before, after FROM (
  SELECT told.*, posts.blog_id FROM (
    SELECT fetched_at AS at, 'comment_edited' AS what, post_id, comment_id,
      lag(text) OVER earlier AS before, text AS after, lag(text_sha256) OVER earlier <> text_sha256 AS is_news
    FROM comment_history WHERE comment_id IN (SELECT comment_id FROM comment_sightings WHERE text_sha256 IS NOT NULL)
    WINDOW earlier AS (PARTITION BY comment_id ORDER BY coalesce(fetched_at, ''), capture_id)
    UNION ALL
    SELECT fetched_at, 'comment_renamed', post_id, comment_id,
      lag(author) OVER earlier, author, lag(author) OVER earlier <> author
    FROM comment_history WHERE comment_id IN (SELECT comment_id FROM comment_sightings WHERE author IS NOT NULL)
    WINDOW earlier AS (PARTITION BY comment_id ORDER BY coalesce(fetched_at, ''), capture_id)
    UNION ALL
    SELECT history.fetched_at, 'comment_moved', history.post_id, history.comment_id,
      lag(permalink) OVER earlier, permalink, lag(permalink) OVER earlier <> permalink
    FROM comment_history AS history JOIN post_sightings ON post_sightings.capture_id = history.capture_id
    JOIN captures ON captures.id = history.capture_id
    WHERE comment_id IN (SELECT comment_id FROM comment_sightings WHERE permalink IS NOT NULL)
    WINDOW earlier AS (
      PARTITION BY comment_id, comment_page, page_id ORDER BY coalesce(history.fetched_at, ''), history.capture_id
    )
  ) AS told JOIN posts ON posts.id = told.post_id
) WHERE is_news
UNION ALL
SELECT missed.fetched_at, 'comment_gone', posts.blog_id, posts.id, comments.id, NULL, comments.text, NULL
FROM absences
JOIN captures AS missed ON missed.id = absences.missed_capture_id
JOIN comments ON comments.id = absences.comment_id JOIN posts ON posts.id = comments.post_id
UNION ALL
SELECT back.fetched_at, 'comment_back', posts.blog_id, posts.id, comments.id, NULL, NULL, comments.text
FROM absences
JOIN captures AS back ON back.id = absences.back_capture_id
JOIN comments ON comments.id = absences.comment_id JOIN posts ON posts.id = comments.post_id
UNION ALL
SELECT nullif(first.at, ''), 'bio_new', people.blog_id, NULL, NULL, people.id, NULL,
  coalesce(revisions.text, bios.text, '')
FROM (
  SELECT person_id, coalesce(fetched_at, '') AS at, bio_sha256,
    row_number() OVER (PARTITION BY person_id ORDER BY coalesce(fetched_at, ''), capture_id) AS place
  FROM person_sightings JOIN captures ON captures.id = capture_id WHERE bio_sha256 IS NOT NULL
) AS first
JOIN people ON people.id = first.person_id
LEFT JOIN bios ON bios.person_id = people.id
LEFT JOIN revisions ON revisions.person_id = people.id AND revisions.text_sha256 = first.bio_sha256
WHERE first.place = 1
UNION ALL
SELECT min(at), what, blog_id, NULL, NULL, person_id, before, after FROM (
  SELECT told.*, people.blog_id FROM (
    SELECT fetched_at AS at, 'person_renamed' AS what, person_id, lag(name) OVER earlier AS before, name AS after
    FROM person_sightings JOIN captures ON captures.id = capture_id WHERE name IS NOT NULL
    WINDOW earlier AS (PARTITION BY person_id, page_id ORDER BY coalesce(fetched_at, ''), capture_id)
    UNION ALL
    SELECT at, 'bio_edited', person_id,
      coalesce((SELECT text FROM revisions WHERE revisions.person_id = told.person_id AND text_sha256 = was),
        (SELECT text FROM bios WHERE bios.person_id = told.person_id)),
      coalesce((SELECT text FROM revisions WHERE revisions.person_id = told.person_id AND text_sha256 = is_now),
        (SELECT text FROM bios WHERE bios.person_id = told.person_id))
    FROM (
      SELECT fetched_at AS at, person_id, lag(bio_sha256) OVER earlier AS was, bio_sha256 AS is_now
      FROM person_sightings JOIN captures ON captures.id = capture_id
      WHERE bio_sha256 IS NOT NULL AND person_id IN (SELECT person_id FROM revisions WHERE person_id IS NOT NULL)
      WINDOW earlier AS (PARTITION BY person_id, page_id ORDER BY coalesce(fetched_at, ''), capture_id)
    ) AS told WHERE was <> is_now
  ) AS told JOIN people ON people.id = told.person_id
) WHERE before <> after GROUP BY what, person_id, before, after;

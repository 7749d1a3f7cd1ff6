-- Pictures as a crawl fetched them. The comment of an added column stands in front of its last word, as in 0003.

ALTER TABLE media ADD COLUMN state TEXT  -- how asking for it ended: fetched, refused, failed, gone, or skipped: what came
  -- is no picture; null: it was not asked for
  CHECK (state IN ('fetched', 'refused', 'failed', 'gone', 'skipped'));
ALTER TABLE media ADD COLUMN reason TEXT  -- why it is not here; null where it is
  CHECK (reason <> '');
ALTER TABLE media ADD COLUMN media_type TEXT  -- as its bytes show it, such as image/png; null: it is not here
  CHECK (media_type LIKE 'image/%');
ALTER TABLE media ADD COLUMN capture_id INTEGER  -- the capture of its bytes, at its own URL or where that led to
  REFERENCES captures(id);
CREATE INDEX media_capture_id ON media(capture_id);
CREATE INDEX media_missing ON media(id) WHERE capture_id IS NULL;
CREATE INDEX bios_picture_url ON bios(picture_url);

CREATE VIEW pictures AS  -- Where are the bytes of each picture? One row a picture and what shows it, a post or a person's bio.
SELECT
  media.url,
  shown.post_id,  -- null where a bio shows it
  shown.person_id,  -- null where a post shows it
  shown.alt,
  media.state,
  media.reason,
  media.media_type,
  payload.payload_sha256,
  payload.payload_length,
  payload.warc_file,
  payload.warc_offset
FROM (
  SELECT media_id, post_id, NULL AS person_id, alt FROM post_media
  UNION ALL
  SELECT media.id, NULL, bios.person_id, bios.picture_alt FROM bios JOIN media ON media.url = bios.picture_url
) AS shown
JOIN media ON media.id = shown.media_id
LEFT JOIN captures AS own ON own.id = media.capture_id
LEFT JOIN captures AS payload ON payload.id =
  (SELECT id FROM captures WHERE payload_sha256 = own.payload_sha256 ORDER BY origin = 'warc', id LIMIT 1);

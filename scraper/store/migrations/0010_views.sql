-- What those who look ask for: words inside scripts without spaces, and the newest comments.

CREATE VIRTUAL TABLE posts_bigrams_fts USING fts5(  -- Pairs of neighbouring characters in the posts whose scripts put no spaces between words ('図書館' is '図書 書館 館').
  title, text, content="", tokenize="ascii"
);

CREATE VIRTUAL TABLE comments_bigrams_fts USING fts5(  -- The same of comments; the rowid is the comment's id.
  author, subject, text, content="", tokenize="ascii"
);

CREATE INDEX comments_published_earliest ON comments(published_earliest);

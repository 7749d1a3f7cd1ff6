-- What those who look ask for: words inside scripts without spaces, and the newest comments.

CREATE VIRTUAL TABLE posts_bigrams_fts USING fts5(  -- Pairs of neighbouring characters in the posts whose scripts put no spaces between words ('図書館' is '図書 書館 館').
  title, text, content="", tokenize="ascii"
);

CREATE VIRTUAL TABLE comments_bigrams_fts USING fts5(  -- The same of comments; the rowid is the comment's id.
  author, subject, text, content="", tokenize="ascii"
);

CREATE INDEX comments_published_earliest ON comments(published_earliest);

CREATE VIEW timeline AS  -- When was how much written? One row a blog and month, of posts and the comments on them.
SELECT
  blog,
  month,  -- as the blog's own clock has it, '2012-05'; null: nobody knows it to the month
  count(post_id) AS posts,
  count(comment_id) AS comments,
  count(DISTINCT author) AS commenters  -- names that signed comments
FROM (
  SELECT
    blogs.host AS blog,
    CASE
      WHEN length(published) > 6 THEN substr(published, 1, 7)
      WHEN substr(published_earliest, 1, 7) = substr(published_latest, 1, 7) THEN substr(published_earliest, 1, 7)
    END AS month,
    posts.id AS post_id,
    NULL AS comment_id,
    NULL AS author
  FROM posts LEFT JOIN blogs ON blogs.id = posts.blog_id
  WHERE kind = 'post'
  UNION ALL
  SELECT
    blogs.host,
    CASE
      WHEN length(comments.published) > 6 THEN substr(comments.published, 1, 7)
      WHEN substr(comments.published_earliest, 1, 7) = substr(comments.published_latest, 1, 7)
        THEN substr(comments.published_earliest, 1, 7)
    END,
    NULL,
    comments.id,
    comments.author
  FROM comments JOIN posts ON posts.id = comments.post_id LEFT JOIN blogs ON blogs.id = posts.blog_id
  WHERE comments.kind = 'comment' AND comments.state = 'visible' AND posts.kind = 'post'
)
GROUP BY blog, month;

-- What a crawl has of each blog, what it lacks, and why; and what is remembered of a blog that was removed.

CREATE TABLE segments_read (  -- How far a segment was taken in, where rows that told so were removed with their blog.
  warc_file TEXT PRIMARY KEY,  -- as in captures
  read_to INTEGER NOT NULL  -- bytes: what stands before is not taken in again
) STRICT, WITHOUT ROWID;

CREATE VIEW address_states AS  -- What became of each address of a crawled blog, and when is it asked for? One row an address.
SELECT
  frontier.id AS address_id,
  frontier.crawl_id,
  frontier.url,
  frontier.role,  -- what it is taken for
  frontier.source,  -- what named it, the best of all that did
  frontier.host_group,
  CASE
    WHEN frontier.refusal IS NOT NULL THEN 'left_out'
    WHEN pages.id IS NULL AND frontier.checked_at IS NULL AND frontier.due_at IS NULL THEN 'reserve'
    WHEN pages.id IS NULL AND frontier.checked_at IS NULL THEN 'waiting'
    WHEN pages.state IN ('failed', 'refused', 'gone') THEN pages.state
    WHEN frontier.signature LIKE 'redirect to %' THEN 'redirect'
    ELSE 'answered'
  END AS state,  -- answered, redirect, failed, refused, gone; left_out: a trap, never asked for;
    -- waiting: not asked for yet; reserve: asked for only where it is needed
  coalesce(
    frontier.refusal,
    CASE WHEN frontier.signature LIKE 'redirect to %' AND pages.state <> 'refused' THEN frontier.signature END,
    pages.reason
  ) AS reason,  -- why
  frontier.due_at AS next_try,  -- null: not by itself
  CASE
    WHEN frontier.signature LIKE 'redirect to %' THEN substr(frontier.signature, 13)
  END AS leads_to,  -- the URL that it redirects to
  pages.kind,  -- what it was read as; null: nothing could be read
  pages.post_id  -- the post that it holds, or belongs to
FROM frontier LEFT JOIN pages ON pages.url_key = frontier.url_key;

CREATE VIEW known_posts AS  -- Which posts are known, held or not? One row an address that may be a post's and leads to no other that may.
SELECT
  states.address_id,
  states.crawl_id,
  states.url,
  states.role,  -- post; page: a sitemap lists it, and nothing says what it is; another one that was read as a post
  states.post_id,  -- the post that is held; null: none is
  CASE
    WHEN posts.kind = 'post' THEN 'held'
    WHEN states.state = 'redirect' THEN 'moved'
    WHEN states.state = 'answered' THEN 'no_post'
    ELSE states.state
  END AS state,  -- held, waiting, failed, refused, gone, left_out; moved: to no post; no_post: what came is none
  CASE
    WHEN posts.kind <> 'post' AND states.state = 'answered' THEN 'read as a page of kind ' || posts.kind
    ELSE states.reason
  END AS reason,  -- why it is not held
  states.next_try,
  states.state = 'gone' AS is_gone,  -- 1: it is not on the web any more
  states.source,  -- what named it, the best of all that did
  states.source = 'feed' OR coalesce(listed.feeds, 0) AS in_feed,  -- 1: a feed lists it, or did
  states.source = 'sitemap' OR coalesce(listed.sitemaps, 0) AS in_sitemap,  -- 1: a sitemap does, or did
  states.source = 'api' OR coalesce(listed.interfaces, 0) AS in_interface  -- 1: the platform's interface does, or did
FROM address_states AS states
LEFT JOIN (
  SELECT
    listings.address_id,
    max(lister.role = 'feed') AS feeds,
    max(lister.role = 'sitemap') AS sitemaps,
    max(lister.role = 'post_api') AS interfaces
  FROM listings JOIN frontier AS lister ON lister.id = listings.lister_id GROUP BY listings.address_id
) AS listed ON listed.address_id = states.address_id
LEFT JOIN posts ON posts.id = states.post_id
WHERE (
  states.role = 'post'
  OR (states.role IN ('home', 'listing', 'page') AND posts.kind = 'post')
  OR (states.role = 'page' AND states.source = 'sitemap' AND states.kind IS NULL
    AND states.state IN ('waiting', 'failed', 'refused', 'gone'))
) AND NOT (states.leads_to IS NOT NULL AND EXISTS (
  SELECT 1 FROM frontier AS target
  WHERE target.url = states.leads_to AND target.crawl_id = states.crawl_id AND target.role = 'post'
));

CREATE VIEW short_threads AS  -- Which threads are not whole? One row a post that declares more comments than are held or forgotten.
SELECT
  posts.id AS post_id,
  posts.blog_id,
  posts.url,
  posts.declared_comment_count AS declared,
  (SELECT count(*) FROM comments WHERE post_id = posts.id AND state = 'visible') AS held,
  posts.comments_service AS service  -- where (more of) the comments live; null: on the page
FROM posts
WHERE posts.declared_comment_count
  > (SELECT count(*) FROM comments WHERE post_id = posts.id AND (state = 'visible' OR text = ''));

CREATE VIEW coverage AS  -- How much of each blog is held? One row a crawled blog. Pages: all its addresses but pictures.
SELECT
  crawls.id AS crawl_id,
  crawls.url AS blog,
  coalesce(post.known, 0) AS posts_known,  -- the sum of the numbers up to posts_without
  coalesce(post.held, 0) AS posts_held,
  coalesce(post.waiting, 0) AS posts_waiting,  -- known, and not asked for yet
  coalesce(post.failed, 0) AS posts_failed,
  coalesce(post.refused, 0) AS posts_refused,  -- by robots.txt, or because they lead out of the blog
  coalesce(post.gone, 0) AS posts_gone,  -- gone before they could be held
  coalesce(post.without, 0) AS posts_without,  -- no post was found there
  coalesce(post.held_gone, 0) AS posts_held_gone,  -- held, and gone from the web since
  coalesce(post.feed, 0) AS feed_known,  -- posts that feeds list, or did
  coalesce(post.feed_held, 0) AS feed_held,
  coalesce(post.sitemap, 0) AS sitemap_known,
  coalesce(post.sitemap_held, 0) AS sitemap_held,
  coalesce(post.interface, 0) AS interface_known,
  coalesce(post.interface_held, 0) AS interface_held,
  coalesce(post.archive, 0) AS archive_known,  -- posts that only archive pages and links tell of
  coalesce(post.archive_held, 0) AS archive_held,
  coalesce(thread.held, 0) AS comments_held,  -- visible ones
  coalesce(thread.declared, 0) AS comments_declared,  -- by the posts that say how many they have
  coalesce(thread.missing, 0) AS comments_missing,  -- declared and neither held nor forgotten, post by post
  coalesce(thread.short, 0) AS threads_short,  -- posts that declare more comments than that
  coalesce(thread.elsewhere, 0) AS threads_elsewhere,  -- posts whose comments an embedded service has
  coalesce(page.known, 0) AS pages_known,
  coalesce(page.answered, 0) AS pages_answered,
  coalesce(page.waiting, 0) AS pages_waiting,
  coalesce(page.reserve, 0) AS pages_reserve,  -- asked for only where they are needed
  coalesce(page.failed, 0) AS pages_failed,
  coalesce(page.refused, 0) AS pages_refused,
  coalesce(page.gone, 0) AS pages_gone,
  coalesce(page.left_out, 0) AS pages_left_out  -- traps: never asked for
FROM crawls
LEFT JOIN (
  SELECT
    crawl_id,
    count(DISTINCT post) AS known,
    count(DISTINCT post) FILTER (WHERE state = 'held') AS held,
    sum(state = 'waiting') AS waiting,
    sum(state = 'failed') AS failed,
    sum(state = 'refused') AS refused,
    sum(state = 'gone') AS gone,
    sum(state NOT IN ('held', 'waiting', 'failed', 'refused', 'gone')) AS without,
    count(DISTINCT post) FILTER (WHERE state = 'held' AND is_gone) AS held_gone,
    count(DISTINCT post) FILTER (WHERE in_feed) AS feed,
    count(DISTINCT post) FILTER (WHERE in_feed AND state = 'held') AS feed_held,
    count(DISTINCT post) FILTER (WHERE in_sitemap) AS sitemap,
    count(DISTINCT post) FILTER (WHERE in_sitemap AND state = 'held') AS sitemap_held,
    count(DISTINCT post) FILTER (WHERE in_interface) AS interface,
    count(DISTINCT post) FILTER (WHERE in_interface AND state = 'held') AS interface_held,
    count(DISTINCT post) FILTER (WHERE NOT (in_feed OR in_sitemap OR in_interface)) AS archive,
    count(DISTINCT post) FILTER (WHERE NOT (in_feed OR in_sitemap OR in_interface) AND state = 'held') AS archive_held
  FROM (SELECT *, coalesce(post_id, -address_id) AS post FROM known_posts) GROUP BY crawl_id
) AS post ON post.crawl_id = crawls.id
LEFT JOIN (
  SELECT
    crawl_id,
    sum(held) AS held,
    sum(declared) AS declared,
    sum(max(declared - had, 0)) AS missing,
    sum(declared > had) AS short,
    sum(is_elsewhere) AS elsewhere
  FROM (
    SELECT
      mine.crawl_id,
      posts.declared_comment_count AS declared,
      posts.comments_service IS NOT NULL AS is_elsewhere,
      (SELECT count(*) FROM comments WHERE post_id = posts.id AND state = 'visible') AS held,
      (SELECT count(*) FROM comments WHERE post_id = posts.id AND (state = 'visible' OR text = '')) AS had
    FROM (SELECT DISTINCT crawl_id, post_id FROM known_posts WHERE post_id IS NOT NULL) AS mine
    JOIN posts ON posts.id = mine.post_id
  ) GROUP BY crawl_id
) AS thread ON thread.crawl_id = crawls.id
LEFT JOIN (
  SELECT
    crawl_id,
    count(*) AS known,
    sum(state IN ('answered', 'redirect')) AS answered,
    sum(state = 'waiting') AS waiting,
    sum(state = 'reserve') AS reserve,
    sum(state = 'failed') AS failed,
    sum(state = 'refused') AS refused,
    sum(state = 'gone') AS gone,
    sum(state = 'left_out') AS left_out
  FROM address_states WHERE role <> 'media' GROUP BY crawl_id
) AS page ON page.crawl_id = crawls.id;

CREATE VIEW crawl_health AS  -- What went wrong, why, and when is it tried again? One row a crawled blog and kind of trouble.
SELECT
  crawls.id AS crawl_id,
  crawls.url AS blog,
  trouble.kind,  -- failed, refused, gone, left_out; left_alone: a group of servers that wants to be left alone for now
  trouble.reason,  -- without the address that it speaks of
  trouble.number,  -- of addresses
  trouble.next_try,  -- UTC, the first of them
  trouble.example  -- one of the addresses; of left_alone the group's name
FROM crawls JOIN (
  SELECT
    crawl_id,
    state AS kind,
    CASE
      WHEN instr(reason, url) > 1 THEN rtrim(substr(reason, 1, instr(reason, url) - 1), ' :')
      WHEN reason GLOB '[a-z]*: *' AND reason NOT GLOB 'robots: *' THEN substr(reason, 1, instr(reason, ':') - 1)
      ELSE coalesce(reason, '')
    END AS reason,
    count(*) AS number,
    min(next_try) AS next_try,
    min(url) AS example
  FROM address_states WHERE state IN ('failed', 'refused', 'gone', 'left_out') AND role <> 'media'
  GROUP BY 1, 2, 3
  UNION ALL
  SELECT
    frontier.crawl_id,
    'left_alone',
    hosts.waits_for,
    sum(frontier.due_at < hosts.ready_at),
    hosts.ready_at,
    hosts.name
  FROM frontier JOIN hosts ON hosts.name = frontier.host_group
  WHERE hosts.waits_for IS NOT NULL AND frontier.due_at < hosts.ready_at
  GROUP BY frontier.crawl_id, hosts.name
) AS trouble ON trouble.crawl_id = crawls.id;

-- How many posts each blog has, of which kind and when, without a look at the posts themselves, whose texts are long.

DROP INDEX posts_blog_id;
CREATE INDEX posts_blog_id ON posts(blog_id, kind, published_earliest, published);

<?php
// php load_wxr.php DIR FILE.xml
// Empties the site and loads a WXR file into it, as WordPress's importer would, which Debian has not. Prints counts.
[, $folder, $file] = $argv;
$_SERVER += ['HTTP_HOST' => '127.0.0.1', 'REQUEST_URI' => '/', 'REMOTE_ADDR' => '127.0.0.1', 'SERVER_PROTOCOL' => 'HTTP/1.1'];
require "$folder/www/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/user.php';
wp_set_current_user(1);
kses_remove_filters();
global $wpdb;
foreach (['posts', 'postmeta', 'comments', 'commentmeta', 'term_relationships'] as $table) {
    $wpdb->query("DELETE FROM {$wpdb->$table}");
}
wp_cache_flush();

const NO_TIME = '0000-00-00 00:00:00';
$channel = simplexml_load_file($file, 'SimpleXMLElement', LIBXML_NONET | LIBXML_NOCDATA | LIBXML_PARSEHUGE)->channel;
$counts = ['authors' => 0, 'posts' => 0, 'comments' => 0];

function fields(SimpleXMLElement $element): SimpleXMLElement
{
    return $element->children('http://wordpress.org/export/1.2/');
}

function must(mixed $made): int
{
    if (is_wp_error($made) || !$made) {
        fwrite(STDERR, is_wp_error($made) ? $made->get_error_message() : 'refused');
        exit(1);
    }
    return (int) $made;
}

$users = [];
foreach (fields($channel)->author as $author) {
    $login = (string) $author->author_login;
    $user = ['user_login' => "wxr-$login", 'user_pass' => wp_generate_password(), 'role' => 'author'];
    $users[$login] = must(wp_insert_user(wp_slash($user + ['display_name' => (string) $author->author_display_name])));
    $numbers[(int) $author->author_id] = $users[$login];
    $counts['authors']++;
}

function clock(SimpleXMLElement $item, string $name): array
{
    $local = (string) $item->{$name};
    $utc = (string) $item->{"{$name}_gmt"};
    return [$local, $utc === NO_TIME && $local !== NO_TIME ? get_gmt_from_date($local) : $utc];
}

foreach ($channel->item as $item) {
    $wp = fields($item);
    [$local, $utc] = clock($wp, 'post_date');
    $creator = (string) $item->children('http://purl.org/dc/elements/1.1/')->creator;
    $id = must(wp_insert_post(wp_slash([
        'post_title' => (string) $item->title,
        'post_content' => (string) $item->children('http://purl.org/rss/1.0/modules/content/')->encoded,
        'post_date' => $local, 'post_date_gmt' => $utc, 'post_name' => (string) $wp->post_name,
        'post_status' => (string) $wp->status, 'post_type' => (string) $wp->post_type,
        'post_author' => $users[$creator] ?? 1, 'comment_status' => (string) $wp->comment_status,
    ]), true));
    $counts['posts']++;
    $terms = ['category' => [], 'post_tag' => []];
    foreach ($item->category as $term) {
        $domain = (string) $term['domain'];
        if (isset($terms[$domain])) {
            $found = term_exists((string) $term['nicename'], $domain)
                ?: wp_insert_term(wp_slash((string) $term), $domain, ['slug' => (string) $term['nicename']]);
            $terms[$domain][] = must(is_wp_error($found) ? $found : $found['term_id']);
        }
    }
    foreach ($terms as $domain => $found) {
        wp_set_post_terms($id, $found, $domain);
    }
    $made = [];
    $waiting = [];
    foreach ($wp->comment as $comment) {
        [$local, $utc] = clock($comment, 'comment_date');
        $number = (int) $comment->comment_id;
        $made[$number] = must(wp_insert_comment(wp_slash([
            'comment_post_ID' => $id, 'comment_author' => (string) $comment->comment_author,
            'comment_author_email' => (string) $comment->comment_author_email,
            'comment_author_url' => (string) $comment->comment_author_url,
            'comment_date' => $local, 'comment_date_gmt' => $utc, 'comment_content' => (string) $comment->comment_content,
            'comment_type' => (string) $comment->comment_type, 'comment_approved' => (string) $comment->comment_approved,
            'user_id' => $numbers[(int) $comment->comment_user_id] ?? 0,
        ])));
        $waiting[$made[$number]] = (int) $comment->comment_parent;
        $counts['comments']++;
    }
    foreach ($waiting as $comment => $above) {  // an answer may stand before what it answers
        if ($above) {
            $wpdb->update($wpdb->comments, ['comment_parent' => $made[$above]], ['comment_ID' => $comment]);
        }
    }
}
wp_cache_flush();
echo json_encode($counts), "\n";

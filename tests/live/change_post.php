<?php
// php change_post.php DIR POST_KEY edit HTML | trash | draft
// Does to a published post what its author would in WordPress, and prints its address.
[, $folder, $key, $deed] = $argv;
$_SERVER += ['HTTP_HOST' => '127.0.0.1', 'REQUEST_URI' => '/', 'REMOTE_ADDR' => '127.0.0.1', 'SERVER_PROTOCOL' => 'HTTP/1.1'];
require "$folder/www/wp-load.php";
wp_set_current_user(1);
$found = get_posts(['meta_key' => '_rig_key', 'meta_value' => $key, 'numberposts' => 1, 'post_status' => 'publish']);
if (!$found) {
    fwrite(STDERR, "no published post $key\n");
    exit(1);
}
$post = $found[0];
$address = get_permalink($post);
$done = match ($deed) {
    'edit' => wp_update_post(wp_slash(['ID' => $post->ID, 'post_content' => "$post->post_content\n$argv[4]"])),
    'trash' => wp_trash_post($post->ID),
    'draft' => wp_update_post(['ID' => $post->ID, 'post_status' => 'draft']),
};
if (!$done) {
    fwrite(STDERR, "could not $deed post $key\n");
    exit(1);
}
echo "$address\n";

<?php
// Stands before the router of the site: notes what was asked and how it was answered in requests.jsonl beside it.
$began = microtime(true);
register_shutdown_function(function () use ($began) {
    $line = ['began' => $began, 'ended' => microtime(true), 'method' => $_SERVER['REQUEST_METHOD'],
        'path' => $_SERVER['REQUEST_URI'], 'status' => http_response_code(), 'headers' => array_change_key_case(getallheaders())];
    file_put_contents(__DIR__.'/requests.jsonl', json_encode($line, JSON_UNESCAPED_SLASHES)."\n", FILE_APPEND | LOCK_EX);
});
return require __DIR__.'/site_router.php';

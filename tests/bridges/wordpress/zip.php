<?php
// Writes zip files, good ones and bad ones.

/** @param list<array{0: string, 1: string, 2?: int}> $entries names, contents, and modes */
function zip_of(array $entries): string {
    $zip = $list = '';
    foreach ($entries as $entry) {
        [$name, $content] = $entry;
        $packed = gzdeflate($content);
        $about = pack('vvvvvVVVvv', 20, 0, 8, 0, 0, crc32($content), strlen($packed), strlen($content), strlen($name), 0);
        $mode = $entry[2] ?? 0100644;
        $list .= "PK\x01\x02" . pack('v', 0x031E) . $about . pack('vvvVV', 0, 0, 0, $mode << 16, strlen($zip)) . $name;
        $zip .= "PK\x03\x04" . $about . $name . $packed;
    }
    return $zip . $list . "PK\x05\x06" . pack('vvvvVVv', 0, 0, count($entries), count($entries), strlen($list), strlen($zip), 0);
}

/** @return list<array{0: string, 1: string}> the files of a folder with the names that a zip of it has */
function entries_of(string $folder, string $top): array {
    $entries = [];
    foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator($folder, FilesystemIterator::SKIP_DOTS)) as $file) {
        $entries[] = [$top . substr($file->getPathname(), strlen($folder) + 1), file_get_contents($file->getPathname())];
    }
    return $entries;
}

//! `npx doui mark` and `npx doui csp`, from the package as it is installed.

use std::{fs, path::Path};

use serde_json::json;
use tempfile::TempDir;

use crate::npm::{done, folder, run};

/// A shop with services of which one can be refused alone and two share a host.
fn shop() -> TempDir {
    let home = folder();
    let hosts =
        |hosts: &[&str]| json!({ "value": hosts, "source": "見本", "checked": "2026-01-05" });
    let shop = json!({
        "name": "よつゆ書房", "languages": ["ja"], "revision": "2026-01-05", "contact": { "email": "desk@yotsuyu.example" },
        "purposes": ["ads", "traffic"],
        "services": [
            { "id": "films", "purpose": "ads", "choosable": true, "label": "動画", "hosts": hosts(&["*.films.example"]) },
            { "id": "counter", "purpose": "traffic", "label": "計測", "hosts": hosts(&["www.counter.example", "both.example"]) },
            { "id": "banners", "purpose": "ads", "label": "広告", "hosts": hosts(&["both.example"]) },
        ],
    });
    fs::write(home.path().join("shop.json"), shop.to_string()).expect("it is writable");
    home
}

/// Each kind of template: a name, what it says, and what it says once it is marked; what is not to be marked in it comes out as it
/// was.
const TEMPLATES: &[(&str, &str, &str)] = &[
    (
        "page.html",
        "<script async src=\"https://www.counter.example/a.js\"></script>\n<img alt='a>b' src=//i.films.example/a.png>\n<link rel=\"canonical\" href=\"https://i.films.example/\">\n",
        "<script type=\"text/plain\" data-doui=\"traffic\" async src=\"https://www.counter.example/a.js\"></script>\n<img data-doui=\"ads/films\" alt='a>b' data-doui-src=//i.films.example/a.png>\n<link rel=\"canonical\" href=\"https://i.films.example/\">\n",
    ),
    (
        "header.php",
        "<?php if ($a > 1): ?><script type=\"module\" nonce=\"<?= $n ?>\" src=\"https://www.counter.example/<?= $id ?>.js\"></script><?php endif; echo '<img src=\"/a.png\">';\n",
        "<?php if ($a > 1): ?><script type=\"text/plain\" data-type=\"module\" nonce=\"<?= $n ?>\" data-doui=\"traffic\" src=\"https://www.counter.example/<?= $id ?>.js\"></script><?php endif; echo '<img src=\"/a.png\">';\n",
    ),
    (
        "page.twig",
        "{% if film > 0 %}<iframe src=\"https://www.films.example/embed/{{ film|e(\"url\") }}\" {{ more }}></iframe>{% endif %}{# <img src=\"//i.films.example/\"> #}\n",
        "{% if film > 0 %}<iframe data-doui=\"ads/films\" data-doui-src=\"https://www.films.example/embed/{{ film|e(\"url\") }}\" {{ more }}></iframe>{% endif %}{# <img src=\"//i.films.example/\"> #}\n",
    ),
    (
        "theme.liquid",
        "<script type='text/javascript'>(function (d) { var t = d.createElement('script'); t.src = 'https://www.counter.example/t.js?{{ shop.id }}'; d.head.append(t) })(document)</script>{{ content_for_header }}\n",
        "<script data-doui=\"traffic\" type='text/plain'>(function (d) { var t = d.createElement('script'); t.src = 'https://www.counter.example/t.js?{{ shop.id }}'; d.head.append(t) })(document)</script>{{ content_for_header }}\n",
    ),
    (
        "layout.html.erb",
        "<%= javascript_tag \"<script>\" %>\n<link rel=\"stylesheet\" href=\"https://s.films.example/<%= @a > 1 %>.css\">\r\n",
        "<%= javascript_tag \"<script>\" %>\n<link data-doui=\"ads/films\" rel=\"stylesheet\" data-doui-href=\"https://s.films.example/<%= @a > 1 %>.css\">\r\n",
    ),
    (
        "page.ejs",
        "<% list.forEach((it) => { %><source srcset=\"https://i.films.example/<%- it %> 1x, /b.png 2x\"><% }) %>\n",
        "<% list.forEach((it) => { %><source data-doui=\"ads/films\" data-doui-srcset=\"https://i.films.example/<%- it %> 1x, /b.png 2x\"><% }) %>\n",
    ),
    (
        "strings.php",
        "<?php echo '?><img src=\"//i.films.example/1\">'; // don't ?><img src=//i.films.example/2>\n<?php /* ?> <img src=\"//i.films.example/3\"> */ echo <<<X\n?> <img src=\"//i.films.example/4\"> don't\nX;\n?>\n",
        "<?php echo '?><img src=\"//i.films.example/1\">'; // don't ?><img data-doui=\"ads/films\" data-doui-src=//i.films.example/2>\n<?php /* ?> <img src=\"//i.films.example/3\"> */ echo <<<X\n?> <img src=\"//i.films.example/4\"> don't\nX;\n?>\n",
    ),
    (
        "block.blade.php",
        "@php $a = \"<img src='//i.films.example/1'>\"; @endphp<!--><video src=\"https://i.films.example./2\"></video>\n",
        "@php $a = \"<img src='//i.films.example/1'>\"; @endphp<!--><video data-doui=\"ads/films\" data-doui-src=\"https://i.films.example./2\"></video>\n",
    ),
    (
        "page.blade.php",
        "@if($a)\n<embed src=\"https://www.films.example/{!! $id !!}\">{{-- <embed src=\"https://www.films.example/\"> --}}\n@endif\n",
        "@if($a)\n<embed data-doui=\"ads/films\" data-doui-src=\"https://www.films.example/{!! $id !!}\">{{-- <embed src=\"https://www.films.example/\"> --}}\n@endif\n",
    ),
];

fn text(at: &Path, name: &str) -> String {
    fs::read_to_string(at.join(name)).expect("it is there")
}

#[test]
fn tags_in_templates_of_each_kind_are_marked_and_all_else_keeps_its_bytes() {
    let home = shop();
    let mut arguments = vec!["mark"];
    for (name, before, _) in TEMPLATES {
        fs::write(home.path().join(name), before).expect("it is writable");
        arguments.push(name);
    }
    let shown = done(home.path(), &arguments);
    for part in [
        "--- page.html\n+++ page.html\n@@ -1,4 +1,4 @@\n-<script async",
        "\n+<script type=\"text/plain\" data-doui=\"traffic\"",
        "10 tags in 9 of 9 files to mark",
        "add --write",
    ] {
        assert!(shown.contains(part), "{part} is not in\n{shown}");
    }
    for (name, before, _) in TEMPLATES {
        assert_eq!(
            text(home.path(), name),
            *before,
            "something was written without --write"
        );
    }
    arguments.push("--write");
    let written = done(home.path(), &arguments);
    assert!(
        written.contains("Marked 10 tags in 9 of 9 files."),
        "{written}"
    );
    for (name, _, after) in TEMPLATES {
        assert_eq!(text(home.path(), name), *after, "{name}");
    }
    let again = done(home.path(), &arguments);
    assert!(again.contains("Nothing to mark in 9 files."), "{again}");
    for (name, _, after) in TEMPLATES {
        assert_eq!(text(home.path(), name), *after, "{name}, a second time");
    }
}

#[test]
fn what_is_left_alone_is_said_with_its_line_and_the_reason() {
    let home = shop();
    let page = "<p>\n<script src=\"https://both.example/a.js\"></script>\n<script src=\"<?= $host ?>/a.js\"></script>\n\
        <noscript><img src=\"https://i.films.example/1\"></noscript>\n<script>var home = 'https://www.counter.example/';</script>\n\
        <?php enqueue('https://www.counter.example/b.js'); ?>\n<script type=\"text/partytown\" src=\"https://www.counter.example/c.js\"></script>\n\
        <script type=\"application/ld+json\">{\"@id\":\"https://www.counter.example/\"}</script><!-- <img src=\"https://i.films.example/2\"> -->\n\
        <script src=\"https://www.clarity.ms/tag/1\"></script>\n<script type=\"<?= $type ?>\" src=\"https://www.counter.example/d.js\"></script>\n\
        <script data-doui=\"traffic\" type=\"text/plain\" src=\"https://www.counter.example/e.js\"></script><img src=\"/own.png\">\n\
        <iframe srcdoc=\"<img src='//i.films.example/3'>\"></iframe>\n<img :src=\"'//i.films.example/4'\">\n";
    fs::write(home.path().join("page.php"), page).expect("it is writable");
    let said = done(home.path(), &["mark", "page.php", "--write"]);
    for line in [
        "page.php:2: <script> left alone: counter and banners have this host and wait for different purposes: write data-doui yourself",
        "page.php:3: <script> left alone: its address is made by code",
        "page.php:4: <img> left alone: it is films's within <noscript>, where no script can hold it: take it away",
        "page.php:5: <script> left alone: it names counter, and loads nothing that can be seen",
        "page.php:6: code left alone: it names www.counter.example, a host of counter",
        "page.php:7: <script> left alone: it is text/partytown, which browsers do not run, and has no data-doui",
        "page.php:9: <script> marked: clarity is of the catalogue and not in the shop file: add it to services",
        "page.php:10: <script> left alone: its type is made by code",
        "page.php:12: <iframe> left alone: its srcdoc names i.films.example, a host of films",
        "page.php:13: <img> left alone: its :src names i.films.example, a host of films",
        "Marked 1 tag in 1 of 1 file.",
    ] {
        assert!(said.contains(line), "{line} is not in\n{said}");
    }
    assert!(
        !said.contains("page.php:8") && !said.contains("page.php:11"),
        "{said}"
    );
    let marked = page.replace(
        "<script src=\"https://www.clarity.ms",
        "<script type=\"text/plain\" data-doui=\"traffic\" src=\"https://www.clarity.ms",
    );
    assert_eq!(text(home.path(), "page.php"), marked);
}

#[test]
fn a_file_in_shift_jis_keeps_its_bytes() {
    let home = shop();
    // 表示 in Shift_JIS ends its first letter with a back slash.
    let before = [
        b"<p>\x95\x5c\x8e\xa6</p>".as_slice(),
        b"<img src=\"//i.films.example/\x95\x5c\">",
    ]
    .concat();
    let after = [
        b"<p>\x95\x5c\x8e\xa6</p>".as_slice(),
        b"<img data-doui=\"ads/films\" data-doui-src=\"//i.films.example/\x95\x5c\">",
    ]
    .concat();
    fs::write(home.path().join("page.html"), before).expect("it is writable");
    done(home.path(), &["mark", "--write", "page.html"]);
    assert_eq!(
        fs::read(home.path().join("page.html")).expect("it is there"),
        after
    );
}

#[test]
fn who_asks_wrongly_is_told_and_nothing_is_written() {
    let home = shop();
    fs::write(
        home.path().join("page.html"),
        "<img src=\"//i.films.example/1\">",
    )
    .expect("it is writable");
    let (status, said) = run(home.path(), &["mark"]);
    assert!(status == 2 && said.contains("mark needs files"), "{said}");
    let (status, said) = run(home.path(), &["mark", "--write", "page.html", "none.html"]);
    assert!(
        status == 1 && said.contains("none.html cannot be read: there is no such file"),
        "{said}"
    );
    let (status, said) = run(home.path(), &["mark", "--write", "page.html", "."]);
    assert!(status == 1 && said.contains(". is a folder"), "{said}");
    let (status, said) = run(home.path(), &["mark", "--shop", "none.json", "page.html"]);
    assert!(status == 1 && said.contains("none.json"), "{said}");
    assert_eq!(
        text(home.path(), "page.html"),
        "<img src=\"//i.films.example/1\">"
    );
}

#[test]
fn a_policy_names_the_hosts_of_what_is_allowed() {
    let home = shop();
    let refused = done(home.path(), &["csp"]);
    assert!(
        refused.starts_with("Content-Security-Policy: default-src 'self'; script-src 'self'"),
        "{refused}"
    );
    assert!(!refused.contains("example"), "{refused}");
    let allowed = done(home.path(), &["csp", "--allow", "traffic"]);
    assert!(
        allowed.contains("img-src 'self' data: blob: www.counter.example both.example;"),
        "{allowed}"
    );
    assert!(!allowed.contains("films"), "{allowed}");
    let allowed = done(home.path(), &["csp", "--allow", "ads,traffic"]);
    assert!(
        allowed.contains("frame-src 'self' *.films.example www.counter.example both.example"),
        "{allowed}"
    );
    let (status, said) = run(home.path(), &["csp", "--allow", "nonsense"]);
    assert!(
        status == 1 && said.contains("no service waits for it; there are ads/films, ads, traffic"),
        "{said}"
    );
}

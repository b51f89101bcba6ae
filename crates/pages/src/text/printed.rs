//! Every sentence as a visitor reads it, in a file a language: `tests/words/ja.txt`, …. People read these from top to bottom;
//! the test sees that they are what Doui says.

use std::{env, fmt::Write as _, fs, path::Path};

use doui_shop::Shop;

use super::{Pages, Words, spoken};
use crate::edition::PageEdition;
use crate::render;

const SHOP: &str = include_str!("../../../../shop.json");

/// What is said of none, one, two and many.
const COUNTS: [usize; 4] = [0, 1, 2, 4];

/// The environment variable that has the test write the files.
const WRITE: &str = "DOUI_WRITE_WORDS";

#[test]
fn every_sentence_is_printed() {
    let root = &Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let shop = Shop::from_json(&completed(root)).expect("the shop file is sound");
    let shop: &'static Shop = Box::leak(Box::new(shop));
    for lang in shop.languages.iter().chain(&shop.more_languages) {
        let file = root.join("tests/words").join(format!("{lang}.txt"));
        let printed = print(shop, lang);
        if env::var_os(WRITE).is_some() {
            fs::write(&file, printed).expect("the file can be written");
            continue;
        }
        let read = fs::read_to_string(&file).unwrap_or_default();
        let line = printed.lines().zip(read.lines());
        let line = line.take_while(|(now, before)| now == before).count() + 1;
        assert!(
            printed == read,
            "tests/words/{lang}.txt:{line}: Doui now says something else. Write the files anew with \
             `{WRITE}=1 cargo test -p doui-pages printed`, and read what changed"
        );
    }
}

/// One thing has one name, and Japanese its own punctuation.
#[test]
fn japanese_keeps_to_its_terms() {
    const NOT: [(&str, &str); 12] = [
        (" · ", "、"),
        ("要確認", "未確認"),
        ("申告", "記載"),
        ("お断り", "拒否"),
        ("消す", "削除"),
        ("消しました", "削除"),
        ("消去", "削除"),
        ("お客さま", "お客様"),
        ("使いみち", "目的"),
        ("常に有効", "常にオン"),
        ("変えられ", "変更できます"),
        ("Cookie", "クッキー"),
    ];
    let root = &Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let words = fs::read_to_string(root.join("tests/words/ja.txt")).expect("it is there");
    let mut files = vec![("tests/words/ja.txt".to_owned(), words)];
    for file in fs::read_dir(root.join("catalog")).expect("there is a catalogue") {
        let file = file.expect("it can be listed").path();
        let read = fs::read_to_string(&file).expect("it can be read");
        let texts = read
            .lines()
            .filter(|line| line.trim_start().starts_with("\"ja\""));
        files.push((
            file.display().to_string(),
            texts.collect::<Vec<_>>().join("\n"),
        ));
    }
    let is_japanese = |c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}');
    for (file, text) in files {
        for line in text.lines().filter(|line| line.contains(is_japanese)) {
            // To take back is another word than to delete.
            let words = line.replace("取り消", "");
            for (not, but) in NOT {
                assert!(!words.contains(not), "{file}: {not} is {but} here: {line}");
            }
            let browsers = line.matches("ブラウザ").count();
            assert_eq!(
                browsers,
                line.matches("ブラウザー").count(),
                "{file}: {line}"
            );
            let mut letters = line.chars().peekable();
            while let Some(letter) = letters.next() {
                let next = letters.peek().copied().unwrap_or(' ');
                let is_narrow = is_japanese(letter) && matches!(next, '(' | ',');
                assert!(!is_narrow, "{file}: {letter}{next} is narrow: {line}");
            }
        }
    }
}

/// The shop file with what the catalogue knows of its services.
fn completed(root: &Path) -> String {
    let mut shop: serde_json::Value = serde_json::from_str(SHOP).expect("the shop file is JSON");
    let services = shop["services"].as_array_mut().expect("it has services");
    for service in services {
        let id = service["id"].as_str().expect("a service has an id");
        let file = root.join("catalog").join(format!("{id}.json"));
        let Ok(known) = fs::read_to_string(file) else {
            continue;
        };
        let known: serde_json::Value = serde_json::from_str(&known).expect("it is JSON");
        let service = service.as_object_mut().expect("a service is an object");
        for (key, value) in known.as_object().expect("a service is an object") {
            service.entry(key).or_insert_with(|| value.clone());
        }
    }
    shop.to_string()
}

/// Everything that is said in a language.
fn print(shop: &'static Shop, lang: &'static str) -> String {
    let edition = PageEdition::new(shop, lang);
    let mut text = String::new();
    banner(edition, &mut text);
    settings(edition, &mut text);
    let language = spoken(lang).expect("Doui speaks the language");
    if let Some(pages) = &language.pages {
        live(edition, pages, &mut text);
    }
    for page in render::pages(shop)
        .into_iter()
        .filter(|page| page.lang == lang)
    {
        let _ = writeln!(text, "\n\n======== /doui/{}\n{}", page.path, page.title);
        text += &plain(&page.body);
    }
    text.trim_start().to_owned() + "\n"
}

fn title(text: &mut String, title: &str) {
    let _ = writeln!(text, "\n-------- {title}");
}

fn some(edition: PageEdition, count: usize) -> Vec<&'static str> {
    let mut labels = edition.purpose_labels(&|_| true);
    labels.truncate(count);
    labels
}

fn banner(edition: PageEdition, text: &mut String) {
    let (shop, words) = (edition.shop, edition.words);
    title(text, "the banner, at first");
    for line in [words.banner_title, edition.lead()] {
        let _ = writeln!(text, "{line}");
    }
    for count in COUNTS {
        let _ = writeln!(text, "[{count}] {}", words.listed(&some(edition, count)));
    }
    title(text, "the banner, by what has happened");
    for line in [
        words.banner_lead_opt_out,
        words.banner_decided,
        words.banner_expired,
        words.banner_some,
        words.conflict,
        words.unkept,
    ] {
        let _ = writeln!(text, "{line}");
    }
    for count in COUNTS.into_iter().skip(1) {
        let list = words.quoted(&some(edition, count));
        let _ = writeln!(text, "[{count}] {}", words.gpc_off.replace("{list}", &list));
    }
    title(
        text,
        "what stands in the place of a frame, and the offer to reload",
    );
    let embed = edition.embed();
    let _ = writeln!(text, "{}", embed.frame.replace("{host}", "video.example"));
    for count in COUNTS.into_iter().skip(1) {
        let list = words.quoted(&some(edition, count));
        let _ = writeln!(text, "[{count}] {}", embed.held.replace("{list}", &list));
    }
    let named = shop.services.iter().take(2).map(|service| {
        let purpose = shop.purpose(service.purpose.as_str());
        let purpose = purpose.map_or("", |purpose| edition.text(&purpose.label));
        let name = embed.service.replace("{purpose}", purpose);
        name.replace("{service}", edition.text(&service.label))
    });
    let named: Vec<_> = named.collect();
    let named: Vec<_> = named.iter().map(String::as_str).collect();
    let list = words.quoted(&named);
    let _ = writeln!(text, "[services] {}", embed.held.replace("{list}", &list));
    let lines = [
        embed.allow,
        embed.outlived,
        embed.reload,
        embed.stay,
        embed.put_away,
    ];
    for line in lines.into_iter().chain(embed.said) {
        let _ = writeln!(text, "{line}");
    }
    title(
        text,
        "the whole banner with its settings, the offer and the model of a placeholder",
    );
    *text += &plain(&render::kit(shop, edition.lang));
}

fn settings(edition: PageEdition, text: &mut String) {
    let words = edition.words;
    title(text, "the settings page, by what has happened");
    for line in [
        words.undecided_opt_out,
        &words.decided_at.replace("{when}", "…"),
        &words.holds_until.replace("{when}", "…"),
        words.gpc_on,
        words.gpc_allowed,
        words.revised,
        words.saved,
        words.withdrawn,
        words.undone,
        words.forgotten,
        words.unsaved,
    ] {
        let _ = writeln!(text, "{line}");
    }
    let frame = edition.frame();
    title(text, "that the shop counts answers");
    for line in [frame.counts_title, frame.counts, frame.counts_signal] {
        let _ = writeln!(text, "{line}");
    }
    leftovers(words, text);
}

fn leftovers(words: &Words, text: &mut String) {
    for names in NAMES.into_iter().skip(1) {
        let list = words.quoted(names);
        let said = words.leftovers.replace("{list}", &list);
        let _ = writeln!(text, "[{}] {said}", names.len());
    }
}

const NAMES: [&[&str]; 4] = [
    &[],
    &["_ga"],
    &["_ga", "_gcl_au"],
    &["_ga", "_gcl_au", "_ly_su", "demo_aff"],
];

/// What is said on the pages by what the visitor does.
fn live(edition: PageEdition, pages: &Pages, text: &mut String) {
    let (shop, words) = (edition.shop, edition.words);
    title(text, "the search of services");
    for count in COUNTS {
        let _ = writeln!(text, "[{count}] {}", pages.search.found(count));
    }
    title(text, "stored data");
    let cookies = &pages.cookies;
    for line in [cookies.none, cookies.undeclared, cookies.undeclared_note] {
        let _ = writeln!(text, "{line}");
    }
    let label = edition.text(&shop.purposes[0].label);
    let _ = writeln!(text, "{}", cookies.delete_all_of.replace("{list}", label));
    for place in [cookies.cookie, cookies.local, cookies.session] {
        for owner in [
            Some(edition.text(&shop.services[0].label)),
            Some(cookies.own),
            None,
        ] {
            let _ = writeln!(text, "{}", cookies.row(owner, place));
        }
    }
    for names in NAMES {
        for (gone, stays, own) in [
            (names, &[][..], false),
            (&[], names, true),
            (names, names, false),
        ] {
            let said = cookies.news(words, gone, stays, own);
            let _ = writeln!(text, "[{}, {}] {said}", gone.len(), stays.len());
        }
    }
    title(text, "the history");
    let history = &pages.history;
    for count in COUNTS {
        let labels = some(edition, count);
        let _ = writeln!(
            text,
            "[{count}]\n{}",
            history.choices(words, &labels, &labels[..count / 2])
        );
        let _ = writeln!(text, "{}", history.changed(words, &labels));
    }
    let revision = edition.date(shop.revision);
    for (by, gpc) in [
        (history.banner, false),
        (history.centre, true),
        (history.api, false),
        ("", false),
    ] {
        let _ = writeln!(
            text,
            "{}",
            history.made(words, by, edition.frame().language, &revision, gpc)
        );
    }
    for line in history.list() {
        let _ = writeln!(text, "{line}");
    }
    title(text, "for developers");
    for line in pages.developers.list() {
        let _ = writeln!(text, "{}", line.replace("{name}", "adz"));
    }
}

/// What is read of some HTML, a line for each block.
fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        text += &rest[..start];
        let end = rest[start..]
            .find('>')
            .map_or(rest.len(), |end| start + end + 1);
        let tag = &rest[start..end];
        let name = tag.trim_start_matches(['<', '/']);
        let name = name
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        // What stands within a line.
        if !matches!(name, "a" | "span" | "b" | "code" | "time" | "strong" | "") {
            text.push('\n');
        } else if matches!(name, "a" | "button") && tag.starts_with("</") {
            text.push(' ');
        }
        rest = &rest[end..];
    }
    text += rest;
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"");
    let text = text
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&amp;", "&");
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

//! `npx doui build --inline`: the block for shops on hosts that take no file.

use std::fs;

use doui_tests::built;
use serde_json::Value;

use crate::npm::{done, folder, run};

/// Texts that would end a script, begin another, or be a template's.
const HOSTILE: &str = "</script><script>stolen()</script><!-- {{ secret }} <{$secret}> <?php";

fn shop() -> Value {
    let mut shop = built::shop();
    shop["contact"]["policy"] = "https://shop.example/policy".into();
    shop
}

#[test]
fn the_block_is_ascii_and_its_bytes_are_said() {
    let home = folder();
    let at = home.path();
    fs::write(at.join("shop.json"), shop().to_string()).expect("it is writable");
    let said = done(at, &["build", "--inline"]);
    let block = fs::read_to_string(at.join("doui-inline.html")).expect("it was written");
    assert!(
        block.is_ascii() && block.starts_with("<script>"),
        "{block:.40}"
    );
    assert!(block.ends_with("</script>\n"));
    assert!(said.contains(&format!("{} bytes", block.len())), "{said}");
    assert!(said.contains("Left out are zh, zh-Hant, ko, vi"), "{said}");
    assert!(!at.join("dist").exists(), "nothing else is written");
    // What is further is within on demand, in a file that one names.
    let said = done(
        at,
        &[
            "build",
            "--inline",
            "--more-languages",
            "--out",
            "head.html",
        ],
    );
    let whole = fs::read_to_string(at.join("head.html")).expect("it was written");
    assert!(
        said.contains("head.html is written") && !said.contains("Left out"),
        "{said}"
    );
    assert!(whole.is_ascii() && whole.len() > block.len() + 1000);
    for (block, is_there) in [(&block, false), (&whole, true)] {
        assert_eq!(block.contains("ko:\""), is_there);
        // There is no file beside it, and no centre.
        assert!(!block.contains("/doui/?lang") && block.contains("https://shop.example/policy"));
    }
}

#[test]
fn no_text_of_the_shop_ends_the_block_or_begins_a_template() {
    let mut shop = shop();
    shop["texts"] = serde_json::json!({ "ja": { "banner_title": HOSTILE } });
    shop["purposes"][0]["label"]["ja"] = HOSTILE.into();
    let block = built::inline(&shop, &[]);
    let lower = block.to_lowercase();
    assert_eq!(lower.matches("</script").count(), 1);
    assert_eq!(lower.matches("<script").count(), 1);
    for opening in ["<!--", "{{", "{%", "{#", "<{", "<?", "<%"] {
        assert!(!block.contains(opening), "{opening}");
    }
    assert!(block.contains("secret"), "the text itself is there");
}

#[test]
fn what_is_asked_wrongly_of_inline_gets_a_sentence() {
    let home = folder();
    let at = home.path();
    fs::write(at.join("shop.json"), shop().to_string()).expect("it is writable");
    fs::write(at.join("broken.json"), "{").expect("it is writable");
    fs::create_dir(at.join("photos")).expect("it is writable");
    for (arguments, status, part) in [
        (
            &["build", "--more-languages"][..],
            2,
            "--more-languages is for --inline",
        ),
        (
            &["build", "--inline", "--out", "photos"],
            1,
            "photos cannot be written: it is a folder",
        ),
        (&["build", "--inline", "broken.json"], 1, "broken.json:1:"),
        (
            &["build", "--inline", "none.json"],
            1,
            "there is no such file",
        ),
    ] {
        let (code, said) = run(at, arguments);
        assert!(said.contains(part), "{arguments:?}: {said}");
        assert_eq!(code, status, "{arguments:?}: {said}");
    }
    assert!(!at.join("doui-inline.html").exists());
}

#[test]
fn a_shop_without_a_policy_is_told_so() {
    let home = folder();
    let at = home.path();
    let mut shop = shop();
    shop["contact"]
        .as_object_mut()
        .expect("an object")
        .remove("policy");
    fs::write(at.join("shop.json"), shop.to_string()).expect("it is writable");
    let said = done(at, &["build", "--inline"]);
    assert!(said.contains("say its address as contact.policy"), "{said}");
}

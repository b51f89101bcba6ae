//! The plugin for EC-CUBE, its template played by the Twig that Debian has.

use std::{fs, path::Path, process::Command};

use doui_tests::built;
use serde_json::Value;

use crate::recipes::program;

#[test]
fn the_plugin_puts_the_script_first_in_the_template() {
    let Some(php) = program("php", "php-cli") else {
        return;
    };
    let Some(page) = built::ec_cube_page(&php) else {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "{MISSING}");
        eprintln!("skipped: {MISSING}");
        return;
    };
    assert!(
        page.contains("<script src=\"/html/user_data/doui/doui.js\"></script>"),
        "{page}"
    );
}

const MISSING: &str =
    "what needs it is not tested: there is no Twig (Debian: `apt-get install php-twig`)";

#[test]
fn the_plugin_says_what_ec_cube_asks_of_one() {
    let folder = built::root().join("integrations/ec-cube/Doui");
    let composer = fs::read(folder.join("composer.json")).expect("it is there");
    let composer: Value = serde_json::from_slice(&composer).expect("it is JSON");
    assert_eq!(composer["type"], "eccube-plugin");
    assert_eq!(composer["extra"]["code"], "Doui");
    let pack = Command::new("tar")
        .args(["-cz", "-C"])
        .arg(&folder)
        .arg(".")
        .output();
    let pack = pack.expect("tar starts");
    assert!(pack.status.success() && Path::new(&folder).join("Event.php").is_file());
}

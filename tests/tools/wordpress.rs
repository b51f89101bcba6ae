//! The plugin for WordPress without WordPress: what it takes as an upload, prints and answers, in the PHP that is installed.

use std::process::Command;

use doui_tests::built;
use serde_json::Value;

use crate::recipes::program;

#[test]
fn the_plugin_takes_good_uploads_and_reads_cookies_as_the_core_does() {
    let Some(php) = program("php", "php-cli") else {
        return;
    };
    let tests = built::tests();
    let output = Command::new(php)
        .arg(tests.join("bridges/wordpress/check.php"))
        .arg(built::root().join("integrations/wordpress/doui"))
        .arg(built::dist())
        .arg(tests.join("vectors.json"))
        .arg(tests.join("terms"))
        .output()
        .expect("PHP starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let found: Value = serde_json::from_slice(&output.stdout).expect("it says what it found");
    assert!(found["vectors"].as_u64() > Some(50), "{found}");
}

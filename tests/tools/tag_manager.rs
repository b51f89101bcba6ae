//! The template for Google Tag Manager: its sections, its permissions, and its own tests against a stand-in of the sandbox.

use std::process::Command;

use doui_tests::built;
use serde_json::Value;

#[test]
fn the_template_is_whole_and_its_own_tests_pass() {
    built::npm("yaml/package.json");
    let output = Command::new("node")
        .arg(built::tests().join("bridges/tag-manager/check.mjs"))
        .arg(built::root().join("integrations/google-tag-manager"))
        .output()
        .expect("node could not be started: install Node.js 20 or newer");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let found: Value = serde_json::from_slice(&output.stdout).expect("it says what it found");
    assert!(found["scenarios"].as_u64() > Some(8), "{found}");
}

//! The type declarations, as the TypeScript compiler reads them.

use std::process::Command;

use doui_tests::built;

#[test]
fn the_type_declarations_fit_a_shops_code() {
    let checked = Command::new("node")
        .arg(built::npm("typescript/bin/tsc"))
        .args([
            "--noEmit",
            "--strict",
            "--target",
            "es2022",
            "--lib",
            "es2022,dom,dom.iterable",
        ])
        .arg(built::tests().join("fixtures/api.ts"))
        .output()
        .expect("node could not be started: install Node.js 18 or newer");
    let said = String::from_utf8_lossy(&checked.stdout);
    assert!(checked.status.success(), "{said}");
}

//! Types, as the TypeScript compiler reads them: the declarations that a shop's code is written against, and the shop
//! page's script against those declarations and its stamp.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use doui_tests::built;
use tempfile::TempDir;

fn tsc() -> Command {
    let mut tsc = Command::new("node");
    tsc.arg(built::npm("typescript/bin/tsc"));
    tsc
}

fn run(mut tsc: Command) -> Output {
    tsc.output()
        .expect("node could not be started: install Node.js 18 or newer")
}

/// What the compiler says of a folder of modules with their `tsconfig.json`; nothing if all is well.
fn faults(folder: &Path) -> String {
    let mut tsc = tsc();
    tsc.arg("--project")
        .arg("tsconfig.json")
        .current_dir(folder);
    let output = run(tsc);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.success(), said.is_empty(), "{said}");
    said
}

#[test]
fn the_type_declarations_fit_a_shops_code() {
    let said = faults(&built::tests().join("fixtures"));
    assert!(said.is_empty(), "in tests/fixtures:\n{said}");
}

#[test]
fn the_shop_pages_script_fits_its_types() {
    let said = faults(&built::root().join("src/embed"));
    assert!(said.is_empty(), "in src/embed:\n{said}");
}

/// A module with mistakes that the check of the script must find, each with what it says.
const MISTAKES: &str = "\
import { ids } from './shop.js';
/** @satisfies {Partial<Doui>} */
export const api = { closes() {} };
export const purposes = DOUI_STAMP._purpose;
export const isOn = WITH_NOTHING;
/** @param {string} id */
export const has = (id) => ids.includes(id.at(-1));
export const first = ids.find((id) => id == 'ads').length;
const unused = document.prerendering;
";
const SAID: [(&str, &str); 6] = [
    ("(3,22)", "'closes' does not exist in type 'Partial<Doui>'"),
    ("(4,36)", "'_purpose' does not exist on type 'Stamp'"),
    ("(5,21)", "Cannot find name 'WITH_NOTHING'"),
    ("(7,44)", "'at' does not exist on type 'string'"),
    ("(8,22)", "possibly 'undefined'"),
    ("(9,7)", "'unused' is declared but its value is never read"),
];

#[test]
fn a_module_that_does_not_fit_is_found() {
    let folder = TempDir::new().expect("a temporary folder");
    let embed = built::root().join("src/embed");
    for name in ["tsconfig.json", "doui.d.ts", "stamp.d.ts", "page.d.ts"] {
        fs::copy(embed.join(name), folder.path().join(name)).expect("the folder takes files");
    }
    let write = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).expect("the folder takes files");
    };
    let shop = "export const ids = DOUI_STAMP._purposes.map(({ _id }) => _id);\n";
    write("shop.js", shop);
    assert_eq!(faults(folder.path()), "");
    write("main.js", MISTAKES);
    let said = faults(folder.path());
    for (place, what) in SAID {
        let is_told =
            |line: &str| line.starts_with(&format!("main.js{place}")) && line.contains(what);
        assert!(
            said.lines().any(is_told),
            "{place} {what} is missing in:\n{said}"
        );
    }
    assert_eq!(
        said.lines().filter(|line| line.contains("error")).count(),
        SAID.len(),
        "{said}"
    );
}

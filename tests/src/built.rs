//! What `cargo xtask test` has built before the tests run, and where.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    sync::LazyLock,
};

use serde_json::{Value, json};
use tempfile::TempDir;

/// The workspace: `DOUI_ROOT`, or the folder above this package.
pub fn root() -> PathBuf {
    env::var_os("DOUI_ROOT").map_or_else(
        || {
            Path::new(env!("CARGO_MANIFEST_DIR"))
                .parent()
                .expect("the package lies in the workspace")
                .to_owned()
        },
        PathBuf::from,
    )
}

/// This package's folder.
pub fn tests() -> PathBuf {
    root().join("tests")
}

/// What `cargo xtask build` leaves: `DOUI_DIST`, or the workspace's `dist/`.
///
/// # Panics
///
/// When it has not been built.
pub fn dist() -> PathBuf {
    let dist = env::var_os("DOUI_DIST").map_or_else(|| root().join("dist"), PathBuf::from);
    assert!(
        dist.join("doui.js").is_file(),
        "no doui.js in {}: run `cargo xtask test`, or `cargo xtask build` first",
        dist.display()
    );
    dist
}

/// A call of the project's own tools: `DOUI_XTASK`, or the workspace's debug build.
///
/// # Panics
///
/// When there is no such file.
pub fn xtask() -> Command {
    let xtask =
        env::var_os("DOUI_XTASK").map_or_else(|| root().join("target/debug/xtask"), PathBuf::from);
    assert!(
        xtask.is_file(),
        "no {}: run `cargo xtask test`, or `cargo build -p xtask` first",
        xtask.display()
    );
    let mut command = Command::new(xtask);
    command.current_dir(root());
    command
}

/// The shop file that `dist/` is built for.
pub fn shop() -> Value {
    let file = root().join("shop.json");
    let text = fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
}

/// What a page in Japanese carries for a shop that is one of `tests/shops`, perhaps at another revision.
///
/// # Panics
///
/// When there is no such shop.
pub fn carried(name: &str, shop: &Value) -> Value {
    let file = tests().join("terms").join(format!("{name}.json"));
    let text = fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let mut terms: Value = serde_json::from_str(&text).expect("terms are JSON");
    terms["revision"] = shop["revision"].clone();
    let list = |key: &str| shop[key].as_array().cloned().unwrap_or_default();
    for (purpose, source) in terms["purposes"]
        .as_array_mut()
        .into_iter()
        .flatten()
        .zip(list("purposes"))
    {
        purpose["revised"] = source["revised"].clone();
    }
    let named = |it: &Value| json!({ "label": it["label"]["ja"], "summary": it["summary"]["ja"] });
    let link = |it: &Value| json!({ "label": it["label"]["ja"], "url": it["url"] });
    let labels = json!({
        "necessary": named(&shop["necessary"]),
        "purposes": list("purposes").iter().map(named).collect::<Vec<_>>(),
        "services": list("services").iter().map(|it| it["label"]["ja"].clone()).collect::<Vec<_>>(),
        "opt_outs": list("opt_outs").iter().map(link).collect::<Vec<_>>(),
        "opt_outs_stop_use": true,
    });
    json!({ "terms": terms, "labels": labels })
}

/// A folder with `doui.js` for another shop file, and nothing else.
///
/// # Panics
///
/// When the check refuses the file.
pub fn stamped(shop: &Value) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    let file = folder.path().join("shop.json");
    fs::write(&file, shop.to_string()).expect("the temporary folder takes files");
    let mut stamp = xtask();
    stamp.arg("stamp").arg("--shop").arg(&file);
    let stamped = stamp.arg("--out").arg(folder.path()).status();
    assert!(
        stamped.expect("xtask starts").success(),
        "xtask stamp failed for {shop}"
    );
    folder
}

/// The same for the demo's shop with a change.
///
/// # Panics
///
/// When the check refuses the file.
pub fn stamped_with(change: impl FnOnce(&mut Value)) -> TempDir {
    let mut shop = shop();
    change(&mut shop);
    stamped(&shop)
}

/// The folder of the package for npm, as it is packed.
///
/// # Panics
///
/// When it has not been made.
pub fn package() -> PathBuf {
    let folder = root().join("target/package/doui");
    assert!(
        folder.join("lib/build.wasm.gz").is_file(),
        "no {}: run `cargo xtask test`, or `cargo xtask package` first",
        folder.display()
    );
    folder
}

/// The whole of `dist/` for a shop, built by the package for npm.
///
/// # Panics
///
/// When the shop file has a fault.
pub fn whole(shop: &Value) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    let file = folder.path().join("shop.json");
    fs::write(&file, shop.to_string()).expect("the folder is writable");
    let mut node = Command::new("node");
    node.arg(package().join("bin/doui.js"))
        .arg("build")
        .arg(&file);
    let built = node.arg("--out").arg(folder.path().join("dist")).output();
    let built = built.expect("the tests need Node.js");
    assert!(
        built.status.success(),
        "{}",
        String::from_utf8_lossy(&built.stderr)
    );
    folder
}

/// The block to paste into a head for a shop, made by the package for npm.
///
/// # Panics
///
/// When the shop file has a fault.
pub fn inline(shop: &Value, options: &[&str]) -> String {
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("shop.json"), shop.to_string()).expect("the folder is writable");
    let mut node = Command::new("node");
    node.arg(package().join("bin/doui.js"))
        .args(["build", "--inline"])
        .args(options)
        .current_dir(folder.path());
    let built = node.output().expect("the tests need Node.js");
    assert!(
        built.status.success(),
        "{}",
        String::from_utf8_lossy(&built.stderr)
    );
    fs::read_to_string(folder.path().join("doui-inline.html")).expect("it was written")
}

/// Where Debian puts Twig.
const TWIG: &str = "/usr/share/php/Twig/autoload.php";

/// The code blocks of a language in one of the project's pages.
///
/// # Panics
///
/// When there is no such page.
pub fn blocks(page: &str, language: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join(page)).unwrap_or_else(|e| panic!("{page}: {e}"));
    let fence = format!("```{language}\n");
    let blocks = text.split(&fence).skip(1);
    blocks
        .map(|block| block.split("```").next().unwrap_or_default().to_owned())
        .collect()
}

/// A page as EC-CUBE's template and the plugin make it; nothing where there is no Twig.
///
/// # Panics
///
/// When the plugin does not what its page says.
pub fn ec_cube_page(php: &Path) -> Option<String> {
    if !Path::new(TWIG).is_file() {
        return None;
    }
    let lines = blocks("integrations/ec-cube/README.md", "twig").concat();
    let mut program = Command::new(php);
    program.arg(tests().join("bridges/ec-cube/check.php"));
    program.args([Path::new(TWIG), &root().join("integrations/ec-cube/Doui")]);
    let output = program.arg(lines).output().expect("PHP starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    Some(String::from_utf8(output.stdout).expect("a page is text"))
}

/// A file of an npm package that `tests/package-lock.json` pins.
///
/// # Panics
///
/// When it is not installed.
pub fn npm(path: &str) -> PathBuf {
    let file = tests().join("node_modules").join(path);
    assert!(
        file.is_file(),
        "no {}: run `cargo xtask test`, or `npm ci` in tests/ first",
        file.display()
    );
    file
}

/// The libraries that stand beside Doui, each as one script, bundled once a run from `tests/guests/`.
static GUESTS: LazyLock<PathBuf> = LazyLock::new(|| {
    npm("esbuild/package.json");
    let folder = root().join("target/guests");
    let mut node = Command::new("node");
    node.arg(tests().join("guests/bundle.mjs")).arg(&folder);
    let bundled = node.status().expect("the tests need Node.js");
    assert!(bundled.success(), "tests/guests/bundle.mjs failed");
    folder
});

/// The folder of what `tests/guests/` makes.
///
/// # Panics
///
/// When Node.js or what npm installs is missing.
pub fn guests() -> &'static Path {
    &GUESTS
}

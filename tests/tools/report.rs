//! The rate of consent: the log that a real nginx writes by `docs/report.md`, what `npx doui report` says of it, and the same
//! figures in DuckDB and ClickHouse by the SQL that is printed there.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

use doui_tests::built;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::recipes::{Server, nginx_in, program, write};

/// The only code block of `docs/report.md` that is fenced as this, and that has these words in it.
fn block(fence: &str, words: &str) -> String {
    let file = built::root().join("docs/report.md");
    let page = fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let open = format!("\n```{fence}\n");
    let blocks = page.split(&open).skip(1);
    let blocks = blocks.filter_map(|block| Some(block.split_once("\n```\n")?.0));
    let found: Vec<_> = blocks.filter(|block| block.contains(words)).collect();
    let [block] = found[..] else {
        panic!(
            "docs/report.md has {} blocks of {fence} with {words}",
            found.len()
        );
    };
    format!("{block}\n")
}

fn doui(at: &Path, arguments: &[&str]) -> Command {
    let mut node = Command::new("node");
    node.arg(built::package().join("bin/doui.js"))
        .arg("report")
        .args(arguments)
        .current_dir(at)
        .stdin(Stdio::null());
    node
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// What it says of logs, as JSON.
fn figures(at: &Path, arguments: &[&str]) -> Value {
    let arguments = [arguments, &["--json"]].concat();
    let output = doui(at, &arguments).output().expect("node starts");
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("it is JSON")
}

fn line(day: u32, query: &str) -> String {
    format!("{{\"t\":\"2026-11-{day:02}T09:30:00+09:00\",\"q\":\"{query}\"}}\n")
}

const SHOWN: &str = "e=shown&rev=20231201&lang=ja&w=narrow";

fn answered(door: &str, act: &str, choices: &str) -> String {
    format!("e=answered&by={door}&act={act}&c={choices}&rev=20231201&lang=ja&w=wide")
}

/// Lines that look as if they were of the report, and are not.
const FOREIGN: &[&str] = &[
    "e=shown",
    "e=shown&rev=20231201&lang=ja&w=narrow&id=7",
    "e=shown&rev=20231201&lang=ja&w=huge",
    "e=answered&by=banner&act=all&c=ads0&rev=20231201&lang=ja&w=wide",
    "e=answered&by=banner&act=refused&c=ads0.traffic1&rev=20231201&lang=ja&w=wide",
    "e=answered&by=robot&act=all&c=ads1&rev=20231201&lang=ja&w=wide",
    "e=answered&by=banner&act=all&c=&rev=20231201&lang=ja&w=wide",
    "",
];

/// A log of many messages, some of them foreign, the same for each seed.
fn log(lines: usize, seed: u64) -> String {
    let mut chance = fastrand::Rng::with_seed(seed);
    let mut log = String::new();
    for _ in 0..lines {
        let day = chance.u32(1..=28);
        let language = *chance
            .choice(&["ja", "ja", "ja", "en", "zh-Hant"])
            .expect("one");
        let width = *chance.choice(&["narrow", "wide"]).expect("one");
        let page = *chance.choice(&["", "&p=product", "&p=home"]).expect("one");
        let rest = format!("rev=20231201&lang={language}&w={width}{page}");
        let query = match chance.u32(0..1000) {
            0..10 => (*chance.choice(FOREIGN).expect("one")).to_owned(),
            10..600 => format!("e=shown&{rest}"),
            _ => {
                let bits = [
                    chance.u32(0..2),
                    chance.u32(0..3) / 2,
                    chance.u32(0..4).min(1),
                ];
                let act = match bits {
                    [1, 1, 1] => "all",
                    [0, 0, 0] => "refused",
                    _ => "chosen",
                };
                let door = *chance
                    .choice(&["banner", "banner", "settings", "centre", "api"])
                    .expect("one");
                let [auth, ads, traffic] = bits;
                format!(
                    "e=answered&by={door}&act={act}&c=auth{auth}.ads{ads}.traffic{traffic}&{rest}"
                )
            }
        };
        log += &line(day, &query);
    }
    log
}

#[test]
fn figures_have_their_intervals_and_cells_under_twenty_are_left_out() {
    let home = TempDir::new().expect("a temporary folder");
    let mut log = String::new();
    for _ in 0..100 {
        log += &line(1, SHOWN);
    }
    for (times, door, act, choices) in [
        (30, "banner", "all", "ads1.traffic1"),
        (25, "banner", "refused", "ads0.traffic0"),
        (20, "settings", "chosen", "ads0.traffic1"),
        (5, "api", "chosen", "ads1"),
    ] {
        for _ in 0..times {
            log += &line(1, &answered(door, act, choices));
        }
    }
    for _ in 0..19 {
        log += &line(2, SHOWN);
        log += &line(2, &answered("banner", "all", "ads1.traffic1"));
    }
    write(home.path(), "doui.log", &log);
    let all = figures(home.path(), &["doui.log"]);
    assert_eq!(
        json!([
            all["shown"],
            all["answered"],
            all["all"],
            all["refused"],
            all["chosen"]
        ]),
        json!([119, 99, 49, 25, 25])
    );
    let near = |value: &Value, wanted: f64| {
        let value = value.as_f64().expect("a number");
        assert!((value - wanted).abs() < 1e-4, "{value} is not {wanted}");
    };
    // By R: prop.test(74, 99, correct = FALSE), and so on.
    let of = |share: &Value, count: u32, of: u32, [rate, low, high]: [f64; 3]| {
        assert_eq!(
            json!([share["count"], share["of"]]),
            json!([count, of]),
            "{share}"
        );
        near(&share["rate"], rate);
        near(&share["low"], low);
        near(&share["high"], high);
    };
    of(&all["consent"], 74, 99, wilson(74.0, 99.0));
    of(&all["purposes"]["ads"], 54, 99, wilson(54.0, 99.0));
    of(&all["purposes"]["traffic"], 69, 94, wilson(69.0, 94.0));
    let by = |kind: &str| -> Vec<(String, Value, Value)> {
        let rows = all["by"][kind].as_array().expect("rows").iter();
        rows.map(|row| {
            (
                row[kind].as_str().expect("a name").to_owned(),
                row["shown"].clone(),
                row["answered"].clone(),
            )
        })
        .collect()
    };
    // Of the second day there are nineteen banners and nineteen answers.
    assert_eq!(
        by("day"),
        [("2026-11-01".to_owned(), json!(100), json!(80))]
    );
    assert_eq!(
        by("door"),
        [
            ("banner".to_owned(), Value::Null, json!(74)),
            ("settings".to_owned(), Value::Null, json!(20))
        ]
    );
    assert_eq!(
        by("width"),
        [
            ("narrow".to_owned(), json!(119), Value::Null),
            ("wide".to_owned(), Value::Null, json!(99))
        ]
    );
    assert_eq!(by("language"), [("ja".to_owned(), json!(119), json!(99))]);
    assert_eq!(all["leftOut"], 2);
    // As a table, the same; from a pipe, the same; compressed, the same.
    let table = doui(home.path(), &["doui.log"])
        .output()
        .expect("node starts");
    let table = text(&table.stdout);
    for part in [
        "74.7 %",
        "2026-11-01",
        "settings",
        "opt-in rate",
        "2 rows are left out",
        "218 lines were read; all of them are counted.",
    ] {
        assert!(table.contains(part), "{part} is missing in\n{table}");
    }
    assert!(
        !table.contains("api") && !table.contains("2026-11-02"),
        "{table}"
    );
    let piped = piped(home.path(), &["--json"], log.as_bytes());
    assert_eq!(
        serde_json::from_slice::<Value>(&piped.stdout).expect("it is JSON"),
        all
    );
    let zip = Command::new("gzip")
        .arg("-k")
        .arg("doui.log")
        .current_dir(home.path())
        .status();
    assert!(zip.expect("gzip starts").success());
    assert_eq!(figures(home.path(), &["doui.log.gz"]), all);
    let twice = figures(home.path(), &["doui.log", "doui.log.gz"]);
    assert_eq!(twice["answered"], 198);
    assert_eq!(twice["by"]["day"].as_array().map(Vec::len), Some(2));
}

/// The share with Wilson's interval, by its formula as it stands in his paper.
fn wilson(count: f64, of: f64) -> [f64; 3] {
    let (z, rate) = (1.959_963_984_540_054_f64, count / of);
    let centre = rate + z * z / (2.0 * of);
    let half = z * ((rate * (1.0 - rate) + z * z / (4.0 * of)) / of).sqrt();
    let whole = 1.0 + z * z / of;
    [rate, (centre - half) / whole, (centre + half) / whole]
}

/// Runs a program, which reads this.
fn fed(program: &mut Command, input: &[u8]) -> Output {
    let program = program
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut program = program.spawn().expect("node starts");
    let mut stdin = program.stdin.take().expect("it is piped");
    stdin.write_all(input).expect("it is read");
    drop(stdin);
    program.wait_with_output().expect("it ends")
}

fn piped(at: &Path, arguments: &[&str], input: &[u8]) -> Output {
    fed(&mut doui(at, arguments), input)
}

#[test]
fn lines_that_are_not_ours_are_counted_and_named() {
    let home = TempDir::new().expect("a temporary folder");
    let mut log = line(1, SHOWN).repeat(20);
    log += "127.0.0.1 - - [01/Nov/2026:09:00:00 +0900] \"GET / HTTP/1.1\" 200 5\n";
    log += "{\"t\":\"yesterday\",\"q\":\"e=shown&rev=20231201&lang=ja&w=wide\"}\n";
    for query in FOREIGN {
        log += &line(1, query);
    }
    log += "{\"t\":1,\"q\":[]}\n\"\"\nnull\n";
    log += &"x".repeat(300_000);
    log += "\n";
    // A key of the shop's own beside ours, and the end of a line as Windows writes it.
    log += &line(1, SHOWN)
        .replace('{', "{\"host\":\"a\",")
        .replace('\n', "\r\n");
    write(home.path(), "doui.log", &log);
    let all = figures(home.path(), &["doui.log"]);
    assert_eq!(all["shown"], 21);
    assert_eq!(
        all["lines"],
        json!({ "read": 21 + 2 + FOREIGN.len() + 4, "unknown": 2 + FOREIGN.len() + 4 })
    );
    let unknown: BTreeMap<String, (u64, String)> = all["unknown"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| {
            (
                it["why"].as_str().expect("a reason").to_owned(),
                (
                    it["lines"].as_u64().expect("a number"),
                    it["first"].as_str().expect("a place").to_owned(),
                ),
            )
        })
        .collect();
    let of = |part: &str| {
        unknown
            .iter()
            .find(|(why, _)| why.contains(part))
            .map(|(_, told)| (told.0, &*told.1))
    };
    assert_eq!(of("set up"), None);
    assert_eq!(of("sets up"), Some((4, "doui.log:21")));
    assert_eq!(of("no time"), Some((1, "doui.log:22")));
    assert_eq!(
        of("does not send"),
        Some((FOREIGN.len() as u64, "doui.log:23"))
    );
    assert_eq!(of("longer than"), Some((1, "doui.log:34")));
    // Where nothing is ours, the command says so and fails.
    write(home.path(), "other.log", "a\nb\n");
    let output = doui(home.path(), &["other.log"])
        .output()
        .expect("node starts");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr).contains("docs/report.md"),
        "{}",
        text(&output.stderr)
    );
    for (arguments, status, said) in [
        (
            &["nothing.log"][..],
            1,
            "nothing.log cannot be read: there is no such file",
        ),
        (&["doui.log", "--json", "--svg"], 1, "give one of them"),
        (&["doui.log", "--jsn"], 2, "--jsn"),
    ] {
        let output = doui(home.path(), arguments).output().expect("node starts");
        assert_eq!(output.status.code(), Some(status), "{arguments:?}");
        assert!(
            text(&output.stderr).contains(said),
            "{}",
            text(&output.stderr)
        );
    }
}

#[test]
fn the_days_are_a_picture() {
    let home = TempDir::new().expect("a temporary folder");
    write(home.path(), "doui.log", &log(20_000, 1));
    let output = doui(home.path(), &["doui.log", "--svg"])
        .output()
        .expect("node starts");
    let svg = text(&output.stdout);
    assert!(
        svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\"")
            && svg.trim_end().ends_with("</svg>"),
        "{svg}"
    );
    assert_eq!(svg.matches("<circle").count(), 28);
    assert!(
        svg.contains("2026-11-28: ") && svg.contains("<title id=\"title\">"),
        "{svg}"
    );
    assert!(!svg.contains("NaN") && !svg.contains("<script"), "{svg}");
    // Of too few answers too it is one.
    write(home.path(), "few.log", &line(1, SHOWN));
    let output = doui(home.path(), &["few.log", "--svg"])
        .output()
        .expect("node starts");
    assert!(text(&output.stdout).contains("no day has enough answers"));
}

/// Runs the command in one process, and returns the most memory that it took, in megabytes.
const MEASURED: &str = "const { run } = await import(process.argv[1]); await run(['report', process.argv[2], '--json']);
    console.error('most ' + Math.ceil(process.resourceUsage().maxRSS / 1024));";

#[test]
fn a_million_lines_take_ten_seconds_and_200_megabytes_at_most() {
    let home = TempDir::new().expect("a temporary folder");
    write(home.path(), "doui.log", &log(1_000_000, 2));
    let command = built::package().join("lib/command.js");
    let began = Instant::now();
    let output = Command::new("node")
        .args(["--input-type=module", "--eval", MEASURED])
        .arg(command)
        .arg("doui.log")
        .current_dir(home.path())
        .output()
        .expect("node starts");
    let took = began.elapsed();
    let all: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert_eq!(all["lines"]["read"], 1_000_000);
    let said = text(&output.stderr);
    let most = said
        .lines()
        .find_map(|line| line.strip_prefix("most ")?.parse::<u32>().ok());
    let most = most.unwrap_or_else(|| panic!("{said}"));
    println!("a million lines took {took:?} and {most} MB");
    assert!(most <= 200, "{most} MB");
    assert!(took <= Duration::from_secs(10), "{took:?}");
}

/// Holds the rows of a database to those of `npx doui report`: per row its name, and what both call a figure.
fn same(rows: &Value, own: &Value, kind: &str, all: &str) {
    let own: Vec<_> = own["by"]["day"]
        .as_array()
        .expect("rows")
        .iter()
        .filter(|row| !row["answered"].is_null())
        .collect();
    let rows = rows.as_array().expect("rows");
    assert_eq!(rows.len(), own.len());
    for (row, own) in rows.iter().zip(own) {
        assert_eq!(row[kind], own["day"]);
        for (theirs, ours) in [
            ("shown", "shown"),
            ("answered", "answered"),
            (all, "all"),
            ("chosen", "chosen"),
            ("refused", "refused"),
        ] {
            assert_eq!(row[theirs], own[ours], "{theirs} of {}", own["day"]);
        }
        shares(row, &own["consent"], "consent");
    }
}

fn shares(row: &Value, own: &Value, count: &str) {
    assert_eq!(row[count], own["count"], "{row} {own}");
    for figure in ["rate", "low", "high"] {
        if figure == "rate" || !row[figure].is_null() {
            let (theirs, ours) = (row[figure].as_f64(), own[figure].as_f64());
            let (theirs, ours) = (theirs.expect("a number"), ours.expect("a number"));
            assert!((theirs - ours).abs() < 1e-9, "{figure}: {row} {own}");
        }
    }
}

fn same_purposes(rows: &Value, own: &Value) {
    let own = own["purposes"].as_object().expect("purposes");
    let rows = rows.as_array().expect("rows");
    assert_eq!(rows.len(), own.len());
    for row in rows {
        let own = &own[row["purpose"].as_str().expect("a name")];
        assert_eq!(row["answered"], own["of"]);
        shares(row, own, "allowed");
    }
}

#[test]
fn duckdb_has_the_same_figures_by_the_printed_sql() {
    let home = TempDir::new().expect("a temporary folder");
    let mut log = log(50_000, 3);
    log += "no JSON\n{\"t\":\"yesterday\",\"q\":\"e=shown&rev=20231201&lang=ja&w=wide\"}\n";
    write(home.path(), "doui.log", &log);
    let own = figures(home.path(), &["doui.log"]);
    built::npm("@duckdb/node-api/package.json");
    let script = built::tests().join("tools/duckdb.mjs");
    let mut node = Command::new("node");
    node.arg(script)
        .args(["days", "purposes"])
        .current_dir(home.path());
    let output = fed(&mut node, block("sql duckdb", "read_json").as_bytes());
    assert!(output.status.success(), "{}", text(&output.stderr));
    let told: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    same(&told["days"], &own, "day", "all");
    same_purposes(&told["purposes"], &own);
    assert!(told["days"][0]["low"].is_number());
}

#[test]
#[ignore = "it fetches ClickHouse and takes minutes; `cargo xtask test --everywhere` runs it"]
fn clickhouse_has_the_same_figures_of_ten_million_lines() {
    let home = TempDir::new().expect("a temporary folder");
    // In parts, since each is made in memory.
    let mut file = fs::File::create(home.path().join("doui.log")).expect("the folder is writable");
    for part in 0..10 {
        file.write_all(log(1_000_000, part).as_bytes())
            .expect("the disk has room");
    }
    drop(file);
    let own = figures(home.path(), &["doui.log"]);
    write(
        home.path(),
        "doui.sql",
        &block("sql clickhouse", "MATERIALIZED VIEW"),
    );
    let venv = home.path().join("venv");
    let python = venv.join("bin/python");
    for (program, arguments) in [
        (PathBuf::from("python3"), vec!["-m", "venv", "venv"]),
        (
            python.clone(),
            vec!["-m", "pip", "install", "--quiet", "chdb==4.4.0"],
        ),
    ] {
        let done = Command::new(&program)
            .args(&arguments)
            .current_dir(home.path())
            .output();
        let done = done.unwrap_or_else(|e| {
            panic!(
                "{}: {e} (Debian: `apt-get install python3-venv`)",
                program.display()
            )
        });
        assert!(
            done.status.success(),
            "{arguments:?}: {}",
            text(&done.stderr)
        );
    }
    let output = Command::new(python)
        .arg(built::tests().join("tools/clickhouse.py"))
        .args(["doui.sql", "doui.log", "data"])
        .current_dir(home.path())
        .output()
        .expect("python starts");
    assert!(output.status.success(), "{}", text(&output.stderr));
    let told: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    same(&told["doui_days"], &own, "day", "everything");
    same_purposes(&told["doui_purposes"], &own);
}

#[tokio::test(flavor = "multi_thread")]
async fn nginx_writes_the_log_without_address_or_agent() {
    let Some(program) = program("nginx", "nginx") else {
        return;
    };
    let home = TempDir::new().expect("a temporary folder");
    let log = home.path().join("doui.log");
    let (outside, inside) = (block("nginx", "log_format"), block("nginx", "location"));
    let inside = inside.replace("/var/log/nginx/doui.log", log.to_str().expect("a path"));
    let server = Server::start("event method", |folder, port| {
        let mut lines = outside.clone();
        write!(lines, "server {{ listen 127.0.0.1:{port}; {inside} }}").expect("memory");
        nginx_in(folder, &program, &lines)
    });
    let server = server.await;
    let client = reqwest::Client::new();
    let address = |query: &str| format!("http://127.0.0.1:{}/doui-count{query}", server.port);
    let post = |query: &str| {
        client
            .post(address(query))
            .header("user-agent", "secret-agent")
    };
    let shown = format!("?{SHOWN}");
    for site in ["same-origin", "none", "cross-site", "same-site", ""] {
        let mut sent = post(&shown);
        if !site.is_empty() {
            sent = sent.header("sec-fetch-site", site);
        }
        let answer = sent.send().await.expect("nginx answers");
        assert_eq!(answer.status(), 204, "{site}");
        assert_eq!(answer.bytes().await.expect("it ends").len(), 0);
    }
    // What is no message of Doui's, by its method or its words, is not counted.
    client
        .get(address(&shown))
        .send()
        .await
        .expect("nginx answers");
    post("?a=\"b\\\"").send().await.expect("nginx answers");
    for _ in 0..20 {
        post(&format!("?{}", answered("banner", "all", "ads1")))
            .send()
            .await
            .expect("nginx answers");
    }
    // Many at once are not taken.
    let flood = (0..60).map(|_| post(&shown).send());
    let flood = futures_util::future::join_all(flood).await;
    let limited = flood
        .iter()
        .filter(|answer| answer.as_ref().is_ok_and(|it| it.status() == 503));
    assert!(limited.count() > 20);
    let written = fs::read_to_string(&log).expect("nginx writes it");
    assert!(
        !written.contains("127.0.0.1") && !written.contains("agent"),
        "{written}"
    );
    for line in written.lines() {
        let line: Value = serde_json::from_str(line).expect("it is JSON");
        let keys: Vec<_> = line.as_object().expect("an object").keys().collect();
        assert_eq!(keys, ["t", "q"]);
    }
    let first: Vec<_> = written
        .lines()
        .take(2)
        .map(|line| line.contains(SHOWN))
        .collect();
    assert_eq!(first, [true, true]);
    // Nothing came of other sites, nor of what was no POST.
    let shown = written.lines().filter(|line| line.contains("e=shown"));
    let taken = flood
        .iter()
        .filter(|answer| answer.as_ref().is_ok_and(|it| it.status() == 204));
    assert_eq!(shown.count(), 2 + taken.count());
    let all = figures(home.path(), &["doui.log"]);
    assert!(all["lines"]["unknown"].as_u64() <= Some(1), "{all}");
}

#[test]
fn the_pages_of_the_centre_say_what_is_counted() {
    let read = |shop: &Value| {
        let folder = built::whole(shop);
        [
            "services/index.html",
            "en/services/index.html",
            "policy/index.html",
            "zh/index.html",
            "zh-Hant/index.html",
            "ko/index.html",
            "vi/index.html",
        ]
        .map(|path| fs::read_to_string(folder.path().join("dist").join(path)).expect("it is built"))
    };
    let says = [
        "当店は、クッキーの設定について",
        "On our own server, we count",
        "自社のサーバーで数えています",
        "我们在自己的服务器上",
        "我們在自己的伺服器上",
        "자사 서버에서 집계",
        "Trên máy chủ của mình",
    ];
    let mut shop = built::shop();
    let off = read(&shop);
    shop["report"] = json!({ "url": "/doui-count", "gpc": true });
    let on = read(&shop);
    for ((on, off), says) in on.iter().zip(&off).zip(says) {
        assert!(on.contains(says) && on.contains("id=\"counts\""), "{says}");
        assert!(!off.contains("id=\"counts\""), "{says}");
    }
}

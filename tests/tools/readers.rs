//! The lines of `docs/server.md` by which a server reads the answer. Each is run as it is printed, in its own language, on
//! every cookie of the vectors.

use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    process::{Command, Stdio},
};

use doui_core::{Terms, signals::sec_gpc};
use doui_tests::built;
use reqwest::header;
use serde_json::Value;

use crate::recipes::{Server, apache_in, nginx_in, program, write};

/// The purpose of the lines as they are printed.
const PURPOSE: &str = "ads";

/// The line of a language.
fn line(language: &str) -> String {
    let page = fs::read_to_string(built::root().join("docs/server.md")).unwrap();
    let start = format!("- **{language}**: `");
    let line = page.lines().find_map(|line| line.strip_prefix(&start));
    let line = line.unwrap_or_else(|| panic!("docs/server.md has no line of {language}"));
    line.split_once('`').unwrap().0.to_owned()
}

/// A cookie of the vectors, and whether a reader must take the purpose for allowed.
struct Case {
    name: String,
    cookie: String,
    is_allowed: bool,
}

fn vectors() -> Vec<Value> {
    let text = fs::read_to_string(built::tests().join("vectors.json")).unwrap();
    let mut all: Value = serde_json::from_str(&text).unwrap();
    let Value::Array(vectors) = all["decisions"].take() else {
        panic!("the vectors are a list");
    };
    vectors
}

/// Each cookie once. A reader looks for the purpose's token and judges nothing else.
fn cases() -> Vec<Case> {
    let mut seen = BTreeSet::new();
    let mut cases = Vec::new();
    for vector in vectors() {
        let Some(cookie) = vector["cookie"].as_str() else {
            continue;
        };
        // A header holds no other characters, and a percent sign PHP reads as part of a code.
        let is_plain = cookie.bytes().all(|b| b.is_ascii_graphic() && b != b'%');
        if !is_plain || !seen.insert(cookie.to_owned()) {
            continue;
        }
        let token = format!("{PURPOSE}1");
        cases.push(Case {
            name: vector["name"].as_str().unwrap().to_owned(),
            cookie: cookie.to_owned(),
            is_allowed: cookie.split('.').skip(1).any(|it| it == token),
        });
    }
    let allowed = cases.iter().filter(|case| case.is_allowed).count();
    assert!(
        allowed > 20 && cases.len() - allowed > 20,
        "{allowed} of {}",
        cases.len()
    );
    cases
}

/// What a program says of all cases, a `1` or a `0` for each.
fn judge(language: &str, said: &str) {
    let cases = cases();
    let said: Vec<_> = said.trim().chars().collect();
    assert_eq!(said.len(), cases.len(), "{language}");
    for (case, said) in cases.iter().zip(said) {
        let Case { name, cookie, .. } = case;
        assert_eq!(said == '1', case.is_allowed, "{language}: {name}: {cookie}");
    }
}

/// Runs a program that is given the cookies as a list in `cookies.json`.
fn run(program: &Path, file: &str, text: &str) -> String {
    let folder = tempfile::TempDir::new().unwrap();
    let cookies: Vec<_> = cases().into_iter().map(|case| case.cookie).collect();
    write(
        folder.path(),
        "cookies.json",
        &serde_json::to_string(&cookies).unwrap(),
    );
    write(folder.path(), file, text);
    let mut program = Command::new(program);
    let output = program
        .arg(file)
        .current_dir(folder.path())
        .stderr(Stdio::inherit());
    let output = output.output().expect("the program starts");
    assert!(output.status.success(), "{file} failed");
    String::from_utf8(output.stdout).unwrap()
}

/// Asks a server for `/` with each cookie. It answers with a `1`, or with something else.
async fn ask(server: &Server) -> String {
    let client = reqwest::Client::new();
    let mut said = String::new();
    for case in cases() {
        let header = format!("session=8f3a; doui={}; last=1", case.cookie);
        let address = format!("http://127.0.0.1:{}/", server.port);
        let request = client.get(address).header(header::COOKIE, header);
        let answer = request.send().await.expect("the server answers");
        let is_allowed = answer.headers().get("x-allows").is_some_and(|it| it == "1");
        said.push(if is_allowed { '1' } else { '0' });
    }
    said
}

#[tokio::test]
async fn nginx_reads_each_cookie() {
    let Some(program) = program("nginx", "nginx") else {
        return;
    };
    let line = line("nginx");
    let server = Server::start("event method", |folder, port| {
        let lines = format!(
            "{line}
            server {{
                listen 127.0.0.1:{port};
                location / {{ add_header X-Allows $allows_ads; return 200; }}
            }}"
        );
        nginx_in(folder, &program, &lines)
    })
    .await;
    judge("nginx", &ask(&server).await);
}

#[tokio::test]
async fn apache_reads_each_cookie() {
    let Some(program) = program("apache2", "apache2-bin") else {
        return;
    };
    let line = line("Apache");
    let server = Server::start("start_threads", |folder, port| {
        let modules = ["mpm_event", "authz_core", "headers", "setenvif"];
        let here = folder.display();
        let lines = format!(
            "DocumentRoot \"{here}\"
            {line}
            Header always set X-Allows 1 env=allows_ads"
        );
        apache_in(folder, port, &program, &modules, &lines)
    })
    .await;
    judge("Apache", &ask(&server).await);
}

#[test]
fn php_reads_each_cookie() {
    let Some(program) = program("php", "php-cli") else {
        return;
    };
    let line = line("PHP");
    let text = format!(
        "<?php
        foreach (json_decode(file_get_contents('cookies.json')) as $value) {{
            $_COOKIE = ['session' => '8f3a', 'doui' => $value];
            {line}
            echo $allows_ads ? '1' : '0';
        }}
        $_COOKIE = [];
        {line}
        if ($allows_ads !== false) exit(1);"
    );
    judge("PHP", &run(&program, "read.php", &text));
}

#[test]
fn node_reads_each_cookie() {
    let Some(program) = program("node", "nodejs") else {
        return;
    };
    let line = line("Node.js");
    let text = format!(
        "import {{ readFileSync }} from 'node:fs';
        const read = (request) => {{ {line}; return allows_ads; }};
        for (const value of JSON.parse(readFileSync('cookies.json'))) {{
            process.stdout.write(read({{ headers: {{ cookie: `session=8f3a; doui=${{value}}; last=1` }} }}) ? '1' : '0');
        }}
        if (read({{ headers: {{}} }}) !== false) process.exit(1);"
    );
    judge("Node.js", &run(&program, "read.mjs", &text));
}

/// The line as it is printed, between names that it takes for given.
#[expect(clippy::let_and_return, reason = "the line is as it is printed")]
fn rust(cookies: &str, gpc: bool, terms: &Terms, now: u64) -> bool {
    let terms = terms.clone();
    let allows_ads =
        doui_core::from_cookie_header_with_gpc(cookies, gpc, &terms, now).allows("ads");
    allows_ads
}

/// The core alone also judges age, revision and signal: it must say what the vectors say.
#[test]
fn rust_reads_each_cookie() {
    let printed = line("Rust");
    let run = include_str!("readers.rs")
        .split_whitespace()
        .collect::<Vec<_>>();
    let run = run.join(" ").replace(
        "from_cookie_header_with_gpc( ",
        "from_cookie_header_with_gpc(",
    );
    assert!(
        run.contains(&printed),
        "the test runs another line than {printed}"
    );
    assert!(sec_gpc(Some("1")));
    let mut count = 0;
    for vector in vectors() {
        // What local storage has beside the cookie no server sees.
        let (Some(cookie), None) = (vector["cookie"].as_str(), vector["record"].as_str()) else {
            continue;
        };
        let shop = vector["shop"].as_str().unwrap();
        let file = built::tests().join(format!("terms/{shop}.json"));
        let terms = Terms::from_json(&fs::read_to_string(file).unwrap()).unwrap();
        let header = format!("session=8f3a; {}={cookie}", terms.cookie.name);
        let (now, gpc) = (vector["now"].as_u64().unwrap(), vector["gpc"] == true);
        let allowed = vector["expect"]["allowed"].as_array().unwrap();
        let expected = allowed.iter().any(|id| id == PURPOSE);
        assert_eq!(
            rust(&header, gpc, &terms, now),
            expected,
            "{}",
            vector["name"]
        );
        count += 1;
    }
    assert!(count > 30, "{count}");
}

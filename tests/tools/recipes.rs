//! The recipes of `docs/server.md`. Each is copied from the page as a shop's developer would, run by its real server
//! on a free port of 127.0.0.1, and asked over HTTP.

use std::{
    env,
    ffi::OsString,
    fs,
    io::{self, Write},
    net::TcpListener,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
    process::Stdio,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use axum::{
    Router,
    http::{HeaderMap, HeaderName, header},
    middleware,
    routing::get,
};
use doui_core::Terms;
use doui_tests::built;
use serde_json::{Map, Value};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

// The recipe is a file of its own, so that it is compiled and run as it is printed.
#[path = "../recipes/rust.rs"]
mod rust;

/// The grammar of the cookie, which every recipe in a language of patterns holds to the letter.
const GRAMMAR: &str = r"1\.[0-9]{8}\.[1-9][0-9]{0,10}(\.[a-z][a-z0-9-]{0,23}[01])+(\.gpc)?";

/// The cookie's name where the shop does not say.
const NAME: &str = "doui";

const DAY: u64 = 86_400;
/// The seconds of `valid_days`.
const VALID: u64 = 180 * DAY;

/// The shop behind each recipe: its pages, and the headers that they have of their own.
const PAGES: [(&str, &[(&str, &str)]); 4] = [
    ("/", &[("Content-Type", "text/html")]),
    (
        "/private",
        &[
            ("Content-Type", "text/html; charset=utf-8"),
            ("Cache-Control", "max-age=0, Private"),
            ("Set-Cookie", "session=8f3a; Path=/; HttpOnly"),
        ],
    ),
    (
        "/public",
        &[
            ("Content-Type", "text/html"),
            ("Cache-Control", "public, max-age=600"),
        ],
    ),
    ("/note", &[("Content-Type", "text/plain")]),
];

// ---- The page ----

fn page() -> String {
    let file = built::root().join("docs/server.md");
    fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
}

/// A recipe for a cookie of another name, as the page says to make it.
fn named(recipe: &str, name: &str) -> String {
    let recipe = recipe.replace("doui=", &format!("{name}="));
    recipe.replace("'doui'", &format!("'{name}'"))
}

/// The only code block of the page that is fenced as being in `language`.
fn recipe(language: &str) -> String {
    let page = page();
    let fence = format!("\n```{language}\n");
    let blocks: Vec<_> = page.split(&fence).skip(1).collect();
    let [block] = blocks[..] else {
        panic!("docs/server.md has {} blocks of {language}", blocks.len());
    };
    let (block, _) = block.split_once("\n```\n").expect("the fence is closed");
    format!("{block}\n")
}

#[test]
fn the_page_and_its_recipes_name_one_grammar() {
    assert!(page().contains(&format!("\n^{GRAMMAR}$\n")));
    for language in ["nginx", "apache", "php", "js"] {
        assert!(recipe(language).contains(GRAMMAR), "{language}");
    }
}

#[test]
fn the_rust_recipe_is_the_file_that_is_tested() {
    assert_eq!(recipe("rust"), include_str!("../recipes/rust.rs"));
}

// ---- The servers ----

/// A program that serves the shop with a recipe. It ends with the test.
pub(crate) struct Server {
    pub(crate) port: u16,
    _program: Child,
    _folder: TempDir,
}

impl Server {
    /// Starts what `prepare` makes of a folder, the program's whole world, and of a free port. The program is ready
    /// when it says `ready`.
    pub(crate) async fn start(ready: &str, prepare: impl Fn(&Path, u16) -> Command) -> Server {
        let mut said = String::new();
        // Between the choice of a port and its use, somebody else may take it: then the program says so and ends.
        for _ in 0..5 {
            let folder = TempDir::new().expect("a temporary folder");
            // Servers that are started by root read their files as somebody else.
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755))
                .expect("the temporary folder is ours");
            let port = free_port();
            let mut program = prepare(folder.path(), port)
                .current_dir(folder.path())
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .kill_on_drop(true)
                .spawn()
                .expect("the program starts");
            let errors = program.stderr.take().expect("it is piped");
            let mut lines = BufReader::new(errors).lines();
            said.clear();
            while let Ok(Some(line)) = lines.next_line().await {
                if line.contains(ready) {
                    // It would fail to write where nobody reads.
                    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
                    return Server {
                        port,
                        _program: program,
                        _folder: folder,
                    };
                }
                said.push_str(&line);
                said.push('\n');
            }
            if !said.contains("ddress already in use") {
                break;
            }
        }
        panic!("no server, but this:\n{said}");
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port of 127.0.0.1");
    listener.local_addr().expect("it is bound").port()
}

/// The program, which Debian has in `package`. Where it is missing, the test says so and ends; under `CI=true`, it
/// fails.
pub(crate) fn program(name: &str, package: &str) -> Option<PathBuf> {
    // Debian keeps servers where only root's PATH leads.
    let mut paths = env::var_os("PATH").unwrap_or_default();
    paths.push(OsString::from(":/usr/sbin"));
    let found = which::which_in(name, Some(paths), "/").ok();
    if found.is_none() {
        let missing = format!(
            "what needs it is not tested: there is no {name} (Debian: `apt-get install {package}`)"
        );
        assert!(env::var("CI").as_deref() != Ok("true"), "{missing}");
        // Not `eprintln!`, whose lines are shown of failed tests only.
        writeln!(io::stderr(), "skipped {name}: {missing}").expect("somebody reads errors");
    }
    found
}

pub(crate) fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).expect("the temporary folder takes files");
}

/// The pages as JSON, for servers that are programmed.
fn write_pages(folder: &Path) {
    let pages: Map<String, Value> = PAGES
        .iter()
        .map(|(path, headers)| {
            let headers = headers
                .iter()
                .map(|(name, value)| (name.to_string(), Value::from(*value)))
                .collect();
            (path.to_string(), Value::Object(headers))
        })
        .collect();
    write(folder, "pages.json", &Value::Object(pages).to_string());
}

/// nginx as one process in a folder for its `nginx.conf`, of which `lines` are what it serves.
pub(crate) fn nginx_in(folder: &Path, program: &Path, lines: &str) -> Command {
    let users = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let folders = users
        .map(|user| format!("{user}_temp_path {user};\n"))
        .concat();
    let text = format!(
        "daemon off; master_process off; pid nginx.pid; error_log stderr notice;
        events {{}}
        http {{
            access_log off;
            {folders}
            {lines}
        }}"
    );
    write(folder, "nginx.conf", &text);
    let mut nginx = Command::new(program);
    nginx.arg("-p").arg(folder);
    nginx.args(["-e", "stderr", "-c", "nginx.conf"]);
    nginx
}

/// Apache as one process, which leaves no others behind when it is ended, in a folder for its `httpd.conf`: its modules,
/// where it listens and what it writes, then `lines`.
pub(crate) fn apache_in(
    folder: &Path,
    port: u16,
    program: &Path,
    modules: &[&str],
    lines: &str,
) -> Command {
    let modules = modules
        .iter()
        .map(|name| format!("LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n"));
    let modules: String = modules.collect();
    let here = folder.display();
    let text = format!(
        "{modules}
        ServerName localhost
        Listen 127.0.0.1:{port}
        # Of no account unless root starts it.
        User \"#65534\"
        Group \"#65534\"
        PidFile \"{here}/httpd.pid\"
        Mutex \"file:{here}\" default
        ErrorLog /dev/stderr
        LogLevel notice mpm_event:debug
        {lines}"
    );
    write(folder, "httpd.conf", &text);
    let mut apache = Command::new(program);
    apache.arg("-X").arg("-d").arg(folder);
    apache.args(["-f", "httpd.conf"]);
    apache
}

/// nginx before the shop's application, which is another nginx.
async fn nginx(name: &str) -> Option<Server> {
    let program = program("nginx", "nginx")?;
    let prepare = |folder: &Path, port: u16| {
        let mut pages = String::new();
        for (path, headers) in PAGES {
            pages.push_str(&format!("location = {path} {{ return 200 page;\n"));
            for (name, value) in headers {
                pages.push_str(&match *name {
                    "Content-Type" => format!("default_type \"{value}\";\n"),
                    _ => format!("add_header {name} \"{value}\";\n"),
                });
            }
            pages.push_str("}\n");
        }
        let socket = folder.join("application.sock");
        let socket = socket.display();
        write(folder, "doui.conf", &named(&recipe("nginx"), name));
        let lines = format!(
            "include doui.conf;
            server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass http://unix:{socket}:; }} }}
            # With a header of its own, so that the recipe is not the application's too.
            server {{ listen unix:{socket}; add_header X-Page shop; {pages} }}"
        );
        nginx_in(folder, &program, &lines)
    };
    // It looks for a way to wait for events after it has begun to listen.
    Some(Server::start("event method", prepare).await)
}

/// Apache with pages in files, of which the start page has no headers of its own.
async fn apache(name: &str) -> Option<Server> {
    let program = program("apache2", "apache2-bin")?;
    let prepare = |folder: &Path, port: u16| {
        let site = folder.join("site");
        fs::create_dir(&site).expect("the temporary folder takes folders");
        for (path, headers) in PAGES {
            let headers: String = headers
                .iter()
                .map(|(name, value)| format!("{name}: {value}\n"))
                .collect();
            match path.trim_start_matches('/') {
                "" => write(&site, "index.html", "page"),
                name => write(&site, name, &format!("Status: 200\n{headers}\npage")),
            }
        }
        let here = folder.display();
        write(folder, "doui.conf", &named(&recipe("apache"), name));
        let modules = [
            "mpm_event",
            "authz_core",
            "mime",
            "dir",
            "asis",
            "headers",
            "setenvif",
        ];
        let lines = format!(
            "TypesConfig /dev/null
            AddType text/html .html
            DirectoryIndex index.html
            DocumentRoot \"{here}/site\"
            <FilesMatch \"^[a-z]+$\">
                SetHandler send-as-is
            </FilesMatch>
            Include \"{here}/doui.conf\""
        );
        apache_in(folder, port, &program, &modules, &lines)
    };
    Some(Server::start("start_threads", prepare).await)
}

async fn php(name: &str) -> Option<Server> {
    let program = program("php", "php-cli")?;
    let prepare = |folder: &Path, port: u16| {
        write_pages(folder);
        write(folder, "doui.php", &named(&recipe("php"), name));
        write(
            folder,
            "page.php",
            "<?php
            require 'doui.php';
            $pages = json_decode(file_get_contents('pages.json'), true);
            foreach ($pages[$_SERVER['REQUEST_URI']] as $name => $value) {
                header(\"$name: $value\");
            }
            echo 'page';",
        );
        let mut php = Command::new(&program);
        let address = format!("127.0.0.1:{port}");
        php.args(["-n", "-S", &address, "page.php"]);
        php
    };
    Some(Server::start("started", prepare).await)
}

async fn node(name: &str) -> Option<Server> {
    let program = program("node", "nodejs")?;
    let on_headers = built::npm("on-headers/index.js");
    let prepare = |folder: &Path, port: u16| {
        let modules = on_headers.ancestors().nth(2).expect("it is in a package");
        symlink(modules, folder.join("node_modules")).expect("the temporary folder takes links");
        write_pages(folder);
        write(folder, "doui.mjs", &named(&recipe("js"), name));
        write(
            folder,
            "shop.mjs",
            &format!(
                "import {{ readFileSync }} from 'node:fs';
                import {{ createServer }} from 'node:http';
                import {{ renewDoui }} from './doui.mjs';
                const pages = JSON.parse(readFileSync('pages.json'));
                createServer((request, response) => {{
                    renewDoui(request, response);
                    response.writeHead(200, pages[request.url]).end('page');
                }}).listen({port}, '127.0.0.1', () => console.error('listening'));"
            ),
        );
        let mut node = Command::new(&program);
        node.arg("shop.mjs");
        node
    };
    Some(Server::start("listening", prepare).await)
}

/// The recipe in this process, for a shop whose cookie may have a domain. Returns the port.
async fn axum(name: &str, domain: Option<&str>) -> u16 {
    let file = built::tests().join("terms/four.json");
    let mut terms = Terms::from_json(&fs::read_to_string(file).unwrap()).unwrap();
    terms.cookie.name = name.to_owned();
    terms.cookie.domain = domain.map(Into::into);
    let mut router = Router::new();
    for (path, headers) in PAGES {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| {
                let name: HeaderName = name.parse().unwrap();
                (name, value.parse().unwrap())
            })
            .collect();
        router = router.route(path, get(async move || (headers, "page")));
    }
    let terms = Arc::new(terms);
    let router = router.layer(middleware::from_fn_with_state(terms, rust::renew_doui));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
    let listener = listener.expect("a free port of 127.0.0.1");
    let port = listener.local_addr().expect("it is bound").port();
    tokio::spawn(async { axum::serve(listener, router).await });
    port
}

// ---- The questions ----

/// How a recipe comes to its `Max-Age`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Life {
    /// It can't calculate.
    Whole,
    /// The days that are left.
    Left,
}

/// What came back: all that matters of its headers.
struct Answer {
    /// The `doui` cookies.
    cookies: Vec<String>,
    /// The others.
    other_cookies: Vec<String>,
    caching: Vec<String>,
    names: Vec<String>,
}

async fn ask(port: u16, path: &str, cookie: Option<&str>, scheme: Option<&str>) -> Answer {
    // No proxy of the machine's comes between.
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut request = client.get(format!("http://127.0.0.1:{port}{path}"));
    if let Some(cookie) = cookie {
        request = request.header(header::COOKIE, cookie.as_bytes());
    }
    if let Some(scheme) = scheme {
        request = request.header("X-Forwarded-Proto", scheme);
    }
    let response = request.send().await.expect("the server answers");
    assert_eq!(response.status(), 200, "{path}");
    let all = |name| {
        let values = response.headers().get_all(name).iter();
        values.map(|value| value.to_str().unwrap().to_owned())
    };
    let (cookies, other_cookies) =
        all(header::SET_COOKIE).partition(|cookie| cookie.to_ascii_lowercase().starts_with("doui"));
    Answer {
        cookies,
        other_cookies,
        caching: all(header::CACHE_CONTROL).collect(),
        names: response.headers().keys().map(ToString::to_string).collect(),
    }
}

fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("the clock is right")
        .as_secs()
}

fn four(at: u64) -> String {
    format!("1.20231201.{at}.auth1.ads0.traffic1.affiliate0")
}

/// Asserts that the only `doui` cookie is `value` with exactly the attributes of the rule, and returns its `Max-Age`.
fn life(answer: &Answer, value: &str, is_secure: bool) -> u64 {
    let [cookie] = &answer.cookies[..] else {
        panic!("{value} was answered by {:?}", answer.cookies);
    };
    let mut parts = cookie.split("; ");
    assert_eq!(parts.next(), Some(&*format!("doui={value}")), "{cookie}");
    let (mut max_age, mut names) = (None, Vec::new());
    for part in parts {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let name = name.to_ascii_lowercase();
        match &*name {
            "path" => assert_eq!(value, "/", "{cookie}"),
            "samesite" => assert_eq!(value, "Lax", "{cookie}"),
            "max-age" => max_age = value.parse().ok(),
            _ => {}
        }
        // PHP says when it ends in the old way too, which browsers pass over.
        if name != "expires" {
            names.push(name);
        }
    }
    names.sort();
    let expected: &[_] = if is_secure {
        &["max-age", "path", "samesite", "secure"]
    } else {
        &["max-age", "path", "samesite"]
    };
    assert_eq!(names, expected, "{cookie}");
    max_age.unwrap_or_else(|| panic!("no Max-Age in {cookie}"))
}

/// Cookie headers whose decision is sent back, with that decision.
fn readable(at: u64) -> Vec<(String, String)> {
    let four = four(at);
    let unknown = format!("1.20231201.{at}.auth1.video-2-go0.ads1");
    let longest = format!("1.20231201.{at}.a{}1", "0".repeat(23));
    let mut cases: Vec<_> = [
        four.clone(),
        format!("{four}.gpc"),
        format!("1.20231201.{at}.ads1"),
        unknown,
        longest,
    ]
    .into_iter()
    .map(|value| (format!("doui={value}"), value))
    .collect();
    for among in [
        "session=8f3a; doui=VALUE; theme=dark",
        "session=8f3a;doui=VALUE;theme=dark",
        "name=\"日本 語\"; doui=VALUE",
        "xdoui=true; doui=VALUE; douix=true; other=doui=true",
        "doui=VALUE; Domain=evil.example; Path=/evil; HttpOnly; Max-Age=1",
    ] {
        cases.push((among.replace("VALUE", &four), four.clone()));
    }
    cases
}

/// Cookie headers for which nothing is sent back.
fn unreadable(at: u64) -> Vec<Option<String>> {
    let four = four(at);
    let values = [
        "".into(),
        "true".into(),
        "accept".into(),
        format!("2{}", &four[1..]),
        format!("01{}", &four[1..]),
        format!("1.20231201.{at}"),
        format!("1.20231201.{at}.gpc"),
        format!("1.2023121.{at}.ads1"),
        format!("1.20231201.0{at}.ads1"),
        format!("1.20231201.-{at}.ads1"),
        format!("1.20231201.{at}00.ads1"),
        format!("1.20231201.{at}.ads2"),
        format!("1.20231201.{at}.Ads1"),
        format!("1.20231201.{at}.a{}1", "0".repeat(24)),
        format!("1.20231201.{at}..ads1"),
        format!("{four}."),
        format!("{four}.gpc.gpc"),
        format!("{four}.gpc.ads1"),
        format!("{four}%0d%0aX-Injected: y"),
        format!("{four}%3b Path=/x"),
        format!("{four}\" X-Injected"),
        format!("\"{four}\""),
        format!("'{four}'"),
        format!("{four} X"),
        format!("{four}, X"),
        format!("{four}\tX"),
        format!("{four}=X"),
        format!("{four}$http_x"),
        format!("{four}%{{REMOTE_ADDR}}e"),
        format!("{four}あ"),
        // PHP would decode it.
        format!("1.20231201.{at}%2eads1"),
    ];
    let mut cases: Vec<_> = values
        .into_iter()
        .map(|value| Some(format!("doui={value}")))
        .collect();
    cases.push(None);
    for others in [
        "session=8f3a",
        "doui",
        "Doui=VALUE",
        "xdoui=VALUE",
        "x=doui=VALUE",
    ] {
        cases.push(Some(others.replace("VALUE", &four)));
    }
    cases
}

async fn keeps_the_rule(port: u16, life_of: Life) {
    let before = now();
    let at = before - 30 * DAY;
    // The answer may come some seconds later.
    let lasts = |max_age: u64, at: u64| match life_of {
        Life::Whole => max_age == VALID,
        Life::Left => (at + VALID - now()..=at + VALID - before).contains(&max_age),
    };
    for (header, value) in readable(at) {
        let answer = ask(port, "/", Some(&header), None).await;
        let max_age = life(&answer, &value, false);
        assert!(lasts(max_age, at), "{header}: Max-Age={max_age}");
        assert_eq!(answer.caching, ["private"], "{header}");
        assert!(answer.other_cookies.is_empty(), "{header}");
    }
    for header in unreadable(at) {
        let answer = ask(port, "/", header.as_deref(), None).await;
        assert!(
            answer.cookies.is_empty(),
            "{header:?}: {:?}",
            answer.cookies
        );
        assert!(
            answer.caching.is_empty(),
            "{header:?}: {:?}",
            answer.caching
        );
        let injected = answer.names.iter().any(|name| name.contains("injected"));
        assert!(!injected, "{header:?}");
    }

    let value = four(at);
    let header = Some(format!("doui={value}"));
    let header = header.as_deref();
    for (scheme, is_secure) in [("https", true), ("http", false), ("https://x", false)] {
        life(
            &ask(port, "/", header, Some(scheme)).await,
            &value,
            is_secure,
        );
    }

    let answer = ask(port, "/private", header, None).await;
    life(&answer, &value, false);
    assert_eq!(answer.caching, ["max-age=0, Private"]);
    assert_eq!(answer.other_cookies, ["session=8f3a; Path=/; HttpOnly"]);
    let answer = ask(port, "/public", header, None).await;
    assert!(answer.cookies.is_empty(), "{:?}", answer.cookies);
    assert_eq!(answer.caching, ["public, max-age=600"]);
    let answer = ask(port, "/note", header, None).await;
    assert!(answer.cookies.is_empty(), "{:?}", answer.cookies);
    assert!(answer.caching.is_empty(), "{:?}", answer.caching);

    // A decision is sent back for the days that are left of it, none when they are over, none from the future. Who
    // can't calculate sends it, and leaves the judging to its readers.
    for (at, left) in [
        (before - VALID + 1000, Some(1000)),
        (before - VALID - 10, None),
        (before + DAY / 2, Some(VALID)),
        (before + 2 * DAY, None),
    ] {
        let value = four(at);
        let answer = ask(port, "/", Some(&format!("doui={value}")), None).await;
        match (life_of, left) {
            (Life::Whole, _) => assert_eq!(life(&answer, &value, false), VALID),
            (Life::Left, None) => assert!(answer.cookies.is_empty(), "{:?}", answer.cookies),
            (Life::Left, Some(left)) => {
                let max_age = life(&answer, &value, false);
                let waited = now() - before;
                assert!(
                    (left.saturating_sub(waited)..=left).contains(&max_age),
                    "{value}: Max-Age={max_age}"
                );
            }
        }
    }
}

/// Asks with two decisions, the earlier one first, and returns the later one and the answer.
async fn ask_with_two(port: u16) -> (String, Answer) {
    let (early, late) = (four(now() - 2 * DAY), four(now() - DAY));
    let header = format!("doui={early}; session=8f3a; doui={late}");
    (late, ask(port, "/", Some(&header), None).await)
}

async fn sends_none_of_two(port: u16) {
    let (_, answer) = ask_with_two(port).await;
    assert!(answer.cookies.is_empty(), "{:?}", answer.cookies);
}

#[tokio::test]
async fn nginx_keeps_the_rule() {
    if let Some(server) = nginx(NAME).await {
        keeps_the_rule(server.port, Life::Whole).await;
        sends_none_of_two(server.port).await;
    }
}

#[tokio::test]
async fn apache_keeps_the_rule() {
    if let Some(server) = apache(NAME).await {
        keeps_the_rule(server.port, Life::Whole).await;
        sends_none_of_two(server.port).await;
    }
}

#[tokio::test]
async fn php_keeps_the_rule() {
    if let Some(server) = php(NAME).await {
        keeps_the_rule(server.port, Life::Left).await;
        sends_none_of_two(server.port).await;
    }
}

#[tokio::test]
async fn node_keeps_the_rule() {
    if let Some(server) = node(NAME).await {
        keeps_the_rule(server.port, Life::Left).await;
        sends_none_of_two(server.port).await;
    }
}

#[tokio::test]
async fn rust_keeps_the_rule() {
    let port = axum(NAME, None).await;
    keeps_the_rule(port, Life::Left).await;
    let (late, answer) = ask_with_two(port).await;
    life(&answer, &late, false);
}

#[tokio::test]
async fn rust_sends_the_cookie_to_the_shops_domain() {
    let port = axum(NAME, Some("shop.example")).await;
    let value = four(now());
    let answer = ask(port, "/", Some(&format!("doui={value}")), None).await;
    let [cookie] = &answer.cookies[..] else {
        panic!("{:?}", answer.cookies);
    };
    let start = format!("doui={value}; Path=/; Domain=shop.example; SameSite=Lax; Max-Age=");
    assert!(cookie.starts_with(&start), "{cookie}");
}

/// Every recipe had the name of the cookie written into it, whatever the shop file said.
#[tokio::test(flavor = "multi_thread")]
async fn a_cookie_of_another_name_was_not_renewed() {
    let name = "doui_films-2";
    let servers = [
        nginx(name).await,
        apache(name).await,
        php(name).await,
        node(name).await,
    ];
    let mut ports: Vec<_> = servers.iter().flatten().map(|server| server.port).collect();
    ports.push(axum(name, None).await);
    for port in ports {
        let value = four(now() - DAY);
        let header = format!("doui=1.20231201.1764000000.ads1; {name}={value}; x{name}=1");
        let answer = ask(port, "/", Some(&header), None).await;
        let [cookie] = &answer.cookies[..] else {
            panic!("{:?}", answer.cookies);
        };
        assert!(cookie.starts_with(&format!("{name}={value}; ")), "{cookie}");
        // What another shop on this host keeps is not this one's.
        let answer = ask(port, "/", Some(&format!("doui={value}")), None).await;
        assert_eq!(answer.cookies, [""; 0]);
    }
}

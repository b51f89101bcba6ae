//! `dist/` under load: a plain static server at saturation sends each file whole, with its headers.

use std::{fs, path::Path, process::Stdio};

use doui_tests::built;
use reqwest::header::{
    ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName,
};
use serde_json::Value;
use tokio::process::Command;

use crate::recipes::{Server, nginx_in, program};

/// What a server must call each kind of file for a browser to take it, or what that must have in it: servers of different
/// ages have different names for scripts. nginx knows no others of ours.
const TYPES: [(&str, &str); 6] = [
    ("css", "text/css"),
    ("html", "text/html"),
    ("js", "javascript"),
    ("json", "application/json"),
    ("svg", "image/svg+xml"),
    ("wasm", "application/wasm"),
];

/// How many connections ask at once, and for how many seconds.
const CONNECTIONS: &str = "64";
const SECONDS: &str = "3";

/// nginx with `dist/` at /doui/, and the copies that lie beside the files.
async fn server() -> Option<Server> {
    let program = program("nginx", "nginx")?;
    let prepare = |folder: &Path, port: u16| {
        let dist = built::dist();
        let lines = format!(
            "include /etc/nginx/mime.types;
            gzip_static on;
            server {{ listen 127.0.0.1:{port}; location /doui/ {{ alias {}/; }} }}",
            dist.display()
        );
        nginx_in(folder, &program, &lines)
    };
    Some(Server::start("event method", prepare).await)
}

fn said(headers: &HeaderMap, name: HeaderName) -> &str {
    headers
        .get(name)
        .map_or("", |value| value.to_str().expect("it is a text"))
}

/// Asks for a file, as it is and compressed, and holds both to what lies in `dist/`.
async fn is_whole(client: &reqwest::Client, address: &str, path: &str) {
    let extension = path.rsplit('.').next().unwrap_or_default();
    for (encoding, suffix) in [("identity", ""), ("gzip", ".gz")] {
        let copy = built::dist().join(format!("{path}{suffix}"));
        // What does not compress has no copy.
        let Ok(bytes) = fs::read(&copy) else { continue };
        let request = client.get(format!("{address}{path}"));
        let answer = request.header(ACCEPT_ENCODING, encoding).send().await;
        let answer = answer.expect("the server answers");
        assert_eq!(answer.status(), 200, "{path}");
        let headers = answer.headers().clone();
        let is = said(&headers, CONTENT_ENCODING);
        assert_eq!(is, if suffix.is_empty() { "" } else { encoding }, "{path}");
        assert_eq!(
            said(&headers, CONTENT_LENGTH),
            bytes.len().to_string(),
            "{path}"
        );
        if let Some((_, kind)) = TYPES.iter().find(|(known, _)| *known == extension) {
            assert!(said(&headers, CONTENT_TYPE).contains(kind), "{path}");
        }
        let body = answer.bytes().await.expect("the body comes whole");
        assert!(
            body == bytes,
            "{path}, {encoding}: other bytes than in dist/"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_saturated_server_sends_each_file_whole() {
    let (Some(server), Some(wrk)) = (server().await, program("wrk", "wrk")) else {
        return;
    };
    let address = format!("http://127.0.0.1:{}/doui/", server.port);
    let manifest = fs::read(built::dist().join("manifest.json")).expect("dist/ is built");
    let manifest: Value = serde_json::from_slice(&manifest).expect("it is JSON");
    let files = manifest["files"].as_object().expect("it lists files");
    let mut load = Command::new(wrk);
    load.args([
        "--threads",
        "1",
        "--connections",
        CONNECTIONS,
        "--duration",
        SECONDS,
        "--latency",
    ])
    .args(["--header", "Accept-Encoding: gzip"])
    .arg(format!("{address}doui.js"))
    .stdout(Stdio::piped());
    let mut load = load.spawn().expect("wrk starts");
    let client = reqwest::Client::new();
    let mut rounds = 0;
    while load.try_wait().expect("wrk is ours").is_none() {
        for path in files.keys() {
            is_whole(&client, &address, path).await;
        }
        rounds += 1;
    }
    let told = load.wait_with_output().await.expect("wrk ends").stdout;
    let told = String::from_utf8_lossy(&told);
    println!(
        "{told}\n{rounds} times all of {} files meanwhile",
        files.len()
    );
    // wrk tells of neither unless there are some.
    assert!(
        !told.contains("Non-2xx") && !told.contains("Socket errors"),
        "{told}"
    );
    assert!(rounds > 0 && told.contains("Requests/sec"), "{told}");
}

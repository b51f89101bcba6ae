//! `dist/` under a plain static server with more requests than it can answer: what arrives is what was built.

use std::{
    collections::BTreeMap,
    fs,
    io::{Write, stderr},
    path::Path,
};

use doui_tests::built;
use reqwest::{StatusCode, header};
use serde_json::Value;
use tokio::process::Command;

use crate::server::{Server, program, write};

/// How long the load lasts, in seconds, and how many connections it has.
const SECONDS: &str = "4";
const CONNECTIONS: &str = "32";

/// The types of what a browser loads.
const TYPES: [(&str, &str); 6] = [
    ("html", "text/html"),
    ("js", "text/javascript"),
    ("css", "text/css"),
    ("wasm", "application/wasm"),
    ("json", "application/json"),
    ("svg", "image/svg+xml"),
];

/// nginx with `dist/` at `/doui/`, its compressed copies sent to whoever takes them, and caching as README.md says.
async fn nginx() -> Option<Server> {
    let program = program("nginx", "nginx")?;
    let types = TYPES.map(|(extension, kind)| format!("{kind} {extension};"));
    let prepare = |folder: &Path, port: u16| {
        let dist = folder.join("site/doui");
        copy(&built::dist(), &dist);
        write(
            folder,
            "nginx.conf",
            &format!(
                "daemon off; master_process off; pid nginx.pid; error_log stderr notice;
                events {{}}
                http {{
                    access_log off;
                    types {{ {} }}
                    gzip_static on;
                    gzip_vary on;
                    map $uri $caching {{
                        default no-cache;
                        \"~-[0-9a-f]{{16}}\\.\" \"public, max-age=31536000, immutable\";
                    }}
                    add_header Cache-Control $caching;
                    server {{ listen 127.0.0.1:{port}; root site; }}
                }}",
                types.join(" ")
            ),
        );
        let mut nginx = Command::new(&program);
        nginx.arg("-p").arg(folder);
        nginx.args(["-e", "stderr", "-c", "nginx.conf"]);
        nginx
    };
    Some(Server::start("event method", prepare).await)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the temporary folder takes folders");
    for entry in fs::read_dir(from).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        let target = to.join(path.file_name().expect("it has a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, target).expect("a file can be copied");
        }
    }
}

/// What a browser loads of `dist/`: each file's bytes, and those of its compressed copy.
fn files() -> BTreeMap<String, (Vec<u8>, Option<Vec<u8>>)> {
    let dist = built::dist();
    let manifest = fs::read(dist.join("manifest.json")).expect("a build has it");
    let manifest: Value = serde_json::from_slice(&manifest).expect("it is JSON");
    let paths = manifest["files"]
        .as_object()
        .expect("it lists files")
        .keys();
    let loaded = paths.filter(|path| kind(path).is_some() && !path.contains(".d.ts"));
    loaded
        .map(|path| {
            let plain = fs::read(dist.join(path)).expect("the manifest names it");
            (
                path.clone(),
                (plain, fs::read(dist.join(format!("{path}.gz"))).ok()),
            )
        })
        .collect()
}

fn kind(path: &str) -> Option<&'static str> {
    let (_, extension) = path.rsplit_once('.')?;
    TYPES.iter().find(|it| it.0 == extension).map(|it| it.1)
}

#[tokio::test]
async fn under_more_requests_than_it_can_answer_a_static_server_sends_what_was_built() {
    let (Some(server), Some(wrk)) = (nginx().await, program("wrk", "wrk")) else {
        return;
    };
    let files = files();
    assert!(files.len() > 20, "{:?}", files.keys());
    let site = format!("http://127.0.0.1:{}/doui/", server.port);
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    // The load asks for every file in turn.
    let paths: Vec<_> = files
        .keys()
        .map(|path| format!("\"/doui/{path}\""))
        .collect();
    write(
        folder.path(),
        "load.lua",
        &format!(
            "local paths, at = {{ {} }}, 0
            function request()
                at = at % #paths + 1
                return wrk.format('GET', paths[at], {{ ['Accept-Encoding'] = 'gzip' }})
            end",
            paths.join(", ")
        ),
    );
    let load = Command::new(wrk)
        .args([
            "--threads",
            "1",
            "--connections",
            CONNECTIONS,
            "--duration",
            SECONDS,
            "--latency",
        ])
        .args(["--script", "load.lua", &site])
        .current_dir(folder.path())
        .kill_on_drop(true)
        .output();
    let mut load = std::pin::pin!(load);
    let client = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client can be made");
    let mut checked = 0;
    let loaded = 'load: loop {
        for (path, (plain, compressed)) in &files {
            for (coding, body) in [(None, Some(plain)), (Some("gzip"), compressed.as_ref())] {
                let Some(body) = body else { continue };
                let mut request = client.get(format!("{site}{path}"));
                if let Some(coding) = coding {
                    request = request.header(header::ACCEPT_ENCODING, coding);
                }
                tokio::select! {
                    loaded = &mut load => break 'load loaded.expect("wrk starts"),
                    () = holds(request, path, coding, body) => checked += 1,
                }
            }
        }
    };
    let said = String::from_utf8_lossy(&loaded.stdout).into_owned();
    assert!(loaded.status.success(), "{said}");
    // wrk is silent about either where there was none.
    assert!(
        !said.contains("Non-2xx") && !said.contains("Socket errors"),
        "{said}"
    );
    assert!(
        said.contains("Requests/sec") && checked > files.len(),
        "{checked} checked:\n{said}"
    );
    // Past the test runner's capture: the figures are for a reader of the log.
    writeln!(stderr(), "{checked} answers compared under load:\n{said}")
        .expect("somebody reads errors");
}

/// The answer is the file, under the headers that it should have.
async fn holds(request: reqwest::RequestBuilder, path: &str, coding: Option<&str>, body: &[u8]) {
    let answer = request.send().await.expect("the server answers");
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    let header = |name| {
        answer
            .headers()
            .get(name)
            .map(|value| value.to_str().expect("it is text"))
    };
    assert_eq!(header(header::CONTENT_TYPE), kind(path), "{path}");
    assert_eq!(header(header::CONTENT_ENCODING), coding, "{path}");
    let caching = if path.starts_with("centre-") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    assert_eq!(header(header::CACHE_CONTROL), Some(caching), "{path}");
    let came = answer.bytes().await.expect("the body comes whole");
    assert!(
        came == body,
        "{path}, {coding:?}: {} bytes came of {}",
        came.len(),
        body.len()
    );
}

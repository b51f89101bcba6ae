//! What a browser, or somebody less friendly, gets from the server over a real socket.

use std::sync::{Arc, Mutex};

use doui_serve::{DOUI_CSP, STOREFRONT_CSP, Site};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

const FILES: &[(&str, &str)] = &[
    ("shop/index.html", "<h1>shop</h1>"),
    ("shop/item/index.html", "<h1>item</h1>"),
    ("shop/shop-0123456789abcdef.css", "h1{}"),
    ("dist/index.html", "<h1>centre</h1>"),
    ("dist/opt-out/index.html", "<h1>opt-out</h1>"),
    ("dist/404.html", "<h1>help</h1>"),
    ("dist/doui.js", "plain"),
    ("dist/doui.js.br", "brotli"),
    ("dist/doui.js.gz", "gzip"),
    ("dist/centre-0123456789abcdef.js", "app"),
    ("dist/centre-0123456789abcdef.wasm", "wasm"),
    ("dist/.well-known/gpc.json", "{}"),
    ("shop/.env", "secret"),
    ("shop/.git/config", "secret"),
    ("shop/item/.hidden/note.txt", "secret"),
    ("dist/.hidden.js", "secret"),
    ("secret.txt", "secret"),
    ("secrets/index.html", "secret"),
    ("shop-of-another/index.html", "secret"),
];

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (found, value) = line.split_once(": ")?;
            found.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}

/// A running server over a folder of its own, which goes when this does.
struct Server {
    address: std::net::SocketAddr,
    files: TempDir,
}

impl Server {
    async fn start(with: impl FnOnce(&mut Site)) -> Server {
        let files = TempDir::new().unwrap();
        for (path, text) in FILES {
            let path = files.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let mut site = Site::new(files.path().join("shop"), files.path().join("dist"));
        with(&mut site);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(doui_serve::run(listener, site));
        Server { address, files }
    }

    async fn get(&self, path: &str) -> Answer {
        self.request("GET", path, "").await
    }

    async fn request(&self, method: &str, path: &str, headers: &str) -> Answer {
        let request = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\n{headers}");
        self.send(&request).await
    }

    /// Sends the request as it is written: no client tidies up the path.
    async fn send(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let request = format!("{request}Connection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer {
            status,
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }
}

#[tokio::test]
async fn each_side_has_its_pages() {
    let server = Server::start(|_| ()).await;
    for (path, body) in [
        ("/", "<h1>shop</h1>"),
        ("/item/", "<h1>item</h1>"),
        ("/doui/", "<h1>centre</h1>"),
        ("/doui", "<h1>centre</h1>"),
        ("/doui/opt-out", "<h1>opt-out</h1>"),
        ("/doui/opt-out/", "<h1>opt-out</h1>"),
        ("/doui/opt-out?lang=en", "<h1>opt-out</h1>"),
    ] {
        let answer = server.get(path).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, body), "{path}");
        assert_eq!(answer.header("content-type"), Some("text/html"), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-cache"), "{path}");
        assert_eq!(
            answer.header("x-content-type-options"),
            Some("nosniff"),
            "{path}"
        );
        assert_eq!(
            answer.header("referrer-policy"),
            Some("strict-origin-when-cross-origin"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn an_unknown_address_under_doui_helps() {
    let server = Server::start(|_| ()).await;
    for path in [
        "/doui/nothing",
        "/doui/nothing/deeper",
        "/doui/centre-fedcba9876543210.js",
    ] {
        let answer = server.request("GET", path, "If-None-Match: *\r\n").await;
        assert_eq!(
            (answer.status, answer.body.as_str()),
            (404, "<h1>help</h1>"),
            "{path}"
        );
        assert_eq!(answer.header("cache-control"), Some("no-cache"), "{path}");
    }
    assert_eq!(server.get("/nothing").await.status, 404);
}

#[tokio::test]
async fn each_side_has_its_policy() {
    let server = Server::start(|_| ()).await;
    for path in ["/", "/item/", "/nothing"] {
        assert_eq!(
            server.get(path).await.header("content-security-policy"),
            Some(STOREFRONT_CSP),
            "{path}"
        );
    }
    for path in ["/doui", "/doui/", "/doui/nothing", "/doui/doui.js"] {
        assert_eq!(
            server.get(path).await.header("content-security-policy"),
            Some(DOUI_CSP),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_test_may_set_the_storefront_policy_only() {
    let server = Server::start(|site| site.csp = Some("default-src *".to_owned())).await;
    assert_eq!(
        server.get("/").await.header("content-security-policy"),
        Some("default-src *")
    );
    assert_eq!(
        server.get("/doui/").await.header("content-security-policy"),
        Some(DOUI_CSP)
    );
}

#[tokio::test]
async fn a_policy_that_is_no_header_value_is_an_error() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let site = Site {
        csp: Some("a\nb".to_owned()),
        ..Site::new(".", ".")
    };
    let error = doui_serve::run(listener, site).await.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput);
}

#[tokio::test]
async fn hashed_files_last_and_the_rest_is_asked_again() {
    let server = Server::start(|_| ()).await;
    for (path, cache) in [
        (
            "/doui/centre-0123456789abcdef.js",
            "public, max-age=31536000, immutable",
        ),
        (
            "/doui/centre-0123456789abcdef.wasm",
            "public, max-age=31536000, immutable",
        ),
        ("/doui/doui.js", "no-cache"),
        ("/shop-0123456789abcdef.css", "no-cache"),
    ] {
        assert_eq!(
            server.get(path).await.header("cache-control"),
            Some(cache),
            "{path}"
        );
    }
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let server = Server::start(|_| ()).await;
    for path in ["/", "/doui/", "/doui/doui.js"] {
        let first = server.get(path).await;
        for (ask, tell) in [
            ("If-None-Match", "etag"),
            ("If-Modified-Since", "last-modified"),
        ] {
            let value = first.header(tell).unwrap();
            let again = server
                .request("GET", path, &format!("{ask}: {value}\r\n"))
                .await;
            assert_eq!(
                (again.status, again.body.as_str()),
                (304, ""),
                "{path} {ask}"
            );
        }
    }
}

#[tokio::test]
async fn compressed_copies_go_to_whoever_reads_them() {
    let server = Server::start(|_| ()).await;
    for (accept, encoding, body) in [
        ("br, gzip", Some("br"), "brotli"),
        ("gzip", Some("gzip"), "gzip"),
        ("identity", None, "plain"),
    ] {
        let answer = server
            .request(
                "GET",
                "/doui/doui.js",
                &format!("Accept-Encoding: {accept}\r\n"),
            )
            .await;
        assert_eq!(answer.header("content-encoding"), encoding, "{accept}");
        assert_eq!(answer.body, body, "{accept}");
        assert_eq!(
            answer.header("content-type"),
            Some("text/javascript"),
            "{accept}"
        );
    }
}

#[tokio::test]
async fn webassembly_has_the_type_that_lets_it_stream() {
    let server = Server::start(|_| ()).await;
    let answer = server.get("/doui/centre-0123456789abcdef.wasm").await;
    assert_eq!(answer.header("content-type"), Some("application/wasm"));
}

#[tokio::test]
async fn nothing_outside_the_two_folders_is_served() {
    let server = Server::start(|_| ()).await;
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/doui/../secret.txt",
        "/doui/../../secret.txt",
        "/doui/%2e%2e/secret.txt",
        "/doui/..%2fsecret.txt",
        "/doui/..%5csecret.txt",
        "/doui//../secret.txt",
    ] {
        let answer = server.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.body.contains("secret"), "{path}");
    }
}

#[tokio::test]
async fn only_reading_is_allowed() {
    let server = Server::start(|_| ()).await;
    for path in ["/", "/doui/"] {
        assert_eq!(
            server
                .request("POST", path, "Content-Length: 0\r\n")
                .await
                .status,
            405,
            "{path}"
        );
        let head = server.request("HEAD", path, "").await;
        assert_eq!((head.status, head.body.as_str()), (200, ""), "{path}");
    }
}

#[tokio::test]
async fn each_request_is_told_with_its_host_and_its_query() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let writer = seen.clone();
    let server = Server::start(|site| {
        site.on_request = Some(Arc::new(move |host, target| {
            let mut seen = writer.lock().unwrap();
            seen.push((host.to_owned(), target.to_owned()));
        }));
    })
    .await;
    server.get("/?page=2").await;
    server.get("/doui/opt-out?lang=en").await;
    let seen = seen.lock().unwrap();
    let targets: Vec<_> = seen.iter().map(|(_, target)| target.as_str()).collect();
    assert_eq!(targets, ["/?page=2", "/doui/opt-out?lang=en"]);
    assert!(!seen[0].0.is_empty(), "the host is missing");
}

#[cfg(unix)]
#[tokio::test]
async fn a_symbolic_link_out_of_the_folder_is_not_followed() {
    use std::os::unix::fs::symlink;

    let server = Server::start(|_| ()).await;
    let at = |path: &str| server.files.path().join(path);
    symlink(at("secret.txt"), at("shop/link.txt")).unwrap();
    symlink(at("secrets"), at("shop/folder")).unwrap();
    symlink("../shop-of-another", at("shop/sibling")).unwrap();
    symlink(at("secret.txt"), at("dist/app.js")).unwrap();
    std::fs::write(at("dist/page.js"), "page").unwrap();
    symlink(at("secret.txt"), at("dist/page.js.br")).unwrap();
    symlink(at("shop/.env"), at("shop/environment")).unwrap();
    std::fs::remove_file(at("dist/404.html")).unwrap();
    symlink(at("secret.txt"), at("dist/404.html")).unwrap();
    // A link that stays in its folder is a file like any other.
    symlink(at("shop/index.html"), at("shop/home.html")).unwrap();

    for path in [
        "/link.txt",
        "/folder",
        "/folder/",
        "/folder/index.html",
        "/sibling/",
        "/environment",
        "/doui/app.js",
        "/doui/nothing",
    ] {
        for method in ["GET", "HEAD"] {
            let answer = server.request(method, path, "").await;
            assert_eq!(answer.status, 404, "{method} {path}");
            assert!(!answer.body.contains("secret"), "{method} {path}");
        }
    }
    let answer = server
        .request("GET", "/doui/page.js", "Accept-Encoding: br\r\n")
        .await;
    assert_eq!((answer.status, answer.body.as_str()), (200, "page"));
    assert_eq!(server.get("/home.html").await.body, "<h1>shop</h1>");
}

#[tokio::test]
async fn a_dot_file_is_not_served() {
    let server = Server::start(|_| ()).await;
    for path in [
        "/.env",
        "/%2eenv",
        "/.git/config",
        "/.git/",
        "/item/.hidden/note.txt",
        "/doui/.hidden.js",
    ] {
        let answer = server.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.body.contains("secret"), "{path}");
    }
    let statement = server.get("/.well-known/gpc.json").await;
    assert_eq!((statement.status, statement.body.as_str()), (200, "{}"));
}

#[tokio::test]
async fn a_host_name_that_is_not_this_machine_is_not_answered() {
    let server = Server::start(|_| ()).await;
    for host in [
        "127.0.0.1",
        "127.0.0.1:8080",
        "localhost",
        "LocalHost:1",
        "[::1]",
        "[::1]:8080",
    ] {
        let answer = server
            .send(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n"))
            .await;
        assert_eq!(answer.status, 200, "{host}");
    }
    for headers in [
        "Host: evil.example\r\n",
        "Host: evil.example:8080\r\n",
        "Host: localhost.evil.example\r\n",
        "Host: evil-localhost\r\n",
        "Host: localhost@evil.example\r\n",
        "Host: evil.example@localhost\r\n",
        "Host: 127.0.0.1.evil.example\r\n",
        "Host: 192.168.0.2\r\n",
        "Host: 0.0.0.0\r\n",
        "Host: \r\n",
        "Host: localhost\r\nHost: evil.example\r\n",
    ] {
        for path in ["/", "/doui/", "/nothing"] {
            let answer = server
                .send(&format!("GET {path} HTTP/1.1\r\n{headers}"))
                .await;
            let told = (answer.status, answer.body.as_str());
            let line = "This server answers for 127.0.0.1, localhost, [::1] only.\n";
            assert_eq!(told, (421, line), "{headers:?}");
        }
    }
    let through_a_proxy = "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n";
    assert_eq!(server.send(through_a_proxy).await.status, 421);
}

#[tokio::test]
async fn a_test_may_give_the_server_further_hosts() {
    let server = Server::start(|site| site.domains = vec!["example".to_owned()]).await;
    for (host, status) in [
        ("example", 200),
        ("www.shop.example:80", 200),
        ("SHOP.EXAMPLE", 200),
        ("localhost", 200),
        ("notexample", 421),
        ("example.evil", 421),
    ] {
        let answer = server
            .send(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n"))
            .await;
        assert_eq!(answer.status, status, "{host}");
    }
}

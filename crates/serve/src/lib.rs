//! The static server of `cargo xtask serve` and of the end-to-end tests.
//!
//! It serves a storefront at `/` and a built `dist/` at `/doui/`, each under the content security policy that a
//! careful shop would send. It is no production server: a shop copies `dist/` to the server or CDN it has.
//!
//! It runs on a developer's machine, so it gives away nothing of that: no symbolic link leads out of the two folders,
//! no dot file is served, and only requests for this machine are answered.
//!
//! ```no_run
//! # async fn demo() -> std::io::Result<()> {
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
//! doui_serve::run(listener, doui_serve::Site::new("public/demo", "dist")).await
//! # }
//! ```

#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod folder;
mod hosts;
mod parts;

use std::{
    fmt::Debug,
    path::{Path, PathBuf},
    sync::Arc,
};

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{Html, IntoResponse, Response},
    routing::{MethodRouter, get},
    serve::Listener,
};
use tower_http::services::{ServeDir, fs::DefaultServeDirFallback};

use folder::Folder;

/// The policy of the storefront: nothing inline, nothing from elsewhere, and no string that becomes code or markup.
/// Source: <https://www.w3.org/TR/CSP3/>.
pub const STOREFRONT_CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     frame-src 'self'; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; \
     require-trusted-types-for 'script'";

/// The policy of `/doui/`: WebAssembly may be compiled, and no page may frame the preference centre. Markup must
/// come through a policy of Trusted Types: the centre's script makes one for the templates of Leptos.
pub const DOUI_CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' data:; frame-src 'self'; connect-src 'self'; font-src 'self'; base-uri 'none'; \
     form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'";

/// What is told of each request as it arrives: the host it was for, with the port, and its path and query.
pub type OnRequest = Arc<dyn Fn(&str, &str) + Send + Sync>;

/// What is served, and how.
#[derive(Clone)]
pub struct Site {
    /// The folder served at `/`.
    pub storefront: PathBuf,
    /// The folder of a build.
    pub dist: PathBuf,
    /// Where that is served, `path` of the shop file.
    pub path: String,
    /// Called for each request for a host that is answered, before the answer.
    pub on_request: Option<OnRequest>,
    /// Sent to storefront pages in place of [`STOREFRONT_CSP`].
    pub csp: Option<String>,
    /// Domains, in lower case, whose hosts are answered beside `127.0.0.1`, `localhost` and `[::1]`: `example` stands
    /// for `example` and `www.example`.
    pub domains: Vec<String>,
    /// What answers at one path of the shop's own, such as that of its counts.
    pub endpoint: Option<(String, MethodRouter)>,
}

impl Site {
    /// A site under the default policies that tells nobody of its requests and answers to this machine's names only.
    pub fn new(storefront: impl Into<PathBuf>, dist: impl Into<PathBuf>) -> Self {
        Site {
            storefront: storefront.into(),
            dist: dist.into(),
            path: "/doui/".to_owned(),
            on_request: None,
            csp: None,
            domains: Vec::new(),
            endpoint: None,
        }
    }
}

/// Serves `site` on `listener` until the task is dropped.
///
/// # Errors
///
/// `InvalidInput` when `site.csp` is not a valid header value, and what the listener itself reports.
pub async fn run<L>(listener: L, site: Site) -> std::io::Result<()>
where
    L: Listener,
    L::Addr: Debug,
{
    let router =
        router(site).map_err(|e| std::io::Error::new(std::io::ErrorKind::InvalidInput, e))?;
    axum::serve(listener, router).await
}

/// The two headers' worth of difference between storefront and `/doui/`, who is told of requests, and whose they may be.
#[derive(Clone)]
struct Policies {
    storefront: HeaderValue,
    /// Where the centre lies.
    path: Arc<str>,
    on_request: Option<OnRequest>,
    domains: Arc<[String]>,
}

fn router(site: Site) -> Result<Router, axum::http::header::InvalidHeaderValue> {
    let policies = Policies {
        storefront: HeaderValue::from_str(site.csp.as_deref().unwrap_or(STOREFRONT_CSP))?,
        path: site.path.as_str().into(),
        on_request: site.on_request,
        domains: site.domains.into(),
    };
    // What a shop copies from `dist/` to the root of its origin.
    let well_known = files(site.dist.join(".well-known"));
    let dist = Folder::new(site.dist.clone());
    // A page of the preference centre has one address with or without the slash, as static hosts serve it.
    let doui = files(site.dist)
        .precompressed_br()
        .precompressed_gzip()
        .redirect_to_trailing_slash(false)
        .fallback(get(|| not_found_page(dist)));
    let router = Router::new().nest_service("/.well-known", well_known);
    // At the root there is no place for a storefront.
    let router = match site.path.trim_end_matches('/') {
        "" => router.fallback_service(doui),
        path => router
            .nest_service(path, doui)
            .fallback_service(storefront(site.storefront)),
    };
    let router = match site.endpoint {
        Some((path, endpoint)) => router.route(&path, endpoint),
        None => router,
    };
    Ok(router.layer(middleware::from_fn_with_state(policies, with_headers)))
}

/// The pages of the shop, each with the parts that it shares with others.
fn storefront(root: PathBuf) -> Router {
    let folder = Folder::new(root.clone());
    Router::new()
        .fallback_service(files(root))
        .layer(middleware::from_fn_with_state(folder, parts::put_in))
}

fn files(root: PathBuf) -> ServeDir<DefaultServeDirFallback, Folder> {
    // As `ServeDir` asks for it.
    let root = Path::new(".").join(root);
    ServeDir::with_backend(&root, Folder::new(root.clone()))
}

/// The page that helps, read anew each time: `ServeFile` would answer a conditional request with an empty 304, which
/// cannot be told from "not found" any more once its status is replaced.
async fn not_found_page(dist: Folder) -> Response {
    match dist.read("404.html").await {
        Ok(page) => (StatusCode::NOT_FOUND, Html(page)).into_response(),
        Err(_) => (StatusCode::NOT_FOUND, "Not found").into_response(),
    }
}

/// What a request for another host is told.
fn not_for_us() -> Response {
    let names = hosts::LOOPBACK.join(", ");
    let told = format!("This server answers for {names} only.\n");
    (StatusCode::MISDIRECTED_REQUEST, told).into_response()
}

async fn with_headers(State(policies): State<Policies>, request: Request, next: Next) -> Response {
    if !hosts::are_answered(request.uri(), request.headers(), &policies.domains) {
        return not_for_us();
    }
    if let Some(on_request) = &policies.on_request {
        let host = request.headers().get(header::HOST);
        let host = host.and_then(|host| host.to_str().ok());
        let target = request.uri().path_and_query();
        on_request(
            host.unwrap_or_default(),
            target.map_or("/", |target| target.as_str()),
        );
    }
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let found = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let lasting = found && is_hashed(&path, &policies.path);
    let headers = response.headers_mut();
    set(
        headers,
        header::CACHE_CONTROL,
        if lasting {
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        },
    );
    set(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(
        headers,
        header::REFERRER_POLICY,
        "strict-origin-when-cross-origin",
    );
    let is_of_centre = format!("{path}/").starts_with(&*policies.path);
    if is_of_centre {
        // As a CDN does: a page of another origin that names an `integrity` may not load it otherwise.
        set(headers, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        set(headers, header::CONTENT_SECURITY_POLICY, DOUI_CSP);
    } else {
        headers.insert(header::CONTENT_SECURITY_POLICY, policies.storefront);
    }
    response
}

fn set(headers: &mut HeaderMap, name: header::HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}

/// Whether the path names a file of `dist/` whose name carries the hash of its content, `app-0123456789abcdef.js`:
/// such a file never changes.
fn is_hashed(path: &str, centre: &str) -> bool {
    let Some(name) = path.strip_prefix(centre) else {
        return false;
    };
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    stem.rsplit_once('-')
        .is_some_and(|(_, hash)| hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit()))
}

//! The stage of one test: a site, a browser before it, and what the two say when the play is over.

use std::{
    fs,
    panic::{AssertUnwindSafe, resume_unwind},
    path::{Path, PathBuf},
    sync::Mutex,
    time::{Duration, Instant},
};

use doui_serve::Site;
use futures_util::FutureExt;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tempfile::TempDir;
use thirtyfour::{Key, WebDriver, WebElement, WindowHandle, error::WebDriverError};
use tokio::time::timeout;

use axum::{body::Body, response::Response};

use crate::{
    ability::Ability,
    browser::{Browser, Engine, Wish},
    built,
    endpoint::{Asked, OwnRequest, own_endpoint},
    server::{Server, with_script_first},
};

/// A policy that forbids nothing, for pages whose subject is not the policy.
const NO_POLICY: &str = "default-src * 'unsafe-inline' 'unsafe-eval' data: blob:";

/// Whether the page's cookies are gone within a second.
const IS_JAR_EMPTY: &str = "new Promise(done => {
    const end = performance.now() + 1000;
    (function look() {
        if (!document.cookie || performance.now() > end) done(!document.cookie);
        else setTimeout(look, 20);
    })();
})";

/// Whether a page went as it was asked, or with what it had found. In `evalInSandbox` Firefox has no page to ask any more;
/// Chromium may call it a timeout at once.
fn is_of_leaving(error: &WebDriverError) -> bool {
    let told = error.to_string();
    ["unload", "stale", "evalInSandbox", "script timeout"]
        .iter()
        .any(|sign| told.contains(sign))
}

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(15);

/// What a test plays in.
pub struct Setting {
    site: Site,
    wish: Wish,
    needs: Vec<Ability>,
    before: Option<String>,
    files: Vec<(&'static str, Vec<u8>)>,
    doui: Option<TempDir>,
    asked: Asked,
}

impl Setting {
    /// The demo storefront, under its own strict policy.
    pub fn demo() -> Setting {
        Setting::of("public/demo")
    }

    /// The pages of `tests/fixtures/`, under the demo's strict policy.
    pub fn fixtures() -> Setting {
        Setting::of("tests/fixtures")
    }

    /// The pages and libraries of `tests/guests/`, under a policy that forbids nothing.
    pub fn guests() -> Setting {
        Setting::of(built::guests()).without_policy()
    }

    /// The pages of a folder, under a policy that forbids nothing.
    pub fn folder(storefront: &Path) -> Setting {
        Setting::of(storefront).without_policy()
    }

    fn of(storefront: impl AsRef<Path>) -> Setting {
        let mut site = Site::new(built::root().join(storefront), built::dist());
        site.domains = crate::browser::DOMAINS.map(str::to_owned).to_vec();
        Setting {
            site,
            wish: Wish {
                language: "ja",
                waits_for_load: true,
                moves: true,
                is_dark: false,
                sends_gpc: false,
                is_alone: false,
                is_secure: false,
            },
            needs: Vec::new(),
            before: None,
            files: Vec::new(),
            doui: None,
            asked: Asked::default(),
        }
    }

    /// Plays only in engines that have this ability. In the others the play is left out, and a line says why.
    pub fn needs(mut self, ability: Ability) -> Setting {
        self.needs.push(ability);
        self
    }

    /// Serves it over https: what browsers give to secure pages alone is there.
    pub fn secure(mut self) -> Setting {
        self.wish.is_secure = true;
        self
    }

    /// Serves the storefront under another content security policy.
    pub fn policy(mut self, policy: &str) -> Setting {
        self.site.csp = Some(policy.to_owned());
        self
    }

    /// Serves the storefront under a policy that forbids nothing.
    pub fn without_policy(self) -> Setting {
        self.policy(NO_POLICY)
    }

    /// Serves another folder at `/doui/`.
    pub fn dist(mut self, dist: impl Into<PathBuf>) -> Setting {
        self.site.dist = dist.into();
        self
    }

    /// Serves at `/doui/` what lies in a folder of its own, which goes with the play.
    pub fn doui(mut self, dist: TempDir) -> Setting {
        self.site.dist = dist.path().to_owned();
        self.doui = Some(dist);
        self
    }

    /// Serves that folder elsewhere.
    pub fn path(mut self, path: &str) -> Setting {
        path.clone_into(&mut self.site.path);
        self
    }

    /// Serves a file of the storefront's that no fixture is.
    pub fn file(mut self, path: &'static str, content: impl Into<Vec<u8>>) -> Setting {
        self.files.push((path, content.into()));
        self
    }

    /// Answers at a path of the shop's own, and keeps what was asked there. Without an answer it is never answered.
    pub fn endpoint(mut self, path: &str, answer: Option<Response<Body>>) -> Setting {
        let (endpoint, asked) = own_endpoint(answer);
        self.asked = asked;
        self.site.endpoint = Some((path.to_owned(), endpoint));
        self
    }

    /// Runs a script before any other on every page of the storefront and of the preference centre.
    pub fn before(mut self, script: impl Into<String>) -> Setting {
        self.before = Some(script.into());
        self
    }

    /// The browser asks for this language; else it asks for Japanese.
    pub fn language(mut self, language: &'static str) -> Setting {
        self.wish.language = language;
        self
    }

    /// The visitor prefers less motion, so that what scrolls has arrived at once.
    pub fn without_motion(mut self) -> Setting {
        self.wish.moves = false;
        self
    }

    /// The visitor likes the dark.
    pub fn in_the_dark(mut self) -> Setting {
        self.wish.is_dark = true;
        self
    }

    /// The browser sends Global Privacy Control. Firefox does; in the others, which cannot, pages are shown it.
    pub fn sending_gpc(mut self) -> Setting {
        self.wish.sends_gpc = true;
        self
    }

    /// Plays while no other test does, because it measures time.
    pub fn alone(mut self) -> Setting {
        self.wish.is_alone = true;
        self
    }

    /// `open` returns without waiting for the page to load.
    pub fn without_waiting_for_load(mut self) -> Setting {
        self.wish.waits_for_load = false;
        self
    }

    /// Builds the stage, plays, and clears it away, whether the play ends well or not. A console that complains of
    /// something the test did not announce fails it.
    pub async fn play(mut self, test: impl AsyncFnOnce(&Stage)) {
        let engine = Engine::of_this_run();
        if let Some(reason) = self.needs.iter().find_map(|need| engine.why_without(*need)) {
            engine.skip(reason);
            return;
        }
        let scripts = [self.wish.stand_in(), self.before.as_deref()];
        let scripts: Vec<_> = scripts.into_iter().flatten().collect();
        let is_changed = !scripts.is_empty() || !self.files.is_empty();
        let _copies = is_changed.then(|| {
            let storefront = with_script_first(&self.site.storefront, &scripts.join("\n"));
            let dist = with_script_first(&self.site.dist, "");
            for (path, content) in &self.files {
                let file = storefront.path().join(path);
                let folder = file.parent().expect("a file lies in a folder");
                fs::create_dir_all(folder).expect("the temporary folder takes folders");
                fs::write(file, content).expect("the temporary folder takes files");
            }
            self.site.storefront = storefront.path().to_owned();
            self.site.dist = dist.path().to_owned();
            (storefront, dist)
        });
        let server = Server::start(self.site, self.wish.is_secure).await;
        let Some(browser) = Browser::open(&self.wish, server.address).await else {
            return;
        };
        let stage = Stage {
            driver: browser.driver.clone(),
            server,
            waits_for_load: self.wish.waits_for_load,
            is_secure: self.wish.is_secure,
            announced: Mutex::default(),
            asked: self.asked,
        };
        let ended = AssertUnwindSafe(test(&stage)).catch_unwind().await;
        let complaints = browser.complaints().await;
        if ended.is_err() {
            let url = stage.driver.current_url().await;
            eprintln!(
                "in {engine:?} at {}",
                url.map_or_else(|e| e.to_string(), String::from)
            );
            eprintln!("requests: {:#?}", stage.server.requests());
            eprintln!("console: {complaints:#?}");
        }
        browser.close().await;
        if let Err(panic) = ended {
            resume_unwind(panic);
        }
        let announced = stage.announced.into_inner().unwrap();
        let unannounced: Vec<_> = complaints
            .iter()
            .filter(|line| !announced.iter().any(|part| line.contains(part)))
            .collect();
        assert!(unannounced.is_empty(), "the console says: {unannounced:#?}");
    }
}

/// A browser before a site.
pub struct Stage {
    driver: WebDriver,
    server: Server,
    waits_for_load: bool,
    is_secure: bool,
    announced: Mutex<Vec<String>>,
    asked: Asked,
}

impl Stage {
    /// The WebDriver session, for what has no helper.
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// The address of a path of the site; one that begins with `//` names a host of its own, under `.co.jp` or
    /// `.example`, and is answered by the same site.
    pub fn url(&self, path: &str) -> String {
        let address = self.server.address;
        match (path.strip_prefix("//"), self.is_secure) {
            (Some(elsewhere), false) => format!("http://{elsewhere}"),
            (None, false) => format!("http://{address}{path}"),
            (None, true) => format!("https://{address}{path}"),
            // No proxy stands between, so the port has to be said.
            (Some(elsewhere), true) => {
                let (host, path) =
                    elsewhere.split_at(elsewhere.find('/').unwrap_or(elsewhere.len()));
                format!("https://{host}:{}{path}", address.port())
            }
        }
    }

    /// Goes to a path of the site. Where that is not to wait for the page to load, it waits for the page before to be gone.
    pub async fn open(&self, path: &str) {
        if !self.waits_for_load {
            self.run::<()>("window.isBefore = true", vec![]).await;
        }
        let opened = self.driver.goto(self.url(path)).await;
        opened.unwrap_or_else(|e| panic!("{path} did not open: {e}"));
        if !self.waits_for_load {
            self.until("!window.isBefore").await;
        }
    }

    /// Goes to a path of the site, and awaits the question.
    pub async fn open_until_asked(&self, path: &str) {
        self.open(path).await;
        self.until_banner_shows().await;
    }

    /// Makes the window this wide and high, in CSS pixels, its tool bars included.
    pub async fn resize(&self, width: u32, height: u32) {
        let sized = self.driver.set_window_rect(0, 0, width, height).await;
        sized.expect("a window has a size");
    }

    /// Loads the page again.
    pub async fn reload(&self) {
        self.driver
            .refresh()
            .await
            .expect("the page did not reload");
    }

    /// Runs `body` as a function in the page and returns what it returns.
    pub async fn run<T: DeserializeOwned>(&self, body: &str, arguments: Vec<Value>) -> T {
        let returned = self.driver.execute(body, arguments).await;
        let returned = returned.unwrap_or_else(|e| panic!("{e}\nin: {body}"));
        returned
            .convert()
            .unwrap_or_else(|e| panic!("{e}: {}\nin: {body}", returned.json()))
    }

    /// Runs `body` as a function in the page, awaited if it returns a promise.
    pub async fn call(&self, body: &str) {
        self.run(body, vec![]).await
    }

    /// The value of a JavaScript expression, awaited if it is a promise.
    pub async fn value<T: DeserializeOwned>(&self, expression: &str) -> T {
        self.run(&format!("return ({expression})"), vec![]).await
    }

    /// How many elements of the page a selector names.
    pub async fn count(&self, selector: &str) -> usize {
        self.value(&format!("document.querySelectorAll({selector:?}).length"))
            .await
    }

    /// Awaits that a JavaScript expression is truthy.
    pub async fn until(&self, expression: &str) {
        self.awaited(expression).await;
    }

    /// Awaits that a JavaScript expression is an element.
    pub async fn element(&self, expression: &str) -> WebElement {
        let value = self.awaited(expression).await;
        WebElement::from_json(value, self.driver.handle().clone())
            .unwrap_or_else(|e| panic!("{e}\nin: {expression}"))
    }

    /// Asks the page again and again, in the page, until the answer is truthy. Where the page goes meanwhile, the next one is
    /// asked.
    async fn awaited(&self, expression: &str) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1], end = performance.now() + {};
             (function look() {{
                 let found, error = 'is ';
                 try {{ found = {expression}; error += JSON.stringify(found) }} catch (e) {{ error = e.message }}
                 if (found) done({{ found }});
                 else if (performance.now() > end) done({{ error }});
                 else setTimeout(look, 20);
             }})()",
            PATIENCE.as_millis()
        );
        let began = Instant::now();
        let answer = loop {
            match self.driver.execute_async(script.clone(), vec![]).await {
                // Firefox answers for a page that goes.
                Ok(answer) if answer.json().is_null() && began.elapsed() < PATIENCE => {}
                Ok(answer) => break answer,
                Err(e) if is_of_leaving(&e) && began.elapsed() < PATIENCE => {}
                Err(e) => panic!("{e}\nin: {expression}"),
            }
        };
        match answer.json() {
            Value::Object(answer) if answer.contains_key("found") => answer["found"].clone(),
            answer => panic!(
                "in vain for {PATIENCE:?}: {expression}: {}",
                answer["error"]
            ),
        }
    }

    /// Awaits that the page has loaded, painted and become idle: what was going to happen by itself has happened.
    pub async fn until_quiet(&self) {
        self.until("document.readyState == 'complete'").await;
        self.run::<()>(
            // A tab out of sight is not painted.
            "const next = document.hidden ? setTimeout : requestAnimationFrame;
             return new Promise(done => next(() => next(() =>
                 setTimeout(() => (window.requestIdleCallback || setTimeout)(() => done())))))",
            vec![],
        )
        .await;
    }

    /// The tab that is open, and a new one, in front.
    pub async fn new_tab(&self) -> (WindowHandle, WindowHandle) {
        let first = self.driver.window().await.expect("a tab is open");
        let second = self.driver.new_tab().await.expect("another tab opens");
        self.turn_to(&second).await;
        (first, second)
    }

    /// Takes a tab to the front.
    pub async fn turn_to(&self, tab: &WindowHandle) {
        let turned = self.driver.switch_to_window(tab.clone()).await;
        turned.expect("the tab is still open");
    }

    /// Presses and releases keys, wherever the focus is.
    pub async fn keys(&self, keys: &str) {
        let chain = self.driver.action_chain().send_keys(keys);
        chain.perform().await.expect("keys could not be pressed");
    }

    /// Presses Tab, or Shift and Tab.
    pub async fn tab(&self, backwards: bool) {
        let chain = self.driver.action_chain();
        let tab = char::from(Key::Tab);
        let chain = if backwards {
            chain.key_down(Key::Shift).send_keys(tab).key_up(Key::Shift)
        } else {
            chain.send_keys(tab)
        };
        chain.perform().await.expect("Tab could not be pressed");
    }

    /// The value of the `doui` cookie as the page sees it, `None` without one.
    pub async fn cookie(&self) -> Option<String> {
        self.value("document.cookie.match(/(?:^|; )doui=([^;]*)/)?.[1] ?? null")
            .await
    }

    /// Asserts that the `doui` cookie ends with the choices that `end` says.
    pub async fn assert_cookie_ends_with(&self, end: &str) {
        let cookie = self.cookie().await.expect("something is decided");
        assert!(cookie.ends_with(end), "{cookie}");
    }

    /// The text of the local record, `None` without one.
    pub async fn record(&self) -> Option<String> {
        self.value("localStorage.getItem('doui')").await
    }

    /// What is kept of a decision: the cookie and the record.
    pub async fn kept(&self) -> (Option<String>, Option<String>) {
        (self.cookie().await, self.record().await)
    }

    /// Takes every cookie and record away, as a visitor does who clears the site's data.
    pub async fn clear(&self) {
        self.run::<()>("localStorage.clear()", vec![]).await;
        // WebKit's driver answers before it is done, and what a page wrote just before may come after.
        let began = Instant::now();
        loop {
            let deleted = self.driver.delete_all_cookies().await;
            deleted.expect("the cookies stay");
            let is_empty: bool = self.value(IS_JAR_EMPTY).await;
            if is_empty {
                return;
            }
            assert!(began.elapsed() < PATIENCE, "the cookies stay");
        }
    }

    /// The paths asked for so far, with their queries, in order.
    pub fn requests(&self) -> Vec<String> {
        self.server.requests()
    }

    /// Those of them that begin with `start`.
    pub fn requests_for(&self, start: &str) -> Vec<String> {
        let mut requests = self.requests();
        requests.retain(|path| path.starts_with(start));
        requests
    }

    /// Those of them that have `part` in them.
    pub fn requests_with(&self, part: &str) -> Vec<String> {
        let mut requests = self.requests();
        requests.retain(|path| path.contains(part));
        requests
    }

    /// How many of them are for `path`.
    pub fn times_requested(&self, path: &str) -> usize {
        let requests = self.requests();
        requests.iter().filter(|asked| *asked == path).count()
    }

    /// Awaits a request for `path`, or finds that there was one.
    pub async fn until_requested(&self, path: &str) {
        let asked = timeout(PATIENCE, self.server.until_requested(path)).await;
        asked.unwrap_or_else(|_| panic!("nobody asked for {path}; only {:?}", self.requests()));
    }

    /// What was asked of the shop's own endpoint so far, in order.
    pub fn asked(&self) -> Vec<OwnRequest> {
        self.asked.lock().unwrap().clone()
    }

    /// Begins the list of requests anew.
    pub fn forget_requests(&self) {
        self.server.forget();
    }

    /// Leaves requests for `path` without an answer until they are released.
    pub fn hold(&self, path: &str) {
        self.server.hold(path);
    }

    /// Answers what was held.
    pub fn release(&self, path: &str) {
        self.server.release(path);
    }

    /// Says that the console may complain in a line that contains `part`.
    pub fn expect_complaint(&self, part: &str) {
        self.announced.lock().unwrap().push(part.to_owned());
    }
}

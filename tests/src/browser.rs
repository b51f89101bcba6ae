//! A real browser behind its WebDriver server. What differs between engines is in this file and nowhere else.

use std::{
    env,
    io::{ErrorKind, Write, stderr},
    net::SocketAddr,
    path::PathBuf,
    process::Stdio,
    sync::Arc,
};

use reqwest::Method;
use serde_json::{Value, json};
use thirtyfour::{
    Capabilities, WebDriver,
    common::command::{Command as WebDriverCommand, ExtensionCommand},
    error::WebDriverResult,
};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    sync::{Semaphore, SemaphorePermit},
};

/// Two sessions at once: more only wait for each other on a small machine.
const AT_ONCE: u32 = 2;
static SESSIONS: Semaphore = Semaphore::const_new(AT_ONCE as usize);

/// What a page sees of a browser that sends Global Privacy Control.
const SIGNAL: &str =
    "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true });";

/// Reads and empties what Firefox's error console holds of pages. It is Firefox's own code that has this console.
const TAKE_ERRORS: &str = "
    const errors = Services.console.getMessageArray().filter(message =>
        message instanceof Ci.nsIScriptError
        && !(message.flags & (Ci.nsIScriptError.warningFlag | Ci.nsIScriptError.infoFlag))
        && /^(content javascript$|CSP)/.test(message.category));
    Services.console.reset();
    return errors.map(error => `${error.sourceName}:${error.lineNumber} ${error.errorMessage}`)";

/// What renders the pages. A test plays in the default unless its setting names another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Engine {
    #[default]
    Chromium,
    Firefox,
}

/// How a session differs from the ordinary one.
pub struct Wish {
    /// The browser it is in.
    pub engine: Engine,
    /// The language that the browser asks for.
    pub language: &'static str,
    /// Whether a navigation waits for the page to load, or returns at once.
    pub waits_for_load: bool,
    /// Whether pages may move things smoothly.
    pub moves: bool,
    /// Whether the browser sends Global Privacy Control.
    pub sends_gpc: bool,
    /// Whether no other session runs beside it.
    pub is_alone: bool,
}

impl Wish {
    /// The script that must run first on every page, where the engine cannot do by itself what is wished: Chromium has
    /// no Global Privacy Control, so there the page is shown the signal. Firefox sends it.
    pub fn stand_in(&self) -> Option<&'static str> {
        (self.engine == Engine::Chromium && self.sends_gpc).then_some(SIGNAL)
    }
}

/// A browser session of its own, with a fresh profile. The driver's process ends with it: geckodriver and
/// WebKitWebDriver serve one session each, so every engine gets one driver a session.
pub struct Browser {
    pub driver: WebDriver,
    engine: Engine,
    process: Child,
    _turn: SemaphorePermit<'static>,
}

impl Browser {
    /// Opens the browser that is wished for, in which the hosts under `.co.jp` and `.example` are the server at
    /// `address`. `None` when it is not installed and the tests may do without: a line has
    /// said so.
    ///
    /// # Panics
    ///
    /// When the default engine is missing, when any is while `CI` is `true`, and when one is there but does not start.
    pub async fn open(wish: &Wish, address: SocketAddr) -> Option<Browser> {
        let turns = if wish.is_alone { AT_ONCE } else { 1 };
        let turn = SESSIONS
            .acquire_many(turns)
            .await
            .expect("nobody closes it");
        let server = wish.engine.server();
        let Some((process, port)) = server.start().await else {
            return wish.engine.is_missing();
        };
        let wanted = wish.engine.capabilities(wish, address);
        match WebDriver::new(format!("http://127.0.0.1:{port}"), wanted).await {
            Ok(driver) => Some(Browser {
                driver,
                engine: wish.engine,
                process,
                _turn: turn,
            }),
            Err(error) if error.to_string().contains(NO_FIREFOX) => wish.engine.is_missing(),
            Err(error) => panic!("{} could not start its browser: {error}", server.program),
        }
    }

    /// The lines that the page's console holds and nobody wants there. Reading empties it.
    ///
    /// Chromium has exceptions, failed requests, violated policies and what a page prints as an error. Firefox has
    /// exceptions and violated policies only: it keeps the others where WebDriver does not reach.
    pub async fn complaints(&self) -> Vec<String> {
        match self.engine {
            Engine::Chromium => {
                let log = self.driver.browser_log().await;
                log.expect("chromedriver keeps a console log")
                    .into_iter()
                    .filter(|line| line.level == "SEVERE")
                    .map(|line| line.message)
                    .collect()
            }
            Engine::Firefox => {
                let errors = firefox_errors(&self.driver).await;
                errors.expect("geckodriver lets a script read Firefox's error console")
            }
        }
    }

    pub async fn close(mut self) {
        let closed = self.driver.quit().await;
        closed.unwrap_or_else(|e| panic!("{:?} did not close: {e}", self.engine));
        let killed = self.process.kill().await;
        killed.unwrap_or_else(|e| panic!("the driver of {:?} had ended: {e}", self.engine));
    }
}

/// What geckodriver says when there is no Firefox for it.
const NO_FIREFOX: &str = "unable to find binary in default location";

impl Engine {
    fn server(self) -> Server {
        match self {
            Engine::Chromium => Server {
                program: "chromedriver",
                variable: "CHROMEDRIVER",
                arguments: &["--port=0"],
                environment: &[],
                stderr: Stdio::inherit,
                before_port: "ChromeDriver was started successfully on port ",
            },
            Engine::Firefox => Server {
                program: "geckodriver",
                variable: "GECKODRIVER",
                // The error console is not a page's: it is read with the browser's own rights.
                arguments: &["--port=0", "--allow-system-access"],
                // Without it a released Firefox insists on its maker's settings server.
                environment: &[("MOZ_REMOTE_SETTINGS_DEVTOOLS", "1")],
                // There Firefox writes about itself, in the midst of what the tests report.
                stderr: Stdio::null,
                before_port: "Listening on 127.0.0.1:",
            },
        }
    }

    fn capabilities(self, wish: &Wish, address: SocketAddr) -> Capabilities {
        let mut wanted = match self {
            Engine::Chromium => chromium(wish, address),
            Engine::Firefox => firefox(wish, address),
        };
        wanted["pageLoadStrategy"] = if wish.waits_for_load {
            "normal"
        } else {
            "none"
        }
        .into();
        wanted["timeouts"] = json!({ "script": 60_000 });
        match wanted {
            Value::Object(wanted) => Capabilities::from(wanted),
            _ => unreachable!("both are written as objects"),
        }
    }

    /// Does without the engine, saying so, or fails where it must be there.
    fn is_missing(self) -> Option<Browser> {
        let install = match self {
            Engine::Chromium => {
                "install both (Debian: `apt-get install chromium-driver`), or set CHROMIUM and CHROMEDRIVER"
            }
            Engine::Firefox => {
                "install both (Debian: `apt-get install firefox-esr`, `cargo install geckodriver`), \
                 or set FIREFOX and GECKODRIVER"
            }
        };
        let missing = format!("{self:?} or its driver is missing: {install}");
        let is_ci = env::var("CI").as_deref() == Ok("true");
        assert!(self != Engine::default() && !is_ci, "{missing}");
        // Not `eprintln!`, whose lines are shown of failed tests only.
        writeln!(stderr(), "skipped a test: {missing}").expect("somebody reads errors");
        None
    }
}

/// How often a driver is started until it names its port: one that chromedriver finds free for IPv4 may be taken for IPv6,
/// and then it ends.
const STARTS: usize = 5;

/// How an engine's WebDriver server is started.
struct Server {
    program: &'static str,
    /// The environment variable that may name another program.
    variable: &'static str,
    arguments: &'static [&'static str],
    environment: &'static [(&'static str, &'static str)],
    /// Where its standard error goes.
    stderr: fn() -> Stdio,
    /// What stands before the port in the line that names it.
    before_port: &'static str,
}

impl Server {
    /// Starts the server on a port of the system's choice. `None` when it is not installed.
    async fn start(&self) -> Option<(Child, u16)> {
        let program = env::var_os(self.variable).map_or_else(|| self.program.into(), PathBuf::from);
        for _ in 0..STARTS {
            let spawned = Command::new(&program)
                .args(self.arguments)
                .envs(self.environment.iter().copied())
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr((self.stderr)())
                .kill_on_drop(true)
                .spawn();
            let mut process = match spawned {
                Ok(process) => process,
                Err(error) if error.kind() == ErrorKind::NotFound => return None,
                Err(error) => panic!("{}: {error}", program.display()),
            };
            let mut lines = BufReader::new(process.stdout.take().expect("it is piped")).lines();
            while let Some(line) = lines.next_line().await.expect("a driver prints text") {
                let port = line
                    .split_once(self.before_port)
                    .and_then(|(_, rest)| rest.trim_end_matches('.').parse().ok());
                if let Some(port) = port {
                    // Somebody must keep reading, or the driver stops at a full pipe.
                    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
                    return Some((process, port));
                }
            }
        }
        panic!(
            "{} ended {STARTS} times without naming its port",
            self.program
        );
    }
}

fn chromium(wish: &Wish, address: SocketAddr) -> Value {
    let mut options = json!({
        "args": [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1280,900",
            // Plain http to a named host would be tried with TLS first.
            "--disable-features=HttpsUpgrades",
            format!("--host-resolver-rules=MAP *.co.jp {address}, MAP *.example {address}"),
            format!("--lang={}", wish.language),
        ],
        "prefs": { "intl.accept_languages": wish.language },
    });
    if !wish.moves {
        let args = options["args"].as_array_mut();
        let args = args.expect("it is written above");
        args.push("--force-prefers-reduced-motion".into());
    }
    if let Ok(binary) = env::var("CHROMIUM") {
        options["binary"] = binary.into();
    }
    json!({
        "browserName": "chrome",
        "goog:chromeOptions": options,
        "goog:loggingPrefs": { "browser": "ALL" },
    })
}

/// The session's preferences come on top of those that geckodriver sets itself, which silence most of what Firefox
/// says on its own. Source: <https://docs.rs/crate/geckodriver/0.37.1/source/src/prefs.rs>.
fn firefox(wish: &Wish, address: SocketAddr) -> Value {
    // Loopback needs no proxy. Every other request goes to one that is not there, on the port of the discard service,
    // so whatever Firefox would tell its maker stays on this machine, host names included.
    let proxies = format!(
        "data:,function FindProxyForURL(url, host) {{ \
             return /[.](co[.]jp|example)$/.test(host) ? 'PROXY {address}' : 'PROXY 127.0.0.1:9'; }}"
    );
    let mut options = json!({
        "args": ["-headless", "--width=1280", "--height=900"],
        "prefs": {
            // Plain http to a named host would be tried with TLS first.
            "dom.security.https_first": false,
            "intl.accept_languages": wish.language,
            // The hosts of a page's links would be looked up before anybody follows one.
            "network.dns.disablePrefetch": true,
            "privacy.globalprivacycontrol.enabled": wish.sends_gpc,
            "privacy.globalprivacycontrol.functionality.enabled": wish.sends_gpc,
            "services.settings.server": "data:,#remote-settings-dummy/v1",
            "ui.prefersReducedMotion": i32::from(!wish.moves),
        },
    });
    if let Ok(binary) = env::var("FIREFOX") {
        options["binary"] = binary.into();
    }
    json!({
        "browserName": "firefox",
        "moz:firefoxOptions": options,
        "proxy": { "proxyType": "pac", "proxyAutoconfigUrl": proxies },
    })
}

/// Takes what Firefox's error console holds.
async fn firefox_errors(driver: &WebDriver) -> WebDriverResult<Vec<String>> {
    let enter = |context| WebDriverCommand::ExtensionCommand(Box::new(EnterContext(context)));
    driver.cmd(enter("chrome")).await?;
    let errors = driver.execute(TAKE_ERRORS, vec![]).await;
    driver.cmd(enter("content")).await?;
    errors?.convert()
}

/// Where the scripts after it run: `content` is the page, `chrome` the browser around it.
/// Source: <https://firefox-source-docs.mozilla.org/testing/geckodriver/Flags.html>.
#[derive(Debug)]
struct EnterContext(&'static str);

impl ExtensionCommand for EnterContext {
    fn parameters_json(&self) -> Option<Value> {
        Some(json!({ "context": self.0 }))
    }

    fn method(&self) -> Method {
        Method::POST
    }

    fn endpoint(&self) -> Arc<str> {
        "/moz/context".into()
    }
}

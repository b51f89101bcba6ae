//! A real browser behind its WebDriver server. How an engine is started and told things is in this file; what it cannot
//! do at all is in `ability.rs`; nothing else tells engines apart.

use std::{
    env,
    fs::{self, File},
    io::{ErrorKind, Write, stderr},
    net::{Ipv4Addr, SocketAddr, TcpListener},
    os::unix::fs::symlink,
    process::Stdio,
    sync::{Arc, LazyLock},
    time::Duration,
};

use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{
    Capabilities, WebDriver,
    common::command::{Command as WebDriverCommand, ExtensionCommand},
    error::WebDriverResult,
};
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    net::TcpStream,
    process::{Child, ChildStdout, Command},
    sync::{Mutex, Semaphore, SemaphorePermit},
    time::{sleep, timeout},
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

/// What renders the pages. One run of the tests plays in one engine, which the environment variable `DOUI_ENGINE` names:
/// `chromium`, as without it, `firefox` or `webkit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium, or a browser made of it.
    Chromium,
    /// Firefox, in its extended support release or any other.
    Firefox,
    /// WebKitGTK, in its MiniBrowser.
    WebKit,
}

/// The engine of this run.
static ENGINE: LazyLock<Engine> = LazyLock::new(|| match env::var("DOUI_ENGINE") {
    Ok(name) => match name.as_str() {
        "chromium" => Engine::Chromium,
        "firefox" => Engine::Firefox,
        "webkit" => Engine::WebKit,
        _ => panic!("DOUI_ENGINE is {name:?}: write chromium, firefox or webkit"),
    },
    Err(_) => Engine::Chromium,
});

/// How a session differs from the ordinary one.
pub struct Wish {
    /// The language that the browser asks for.
    pub language: &'static str,
    /// Whether a navigation waits for the page to load, or returns at once.
    pub waits_for_load: bool,
    /// Whether pages may move things smoothly.
    pub moves: bool,
    /// Whether the visitor likes the dark.
    pub is_dark: bool,
    /// Whether the browser sends Global Privacy Control.
    pub sends_gpc: bool,
    /// Whether no other session runs beside it.
    pub is_alone: bool,
    /// Whether the site is served over https.
    pub is_secure: bool,
}

impl Wish {
    /// The script that must run first on every page, where the engine cannot do by itself what is wished: only Firefox
    /// has Global Privacy Control, so in the others the page is shown the signal.
    pub fn stand_in(&self) -> Option<&'static str> {
        (Engine::of_this_run() != Engine::Firefox && self.sends_gpc).then_some(SIGNAL)
    }
}

/// The domains whose hosts are the tests' server.
pub const DOMAINS: [&str; 2] = ["co.jp", "example"];

/// A browser session of its own, with a fresh profile. The driver's process ends with it: geckodriver and
/// WebKitWebDriver serve one session each, so every engine gets one driver a session.
pub struct Browser {
    pub driver: WebDriver,
    engine: Engine,
    server: Server,
    _turn: SemaphorePermit<'static>,
}

impl Browser {
    /// Opens the browser that is wished for, in which the hosts under [`DOMAINS`] are the server at `address`.
    /// `None` when it is not installed and the tests may do without: a line has said so.
    ///
    /// # Panics
    ///
    /// When Chromium is missing, when any engine is while `CI` is `true`, and when one is there but does not start.
    pub async fn open(wish: &Wish, address: SocketAddr) -> Option<Browser> {
        let turns = if wish.is_alone { AT_ONCE } else { 1 };
        let turn = SESSIONS
            .acquire_many(turns)
            .await
            .expect("nobody closes it");
        let engine = Engine::of_this_run();
        for _ in 0..STARTS {
            let Some(server) = Server::start(engine, wish).await else {
                return engine.is_missing();
            };
            let address_of_driver = format!("http://127.0.0.1:{}", server.port);
            let wanted = engine.capabilities(wish, address);
            let driver = match timeout(PATIENCE, WebDriver::new(address_of_driver, wanted)).await {
                Ok(Ok(driver)) => driver,
                Ok(Err(error)) if error.to_string().contains(NO_FIREFOX) => {
                    return engine.is_missing();
                }
                Ok(Err(error)) => {
                    panic!("{engine:?}'s driver could not start its browser: {error}")
                }
                // WebKitWebDriver waits for ever for a browser that ended as it began.
                Err(_) => continue,
            };
            if engine == Engine::WebKit {
                // Its driver opens a window of its own size.
                let sized = driver.set_window_rect(0, 0, WINDOW.0, WINDOW.1).await;
                sized.expect("WebKitWebDriver sizes windows");
            }
            return Some(Browser {
                driver,
                engine,
                server,
                _turn: turn,
            });
        }
        panic!("{engine:?} did not start within {PATIENCE:?}, {STARTS} times over");
    }

    /// The lines that the page's console holds and nobody wants there. Reading empties it.
    ///
    /// Chromium has exceptions, failed requests, violated policies and what a page prints as an error. Firefox has
    /// exceptions and violated policies only: it keeps the others where WebDriver does not reach. WebKit has none: its
    /// WebDriver knows no console, and a session under automation writes nothing to its standard output.
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
            Engine::WebKit => Vec::new(),
        }
    }

    pub async fn close(mut self) {
        let closed = self.driver.quit().await;
        closed.unwrap_or_else(|e| panic!("{:?} did not close: {e}", self.engine));
        for process in &mut self.server.processes {
            let killed = process.kill().await;
            killed.unwrap_or_else(|e| panic!("the driver of {:?} had ended: {e}", self.engine));
        }
    }
}

/// How long a browser may take to start.
const PATIENCE: Duration = Duration::from_secs(30);

/// What geckodriver says when there is no Firefox for it.
const NO_FIREFOX: &str = "unable to find binary in default location";

/// The size of a browser's window, in CSS pixels, its tool bars included.
const WINDOW: (u32, u32) = (1280, 900);

impl Engine {
    /// The engine that this run plays in.
    ///
    /// # Panics
    ///
    /// When `DOUI_ENGINE` names none.
    pub fn of_this_run() -> Engine {
        *ENGINE
    }

    fn capabilities(self, wish: &Wish, address: SocketAddr) -> Capabilities {
        let mut wanted = match self {
            Engine::Chromium => chromium(wish, address),
            Engine::Firefox => firefox(wish, address),
            Engine::WebKit => webkit(address),
        };
        // Nobody vouches for the certificate that a test makes itself.
        wanted["acceptInsecureCerts"] = wish.is_secure.into();
        wanted["pageLoadStrategy"] = if wish.waits_for_load {
            "normal"
        } else {
            "none"
        }
        .into();
        wanted["timeouts"] = json!({ "script": 60_000 });
        match wanted {
            Value::Object(wanted) => Capabilities::from(wanted),
            _ => unreachable!("all are written as objects"),
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
            Engine::WebKit => {
                "install both and a display (Debian: `apt-get install webkit2gtk-driver xvfb`), \
                 or set MINIBROWSER, WEBKITWEBDRIVER and XVFB"
            }
        };
        let missing = format!("{self:?} or its driver is missing: {install}");
        let is_ci = env::var("CI").as_deref() == Ok("true");
        assert!(self != Engine::Chromium && !is_ci, "{missing}");
        self.skip(&missing);
        None
    }

    /// Says that the test which runs on this thread is left out: on standard error, and in the file that `DOUI_SKIPPED`
    /// names, where whoever began the run counts them.
    pub fn skip(self, reason: &str) {
        let thread = std::thread::current();
        let test = thread.name().unwrap_or("a test");
        let line = format!("skipped in {self:?}: {test}: {reason}\n");
        // Not `eprint!`, whose lines are shown of failed tests only.
        stderr()
            .write_all(line.as_bytes())
            .expect("somebody reads errors");
        if let Some(path) = env::var_os("DOUI_SKIPPED") {
            let list = File::options().create(true).append(true).open(&path);
            list.and_then(|mut list| list.write_all(line.as_bytes()))
                .unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        }
    }
}

/// How often a browser is started until it is there, and a driver until it listens: a port that is found free for IPv4 may be taken for IPv6, or may be
/// taken by the time that the driver wants it, and then it ends.
const STARTS: usize = 5;

/// An engine's WebDriver server. What it needs around it ends with it.
struct Server {
    port: u16,
    /// The server, and for WebKit the display that it shows its windows on.
    processes: Vec<Child>,
    /// WebKit's settings.
    _folder: Option<TempDir>,
}

impl Server {
    /// Starts the server on a free port. `None` when it is not installed.
    async fn start(engine: Engine, wish: &Wish) -> Option<Server> {
        match engine {
            Engine::Chromium => {
                let mut driver = program("CHROMEDRIVER", "chromedriver");
                driver.arg("--port=0");
                Server::that_names_its_port(
                    driver,
                    "ChromeDriver was started successfully on port ",
                )
                .await
            }
            Engine::Firefox => {
                let mut driver = program("GECKODRIVER", "geckodriver");
                driver
                    // The error console is not a page's: it is read with the browser's own rights.
                    .args(["--port=0", "--allow-system-access"])
                    // Without it a released Firefox insists on its maker's settings server.
                    .env("MOZ_REMOTE_SETTINGS_DEVTOOLS", "1")
                    // There Firefox writes about itself, in the midst of what the tests report.
                    .stderr(Stdio::null());
                Server::that_names_its_port(driver, "Listening on 127.0.0.1:").await
            }
            Engine::WebKit => Server::of_webkit(wish).await,
        }
    }

    /// Starts a driver that chooses its port, and reads the port from the line in which it stands after `before_port`.
    async fn that_names_its_port(mut driver: Command, before_port: &str) -> Option<Server> {
        for _ in 0..STARTS {
            let mut process = spawn(&mut driver)?;
            let mut lines = lines(&mut process);
            while let Some(line) = lines.next_line().await.expect("a driver prints text") {
                let port = line
                    .split_once(before_port)
                    .and_then(|(_, rest)| rest.trim_end_matches('.').parse().ok());
                if let Some(port) = port {
                    // Somebody must keep reading, or the driver stops at a full pipe.
                    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
                    return Some(Server {
                        port,
                        processes: vec![process],
                        _folder: None,
                    });
                }
            }
        }
        panic!("{driver:?} ended {STARTS} times without naming its port");
    }

    /// Starts WebKitWebDriver on a display of its own, so that no other window takes the focus away. It must be told its
    /// port, and does not say when it listens.
    async fn of_webkit(wish: &Wish) -> Option<Server> {
        let (display, number) = Server::display().await?;
        let folder = webkit_settings(wish);
        for _ in 0..STARTS {
            let port =
                TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|free| free.local_addr());
            let port = port.expect("a free port of 127.0.0.1").port();
            let mut driver = program("WEBKITWEBDRIVER", "WebKitWebDriver");
            driver
                .arg(format!("--port={port}"))
                .env("DISPLAY", format!(":{number}"))
                .env("GDK_BACKEND", "x11")
                // Nobody reads the page to a visitor who cannot see it, so no service for that is looked for.
                .env("NO_AT_BRIDGE", "1")
                .env("XDG_CONFIG_HOME", folder.path())
                .env("LOCPATH", folder.path())
                .env("LC_ALL", wish.language)
                // The one that GTK takes for Japanese loses which keys are held: of `_` stays `-`.
                .env("GTK_IM_MODULE", "gtk-im-context-simple")
                // There GTK writes about itself, in the midst of what the tests report.
                .stderr(Stdio::null());
            let mut process = spawn(&mut driver)?;
            while process.try_wait().expect("it is a child").is_none() {
                if TcpStream::connect((Ipv4Addr::LOCALHOST, port))
                    .await
                    .is_ok()
                {
                    return Some(Server {
                        port,
                        processes: vec![process, display],
                        _folder: Some(folder),
                    });
                }
                sleep(Duration::from_millis(10)).await;
            }
        }
        panic!("WebKitWebDriver ended {STARTS} times without listening");
    }

    /// Starts an X server, and returns it with its number.
    async fn display() -> Option<(Child, String)> {
        /// Two that start at once may both take the number that an ended one left, and browsers then show themselves
        /// on the wrong one.
        static START: Mutex<()> = Mutex::const_new(());
        let _start = START.lock().await;
        let mut server = program("XVFB", "Xvfb");
        server
            .args(["-displayfd", "1", "-nolisten", "tcp"])
            .args(["-screen", "0", &format!("{}x{}x24", WINDOW.0, WINDOW.1)])
            .stderr(Stdio::null());
        let mut server = spawn(&mut server)?;
        let number = lines(&mut server).next_line().await;
        let number = number.expect("Xvfb prints text");
        let number = number.expect("Xvfb names its display when it is ready");
        Some((server, number))
    }
}

/// The program that an environment variable names, or else the one of this name on `PATH`.
fn program(variable: &str, name: &str) -> Command {
    Command::new(env::var_os(variable).unwrap_or_else(|| name.into()))
}

/// Starts a program that ends with this one. `None` when it is not installed.
fn spawn(program: &mut Command) -> Option<Child> {
    let spawned = program
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn();
    match spawned {
        Ok(process) => Some(process),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => panic!("{program:?}: {error}"),
    }
}

/// What a program prints.
fn lines(process: &mut Child) -> Lines<BufReader<ChildStdout>> {
    BufReader::new(process.stdout.take().expect("it is piped")).lines()
}

/// A folder with what WebKitGTK takes from its surroundings: from GTK's settings whether things may move and
/// whether it is dark, from the locale which language to ask for. The locale of that name need not be installed: it is the system's `C.utf8` under
/// another name.
fn webkit_settings(wish: &Wish) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    let gtk = folder.path().join("gtk-3.0");
    fs::create_dir(&gtk).expect("the temporary folder takes folders");
    let settings = format!(
        "[Settings]\ngtk-enable-animations={}\ngtk-theme-name={}\n",
        wish.moves,
        // MiniBrowser has its own say about `gtk-application-prefer-dark-theme`.
        if wish.is_dark {
            "Adwaita-dark"
        } else {
            "Adwaita"
        }
    );
    fs::write(gtk.join("settings.ini"), settings).expect("the temporary folder takes files");
    let locale = folder.path().join(wish.language);
    symlink("/usr/lib/locale/C.utf8", locale).expect("the temporary folder takes links");
    folder
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
            format!(
                "--host-resolver-rules={}",
                DOMAINS.map(|domain| format!("MAP *.{domain} {address}")).join(", ")
            ),
            format!("--lang={}", wish.language),
        ],
        "prefs": { "intl.accept_languages": wish.language },
    });
    let args = options["args"].as_array_mut();
    let args = args.expect("it is written above");
    if !wish.moves {
        args.push("--force-prefers-reduced-motion".into());
    }
    if wish.is_dark {
        // The first of Blink's schemes is the dark one.
        args.push("--blink-settings=preferredColorScheme=0".into());
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
             return !/[.]({})$/.test(host) ? 'PROXY 127.0.0.1:9' : /^https/.test(url) ? 'DIRECT' : 'PROXY {address}'; }}",
        DOMAINS.join("|").replace('.', "[.]")
    );
    let mut options = json!({
        "args": ["-headless", "--width=1280", "--height=900"],
        "prefs": {
            // Plain http to a named host would be tried with TLS first.
            "dom.security.https_first": false,
            "intl.accept_languages": wish.language,
            // The hosts of a page's links would be looked up before anybody follows one.
            "network.dns.disablePrefetch": true,
            // What goes through no proxy is this machine.
            "network.dns.forceResolve": "127.0.0.1",
            "privacy.globalprivacycontrol.enabled": wish.sends_gpc,
            "privacy.globalprivacycontrol.functionality.enabled": wish.sends_gpc,
            "services.settings.server": "data:,#remote-settings-dummy/v1",
            "ui.prefersReducedMotion": i32::from(!wish.moves),
            "ui.systemUsesDarkTheme": i32::from(wish.is_dark),
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

/// Every plain request goes to the server, which so has every host; loopback needs no proxy. Requests with TLS go to a
/// proxy that is not there, on the port of the discard service, so nothing leaves this machine.
fn webkit(address: SocketAddr) -> Value {
    let mut options = json!({ "args": ["--automation"] });
    if let Ok(binary) = env::var("MINIBROWSER") {
        options["binary"] = binary.into();
    }
    json!({
        "webkitgtk:browserOptions": options,
        "proxy": {
            "proxyType": "manual",
            "httpProxy": address.to_string(),
            "sslProxy": "127.0.0.1:9",
            "noProxy": ["127.0.0.1"],
        },
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

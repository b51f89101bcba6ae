//! A real server, on a free port of 127.0.0.1.

use std::{
    env,
    ffi::OsString,
    fs,
    io::{self, Write},
    net::TcpListener,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Stdio,
};

use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

/// A program that serves something. It ends with the test.
pub struct Server {
    pub port: u16,
    _program: Child,
    _folder: TempDir,
}

impl Server {
    /// Starts what `prepare` makes of a folder, the program's whole world, and of a free port. The program is ready
    /// when it says `ready`.
    pub async fn start(ready: &str, prepare: impl Fn(&Path, u16) -> Command) -> Server {
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
pub fn program(name: &str, package: &str) -> Option<PathBuf> {
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

pub fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).expect("the temporary folder takes files");
}

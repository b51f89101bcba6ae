//! The site a test looks at: a storefront and a `dist/`, served in this process, whose every request is written down
//! and may be held back.

use std::{
    collections::HashSet,
    fs, io,
    net::SocketAddr,
    path::Path,
    pin::pin,
    sync::{Arc, Condvar, Mutex},
};

use doui_serve::Site;
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::Notify, task::JoinHandle};

use crate::tls::TlsListener;

/// What is known of the requests. Paths carry their query, and those for another host that host, as in `//a.example/b`.
#[derive(Default)]
struct Book {
    requests: Vec<String>,
    held: HashSet<String>,
}

#[derive(Default)]
struct Desk {
    book: Mutex<Book>,
    arrival: Notify,
    release: Condvar,
}

pub struct Server {
    pub address: SocketAddr,
    desk: Arc<Desk>,
    task: JoinHandle<io::Result<()>>,
}

impl Server {
    /// Serves the site, over https if `is_secure`.
    pub async fn start(mut site: Site, is_secure: bool) -> Server {
        let desk = Arc::new(Desk::default());
        let clerk = desk.clone();
        let listener = TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a free port of 127.0.0.1");
        let address = listener.local_addr().expect("it is bound");
        let here = address.to_string();
        site.on_request = Some(Arc::new(move |host, path| {
            if host == here {
                clerk.arrived(path);
            } else {
                clerk.arrived(&format!("//{host}{path}"));
            }
        }));
        let task = if is_secure {
            let listener = TlsListener::new(listener, &site.domains).expect("it is bound");
            tokio::spawn(doui_serve::run(listener, site))
        } else {
            tokio::spawn(doui_serve::run(listener, site))
        };
        Server {
            address,
            desk,
            task,
        }
    }

    pub fn requests(&self) -> Vec<String> {
        self.desk.book.lock().unwrap().requests.clone()
    }

    /// Waits for as long as it takes.
    pub async fn until_requested(&self, path: &str) {
        loop {
            let mut arrival = pin!(self.desk.arrival.notified());
            // From here on no arrival is missed.
            arrival.as_mut().enable();
            if self.requests().iter().any(|asked| asked == path) {
                return;
            }
            arrival.await;
        }
    }

    pub fn forget(&self) {
        self.desk.book.lock().unwrap().requests.clear();
    }

    pub fn hold(&self, path: &str) {
        self.desk.book.lock().unwrap().held.insert(path.to_owned());
    }

    pub fn release(&self, path: &str) {
        self.desk.book.lock().unwrap().held.remove(path);
        self.desk.release.notify_all();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.desk.book.lock().unwrap().held.clear();
        self.desk.release.notify_all();
        self.task.abort();
    }
}

impl Desk {
    /// Writes the request down, and waits while its path is held. The wait blocks a thread that the runtime has been
    /// told to do without.
    fn arrived(&self, path: &str) {
        let mut book = self.book.lock().unwrap();
        book.requests.push(path.to_owned());
        self.arrival.notify_waiters();
        if book.held.contains(path) {
            tokio::task::block_in_place(|| {
                drop(
                    self.release
                        .wait_while(book, |book| book.held.contains(path)),
                );
            });
        }
    }
}

/// A copy of `folder` whose every page runs `script` before any other. The compressed copies of pages stay behind,
/// for they would be sent instead.
pub fn with_script_first(folder: &Path, script: &str) -> TempDir {
    let copy = TempDir::new().expect("a temporary folder");
    copy_pages(folder, copy.path()).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    fs::write(copy.path().join("before.js"), script).expect("the temporary folder takes files");
    copy
}

fn copy_pages(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (path, name) = (entry.path(), entry.file_name());
        let target = to.join(&name);
        let name = name.to_string_lossy();
        if path.is_dir() {
            copy_pages(&path, &target)?;
        } else if name.ends_with(".html") {
            let page = fs::read_to_string(&path)?;
            let head = page.find("<head>").map(|at| at + "<head>".len());
            let at = head.unwrap_or_else(|| panic!("{}: no <head>", path.display()));
            let (start, rest) = page.split_at(at);
            fs::write(
                target,
                format!("{start}<script src=\"/before.js\"></script>{rest}"),
            )?;
        } else if !name.contains(".html.") {
            fs::copy(path, target)?;
        }
    }
    Ok(())
}

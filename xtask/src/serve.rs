//! `cargo xtask serve`: build, then serve the demo storefront and the preference centre.

use std::{
    io::ErrorKind,
    net::{Ipv4Addr, TcpListener},
    path::PathBuf,
};

use anyhow::{Result, anyhow, ensure};
use doui_serve::Site;

use crate::{build, project, shop, steps::Steps};

/// The last line that is told: there is something to see.
pub const READY: &str = "Ctrl+C stops the server.";

/// Whether something is built before it is served.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Build {
    /// What can be looked at is built.
    Look,
    /// Nothing is: `dist/` is served as it is.
    Skip,
}

/// Builds unless told not to, then serves until it is stopped.
pub fn serve(port: u16, storefront: Option<PathBuf>, build: Build) -> Result<()> {
    // Before the build, which takes minutes: nobody should wait for it to hear that the port is taken.
    let listener = listen(port)?;
    let storefront = storefront.unwrap_or_else(|| project::root().join("public/demo"));
    ensure!(
        storefront.is_dir(),
        "{} is no folder; name one with --storefront",
        storefront.display()
    );
    let centre = match build {
        Build::Look => build::look(&mut Steps::new(build::LOOK), &shop::default_file())?,
        Build::Skip => {
            let dist = project::dist();
            ensure!(
                dist.is_dir(),
                "dist/ is missing; run `cargo xtask build`, or leave out --no-build"
            );
            dist
        }
    };
    let address = listener.local_addr()?;
    println!();
    println!("The demo storefront:   http://{address}/");
    let path = shop::read(&shop::default_file())?.path;
    println!("The preference centre: http://{address}{path}");
    println!("{READY}");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let site = Site {
            path,
            ..Site::new(storefront, centre)
        };
        Ok(doui_serve::run(listener, site).await?)
    })
}

fn listen(port: u16) -> Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => {
            anyhow!("port {port} is taken; choose another with --port, or --port 0 for a free one")
        }
        _ => anyhow!("port {port} cannot be used ({error}); choose another with --port"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_named_with_the_way_out() {
        let taken = listen(0).unwrap();
        let port = taken.local_addr().unwrap().port();
        let error = listen(port).unwrap_err().to_string();
        assert!(
            error.contains(&port.to_string()) && error.contains("--port"),
            "{error}"
        );
        assert!(!error.contains('\n'), "{error}");
    }
}

//! `cargo xtask`: all that the project does besides `cargo` itself.

#![forbid(unsafe_code)]

mod bench;
mod bind;
mod build;
mod centre;
mod cold;
mod command;
mod compile;
mod compress;
mod dependencies;
#[cfg(test)]
mod documents;
mod figures;
mod files;
mod notices;
mod package;
mod project;
mod serve;
mod setup;
mod shop;
mod sizes;
mod sources;
mod steps;
mod test;
mod trunk;
mod wasm;
mod weigh;
mod wrappers;

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result};
use clap::Parser;
use doui_build::Files;

use crate::{compile::Profile, serve::Build, steps::Steps};

/// Doui's own tools.
#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    arg_required_else_help = true
)]
enum Xtask {
    /// Build for a look, then serve the demo storefront at / and the preference centre at /doui/
    Serve {
        /// The port on 127.0.0.1; 0 takes a free one
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// The folder served at / [default: public/demo]
        #[arg(long, value_name = "DIR")]
        storefront: Option<PathBuf>,
        /// Serve the dist/ that is there
        #[arg(long)]
        no_build: bool,
    },
    /// Build dist/, what a shop copies to /doui/ on its server
    Build {
        /// The shop file [default: shop.json]
        #[arg(long, value_name = "FILE")]
        shop: Option<PathBuf>,
        /// Also compile the standard library for size: a tenth smaller, needs unstable Rust, panics lose their message
        #[arg(long)]
        smallest: bool,
    },
    /// Check a shop file; list every finding, or what is still unknown
    Check {
        /// The shop file [default: shop.json]
        #[arg(value_name = "FILE")]
        shop: Option<PathBuf>,
    },
    /// List the services of the catalogue, how much is known of each, and how old that is
    Catalog,
    /// Print what a visitor downloads, and fail if it is over budget
    Sizes,
    /// Tell what the centre's WebAssembly is made of, against the least that a Leptos app weighs
    Weigh,
    /// Measure Doui beside other consent managers in Chromium, and write docs/performance.md; needs Node.js and npm
    Bench {
        /// Measure the preference centre's pages beside plain HTML instead
        #[arg(long)]
        centre: bool,
        /// Measure Doui against an empty script in its place instead
        #[arg(long, conflicts_with = "centre")]
        floor: bool,
        /// Measure what `"hold": "declared"` costs for elements of the page's own instead
        #[arg(long, conflicts_with_all = ["centre", "floor"])]
        declared: bool,
        /// Measure how long `cargo xtask serve` takes in a new clone instead, with nothing fetched, built or kept; needs git
        #[arg(long, conflicts_with_all = ["centre", "floor", "declared", "arguments"])]
        cold: bool,
        /// For the bench itself: --quick, --rounds N, --only CONTENDER, --profile desktop or phone
        #[arg(
            value_name = "OPTION",
            trailing_var_arg = true,
            allow_hyphen_values = true
        )]
        arguments: Vec<OsString>,
    },
    /// Run the tests, in real browsers too
    Test {
        /// Run every end-to-end test in every browser, not only those that differ between browsers: about half an hour on two cores
        #[arg(long)]
        everywhere: bool,
        /// Only tests whose name contains one of these
        #[arg(
            value_name = "FILTER",
            trailing_var_arg = true,
            allow_hyphen_values = true
        )]
        filters: Vec<String>,
    },
    /// Take the pictures of README.md and the docs anew, in Chromium
    Pictures,
    /// Install what `trunk serve` needs: Trunk, and the program wasm-bindgen
    Setup,
    /// Pack Doui for npm, into target/package; needs npm
    Package,
    /// Write doui.js, audit.js and the files of further languages alone, for any shop file
    Stamp {
        /// The shop file
        #[arg(long, value_name = "FILE")]
        shop: PathBuf,
        /// The folder to write them into
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// Write what is stamped into doui.js as stamp.json instead, for tests of its modules
        #[arg(long)]
        data: bool,
    },
    /// Finish what Trunk built; Trunk calls this itself
    #[command(hide = true)]
    Finish,
}

fn main() -> ExitCode {
    match run(Xtask::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(xtask: Xtask) -> Result<()> {
    match xtask {
        Xtask::Serve {
            port,
            storefront,
            no_build,
        } => {
            let build = if no_build { Build::Skip } else { Build::Look };
            serve::serve(port, storefront, build)
        }
        Xtask::Build { shop, smallest } => build::build(
            &mut Steps::new(build::STEPS),
            &shop.unwrap_or_else(shop::default_file),
            if smallest {
                Profile::Smallest
            } else {
                Profile::Shipped
            },
        ),
        Xtask::Package => package::package(),
        Xtask::Check { shop } => check(&shop.unwrap_or_else(shop::default_file)),
        Xtask::Catalog => catalog(),
        Xtask::Sizes => {
            sizes::print(&shop::read(&shop::default_file())?)?;
            wrappers::print()
        }
        Xtask::Weigh => weigh::weigh(),
        Xtask::Bench { cold: true, .. } => cold::bench(),
        Xtask::Bench {
            centre: true,
            arguments,
            ..
        } => bench::bench("centre.mjs", &arguments),
        Xtask::Bench {
            floor: true,
            arguments,
            ..
        } => bench::bench("floor.mjs", &arguments),
        Xtask::Bench {
            declared: true,
            arguments,
            ..
        } => bench::bench("declared.mjs", &arguments),
        Xtask::Bench { arguments, .. } => bench::bench("run.mjs", &arguments),
        Xtask::Test {
            everywhere,
            filters,
        } => test::test(&filters, everywhere),
        Xtask::Pictures => test::pictures(),
        Xtask::Setup => {
            let title = "Looking for what `trunk serve` needs, installing what is missing";
            Steps::new([title]).run(title, setup::trunk)
        }
        Xtask::Stamp { shop, out, data } => {
            let shop = shop::read(&shop)?;
            let files = if data {
                doui_build::stamp_data(&shop)
            } else {
                doui_build::scripts(&shop, &sources::read()?)
            };
            write(&files?, &out)
        }
        Xtask::Finish => trunk::finish(),
    }
}

fn check(file: &Path) -> Result<()> {
    let checked = shop::check(file)?;
    println!("{}", doui_build::summary(&shop::name(file), &checked));
    Ok(())
}

/// Prints how much of each service is known, the age of its oldest source, and what is not known.
fn catalog() -> Result<()> {
    println!("{}", doui_build::catalog_listing(&sources::read()?)?);
    Ok(())
}

fn write(files: &Files, out: &Path) -> Result<()> {
    fs::create_dir_all(out).with_context(|| format!("{} cannot be made", out.display()))?;
    for (name, content) in files {
        let file = out.join(name);
        fs::write(&file, content)
            .with_context(|| format!("{} cannot be written", file.display()))?;
    }
    Ok(())
}

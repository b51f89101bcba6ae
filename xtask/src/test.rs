//! `cargo xtask test`: everything the project has, in real browsers too.

use std::{
    env,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::{self, Command},
};

use anyhow::{Context, Result, bail, ensure};

use crate::{
    build,
    command::{output, run},
    compile::{self, Profile},
    dependencies, package, project, setup, shop, sizes,
    steps::Steps,
};

/// The servers that the recipes of `docs/server.md` are tested with, what loads them, and what templates of carts are played by;
/// the Debian packages that have them. A path stands for what is no program.
const SERVERS: &[(&str, &str)] = &[
    ("wrk", "wrk"),
    ("nginx", "nginx"),
    ("apache2", "apache2-bin"),
    ("php", "php-cli"),
    ("/usr/share/php/Twig/autoload.php", "php-twig"),
];

/// What the end-to-end tests run in.
struct Engine {
    /// As it is shown; in lower case it is what `DOUI_ENGINE` takes.
    name: &'static str,
    /// Its browser, by one of these names; none where the driver comes with it.
    browsers: &'static [&'static str],
    /// What else must be there.
    programs: &'static [&'static str],
    /// Its WebDriver server, and the environment variable that may name another.
    driver: &'static str,
    variable: &'static str,
    /// What a Debian needs for it. The pages are in Japanese, so a font for that belongs to them.
    packages: &'static [&'static str],
    /// The tests that run in it unless others are asked for; all without any. The first engine runs all.
    usual: &'static [&'static str],
}

/// What differs most between engines: storage, clocks, policies, styles, scripts, the tags' order, the signal that only
/// Firefox sends by itself, what a request carries, and pages that are left right after a choice, where Firefox alone tells of a task that outlived
/// its page. All tests in all engines take too long for every change.
const DIFFERING: &[&str] = &[
    "attacks::",
    "button::",
    "combinations::",
    "faults::",
    "gates::",
    "gpc::",
    "report::",
];

const ENGINES: [Engine; 3] = [
    Engine {
        name: "Chromium",
        browsers: &["chromium", "chromium-browser", "google-chrome"],
        programs: &[],
        driver: "chromedriver",
        variable: "CHROMEDRIVER",
        packages: &["chromium", "chromium-driver", "fonts-noto-cjk"],
        usual: &[],
    },
    Engine {
        name: "Firefox",
        browsers: &["firefox", "firefox-esr"],
        programs: &[],
        driver: "geckodriver",
        variable: "GECKODRIVER",
        packages: &["firefox-esr", "fonts-noto-cjk"],
        usual: DIFFERING,
    },
    Engine {
        name: "WebKit",
        browsers: &[],
        programs: &["Xvfb"],
        driver: "WebKitWebDriver",
        variable: "WEBKITWEBDRIVER",
        packages: &["webkit2gtk-driver", "xvfb", "fonts-noto-cjk"],
        usual: DIFFERING,
    },
];

const LICENCES: &str = "Checking the licences and sources of what the project depends on";
const UNITS: &str = "Testing the rules, the server, the components and the tools";
const BUILDER: &str = "Checking that doui-build compiles to WebAssembly, for Node.js";
const SIZES: &str = "Holding what was built to its sizes";
const AGAIN: &str = "Compiling once more, to the same bytes";
const PACKAGE: &str = "Packing doui for npm";
const RECIPES: &str = "Looking for the servers of the recipes, installing what is missing";
const PACKAGES: &str = "Fetching what the end-to-end tests inject";
const TOOLS: &str = "Testing what was built, without a browser";

/// The crates whose tests need nothing that was built.
const CRATES: [&str; 7] = [
    "doui-core",
    "doui-shop",
    "doui-ui",
    "doui-pages",
    "doui-build",
    "doui-serve",
    "xtask",
];

/// The steps of [`test`].
fn steps() -> Vec<String> {
    let mut steps = vec![LICENCES, UNITS, BUILDER];
    steps.extend(build::STEPS);
    steps.extend([SIZES, AGAIN, PACKAGE]);
    let mut steps: Vec<_> = steps.into_iter().map(str::to_owned).collect();
    steps.extend(ENGINES.iter().map(Engine::looking));
    steps.extend([RECIPES, PACKAGES, TOOLS].map(str::to_owned));
    steps.extend(ENGINES.iter().map(Engine::testing));
    steps
}

/// Runs every test whose name contains one of the filters. Without any, all run in the first engine, and in the others those
/// that are usual there or, `everywhere`, all.
pub fn test(filters: &[String], everywhere: bool) -> Result<()> {
    // The path as it is now: a test may link this program anew, and then the system would call it deleted.
    let program = env::current_exe()?;
    let mut steps = Steps::new(steps());
    steps.run(LICENCES, dependencies::check)?;
    steps.run(UNITS, || cargo_test(&CRATES, filters, &[]))?;
    steps.run(BUILDER, || {
        setup::target()?;
        run(Command::new("cargo")
            .args([
                "check",
                "--package",
                "doui-build",
                "--target",
                setup::TARGET,
            ])
            .current_dir(project::root()))
    })?;
    build::build(&mut steps, &shop::default_file(), Profile::Shipped)?;
    steps.run(SIZES, || sizes::print(&shop::read(&shop::default_file())?))?;
    steps.run(AGAIN, compile::again)?;
    steps.run(PACKAGE, package::package)?;
    let mut drivers = Vec::new();
    for engine in &ENGINES {
        drivers.push(steps.run(&engine.looking(), || engine.provide())?);
    }
    steps.run(RECIPES, servers)?;
    steps.run(PACKAGES, packages)?;
    let dist = project::dist();
    let variables: [(&str, &OsStr); 3] = [
        ("DOUI_DIST", dist.as_ref()),
        ("DOUI_ROOT", project::root().as_ref()),
        ("DOUI_XTASK", program.as_ref()),
    ];
    let words = if everywhere {
        with_ignored(filters)
    } else {
        filters.to_vec()
    };
    steps.run(TOOLS, || {
        cargo_test(&["doui-tests", "--lib", "--test=tools"], &words, &variables)
    })?;
    ensure_each_matches(DIFFERING)?;
    // Each engine has its say, whatever the others find.
    let mut failed = Vec::new();
    for (engine, driver) in ENGINES.iter().zip(&drivers) {
        let told = steps.run(&engine.testing(), || match driver {
            Some(driver) => engine.test(driver, &engine.words(filters, everywhere), &variables),
            None => {
                println!("      left out: there is no {}", engine.name);
                Ok(())
            }
        });
        if let Err(error) = told {
            eprintln!("      {error:#}");
            failed.push(engine.name);
        }
    }
    ensure!(
        failed.is_empty(),
        "the end-to-end tests failed in {}; their own words are above",
        failed.join(" and ")
    );
    Ok(())
}

const TAKING: &str = "Taking the pictures";

/// Takes the pictures of README.md and the docs. The end-to-end test that holds them to what Doui shows takes them.
pub fn pictures() -> Result<()> {
    let program = env::current_exe()?;
    let [chromium, ..] = &ENGINES;
    let looking = chromium.looking();
    let titles = build::STEPS.into_iter().chain([looking.as_str(), TAKING]);
    let mut steps = Steps::new(titles);
    build::build(&mut steps, &shop::default_file(), Profile::Shipped)?;
    let driver = steps.run(&looking, || chromium.provide())?;
    let driver = driver.context("the pictures are taken in Chromium")?;
    let dist = project::dist();
    let variables: [(&str, &OsStr); 4] = [
        ("DOUI_DIST", dist.as_ref()),
        ("DOUI_ROOT", project::root().as_ref()),
        ("DOUI_XTASK", program.as_ref()),
        ("DOUI_TAKE_PICTURES", "1".as_ref()),
    ];
    let filters = ["each_picture_shows_what_doui_shows".to_owned()];
    steps.run(TAKING, || chromium.test(&driver, &filters, &variables))
}

/// The filters, and the word for tests that are heavy, or fetch other programs.
fn with_ignored(filters: &[String]) -> Vec<String> {
    [filters, &["--include-ignored".to_owned()]].concat()
}

impl Engine {
    /// The step that sees to its driver.
    fn looking(&self) -> String {
        format!(
            "Looking for {} and its driver, installing what is missing",
            self.name
        )
    }

    /// The step that tests in it.
    fn testing(&self) -> String {
        format!("Testing end to end in {}", self.name)
    }

    /// Finds the driver, with a browser for it. `None` where there is none and none can be installed, which is an error
    /// for the first engine, and for every one where `CI` is `true`.
    fn provide(&self) -> Result<Option<PathBuf>> {
        if let Some(named) = env::var_os(self.variable) {
            return Ok(Some(PathBuf::from(named)));
        }
        if !self.is_here() && is_debian_root() {
            install(self.packages)?;
        }
        let missing = if self.is_here() {
            let driver = match self.driver {
                // Debian has none.
                "geckodriver" => setup::geckodriver(),
                driver => which::which(driver).map_err(Into::into),
            };
            match driver {
                Ok(driver) => return Ok(Some(driver)),
                Err(error) => format!("there is no driver for {}: {error:#}", self.name),
            }
        } else {
            format!(
                "there is no {} with its driver: install it (Debian: `apt-get install {}`)",
                self.name,
                self.packages.join(" ")
            )
        };
        let is_ci = env::var("CI").as_deref() == Ok("true");
        ensure!(!is_ci && self.name != ENGINES[0].name, missing);
        println!("      {missing}; its tests are left out");
        Ok(None)
    }

    fn is_here(&self) -> bool {
        let is_here = |program: &&str| which::which(program).is_ok();
        let driver = (self.driver != "geckodriver").then_some(&self.driver);
        (self.browsers.is_empty() || self.browsers.iter().any(is_here))
            && self.programs.iter().chain(driver).all(is_here)
    }

    /// What says which tests run in it.
    fn words(&self, filters: &[String], everywhere: bool) -> Vec<String> {
        if everywhere && self.name == ENGINES[0].name {
            // What is heavy, or fetches other programs, once.
            with_ignored(filters)
        } else if everywhere || !filters.is_empty() {
            filters.to_vec()
        } else {
            self.usual.iter().map(|&it| it.to_owned()).collect()
        }
    }

    /// Runs the end-to-end tests in the engine, and tells how many it could not run.
    fn test(&self, driver: &Path, filters: &[String], variables: &[(&str, &OsStr)]) -> Result<()> {
        let name = self.name.to_lowercase();
        let skipped = env::temp_dir().join(format!("doui-skipped-{name}-{}", process::id()));
        let mut variables = variables.to_vec();
        variables.extend([
            (self.variable, driver.as_os_str()),
            ("DOUI_ENGINE", name.as_ref()),
            ("DOUI_SKIPPED", skipped.as_ref()),
        ]);
        let tested = cargo_test(&["doui-tests", "--test=e2e"], filters, &variables);
        // No test was skipped if there is no file.
        let lines = fs::read_to_string(&skipped).unwrap_or_default();
        let _ = fs::remove_file(&skipped);
        println!(
            "      {} tests were skipped in {}, each for the reason given above",
            lines.lines().count(),
            self.name
        );
        tested
    }
}

/// Holds the filters that the project itself names to the end-to-end tests: a module that was renamed would otherwise be
/// left out in silence.
fn ensure_each_matches(filters: &[&str]) -> Result<()> {
    let list = output(
        Command::new("cargo")
            .args(["test", "--quiet", "--package", "doui-tests", "--test=e2e"])
            .args(["--", "--list"])
            .current_dir(project::root()),
    )?;
    match without_match(&list, filters) {
        Some(filter) => bail!(
            "no end-to-end test has {filter:?} in its name: mend the list of filters in xtask/src/test.rs"
        ),
        None => Ok(()),
    }
}

/// The first filter that no test in libtest's list has in its name.
fn without_match<'a>(list: &str, filters: &[&'a str]) -> Option<&'a str> {
    let names: Vec<_> = list
        .lines()
        .filter_map(|line| line.strip_suffix(": test"))
        .collect();
    let matches = |filter: &str| names.iter().any(|name| name.contains(filter));
    filters.iter().copied().find(|filter| !matches(filter))
}

/// Runs the tests of packages; what begins with a dash says which of theirs.
fn cargo_test(what: &[&str], filters: &[String], variables: &[(&str, &OsStr)]) -> Result<()> {
    let what = what.iter().flat_map(|word| {
        let package = (!word.starts_with('-')).then_some("--package");
        package.into_iter().chain([*word])
    });
    run(Command::new("cargo")
        .args(["test", "--no-fail-fast"])
        .args(what)
        .arg("--")
        .args(filters)
        .envs(variables.iter().copied())
        .current_dir(project::root()))
}

/// Installs the servers that are missing. Where it may not, their tests say what they leave out.
fn servers() -> Result<()> {
    let missing: Vec<_> = SERVERS
        .iter()
        .filter(|(program, _)| !Path::new(program).exists() && which::which(program).is_err())
        .map(|(_, package)| *package)
        .collect();
    if missing.is_empty() || !is_debian_root() {
        return Ok(());
    }
    // Debian starts a server that it installs. This file, read before each start, is how it is told not to.
    let policy = Path::new("/usr/sbin/policy-rc.d");
    let is_free = !policy.exists();
    if is_free {
        fs::write(policy, "#!/bin/sh\nexit 101\n")?;
        run(Command::new("chmod").arg("755").arg(policy))?;
    }
    let installed = install(&missing);
    if is_free {
        fs::remove_file(policy)?;
    }
    installed?;
    if missing.contains(&"nginx") {
        // Nor is it to start with the machine. The other packages have programs only.
        run(Command::new("update-rc.d").args(["nginx", "disable"]))?;
    }
    Ok(())
}

/// Installs Debian packages.
fn install(packages: &[&str]) -> Result<()> {
    let apt = |arguments: &[&str]| {
        run(Command::new("apt-get")
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive"))
    };
    apt(&["update", "--quiet"])?;
    apt(&[&["install", "--quiet", "--yes"], packages].concat())
}

fn is_debian_root() -> bool {
    let user = Command::new("id").arg("--user").output();
    let is_root = user.is_ok_and(|user| user.stdout.trim_ascii() == b"0");
    is_root && Path::new("/etc/debian_version").exists()
}

/// Fetches the npm packages of the tests, in the versions of their lock file.
fn packages() -> Result<()> {
    let folder = project::root().join("tests");
    if !folder.join("package-lock.json").exists() {
        return Ok(());
    }
    let npm = which::which("npm").context(
        "the end-to-end tests need npm: install Node.js (Debian: `apt-get install npm`)",
    )?;
    run(Command::new(npm)
        .args(["ci", "--no-audit", "--no-fund"])
        .current_dir(folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_without_a_test_is_found() {
        let list = "faults::a_test: test\ngates::another: test\nfaults::gone: benchmark\n\n2 tests, 1 benchmark\n";
        assert_eq!(without_match(list, &["faults::", "gates::"]), None);
        assert_eq!(without_match(list, &["gates::", "gone", "x"]), Some("gone"));
    }

    #[test]
    fn the_steps_have_titles_of_their_own() {
        let steps = steps();
        let different: std::collections::BTreeSet<_> = steps.iter().collect();
        assert_eq!(different.len(), steps.len());
    }
}

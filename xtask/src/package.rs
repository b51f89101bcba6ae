//! `cargo xtask package`: the package for npm, with the finished centre and [`doui_build`] as WebAssembly in it.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result, ensure};
use doui_build::{Files, VERSION};

use crate::{
    bind::bind,
    centre::{self, Reader},
    command::run,
    compile::{CENTRE, NODE, Profile, compile},
    compress, files,
    notices::{self, NOTICES},
    project, setup, shop, sources, wasm,
};

/// The most bytes that somebody fetches.
const PACKED: u64 = 4_000_000;
/// The most bytes that it takes on a disk.
const UNPACKED: usize = 10_000_000;

/// Writes the package's folder, `target/package/doui`, and packs it beside that. Says how large both are.
pub fn package() -> Result<()> {
    setup::target()?;
    let centre = compile(CENTRE, Profile::Shipped)?;
    let build = compile(NODE, Profile::Shipped)?;
    let folder = project::root().join("target/package/doui");
    let content = gather(&centre, &build)?;
    files::remove(&folder)?;
    files::write(&folder, &content)?;
    let packed = pack(&folder)?;
    let unpacked: usize = content.values().map(Vec::len).sum();
    println!("      {packed} of {PACKED} bytes packed, {unpacked} of {UNPACKED} unpacked");
    for command in ["build", "check"] {
        measure(&folder, command)?;
    }
    ensure!(
        packed <= PACKED && unpacked <= UNPACKED,
        "the package for npm is larger than it may be"
    );
    Ok(())
}

/// The files of the package.
fn gather(centre: &Path, build: &Path) -> Result<Files> {
    let mut content = files::read(&project::root().join("npm"))?;
    for (name, file) in centre::files(bind(centre)?, Reader::Visitor)? {
        content.insert(format!("centre/{name}"), file);
    }
    let bound = bind(build)?;
    let wasm = wasm::prune(&bound.wasm, &bound.glue, false)?;
    content.insert("lib/build.js".to_owned(), bound.glue.into_bytes());
    // A third of the size on a disk, for some milliseconds at the start.
    content.insert("lib/build.wasm.gz".to_owned(), compress::gzip(&wasm));
    let sources = sources::read()?;
    let reader = doui_build::reader(&shop::read(&shop::default_file())?, &sources)?;
    content.insert("lib/reader.js".to_owned(), reader.into_bytes());
    let types = fs::read(project::root().join("src/embed/doui.d.ts"))?;
    content.insert("doui.d.ts".to_owned(), types);
    let notices = notices::notices(&["doui", "doui-node"])?;
    content.insert(NOTICES.to_owned(), notices.into_bytes());
    let license = fs::read(project::root().join("LICENSE")).context("LICENSE cannot be read")?;
    content.insert("LICENSE".to_owned(), license);
    let manifest = content
        .get_mut("package.json")
        .context("npm/package.json is missing")?;
    let text = String::from_utf8(std::mem::take(manifest))?;
    *manifest = text
        .replace("\"0.0.0\"", &format!("\"{VERSION}\""))
        .into_bytes();
    Ok(content)
}

/// Says how long a command takes for the demo's shop, and how much memory.
fn measure(folder: &Path, command: &str) -> Result<()> {
    let script = "const [command, shop, out] = process.argv.slice(1);
        const { run } = await import(process.cwd() + '/lib/command.js');
        const { log } = console;
        console.log = () => {};
        await run(command == 'build' ? [command, shop, '--out', out] : [command, shop]);
        // What the system counts by itself begins with the program that started this one.
        const { readFile } = await import('node:fs/promises');
        const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
        const memory = /VmHWM:\\s+(\\d+)/.exec(status);
        const told = memory ? `, ${Math.round(memory[1] / 1000)} MB` : '';
        log(`      npx doui ${command}: ${(performance.now() / 1000).toFixed(1)} s${told}`);";
    let node = which::which("node").context("packing needs Node.js")?;
    run(Command::new(node)
        .args(["--input-type=module", "--eval", script, command])
        .arg(shop::default_file())
        .arg(folder.with_file_name("dist"))
        .current_dir(folder))
}

/// Has npm pack the folder. Returns the bytes of what it made.
fn pack(folder: &Path) -> Result<u64> {
    let npm = which::which("npm").context(
        "packing needs npm: install Node.js 20 or newer (Debian: `apt-get install nodejs npm`)",
    )?;
    let out = folder.with_file_name("");
    run(Command::new(npm)
        .args(["pack", "--silent", "--ignore-scripts", "--pack-destination"])
        .arg(&out)
        .current_dir(folder))?;
    let packed = out.join(format!("doui-{VERSION}.tgz"));
    Ok(fs::metadata(&packed)
        .with_context(|| packed.display().to_string())?
        .len())
}

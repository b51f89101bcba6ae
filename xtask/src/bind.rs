//! The script that lies between the browser and the compiled WebAssembly, written by wasm-bindgen.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

/// What wasm-bindgen makes of a compiled app.
pub struct Bound {
    /// The ES module that loads the WebAssembly and has what it imports.
    pub glue: String,
    /// The WebAssembly that fits this module.
    pub wasm: Vec<u8>,
}

/// Has wasm-bindgen write the script for the WebAssembly file `compiled`, whose address the script is told when it starts.
pub fn bind(compiled: &Path) -> Result<Bound> {
    let mut output = Bindgen::new()
        .input_path(compiled)
        .web(true)?
        .typescript(false)
        .generate_output()
        .with_context(|| format!("wasm-bindgen cannot work with {}", compiled.display()))?;
    let inline = output.snippets().values().flatten().count();
    let modules = output.local_modules();
    ensure!(
        inline == 0 && modules.is_empty(),
        "the WebAssembly brings scripts of its own, which have no place in a single file: {}",
        modules.keys().cloned().collect::<Vec<_>>().join(", ")
    );
    Ok(Bound {
        glue: output.js().to_owned(),
        wasm: output.wasm_mut().emit_wasm(),
    })
}

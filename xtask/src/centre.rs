//! The compiled preference centre, finished once for all shops: it starts by itself, and its files are named by their content.

use anyhow::Result;
use doui_build::{Centre, Files, hashed_name, integrity, self_starting};

use crate::{
    bind::Bound,
    notices::{self, NOTICES},
    wasm,
};

/// Who will read what is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// Somebody who works on Doui: the names of functions stay in the WebAssembly.
    Developer,
    /// The visitors of a shop, who should not download what only a developer reads.
    Visitor,
}

/// Stand in the glue for the name and the integrity of the WebAssembly file until these are known.
const WASM_NAME: &str = "DOUI_WASM";
const WASM_INTEGRITY: &str = "DOUI_INTEGRITY";

/// The files of the finished centre, which depend on no shop.
pub fn files(bound: Bound, reader: Reader) -> Result<Files> {
    // The glue names the WebAssembly file, whose name comes from what the glue leaves of it: a mark stands in.
    let glue = self_starting(&bound.glue, WASM_NAME, WASM_INTEGRITY)?;
    let wasm = match reader {
        Reader::Developer => bound.wasm,
        Reader::Visitor => wasm::prune(&bound.wasm, &glue, false)?,
    };
    let wasm_name = hashed_name("centre", "wasm", &wasm);
    let glue = glue
        .replace(WASM_NAME, &wasm_name)
        .replace(WASM_INTEGRITY, &integrity(&wasm))
        .into_bytes();
    let mut files = Files::from([
        (hashed_name("centre", "js", &glue), glue),
        (wasm_name, wasm),
    ]);
    if reader == Reader::Visitor {
        let notices = notices::notices(&["doui"])?;
        files.insert(NOTICES.to_owned(), notices.into_bytes());
    }
    Ok(files)
}

/// The finished centre.
pub fn finish(bound: Bound, reader: Reader) -> Result<Centre> {
    Ok(Centre::from_files(files(bound, reader)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_names_the_file_beside_it() {
        let bound = Bound {
            glue: "async function start(x) { alert(x) }\nexport { start as default };\n".to_owned(),
            wasm: b"\0asm".to_vec(),
        };
        let files = files(bound, Reader::Developer).unwrap();
        let names: Vec<_> = files.keys().collect();
        let [script, wasm] = &names[..] else {
            panic!("{names:?}");
        };
        assert!(
            script.ends_with(".js") && wasm.ends_with(".wasm"),
            "{names:?}"
        );
        let text = std::str::from_utf8(&files[*script]).unwrap();
        assert!(text.contains(wasm.as_str()), "{text}");
        assert!(text.contains(&integrity(&files[*wasm])), "{text}");
    }
}

//! The WebAssembly as it is shipped: without what only tools read, and without what nothing calls.

use anyhow::{Context, Result};
use walrus::{ModuleConfig, passes::gc};

/// Drops every export that `glue`, the minified script around it, does not name, with all that only those needed. A
/// library may export classes that no page of ours ever makes. The names of functions go too, unless they are `named`.
pub fn prune(wasm: &[u8], glue: &str, named: bool) -> Result<Vec<u8>> {
    let mut module = ModuleConfig::new()
        .generate_name_section(named)
        .generate_producers_section(false)
        .parse(wasm)
        .context("the WebAssembly that was compiled cannot be read")?;
    let unused = module
        .exports
        .iter()
        .filter(|export| !glue.contains(&export.name));
    let unused: Vec<_> = unused.map(walrus::Export::id).collect();
    for export in unused {
        module.exports.delete(export);
    }
    gc::run(&mut module);
    Ok(module.emit_wasm())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_glue_does_not_name_is_gone_with_all_it_needed() {
        let mut module = walrus::Module::default();
        for name in ["called", "forgotten"] {
            let mut function = walrus::FunctionBuilder::new(&mut module.types, &[], &[]);
            function.name(name.to_owned());
            let function = function.finish(Vec::new(), &mut module.funcs);
            module.exports.add(name, function);
        }
        let pruned = prune(&module.emit_wasm(), "w.called()", false).unwrap();
        let pruned = walrus::Module::from_buffer(&pruned).unwrap();
        assert_eq!(
            pruned
                .exports
                .iter()
                .map(|export| export.name.as_str())
                .collect::<Vec<_>>(),
            ["called"]
        );
        assert_eq!(
            pruned
                .funcs
                .iter()
                .map(|function| function.name.as_deref())
                .collect::<Vec<_>>(),
            [None]
        );
    }
}

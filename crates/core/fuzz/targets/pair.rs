#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| doui_core_fuzz::pair(text));

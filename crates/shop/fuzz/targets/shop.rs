#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| doui_fuzz::shop(text));

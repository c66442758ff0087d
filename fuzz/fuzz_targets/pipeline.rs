//! `cargo fuzz run pipeline`: any bytes through all readers and the whole pipeline. What `cargo test` runs a few
//! thousand times (`pingback-codegen/tests/smoke.rs`) is this very function.

#![no_main]

#[path = "../../pingback-codegen/tests/smoke/entry.rs"]
mod entry;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| entry::run(bytes));

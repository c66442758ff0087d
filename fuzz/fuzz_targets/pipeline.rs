//! `cargo fuzz run pipeline`: runs all readers and the whole pipeline on arbitrary bytes. The test `smoke` of
//! `pingback-codegen` calls the same function.

#![no_main]

#[path = "../../pingback-codegen/tests/smoke/entry.rs"]
mod entry;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| entry::run(bytes));

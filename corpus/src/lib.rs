//! A client of each document in `specs/corpus`, to test that generated code compiles without warnings. `tests/` calls
//! some of the clients.
//!
//! Its lints are stricter than those of most hosts: generated code compiles as a module of any of them.
#![deny(missing_docs, unnameable_types, warnings, clippy::pedantic)]

include!(concat!(env!("OUT_DIR"), "/corpus.rs"));

#[cfg(test)]
mod value_table;

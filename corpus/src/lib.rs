//! A client of each document in `specs/corpus`, to test that generated code compiles without warnings. `tests/` calls
//! some of the clients.

include!(concat!(env!("OUT_DIR"), "/corpus.rs"));

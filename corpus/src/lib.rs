//! A client of each document in `specs/corpus`. That all of it compiles, and keeps the lints, is the test; what some
//! of them do when they are called is tested in `tests/`.

include!(concat!(env!("OUT_DIR"), "/corpus.rs"));

//! A client of each document in `specs/corpus`. There is nothing to call here: that all of it compiles, and keeps
//! the lints, is the test.

include!(concat!(env!("OUT_DIR"), "/corpus.rs"));

//! Nothing but tests: `cases` holds the callers that `exhaustive.rs` compiles.

//! Contains only tests: `cases` has the callers that `exhaustive.rs` compiles.

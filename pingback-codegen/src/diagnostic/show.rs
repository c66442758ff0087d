//! Shows diagnostics to people.

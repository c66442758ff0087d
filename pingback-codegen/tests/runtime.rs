//! The runtime that is copied into every generated client, compiled and tested on its own.

#[path = "../runtime/mod.rs"]
#[allow(dead_code, unreachable_pub, unused_imports, reason = "generated code uses all of it")]
mod runtime;

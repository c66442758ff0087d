//! The command `pingback-codegen`. `cargo run -p without-tests` builds it without the feature `tests`.

use std::process::ExitCode;

fn main() -> ExitCode {
    pingback_codegen::cli::run(std::env::args_os())
}

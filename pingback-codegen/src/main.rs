//! The command: see [`cli`].

use pingback_codegen::cli;
use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run(std::env::args_os())
}

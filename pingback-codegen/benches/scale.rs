//! Measures the time and peak memory of each stage for a document with very many operations:
//! `cargo bench -p pingback-codegen --bench scale -- 100000`. Peak memory is known on Linux only.

#![allow(missing_docs, reason = "a program, not a library")]

use pingback_codegen::diagnostic::Diagnostics;
use pingback_codegen::options::Options;
use pingback_codegen::read::{Parsed, catalogue::Catalogue, document};
use pingback_codegen::source::Sources;
use pingback_codegen::{check, emit, lower, render};
use std::fmt::Write as _;
use std::time::Instant;

/// A document with `count` operations, each with its own parameter, response and error.
fn document(count: usize) -> String {
    let mut text = "openapi: 3.0.3\ninfo: {title: Large, version: '1'}\npaths:\n".to_owned();
    for number in 0..count {
        let _ = write!(
            text,
            "  /r{number}/{{id}}:\n    get:\n      operationId: getR{number}\n      parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]\n      responses:\n        200: {{description: Fine, content: {{application/json: {{schema: {{type: object, properties: {{f{number}: {{type: integer}}}}}}}}}}}}\n        404: {{description: None, content: {{application/json: {{schema: {{type: object, properties: {{code: {{type: string}}}}}}}}}}}}\n"
        );
    }
    text
}

/// The peak memory of the process so far, in megabytes.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes / 1024)
}

fn stage<T>(name: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    let memory = peak().map_or_else(String::new, |peak| format!("{peak:8} MB"));
    println!("{name:8} {:8.2} s {memory}", start.elapsed().as_secs_f64());
    result
}

fn main() {
    let count = std::env::args().find_map(|argument| argument.parse().ok());
    let count = count.unwrap_or(10_000);
    println!("{count} operations");
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let id = sources.add("large.yaml", document(count));
    let document = stage("read", || document::read(id, &sources, &mut diagnostics));
    let parsed = Parsed {
        document,
        catalogue: Catalogue::default(),
        config: None,
    };
    let options = Options::default();
    let lowered = stage("lower", || lower::lower(&parsed, &options, &mut diagnostics));
    stage("check", || {
        check::check_api(&parsed, &lowered.api, &mut diagnostics);
    });
    drop(parsed);
    let outputs = stage("emit", || emit::emit(&lowered.api, &lowered.test_values));
    let files = stage("render", || render::render(outputs)).expect("Rust");
    let bytes: usize = files.iter().map(|file| file.text.len()).sum();
    println!("{} files, {} MB", files.len(), bytes / 1_000_000);
}

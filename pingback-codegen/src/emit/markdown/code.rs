//! Writes code spans and code blocks.

use pulldown_cmark::CodeBlockKind;

/// The languages that a code block keeps. Rustdoc takes none of them for Rust or for an attribute.
pub(super) const LANGUAGES: &[&str] = &[
    "bash",
    "console",
    "css",
    "csv",
    "diff",
    "go",
    "graphql",
    "html",
    "http",
    "ini",
    "java",
    "javascript",
    "js",
    "json",
    "json5",
    "jsonc",
    "kotlin",
    "markdown",
    "php",
    "powershell",
    "protobuf",
    "python",
    "ruby",
    "sh",
    "shell",
    "sql",
    "swift",
    "toml",
    "ts",
    "typescript",
    "xml",
    "yaml",
    "yml",
];

/// A code span. Its fence is longer than any run of backticks in the text.
pub(super) fn code_span(text: &str) -> String {
    let text = text.replace('\n', " ");
    if text.trim().is_empty() {
        return String::new();
    }
    let fence = "`".repeat(longest_backtick_run(&text) + 1);
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// A fenced code block.
pub(super) fn code_block(language: &str, text: &str) -> String {
    let fence = "`".repeat(longest_backtick_run(text).max(2) + 1);
    let text = text.trim_end();
    format!("{fence}{language}\n{text}\n{fence}")
}

/// The language to write on a code block, so that rustdoc doesn't run it.
pub(super) fn block_language(kind: &CodeBlockKind) -> String {
    let documented = match kind {
        CodeBlockKind::Fenced(info) => info.split(|c: char| !c.is_ascii_alphanumeric()).next(),
        CodeBlockKind::Indented => None,
    };
    documented
        .map(str::to_ascii_lowercase)
        .filter(|language| LANGUAGES.contains(&language.as_str()))
        .unwrap_or_else(|| "text".to_owned())
}

fn longest_backtick_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

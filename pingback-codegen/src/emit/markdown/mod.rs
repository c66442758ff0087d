//! Takes Markdown from a document and returns Markdown that is safe in a doc comment: rustdoc and clippy report
//! nothing about it, and it runs no doctests.
//!
//! The text is parsed and written again, so that text which only looks like markup is escaped.

mod characters;
mod code;
mod html;
mod urls;
mod writer;

#[cfg(test)]
mod tests;

use characters::remove_unsafe_characters;
use code::{code_block, code_span};
use pulldown_cmark::{Options, Parser, TextMergeWithOffset};
use writer::Writer;

/// Sanitizes a Markdown text. The result has no doctests, intra-doc links, HTML, bare URLs or characters that change
/// the direction of the text.
pub(super) fn sanitize(markdown: &str) -> String {
    let text = remove_unsafe_characters(markdown);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut writer = Writer::default();
    for (event, range) in TextMergeWithOffset::new(Parser::new_ext(&text, options).into_offset_iter()) {
        writer.event(event, range.len());
    }
    writer.finish()
}

/// The first paragraph of a Markdown text, sanitized and on one line, for a list item or a table cell.
pub(super) fn one_line(markdown: &str) -> String {
    let markdown = markdown.trim().replace("\r\n", "\n");
    let paragraph = markdown.split("\n\n").next().unwrap_or_default();
    // The sanitized text may have several lines again, with hard breaks between them.
    let safe = sanitize(&join_lines(paragraph)).replace("\\\n", " ");
    join_lines(&safe).replace("\\|", "|").replace('|', "\\|")
}

/// Replaces each run of white space by one space.
fn join_lines(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text from the document on one line, for files that are no Markdown.
pub(super) fn plain_line(text: &str) -> String {
    join_lines(&remove_unsafe_characters(text))
}

/// A name from the document, for use between single backticks: it has no backticks and no line breaks.
pub(super) fn code_span_text(text: &str) -> String {
    remove_unsafe_characters(text).replace(['`', '\n'], "'")
}

/// A JSON text that is shown as an example: a code span, or a code block where it is long.
pub(super) fn json_example(json: &str) -> String {
    /// A longer example is cut.
    const MAX_LINES: usize = 40;
    let json = remove_unsafe_characters(json);
    if json.len() <= writer::LONG_PARAGRAPH && !json.contains('\n') {
        return format!("Example: {}", code_span(&json));
    }
    let pretty = serde_json::from_str::<serde_json::Value>(&json)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or(json);
    let mut lines: Vec<&str> = pretty.lines().take(MAX_LINES).collect();
    let is_complete = pretty.lines().count() <= MAX_LINES;
    if !is_complete {
        lines.push("...");
    }
    let language = if is_complete { "json" } else { "text" };
    format!("Example:\n\n{}", code_block(language, &lines.join("\n")))
}

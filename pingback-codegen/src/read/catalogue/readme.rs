//! Converts the blocks of ReadMe's older Markdown, which hold JSON, to Markdown.
//!
//! ```text
//! [block:parameters]
//! { "data": { "h-0": "Code", "h-1": "Meaning", "0-0": "bad_key", "0-1": "The key is bad" }, "cols": 2, "rows": 1 }
//! [/block]
//! ```

use super::lenient_json;
use super::mapped_text::MappedText;
use serde_json::{Map, Value};
use std::ops::Range;

/// Tables with more rows or columns are cut off.
const MAX_ROWS: usize = 2_000;
const MAX_COLUMNS: usize = 40;
/// The most code samples of one block.
const MAX_SAMPLES: usize = 40;

/// Returns the end of the block that begins with the line at `start`, if there is one.
pub(super) fn block_end(whole: &str, start: usize) -> Option<usize> {
    const CLOSING: &str = "[/block]";
    if !whole[start..].trim_start().starts_with("[block:") {
        return None;
    }
    let close = start + whole[start..].find(CLOSING)? + CLOSING.len();
    let line_end = whole[close..]
        .find('\n')
        .map_or(whole.len(), |length| close + length + 1);
    whole[close..line_end].trim().is_empty().then_some(line_end)
}

/// Appends the Markdown of the block in `range`.
pub(super) fn push_markdown(whole: &str, range: Range<usize>, markdown: &mut MappedText) {
    let block = &whole[range.clone()];
    let parsed = block
        .find('{')
        .and_then(|brace| lenient_json::parse(block, brace));
    let Some(Value::Object(members)) = parsed.map(|parsed| parsed.value) else {
        return;
    };
    let mut writer = Writer {
        block,
        start: range.start,
        markdown,
    };
    writer.push("\n", 0);
    if let Some(Value::Object(cells)) = members.get("data") {
        writer.push_table(cells);
    }
    if let Some(Value::String(title)) = members.get("title") {
        writer.push("## ", 0);
        writer.push_line("title", title);
        writer.push("\n\n", block.len());
    }
    if let Some(Value::String(body)) = members.get("body") {
        writer.push_lines("body", body);
        writer.push("\n\n", block.len());
    }
    let samples = members.get("codes").and_then(Value::as_array);
    for sample in samples.into_iter().flatten().take(MAX_SAMPLES) {
        if let Some(Value::String(code)) = sample.get("code") {
            writer.push("```\n", 0);
            writer.push_lines("code", code);
            writer.push("\n```\n", block.len());
        }
    }
    writer.push("\n", block.len());
}

struct Writer<'a> {
    block: &'a str,
    /// Where the block starts in the source.
    start: usize,
    markdown: &'a mut MappedText,
}

impl Writer<'_> {
    /// Appends generated text that belongs to a position in the block.
    fn push(&mut self, text: &str, at: usize) {
        self.markdown.push_generated(text, self.start + at);
    }

    /// Appends a table. The key `h-0` is the first cell of the header, and `0-1` the second of the first row.
    fn push_table(&mut self, cells: &Map<String, Value>) {
        let (rows, columns) = table_size(cells);
        self.push_row("h", columns, cells);
        self.push(&format!("{}|\n", "|---".repeat(columns)), 0);
        for row in 0..rows {
            self.push_row(&row.to_string(), columns, cells);
        }
        self.push("\n", self.block.len());
    }

    fn push_row(&mut self, row: &str, columns: usize, cells: &Map<String, Value>) {
        for column in 0..columns {
            let key = format!("{row}-{column}");
            self.push("| ", 0);
            if let Some(Value::String(cell)) = cells.get(&key) {
                self.push_cell(&key, cell);
            }
            self.push(" ", 0);
        }
        self.push("|\n", 0);
    }

    fn push_cell(&mut self, key: &str, value: &str) {
        if value.contains(['\n', '|']) {
            let escaped = value.replace('|', "\\|").replace('\n', "<br>");
            self.push(&escaped, self.value_start(key));
        } else {
            self.push_line(key, value);
        }
    }

    /// Appends the value of a member on one line.
    fn push_line(&mut self, key: &str, value: &str) {
        if !self.push_verbatim(key, value) {
            self.push(&value.replace('\n', " "), self.value_start(key));
        }
    }

    /// Appends the value of a member with its lines.
    fn push_lines(&mut self, key: &str, value: &str) {
        if !self.push_verbatim(key, value) {
            let start = self.value_start(key);
            for line in value.split_inclusive('\n') {
                self.push(line, start);
            }
        }
    }

    /// Appends the value of a member if the block has it without escapes.
    fn push_verbatim(&mut self, key: &str, value: &str) -> bool {
        let start = self.value_start(key);
        let is_verbatim = self.block[start..].starts_with(value);
        if is_verbatim {
            self.markdown.push(value, self.start + start);
        }
        is_verbatim
    }

    /// Returns where the value of a member starts in the block; 0 if it is not found.
    fn value_start(&self, key: &str) -> usize {
        let find = || {
            let after_key = self.block.find(&format!("\"{key}\""))? + key.len() + 2;
            Some(after_key + self.block[after_key..].find('"')? + 1)
        };
        find().unwrap_or(0)
    }
}

/// Returns the numbers of rows and columns of a table.
fn table_size(cells: &Map<String, Value>) -> (usize, usize) {
    let mut rows = 0;
    let mut columns = 0;
    for key in cells.keys() {
        let Some((row, column)) = key.split_once('-') else {
            continue;
        };
        let row: Option<usize> = if row == "h" {
            Some(0)
        } else {
            row.parse().ok().map(next)
        };
        if let Some(row) = row
            && let Ok(column) = column.parse().map(next)
        {
            rows = rows.max(row);
            columns = columns.max(column);
        }
    }
    (rows.min(MAX_ROWS), columns.min(MAX_COLUMNS))
}

fn next(index: usize) -> usize {
    index.saturating_add(1)
}

//! The blocks of ReadMe's older Markdown, which hold JSON between `[block:…]` and `[/block]`, to Markdown.

use super::tolerant;
use serde_json::{Map, Value};
use std::ops::Range;

/// A table has at most so many cells either way.
const LONGEST: usize = 2_000;
const WIDEST: usize = 40;

/// The end of the block that begins with this line, if it is one and has an end.
pub(super) fn end(whole: &str, start: usize) -> Option<usize> {
    whole[start..].trim_start().starts_with("[block:").then_some(())?;
    let close = whole[start..].find("[/block]")? + start + "[/block]".len();
    let line = whole[close..]
        .find('\n')
        .map_or(whole.len(), |length| close + length + 1);
    whole[close..line].trim().is_empty().then_some(line)
}

/// Tells the Markdown of a block in pieces, each with its place in the source and whether it stands there as it is.
pub(super) fn markdown(whole: &str, block: Range<usize>, push: &mut dyn FnMut(&str, usize, bool)) {
    let text = &whole[block.clone()];
    let Some(Value::Object(members)) = text
        .find('{')
        .and_then(|brace| tolerant::parse(text, brace))
        .map(|parsed| parsed.value)
    else {
        return;
    };
    let mut written = Writer {
        text,
        start: block.start,
        push,
    };
    written.push("\n", 0);
    if let Some(Value::Object(cells)) = members.get("data") {
        written.table(cells);
    }
    if let Some(Value::String(title)) = members.get("title") {
        written.push("## ", 0);
        written.member("title", title, false);
        written.push("\n\n", text.len());
    }
    if let Some(Value::String(body)) = members.get("body") {
        written.member("body", body, true);
        written.push("\n\n", text.len());
    }
    for code in members
        .get("codes")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .take(WIDEST)
    {
        if let Some(Value::String(code)) = code.get("code") {
            written.push("```\n", 0);
            written.member("code", code, true);
            written.push("\n```\n", text.len());
        }
    }
    written.push("\n", text.len());
}

struct Writer<'a> {
    text: &'a str,
    start: usize,
    push: &'a mut dyn FnMut(&str, usize, bool),
}

impl Writer<'_> {
    fn push(&mut self, text: &str, at: usize) {
        (self.push)(text, self.start + at, false);
    }

    /// `h-0` is the first cell of the header, `0-1` the second of the first row.
    fn table(&mut self, cells: &Map<String, Value>) {
        let place = |key: &str| -> Option<(Option<usize>, usize)> {
            let (row, column) = key.split_once('-')?;
            let row = if row == "h" { None } else { Some(row.parse().ok()?) };
            Some((row, column.parse().ok()?))
        };
        let places: Vec<_> = cells.keys().filter_map(|key| place(key)).collect();
        let rows = places.iter().filter_map(|(row, _)| *row).map(|row| row + 1).max();
        let columns = places.iter().map(|(_, column)| column + 1).max();
        let (rows, columns) = (rows.unwrap_or(0).min(LONGEST), columns.unwrap_or(0).min(WIDEST));
        let row = |written: &mut Self, name: &str| {
            for column in 0..columns {
                let key = format!("{name}-{column}");
                written.push("| ", 0);
                if let Some(Value::String(cell)) = cells.get(&key) {
                    written.cell(&key, cell);
                }
                written.push(" ", 0);
            }
            written.push("|\n", 0);
        };
        row(self, "h");
        self.push(&format!("{}|\n", "|---".repeat(columns)), 0);
        for number in 0..rows {
            row(self, &number.to_string());
        }
        self.push("\n", self.text.len());
    }

    fn cell(&mut self, key: &str, value: &str) {
        if value.contains(['\n', '|']) {
            let value = value.replace('|', "\\|").replace('\n', "<br>");
            let (at, _) = self.place(key);
            self.push(&value, at);
        } else {
            self.member(key, value, false);
        }
    }

    /// The value of a member. What is spelt with escapes has the place where it begins.
    fn member(&mut self, key: &str, value: &str, has_lines: bool) {
        let (at, raw) = self.place(key);
        if raw.starts_with(value) {
            (self.push)(value, self.start + at, true);
        } else if has_lines {
            for line in value.split_inclusive('\n') {
                self.push(line, at);
            }
        } else {
            self.push(&value.replace('\n', " "), at);
        }
    }

    /// Where the value of a member begins, and what stands there.
    fn place(&self, key: &str) -> (usize, &str) {
        let found = self.text.find(&format!("\"{key}\"")).and_then(|at| {
            let behind = at + key.len() + 2;
            let quote = self.text[behind..].find('"')?;
            Some(behind + quote + 1)
        });
        let at = found.unwrap_or(0);
        (at, &self.text[at..])
    }
}

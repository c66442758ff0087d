//! Reads lists of lines that begin with a code: plain lists, and tables that lost their columns when they were copied.
//! Returns entries; nothing else on the page is read.
//!
//! ```text
//! 2604 Invalid body
//! INVALID_KEY: the key is not valid
//! 401 NO_KEY the key is missing
//! ```

use super::code::{self, Shape};
use super::draft::EntryDraft;
use super::entry::Fact;
use super::label::Field;
use super::output::ReaderOutput;
use super::status;
use super::text::Text;
use crate::diagnostic::{Diagnostic, rules};
use crate::source::SourceId;

/// Fewer lines are not a list.
const MIN_ENTRIES: usize = 3;

/// A line that is not empty.
enum Line {
    Entry(EntryLine),
    Other(Text),
}

/// A line that begins with a code.
struct EntryLine {
    status: Option<Fact<u16>>,
    code: Fact<String>,
    message: Text,
}

impl Line {
    fn entry(&self) -> Option<&EntryLine> {
        match self {
            Line::Entry(entry) => Some(entry),
            Line::Other(_) => None,
        }
    }
}

/// Reads all lists of such lines.
pub(super) fn read(source: SourceId, whole: &str) -> ReaderOutput {
    let mut output = ReaderOutput::default();
    let mut list: Vec<Line> = Vec::new();
    // A list continues after one line that is not an entry, because a line may be broken in two. It ends at the second.
    let mut other_lines = 0;
    for line in parse_lines(source, whole) {
        match line {
            Line::Entry(_) => other_lines = 0,
            Line::Other(_) => other_lines += 1,
        }
        list.push(line);
        if other_lines > 1 {
            read_list(std::mem::take(&mut list), &mut output);
            other_lines = 0;
        }
    }
    read_list(list, &mut output);
    output
}

fn parse_lines(source: SourceId, whole: &str) -> Vec<Line> {
    let mut next_start = 0;
    let mut lines = Vec::new();
    for raw in whole.split_inclusive('\n') {
        let text = Text::from_range(source, whole, next_start..next_start + raw.len());
        next_start += raw.len();
        if !text.is_empty() {
            lines.push(parse_entry(&text).map_or(Line::Other(text), Line::Entry));
        }
    }
    lines
}

/// Parses a line that begins with a code, or with a status and a code.
fn parse_entry(text: &Text) -> Option<EntryLine> {
    let plain = text.as_str();
    let bullet = plain.len() - plain.trim_start_matches(['-', '*', '•', '|', ' ']).len();
    let mut words = plain[bullet..]
        .split_inclusive(' ')
        .scan(bullet, |next_start, word| {
            let start = *next_start;
            *next_start += word.len();
            Some((word.trim_end(), start))
        });
    let (mut word, mut start) = words.next()?;
    let mut status = None;
    if let Some(value) = status::parse_registered_status(word)
        && let Some((second, second_start)) = words.next()
        && Shape::of(trim_punctuation(second))
            .is_some_and(|shape| shape.is_distinctive() || shape == Shape::Snake)
    {
        status = Some(Fact {
            value,
            span: text.span(start..start + word.len()),
        });
        (word, start) = (second, second_start);
    }
    let name = trim_punctuation(word);
    if !is_code(word, name) {
        return None;
    }
    let start = start + word.find(name).unwrap_or(0);
    let end = start + name.len();
    let message = plain[end..].trim_start_matches([' ', ':', '=', '-', '–', '—', '|', '`', '.', ')', '"']);
    let message = text.slice(plain.len() - message.len()..plain.len());
    (!message.is_empty()).then(|| EntryLine {
        status,
        code: Fact {
            value: name.to_owned(),
            span: text.span(start..end),
        },
        message,
    })
}

/// Returns whether the first word of a line is a code. `name` is the word without punctuation.
fn is_code(word: &str, name: &str) -> bool {
    let is_separated = name.len() < word.len() && word.ends_with([':', '=']);
    Shape::of(name).is_some_and(|shape| match shape {
        Shape::ScreamingSnake | Shape::Alphanumeric => true,
        Shape::Number => code::is_code_number(name),
        Shape::Uppercase | Shape::Snake | Shape::Dotted | Shape::Camel | Shape::Kebab => is_separated,
        Shape::Word => false,
    })
}

fn trim_punctuation(word: &str) -> &str {
    word.trim_matches([':', '=', '`', '"', '.', ')', '(', ',', '|'])
}

/// Reads one list. Fewer lines than a list has are reported as ignored.
fn read_list(lines: Vec<Line>, output: &mut ReaderOutput) {
    let entries: Vec<&EntryLine> = lines.iter().filter_map(Line::entry).collect();
    if entries.len() < MIN_ENTRIES {
        for entry in entries {
            let what = format!("`{}` is not part of a list", entry.code.value);
            output.report_ignored(entry.code.span, &what);
        }
    } else if let Some(statuses) = statuses_of_list(&entries) {
        output.statuses.extend(statuses);
    } else {
        read_entries(lines, output);
    }
}

/// Returns the statuses and their descriptions if all entries of a list have a status in place of a code.
fn statuses_of_list(entries: &[&EntryLine]) -> Option<Vec<(u16, Fact<String>)>> {
    entries
        .iter()
        .map(|entry| {
            if entry.status.is_some() {
                return None;
            }
            let status = status::parse_registered_status(&entry.code.value)?;
            let description = Fact {
                value: entry.message.to_fact()?.value,
                span: entry.code.span,
            };
            Some((status, description))
        })
        .collect()
}

fn read_entries(lines: Vec<Line>, output: &mut ReaderOutput) {
    let last = lines.iter().rposition(|line| line.entry().is_some()).unwrap_or(0);
    let mut open: Option<EntryLine> = None;
    for (index, line) in lines.into_iter().enumerate() {
        match (line, &mut open) {
            (Line::Entry(entry), _) => {
                if let Some(finished) = open.replace(entry) {
                    add_entry(finished, output);
                }
            }
            (Line::Other(text), Some(entry)) if continues(&entry.message, &text) => {
                output.findings.push(report_joined(&entry.message, &text));
                entry.message.append_after_space(&text);
            }
            (Line::Other(text), Some(_)) if index < last => {
                let what = format!("`{}` does not begin with a code", text.as_str());
                output.report_ignored(text.full_span(), &what);
            }
            (Line::Other(_), _) => {}
        }
    }
    if let Some(last) = open {
        add_entry(last, output);
    }
}

fn report_joined(above: &Text, line: &Text) -> Diagnostic {
    Diagnostic::new(rules::CATALOGUE_LINE_JOINED, line.full_span(), &[&line.as_str()])
        .related(above.full_span(), "this line is unfinished")
}

fn add_entry(line: EntryLine, output: &mut ReaderOutput) {
    let mut draft = EntryDraft::with_code(0, line.code);
    draft.add_statuses(line.status);
    draft.labels.push(Field::Message);
    draft.add_message(line.message.to_fact());
    output.add(draft);
}

/// Returns whether a line is the rest of the line above.
fn continues(above: &Text, line: &Text) -> bool {
    let is_unfinished = above.as_str().ends_with([',', ';', '(', '-']);
    is_unfinished || line.as_str().starts_with(char::is_lowercase)
}

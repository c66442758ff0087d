//! Lines that begin with a code and go on with its text: tables that lost their columns in copying, plain
//! lists.

use super::Fact;
use super::code::{self, Shape};
use super::draft::{Draft, Reading};
use super::label::Field;
use super::status;
use super::text::Text;
use crate::diagnostic::{Diagnostic, rules};
use crate::source::SourceId;

/// A list has at least this many lines in a row.
const SHORTEST_LIST: usize = 3;

/// A line of the text that is not empty.
enum Line {
    /// One that begins with a code.
    Entry {
        status: Option<Fact<u16>>,
        code: Fact<String>,
        text: Text,
    },
    Other(Text),
}

/// Reads all lists of such lines.
pub(super) fn read(source: SourceId, whole: &str, reading: &mut Reading) {
    let mut at = 0;
    let mut lines = Vec::new();
    for raw in whole.split_inclusive('\n') {
        let text = Text::of(source, whole, at..at + raw.len());
        at += raw.len();
        if !text.is_empty() {
            lines.push(entry(&text).unwrap_or(Line::Other(text)));
        }
    }
    // A line may be torn; a list goes on behind one other line, not behind two.
    let mut run: Vec<Line> = Vec::new();
    let mut gap = 0;
    for line in lines {
        match line {
            Line::Entry { .. } => gap = 0,
            Line::Other(_) => gap += 1,
        }
        run.push(line);
        if gap > 1 {
            finish(std::mem::take(&mut run), reading);
            gap = 0;
        }
    }
    finish(run, reading);
}

/// Takes a line apart: `2604 Invalid body`, `INVALID_KEY: the key`, `401 INVALID_KEY the key`.
fn entry(text: &Text) -> Option<Line> {
    let plain = text.as_str();
    let bullet = plain.len() - plain.trim_start_matches(['-', '*', '•', '|', ' ']).len();
    let mut words = plain[bullet..].split_inclusive(' ').scan(bullet, |at, word| {
        let start = *at;
        *at += word.len();
        Some((word.trim_end(), start))
    });
    let (mut word, mut start) = words.next()?;
    let mut found = None;
    if let Some(value) = status::status(word).filter(|number| status::is_registered(*number))
        && let Some((second, second_start)) = words.next()
        && code::shape(clean(second)).is_some_and(|shape| shape.is_telling() || shape == Shape::Snake)
    {
        found = Some(Fact {
            value,
            span: text.span(start..start + word.len()),
        });
        (word, start) = (second, second_start);
    }
    let name = clean(word);
    let shape = code::shape(name)?;
    let separated = name.len() < word.len() && word.ends_with([':', '=']);
    let is_code = match shape {
        Shape::Screaming | Shape::Tagged => true,
        Shape::Number => code::is_list_number(name),
        Shape::Capitals | Shape::Snake | Shape::Dotted | Shape::Camel | Shape::Kebab => separated,
        Shape::Word => false,
    };
    if !is_code {
        return None;
    }
    let start = start + word.find(name).unwrap_or(0);
    let end = start + name.len();
    let rest = plain[end..].trim_start_matches([' ', ':', '=', '-', '–', '—', '|', '`', '.', ')', '"']);
    let rest = text.slice(plain.len() - rest.len()..plain.len());
    (!rest.is_empty()).then(|| Line::Entry {
        status: found,
        code: Fact {
            value: name.to_owned(),
            span: text.span(start..end),
        },
        text: rest,
    })
}

fn clean(word: &str) -> &str {
    word.trim_matches([':', '=', '`', '"', '.', ')', '(', ',', '|'])
}

/// Takes a list in, or leaves a few lines out that only look like one.
fn finish(run: Vec<Line>, reading: &mut Reading) {
    let count = run
        .iter()
        .filter(|line| matches!(line, Line::Entry { .. }))
        .count();
    if count == 0 {
        return;
    }
    if count < SHORTEST_LIST {
        for line in run {
            if let Line::Entry { code, .. } = line {
                let what = format!("`{}` stands apart from any list", code.value);
                reading.findings.push(Diagnostic::new(
                    rules::CATALOGUE_LINE_IGNORED,
                    code.span,
                    &[&what],
                ));
            }
        }
        return;
    }
    // A list of nothing but HTTP statuses has no codes.
    let statuses: Option<Vec<(u16, Fact<String>)>> = run
        .iter()
        .filter_map(|line| match line {
            Line::Entry {
                status: None,
                code,
                text,
            } => Some((code, text)),
            _ => None,
        })
        .map(|(code, text)| {
            let value = status::status(&code.value).filter(|number| status::is_registered(*number))?;
            let said = text.fact()?;
            Some((
                value,
                Fact {
                    value: said.value,
                    span: code.span,
                },
            ))
        })
        .collect();
    if let Some(statuses) = statuses.filter(|statuses| statuses.len() == count) {
        reading.statuses.extend(statuses);
        return;
    }
    let last = run
        .iter()
        .rposition(|line| matches!(line, Line::Entry { .. }))
        .unwrap_or(0);
    let mut draft: Option<Draft> = None;
    let mut message: Option<Text> = None;
    for (at, line) in run.into_iter().enumerate() {
        match line {
            Line::Entry { status, code, text } => {
                take(draft.take(), message.take(), reading);
                let mut next = Draft::new(0, code.span);
                next.codes.push(code);
                next.firm = true;
                next.statuses(status);
                draft = Some(next);
                message = Some(text);
            }
            Line::Other(text) => {
                let Some(known) = &mut message else {
                    continue;
                };
                if goes_on(known, &text) {
                    reading.findings.push(
                        Diagnostic::new(rules::CATALOGUE_LINE_JOINED, text.whole(), &[&text.as_str()])
                            .related(known.whole(), "this line was not finished"),
                    );
                    known.append(&text);
                } else if at < last {
                    let what = format!("`{}` begins with no code", text.as_str());
                    reading.findings.push(Diagnostic::new(
                        rules::CATALOGUE_LINE_IGNORED,
                        text.whole(),
                        &[&what],
                    ));
                }
            }
        }
    }
    take(draft, message, reading);
}

fn take(draft: Option<Draft>, message: Option<Text>, reading: &mut Reading) {
    if let (Some(mut draft), Some(message)) = (draft, message) {
        draft.labels.push(Field::Message);
        draft.message(message.fact());
        reading.take(draft);
    }
}

/// Is the line the rest of the one above?
fn goes_on(above: &Text, line: &Text) -> bool {
    let open = above.as_str().ends_with([',', ';', '(', '-']);
    open || line.as_str().starts_with(char::is_lowercase)
}
